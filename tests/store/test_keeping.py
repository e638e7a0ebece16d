"""Readings, evidence, finding and history."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from casting import HELP, LEAD, OTHER
from django.utils import timezone

from luoshi.measure import readings
from luoshi.store import doctor
from luoshi.store.evidence import LARGEST, keep_evidence, path_of
from luoshi.store.finding import Wanted, all_matters, counts, find, matters_of
from luoshi.store.grams import grams
from luoshi.store.history import as_of, history_of
from luoshi.store.models import EvidenceFile, LedgerEntry, Matter, Reading
from luoshi.store.readings import save_readings, series_until
from luoshi.store.units import add_unit, branch

if TYPE_CHECKING:
    from casting import Cast
    from pytest_django.fixtures import SettingsWrapper

DAY = date(2023, 12, 31)
TABLE = [
    ["指标", "时间", "数值", "单位", "口径", "来源"],
    ["新增城镇就业", "2023年1—3月", "2400", "人", "累计", "人社局"],
    ["新增城镇就业", "2023年1—6月", "4650.5", "人", "累计", "人社局"],
    ["地区生产总值增速", "2023年1—6月", "6.1", "%", "累计", "统计局"],
]


def given(rows: list[list[str]]) -> list[object]:
    found = readings(rows, DAY)
    assert found.problems == ()
    return list(found.series.values())


def test_readings_come_back_as_the_series_they_were(cast: Cast) -> None:
    wanted = readings(TABLE, DAY).series
    assert save_readings(given(TABLE), cast.by("liaison")) == 3  # type: ignore[arg-type]
    found = series_until(DAY)
    assert {key: [(one.period, one.value, one.scope) for one in series.readings] for key, series in found.items()} == {
        key: [(one.period, one.value, one.scope) for one in series.readings] for key, series in wanted.items()
    }
    assert {series.unit for series in found.values()} == {"人", "%"}


def test_a_table_brought_in_twice_has_one_effect(cast: Cast) -> None:
    save_readings(given(TABLE), cast.by("liaison"))  # type: ignore[arg-type]
    before = LedgerEntry.objects.count()
    assert save_readings(given(TABLE), cast.by("liaison")) == 0  # type: ignore[arg-type]
    assert (Reading.objects.count(), LedgerEntry.objects.count()) == (3, before)


def test_another_value_is_a_revision_and_the_old_one_stays(cast: Cast) -> None:
    save_readings(given(TABLE), cast.by("liaison"))  # type: ignore[arg-type]
    changed = [TABLE[0], [*TABLE[2][:2], "4700", *TABLE[2][3:]]]
    assert save_readings(given(changed), cast.by("liaison")) == 1  # type: ignore[arg-type]
    values = list(Reading.objects.filter(ends=date(2023, 6, 30), growth=False).values_list("value", flat=True))
    assert values == [Decimal("4650.5"), Decimal("4700")]
    assert series_until(DAY)["新增城镇就业", False].readings[-1].value == 4700


def test_readings_of_a_later_day_are_not_known_yet(cast: Cast) -> None:
    save_readings(given(TABLE), cast.by("liaison"))  # type: ignore[arg-type]
    assert len(series_until(date(2023, 4, 1))["新增城镇就业", False].readings) == 1
    assert series_until(DAY, ["没有的指标"]) == {}


@pytest.fixture
def home(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.LUOSHI_HOME = tmp_path
    return tmp_path


PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\windows\\x.png", "照片.png", "a" * 300 + ".png", "CON", "a\x00b.png", ""]
)
def test_evidence_lies_under_an_id_of_ours_whatever_it_was_called(cast: Cast, home: Path, name: str) -> None:
    row = Matter.objects.get(pk=cast.matter)
    file, problems = keep_evidence(row, name.replace("\x00", "�"), [PNG], "e1", cast.by("liaison"))
    assert problems == ()
    assert file is not None
    assert path_of(file).parent == home / "evidence"
    assert path_of(file).name.isalnum()
    assert path_of(file).read_bytes() == PNG
    assert not {"/", "\\"} & set(file.name)
    assert (file.size, file.media_type) == (len(PNG), "image/png")


@pytest.mark.parametrize(
    "chunks",
    [[], [b""], [b"MZ\x90\x00 a program"], [b"<script>"], [PNG, *[b"x" * (1 << 20)] * (LARGEST // (1 << 20) + 1)]],
)
def test_a_file_that_is_not_taken_leaves_nothing(cast: Cast, home: Path, chunks: list[bytes]) -> None:
    file, problems = keep_evidence(Matter.objects.get(pk=cast.matter), "x.png", chunks, "e1", cast.by("liaison"))
    assert file is None
    assert [one.code for one in problems] == ["T016"]
    assert list((home / "evidence").iterdir()) == []
    assert not EvidenceFile.objects.exists()


def test_a_row_that_cannot_be_written_leaves_no_file(cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no entry")

    monkeypatch.setattr("luoshi.store.evidence.record", fail)
    with pytest.raises(RuntimeError):
        keep_evidence(Matter.objects.get(pk=cast.matter), "x.png", [PNG], "e1", cast.by("liaison"))
    assert list((home / "evidence").iterdir()) == []
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("学位", ["学位"]),
        ("新增学位", ["新增", "增学", "学位"]),
        ("5G 基站", ["5g", "基站"]),
        ("县", ["县"]),
        ("，。", []),
    ],
)
def test_words_become_pairs(words: str, made: list[str]) -> None:
    assert grams(words) == made


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (Wanted(words="跑道"), ["完成松岗通用机场跑道延长工程"]),
        (Wanted(words="道"), ["完成松岗通用机场跑道延长工程"]),
        (Wanted(words="机场 工程"), ["完成松岗通用机场跑道延长工程"]),
        (Wanted(words="没有的词"), []),
        (Wanted(kinds=("project",), due_until=date(2023, 6, 30)), ["完成松岗通用机场跑道延长工程"]),
        (Wanted(words="产业园", order="-due"), ["云锦直播产业园投入运营", "建成航空动力产业园二期"]),
    ],
)
def test_lists_find_by_columns_and_words(cast: Cast, wanted: Wanted, titles: list[str]) -> None:
    assert cast
    assert [row.title for row in find(all_matters(), wanted)] == titles


def test_lists_find_by_phase_light_and_unit(cast: Cast) -> None:
    cast.assigned()
    assert [row.pk for row in find(all_matters(), Wanted(states=("assigned",)))] == [cast.matter]
    assert len(find(all_matters(), Wanted(phases=("setup",)))) == 6
    assert cast.matter in [row.pk for row in find(all_matters(), Wanted(unit=cast.units[HELP].pk))]
    assert counts(all_matters(), "state") == {"assigned": 1, "extracted": 5}


def test_a_list_does_not_load_bodies(cast: Cast, django_assert_num_queries: object) -> None:
    assert cast
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [row.lead_name for row in find(all_matters(), Wanted())]


def test_a_unit_has_what_it_leads_and_what_it_helps_with(cast: Cast) -> None:
    cast.assigned()
    assert cast.matter in matters_of([cast.units[LEAD].pk]).values_list("pk", flat=True)
    assert cast.matter in matters_of([cast.units[HELP].pk]).values_list("pk", flat=True)
    assert cast.matter not in matters_of([cast.units[OTHER].pk]).values_list("pk", flat=True)


def test_a_branch_is_the_unit_and_all_below(cast: Cast) -> None:
    office = add_unit(cast.by("system_admin"), "公路科", parent=cast.units[LEAD])
    team = add_unit(cast.by("system_admin"), "养护队", parent=office)
    assert set(branch(cast.units[LEAD])) == {cast.units[LEAD].pk, office.pk, team.pk}


def test_a_past_day_is_walked_back_to(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two moves in the past week, one today: the matter of every day in between is what it was."""
    now = timezone.now()
    seen = {}
    for back, (part, move) in (
        (9, ("supervisor", "propose")),
        (5, ("director", "approve")),
        (0, ("supervisor", "assign")),
    ):
        monkeypatch.setattr("luoshi.store.ledger.timezone.now", lambda back=back: now - timedelta(days=back))
        more = {"due": date(2023, 6, 30), "lead": LEAD} if move == "approve" else {}
        cast.move(part, move, **more)
        seen[back] = cast.body()
    row = Matter.objects.select_related("body").get(pk=cast.matter)
    today = timezone.localdate(now)
    assert as_of(row, today) == seen[0]
    assert as_of(row, today - timedelta(days=1)) == as_of(row, today - timedelta(days=5)) == seen[5]
    assert as_of(row, today - timedelta(days=6)) == seen[9]
    assert as_of(row, today - timedelta(days=10)).state == "extracted"
    assert [said["move"] for _, said in history_of(row)] == ["assign", "approve", "propose"]


def test_the_doctor_names_a_stray_file(cast: Cast, home: Path) -> None:
    assert cast
    (home / "evidence").mkdir()
    (home / "evidence" / "stray").write_bytes(b"x")
    ill = [sign.seen for sign in doctor.examine() if not sign.well and "strays" in sign.what]
    assert ill == ["stray"]
    assert doctor.unapplied() == []
