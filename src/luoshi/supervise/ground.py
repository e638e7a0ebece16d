"""What a decision stands on: the day, and the rules in force (workflow, lights, slips, working days)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.days import Workdays
from luoshi.supervise.lights import DEFAULT, Profile, profiles
from luoshi.supervise.slips import DEFAULT_SLIPS, SlipProfile, slip_profiles
from luoshi.supervise.workdays import WorkingDays
from luoshi.supervise.workflow import Workflow, workflow


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force: the table of moves, a profile of lights, a profile of slips, a calendar of working days."""

    workflow: Workflow
    profile: Profile
    slips: SlipProfile
    calendar: WorkingDays


@dataclass(frozen=True, slots=True)
class Ground:
    """The day of a decision and its rules."""

    today: date
    rules: Rules


def rules(*, lights: str = DEFAULT, slips: str = DEFAULT_SLIPS, calendar: WorkingDays | None = None) -> Rules:
    """Rules by the names of their profiles; without a calendar the statutory working days count. Raises KeyError."""
    return Rules(workflow(), profiles()[lights], slip_profiles()[slips], calendar or Workdays.china())
