"""What supervision shows as tables, for people, for Excel and for other programs."""

from luoshi.publish.supervision.rows import agenda_rows, fate_rows, roll_rows
from luoshi.publish.supervision.sheets import TableName, as_csv, as_xlsx

__all__ = ["TableName", "agenda_rows", "as_csv", "as_xlsx", "fate_rows", "roll_rows"]
