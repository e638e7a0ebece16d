"""Checking short reports of a district that does not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from luoshi.check import Diagnostic, Result, Settings, check
from luoshi.plan import Plan
from luoshi.read import read
from luoshi.source import Document

Findings = Callable[..., list[Diagnostic]]


def read_words(words: str, year: int = 2024) -> tuple[str, Plan]:
    """The text and the plan of ``words``, under a title where they have none."""
    title = "" if "政府工作报告" in words.split("\n", 1)[0] else f"云水区{year}年政府工作报告\n"
    document = Document.from_text(title + words, "云水区.txt")
    return document.text, read(document)


def result_of(
    words: str, earlier: str | None = None, *, settings: Settings | None = None, with_text: bool = True
) -> Result:
    """The check of ``words``; ``earlier`` is the report of the year before."""
    text, plan = read_words(words)
    before_text, before = read_words(earlier, 2023) if earlier else (None, None)
    return check(plan, text if with_text else None, earlier=before, earlier_text=before_text, settings=settings)


@pytest.fixture
def found() -> Findings:
    """``found("N03", "一、2023年工作回顾\\n……")``: what one rule finds."""

    def one_rule(rule: str, words: str, earlier: str | None = None, *, with_text: bool = True) -> list[Diagnostic]:
        settings = Settings(select=(rule,))
        return list(result_of(words, earlier, settings=settings, with_text=with_text).found)

    return one_rule


@pytest.fixture
def checked() -> Callable[..., Result]:
    """``checked("一、2023年工作回顾\\n……", settings=…)``: the whole result."""
    return result_of


@pytest.fixture
def as_read() -> Callable[..., tuple[str, Plan]]:
    """``as_read("一、2023年工作回顾\\n……")``: the text and the plan."""
    return read_words
