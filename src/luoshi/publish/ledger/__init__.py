"""The ledger of promises (承诺总账): what was promised and what became of it, as a page, a PDF and a workbook."""

from luoshi.publish.ledger.difference import difference_rows, difference_workbook
from luoshi.publish.ledger.difference import kind as change_kind
from luoshi.publish.ledger.difference import shift as change_shift
from luoshi.publish.ledger.page import ledger_page
from luoshi.publish.ledger.printing import ledger_pdf
from luoshi.publish.ledger.wording import shapes
from luoshi.publish.ledger.workbook import ledger_rows, ledger_workbook

__all__ = [
    "change_kind",
    "change_shift",
    "difference_rows",
    "difference_workbook",
    "ledger_page",
    "ledger_pdf",
    "ledger_rows",
    "ledger_workbook",
    "shapes",
]
