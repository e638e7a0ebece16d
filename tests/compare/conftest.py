"""Two reports of a county that does not exist: what the first promises and what the second tells, a sentence each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from luoshi.compare import Comparison, Edition, Promise, compare
from luoshi.read import read
from luoshi.source import Document

REPORT = (
    "云水县人民政府工作报告\n\n——{year}年1月8日在云水县第九届人民代表大会第{nth}次会议上\n\n各位代表：\n\n"
    "我受县人民政府委托报告工作，请各位代表审议。\n\n一、{past}年工作回顾\n\n过去一年，全县上下奋力前行。{told}\n\n"
    "二、{year}年主要目标\n\n今年的预期目标是：{targets}\n\n三、{year}年重点工作\n\n今年重点抓好以下几件事。{works}\n\n"
    "各位代表，让我们继续努力！\n"
)
NO_TARGETS = "城镇新增就业1200人。"


Make = Callable[..., Edition]
Pair = Callable[..., Comparison]
Only = Callable[[Comparison, str], Promise]


def _edition(
    year: int, *, told: str = "各项工作稳步推进。", targets: str = NO_TARGETS, works: str = "新建农村公路9公里。"
) -> Edition:
    text = REPORT.format(year=year, past=year - 1, nth=year - 2020, told=told, targets=targets, works=works)
    document = Document.from_text(text, f"云水县-{year}.txt")
    return Edition(read(document), document.text)


@pytest.fixture
def make() -> Make:
    """``make(2024, told=…, targets=…, works=…)``: a report that tells of the year before and promises for this one."""
    return _edition


@pytest.fixture
def pair() -> Pair:
    """``pair(promised, told)``: a report that promises in its targets (or its works) compared with the next one."""

    def made(promised: str, told: str, *, where: str = "targets") -> Comparison:
        return compare([_edition(2023, **{where: promised}), _edition(2024, told=told)])

    return made


@pytest.fixture
def only() -> Only:
    """``only(comparison, words)``: the one promise of the first report whose words hold ``words``."""

    def found(comparison: Comparison, words: str) -> Promise:
        first = comparison.reports[0].id
        (one,) = (each for each in comparison.promises if words in each.quote.text and each.report == first)
        return one

    return found
