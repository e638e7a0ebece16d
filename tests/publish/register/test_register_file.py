"""The workbook as a file: how it opens, filters, prints, what may be typed into it; it never changes by itself."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from luoshi.plan import Facts, Item, Plan
from luoshi.publish.register import register, register_csv
from luoshi.publish.register.columns import sheet
from luoshi.source import Document

NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Parts = dict[str, Element]
SHEETS = [f"xl/worksheets/sheet{n}.xml" for n in range(1, 6)]
TABLES = SHEETS[:4]


@pytest.fixture
def file(plan: Plan, document: Document, parts: Callable[[bytes], Parts]) -> Parts:
    return parts(register(plan, document))


def headings(file: Parts, sheet: str = SHEETS[0]) -> dict[str, str]:
    """Column letter of every Chinese heading."""
    strings = ["".join(one.itertext()) for one in file["xl/sharedStrings.xml"].findall("x:si", NS)]
    cells = file[sheet].findall("x:sheetData/x:row[@r='3']/x:c", NS)
    return {strings[int(cell.findtext("x:v", "", NS))]: re.sub(r"\d", "", cell.attrib["r"]) for cell in cells}


def style(file: Parts, place: str) -> tuple[Element, Element, str]:
    """The format of a cell of the first sheet: cell format, font, number format."""
    styles = file["xl/styles.xml"]
    (cell,) = file[SHEETS[0]].findall(f"x:sheetData/x:row/x:c[@r='{place}']", NS)
    form = styles.findall("x:cellXfs/x:xf", NS)[int(cell.attrib["s"])]
    font = styles.findall("x:fonts/x:font", NS)[int(form.attrib["fontId"])]
    codes = {one.attrib["numFmtId"]: one.attrib["formatCode"] for one in styles.findall("x:numFmts/x:numFmt", NS)}
    return form, font, codes.get(form.attrib["numFmtId"], form.attrib["numFmtId"])


def test_the_same_plan_gives_the_same_bytes(plan: Plan, document: Document) -> None:
    again = Plan.from_json(plan.to_json())
    assert register(plan, document) == register(again, document)
    assert register_csv(plan, document) == register_csv(again, document)


def test_nothing_in_the_file_tells_when_it_was_made(plan: Plan, document: Document, file: Parts) -> None:
    dates = {one.text for one in file["docProps/core.xml"] if one.tag.endswith(("created", "modified"))}
    assert dates == {"2024-01-01T00:00:00Z"}
    with zipfile.ZipFile(BytesIO(register(plan, document))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("facts", [Facts(), Facts(year=1), Facts(year=-5), Facts(year=123456), Facts(year=1850)])
def test_a_report_of_no_year_or_an_odd_one_has_a_register(facts: Facts, parts: Callable[[bytes], Parts]) -> None:
    core = parts(register(Plan(document=facts), Document.from_text("")))["docProps/core.xml"]
    assert "1980-01-01T00:00:00Z" in {one.text for one in core}


def test_headings_and_first_columns_stay_in_view(file: Parts) -> None:
    panes = [file[name].find("x:sheetViews/x:sheetView/x:pane", NS) for name in TABLES]
    assert [(p.attrib["xSplit"], p.attrib["ySplit"], p.attrib["state"]) for p in panes if p is not None] == [
        ("3", "3", "frozen"),
        ("3", "3", "frozen"),
        ("2", "3", "frozen"),
        ("2", "3", "frozen"),
    ]


def test_every_table_is_filtered_from_its_chinese_headings(file: Parts) -> None:
    ranges = [one.attrib["ref"] for name in TABLES for one in file[name].findall("x:autoFilter", NS)]
    assert [re.sub(r"[A-Z]", "", ref) for ref in ranges] == ["3:9", "3:8", "3:11", "3:6"]
    last = list(headings(file).values())[-1]
    assert ranges[0] == f"A3:{last}9"


def test_it_prints_on_one_page_across_with_headings_and_page_numbers(file: Parts) -> None:
    for name, paper in zip(SHEETS, ("8", "8", "9", "9", "9"), strict=True):
        setup = file[name].find("x:pageSetup", NS)
        assert setup is not None
        assert (setup.attrib["orientation"], setup.attrib["paperSize"]) == ("landscape", paper)
        assert setup.attrib["fitToHeight"] == "0"
        assert "第 &P 页　共 &N 页" in file[name].findtext("x:headerFooter/x:oddFooter", "", NS)
        assert "山城县2024年政府工作报告任务台账" in file[name].findtext("x:headerFooter/x:oddHeader", "", NS)
    names = {
        (one.attrib["name"], one.attrib["localSheetId"]): one.text or ""
        for one in file["xl/workbook.xml"].findall("x:definedNames/x:definedName", NS)
    }
    assert all(names["_xlnm.Print_Titles", str(n)].endswith("!$1:$3") for n in range(4))
    assert names["_xlnm.Print_Area", "0"].endswith(f"!$A$1:${headings(file)['四季度']}$9")


def test_titles_of_a_term_show_both_years(document: Document, parts: Callable[[bytes], Parts]) -> None:
    facts = Facts(place="山城县", year=2021, term=("2021-10-01", "2026-12-31"))  # type: ignore[arg-type]
    header = parts(register(Plan(document=facts), document))[SHEETS[0]].findtext("x:headerFooter/x:oddHeader", "", NS)
    assert "山城县2021—2026年政府工作报告任务台账" in header


def test_a_title_with_commands_in_it_prints_as_it_is(document: Document, parts: Callable[[bytes], Parts]) -> None:
    facts = Facts(place="A&G&P县\n" + "长" * 300, source="&D" * 200)
    sheet = parts(register(Plan(document=facts), document))[SHEETS[0]]
    header, footer = (sheet.findtext(f"x:headerFooter/x:{name}", "", NS) for name in ("oddHeader", "oddFooter"))
    assert "A＆G＆P县 长" in header
    assert "&D" not in footer
    assert max(len(header), len(footer)) <= 255


def test_dates_are_dates_and_numbers_show_their_own_decimals(file: Parts) -> None:
    at = headings(file)
    assert style(file, f"{at['完成时限']}4")[2] == "yyyy-mm-dd"
    assert [style(file, f"{at['目标值']}{row}")[2] for row in (4, 5, 6)] == ["0.0", "0.00", "1"]  # 1 is 0


def test_what_was_inferred_looks_different(file: Parts) -> None:
    at = headings(file)

    def italic(heading: str, row: int) -> bool:
        return style(file, f"{at[heading]}{row}")[1].find("x:i", NS) is not None

    assert italic("完成时限", 4)
    assert italic("时限依据", 4)
    assert not italic("完成时限", 7)
    assert italic("牵头单位", 7)
    assert not italic("牵头单位", 9)
    assert not italic("目标任务", 4)


def test_rows_are_high_enough_for_their_longest_text(plan: Plan, parts: Callable[[bytes], Parts]) -> None:
    heights = []
    for length in (10, 300, 30000):
        text = "长" * length
        only = plan.model_copy(update={"items": (Item(id="i1", title=text, kind="action"),)})
        (row,) = parts(register(only, Document.from_text("")))[SHEETS[0]].findall("x:sheetData/x:row[@r='4']", NS)
        heights.append(float(row.attrib["ht"]))
    assert heights[0] < 40
    assert 300 / (27 / 2) * 12 <= heights[1] < 409
    assert heights[2] == pytest.approx(409, abs=0.5)


def test_text_wraps(file: Parts) -> None:
    alignment = style(file, "C4")[0].find("x:alignment", NS)
    assert alignment is not None
    assert alignment.attrib["wrapText"] == "1"


def test_lists_to_choose_from_where_people_fill_in(file: Parts) -> None:
    at = headings(file)
    rules = {}
    for rule in file[SHEETS[0]].findall("x:dataValidations/x:dataValidation", NS):
        rules[re.sub(r"\d.*", "", rule.attrib["sqref"])] = (
            rule.attrib["type"], rule.attrib["sqref"], rule.findtext("x:formula1", "", NS),
        )  # fmt: skip
    kind, place, choices = rules[at["进度类"]]
    assert (kind, choices) == ("list", '"未启动,欠进度,达进度,超进度,已完成,提前完成,其它"')
    assert place == f"{at['进度类']}4:{at['进度类']}9"
    assert rules[at["类别"]][2].startswith('"指标,项目,举措,创建,底线')
    assert rules[at["自报%"]][0] == rules[at["核实%"]][0] == "decimal"
    assert rules[at["销号日期"]][0] == "date"
    assert rules[at["原因类别"]][2].startswith('"资金,用地,审批')


def test_no_formula_no_link_nothing_from_outside(file: Parts) -> None:
    for name, part in file.items():
        assert [one for one in part.iter() if one.tag.endswith(("}f", "}hyperlink", "}externalReference"))] == [], name
    targets = [one.attrib["Target"] for name in file if name.endswith(".rels") for one in file[name]]
    assert [target for target in targets if "://" in target] == []


def test_who_fills_what_in_is_said_above_the_headings(file: Parts) -> None:
    strings = ["".join(one.itertext()) for one in file["xl/sharedStrings.xml"].findall("x:si", NS)]
    bands = [
        strings[int(cell.findtext("x:v", "", NS))]
        for cell in file[SHEETS[0]].findall("x:sheetData/x:row[@r='1']/x:c[@t='s']", NS)
    ]
    assert [band.split(" · ")[0] for band in bands] == [
        "报告所载",
        "分解时确认",
        "责任单位填报",
        "督查室填写",
        "报告所载",
    ]


@pytest.mark.parametrize("name", ["items", "figures", "commitments", "ladder"])
def test_every_column_is_documented_under_its_sheet(name: str) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "register.md").read_text(encoding="utf-8")
    about = sheet(name)
    rows = page.split(f"\n## {about.title}\n")[1].split("\n## ")[0]
    for column in about.columns:
        assert f"| {column.zh} | {column.en} |" in rows
        assert column.note in rows
