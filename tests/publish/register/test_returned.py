"""A register that comes back: what was changed is seen, cell by cell, whatever was done to the table on its way."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from county import TODAY, docket, from_csv, from_xlsx, given_out, line, place, type_in, whole, workbook
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.publish.register import register_csv_of, register_of, returned
from luoshi.publish.register.columns import sheet
from luoshi.supervise import Docket

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "cells.toml").read_text(encoding="utf-8")
)["case"]
Rows = list[list[str]]
ODD = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", "''=1", " 前后 ", "　全角空格　", "首\n\n尾", "00123", "1e5",
    "TRUE", "#REF!", "<r>", "_x0041_", "&amp;", "“引号”", '"', "１２３", "2024-1-5", "45657", "\U0001f600", "a\u200bb",
]  # fmt: skip


def codes(rows: Rows, side: Any = "lead", states: Docket | None = None, today: date = TODAY) -> list[str]:
    return [one.code for one in returned(rows, whole(states, today), side).problems]


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_what_is_typed_counts_as_this(case: dict[str, Any]) -> None:
    name = "i2" if case["column"] == "核实%" and case["side"] == "office" else "i4"
    rows = type_in(given_out(), name, **{case["column"]: case["typed"]})
    found = returned(rows, whole(), case["side"])
    assert [one.code for one in found.problems] == case.get("problems", [])
    assert [one.after for one in found.changes] == ([case["becomes"]] if "becomes" in case else [])
    for change in found.changes:
        assert (change.matter, change.column.zh) == (name, case["column"])


def test_a_change_says_where_it_is() -> None:
    rows = type_in(given_out(), "i4", **{"自报%": "45"})
    (change,) = returned(rows, whole(), "lead").changes
    at = place(rows, "自报%")
    assert (change.row, change.before, change.after) == (7, "30", "45")
    assert change.cell == ("A" if at > 25 else "") + chr(65 + at % 26) + "7"


@pytest.mark.parametrize("today", [TODAY, date(2024, 7, 1), date(2025, 3, 1)])
@pytest.mark.parametrize("side", ["lead", "office"])
def test_what_comes_back_as_it_went_out_changes_nothing_on_any_day(today: date, side: Any) -> None:
    """Lights and planned progress have moved on meanwhile: nobody typed that."""
    for rows in (given_out(), from_csv(register_csv_of(whole()))):
        found = returned(rows, whole(today=today), side, guards=len(rows) == 8)
        assert (found.changes, found.conflicts, found.problems) == ((), (), ())
        assert found.rows == 7


TEXTS = st.text(max_size=40) | st.sampled_from(ODD) | st.text(alphabet="=+-@'\t\n \r＝％0５", max_size=9)


@settings(max_examples=40)
@given(words=st.lists(TEXTS, min_size=5, max_size=5))
def test_whatever_a_register_says_it_comes_back_the_same(words: list[str]) -> None:
    told = dict(zip(("progress", "difficulties", "next_step", "ask", "remark"), words, strict=True))
    states = docket(i4=told | {"person": words[0], "stages": (words[1], "", words[2], ""), "number": words[3]})
    book, text = register_of(whole(states)), register_csv_of(whole(states))
    for table, guards in ((from_xlsx(book), False), (from_csv(text), True)):
        for side in ("lead", "office"):
            found = returned(table, whole(states), side, guards=guards)  # type: ignore[arg-type]
            assert (found.changes, found.conflicts, found.problems) == ((), (), ())


@settings(max_examples=60)
@given(text=TEXTS.filter(lambda text: text.strip("\x00") != ""))
def test_what_is_typed_arrives_as_it_was_typed(text: str) -> None:
    """But for what no spreadsheet keeps: characters that XML forbids, spaces at the ends of lines."""
    rows = from_xlsx(workbook([[cell.replace("\r", "\n") for cell in row] for row in typed(text)]))
    changes = returned(rows, whole(), "lead").changes
    if changes:
        assert " ".join(str(changes[0].value).split()) == " ".join(clean(text).split())
    else:
        assert clean(text).strip() in ("", "桩基完工\n架梁过半")


def typed(text: str) -> Rows:
    return type_in(given_out(), "i4", 进展情况=clean(text))


def clean(text: str) -> str:
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in kept if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff"))
    return kept.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# ── what people do to a table ────────────────────────────────────────────────────────────────────────────────────────


def sorted_rows(rows: Rows) -> Rows:
    body = rows[3:]
    Random(7).shuffle(body)
    return rows[:3] + body


def moved_columns(rows: Rows) -> Rows:
    order = list(range(len(rows[0])))
    Random(7).shuffle(order)
    return [[row[at] for at in order] for row in rows]


def added_columns(rows: Rows) -> Rows:
    heads = {0: ["", ""], 1: ["", ""], 2: ["我的备注", "是否急"]}
    return [[*row[:5], *heads.get(at, ["看", "1"]), *row[5:]] for at, row in enumerate(rows)]


def title_above(rows: Rows) -> Rows:
    return [["松山县任务台账（第2稿）"], [], *rows]


def one_heading_row(rows: Rows) -> Rows:
    return rows[2:]


def locked_columns_deleted(rows: Rows) -> Rows:
    gone = {place(rows, name) for name in ("原文句", "灯号", "灯号理由", "量化目标", "序号")}
    return [[cell for at, cell in enumerate(row) if at not in gone] for row in rows]


def rows_deleted(rows: Rows) -> Rows:
    return [row for row in rows if row[1] not in ("i1", "i5", "i6")]


def blank_rows(rows: Rows) -> Rows:
    return [*rows[:5], [""] * len(rows[0]), [], *rows[5:], [" "] * 3]


def total_row(rows: Rows) -> Rows:
    return [*rows, ["", "", "合计", *[""] * (len(rows[0]) - 3)]]


def short_rows(rows: Rows) -> Rows:
    """CSV writers drop empty cells at the end of a row; here the code is the last and so it stays."""
    return [[*row, "", ""] for row in rows]


def spaced_headings(rows: Rows) -> Rows:
    return [*rows[:2], [f" {cell[:1]} {cell[1:]}".replace("%", "％") for cell in rows[2]], *rows[3:]]


DONE = [
    sorted_rows, moved_columns, added_columns, title_above, one_heading_row, locked_columns_deleted, rows_deleted,
    blank_rows, total_row, short_rows, spaced_headings,
]  # fmt: skip


@pytest.mark.parametrize("do", DONE, ids=lambda do: do.__name__)
def test_a_change_is_found_after_whatever_was_done_to_the_table(do: Any) -> None:
    rows = do(type_in(given_out(), "i4", **{"自报%": "45", "进展情况": "合龙"}))
    found = returned(from_xlsx(workbook(rows)), whole(), "lead")
    assert {(one.matter, one.column.key, one.after) for one in found.changes} == {
        ("i4", "reported", "45"),
        ("i4", "progress", "合龙"),
    }
    assert [one.code for one in found.problems] == (["L003"] if do is total_row else [])


@pytest.mark.parametrize("do", DONE, ids=lambda do: do.__name__)
def test_nothing_is_found_where_nothing_was_typed(do: Any) -> None:
    found = returned(from_xlsx(workbook(do(given_out()))), whole(), "office")
    assert (found.changes, found.conflicts) == ((), ())


def test_columns_to_fill_in_that_are_gone_count_as_unchanged_and_are_told() -> None:
    rows = given_out()
    at = place(rows, "进展情况")
    found = returned([[*row[:at], *row[at + 1 :]] for row in rows], whole(), "lead")
    assert found.changes == ()
    assert [(one.code, "进展情况" in one.message) for one in found.problems] == [("L008", True)]


def test_only_some_columns_sorted_is_told_and_nothing_is_taken() -> None:
    rows = given_out()
    at = place(rows, "识别码")
    marks = [row[at] for row in rows[3:]]
    pairs = zip(rows[3:], marks[1:] + marks[:1], strict=True)
    torn = rows[:3] + [[*row[:at], mark, *row[at + 1 :]] for row, mark in pairs]
    assert set(codes(torn)) == {"L004"}


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda rows: [*rows, rows[3]], "L006"),
        (lambda rows: [*rows, ["", "i99", "新事项", *[""] * (len(rows[0]) - 3)]], "L005"),
        (lambda _: [["随便"], ["什么"]], "L001"),
        (lambda _: [], "L001"),
        (lambda rows: [[*row, row[1]] for row in rows], "L002"),
    ],
    ids=["twice", "unknown", "another table", "empty", "two columns"],
)
def test_what_cannot_be_known_is_refused(do: Any, code: str) -> None:
    assert code in codes(do(given_out()))


def test_without_a_code_the_row_is_compared_with_what_stands_there_now() -> None:
    rows = type_in(given_out(), "i4", 识别码="", **{"自报%": "45"})
    found = returned(rows, whole(today=date(2024, 7, 1)), "lead")
    assert [one.after for one in found.changes] == ["45"]
    assert [one.code for one in found.problems] == ["L007"]


@pytest.mark.parametrize("broken", ["1.6.", "2.6.abcd.xyz.i4", "1.x.abcd.xyz.i4", "1.6.abcd.xyz.i4", "乱码"])
def test_a_broken_code_is_never_more_than_a_missing_one(broken: str) -> None:
    found = returned(type_in(given_out(), "i4", 识别码=broken), whole(), "lead")
    assert (found.changes, found.conflicts) == ((), ())
    assert {one.code for one in found.problems} <= {"L007"}


def test_a_text_that_is_too_long_is_refused_by_its_cell() -> None:
    rows = type_in(given_out(), "i4", 进展情况="长" * 2001)
    (found,) = returned(rows, whole(), "lead").problems
    assert found.code == "L014"
    assert "2001" in found.message
    assert returned(type_in(rows, "i4", 进展情况="长" * 2000), whole(), "lead").problems == ()


# ── meanwhile ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_change_the_same_cell_and_the_second_is_told_both_values() -> None:
    rows = type_in(given_out(), "i4", 下一步措施="七月合龙")
    meanwhile = docket(i4={"next_step": "等汛期过去", "revision": 7})
    found = returned(rows, whole(meanwhile), "lead")
    assert found.changes == ()
    (conflict,) = found.conflicts
    assert (conflict.before, conflict.after) == ("等汛期过去", "七月合龙")
    (told,) = found.problems
    assert (told.code, told.severity) == ("L020", "error")
    assert "等汛期过去" in told.message
    assert "七月合龙" in told.message


def test_two_change_different_cells_and_both_are_taken() -> None:
    rows = type_in(given_out(), "i4", 需协调事项="已解决")
    found = returned(rows, whole(docket(i4={"next_step": "等汛期过去", "revision": 7})), "lead")
    assert [one.column.zh for one in found.changes] == ["需协调事项"]
    assert (found.conflicts, found.problems) == ((), ())


def test_two_change_a_cell_alike_and_there_is_nothing_left_to_do() -> None:
    rows = type_in(given_out(), "i4", 下一步措施="等汛期过去")
    found = returned(rows, whole(docket(i4={"next_step": "等汛期过去", "revision": 7})), "lead")
    assert (found.changes, found.conflicts, found.problems) == ((), (), ())


def test_two_add_evidence_and_both_pieces_stay() -> None:
    mine = "单位材料 2024-05-20 招标公告\n单位照片 2024-06-01 桥墩"
    other = {"id": "e2", "kind": "site_check", "day": "2024-06-02", "note": "现场"}
    first = {"id": "e1", "kind": "papers", "day": "2024-05-20", "note": "招标公告"}
    found = returned(type_in(given_out(), "i4", 佐证=mine), whole(docket(i4={"evidence": (first, other)})), "lead")
    assert [one.after for one in found.changes] == ["单位照片 2024-06-01 桥墩"]
    assert found.conflicts == ()


def test_a_register_of_long_ago_still_knows_its_rows() -> None:
    """What another version gave out has other columns: its marks mean nothing, its ids do."""
    rows = type_in(given_out(), "i4", **{"自报%": "45"})
    at = place(rows, "识别码")
    own = line(rows, "i4")[at].split(".", 4)
    own[2] = "AAAA"
    line(rows, "i4")[at] = ".".join(own)
    found = returned(rows, whole(), "lead")
    assert [one.after for one in found.changes] == ["45"]
    assert [one.code for one in found.problems] == ["L007"]


def test_every_column_that_is_open_goes_into_a_move_and_says_who_fills_it_in() -> None:
    from luoshi.publish.register.applying import ways

    taken = {(key, way.role) for way in ways() for key in way.columns}
    opened = {(column.key, role) for column in sheet("items").columns for role in column.opens}
    assert opened == taken
    assert all(column.member for column in sheet("items").columns if column.opens)
