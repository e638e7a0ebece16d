"""The picture, the ECharts options and the workbook of measured indicators."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from luoshi.amounts import Amount
from luoshi.days import Months, months_in
from luoshi.measure import Given, Measured, Reading, Report, Series, Target, measure, profile
from luoshi.publish.indicators import chart, echarts, picture, pictures, workbook

TODAY = date(2023, 10, 20)


def measured(name: str = "城镇新增就业", source: str = "人社局", past: bool = True, **changes: object) -> Measured:
    known: dict[str, object] = {
        "id": "f1", "name": name, "value": Decimal(9000), "unit": "人", "nature": "flow", "better": "up",
        "period": Months.whole_year(2023), "words": "9000人",
    }  # fmt: skip
    rows = [("2023年1—3月", 1500), ("2023年1—6月", 3700), ("2023年1—9月", 5700)]
    if past:
        rows += [("2022年1—3月", 1800), ("2022年1—6月", 4500), ("2022年1—9月", 7000), ("2022年", 8900)]
    made = []
    for when, value in rows:
        period = months_in(when)
        assert period is not None
        made.append(Reading(period, Amount(Decimal(value), "人"), "cumulative", source))
    return measure(Target(**known | changes), Series(name, "人", tuple(made)), None, TODAY)  # type: ignore[arg-type]


def report(*several: Measured) -> Report:
    return Report(several, tuple(found for one in several for found in one.problems), profile(), TODAY)


def test_the_picture_is_one_described_image_and_always_the_same() -> None:
    svg = picture(measured(), TODAY)
    assert svg == picture(measured(), TODAY)
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    described = "".join(root.itertext())
    assert "黄灯" in described
    assert "城镇新增就业" in described
    assert b"<text" not in svg, "letters are outlines: no font of the reader's is needed"
    assert b"<script" not in svg


def test_the_picture_shows_path_readings_band_and_target() -> None:
    with Image.open(BytesIO(picture(measured(), TODAY, "png"))) as drawn:
        assert drawn.size == (1440, 880)
        colours = {colour for _, colour in drawn.convert("RGB").getcolors(1 << 24) or ()}
    for named in ("#8a94a6", "#1f5fa8", "#b42318"):
        rgb = tuple(int(named[at : at + 2], 16) for at in (1, 3, 5))
        assert any(sum(abs(a - b) for a, b in zip(rgb, seen, strict=True)) < 30 for seen in colours), named


@pytest.mark.parametrize(
    "one",
    [
        measured(past=False),
        measured(value=Decimal(0)),
        measured(name="<script>alert(1)</script>"),
        measured(name="生僻字\U0002a6d6和\u202e倒写"),
        measured(nature="stock", unit="人", period=Months(2021, 1, 60)),
        measured(better="down"),
        measured(value=Decimal("0.000001")),
        measured(value=Decimal(10) ** 15),
    ],
    ids=["no-past", "nought", "markup", "no-glyph", "years", "ceiling", "tiny", "huge"],
)
def test_any_indicator_can_be_drawn(one: Measured) -> None:
    ElementTree.fromstring(picture(one, TODAY))
    json.dumps(echarts(one, TODAY))


def test_the_chart_is_what_was_measured() -> None:
    drawn = chart(measured(), TODAY)
    assert drawn.path[0] == (date(2023, 1, 1), 0)
    assert drawn.path[-1] == (date(2023, 12, 31), 9000)
    assert [value for _, value in drawn.readings] == [1500, 3700, 5700]
    assert drawn.band[0][:2] == (date(2023, 9, 30), 5700)
    assert drawn.band[-1][0] == date(2023, 12, 31)
    assert not drawn.sure


def test_echarts_options_are_plain_data_with_the_same_numbers() -> None:
    options = json.loads(json.dumps(echarts(measured(), TODAY), ensure_ascii=False))
    by_name = {one["name"]: one for one in options["series"]}
    assert by_name["实绩"]["data"][-1] == ["2023-09-30", 5700.0]
    assert by_name["应到"]["data"][-1] == ["2023-12-31", 9000.0]
    assert "黄灯" in options["aria"]["description"]
    low, width = (one["data"] for one in options["series"] if one["name"] == "预测范围")
    assert low[-1][1] + width[-1][1] == pytest.approx(float(chart(measured(), TODAY).band[-1][3]))


def test_there_is_a_picture_for_every_target_with_readings() -> None:
    silent = measure(
        Target("f2", "无数", Decimal(1), "个", "flow", "up", Months.whole_year(2023)), None, None, TODAY, said=Given()
    )
    assert set(pictures(report(measured(), silent))) == {"f1.svg", "f1.echarts.json"}


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_has_a_row_a_target_with_its_reason() -> None:
    data = workbook(report(measured()))
    assert data == workbook(report(measured()))
    rows = sheets(data)["指标衡量"]
    row = {str(head).split("\n")[0]: cell for head, cell in zip(rows[0], rows[1], strict=True)}
    assert (row["编号"], row["实绩"], row["灯"], row["规则"]) == ("f1", 5700, "▲ 黄", "Y2")
    assert "落后" in str(row["为什么"])
    assert str(row["走势"]).startswith("照往年同期")
    assert str(row["还需要"]).startswith("余下 3 个月")


def test_nothing_in_the_workbook_is_a_formula(tmp_path: Path) -> None:
    evil = measured(name='=HYPERLINK("x")', source="@SUM(1)")
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(report(evil)))
    with zipfile.ZipFile(path) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets"))
    assert sheets(path.read_bytes())["指标衡量"][1][1] == '=HYPERLINK("x")'
