"""What changed between two versions of a plan, as an Excel sheet."""

from __future__ import annotations

from luoshi.compare import Change, Difference, Quote, Shift
from luoshi.publish.labels import label
from luoshi.publish.ledger.sheets import Book, Value
from luoshi.publish.ledger.wording import words


def difference_workbook(difference: Difference) -> bytes:
    """The changes of ``difference`` as an xlsx file, those that ask for less first. No cell is a formula or a link."""
    fixed = words()["difference"]
    report = difference.new or difference.old
    place = report.place if report else ""
    book = Book(f"{place or ''}{fixed['title']}", fixed["title"], report.year if report else 1980)
    looks = {("kind", name): {"bg_color": fill, "bold": True} for name, fill in fixed["fills"].items()}
    rows = [_row(one) for one in difference.changes]
    book.table(book.sheet(fixed["sheet"]), fixed["columns"], rows, freeze=1, looks=looks)
    return book.finished()


def difference_rows(difference: Difference) -> tuple[list[str], list[list[Value]]]:
    """The same sheet as headings and rows, for whoever writes another kind of file."""
    columns = words()["difference"]["columns"]
    found = map(_row, difference.changes)
    return [column["zh"] for column in columns], [[one.get(column["key"]) for column in columns] for one in found]


def _row(one: Change) -> dict[str, Value]:
    return {
        "_look": one.kind,
        "kind": kind(one),
        "old": one.old.text if one.old else "",
        "new": one.new.text if one.new else "",
        "shifts": "\n".join(map(shift, one.shifts)),
        "old_section": one.old_section,
        "new_section": one.new_section,
        "old_span": _span(one.old),
        "new_span": _span(one.new),
    }


def kind(one: Change) -> str:
    """How a promise changed, as shape and word."""
    fixed = words()["difference"]
    return f"{fixed['signs'][one.kind]} {fixed['kinds'][one.kind]}"


def shift(one: Shift) -> str:
    """One thing that changed, in words: ``数：7.5% → 7%``."""
    group = {"comparator": "comparator", "strength": "strength"}.get(one.aspect)
    old, new = (label(group, text) if group and text else text or "—" for text in (one.old, one.new))
    return f"{words()['difference']['aspects'][one.aspect]}：{old} → {new}"


def _span(quote: Quote | None) -> str:
    return f"{quote.start}–{quote.end}" if quote else ""
