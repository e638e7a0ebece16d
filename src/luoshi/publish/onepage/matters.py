"""Which items are listed under which theme: those one can check first, the rest counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.plan.model import Commitment, Figure, Item, Plan, Section
from luoshi.publish import labels
from luoshi.publish.onepage.board import Label, Line, Mark, Ordinal, Quote
from luoshi.publish.onepage.wording import quote, titled, words
from luoshi.source import Document

_TITLE_LIMIT = 54
_EASY_TITLE = range(8, 41)


@dataclass(frozen=True, slots=True)
class Outline:
    """The plan's sections as a tree, with what stands in each."""

    plan: Plan
    sections: dict[str, Section] = field(init=False)
    commitments: dict[str, Commitment] = field(init=False)
    figures: dict[str, Figure] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sections", {section.id: section for section in self.plan.sections})
        object.__setattr__(self, "commitments", {one.id: one for one in self.plan.commitments})
        object.__setattr__(self, "figures", {figure.id: figure for figure in self.plan.figures})

    def role(self, section: str | None) -> str:
        """The role of a section by its id; empty where there is none."""
        return self.sections[section].role if section in self.sections else ""

    def line_of(self, section: str | None) -> list[Section]:
        """The section and those around it, innermost first."""
        found: list[Section] = []
        while section in self.sections and self.sections[section] not in found:
            found.append(self.sections[section])
            section = found[-1].parent
        return found

    def roots(self, role: str) -> list[Section]:
        """The sections of this role that stand in no other of it, in text order."""
        wanted = [one for one in self.plan.sections if one.role == role]
        return [one for one in wanted if all(above.role != role for above in self.line_of(one.parent))]

    def inside(self, section: str, start: int) -> bool:
        """Whether the offset lies within the section."""
        return self.sections[section].start <= start < self.sections[section].end

    def items_in(self, section: str) -> list[Item]:
        """The items of a section and of those of its role inside it, in text order; a slogan is no matter."""
        inside = [
            item
            for item in self.plan.items
            if item.kind != "slogan"
            and self.role(item.section) == self.role(section)
            and any(one.id == section for one in self.line_of(item.section))
        ]
        return sorted(inside, key=self.start)

    def span(self, item: Item) -> tuple[int, int]:
        """From the first to the last character of the item's commitments (or figures, or section)."""
        parts: list[Commitment | Figure] = [self.commitments[i] for i in item.commitments if i in self.commitments]
        parts = parts or [self.figures[i] for i in item.figures if i in self.figures]
        if parts:
            return min(part.start for part in parts), max(part.end for part in parts)
        around = self.sections.get(item.section or "")
        return (around.start, around.end) if around else (0, 0)

    def start(self, item: Item) -> int:
        """Where the item begins in the text."""
        return self.span(item)[0]


def mark(kind: str) -> Mark:
    """The shape and the word of a kind of matter."""
    return Mark(words()["marks"][kind], Label(labels.label("kind", kind)))


def themes(outline: Outline) -> list[tuple[Section | None, list[Section]]]:
    """The sections that are themes, under the part of the plan they belong to (``None``: no part of its own).

    A part of the plan with parts of its own gives those as themes; one without is a theme itself, and so is what the
    government says of its own work.
    """
    divided: list[tuple[Section | None, list[Section]]] = []
    single: list[Section] = []
    for root in outline.roots("plan"):
        parts = _parts(root, outline)
        if any(above.role == "box" for above in outline.line_of(root.id)):
            continue
        if len(parts) > 1:
            divided.append((root, parts))
        elif outline.items_in(root.id):
            single.append(root)
    single += [root for root in outline.roots("government") if outline.items_in(root.id)]
    if len(divided) == 1:
        single += divided.pop()[1]
    together = sorted(single, key=lambda section: section.start)
    return [*divided, (None, together)] if together else divided


def _parts(section: Section, outline: Outline) -> list[Section]:
    """The parts of a section that have items, of its only part where it has but one."""
    inside = [one for one in outline.plan.sections if (one.parent, one.role) == (section.id, section.role)]
    parts = [one for one in inside if outline.items_in(one.id)]
    return _parts(parts[0], outline) if len(parts) == 1 else parts


def worth(item: Item, outline: Outline) -> float:
    """How much a line on the picture gains from this item: a date, a number, a thing one can see."""
    points = {"project": 3.0, "recognition": 3.0, "target": 2.5, "hold": 1.5, "action": 0.0}.get(item.kind, 0.0)
    points += 4 if item.deadline.basis == "stated" else 0
    points += 3 if any(i in outline.figures for i in item.figures) else 0
    return points + (1 if len(item.title) in _EASY_TITLE else 0) - (2 if len(item.title) > _TITLE_LIMIT else 0)


def chosen(items: Sequence[Item], outline: Outline, limit: int) -> list[Item]:
    """At most ``limit`` of ``items``, in text order."""
    best = sorted(items, key=lambda item: (-worth(item, outline), outline.start(item)))[:limit]
    return sorted(best, key=outline.start)


def line(item: Item, outline: Outline, document: Document, ordinal: int | None = None) -> Line:
    """The item as one line of the picture."""
    figures = [outline.figures[i] for i in item.figures if i in outline.figures]
    title = titled(item.title, document, outline.span(item), figures, _TITLE_LIMIT)
    return Line(
        mark=mark(item.kind),
        title=title,
        deadline=_deadline(item, outline, document, title.text),
        strength=_strength(item, outline),
        ordinal=None if ordinal is None else Ordinal(ordinal),
    )


def _deadline(item: Item, outline: Outline, document: Document, shown: str) -> Quote | None:
    """The words of the deadline where the title does not say them already."""
    said = item.deadline.text
    if not said or item.deadline.basis == "none" or said in shown:
        return None
    start, end = outline.span(item)
    around = outline.line_of(item.section)
    for low, high in ((start, end), *((one.start, one.end) for one in around)):
        at = document.text.find(said, low, high)
        if at >= 0:
            return quote(document, at, at + len(said), 14)
    return None


def _strength(item: Item, outline: Outline) -> Label | None:
    """争取 or 配合 where every commitment of the item leaves the decision or the lead to somebody else."""
    strengths = {outline.commitments[i].strength for i in item.commitments if i in outline.commitments}
    only = strengths.pop() if len(strengths) == 1 else "own"
    return None if only == "own" else Label(labels.label("strength", only))
