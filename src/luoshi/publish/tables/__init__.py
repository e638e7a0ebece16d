"""Plans as tables for statistics: one row a figure, a commitment or an item, with the facts of its report."""

from luoshi.publish.tables.rows import Column, Row, TableName, columns, rows

__all__ = ["Column", "Row", "TableName", "columns", "rows"]
