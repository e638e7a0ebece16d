"""The tables of a schedule: items, steps, quarterly state of work, what was left out; as a workbook and as CSV."""

from luoshi.publish.timetable.tables import SHEETS, timetable, timetable_csv

__all__ = ["SHEETS", "timetable", "timetable_csv"]
