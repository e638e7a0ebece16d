"""A year in the sample district, played through the rules: who did what on which day, for demonstrations and tests."""

from luoshi.rehearsal.cast import Cast, Leader, Unit, cast
from luoshi.rehearsal.playing import TODAY, Step, Unplayable, docket, opening, steps
from luoshi.rehearsal.readings import clusters_table, readings_table

__all__ = [
    "TODAY", "Cast", "Leader", "Step", "Unit", "Unplayable", "cast", "clusters_table", "docket", "opening",
    "readings_table", "steps",
]  # fmt: skip
