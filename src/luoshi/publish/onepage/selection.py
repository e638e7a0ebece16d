"""Plan and document → what the picture shows. Pure: the same plan gives the same board."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from luoshi.plan.model import Figure, Item, Plan, Section
from luoshi.publish.onepage.board import (
    Board,
    Card,
    Chapter,
    Count,
    Label,
    Line,
    Mark,
    Panel,
    Quote,
    Stamp,
    Step,
    Tally,
)
from luoshi.publish.onepage.cards import Mention, card, heaviest, mentions, telling
from luoshi.publish.onepage.matters import Outline, chosen, line, themes
from luoshi.publish.onepage.noting import noted
from luoshi.publish.onepage.wording import (
    clean,
    cut,
    label,
    quote,
    spaced,
    words,
)
from luoshi.source import Document

_REVIEW_CARDS = 9
_TARGET_CARDS = 8
_TARGET_ROWS = 24
_THEME_LINES = 32
_LIST_LINES = 12
_LADDER_STEPS = 9
_SHORT_MEMBER = 9
_HEADING = 26
_NOT_A_NUMBER = re.compile(r"[（(）)、.．\s是要—-]|第|部分")


def select(plan: Plan, document: Document) -> Board:
    """What is worth showing of ``plan``, part by part, with a note for every number."""
    outline = Outline(plan)
    board = Board(
        title=_title(plan),
        place=Stamp(cut(clean(plan.document.place), 30), "place") if plan.document.place else None,
        year=_year(plan),
        term=_term(plan),
        tallies=_tallies(plan),
        ladder=_ladder(plan, document),
        reviews=_reviews(outline, document),
        targets=_targets(outline, document),
        livelihood=_lists(outline, document),
        tasks=_tasks(outline, document),
        titles=_titles(outline, document),
        sources=_sources(plan),
    )
    return noted(dataclasses.replace(board, marks=_legend(board)), plan, document)


def _title(plan: Plan) -> Stamp | Label:
    """The kind of document: our word for a work report, else the document's own title."""
    title = clean(plan.document.title)
    return label("report") if not title or "工作报告" in title else Stamp(cut(title, 44), "title")


def _year(plan: Plan) -> Stamp | None:
    return Stamp(f"{plan.document.year}年", "year") if plan.document.year else None


def _term(plan: Plan) -> Stamp | None:
    """The years that the plan is for, where they are several."""
    term = plan.document.term
    several = term is not None and term[0].year != term[1].year
    return Stamp(f"{term[0].year}—{term[1].year}年", "term") if term and several else None


def _tallies(plan: Plan) -> tuple[Tally, ...]:
    counts = {
        "figures": len(plan.figures),
        "commitments": sum(one.kind != "slogan" for one in plan.commitments),
        "items": len(plan.items),
    }
    return tuple(Tally(Count(number, of), Label(words()["tallies"][of])) for of, number in counts.items() if number)


def _ladder(plan: Plan, document: Document) -> tuple[Step, ...]:
    """The rungs of the report's own box where it has one; else those whose members were all found."""
    boxes = [section for section in plan.sections if section.role == "box"]
    boxed = [rung for rung in plan.ladder if any(box.start <= rung.start < box.end for box in boxes)]
    rungs = boxed or [rung for rung in plan.ladder if len(rung.members) == rung.count > 1]
    steps = []
    for rung in rungs[:_LADDER_STEPS]:
        members = tuple(quote(document, one.start, one.end, 60) for one in rung.members)
        short = bool(members) and all(len(one.text) <= _SHORT_MEMBER for one in members)
        count = Count(rung.count, f"rung:{plan.ladder.index(rung)}")
        steps.append(Step(count, quote(document, rung.start, rung.end, 20), members, short))
    return tuple(steps)


def _reviews(outline: Outline, document: Document) -> tuple[Panel, ...]:
    """One panel for each part that is titled as looking back; figures about the past from elsewhere join the first.

    A text without a part that looks back, or with one that tells nothing, gives its figures about the past.
    """
    done = [figure for figure in outline.plan.figures if figure.tense == "done"]
    told = [figure for figure in done if outline.role(figure.section) in {"", "opening", "plan", "targets", "box"}]
    return _looking_back(outline, done, document) or _panels([(None, told)], document, _REVIEW_CARDS)


def _looking_back(outline: Outline, done: Sequence[Figure], document: Document) -> tuple[Panel, ...]:
    """The panels of the parts that look back."""
    roots = outline.roots("review")
    if not roots:
        return ()
    titled: list[Section | None] = [root for root in roots if _speaks_of(root, "review_titles")]
    parts: dict[Section | None, list[Figure]] = {root: [] for root in titled or [None]}
    for figure in done:
        root = next((one for one in roots if outline.inside(one.id, figure.start)), None)
        if root is not None:
            parts[root if root in parts else next(iter(parts))].append(figure)
    return _panels(list(parts.items()), document, _REVIEW_CARDS if len(parts) == 1 else 7)


def _speaks_of(section: Section, words_of: str) -> bool:
    """Whether the section's title is short and has one of the words of that list."""
    title = clean(section.title)
    return len(title) <= _HEADING and any(word in title for word in words()["telling"][words_of])


def _panels(parts: Sequence[tuple[Section | None, list[Figure]]], document: Document, limit: int) -> tuple[Panel, ...]:
    panels = []
    for section, figures in parts:
        heading = _heading(section) if section else label("review")
        best = telling(mentions(figures, document), document, limit)
        cards = [card(one, document, hero=_is_hero(one, at), heading=heading.text) for at, one in enumerate(best)]
        if cards:
            panels.append(Panel(heading, tuple(_paired(cards))))
    return tuple(panels)


def _paired(cards: list[Card]) -> list[Card]:
    """The cards without a last one that would stand alone in its row."""
    small = len(cards) - sum(one.hero for one in cards)
    return cards[:-1] if small % 2 and small > 1 else cards


def _is_hero(mention: Mention, place: int) -> bool:
    """The first card is large where it is the first headline and has an amount."""
    return place == 0 and mention.headline == 0 and mention.main.measure == "level"


def _heading(section: Section) -> Quote | Label:
    title = clean(section.title)
    if not title or len(title) > _HEADING:
        return label(section.role)
    return Quote(title, section.start, section.end, loose=True)


def _targets(outline: Outline, document: Document) -> tuple[Panel, ...]:
    """One panel for each part that states targets; without one, the numbers that commitments promise."""
    planned = [figure for figure in outline.plan.figures if figure.tense == "plan"]
    roots = outline.roots("targets")
    panels = []
    for root in roots:
        found = mentions((one for one in planned if outline.inside(root.id, one.start)), document)
        lines = tuple(line(item, outline, document) for item in outline.items_in(root.id) if not item.figures)
        heading = _target_heading(root, outline)
        panels.append(_target_panel(heading, found, lines, document))
    if not any(panel.cards for panel in panels):
        promised = {i for one in outline.plan.commitments if one.kind in {"target", "hold"} for i in one.figures}
        found = heaviest(mentions((one for one in planned if one.id in promised), document), document, _TARGET_CARDS)
        panels.append(_target_panel(label("commitments"), found, (), document))
    return tuple(panel for panel in panels if panel.cards or panel.lines)


def _target_panel(heading: Quote | Label, found: list[Mention], lines: tuple[Line, ...], document: Document) -> Panel:
    cards = [card(one, document, heading=heading.text) for one in found]
    shown = cards[: _TARGET_CARDS + _TARGET_ROWS]
    large = min(_TARGET_CARDS, len(shown) - len(shown) % 2) or len(shown)
    return Panel(
        heading,
        cards=tuple(shown[:large]),
        rows=tuple(shown[large:]),
        lines=lines[:6],
        more=_rest(len(cards), len(shown)),
    )


def _rest(whole: int, shown: int) -> Count | None:
    return Count(whole - shown, f"rest:{whole}-{shown}") if whole > shown else None


def _target_heading(root: Section, outline: Outline) -> Quote | Label:
    """The nearest title that speaks of targets, else our word."""
    for section in outline.line_of(root.id):
        if _speaks_of(section, "target_titles"):
            return _heading(section)
    return label("targets")


def _lists(outline: Outline, document: Document) -> tuple[Panel, ...]:
    panels = []
    for root in outline.roots("livelihood"):
        items = outline.items_in(root.id)
        heading = _heading(root)
        shown = items[:_LIST_LINES]
        lines = tuple(line(item, outline, document, at) for at, item in enumerate(shown, 1))
        if lines:
            total = Count(len(items), f"section:{root.id}")
            panels.append(Panel(heading, lines=lines, total=total, more=_rest(len(items), len(shown))))
    return tuple(panels)


def _tasks(outline: Outline, document: Document) -> tuple[Chapter, ...]:
    """The tasks by theme: as many lines each as the length of the picture allows."""
    found = themes(outline)
    number = sum(len(sections) for _, sections in found)
    each = min(6, max(2, _THEME_LINES // max(1, number)))
    chapters = []
    for part, sections in found:
        heading = _chapter_heading(part, sections)
        chapters.append(Chapter(heading, tuple(_theme(section, outline, document, each) for section in sections)))
    return tuple(chapters)


def _chapter_heading(part: Section | None, sections: Sequence[Section]) -> Quote | Label:
    if part and 0 < len(clean(part.title)) <= _HEADING:
        return _heading(part)
    return label("government" if all(section.role == "government" for section in sections) else "tasks")


def _theme(section: Section, outline: Outline, document: Document, limit: int) -> Panel:
    items = outline.items_in(section.id)
    best = chosen([item for item in items if item.kind != "recognition"] or items, outline, limit)
    # The number of the government's own work counts on from the parts of the report, not from the themes.
    badge = _NOT_A_NUMBER.sub("", section.number) if section.role != "government" else ""
    title = spaced(section.title)
    return Panel(
        heading=Quote(cut(title, 48), section.start, section.end, loose=True) if title else label("tasks"),
        lines=tuple(line(item, outline, document) for item in best),
        badge=Quote(badge, section.start, section.end) if badge else None,
        total=Count(len(items), f"section:{section.id}") if len(items) > len(best) else None,
    )


def _titles(outline: Outline, document: Document) -> Panel | None:
    """Titles to be won, but for those that the ladder names."""
    named = [squeezed for rung in outline.plan.ladder for squeezed in (clean(one.text) for one in rung.members)]
    items = [item for item in outline.plan.items if item.kind == "recognition"]
    fresh: dict[str, Item] = {}
    for item in sorted(items, key=outline.start):
        title = clean(item.title)
        if not any(title in name or name in title for name in named):
            fresh.setdefault(title, item)
    shown = list(fresh.values())[:_LIST_LINES]
    if not shown:
        return None
    lines = tuple(line(item, outline, document) for item in shown)
    return Panel(label("titles"), lines=lines, more=_rest(len(fresh), len(shown)))


def _legend(board: Board) -> tuple[Mark, ...]:
    """The marks used, once each."""
    return tuple(dict.fromkeys(one.mark for panel in (*board.targets, *board.lists) for one in panel.lines))


def _sources(plan: Plan) -> tuple[Stamp, ...]:
    facts = plan.document
    stamps = (
        Stamp(cut(clean(facts.source), 60), "source"),
        Stamp(cut(clean(facts.title), 60), "title"),
        Stamp(str(facts.characters) if facts.characters else "", "characters"),
        Stamp(facts.sha256[:16], "sha256"),
    )
    return tuple(stamp for stamp in stamps if stamp.text)
