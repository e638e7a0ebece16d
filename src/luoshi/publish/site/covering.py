"""The coverage map: what every character of the report became, section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from luoshi.publish.dossier import Dossier
from luoshi.publish.labels import label
from luoshi.publish.site.frame import File, Frame
from luoshi.publish.site.words import words
from luoshi.supervise import Coverage, coverage

_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Strip:
    """One section: its bars (x, width, class), how many characters of each class, how many promises of each fate."""

    id: str
    title: str
    depth: int
    characters: int
    bars: tuple[tuple[float, float, str], ...]
    counts: Mapping[str, int]


def coverage_page(site: Frame, open_: Dossier) -> File:
    """The page of the map."""
    found = coverage(open_.plan, open_.matters, open_.rules)
    classes = _classes(open_, found)
    whole = Counter(classes)
    shown = {name: one for name, one in words()["coverage"].items() if whole[name]}
    fates = Counter(_fate(one.fate, bool(one.matters)) for one in found.fates)
    unread = sorted(((label("unread", why), count) for why, count in found.unread.items()), key=lambda one: -one[1])
    return site.page(
        "coverage.html", "coverage.html", strips=tuple(_strips(open_, classes)), classes=shown, whole=whole,
        characters=len(classes), fates=fates, unread=unread,
    )  # fmt: skip


def _fate(fate: str, carried: bool) -> str:
    return "absent" if fate == "untracked" and not carried else fate


def _classes(open_: Dossier, found: Coverage) -> list[str]:
    """The class of every character; what a promise says goes before what was merely not read."""
    made = ["other"] * len(open_.document.text)

    def fill(start: int, end: int, name: str) -> None:
        made[start:end] = [name] * (min(end, len(made)) - min(start, len(made)))

    for stretch in open_.plan.unread:
        fill(stretch.start, stretch.end, "unread")
    for figure in open_.plan.figures:
        fill(figure.start, figure.end, "figure")
    for one in found.fates:
        fill(one.start, one.end, _fate(one.fate, bool(one.matters)))
    return made


def _strips(open_: Dossier, classes: Sequence[str]) -> Iterator[Strip]:
    """A strip a section: from its heading to the next heading, whatever its depth."""
    sections = sorted(open_.plan.sections, key=lambda one: one.start)
    parents = {one.id: one.parent for one in sections}
    for at, one in enumerate(sections):
        end = sections[at + 1].start if at + 1 < len(sections) else len(classes)
        own = classes[one.start : end]
        title = f"{one.number}{one.title}" or label("role", one.role)
        yield Strip(one.id, title, 1 if parents[one.id] else 0, len(own), tuple(_bars(own)), Counter(own))


def _bars(own: Sequence[str]) -> Iterator[tuple[float, float, str]]:
    at = 0
    for name, run in groupby(own):
        count = sum(1 for _ in run)
        yield round(at / len(own) * _WIDTH, 1), round(count / len(own) * _WIDTH, 1), name
        at += count
