"""Scheduling: deadlines backwards through procedures, forwards from today, with the reason for every date."""

from luoshi.schedule.drafting import Progress, Setting
from luoshi.schedule.knowing import Known, know
from luoshi.schedule.levelling import Effort
from luoshi.schedule.moves import Move, moves
from luoshi.schedule.quarters import Quarter, quarters
from luoshi.schedule.result import ChainLink, Dates, LeftOut, Overlap, PlannedItem, PlannedStep, Schedule
from luoshi.schedule.scheduling import Trying, schedule

__all__ = [
    "ChainLink",
    "Dates",
    "Effort",
    "Known",
    "LeftOut",
    "Move",
    "Overlap",
    "PlannedItem",
    "PlannedStep",
    "Progress",
    "Quarter",
    "Schedule",
    "Setting",
    "Trying",
    "know",
    "moves",
    "quarters",
    "schedule",
]  # fmt: skip
