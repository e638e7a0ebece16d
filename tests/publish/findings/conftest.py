"""A short report with a finding of each severity, checked."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from luoshi.check import Result, Settings, Suppression, check
from luoshi.plan import Plan
from luoshi.read import read
from luoshi.source import Document

WORDS = """\
云水区2024年政府工作报告
一、2023年工作回顾
水产养殖户由120户增加到150户，增长30%。三次产业结构为11:46:53。
二、2024年重点工作
力争完成老旧小区改造30个，云水大桥尽快建成通车。<script>alert(1)</script>
"""


class Checked(NamedTuple):
    """A result with what it is of."""

    result: Result
    plan: Plan
    text: str


@pytest.fixture(scope="session")
def checked() -> Checked:
    """Two errors, a warning and a note; one of the errors is let pass, and one suppression fits nothing."""
    document = Document.from_text(WORDS, "云水区 2024.txt")
    plan = read(document)
    passes = (Suppression("N06", "<b>取整</b>", words="11:46:53"), Suppression("N01", "没有的事", words="没有的话"))
    return Checked(check(plan, document.text, settings=Settings(suppressions=passes)), plan, document.text)
