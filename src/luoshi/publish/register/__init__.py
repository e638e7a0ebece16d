"""The register (台账): a plan as the workbook that supervision offices and units work in, and as CSV for programs."""

from luoshi.publish.register.table import register_csv
from luoshi.publish.register.workbook import register

__all__ = ["register", "register_csv"]
