"""From a schedule to its tables."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook

from luoshi.publish.register.safe import guarded, like_a_formula, plain
from luoshi.schedule import PlannedItem, PlannedStep, Schedule, quarters

SHEETS = ("items", "steps", "quarters", "left_out", "problems")
Value = str | int | date | None
Row = dict[str, Value]
_FONT = "宋体"


def timetable(schedule: Schedule) -> bytes:
    """The workbook: a sheet for each of :data:`SHEETS`, headings frozen, filters on, dates as dates."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "constant_memory": False})
    book.set_properties({"title": plain(schedule.title, _cut()), "created": _midnight(schedule.today)})
    head = book.add_format({"bold": True, "font_name": _FONT, "border": 1, "bg_color": "#E9EDF3", "text_wrap": True})
    body = {
        "font_name": _FONT,
        "font_size": 10,
        "border": 1,
        "border_color": "#C9CED6",
        "text_wrap": True,
        "valign": "top",
    }
    forms = {
        "text": book.add_format(body),
        "date": book.add_format(body | {"num_format": "yyyy-mm-dd"}),
        "marked": book.add_format(body | {"quote_prefix": True}),
    }
    for name in SHEETS:
        _sheet(book, name, list(table(schedule, name)), head, forms)
    book.close()
    return out.getvalue()


def timetable_csv(schedule: Schedule, name: str) -> bytes:
    """One of :data:`SHEETS` as CSV (RFC 4180, UTF-8 with a byte order mark); formulas are made harmless."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    columns = _about(name)["columns"]
    writer.writerow(column["zh"] for column in columns)
    for row in table(schedule, name):
        writer.writerow(_field(row.get(column["key"])) for column in columns)
    return out.getvalue().encode("utf-8-sig")


def table(schedule: Schedule, name: str) -> Iterator[Mapping[str, Value]]:
    """The rows of one of :data:`SHEETS`."""
    titles = {item.id: item for item in schedule.items}
    match name:
        case "items":
            yield from map(_item, schedule.items)
        case "steps":
            yield from (_step(step, titles[step.item].title) for step in schedule.steps)
        case "quarters":
            yield from _quarters(schedule)
        case "left_out":
            yield from ({"id": one.id, "title": one.title, "why": one.why} for one in schedule.left_out)
        case "problems":
            for one in schedule.problems:
                yield {"code": one.code, "message": one.message, "why": one.why, "advice": one.advice}
        case _:
            raise KeyError(name)


def _item(item: PlannedItem) -> Row:
    return {
        "id": item.id, "title": item.title, "unit": item.unit, "procedure_name": item.procedure_name, "why": item.why,
        "basis": _label(item.basis), "deadline": item.deadline, "must_start": item.must_start, "finish": item.finish,
        "late": max(item.late, 0), "certainty": _label(item.certainty), "words": item.words,
        "assumptions": "\n".join(item.assumptions),
    }  # fmt: skip


def _step(step: PlannedStep, title: str) -> Row:
    latest = step.latest
    return {
        "item": step.item, "item_title": title, "key": step.key, "name": step.name, "unit": step.unit,
        "state": _label(step.state), "days": step.days, "paused": step.paused or None, "count": _label(step.count),
        "earliest_start": step.earliest.start, "earliest_finish": step.earliest.finish,
        "planned_start": step.planned.start, "planned_finish": step.planned.finish,
        "latest_start": latest.start if latest else None, "latest_finish": latest.finish if latest else None,
        "slack": step.slack, "critical": _label("yes") if step.critical else None, "window": step.window,
        "limit": step.limit, "source": step.source,
    }  # fmt: skip


def _quarters(schedule: Schedule) -> Iterator[Row]:
    years = range(schedule.today.year, max((step.planned.finish.year for step in schedule.steps), default=0) + 1)
    items = {item.id: item for item in schedule.items}
    for year in years:
        found: dict[str, Row] = defaultdict(dict)
        for quarter in quarters(schedule, year):
            found[quarter.item][f"q{quarter.nth}"] = f"{quarter.words}（{quarter.share}%）"
        for name, row in found.items():
            about: Row = {"id": name, "title": items[name].title, "unit": items[name].unit, "year": year}
            yield about | row


def _sheet(book: Workbook, name: str, rows: list[Mapping[str, Value]], head: Any, forms: dict[str, Any]) -> None:
    about = _about(name)
    page = book.add_worksheet(about["title"])
    columns = about["columns"]
    for at, column in enumerate(columns):
        page.write_string(0, at, f"{column['zh']}\n{column['en']}", head)
        page.set_column(at, at, column["width"])
    for nth, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            _cell(page, nth, at, row.get(column["key"]), forms)
    page.set_row(0, 32)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _cell(page: Any, nth: int, at: int, value: Value, forms: dict[str, Any]) -> None:
    if isinstance(value, date):
        page.write_datetime(nth, at, _midnight(value), forms["date"])
    elif isinstance(value, int):
        page.write_number(nth, at, value, forms["text"])
    elif value:
        text = plain(value, _cut())
        page.write_string(nth, at, text, forms["marked" if like_a_formula(text) else "text"])
    else:
        page.write_blank(nth, at, None, forms["text"])


def _midnight(day: date) -> Any:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 — a day, not a moment


def _field(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else guarded(plain(str(value), _cut()))


def _label(name: str) -> str:
    return str(_data()["labels"][name])


def _cut() -> str:
    return _label("cut")


def _about(name: str) -> dict[str, Any]:
    found: dict[str, Any] = _data()[name]
    return found


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
