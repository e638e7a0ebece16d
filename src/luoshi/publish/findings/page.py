"""Findings as one HTML page that needs nothing else: the report's paragraphs, and beside each what was found in it."""

from __future__ import annotations

from html import escape
from importlib import resources
from itertools import pairwise

from luoshi.check import Diagnostic, Place, Result
from luoshi.plan import Plan
from luoshi.problems import Problem, Severity
from luoshi.publish.findings.places import Lines

_SHAPES: dict[Severity, tuple[str, str, str]] = {
    "error": ("✖", "错误", "error"),
    "warning": ("▲", "提醒", "warning"),
    "note": ("•", "说明", "note"),
}
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), 127, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�")


def page(result: Result, plan: Plan, text: str | None = None) -> str:
    """The page. Without the text only the findings are shown, each with its words."""
    found = list(enumerate(result.found, 1))
    body = _paragraphs(found, text) if text is not None else [_row("", [_card(at, one, None) for at, one in found], 0)]
    template = resources.files(__package__).joinpath("page.html").read_text(encoding="utf-8")
    filled = {
        "title": _clean(plan.document.title or plan.document.source or "报告"),
        "style": resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8"),
        "script": resources.files(__package__).joinpath("page.js").read_text(encoding="utf-8"),
        "filters": "".join(_filter(result, severity) for severity in _SHAPES),
        "problems": "".join(_problem(one) for one in result.problems),
        "rows": "\n".join(body),
        "passed": _passed(result),
        "none": "" if found else '<p class="none">没有发现问题 · <span lang="en">nothing was found</span></p>',
    }
    for name, words in filled.items():
        template = template.replace(f"<!--{name}-->", words)
    return template


def _paragraphs(found: list[tuple[int, Diagnostic]], text: str) -> list[str]:
    """A row a paragraph, with the findings that begin in it."""
    lines = Lines(text)
    count = lines.at(len(text)).line
    rows = []
    for line in range(1, count + 1):
        start, end = lines.span(line)
        here = [(at, one) for at, one in found if start <= one.place.start <= end]
        if text[start:end].strip() or here:
            rows.append(_row(_marked(text, start, end, found), [_card(at, one, lines) for at, one in here], line))
    return rows


def _marked(text: str, start: int, end: int, found: list[tuple[int, Diagnostic]]) -> str:
    """A paragraph with the words of every finding marked, the gravest winning where findings overlap."""
    spans = [(max(one.place.start, start), min(one.place.end, end), at, one) for at, one in found]
    spans = [span for span in spans if span[0] < span[1]]
    cuts = sorted({start, end, *(span[0] for span in spans), *(span[1] for span in spans)})
    parts = []
    for left, right in pairwise(cuts):
        over = [
            (list(_SHAPES).index(one.severity), at, one)
            for first, last, at, one in spans
            if first <= left and right <= last
        ]
        words = _clean(text[left:right])
        if over:
            _, at, one = min(over, key=lambda three: three[:2])
            words = f'<a class="mark {one.severity}" href="#f{at}">{words}</a>'
        parts.append(words)
    return "".join(parts)


def _row(words: str, cards: list[str], line: int) -> str:
    quiet = "" if cards else " quiet"
    number = f'<span class="line">{line}</span>' if line else ""
    beside = f'<div class="cards">{"".join(cards)}</div>'
    return f'<section class="row{quiet}">{number}<p class="words">{words}</p>{beside}</section>'


def _card(at: int, one: Diagnostic, lines: Lines | None) -> str:
    shape, chinese, english = _SHAPES[one.severity]
    position = lines.at(one.place.start) if lines else None
    where = f"{position.line}:{position.column}" if position else f"第 {one.place.start} 字"
    related = "".join(_related(place, lines) for place in one.related)
    sum_ = f'<p class="sum">{_clean(one.sum)}</p>' if one.sum else ""
    return (
        f'<article class="card {one.severity}" id="f{at}" tabindex="0" data-severity="{one.severity}" '
        f'aria-label="{chinese} {one.code} {_clean(one.rule.title)}">'
        f'<h3><span class="shape" aria-hidden="true">{shape}</span> {chinese} <span lang="en">{english}</span> '
        f"<b>{one.code}</b> {_clean(one.rule.title)}</h3>"
        f'<p class="where">{where} {_clean(one.section)}</p><p>{_clean(one.message)}</p>{sum_}'
        + (f'<ul class="related">{related}</ul>' if related else "")
        + f"<dl><dt>为何</dt><dd>{_clean(one.rule.why)}</dd><dt>怎么办</dt><dd>{_clean(one.rule.advice)}</dd></dl>"
        f'<p lang="en" class="english">{_clean(f"{one.rule.title_en}. {one.english} {one.rule.advice_en}")}</p>'
        f'<p class="key">记号 <span lang="en">mark</span> <code>{one.mark}</code></p></article>'
    )


def _related(place: Place, lines: Lines | None) -> str:
    position = lines.at(place.start) if lines and not place.earlier else None
    where = f"{position.line}:{position.column} " if position else ""
    return f"<li>{where}{_clean(place.note)} “{_clean(place.text)}”</li>"


def _filter(result: Result, severity: Severity) -> str:
    shape, chinese, english = _SHAPES[severity]
    count = sum(one.severity == severity for one in result.found)
    return (
        f'<label class="{severity}"><input type="checkbox" checked value="{severity}"> {shape} {chinese} '
        f'<span lang="en">{english}</span> {count}</label>'
    )


def _passed(result: Result) -> str:
    listed = [f"<li>{one.code} “{_clean(one.place.text)}” — {_clean(by.reason)}</li>" for one, by in result.passed]
    listed += [
        f'<li>没有用上 · <span lang="en">unused</span>: {_clean(str(by))} — {_clean(by.reason)}</li>'
        for by in result.unused
    ]
    if not listed:
        return ""
    summary = f'<summary>放过的 · <span lang="en">suppressed</span> {len(listed)}</summary>'
    return f"<details>{summary}<ul>{''.join(listed)}</ul></details>"


def _problem(one: Problem) -> str:
    return f'<p class="problem"><b>{one.code}</b> {_clean(one.message)} {_clean(one.advice)}</p>'


def _clean(words: str) -> str:
    """Words that can neither become markup nor turn the direction of the line."""
    return escape(words.translate(_CONTROLS))
