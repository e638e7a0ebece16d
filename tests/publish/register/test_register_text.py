"""Whatever a report says, the register opens with the same text, and a spreadsheet never runs any of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from luoshi.plan import Commitment, Duty, Facts, Figure, Finding, Indicator, Item, Member, Period, Plan, Rung, Section
from luoshi.publish.register import register, register_csv
from luoshi.publish.register.safe import guarded, like_a_formula, plain, unguarded
from luoshi.source import Document

Sheet = Callable[..., list[dict[str, Any]]]
Parts = Callable[[bytes], dict[str, Element]]
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", " =1", "　=1", "\u200b=1", "\ufeff=1",
    '=HYPERLINK("http://a.example","点")', "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "{=1}", "﹦1",
]  # fmt: skip
ODD = [
    "<r>", "<r><t>x</t></r>", "<r>&</r>", "<r>_x0041_</r>", "_x0041_", "_x005F_x0041_", "a_x0000_x0000_x0000_", "&amp;",
    "]]>", "http://a.example/", "a@b.example", "internal:说明!A1", " 前后 ", "首\n\n尾", "00123", "1e5", "TRUE",
    "#REF!", "\U00020000\U0001f600", "'=1", "''=1", "\u2028",
]  # fmt: skip
TRICKY = st.text(alphabet="=+-@＝\t\n '\"<>&_x0041r/", max_size=12)
ANY = st.text(max_size=40) | st.sampled_from(FORMULAS + ODD) | TRICKY
KEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def shown(text: str) -> str:
    """What a cell is to hold: line feeds, no character that XML forbids, half pairs replaced."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\ud800-\udfff]", "\ufffd", KEPT.sub("", unified))


def joined(text: str) -> str:
    """What a clause is to hold: the same on one line."""
    return shown("".join(line.strip() for line in text.split("\n")) if "\n" in text else text)


def full(text: str) -> Plan:
    """A plan that says ``text`` wherever it can say something."""
    place: dict[str, Any] = {"start": 0, "end": len(text), "text": text}
    duty = Duty(unit=text, basis="proposed", why=text)
    named, period = Indicator(**place, name=text, code=text), Period(**place)
    figure = Figure(
        id=text, **place, value=text, value2=text, unit=text, base_value=text, base_unit=text, hedge=text,
        indicator=named, period=period, section=text, rule=text, measure="growth", direction="up",
    )  # fmt: skip
    return Plan(
        document=Facts(title=text, place=text, source=text, sha256=text),
        sections=(Section(id=text, parent=text, number=text, title=text, role="plan", start=0, end=1),),
        figures=(figure,),
        commitments=(Commitment(id=text, **place, kind="target", figures=(text,), section=text, rule=text),),
        items=(Item(id=text, title=text, commitments=(text,), section=text, kind="target", lead=duty, help=(duty,)),),
        ladder=(Rung(count=2, **place, members=(Member(**place),)),),
        problems=(Finding(code=text, message=text, why=text, advice=text),),
    )


@given(text=ANY)
def test_any_text_anywhere_comes_back_and_is_no_formula(text: str, table: Sheet, parts: Parts) -> None:
    data = register(full(text), Document.from_text(text, text))
    assert [one for part in parts(data).values() for one in part.iter() if one.tag.endswith("}f")] == []
    (item,) = table(data)
    assert item["编号"] == shown(text)
    assert item["目标任务"] == joined(text)
    assert item["牵头单位"] == item["责任（配合）单位"] == shown(text)
    (figure,) = table(data, "指标数据")
    assert figure["单位"] == figure["规则"] == figure["留余地的话"] == shown(text)
    assert figure["原话"] == joined(text)
    (commitment,) = table(data, "承诺明细")
    assert commitment["承诺"] == joined(text)
    (rung,) = table(data, "数字阶梯")
    assert rung["提法"] == rung["成员"] == shown(text)


@pytest.mark.parametrize("text", FORMULAS + ODD)
def test_known_traps_come_back_unchanged(text: str, table: Sheet) -> None:
    (item,) = table(register(full(text), Document.from_text(text)))
    assert item["编号"] == text
    assert item["牵头单位"] == text


@pytest.mark.parametrize("text", [text for text in FORMULAS if not text.startswith("{")])
def test_a_cell_that_begins_like_a_formula_stays_text_when_it_is_edited(text: str, parts: Parts) -> None:
    """Such a cell carries the mark that a typed apostrophe leaves."""
    file = parts(register(full(text), Document.from_text(text)))
    assert marked(file, "B4")
    assert not marked(parts(register(full("平常话"), Document.from_text(""))), "B4")


def marked(file: dict[str, Element], place: str) -> bool:
    ns = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    (cell,) = (one for one in file["xl/worksheets/sheet1.xml"].iter(f"{ns}c") if one.attrib["r"] == place)
    forms = file["xl/styles.xml"].find(f"{ns}cellXfs")
    assert forms is not None
    return forms[int(cell.attrib["s"])].attrib.get("quotePrefix") == "1"


def test_text_longer_than_a_cell_is_cut_and_says_so(table: Sheet) -> None:
    for text in ("长" * 40000, "\U00020000" * 20000, "=" + "x" * 40000):
        (item,) = table(register(full(text), Document.from_text("")))
        found = item["牵头单位"]
        assert found.endswith("……（过长，已截断，全文见报告）")
        assert len(found.encode("utf-16-le")) // 2 <= 32767
        assert text.startswith(found.removesuffix("……（过长，已截断，全文见报告）"))


def test_text_that_just_fits_is_not_cut(table: Sheet) -> None:
    text = "长" * 32767
    (item,) = table(register(full(text), Document.from_text("")))
    assert item["牵头单位"] == text


@given(st.text(max_size=60), st.integers(min_value=10, max_value=30))
def test_a_cut_never_leaves_half_a_character(text: str, longest: int) -> None:
    kept = plain(text, "……", longest)
    assert len(kept.encode("utf-16-le")) // 2 <= longest
    assert "\ud800" not in kept
    assert kept == shown(text) or shown(text).startswith(kept.removesuffix("……"))


def records(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


@given(ANY)
def test_no_field_of_the_csv_begins_like_a_formula_and_all_can_be_taken_back(text: str) -> None:
    data = register_csv(full(text), Document.from_text(text, text))
    assert data.startswith(b"\xef\xbb\xbf")
    (record,) = records(data)
    for heading, field in record.items():
        assert not like_a_formula(field), heading
    assert unguarded(record["编号"]) == shown(text)
    assert unguarded(record["牵头单位"]) == shown(text)


@pytest.mark.parametrize("text", FORMULAS + ODD)
def test_the_guard_is_an_apostrophe_and_comes_off_again(text: str) -> None:
    safe = guarded(text)
    assert safe in (text, f"'{text}")
    assert not like_a_formula(safe)
    assert unguarded(safe) == text


def test_numbers_and_dates_of_the_csv_are_no_text(plan: Plan, document: Document) -> None:
    first, second = records(register_csv(plan, document))[:2]
    assert (first["目标值"], first["完成时限"], first["序号"]) == ("7.5", "2024-12-31", "1")
    assert second["目标值"] == "12.60"
    below = Figure(id="f", start=0, end=1, text="-3.5", value="-3.5", rule="t")
    item = Item(id="i", title="t", figures=("f",), kind="target")
    (record,) = records(register_csv(Plan(figures=(below,), items=(item,)), document))
    assert record["目标值"] == "-3.5"


def test_the_csv_is_the_first_sheet(plan: Plan, document: Document, table: Sheet) -> None:
    sheet = table(register(plan, document))
    found = records(register_csv(plan, document))
    assert [list(record) for record in found] == [list(row) for row in sheet]
    texts = ("编号", "目标任务", "原文句", "所在章节", "核查点", "量化目标", "时限依据", "单位依据", "来源文件")
    assert [[record[key] for key in texts] for record in found] == [[row[key] for key in texts] for row in sheet]


def test_the_csv_ends_every_record_as_the_standard_says(plan: Plan, document: Document) -> None:
    text = register_csv(plan, document).decode("utf-8-sig")
    assert text.endswith("\r\n")
    assert len(re.findall(r"\r\n", text)) == len(plan.items) + 1


def test_sheet_names_never_depend_on_the_report() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(register(full("[]:*?/\\'x" * 9), Document.from_text(""))))
    assert book.sheet_names[0] == "任务台账"
