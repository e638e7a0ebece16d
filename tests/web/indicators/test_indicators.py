"""Indicators: who sees and enters which, revisions, paths, lights by hand, tables brought in whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import load_workbook
from xlsxwriter import Workbook

from luoshi.store.models import LedgerEntry, Matter, Path, Reading, Report
from luoshi.store.moving import label_matter

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person

Enter = Callable[["Person"], Client]
TARGET, NAME = "f132", "重点项目"  # 安排重点项目92个, of the item i19; f120 has no item
INVEST = "f133"  # 年度投资185亿元, of an item without a lead


@pytest.fixture
def led(cast: Cast) -> Cast:
    """The item of the target is led by 区交通运输局."""
    unit = cast.units["区交通运输局"]
    Matter.objects.filter(item="i19").update(lead=unit, lead_name=unit.name)
    matter = Matter.objects.get(item="i19")
    matter.parts.update_or_create(unit=unit, defaults={"part": "lead"})
    return cast


def address(cast: Cast, target: str = TARGET, more: str = "") -> str:
    assert cast.report is not None
    return f"/indicators/{cast.report.pk}/{target}/{more}"


def reading(period: str = "2023年1—9月", value: str = "70", **more: Any) -> dict[str, Any]:
    said = {
        "period": period,
        "value": value,
        "unit": "个",
        "level": "2",
        "openness": "internal",
        "source": "发改局月报",
    }
    return {**said, "source": "发改局月报", **more}


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_list_shows_the_worst_first_and_filters_stand_in_the_address(
    led: Cast, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    office = enter(led.people["supervisor"])
    office.post(address(led, more="reading/"), reading(value="20"))
    with django_assert_max_num_queries(30):
        page = words(office.get("/indicators/"))
    first = page.index("重点项目")
    assert first < page.index("地区生产总值")
    assert "严重滞后" in page
    found = words(office.get("/indicators/?words=重点项目&read=yes"))
    assert "地区生产总值" not in found
    assert "20个" in found
    assert "69个" in found, "where it should be: nine of twelve months of 92"


def test_without_a_report_the_list_says_what_to_do(cast: Cast, enter: Enter) -> None:
    assert cast.report is not None
    assert "还没有可看的报告" in words(enter(cast.people["deputy"]).get("/indicators/"))
    assert enter(cast.people["deputy"]).get(f"/indicators/?report={cast.report.pk}").status_code == 404


@pytest.mark.parametrize(
    ("part", "sees", "enters", "agrees"),
    [
        ("supervisor", 200, True, True),
        ("leader", 200, False, False),
        ("inspector", 200, False, False),
        ("liaison", 200, True, False),
        ("head", 200, True, False),
        ("helper", 200, False, False),
        ("outsider", 404, False, False),
    ],
)
def test_each_sees_and_enters_what_is_theirs(  # noqa: PLR0917 -- pytest hands these in
    led: Cast, enter: Enter, part: str, sees: int, enters: bool, agrees: bool
) -> None:
    helper = led.units["区发展和改革局"]
    Matter.objects.get(item="i19").parts.update_or_create(unit=helper, defaults={"part": "help"})
    client = enter(led.people[part])
    page = client.get(address(led))
    assert page.status_code == sees
    assert ('id="enter"' in words(page)) == enters
    assert ('id="path"' in words(page)) == agrees
    answer = client.post(address(led, more="reading/"), reading())
    assert (answer.status_code == 302) == enters
    assert Reading.objects.count() == int(enters)
    assert client.post(address(led, more="path/"), {"path": "hold", "expected": "-1"}).status_code in (
        (302,) if agrees else (403, 404)
    )


def test_a_unit_does_not_see_targets_that_have_no_item_of_its_own(led: Cast, enter: Enter) -> None:
    client = enter(led.people["liaison"])
    assert client.get(address(led, "f120")).status_code == 404
    page = words(client.get("/indicators/"))
    assert "地区生产总值" not in page
    assert NAME in page


def test_deputies_see_public_targets_with_public_readings_only(led: Cast, enter: Enter) -> None:
    assert led.report is not None
    office, director = enter(led.people["supervisor"]), enter(led.people["director"])
    office.post(address(led, more="reading/"), reading("2023年1—6月", "41", openness="public"))
    office.post(address(led, more="reading/"), reading("2023年1—9月", "77"))
    deputy = enter(led.people["deputy"])
    led.report.label = "public"
    led.report.save()
    assert deputy.get(address(led)).status_code == 404
    matter = Matter.objects.get(item="i19")
    label_matter(matter.pk, "public", led.by("director"), expected=matter.revision, reason="已公布")
    page = words(deputy.get(address(led)))
    assert "41个" in page
    assert "77个" not in page
    hidden = Reading.objects.get(value=77)
    done = director.post(address(led, more="label/"), {"reading": hidden.pk, "seen": "internal", "openness": "public"})
    assert done.status_code == 302
    assert "77个" in words(deputy.get(address(led)))
    director.post(address(led, more="label/"), {"reading": hidden.pk, "seen": "internal", "openness": "secret"})
    hidden.refresh_from_db()
    assert hidden.label == "public", "somebody else labelled it meanwhile"


def test_a_reading_is_shown_with_its_source_and_rung_and_lights_the_target(led: Cast, enter: Enter) -> None:
    client = enter(led.people["liaison"])
    client.post(address(led, more="reading/"), reading(value="70"))
    page = words(client.get(address(led)))
    for said in (
        "70个",
        "发改局月报",
        "E2",
        "内部",
        "2023年1—9月为 70个",
        "目标 92个",
        "余下 3 个月",
        '<polyline class="chart-line chart-reading',
    ):
        assert said in page, said
    entry = LedgerEntry.objects.get(action="reading.save")
    assert "70" in entry.body


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"value": "很多"}, "不是一个数"),
        ({"period": "去年夏天"}, "去年夏天"),
        ({"period": "2023年1—12月"}, "2023年"),
        ({"value": "-3"}, "-3"),
        ({"unit": "亿元"}, "亿元"),
        ({"value": ""}, "id_value"),
        ({"level": "3"}, "id_level"),
    ],
)
def test_what_is_no_reading_is_refused_and_what_was_typed_stays(
    led: Cast, enter: Enter, given: dict[str, str], told: str
) -> None:
    answer = enter(led.people["liaison"]).post(address(led, more="reading/"), reading(**given))
    page = words(answer)
    assert answer.status_code == 422
    assert 'class="summary"' in page
    assert told in page[page.index('class="summary"') :]
    assert "发改局月报" in page
    assert Reading.objects.count() == 0


def test_units_are_reckoned(led: Cast, enter: Enter) -> None:
    office = enter(led.people["supervisor"])
    assert office.post(address(led, INVEST, "reading/"), reading(value="1200000万元", unit="")).status_code == 302
    assert "120亿元" in words(office.get(address(led, INVEST)))


def test_another_value_for_a_period_asks_first_and_keeps_the_old(led: Cast, enter: Enter) -> None:
    office = enter(led.people["supervisor"])
    office.post(address(led, more="reading/"), reading(value="70"))
    asked = office.post(address(led, more="reading/"), reading(value="72"))
    page = words(asked)
    assert asked.status_code == 200, "a question, no mistake"
    assert "督查室小督" in page
    assert 'value="72"' in page
    assert Reading.objects.count() == 1
    again = office.post(address(led, more="reading/"), reading(value="72", seen="0"))
    assert again.status_code == 302
    assert [(row.revision, row.value) for row in Reading.objects.order_by("revision")] == [
        (0, Decimal(70)),
        (1, Decimal(72)),
    ]
    shown = words(office.get(address(led)))
    assert "72个" in shown
    assert "70个" in shown, "the value before stays to be seen"


def test_who_revises_a_value_that_was_revised_meanwhile_is_told(led: Cast, enter: Enter) -> None:
    unit, office = enter(led.people["liaison"]), enter(led.people["supervisor"])
    unit.post(address(led, more="reading/"), reading(value="70"))
    office.post(address(led, more="reading/"), reading(value="72", seen="0"))
    late = unit.post(address(led, more="reading/"), reading(value="75", seen="0"))
    assert late.status_code == 409
    assert "72个" in words(late)
    assert 'name="seen" value="1"' in words(late)
    assert not Reading.objects.filter(value=75).exists()


def test_the_same_value_twice_changes_nothing(led: Cast, enter: Enter) -> None:
    client = enter(led.people["liaison"])
    for _ in range(2):
        assert client.post(address(led, more="reading/"), reading()).status_code == 302
    assert Reading.objects.count() == 1


def test_readings_that_disagree_are_named_with_advice(led: Cast, enter: Enter) -> None:
    office = enter(led.people["supervisor"])
    office.post(address(led, more="reading/"), reading("2023年1—6月", "60"))
    office.post(address(led, more="reading/"), reading("2023年1—9月", "50"))
    page = words(office.get(address(led)))
    assert "M011" in page
    assert "请核对口径" in page


def test_a_path_is_set_shown_and_guarded(led: Cast, enter: Enter) -> None:
    office = enter(led.people["supervisor"])
    office.post(address(led, more="reading/"), reading(value="40"))
    steps = {"path": "stepwise", "steps": "2023年6月 30\n2023年9月 45", "expected": "-1"}
    assert office.post(address(led, more="path/"), steps).status_code == 302
    page = words(office.get(address(led)))
    assert "分步" in page
    assert "45个" in page, "the step that was due by September"
    late = office.post(address(led, more="path/"), {"path": "linear", "base": "7", "expected": "-1"})
    assert late.status_code == 422
    assert "已经有人先改了" in words(late) or "第 -1 版" in words(late)
    assert "stepwise" in words(late)
    assert 'value="7"' in words(late), "what was typed stays"
    assert office.post(address(led, more="path/"), {"path": "linear", "expected": "0"}).status_code == 302
    assert "45个" not in words(office.get(address(led)))
    bad = office.post(address(led, more="path/"), {"base": "许多", "expected": "1"})
    assert bad.status_code == 422
    assert Path.objects.get().revision == 1
    assert LedgerEntry.objects.filter(action="target.agree").count() == 2


def test_a_light_by_hand_has_a_reason_and_an_end(led: Cast, enter: Enter, settings: Any) -> None:
    office = enter(led.people["supervisor"])
    office.post(address(led, more="reading/"), reading(value="20"))
    bare = office.post(address(led, more="light/"), {"colour": "green", "expected": "-1"})
    assert bare.status_code == 422
    assert "人工改灯要写理由" in words(bare)
    past = {"colour": "green", "reason": "补报在途", "until": "2023-10-01", "expected": "-1"}
    assert office.post(address(led, more="light/"), past).status_code == 422
    assert office.post(address(led, more="light/"), {**past, "until": "2023-10-31"}).status_code == 302
    assert "督查室小督人工改定：补报在途" in words(office.get(address(led)))
    settings.ENVIRONMENT = type(settings.ENVIRONMENT)(**{**_members(settings.ENVIRONMENT), "today": "2023-11-01"})
    assert "人工改定" not in words(office.get(address(led)))
    settings.ENVIRONMENT = type(settings.ENVIRONMENT)(**{**_members(settings.ENVIRONMENT), "today": "2023-10-20"})
    assert office.post(address(led, more="light/"), {"expected": "0"}).status_code == 302
    assert "人工改定" not in words(office.get(address(led)))


def _members(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in type(one).__dataclass_fields__}


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


def test_what_was_measured_is_measured_anew_whatever_changed(led: Cast, enter: Enter) -> None:
    office, deputy = enter(led.people["director"]), enter(led.people["deputy"])
    assert led.report is not None
    Report.objects.filter(pk=led.report.pk).update(label="public")
    Matter.objects.filter(report=led.report).update(label="public")

    def told(client: Client) -> tuple[str, str]:
        page = client.get(f"/indicators/?report={led.report.pk}&words={NAME}")  # type: ignore[union-attr]
        one = next(one for one, _ in page.context["shown"] if one.target.id == TARGET)
        return one.value, one.measured.light.colour

    assert told(office) == told(deputy) == ("", "stale")
    office.post(address(led, more="reading/"), reading(value="70"))
    assert told(office)[0] == "70个"
    assert told(deputy)[0] == ""
    first = Reading.objects.get()
    label = {"reading": first.pk, "seen": "internal", "openness": "public"}
    office.post(address(led, more="label/"), label)
    assert told(deputy)[0] == "70个"
    office.post(address(led, more="reading/"), reading(value="20", seen="0"))
    assert told(office)[0] == "20个"
    assert told(office)[1] != "green"
    assert told(deputy)[0] == "", "a newer value that is not public takes the public one's place"
    by_hand = {"colour": "green", "reason": "统计口径待定", "until": "2023-10-31", "expected": "-1"}
    office.post(address(led, more="light/"), by_hand)
    assert told(office) == ("20个", "green")


def test_what_is_odd_is_told_in_the_list_where_it_arises(led: Cast, enter: Enter) -> None:
    office = enter(led.people["supervisor"])
    assert "要核对" not in words(office.get("/indicators/"))
    office.post(address(led, more="reading/"), reading("2023年1—6月", "60"))
    office.post(address(led, more="reading/"), reading("2023年1—9月", "50"))
    page = office.get("/indicators/").content.decode()
    assert f"/{TARGET}/#problems" in page
