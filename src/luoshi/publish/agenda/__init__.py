"""The agenda as a table for Excel and for other programs."""

from luoshi.publish.agenda.table import agenda_csv, agenda_rows, agenda_xlsx

__all__ = ["agenda_csv", "agenda_rows", "agenda_xlsx"]
