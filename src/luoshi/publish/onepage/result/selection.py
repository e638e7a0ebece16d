"""Stories → board: the indicators people look for first, then what was not kept, then what was; nothing twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from luoshi.publish import labels
from luoshi.publish.onepage.board import Count, Label, Ordinal
from luoshi.publish.onepage.cards import rank
from luoshi.publish.onepage.result.board import (
    Amount,
    Badge,
    Cited,
    Entry,
    Fact,
    Given,
    Kept,
    Note,
    Pair,
    Part,
    Seat,
    Share,
    Side,
    Source,
    Told,
)
from luoshi.publish.onepage.result.stories import Place, Quantity, Story, Tale
from luoshi.publish.onepage.result.wording import label, words
from luoshi.publish.onepage.wording import around, clean, cut, numbers_in, squeeze
from luoshi.publish.onepage.wording import words as shared
from luoshi.source import Document
from luoshi.supervise.words import word

_LETTERS = re.compile(r"[㐀-鿿A-Za-z]")
_NAME = 24
_WORDS = 64
_LAST = 10_000
_ORDER = ("missed", "red", "yellow")


@dataclass
class _Notes:
    """The notes so far; one place has one note, however often it is named."""

    tale: Tale
    documents: dict[str, Document] = field(init=False)
    made: dict[object, Note] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.documents = {name: Document.from_text(text, name) for name, text in self.tale.texts.items()}

    def of(self, place: Place) -> Ordinal:
        """The number of the note for a place."""
        if place not in self.made:
            text, start, end, strong = around(self.documents[place.report], place.start, place.end)
            sentence = Cited(text, place.report, start, end, strong)
            seat = Seat(place.start + 1, place.report, place.start)
            number = Ordinal(len(self.made) + 1)
            self.made[place] = Note(number, Fact(place.report, place.report, "year"), seat, sentence)
        return self.made[place].ordinal

    def reading(self, story: Story) -> Ordinal:
        """The number of the note that says where a reading is from."""
        key = ("reading", story.id)
        if key not in self.made:
            number = Ordinal(len(self.made) + 1)
            self.made[key] = Note(number, None, None, Given(clean(story.origin), story.id, "origin"))
        return self.made[key].ordinal


def select(tale: Tale, sources: Sequence[tuple[str, str, str]]) -> Kept:
    """What is worth showing of ``tale``; ``sources`` are year, file and fingerprint of every report."""
    notes = _Notes(tale)
    parts = _parts(tale, notes)
    compared = tale.sort == "compared"
    return Kept(
        place=Fact(cut(clean(tale.place), 30), "", "place") if tale.place else None,
        heading=(Fact(tale.report, tale.report, "year"), label("heading")),
        as_of=_as_of(tale),
        total=Count(len(tale.stories), "stories"),
        unit=label("total" if compared else "matters"),
        shares=_shares(tale),
        parts=parts,
        notes=tuple(notes.made.values()),
        hint=label("note_hint" if compared else "note_hint_dossier"),
        how=label("how" if compared else "how_dossier"),
        rest=label("rest_after" if compared else "rest_after_dossier"),
        sources=tuple(
            Source(
                Fact(year, year, "year"),
                Fact(cut(clean(file), 60), year, "source"),
                Fact(fingerprint[:16], year, "sha256"),
            )
            for year, file, fingerprint in sources
        ),
    )


def _as_of(tale: Tale) -> tuple[Fact | Label, ...]:
    if tale.sort == "followed":
        inside = (label("internal"),) if tale.internal else ()
        return (label("as_of"), Fact(tale.today, "", "today"), *inside)
    last = tale.later[-1] if tale.later else tale.report
    return (label("as_of"), Fact(last, last, "year"), label("report_of"))


def badge(fate: str, *, hollow: bool = False) -> Badge:
    """The mark of a fate."""
    row = words()["fates"][fate]
    told = row.get("word") or labels.label("verdict", fate)
    told = word("light", fate, "word") if told == fate else told
    return Badge(row["shape"], Label(row["sign"]), row["colour"], Label(told), hollow)


def _shares(tale: Tale) -> tuple[Share, ...]:
    counts = Counter(story.fate for story in tale.stories)
    return tuple(Share(badge(fate), Count(counts[fate], f"fate:{fate}")) for fate in words()["fates"] if counts[fate])


def _parts(tale: Tale, notes: _Notes) -> tuple[Part, ...]:
    shown: set[str] = set()
    found = []
    for row in words()[tale.sort]:
        belong = [one for one in tale.stories if one.fate in row["fates"]]
        part = _cards(row, belong, notes, shown) if "cards" in row else _lines(row, belong, notes, shown)
        if part is not None:
            found.append(part)
    return tuple(found)


def _cards(row: dict[str, Any], belong: list[Story], notes: _Notes, shown: set[str]) -> Part | None:
    """The part with both numbers: as many as it holds, those people look for first and those not kept before others."""
    paired = [one for one in belong if one.said and one.came]
    single = {_same(one): one for one in reversed(paired)}
    kept = sorted(single.values(), key=_worth)[: row["cards"] + row["rows"]]
    large = sorted(kept[: row["cards"]], key=_first)
    large = large[:-1] if len(large) % 2 and len(large) > 1 and len(kept) > len(large) else large
    small = sorted((one for one in kept if one not in large), key=_where)
    if not kept:
        return None
    twins = {_same(one) for one in kept}
    told = [one for one in paired if _same(one) in twins]
    shown |= {one.id for one in told}
    return Part(
        Label(row["heading"]),
        Count(len(paired), f"pairs:{','.join(row['fates'])}"),
        cards=tuple(_pair(one, notes) for one in large),
        rows=tuple(_pair(one, notes) for one in small),
        more=_rest(len(paired), len(told)),
    )


def _lines(row: dict[str, Any], belong: list[Story], notes: _Notes, shown: set[str]) -> Part | None:
    """A part in words: those that one can check before the rest, in the order of the text."""
    fresh = [one for one in belong if one.id not in shown]
    if not fresh:
        return None
    single = {clean(one.words): one for one in sorted(fresh, key=_checkable, reverse=True)}
    kept = sorted(sorted(single.values(), key=_checkable)[: row["lines"]], key=_where)
    twins = {clean(one.words) for one in kept}
    told = [one for one in fresh if clean(one.words) in twins]
    shown |= {one.id for one in told}
    return Part(
        Label(row["heading"]),
        Count(len(belong), f"fates:{','.join(row['fates'])}"),
        above=_rest(len(belong), len(fresh)),
        lines=tuple(_entry(one, notes) for one in kept),
        more=_rest(len(fresh), len(told)),
    )


def _rest(whole: int, shown: int) -> Count | None:
    return Count(whole - shown, f"rest:{whole}-{shown}") if whole > shown else None


def _same(one: Story) -> tuple[object, ...]:
    """Stories that would make the same card: one thing promised in two places."""
    return (one.name, one.fate, one.said, one.came, one.when)


def _where(one: Story) -> int:
    return one.place.start


def _first(one: Story) -> tuple[int, int]:
    found = rank(one.name, one.name)
    return (_LAST if found is None else found, one.place.start)


def _worth(one: Story) -> tuple[int, int, int]:
    found, start = _first(one)
    return (found, _ORDER.index(one.fate) if one.fate in _ORDER else len(_ORDER), start)


def _checkable(one: Story) -> tuple[int, int]:
    order = ("project", "recognition", "target", "hold", "action")
    return (0 if one.said else 1, order.index(one.kind) if one.kind in order else len(order))


def _pair(one: Story, notes: _Notes) -> Pair:
    assert one.said is not None
    place = one.place
    return Pair(
        one.id,
        name=_name(one),
        badge=badge(one.fate, hollow=one.hollow),
        said=_told(one.said, one, "said"),
        came=tuple(_told(number, one, "came", at) for at, number in enumerate(one.came)),
        said_note=notes.of(place),
        came_note=notes.of(one.outcome) if one.outcome else notes.reading(one),
        when=Given(one.when, one.id, "when") if one.when else None,
        why=Given(clean(one.why), one.id, "why") if one.why and one.outcome else None,
    )


def _name(one: Story) -> Cited:
    """The indicator's name; where it says nothing (/日) the words of the promise."""
    name, place = clean(one.name), one.clause or one.place
    told = name if len(_LETTERS.findall(name)) > 1 else clean(one.words)
    return Cited(cut(told, _NAME), place.report, place.start, place.end, loose=True)


def _entry(one: Story, notes: _Notes) -> Entry:
    place, out = one.clause or one.place, one.answer
    text = cut(clean(one.words), _WORDS)
    said = notes.of(one.place)
    came = notes.documents[out.report].text[out.start : out.end] if out else ""
    return Entry(
        one.id,
        badge=badge(one.fate, hollow=one.hollow),
        words=Cited(
            text,
            place.report,
            place.start,
            place.end,
            numbers_in(text, one.said.text if one.said else None),
            loose=True,
        ),
        said_note=said,
        came=_cited(cut(clean(came), _WORDS), out, one) if out else None,
        came_note=notes.of(one.outcome) if one.outcome else notes.reading(one) if one.came else None,
        why=Given(clean(one.why), one.id, "why") if one.why else None,
        lead=Given(cut(clean(one.lead), 20), one.id, "lead") if one.lead else None,
        due=Given(one.due, one.id, "due") if one.due else None,
    )


def _cited(text: str, place: Place, one: Story) -> Cited:
    strong = [span for number in one.came for span in numbers_in(text, number.text)]
    return Cited(text, place.report, place.start, place.end, tuple(sorted(set(strong))[:1]))


def _told(number: Quantity, one: Story, side: Side, at: int = 0) -> Told:
    """The number, its unit apart where it is written so, with the words that say what kind of number it is."""
    text = clean(number.text)
    unit = clean(number.unit)
    apart = not number.ranged and unit and squeeze(text).endswith(squeeze(unit)) and text.endswith(unit)
    amount = Amount(text.removesuffix(unit) if apart else text, unit if apart else "", one.id, side, at)
    return Told(amount, tuple(_before(number)), tuple(_after(number)))


def _before(number: Quantity) -> Iterable[Label]:
    if number.direction and number.measure in ("growth", "change"):
        kind = "point" if "百分点" in number.unit else number.measure
        yield Label(shared()["directions"][number.direction][kind])
    yield from _comparator(number, "before")


def _after(number: Quantity) -> Iterable[Label]:
    yield from _comparator(number, "after")


def _comparator(number: Quantity, side: str) -> Iterable[Label]:
    row = shared()["comparators"].get(number.comparator)
    if row and row["side"] == side and not any(one in number.text for one in row["words"]):
        yield Label(labels.label("comparator", number.comparator))
