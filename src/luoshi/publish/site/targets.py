"""Targets: the list of them, and a page for each with its path as a picture and as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.amounts import plain
from luoshi.measure import Measured, Target, targets
from luoshi.measure.path import words as path_words
from luoshi.measure.telling import Sentence, sentences, shape, short, unit_of
from luoshi.plan import Figure
from luoshi.publish.dossier import Dossier
from luoshi.publish.indicators.chart import chart
from luoshi.publish.labels import label
from luoshi.publish.site.cards import Card, Lamp
from luoshi.publish.site.drawing import Picture, picture, spark
from luoshi.publish.site.frame import File, Frame
from luoshi.publish.site.naming import target_path
from luoshi.publish.site.words import words
from luoshi.supervise.words import data, word


@dataclass(frozen=True, slots=True)
class Goal:
    """A target as pages show it: ``figure`` are the report's own words, ``measured`` what became of it so far."""

    target: Target
    figure: Figure
    card: Card | None
    measured: Measured | None
    lamp: Lamp | None
    told: tuple[Sentence, ...]
    spark: Picture | None

    @property
    def path(self) -> str:
        """Its page."""
        return target_path(self.target.id)

    @property
    def name(self) -> str:
        """What is measured; the item's title where the report names nothing."""
        return self.target.name or (self.card.title if self.card else self.figure.text)

    @property
    def tags(self) -> tuple[str, ...]:
        """How the number is meant: growth or level, at least or at most."""
        falls = self.figure.direction == "down" and self.figure.measure in ("growth", "change")
        way = (label("direction", "down"),) if falls else ()
        found = (label("measure", self.figure.measure), *way, label("comparator", self.figure.comparator))
        plain_ = (label("measure", "level"), label("comparator", "eq"))
        return tuple(one for one in found if one not in plain_)

    @property
    def now(self) -> str:
        """The newest value with its unit, empty where nothing has been read."""
        points = self.measured.points if self.measured else ()
        return f"{short(points[-1].value)}{unit_of(self.target)}" if points else ""


def goals(open_: Dossier, cards: Sequence[Card]) -> tuple[Goal, ...]:
    """Every target of the plan, in the order of the text."""
    by_id = {one.id: one for one in cards}
    figures = {one.id: one for one in open_.plan.figures}
    found = {one.target.id: one for one in open_.measured.measured} if open_.measured else {}
    return tuple(
        _goal(one, figures[one.id], by_id.get(one.item or ""), found.get(one.id), open_) for one in targets(open_.plan)
    )


def tally(found: Sequence[Goal]) -> tuple[tuple[Lamp, int], ...]:
    """How many measured targets have each light, the urgent ones first."""
    counts = Counter(one.lamp.colour for one in found if one.lamp)
    return tuple((lamp_for(colour), counts[colour]) for colour in words()["urgent"] if counts[colour])


def target_pages(site: Frame, open_: Dossier, found: Sequence[Goal]) -> Iterator[File]:
    """The list, and a page a target."""
    read = [one for one in found if one.now]
    rest = [one for one in found if not one.now]
    yield site.page("targets.html", "targets.html", read=read, rest=rest, lights=tally(read))
    for one in found:
        yield site.page(one.path, "target.html", goal=one, **_details(one, open_))


def _goal(target: Target, figure: Figure, card: Card | None, one: Measured | None, open_: Dossier) -> Goal:
    read = one if one is not None and one.points else None
    lamp = _lamp(read) if read else None
    told = sentences(read) if read else ()
    return Goal(target, figure, card, read, lamp, told, spark(chart(read, open_.today)) if read else None)


def _lamp(one: Measured) -> Lamp:
    said = shape(one)
    return Lamp(one.light.colour, said["shape"], said["said"])


def lamp_for(colour: str) -> Lamp:
    """The lamp of a colour as indicators have it, whether verified or self-reported."""
    said = path_words()["colour"][colour]
    return Lamp(colour, said["shape"], said["said"])


def _details(goal: Goal, open_: Dossier) -> dict[str, Any]:
    one = goal.measured
    if one is None:
        return {"picture": None, "rows": (), "kind": "", "why": ""}
    return {
        "picture": picture(chart(one, open_.today)),
        "rows": tuple(_rows(one)),
        "kind": path_words()["path"][one.path.kind]["zh"],
        "why": one.path.why,
    }


def _rows(one: Measured) -> Iterator[dict[str, str]]:
    """A row a reading: what it is, what it should be, where it comes from."""
    for point in one.points:
        expected = one.path.expected(point.period)
        yield {
            "period": str(point.period),
            "value": plain(point.value) if len(plain(point.value)) <= 12 else short(point.value),
            "expected": "" if expected is None else short(expected),
            "source": point.reading.source,
            "evidence": point.reading.evidence,
            "level": vouched(point.reading.level),
        }


def vouched(rung: int) -> str:
    """How well a reading is vouched for, by the rung of the evidence ladder."""
    rungs = data("evidence.toml")["ladder"]
    return word("grade", str(rungs[min(rung, len(rungs) - 1)]["grade"]))
