"""A small county: a plan with one of everything the register shows, the states of its matters, its people."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook

from luoshi.plan import (
    Commitment,
    Deadline,
    Duty,
    Facts,
    Figure,
    Finding,
    Indicator,
    Item,
    Member,
    Period,
    Plan,
    Rung,
    Section,
)
from luoshi.publish.dossier import Dossier, dossier
from luoshi.publish.register import register_of
from luoshi.source import Document
from luoshi.supervise import Actor, Docket, Matter

TEXT = """\
二、主要目标

全年主要目标：地区生产总值增长7.5%左右；一般公共预算收入达到12.60亿元；医保参保率稳定在95%以上。

三、重点工作

（一）抓产业

年内建成城北大桥，6月底前开工水厂二期！改造老旧小区30个、停车场5至6座。协助市里办好农博会，让山城更有烟火气。
实现三大产业集群：绿色食品、装备制造。
"""


def _at(words: str, after: int = 0) -> dict[str, Any]:
    start = TEXT.index(words, after)
    return {"start": start, "end": start + len(words), "text": words}


def _figure(name: str, words: str, of: str | None, value: str, unit: str, **more: Any) -> Figure:
    found = {"tense": "plan", "section": "s1", "rule": "test"} | more
    named = Indicator(**_at(of)) if of else None
    return Figure(id=name, **_at(words), value=value, unit=unit, indicator=named, **found)


def _clause(name: str, words: str, kind: str, *figures: str, **more: Any) -> Commitment:
    found = {"section": "s3", "rule": "test", "kind": kind} | more
    return Commitment(id=name, **_at(words), figures=figures, **found)


YEAR_END, MID_YEAR = date(2024, 12, 31), date(2024, 6, 30)
TERM = Deadline(date=YEAR_END, basis="term")


def plan() -> Plan:
    """The plan of :data:`TEXT` as a careful reader makes it."""
    figures = (
        _figure("f1", "7.5%", "地区生产总值", "7.5", "%", measure="growth", direction="up", comparator="approx"),
        _figure("f2", "12.60亿元", "一般公共预算收入", "12.60", "亿元", base_value="1260000000", base_unit="元"),
        _figure("f3", "95%", "医保参保率", "95", "%", comparator="ge"),
        _figure("f4", "30个", "老旧小区", "30", "个", section="s3"),
        _figure("f5", "5至6座", "停车场", "5", "座", value2="6", comparator="range", section="s3"),
    )
    bridge, works = Deadline(text="年内", date=YEAR_END, basis="stated"), Deadline(text="6月底前", date=MID_YEAR)
    works = works.model_copy(update={"basis": "stated"})
    commitments = (
        _clause("c1", "地区生产总值增长7.5%左右", "target", "f1", section="s1", deadline=TERM),
        _clause("c2", "一般公共预算收入达到12.60亿元", "target", "f2", section="s1", deadline=TERM),
        _clause("c3", "医保参保率稳定在95%以上", "hold", "f3", section="s1", deadline=TERM),
        _clause("c4", "年内建成城北大桥", "project", deadline=bridge),
        _clause("c5", "6月底前开工水厂二期", "project", deadline=works),
        _clause("c6", "改造老旧小区30个、停车场5至6座", "target", "f4", "f5", deadline=TERM),
        _clause("c7", "协助市里办好农博会", "action", strength="assist", deadline=TERM),
        _clause("c8", "让山城更有烟火气", "slogan"),
    )
    traffic = Duty(unit="县交通运输局", basis="proposed", why="含“大桥”")
    items = (
        Item(id="i1", title=commitments[0].text, commitments=("c1",), kind="target", section="s1", deadline=TERM),
        Item(id="i2", title=commitments[1].text, commitments=("c2",), kind="target", section="s1", deadline=TERM),
        Item(id="i3", title=commitments[2].text, commitments=("c3",), kind="hold", section="s1", deadline=TERM),
        Item(
            id="i4",
            title="城北大桥和水厂二期",
            commitments=("c4", "c5"),
            kind="project",
            section="s3",
            deadline=bridge,
            lead=traffic,
            help=(Duty(unit="县水利局", basis="stated"), Duty(unit="县住建局", basis="proposed")),
        ),
        Item(id="i5", title=commitments[5].text, commitments=("c6",), kind="target", section="s3", deadline=TERM),
        Item(
            id="i6",
            title=commitments[6].text,
            commitments=("c7",),
            kind="action",
            section="s3",
            lead=Duty(unit="县农业农村局", basis="confirmed"),
        ),
    )
    sections = (
        Section(id="s1", number="二、", title="主要目标", role="targets", start=0, end=TEXT.index("三、")),
        Section(id="s2", number="三、", title="重点工作", role="plan", start=TEXT.index("三、"), end=len(TEXT)),
        Section(
            id="s3",
            parent="s2",
            number="（一）",
            title="抓产业",
            role="plan",
            start=TEXT.index("（一）"),
            end=len(TEXT),
        ),
    )
    ladder = (
        Rung(count=3, **_at("三大产业集群"), members=(Member(**_at("绿色食品")), Member(**_at("装备制造")))),
        Rung(count=1, **_at("主要目标")),
    )
    facts = Facts(
        title="山城县政府工作报告",
        place="山城县",
        level="county",
        year=2024,
        term=(date(2024, 1, 1), YEAR_END),
        sha256="ab" * 32,
        characters=len(TEXT),
        source="山城县.docx",
    )
    noticed = Finding(code="R001", start=3, message="全文只有 180 个字。", why="。", advice="请找到全文。")
    period = Period.model_validate(_at("全年") | {"from": date(2024, 1, 1), "to": YEAR_END, "precision": "year"})
    figures = (figures[0].model_copy(update={"period": period, "hedge": "左右"}), *figures[1:])
    return Plan(
        document=facts,
        sections=sections,
        figures=figures,
        commitments=commitments,
        items=items,
        ladder=ladder,
        problems=(noticed,),
    )


def document() -> Document:
    return Document.from_text(TEXT, "山城县.docx")


TODAY = date(2024, 6, 3)
CAST = {
    "office": Actor(role="office", unit="县政府督查室", person="周明"),
    "lead": Actor(role="lead", unit="县交通运输局", person="王华"),
    "farms": Actor(role="lead", unit="县农业农村局", person="冯丽"),
    "help": Actor(role="lead", unit="县水利局", person="何川"),
    "outsider": Actor(role="lead", unit="某公司"),
    "auditor": Actor(role="lead", unit="县审计局"),
}
_RUNNING: dict[str, Any] = {
    "state": "running",
    "since": "2024-02-01",
    "started": "2024-02-01",
    "begin": "2024-02-01",
    "due": "2024-12-31",
    "first_due": "2024-12-31",
    "due_basis": "approved",
    "leader": "副县长（城建）",
    "person": "李工",
    "revision": 6,
}


def docket(**update: dict[str, Any]) -> Docket:
    """States of the plan: two that run, one reported, one in the check, one carried over; ``update`` by id."""
    bridge = _RUNNING | {
        "title": "城北大桥和水厂二期",
        "number": "2024-004",
        "kind": "project",
        "lead": "县交通运输局",
        "help": ("县水利局", "县住建局"),
        "nodes": (
            {"name": "合龙", "day": "2024-06-28", "percent": "40"},
            {"name": "通车", "day": "2024-12-20", "percent": "100"},
        ),
        "reported": "30",
        "reported_on": "2024-05-28",
        "verified": "30",
        "verified_on": "2024-05-30",
        "forecast": "hard",
        "progress": "桩基完工\n架梁过半",
        "difficulties": "征拆剩两户",
        "next_step": "六月底合龙",
        "cause": "land",
        "ask": "请县自然资源局出面",
        "evidence": ({"id": "e1", "kind": "papers", "day": "2024-05-20", "note": "招标公告"},),
        "funds_planned": "5000",
        "remark": "",
    }
    fair = _RUNNING | {"title": "协助市里办好农博会", "lead": "县农业农村局", "due": "2024-10-31"}
    budget = _RUNNING | {
        "title": "一般公共预算收入达到12.60亿元",
        "kind": "target",
        "state": "reported",
        "lead": "县财政局",
        "reported": "45",
        "reported_on": "2024-05-28",
        "progress": "入库5.7亿元",
        "evidence": ({"id": "e1", "kind": "statistics", "day": "2024-05-25", "note": "月报"},),
    }
    care = _RUNNING | {
        "title": "医保参保率稳定在95%以上",
        "kind": "hold",
        "state": "verifying",
        "lead": "县医保局",
        "done_on": "2024-06-01",
        "evidence": ({"id": "e1", "kind": "statistics", "day": "2024-05-25", "place": "全县", "note": "95.8%"},),
    }
    road = _RUNNING | {"title": "续建环城路", "lead": "县交通运输局", "carried_from": "i9", "state": "signed"}
    made = {"i2": budget, "i3": care, "i4": bridge, "i6": fair, "old-1": road}
    rows = (Matter.model_validate({"id": name, **row, **update.get(name, {})}) for name, row in made.items())
    return Docket(items=tuple(rows))


def whole(states: Docket | None = None, today: date = TODAY, of: Plan | None = None) -> Dossier:
    """The dossier of the county on ``today``."""
    return dossier(of or plan(), document(), today, docket=states or docket())


def from_xlsx(data: bytes) -> list[list[str]]:
    """The rows of the first sheet as text, as the room that opens strange files gives them."""
    import json

    from luoshi.intake.limits import DEFAULT
    from luoshi.intake.workbook import read_sheet

    rows: list[list[str]] = json.loads(read_sheet(data, DEFAULT).text)["rows"]
    return rows


def given_out(states: Docket | None = None, unit: str = "", today: date = TODAY) -> list[list[str]]:
    """The rows of the register as a unit gets it."""
    return from_xlsx(register_of(whole(states, today), unit))


def from_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def place(rows: list[list[str]], heading: str) -> int:
    """Where the column stands."""
    head = next(row for row in rows if "编号" in row)
    return head.index(heading)


def line(rows: list[list[str]], name: str) -> list[str]:
    """The row of an item."""
    return next(row for row in rows if row[place(rows, "编号")] == name)


def type_in(rows: list[list[str]], name: str, **cells: str) -> list[list[str]]:
    """The rows after somebody has typed ``cells`` into those of the item ``name``."""
    changed = [list(row) for row in rows]
    for heading, text in cells.items():
        line(changed, name)[place(changed, heading)] = text
    return changed


def workbook(rows: list[list[str]], sheet: str = "任务台账") -> bytes:
    """Rows saved by another program: text as text, and nothing left of formats, widths and locks."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for at, row in enumerate(rows):
        for nth, text in enumerate(row):
            page.write_string(at, nth, text)
    book.close()
    return out.getvalue()
