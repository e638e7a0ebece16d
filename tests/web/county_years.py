"""Two reports of a county that does not exist: what the first promises the second tells of, a sentence each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from luoshi.read import read
from luoshi.source import Document
from luoshi.store.reports import bring_in

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Report

TEXT = (
    "云水县人民政府工作报告\n\n——{year}年1月8日在云水县第九届人民代表大会第{nth}次会议上\n\n各位代表：\n\n"
    "我受县人民政府委托报告工作，请各位代表审议。\n\n一、{past}年工作回顾\n\n过去一年，全县上下奋力前行。{told}\n\n"
    "二、{year}年主要目标\n\n今年的预期目标是：{targets}\n\n三、{year}年重点工作\n\n今年重点抓好以下几件事。{works}\n\n"
    "各位代表，让我们继续努力！\n"
)
FIRST = {
    "year": 2023,
    "told": "各项工作稳步推进。",
    "targets": "地区生产总值增长6%，城镇新增就业1200人，粮食产量不少于8万吨。",
    "works": "建成北门水厂。新建农村公路9公里。改造老旧小区6个、农贸市场2个。",
}
SECOND = {
    "year": 2024,
    "told": "地区生产总值增长6.2%，城镇新增就业1100人。新建农村公路9.5公里。改造老旧小区6个、农贸市场1个。",
    "targets": "地区生产总值增长5.5%，城镇新增就业1200人。",
    "works": "建成北门水厂。新建农村公路12公里。",
}


def bring_in_year(cast: Cast, **given: Any) -> Report:
    """A report of the county brought in by the supervisor."""
    year = given["year"]
    text = TEXT.format(past=year - 1, nth=year - 2020, **given)
    document = Document.from_text(text, f"云水县-{year}.txt")
    made = bring_in(read(document), document.text, date(year, 1, 9), cast.by("supervisor")).report
    assert made is not None
    return made
