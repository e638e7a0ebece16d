"""Tables of readings: brought in whole or not at all after a preview, given out to be edited and brought in again."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from entering import NAME, TARGET, Enter, address, reading, words
from python_calamine import load_workbook
from xlsxwriter import Workbook

from luoshi.store.models import Reading

if TYPE_CHECKING:
    from casting import Cast


HEADS = ["指标", "时期", "数值", "单位", "核实"]


def book(*rows: list[str]) -> SimpleUploadedFile:
    out = BytesIO()
    made = Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet()
    for at, row in enumerate((HEADS, *rows)):
        sheet.write_row(at, 0, row)
    made.close()
    return SimpleUploadedFile("读数.xlsx", out.getvalue())


def shown(page: str) -> dict[str, str]:
    """What the preview hands back when it is accepted."""
    raw = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("table", "stood")}
    return {name: found[1] for name, found in raw.items() if found}


def test_a_table_is_shown_first_and_then_brought_in_whole(led: Cast, enter: Enter) -> None:
    office = enter(led.people["supervisor"])
    office.post(address(led, more="reading/"), reading("2023年1—6月", "41"))
    where = f"/indicators/{led.report.pk}/import/"  # type: ignore[union-attr]
    rows = (["重点项目", "2023年1—6月", "44", "个", ""], ["重点项目", "2023年1—9月", "70", "个", "2"])
    answer = office.post(where, {"file": book(*rows)})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert Reading.objects.count() == 1
    assert "新增 <b>1</b>" in page
    assert "修订 <b>1</b>" in page
    assert "41个" in page
    assert office.post(where, shown(page)).status_code == 302
    assert sorted(Reading.objects.values_list("value", "revision")) == [(41, 0), (44, 1), (70, 0)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["重点项目", "2023年9月", "待报", "个", ""], "M002"),
        (["重点项目", "某月", "7", "个", ""], "M003"),
        (["重点项目", "2023年9月", "7", "亿元", ""], "M005"),
        (["没有这个指标", "2023年9月", "7", "个", ""], "M026"),
    ],
)
def test_one_bad_row_keeps_the_whole_table_out(led: Cast, enter: Enter, row: list[str], told: str) -> None:
    office = enter(led.people["supervisor"])
    where = f"/indicators/{led.report.pk}/import/"  # type: ignore[union-attr]
    answer = office.post(where, {"file": book(["重点项目", "2023年1—6月", "44", "个", ""], row)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert shown(page) == {}
    assert Reading.objects.count() == 0


def test_a_unit_brings_in_its_own_indicators_only(led: Cast, enter: Enter) -> None:
    unit = enter(led.people["liaison"])
    where = f"/indicators/{led.report.pk}/import/"  # type: ignore[union-attr]
    other = unit.post(where, {"file": book(["地区生产总值", "2023年1—9月", "340", "亿元", ""])})
    assert other.status_code == 422
    assert "M026" in words(other)
    own = unit.post(where, {"file": book(["重点项目", "2023年1—9月", "70", "个", ""])})
    assert own.status_code == 200
    assert unit.post(where, shown(own.content.decode())).status_code == 302
    assert Reading.objects.get().by == led.people["liaison"]


def test_a_preview_that_is_no_longer_true_is_shown_again(led: Cast, enter: Enter) -> None:
    office = enter(led.people["supervisor"])
    where = f"/indicators/{led.report.pk}/import/"  # type: ignore[union-attr]
    first = office.post(where, {"file": book(["重点项目", "2023年1—9月", "70", "个", ""])}).content.decode()
    enter(led.people["liaison"]).post(address(led, more="reading/"), reading(value="66"))
    late = office.post(where, shown(first))
    assert late.status_code == 409
    assert "刚才有人改了" in words(late)
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", "没有表头\n1".encode()])
def test_a_file_that_is_no_table_is_refused_with_its_problem(led: Cast, enter: Enter, content: bytes) -> None:
    where = f"/indicators/{led.report.pk}/import/"  # type: ignore[union-attr]
    answer = enter(led.people["supervisor"]).post(where, {"file": SimpleUploadedFile("a.csv", content)})
    assert answer.status_code == 422
    assert re.search(r"[IM]0\d\d", words(answer))
    assert Reading.objects.count() == 0


def test_readings_go_out_as_a_table_that_comes_in_again(led: Cast, enter: Enter) -> None:
    office = enter(led.people["supervisor"])
    office.post(address(led, more="reading/"), reading(value="70", source="=1+1"))
    out = office.get(address(led, more="readings.xlsx"))
    table = load_workbook(BytesIO(out.content)).get_sheet_by_index(0).to_python()
    assert table[1][:6] == [NAME, "2023年1—9月", "70", "个", "cumulative", "=1+1"]
    Reading.objects.all().delete()
    where = f"/indicators/{led.report.pk}/import/"  # type: ignore[union-attr]
    page = office.post(where, {"file": SimpleUploadedFile("again.xlsx", out.content)})
    assert page.status_code == 200
    office.post(where, shown(page.content.decode()))
    kept = Reading.objects.get()
    assert (kept.value, kept.rung, kept.label) == (70, 2, "internal")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_goes_out_as_it_is_filtered(led: Cast, enter: Enter, kind: str) -> None:
    out = enter(led.people["liaison"]).get(f"/indicators/list.{kind}?words=重点项目")
    assert out.status_code == 200
    if kind == "csv":
        assert len(out.content.decode("utf-8-sig").strip().splitlines()) == 2


@pytest.mark.parametrize("where", ["{target}/readings", "table"])
def test_a_table_goes_out_is_edited_and_comes_in_as_revisions(led: Cast, enter: Enter, where: str) -> None:
    office = enter(led.people["supervisor"])
    office.post(address(led, more="reading/"), reading("2023年1—6月", "41"))
    office.post(address(led, more="reading/"), reading(value="70"))
    office.post(address(led, more="reading/"), reading(value="72", seen="0"))
    out = office.get(f"/indicators/{led.report.pk}/{where.format(target=TARGET)}.csv")  # type: ignore[union-attr]
    edited = out.content.decode("utf-8-sig").replace(",72,", ",75,").encode()
    there = f"/indicators/{led.report.pk}/import/"  # type: ignore[union-attr]
    page = office.post(there, {"file": SimpleUploadedFile("改过.csv", edited)})
    assert {one.code for one in page.context["preview"].problems} <= {"M008"}, "that the table revises is a note"
    assert page.context["preview"].counts == {"new": 0, "changed": 1, "same": 1}
    assert office.post(there, shown(page.content.decode())).status_code == 302
    kept = Reading.objects.filter(ends=date(2023, 9, 30)).order_by("revision")
    assert [row.value for row in kept] == [70, 72, 75], "every value that there was stays"
    assert Reading.objects.count() == 4
    assert "75个" in words(office.get(address(led)))
