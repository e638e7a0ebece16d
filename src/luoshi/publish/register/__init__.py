"""The register (台账): the workbook that supervision offices and units work in, out and back in; and CSV."""

from luoshi.publish.register.applying import Applied, applied
from luoshi.publish.register.copies import copies_of, unit_copies
from luoshi.publish.register.reading import named
from luoshi.publish.register.returned import Change, Returned, returned
from luoshi.publish.register.table import register_csv, register_csv_of
from luoshi.publish.register.workbook import register, register_of

__all__ = [
    "Applied",
    "Change",
    "Returned",
    "applied",
    "copies_of",
    "named",
    "register",
    "register_csv",
    "register_csv_of",
    "register_of",
    "returned",
    "unit_copies",
]
