"""The plan of a report, worked out once for as long as its texts stay the same: a long one takes half a second."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from luoshi.plan import Corrections, Plan, correct

if TYPE_CHECKING:
    from luoshi.store.models import Report

_KEPT = 4  # reports a process


def plan_of(report: Report) -> Plan:
    """The plan as it was read, with the corrections made since."""
    return plan_of_texts(report.body.plan, report.body.corrections, report.body.text)


@lru_cache(maxsize=_KEPT)
def plan_of_texts(plan: str, corrections: str, text: str) -> Plan:
    """The same, from the texts that are kept of a report."""
    read = Plan.from_json(plan)
    return correct(read, Corrections.from_json(corrections).corrections, text)[0] if corrections else read
