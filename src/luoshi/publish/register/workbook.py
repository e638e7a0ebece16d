"""The register as an Excel workbook, made in memory: the same plan always gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from luoshi.plan import Plan
from luoshi.publish.register.columns import Sheet, sheet, words
from luoshi.publish.register.notes import write_notes
from luoshi.publish.register.painting import Painter
from luoshi.publish.register.rows import Row, Rows
from luoshi.publish.register.safe import plain
from luoshi.source import Document

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def register(plan: Plan, document: Document) -> bytes:
    """The register of ``plan`` as an xlsx file: 任务台账, 指标数据, 承诺明细, 数字阶梯 and 说明.

    ``document`` is the text that the plan was read from; whole sentences come from it. No cell is a formula or a link.
    """
    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties(_properties(plan))
    rows, painter = Rows(plan, document), Painter(book, heading(plan), _footing(plan))
    _table(painter, sheet("items"), rows.items())
    _table(painter, sheet("figures"), rows.figures())
    _table(painter, sheet("commitments"), rows.commitments())
    _table(painter, sheet("ladder"), rows.ladder())
    write_notes(painter, plan)
    book.close()
    return out.getvalue()


def heading(plan: Plan) -> str:
    """The register's title: place, years, what it is."""
    facts = plan.document
    years = f"{facts.year}年" if facts.year else ""
    if facts.term and facts.term[0].year != facts.term[1].year:
        years = f"{facts.term[0].year}—{facts.term[1].year}年"
    return plain(f"{facts.place or ''}{years}{words()['title']}", "")


def _footing(plan: Plan) -> str:
    return plain(" ".join(filter(None, (plan.document.source, plan.document.sha256[:16]))), "")


def _properties(plan: Plan) -> dict[str, Any]:
    """What the file says about itself; its date is the report's, never the clock's."""
    facts = plan.document
    year = facts.year if facts.year and 1900 <= facts.year <= 9999 else 1980
    moment = datetime.combine(facts.term[0] if facts.term else date(year, 1, 1), time())
    return {"title": heading(plan), "subject": plain(facts.title, ""), "comments": _footing(plan), "created": moment}


def _table(painter: Painter, about: Sheet, rows: Iterable[Row]) -> None:
    page = painter.page(about)
    last = painter.heads(page, about) - 1
    for row in rows:
        last += 1
        painter.line(page, about, last, row)
    painter.finish(page, about, last)
