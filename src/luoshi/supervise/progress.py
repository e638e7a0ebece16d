"""The axis 进度类: not started, behind, on schedule, ahead, done, done early, other; and the share of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luoshi.supervise import evidence
from luoshi.supervise.facts import facts
from luoshi.supervise.model import Matter
from luoshi.supervise.words import data


def progress_class(matter: Matter, today: date) -> str:
    """Which of the seven classes ``matter`` is in on ``today``. Done needs the rank of evidence its kind asks for."""
    found = facts(matter, today)
    if found.other:
        return "other"
    if found.verified_done:
        return "done_early" if found.finished_early else "done"
    if evidence.best(matter.evidence) <= 0 and found.counted == 0:
        return "not_started"
    tolerance = Decimal(data("rhythm.toml")["progress"]["tolerance"])
    if found.gap >= tolerance or found.overdue:
        return "behind"
    return "ahead" if found.gap <= -tolerance else "on_track"
