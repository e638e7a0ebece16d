"""The register as an Excel workbook, made in memory: the same plan always gives the same bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from luoshi.plan import Plan
from luoshi.publish.register.cells import Row
from luoshi.publish.register.columns import Sheet, sheet, words
from luoshi.publish.register.given import given_rows
from luoshi.publish.register.notes import write_notes
from luoshi.publish.register.painting import Painter
from luoshi.publish.register.rows import Rows
from luoshi.publish.register.safe import plain
from luoshi.source import Document

if TYPE_CHECKING:
    from luoshi.publish.dossier import Dossier

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def register(plan: Plan, document: Document) -> bytes:
    """The register of ``plan`` as an xlsx file: 任务台账, 指标数据, 承诺明细, 数字阶梯 and 说明.

    ``document`` is the text that the plan was read from; whole sentences come from it. No cell is a formula or a link.
    """
    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties(_properties(plan))
    rows, painter = Rows(plan, document), Painter(book, heading(plan), _footing(plan))
    _table(painter, sheet("items", states=False), rows.items())
    _others(painter, rows)
    write_notes(painter, plan)
    book.close()
    return out.getvalue()


def register_of(whole: Dossier, unit: str = "", names: Collection[str] = ()) -> bytes:
    """The register of ``whole`` with the state of every matter, locked but for what may be filled in.

    With ``unit`` it is that unit's copy: the matters it has a part in, where its own may be filled in by it. ``names``
    are those that matters know it by, where they are more than ``unit``. What comes back is read by
    :func:`luoshi.publish.register.returned`.
    """
    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties(_properties(whole.plan) | {"created": datetime.combine(whole.today, time())})
    title = heading(whole.plan)
    title = words()["states"]["of_unit"].format(title=title, unit=plain(unit, "")) if unit else title
    rows, painter = Rows(whole.plan, whole.document), Painter(book, title, _footing(whole.plan), locked=True)
    _table(painter, sheet("items"), given_rows(whole, rows, names or ((unit,) if unit else ())))
    if not unit:
        _others(painter, rows)
    state = {"today": str(whole.today), "profile": whole.rules.profile.zh} | ({"unit": unit} if unit else {})
    write_notes(painter, whole.plan, state)
    book.close()
    return out.getvalue()


def _others(painter: Painter, rows: Rows) -> None:
    _table(painter, sheet("figures"), rows.figures())
    _table(painter, sheet("commitments"), rows.commitments())
    _table(painter, sheet("ladder"), rows.ladder())


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
