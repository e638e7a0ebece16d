"""The text is cut into rows and marks without losing or doubling a character, whatever the plan says of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.door import open_report
from luoshi.plan import Commitment, Figure, Plan, Section
from luoshi.publish.dossier import dossier
from luoshi.publish.site.cards import cards
from luoshi.publish.site.reader import Reader, Row
from luoshi.source import Document, view

TEXT = "一、今年工作\n（一）修路。今年修路30公里，建桥2座；还要植树500亩。\n力争财政收入增长5%。\n"
_EVERY = 12  # of the real reports, so many are one
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 12)).map(lambda p: (p[0], min(len(TEXT), p[0] + p[1])))
# No promise and no number of a plan holds a line end that the text keeps.
SPANS = SPANS.filter(lambda span: "\n" not in TEXT[slice(*span)])


def clause(at: int, start: int, end: int) -> Commitment:
    return Commitment(id=f"c{at}", start=start, end=end, text=TEXT[start:end], kind="target", rule="r")


def figure(at: int, start: int, end: int) -> Figure:
    return Figure(id=f"f{at}", start=start, end=end, text=TEXT[start:end], value="1", rule="r")


def rows(text: str = TEXT, **said: Any) -> list[Row]:
    plan, document = Plan(**said), Document.from_text(text)
    found = cards(dossier(plan, document, date(2023, 6, 30)))
    return list(Reader(document, plan, found).rows())


def words(found: list[Row]) -> str:
    """All that the rows show, blanks left out."""
    shown = "".join(row.heading + "".join(p.text for one in row.stretches for p in one.pieces) for row in found)
    return re.sub(r"\s", "", shown)


def anchors(found: list[Row]) -> list[str]:
    """Every id that a link may lead to, as often as it is there."""
    stretches = [one for row in found for one in row.stretches]
    aside = [name for row in found for name in row.anchors]
    numbers = [name for one in stretches for piece in one.pieces for name in piece.anchors]
    return aside + numbers + [one.id for one in stretches if one.id]


@given(st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=6))
def test_no_character_is_lost_or_doubled(clauses: list[tuple[int, int]], figures: list[tuple[int, int]]) -> None:
    made = rows(
        commitments=tuple(clause(at, *span) for at, span in enumerate(clauses)),
        figures=tuple(figure(at, *span) for at, span in enumerate(figures)),
    )
    assert words(made) == re.sub(r"\s", "", TEXT)
    wanted = [f"c{at}" for at in range(len(clauses))] + [f"f{at}" for at in range(len(figures))]
    assert sorted(anchors(made)) == sorted(wanted)


def test_a_number_has_its_place_within_a_promise_and_outside_of_one() -> None:
    inside, outside = TEXT.index("30公里"), TEXT.index("5%")
    start = TEXT.index("今年修路")
    made = rows(
        commitments=(clause(1, start, start + 8),),
        figures=(figure(1, inside, inside + 4), figure(2, outside, outside + 2)),
    )
    assert sorted(anchors(made)) == ["c1", "f1", "f2"]
    promised = next(one for row in made for one in row.stretches if one.id == "c1")
    assert [piece.text for piece in promised.pieces if piece.figure] == ["30公里"]


def test_headings_have_their_level_and_the_text_behind_one_stays_on_its_line() -> None:
    second = TEXT.index("（一）")
    made = rows(
        sections=(
            Section(id="s1", number="一、", title="今年工作", role="plan", start=0, end=len(TEXT)),
            Section(id="s2", parent="s1", number="(一)", title="修路", role="plan", start=second, end=len(TEXT)),
        )
    )
    assert [(row.heading, row.level) for row in made if row.level] == [("一、今年工作", 2), ("（一）修路。", 3)]
    assert words([made[1]]).startswith("（一）修路。今年修路30公里")


def test_lines_that_a_column_cut_are_joined_again() -> None:
    text = "今年要把城乡道路全部修好，一共修三十公里的\n农村公路。\n下一段的话也在这里，说的是别的事情。"
    assert len(rows(text)) < 4
    assert words(rows(text)) == re.sub(r"\s", "", text)


def test_of_real_reports_no_character_and_no_place_is_lost(shared: Path) -> None:
    for path in sorted((shared / "corpus").rglob("*.txt"))[::_EVERY]:
        one = open_report(path)
        found = cards(dossier(one.plan, one.document, date(2023, 6, 30)))
        made = list(Reader(one.document, one.plan, found).rows())
        seen = view(one.document.text)  # without the numbers of printed pages
        text = "".join(one.document.text[seen.offset(at)] for at in range(len(seen.text)))
        assert words(made) == re.sub(r"\s", "", text), path.name
        wanted = [each.id for each in (*one.plan.figures, *one.plan.commitments)]
        assert sorted(anchors(made)) == sorted(wanted), path.name
        beside = [card.id for row in made for card in row.cards]
        assert sorted(beside) == sorted(card.id for card in found if card.case.place), path.name


@pytest.mark.parametrize("text", ["", "\n\n", "　"])
def test_a_text_of_nothing_has_no_rows(text: str) -> None:
    assert rows(text) == []
