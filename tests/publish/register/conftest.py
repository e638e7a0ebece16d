"""A small plan with one of everything the register shows, and ways to look into the file it becomes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

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
from luoshi.source import Document

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


Table = list[dict[str, Any]]


def table(data: bytes, name: str = "任务台账") -> Table:
    """The rows of a sheet below its Chinese headings, by heading."""
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [dict(zip(map(str, rows[2]), row, strict=True)) for row in rows[3:]]


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    """Every XML part of the file, parsed, by its path."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: ElementTree.fromstring(file.read(name)) for name in file.namelist()}


@pytest.fixture(name="plan")
def _plan() -> Plan:
    return plan()


@pytest.fixture(name="document")
def _document() -> Document:
    return document()


@pytest.fixture(name="table", scope="session")
def _table() -> Callable[..., Table]:
    return table


@pytest.fixture(name="parts", scope="session")
def _parts() -> Callable[[bytes], dict[str, ElementTree.Element]]:
    return parts
