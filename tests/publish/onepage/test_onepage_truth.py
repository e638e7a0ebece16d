"""The guarantee that the picture invents nothing: whatever is changed in a plan, a board or a drawing is caught."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import pytest

from luoshi.plan.model import Plan
from luoshi.publish.onepage import drawing, onepage
from luoshi.publish.onepage.board import Board, Count, Label, Number, Ordinal, Quote, Spot, Stamp, leaves
from luoshi.publish.onepage.selection import select
from luoshi.publish.onepage.truth import check, strays
from luoshi.source import Document

Read = Callable[[bytes], str]


def changed(plan: Plan, part: str, at: int, **values: Any) -> Plan:
    """The plan with one member of one of its lists changed."""
    rows = list(getattr(plan, part))
    rows[at] = rows[at].model_copy(update=values)
    return plan.model_copy(update={part: tuple(rows)})


def codes(plan: Plan, document: Document) -> set[str]:
    """The codes that come back; there must be no picture where there is one."""
    pictures = onepage(plan, document)
    assert (pictures.files == {}) == bool(pictures.problems)
    return {problem.code for problem in pictures.problems}


def test_an_honest_plan_passes(five_year_report: Any) -> None:
    assert codes(*five_year_report.done()) == set()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"value": "713.4"}, "W020"),
        ({"value": "17.34"}, "W020"),
        ({"unit": "万元"}, "W020"),
        ({"unit": "亿"}, "W020"),
        ({"value2": "170"}, "W020"),
        ({"text": "183.4亿元"}, "W021"),
        ({"text": "183.4亿元", "value": "183.4"}, "W021"),
        ({"start": 3, "end": 10}, "W021"),
    ],
)
def test_a_figure_changed_in_the_plan_stops_the_picture(annual_report: Any, values: dict[str, Any], code: str) -> None:
    plan, document = annual_report.done()
    assert plan.figures[0].text == "173.4亿元"
    assert codes(changed(plan, "figures", 0, **values), document) == {code}


def test_a_problem_says_where_and_what(annual_report: Any) -> None:
    plan, document = annual_report.done()
    figure = plan.figures[0]
    (found,) = onepage(changed(plan, "figures", 0, value="713.4"), document).problems
    assert (found.start, found.end) == (figure.start, figure.end)
    assert "713.4亿元" in found.message
    assert "173.4亿元" in found.message


def test_a_number_changed_in_a_title_stops_the_picture(annual_report: Any) -> None:
    plan, document = annual_report.done()
    at = next(i for i, item in enumerate(plan.items) if item.title == "新增学位1080个")
    assert codes(changed(plan, "items", at, title="新增学位10800个"), document) == {"W020"}
    assert codes(changed(plan, "items", at, title="新增学位1080所"), document) == {"W020"}


def test_a_title_may_put_the_words_otherwise_but_not_the_numbers(annual_report: Any) -> None:
    plan, document = annual_report.done()
    at = next(i for i, item in enumerate(plan.items) if item.title == "新增学位1080个")
    assert codes(changed(plan, "items", at, title="中小学学位：新增1080个"), document) == set()


def test_a_deadline_that_the_text_does_not_have_is_not_printed(annual_report: Any) -> None:
    plan, document = annual_report.done()
    at = next(i for i, item in enumerate(plan.items) if "标准厂房" in item.title)
    late = plan.items[at].deadline.model_copy(update={"text": "11月底前"})
    pictures = onepage(changed(plan, "items", at, deadline=late), document)
    assert "11月底前" not in pictures.text


@pytest.mark.parametrize(("at", "count"), [(0, 3), (1, 3), (2, 4), (2, 30)])
def test_a_rung_must_count_what_its_words_say(five_year_report: Any, at: int, count: int) -> None:
    plan, document = five_year_report.done()
    assert codes(changed(plan, "ladder", at, count=count), document) == {"W020"}


@pytest.mark.parametrize(
    ("words", "count"), [("十大工程", 10), ("十二项行动", 12), ("二十件实事", 20), ("12项行动", 12)]
)
def test_rungs_beyond_ten_are_read(report: Any, words: str, count: int) -> None:
    report.part("box", "", "数读")
    report.rung(count, words, "城乡绿化", "河道清淤")
    assert codes(*report.done()) == set()


def test_the_text_of_another_edition_stops_the_picture(annual_report: Any) -> None:
    plan, document = annual_report.done()
    other = document.text.replace("173.4亿元", "178.4亿元")
    assert codes(plan, Document.from_text(other, document.source)) == {"W021"}
    assert "W021" in codes(plan, Document.from_text("前言。" + document.text, document.source))


def test_a_number_added_by_the_template_is_caught(annual_report: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, document = annual_report.done()
    template = drawing._template("promise")
    monkeypatch.setattr(drawing, "_template", lambda _: template + "\n#text(size: 9pt)[达标率99.9%]".encode())
    pictures = onepage(plan, document)
    assert pictures.files == {}
    assert [problem.code for problem in pictures.problems] == ["W024"]
    assert "99.9" in pictures.problems[0].message


def test_a_number_lost_by_the_template_is_caught(annual_report: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, document = annual_report.done()
    template = drawing._template("promise")
    monkeypatch.setattr(drawing, "_template", lambda _: template.replace(b"value.number.text)", b"[ ])"))
    pictures = onepage(plan, document)
    assert pictures.files == {}
    assert {problem.code for problem in pictures.problems} == {"W024"}


def test_a_drawing_is_compared_with_the_board_it_was_made_from(annual_report: Any, read_pdf: Read) -> None:
    plan, document = annual_report.done()
    drawn = read_pdf(onepage(plan, document).files["pdf"])
    board = select(plan, document)
    assert strays(drawn, tuple(leaves(board))) == []
    assert strays(drawn.replace("14.36", "14.63"), tuple(leaves(board))) != []


def swapped(board: Board, old: object, new: object) -> Board:
    """The board with one leaf exchanged for another."""

    def walk(node: Any) -> Any:
        if node == old:
            return new
        if isinstance(node, tuple):
            return tuple(walk(part) for part in node)
        if dataclasses.is_dataclass(node):
            parts = {field.name: walk(getattr(node, field.name)) for field in dataclasses.fields(node)}
            return type(node)(**parts)
        return node

    return walk(board)  # type: ignore[no-any-return]


LIES: dict[type, Callable[[Any], object]] = {
    Number: lambda leaf: dataclasses.replace(leaf, text=leaf.text + "0"),
    Count: lambda leaf: dataclasses.replace(leaf, value=leaf.value + 1),
    Spot: lambda leaf: dataclasses.replace(leaf, value=leaf.value + 1),
    Ordinal: lambda leaf: dataclasses.replace(leaf, value=leaf.value + 1),
    Label: lambda leaf: dataclasses.replace(leaf, text=leaf.text + "2"),
    Stamp: lambda leaf: dataclasses.replace(leaf, text=re.sub(r"$", "7", leaf.text)),
    Quote: lambda leaf: dataclasses.replace(leaf, text=leaf.text + "9项"),
}


@pytest.mark.parametrize("kind", LIES, ids=lambda kind: kind.__name__)
def test_no_leaf_of_the_board_can_lie(five_year_report: Any, kind: type) -> None:
    plan, document = five_year_report.done()
    board = select(plan, document)
    assert check(board, plan, document) == []
    found = [leaf for leaf in leaves(board) if isinstance(leaf, kind)]
    assert found
    for leaf in found:
        assert check(swapped(board, leaf, LIES[kind](leaf)), plan, document), leaf


def test_a_number_whose_figure_is_gone_from_the_plan_is_caught(annual_report: Any) -> None:
    plan, document = annual_report.done()
    board = select(plan, document)
    without = plan.model_copy(update={"figures": plan.figures[1:]})
    assert check(board, without, document)


def test_a_unit_printed_otherwise_than_in_the_plan_is_caught(annual_report: Any) -> None:
    plan, document = annual_report.done()
    board = select(plan, document)
    number = next(leaf for leaf in leaves(board) if isinstance(leaf, Number) and leaf.unit == "亿元")
    lie = Number(number.figure, number.text, "万元")
    assert check(swapped(board, number, lie), plan, document)
    moved = Number(number.figure, number.text + "亿", "元")
    assert check(swapped(board, number, moved), plan, document)


def test_a_bold_stretch_must_be_a_number_of_the_plan(annual_report: Any) -> None:
    plan, document = annual_report.done()
    board = select(plan, document)
    quote = next(leaf for leaf in leaves(board) if isinstance(leaf, Quote) and leaf.strong)
    start, end = quote.strong[0]
    assert check(swapped(board, quote, dataclasses.replace(quote, strong=((start, end - 1),))), plan, document)
