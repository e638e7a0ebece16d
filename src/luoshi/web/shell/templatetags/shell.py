"""``{% load shell %}``: the components of every page. Each draws one template of ``templates/shell/parts``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from luoshi.web.shell import charts
from luoshi.web.shell import language as speech
from luoshi.web.shell.lights import Lamp, lamp
from luoshi.web.shell.tables import Column, Table

register = template.Library()
Number = Decimal | float | None
TONES = {"note": ("i", "说明", "Note"), "good": ("✓", "完成", "Done"), "warning": ("!", "留意", "Warning")} | {
    "error": ("✕", "出错", "Error")
}


@register.simple_tag
def say(zh: str, en: str) -> str:
    """``{% say "总览" "Overview" %}``: the one the reader has chosen."""
    return speech.say(str(zh), str(en))


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file with a mark of its content: browsers keep it, and fetch it anew when it changed."""
    return f"{static(path)}?{_mark(path)}"


@cache
def _mark(path: str) -> str:
    found = finders.find(path)
    if not found:
        raise LookupError(f"no static file {path}")
    return sha256(Path(str(found)).read_bytes()).hexdigest()[:12]


@register.simple_tag
def both(zh: str, en: str) -> SafeString:
    """A heading in both languages, the reader's first."""
    if speech.in_english():
        return format_html('{} <span class="beside" lang="zh-Hans">{}</span>', en, zh)
    return format_html('{} <span class="beside" lang="en">{}</span>', zh, en)


@register.inclusion_tag("shell/parts/light.html")
def light(colour: str, hollow: bool = False, why: str = "", word: str = "") -> dict[str, Any]:
    """A light: colour, shape, word; a ring where it is ``hollow``. ``word`` says it in a profile's own words."""
    made = lamp(colour, hollow=hollow, why=why)
    return {"lamp": Lamp(made.colour, made.shape, word or made.word, hollow, why)}


@register.inclusion_tag("shell/parts/tag.html")
def tag(text: object, tone: str = "plain") -> dict[str, Any]:
    """A short word in a frame; ``tone``: plain, ink, good, warning, bad."""
    return {"text": text, "tone": tone}


@register.inclusion_tag("shell/parts/progress.html")
def progress(
    reported: Decimal | float | None, verified: Decimal | float | None, compact: bool = False
) -> dict[str, Any]:
    """Both numbers of an item, in per cent: what the unit says and what was verified."""
    return {"reported": reported, "verified": verified, "compact": compact}


@register.inclusion_tag("shell/parts/table.html", takes_context=True)
def table(context: template.Context, table: Table) -> dict[str, Any]:
    """A :class:`luoshi.web.shell.tables.Table`."""
    return {"table": table, "request": context.get("request")}


@register.inclusion_tag("shell/parts/pager.html", takes_context=True)
def pager(context: template.Context, page: Any) -> dict[str, Any]:
    """Links to the pages of a list."""
    around = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "around": list(around), "gap": page.paginator.ELLIPSIS, "request": context.get("request")}


@register.filter
def cell(row: Mapping[str, Any], column: Column) -> Any:
    """The cell of ``row`` in ``column``; nothing where the row has none."""
    return row.get(column.key)


@register.inclusion_tag("shell/parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A field of a form with its label, hint and errors."""
    kind = getattr(bound.field.widget, "input_type", "text") or "text"
    return {"field": bound, "kind": "boxes" if bound.use_fieldset else kind}


@register.inclusion_tag("shell/parts/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """The summary of a form's errors, each a link to its field."""
    return {"form": form, "count": sum(len(found) for found in form.errors.values())}


@register.inclusion_tag("shell/parts/filters.html", takes_context=True)
def filters(context: template.Context, form: BaseForm) -> dict[str, Any]:
    """A form of GET above a list; what is set stands below it, each with a way to take it off."""
    data = form.data
    given = [bound for bound in form if data.get(bound.html_name) and not bound.is_hidden]
    return {"form": form, "active": [(bound, _shown(bound)) for bound in given], "request": context.get("request")}


def _shown(bound: BoundField) -> str:
    """The value of ``bound`` as its choices call it."""
    value = str(bound.value())
    choices = getattr(bound.field, "choices", ())
    return next((str(word) for key, word in choices if str(key) == value), value)


@register.inclusion_tag("shell/parts/upload.html")
def upload(bound: BoundField, kinds: str = "", most: str = "") -> dict[str, Any]:
    """A place to choose or drop files: ``kinds`` and ``most`` say in words what is taken."""
    return {"field": bound, "kinds": kinds, "most": most}


@register.inclusion_tag("shell/parts/breadcrumbs.html")
def breadcrumbs(trail: Sequence[tuple[object, str]], here: object) -> dict[str, Any]:
    """The way to this page: pairs of a title and an address, then ``here``."""
    return {"trail": trail, "here": here}


@register.inclusion_tag("shell/parts/tabs.html")
def tabs(tabs: Sequence[tuple[object, str]], current: str, label: object = "") -> dict[str, Any]:
    """Links to the parts of one thing: pairs of a title and an address; ``current`` is the address shown."""
    return {"tabs": tabs, "current": current, "label": label or speech.say("本页各部分", "Parts of this page")}


@register.inclusion_tag("shell/parts/timeline.html")
def timeline(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What happened, newest first: mappings of ``when`` (day or time), ``who``, ``what``, ``detail``, ``tone``."""
    return {"entries": [{**entry, "timed": isinstance(entry["when"], datetime)} for entry in entries]}


@register.filter
def digits(value: Decimal) -> str:
    """A number without the noughts that say nothing: 12.50 is 12.5, 1E+2 is 100."""
    return f"{value.normalize():f}"


@register.inclusion_tag("shell/parts/line_chart.html")
def line_chart(chart: charts.LineChart) -> dict[str, Any]:
    """A :class:`luoshi.web.shell.charts.LineChart` with its numbers as a table beside it."""
    return {"chart": chart}


@register.inclusion_tag("shell/parts/part_bar.html")
def part_bar(counts: Mapping[str, int], title: object = "", words: Mapping[str, str] | None = None) -> dict[str, Any]:
    """How many of each light, as one bar and in words; ``counts`` by colour."""
    named = words or {}
    rows = [(colour, named.get(colour) or lamp(colour).word, counts.get(colour, 0)) for colour in lamp_colours()]
    drawn = charts.parts(rows)
    return {"parts": drawn, "total": sum(part.count for part in drawn), "title": title}


def lamp_colours() -> tuple[str, ...]:
    """Worst first, as a reader looks for them."""
    return ("red", "yellow", "green", "blue", "stale", "grey")


@register.simple_block_tag
def banner(content: str, tone: str = "note", title: str = "") -> SafeString:
    """A message across the page; ``tone``: note, good, warning, error. Its first word says which."""
    sign, zh, en = TONES[tone]
    role = "alert" if tone == "error" else "status"
    return format_html(
        '<div class="banner banner-{}" role="{}"><span class="banner-sign" aria-hidden="true">{}</span>'
        '<div><strong class="banner-title">{}</strong>{}</div></div>',
        *(tone, role, sign, title or speech.say(zh, en), mark_safe(content)),
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """What stands where a list has nothing: ``title`` says so, the content says what to do."""
    return format_html(
        '<div class="empty"><p class="empty-title">{}</p>{}</div>',
        *(title, mark_safe(content)),
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:  # noqa: A002 -- it is the element's id
    """A dialog over the page, opened by ``{% opens id text %}``, with script or without."""
    return format_html(
        '<dialog id="{}" class="dialog" aria-labelledby="{}-title"><form method="dialog" class="dialog-close">'
        '<button class="button button-quiet" aria-label="{}">✕</button></form>'
        '<h2 id="{}-title">{}</h2>{}</dialog>',
        *(id, id, speech.say("关闭", "Close"), id, title, mark_safe(content)),
    )


@register.simple_tag
def opens(id: str, text: str, look: str = "") -> SafeString:  # noqa: A002 -- it is the dialog's id
    """The button that opens a dialog; ``look``: primary, quiet, danger."""
    return format_html(
        '<a class="button{}" href="#{}" role="button" data-opens="{}">{}</a>',
        *(f" button-{look}" if look else "", id, id, text),
    )
