"""The coverage map: what every character of a report became, section by section; drawn as a strip, told as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from luoshi.plan import Plan
from luoshi.web.reader.marking import items_of
from luoshi.web.shell.language import say

WIDTH = 1000
_WORDS = 14  # characters that name a section without a heading
CLASSES = ("item", "nobody", "loose", "slogan", "figure", "unread", "other")


@dataclass(frozen=True, slots=True)
class Bar:
    """A run of characters that became the same, within the strip's width of 1000."""

    x: float
    width: float
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the report: where it stands on the strip, and how many characters of it became what."""

    id: str
    title: str
    level: int
    characters: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a section lies on the strip, and the heading that it leads to."""

    x: float
    width: float
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Covering:
    """The whole map; ``unread`` counts characters by the reason why they were not read."""

    bars: tuple[Bar, ...]
    stretches: tuple[Reach, ...]
    parts: tuple[Part, ...]
    counts: Mapping[str, int]
    unread: Mapping[str, int]
    characters: int


def class_word(name: str) -> str:
    """What a class of characters is called."""
    return {
        "item": say("成了事项，有人牵头", "an item with a lead unit"),
        "nobody": say("成了事项，没人牵头", "an item that nobody owns"),
        "loose": say("承诺，没有立事项", "a promise that is no item"),
        "slogan": say("口号", "slogan"),
        "figure": say("成绩里的数字", "figures of what was done"),
        "unread": say("没有读成（有原因）", "not read, with a reason"),
        "other": say("标题", "headings"),
    }[name]


def covering(plan: Plan, text: str) -> Covering:
    """The map of ``plan``, read from ``text``."""
    characters = len(text)
    classes = _classes(plan, characters)
    unread: Counter[str] = Counter()
    for one in plan.unread:
        unread[one.why] += one.end - one.start
    parts = tuple(_parts(plan, classes, text))
    return Covering(tuple(_bars(classes)), tuple(_reaches(plan, parts, characters)), parts, Counter(classes), unread,
                    characters)  # fmt: skip


def _classes(plan: Plan, characters: int) -> list[str]:
    """The class of every character; what a promise says goes before what was merely not read."""
    made = ["other"] * characters
    owned = {item.id: item.lead is not None for item in plan.items}
    became = items_of(plan)
    for stretch in plan.unread:
        _fill(made, stretch.start, stretch.end, "unread")
    for figure in plan.figures:
        _fill(made, figure.start, figure.end, "figure")
    for one in plan.commitments:
        item = became.get(one.id)
        loose = "slogan" if one.kind == "slogan" else "loose"
        _fill(made, one.start, one.end, loose if item is None else "item" if owned[item] else "nobody")
    return made


def _fill(made: list[str], start: int, end: int, name: str) -> None:
    end = min(end, len(made))
    made[start:end] = [name] * max(0, end - start)


def _bars(classes: Sequence[str]) -> Iterator[Bar]:
    """A bar a run of columns alike; of the characters under a column most decide."""
    count = len(classes)
    columns = min(WIDTH, count)
    stops = [count * at // columns for at in range(columns + 1)] if count else [0]
    most = [Counter(classes[a:b]).most_common(1)[0][0] for a, b in pairwise(stops)]
    at, scale = 0, WIDTH / max(1, columns)
    for name, run in groupby(most):
        wide = sum(1 for _ in run)
        yield Bar(round(at * scale, 2), round(wide * scale, 2), name)
        at += wide


def _parts(plan: Plan, classes: Sequence[str], text: str) -> Iterator[Part]:
    """A part a section: from its heading to the next heading, whatever its depth; or its first words name it."""
    sections = sorted(plan.sections, key=lambda one: one.start)
    for at, one in enumerate(sections):
        end = sections[at + 1].start if at + 1 < len(sections) else len(classes)
        own = Counter(classes[one.start : end])
        first = f"{text[one.start : one.start + _WORDS].strip()}…"
        yield Part(one.id, f"{one.number}{one.title}" or first, 2 if one.parent is None else 3, end - one.start, own)


def _reaches(plan: Plan, parts: Iterable[Part], characters: int) -> Iterator[Reach]:
    """A reach a section; what stands before the first heading leads nowhere."""
    starts = {one.id: one.start for one in plan.sections}
    for one in parts:
        if one.characters > 0:
            x, wide = (round(WIDTH * count / max(1, characters), 2) for count in (starts[one.id], one.characters))
            yield Reach(x, wide, one.id, one.title)
