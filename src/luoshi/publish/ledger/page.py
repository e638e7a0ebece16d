"""The ledger as one page of HTML that needs nothing else: no address, no font, no script from anywhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib import resources
from typing import Any

from luoshi.compare import Comparison, Promise, Quote
from luoshi.publish.labels import label
from luoshi.publish.ledger.grid import Group, Row, grid
from luoshi.publish.ledger.wording import DENSE, both, brief, heading, promised, subtitle, summary, words

_SHOWN = 3
_CELL = 2


def ledger_page(comparison: Comparison) -> bytes:
    """The ledger of ``comparison`` as HTML in UTF-8; the same comparison always gives the same bytes.

    It opens without a network: style, script and data stand in the file, and it asks for no address.
    """
    groups = grid(comparison)
    fixed = words()
    dense = len(comparison.reports) > DENSE
    page = _part("page.html")
    for name, text in {
        "title": escape(heading(comparison)),
        "english": escape(fixed["english"]),
        "subtitle": escape(subtitle(comparison)),
        "summary": escape(summary(comparison)),
        "style": _part("page.css"),
        "symbols": "".join(_symbols()),
        "legend": "".join(_legend(comparison)),
        "columns": str(len(comparison.reports)),
        "table": _table(comparison, groups, dense=dense),
        "density": "dense" if dense else "roomy",
        "data": _data(comparison),
        "script": _part("page.js"),
        **{f"word_{key}": escape(text) for key, text in fixed["page"].items()},
    }.items():
        page = page.replace(f"{{{{{name}}}}}", text)
    return page.encode("utf-8", "replace")


@cache
def _part(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


_OUTLINES = {
    "circle": '<circle cx="12" cy="12" r="11"/>',
    "square": '<rect x="1.5" y="1.5" width="21" height="21" rx="1.5"/>',
    "diamond": '<path d="M12 0 24 12 12 24 0 12Z"/>',
    "hexagon": '<path d="M6 1.6h12L24 12l-6 10.4H6L0 12Z"/>',
    "dashed": '<rect x="2" y="2" width="20" height="20" rx="3" stroke="#8a929e" stroke-width="1.6" '
    'stroke-dasharray="3 2.4"/>',
    "ring": '<circle cx="12" cy="12" r="10.4" stroke="#1d4f91" stroke-width="1.6"/>',
}


def _symbols() -> Iterator[str]:
    """Every verdict's mark once: its outline, its colour, its sign."""
    for name, one in words()["verdicts"].items():
        size = 11 if one["shape"] in ("diamond", "hexagon") else 13
        yield (
            f'<symbol id="v-{name}" viewBox="0 0 24 24"><g fill="{one["fill"]}">{_OUTLINES[one["shape"]]}</g>'
            f'<text x="12" y="{12 + size * 0.36:.1f}" text-anchor="middle" font-size="{size}" font-weight="700" '
            f'fill="{one["ink"]}">{one["sign"]}</text></symbol>'
        )


def _mark(verdict: str) -> str:
    return f'<svg class="mark" aria-hidden="true"><use href="#v-{verdict}"/></svg>'


def _legend(comparison: Comparison) -> Iterator[str]:
    counts = Counter(one.verdict for one in comparison.promises)
    for name in words()["verdicts"]:
        yield (
            f'<button type="button" class="key" aria-pressed="true" data-verdict="{name}">{_mark(name)}'
            f"<span>{escape(label('verdict', name))}</span><b>{counts[name]}</b></button>"
        )


def _table(comparison: Comparison, groups: Sequence[Group], *, dense: bool) -> str:
    years = [report.id for report in comparison.reports]
    gaps = {report.id for before, report in zip(comparison.reports, comparison.reports[1:], strict=False)
            if report.year - before.year > 1}  # fmt: skip
    heads = "".join(f'<th scope="col"{" class=gap" if year in gaps else ""}><span>{year}</span></th>' for year in years)
    corner = f'<th scope="col" class="corner"><span class="sr">{escape(words()["page"]["promise"])}</span></th>'
    parts = [f"<thead><tr>{corner}{heads}</tr></thead>"]
    for group in groups:
        parts.append(
            f'<tbody><tr class="group"><th scope="rowgroup" colspan="{len(years) + 1}">'
            f"<span>{escape(group.name)}</span></th></tr>"
        )
        parts += [_row(row, years, gaps, dense=dense) for row in group.rows]
        parts.append("</tbody>")
    return "".join(parts)


def _row(row: Row, years: Sequence[str], gaps: set[str], *, dense: bool) -> str:
    cells = []
    for year in years:
        found = row.cells.get(year, ())
        inside = _inside(found, row, year, dense=dense)
        cells.append(f"<td{' class=gap' if year in gaps else ''}>{inside}</td>")
    return f'<tr data-name="{escape(row.name)}"><th scope="row">{escape(row.name)}</th>{"".join(cells)}</tr>'


def _inside(found: Sequence[Promise], row: Row, year: str, *, dense: bool) -> str:
    """What stands in a cell: a mark a promise; of more than a few the first and one button for all."""
    if not found:
        return ""
    if row.tally:
        return _tally(found, row, year)
    if len(found) <= _CELL:
        return "".join(_chip(one, dense=dense) for one in found)
    return _chip(found[0], dense=dense) + _tally(found, row, year)


def _chip(one: Promise, *, dense: bool) -> str:
    said = f"{one.report}{words()['page']['year']} {one.name} {promised(one)} {label('verdict', one.verdict)}"
    word = escape(label("verdict", one.verdict))
    shown = brief(one) if dense else both(one)
    return (
        f'<button type="button" class="cell" tabindex="-1" data-id="{one.id}" data-verdict="{one.verdict}" '
        f'aria-label="{escape(said)}" title="{escape(said)}">{_mark(one.verdict)}'
        f'<span class="word">{word}</span><span class="number">{escape(shown)}</span></button>'
    )


def _tally(found: Sequence[Promise], row: Row, year: str) -> str:
    """A cell that stands for many promises: how many, and a bar of what became of them."""
    counts = Counter(one.verdict for one in found)
    colours = words()["verdicts"]
    bar = "".join(f'<i class="{name}" style="flex:{counts[name]}"></i>' for name in colours if counts[name])
    told = "，".join(f"{label('verdict', name)} {counts[name]}" for name in colours if counts[name])
    said = escape(f"{year}{words()['page']['year']} {row.name} {len(found)}：{told}")
    ids = " ".join(one.id for one in found)
    return (
        f'<button type="button" class="tally" tabindex="-1" data-ids="{ids}" aria-label="{said}" title="{said}">'
        f"<b>{len(found)}</b><span class=bar>{bar}</span></button>"
    )


# ── data for the script ──────────────────────────────────────────────────────────────────────────────────────────────


def _data(comparison: Comparison) -> str:
    """What the panel shows, by promise; every sentence once. Nothing in it can end the script element."""
    sentences: dict[str, int] = {}
    promises = {one.id: _promise(one, sentences) for one in comparison.promises}
    fixed = words()
    verdicts = {name: label("verdict", name) for name in fixed["verdicts"]}
    whole = {"promises": promises, "sentences": list(sentences), "verdicts": verdicts, "words": fixed["page"]}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _promise(one: Promise, sentences: dict[str, int]) -> dict[str, Any]:
    outcome = one.outcome
    shown: dict[str, Any] = {
        "name": one.name,
        "kind": label("kind", one.kind),
        "verdict": one.verdict,
        "due": str(one.due),
        "promise": _quote(one.quote, sentences),
        "outcome": [_quote(quote, sentences) for quote in outcome.quotes],
        "sum": outcome.arithmetic,
        "why": outcome.because,
        "state": label("state", outcome.state) if outcome.state else "",
        "notes": list(outcome.notes),
        "also": [_quote(quote, sentences) for quote in one.also],
        "again": [quote.report for quote in one.carried_to],
        "others": [
            {**_quote(each.quote, sentences), "score": each.score}
            for each in one.candidates[:_SHOWN]
            if not any(_overlap(each.quote, quote) for quote in outcome.quotes)
        ],
    }
    if one.decided:
        shown["decided"] = [one.decided.who or "", one.decided.when or "", one.decided.why or ""]
    return {key: value for key, value in shown.items() if value}


def _overlap(one: Quote, other: Quote) -> bool:
    return one.report == other.report and one.start < other.end and other.start < one.end


def _quote(quote: Quote, sentences: dict[str, int]) -> dict[str, Any]:
    """A quote as the page keeps it: its sentence by number, and where in it the words stand."""
    found = {"r": quote.report, "a": quote.start, "z": quote.end}
    if quote.sentence_start is None:
        return {**found, "t": quote.text}
    number = sentences.setdefault(quote.sentence, len(sentences))
    at = quote.start - quote.sentence_start
    return {**found, "s": number, "m": [at, min(at + quote.end - quote.start, len(quote.sentence))]}
