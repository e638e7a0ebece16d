"""``luoshi register``: out to the units, back in as a difference, and then whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

Command = Callable[..., Any]
Rows = list[list[str]]
BRIDGE = {
    "title": "建成云水大桥",
    "state": "running",
    "since": "2024-01-20",
    "started": "2024-01-20",
    "lead": "区交通运输局",
    "help": ["区财政局"],
    "begin": "2024-01-20",
    "due": "2024-12-31",
    "first_due": "2024-12-31",
    "due_basis": "approved",
    "kind": "project",
    "reported": "40",
    "reported_on": "2024-05-28",
    "progress": "架梁",
    "difficulties": "暂无",
    "next_step": "合龙",
    "evidence": [{"id": "e", "kind": "papers", "day": "2024-05-28", "note": "=监理月报"}],
}


@pytest.fixture
def items(tmp_path: Path, bridge: str) -> Path:
    path = tmp_path / "状态.json"
    states = {"format": "luoshi.items/1", "items": [{"id": bridge, **BRIDGE}], "posts": [], "unknown": {"kept": True}}
    path.write_text(json.dumps(states, ensure_ascii=False), encoding="utf-8")
    return path


@dataclass
class Desk:
    """What the tests have at hand: the command, the plan, the states, the unit's copy, the bridge's id, a folder."""

    luoshi: Command
    plan: Path
    items: Path
    copy: Path
    bridge: str
    folder: Path

    def register(self, *arguments: str | Path, today: str = "2024-06-03") -> Any:
        return self.luoshi("register", self.plan, "--items", self.items, "--today", today, *arguments)

    def filled(self, path: Path | None = None, **cells: str) -> Path:
        """The copy, or another file, after somebody has filled in the bridge's row."""
        return fill(path or self.copy, self.bridge, **cells)

    @property
    def states(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.items.read_text(encoding="utf-8"))
        return found


@pytest.fixture
def desk(luoshi: Command, plan: Path, items: Path, bridge: str, tmp_path: Path) -> Desk:
    desk = Desk(luoshi, plan, items, tmp_path / "交通.xlsx", bridge, tmp_path)
    done = desk.register("--unit", "区交通运输局", "--xlsx", desk.copy)
    assert (done.code, str(desk.copy) in done.text.replace("\n", "")) == (0, True)
    return desk


def rows_of(path: Path) -> Rows:
    book = CalamineWorkbook.from_path(str(path))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[str(cell) for cell in row] for row in rows]


def save(path: Path, rows: Rows) -> Path:
    """As another program saves it."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Sheet1")
    for at, row in enumerate(rows):
        for nth, cell in enumerate(row):
            page.write_string(at, nth, cell)
    book.close()
    path.write_bytes(out.getvalue())
    return path


def fill(path: Path, name: str, **cells: str) -> Path:
    """The file after somebody has filled cells in."""
    rows = rows_of(path)
    line = next(row for row in rows if row[1] == name)
    for heading, text in cells.items():
        line[rows[2].index(heading)] = text
    return save(path, rows)


GIVEN = {"自报%": "55", "进展情况": "合龙", "存在问题": "引桥未完", "下一步措施": "铺装桥面"}
UNIT = ("--unit", "区交通运输局")
APPLY = ("--by", "李敏", "--apply")


def test_the_unit_gets_its_own_rows_and_the_office_all(desk: Desk) -> None:
    assert [row[1] for row in rows_of(desk.copy)[3:]] == [desk.bridge]
    whole = desk.folder / "全.csv"
    assert desk.register("--csv", whole).code == 0
    table = list(csv.DictReader(StringIO(whole.read_bytes().decode("utf-8-sig"), newline="")))
    assert len(table) == len(json.loads(desk.plan.read_text(encoding="utf-8"))["items"])
    row = next(row for row in table if row["编号"] == desk.bridge)
    assert (row["流程状态"], row["自报%"], row["灯号"][1:]) == ("推进", "40", "绿（未核实） 正常")
    assert row["原文句"].startswith("年内建成云水大桥"), "the text beside the plan gives the sentence"


def test_a_copy_for_every_unit_in_one_folder(desk: Desk) -> None:
    assert desk.register("--by-unit", desk.folder / "各单位").code == 0
    assert {"区交通运输局.xlsx", "区财政局.xlsx"} <= {path.name for path in (desk.folder / "各单位").iterdir()}


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_comes_back_untouched_changes_nothing(desk: Desk, form: str) -> None:
    path, before = desk.folder / f"台账.{form}", desk.items.read_bytes()
    assert desk.register(f"--{form}", path).code == 0
    done = desk.register("--back", path, *APPLY, today="2024-07-01")
    assert (done.code, "没有改动" in done.text) == (0, True)
    assert desk.items.read_bytes() == before


def test_the_difference_is_shown_and_nothing_written(desk: Desk) -> None:
    before = desk.items.read_bytes()
    done = desk.register("--back", desk.filled(**GIVEN), *UNIT)
    assert done.code == 0
    for said in ("40 → 55", "架梁 → 合龙", "反馈进展", "还没有写入"):
        assert said in done.text
    assert desk.items.read_bytes() == before


def test_applied_it_is_in_the_states_and_in_the_ledger(desk: Desk) -> None:
    back = desk.filled(**GIVEN, 责任人="王华")
    done = desk.register("--back", back, *UNIT, *APPLY)
    assert (done.code, "已写入" in done.text) == (0, True)
    (one,) = desk.states["items"]
    assert (one["state"], one["reported"], one["reported_on"]) == ("reported", "55", "2024-06-03")
    assert one["person"] == "王华"
    ledger = [(entry["move"], entry["by"]["person"]) for entry in desk.states["entries"]]
    assert ledger == [("fill_in", "李敏"), ("report", "李敏")]
    assert desk.states["unknown"] == {"kept": True}
    again = desk.register("--back", back, *UNIT)
    assert (again.code, "没有改动" in again.text) == (0, True)


def test_the_new_states_can_go_elsewhere(desk: Desk) -> None:
    before, other = desk.items.read_bytes(), desk.folder / "新.json"
    done = desk.register("--back", desk.filled(**GIVEN), *UNIT, *APPLY, "--out", other)
    assert (done.code, desk.items.read_bytes() == before, other.is_file()) == (0, True, True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-8"])
def test_csv_comes_back_in_the_encodings_of_china(desk: Desk, encoding: str) -> None:
    path = desk.folder / "台账.csv"
    assert desk.register("--csv", path).code == 0
    rows = list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    line = next(row for row in rows if row[1] == desk.bridge)
    for heading, text in GIVEN.items():
        line[rows[0].index(heading)] = text
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    done = desk.register("--back", path, *UNIT, "--json")
    assert {one["after"] for one in json.loads(done.text)["changes"]} == set(GIVEN.values())
    assert json.loads(done.text)["problems"] == []


def test_two_return_at_once_and_the_second_is_told(desk: Desk) -> None:
    other = desk.folder / "另一份.xlsx"
    other.write_bytes(desk.copy.read_bytes())
    assert desk.register("--back", desk.filled(**GIVEN), *UNIT, *APPLY).code == 0
    before = desk.items.read_bytes()
    done = desk.register("--back", desk.filled(other, 进展情况="还没合龙"), *UNIT, *APPLY)
    assert done.code == 2
    for said in ("L020", "“合龙”", "“还没合龙”"):
        assert said in done.err
    assert "一格也没有写入" in done.text
    assert desk.items.read_bytes() == before


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"自报%": "六成"}, "L010"),
        ({"自报%": "0.6"}, "L013"),
        ({"原因类别": "没想好"}, "L016"),
        ({"自报%": "60", "佐证": "会议 2024-06-01 调度会"}, "D018"),
    ],
)
def test_one_wrong_cell_and_nothing_is_written(desk: Desk, cells: dict[str, str], code: str) -> None:
    before = desk.items.read_bytes()
    done = desk.register("--back", desk.filled(**(GIVEN | cells)), *UNIT, *APPLY)
    assert (done.code, code in done.err) == (2, True)
    assert desk.items.read_bytes() == before


def test_an_outsider_changes_nothing(desk: Desk) -> None:
    done = desk.register("--back", desk.filled(**GIVEN), "--unit", "某公司")
    assert (done.code, "D004" in done.err) == (2, True)


def test_the_office_verifies_from_its_own_copy(desk: Desk) -> None:
    assert desk.register("--back", desk.filled(**GIVEN), *UNIT, *APPLY).code == 0
    path = desk.folder / "督查室.xlsx"
    assert desk.register("--xlsx", path).code == 0
    back = desk.filled(path, **{"核实%": "50", "备注": "现场看过"})
    assert desk.register("--back", back, *APPLY).code == 0
    (one,) = desk.states["items"]
    assert (one["state"], one["verified"], one["remark"]) == ("running", "50", "现场看过")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--xlsx"),
        (("--back", "交通.xlsx", "--apply"), "--by"),
        (("--back", "没有.xlsx"), "I001"),
        (("--back", "别的.csv"), "L001"),
        (("--xlsx", "x.xlsx", "--unit", "某公司"), "L021"),
        (("--back", "交通.xlsx", "--items", "没有.json"), "I001"),
        (("--xlsx", "没有/x.xlsx"), "W001"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    desk: Desk, arguments: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.folder)
    (desk.folder / "别的.csv").write_text("不是,登记表\n的,表格\n", encoding="utf-8")
    before = sorted(path.name for path in desk.folder.iterdir())
    done = desk.register(*arguments)
    assert (done.code, says in done.err) == (2, True)
    assert sorted(path.name for path in desk.folder.iterdir()) == before


def test_readings_give_the_base(desk: Desk) -> None:
    table, out = desk.folder / "读数.csv", desk.folder / "台账.csv"
    table.write_text("指标,时期,数值,单位\n老旧小区,2023年,28,个\n", encoding="utf-8")
    assert desk.register("--readings", table, "--csv", out).code == 0
    rows = csv.DictReader(StringIO(out.read_bytes().decode("utf-8-sig"), newline=""))
    assert [(row["目标值"], row["基数"]) for row in rows if "老旧小区" in row["目标任务"]] == [("30", "28")]
    table.write_text("什么,都不是\n", encoding="utf-8")
    done = desk.register("--readings", table, "--csv", out)
    assert (done.code, "M001" in done.err) == (2, True)
