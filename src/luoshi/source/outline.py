"""The skeleton of a report: headings, paragraphs, sentences, and what stands beside the running text.

Everything is read from the folded text of :func:`luoshi.source.view.view`, and every offset counts its code points.
What a heading *means* is no business of this module; what it looks like is in ``outline.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from luoshi.source.sentences import CLOSERS, LEAST_BODY, STOP, Sentence, begun, inner_titles, lead_titles, sentences

__all__ = ["Aside", "Heading", "Outline", "Sentence", "outline"]

_NUMERAL = "一二三四五六七八九十"
_MARK = re.compile(
    rf"(?P<part>第[{_NUMERAL}]+(?:部分|章|篇|编)[ 、,:]*)"
    rf"|(?P<cn>[{_NUMERAL}]{{1,3}}、)"
    rf"|(?P<paren>\([{_NUMERAL}]{{1,3}}\)[、.]?)"
    rf"|(?P<num>\d{{1,2}}(?:[.、](?!\d)| +(?=[^\d\s年月日])))"
    rf"|(?P<numparen>\(?\d{{1,2}}\))"
    rf"|(?P<item>第[{_NUMERAL}]+[,、]|[{_NUMERAL}]{{1,2}}(?:是|要))"
    r"|(?P<dash>—{1,2} ?|-{2} ?|[●■◆▲★○])"
    r"|(?P<ring>[①-⑳])"
)
# Higher stands above lower: a heading closes every open one of its own rank or below.
_ORDER = ("major part", "cn", "paren", "plain", "num", "numparen", "item dash", "ring")
_RANK = {style: rank for rank, styles in enumerate(_ORDER) for style in styles.split()}
_LISTED = frozenset(("num", "numparen", "item", "dash", "ring"))
_RUN_ON = frozenset(("item", "dash", "ring"))
_END = frozenset("。!?;:…")
_FIGURE = re.compile(r"\d\.?\d*(?:[%亿万个家元亩所公吨户人项条套座]|以上)")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]|\((?:下转|上接|紧接|转|接)第?\w{1,4}版\)")
_PAGE = re.compile(r"[-—–]{1,2} ?\d{1,3}(?: ?[-—–]{1,2})?$|第 ?\d{1,3} ?页")
_DATED = re.compile(r"\(?\d{4}年\d{1,2}月(?:\d{1,2}日)?\)?")
_DATE = re.compile(r"\(?\d{4}年\d{1,2}月(?:\d{1,2}日)?")
_RUNG = re.compile(r"(?:\w\w)?[一二两三四五六七八九十]+[个大项种条类]\w{1,6}$")
_GAP = re.compile(r" {2,}")
_TABLE_ROWS = 6
_TABLE_CELL = 30
_OPENING_LINES = 14
_OPENING_LINE = 90
_SALUTATION = ("各位代表", "位代表:", "名位代表", "各位委员", "同志们", "代表们")
_YEARS = re.compile(r"(?:19|20)\d\d年|“?十[一二三四五六]五”?时期")
_CHARACTERS_A_LINE = 3000


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading ``text[start:end]`` and how far its section reaches (``until``); ``body`` is where its text begins.

    ``depth`` counts from 0; ``style`` is the kind of numbering (``cn`` 一、 ``paren`` （一） ``num`` 1. ``item`` 一是).
    """

    start: int
    end: int
    number: str
    title: str
    depth: int
    style: str
    body: int
    until: int


class Aside(NamedTuple):
    """A stretch that is no running text, and what it is instead."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Headings, paragraphs, sentences, the short titles that open paragraphs, and what was set aside; in text order."""

    headings: tuple[Heading, ...] = ()
    paragraphs: tuple[tuple[int, int], ...] = ()
    sentences: tuple[Sentence, ...] = ()
    titles: tuple[tuple[int, int], ...] = ()
    aside: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    major: re.Pattern[str]
    front: re.Pattern[str]
    greeting: tuple[str, ...]
    caption: re.Pattern[str]
    glossary: re.Pattern[str]
    chapter: re.Pattern[str]
    deeds: tuple[str, ...]
    length: dict[str, int]


@cache
def _words() -> _Words:
    raw = tomllib.loads(resources.files("luoshi.source").joinpath("outline.toml").read_text(encoding="utf-8"))
    major, front, caption = (re.compile("|".join(map(re.escape, raw[key]))) for key in ("major", "front", "caption"))
    glossary, chapter = re.compile(raw["glossary"]), re.compile(raw["chapter"])
    return _Words(major, front, tuple(raw["greeting"]), caption, glossary, chapter, tuple(raw["deeds"]), raw["length"])


class _Line(NamedTuple):
    start: int
    end: int


@dataclass(slots=True)
class _Found:
    """What one line turned out to be: a whole heading, a run-in heading, or text with an optional list mark."""

    line: _Line
    style: str = ""
    number: str = ""
    title: tuple[int, int] | None = None
    body: int = 0
    aside: str = ""


def outline(text: str, known: Sequence[tuple[int, int, int]] = ()) -> Outline:
    """The outline of ``text`` (a folded view). ``known`` are headings the file styled: (start, end, level)."""
    lines = _joined(text, _lines(text))
    styled = {start: level for start, _, level in known}
    found = _classify(text, lines, styled)
    headings = _tree(text, found)
    paragraphs, aside = _bodies(text, found)
    told = tuple(sentences(text, paragraphs, _sections(paragraphs, headings)))
    bodies, length = {heading.body for heading in headings}, _words().length
    sizes = (length["lead"], length["lead_long"])
    titles = {*lead_titles(text, paragraphs, told, bodies, sizes=sizes, deeds=_words().deeds)}
    titles.update(inner_titles(text, told))
    aside += [Aside(*m.span(), "mark") for m in _FOOTNOTE.finditer(text)]
    return Outline(headings, tuple(paragraphs), told, tuple(sorted(titles)), tuple(sorted(aside)))


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lines(text: str) -> list[_Line]:
    """Non-empty lines without the blanks around them; in a text saved without line ends, wide gaps divide it too."""
    rows: list[_Line] = []
    at, gaps = 0, text.count("\n") < 3 + len(text) // _CHARACTERS_A_LINE
    for row in text.split("\n"):
        cuts = {0, len(row)}
        if gaps:
            cuts |= {m.end() for m in _GAP.finditer(row)} | set(begun(row, _words().chapter))
        for a, b in pairwise(sorted(cuts)):
            piece = row[a:b]
            left = len(piece) - len(piece.lstrip())
            if piece := piece.strip():
                rows += _unglued(text, _Line(at + a + left, at + a + left + len(piece)), gaps)
        at += len(row) + 1
    return rows


_GLUED = re.compile(rf"[。!](?=[{_NUMERAL}]、[^。,;]{{4,24}}$)")


def _unglued(text: str, line: _Line, gaps: bool) -> Iterator[_Line]:
    """Split off a heading that was glued to the end of a paragraph (only where line ends were lost)."""
    cut = _GLUED.search(text, max(line.start, line.end - 32), line.end) if gaps else None
    if cut:
        yield _Line(line.start, cut.end())
        line = _Line(cut.end(), line.end)
    yield line


def _joined(text: str, lines: list[_Line]) -> list[_Line]:
    """Lines with those joined that a column or page end cut in the middle of a sentence."""
    out: list[_Line] = []
    for line in lines:
        if out and _continues(text, out[-1], line):
            out[-1] = _Line(out[-1].start, line.end)
        else:
            out.append(line)
    return out


def _continues(text: str, before: _Line, line: _Line) -> bool:
    if text[before.end - 1] in _END or text[before.end - 1] in CLOSERS or before.end - before.start < 20:
        return False
    if text[line.end - 1] not in "。;!?," or _MARK.match(text, line.start, line.end):
        return False
    if _MARK.match(text, before.start, before.end):
        return "。" in text[before.start : before.end]
    return any(c in ",。?" for c in text[before.start : before.end])


# ── headings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _classify(text: str, lines: list[_Line], styled: dict[int, int]) -> list[_Found]:
    words, table = _words(), _table_rows(text, lines)
    found = [_numbered(text, line, words.length) for line in lines]
    _demote_bare_items(found)
    opening = _opening(text, lines, words)
    for at, one in enumerate(found):
        line = one.line
        if at < opening:
            one.aside = "front"
        elif _PAGE.fullmatch(text, line.start, line.end):
            one.aside = "page"
        elif one.style == "" and line.end - line.start <= 10 and text.startswith(_SALUTATION, line.start):
            one.aside = "greeting"
        elif line.start in styled:
            _as_plain(text, one, "major" if styled[line.start] <= 1 else "plain")
        elif one.title is None and not one.style:
            _unnumbered(text, found, at, table, words)
        if one.aside:
            one.title, one.style, one.body = None, "", line.end
    return found


def _numbered(text: str, line: _Line, length: dict[str, int]) -> _Found:
    """Read a line's list mark, and the title after it if there is one."""
    mark = _MARK.match(text, line.start, line.end)
    if not mark:
        return _Found(line, body=line.start)
    style = str(mark.lastgroup)
    start = mark.end()
    one = _Found(line, style, mark.group().strip(), None, start)
    stop = _title_end(text, start, line.end, style)
    bare = stop == line.end
    limit = length["heading"] if bare else length["run_in"]
    if not 2 <= stop - start <= limit or (style in _LISTED and _FIGURE.search(text, start, stop)):
        return one
    if not bare and style in _LISTED and line.end - stop < LEAST_BODY:
        return one
    one.title, one.body = (start, stop), min(line.end, stop + 1)
    return one


def _title_end(text: str, start: int, end: int, style: str) -> int:
    """Where a title from ``start`` ends: before the first 。 (in lists also a colon), else ``end``; −1 if none."""
    for m in STOP.finditer(text, start, min(end, start + 80)):
        if m.group()[0] in "。!?;":
            return -1 if text[m.start()] == ";" else m.start()
    if end - start > 80:
        return -1
    colon = text.find(":", start, end) if style in _LISTED else -1
    return colon if start < colon < start + 25 else end


def _demote_bare_items(found: list[_Found]) -> None:
    """Numbered lines with nothing between them are a list of contents, not headings."""
    for at, one in enumerate(found):
        if one.title and one.body == one.line.end and one.style in _LISTED:
            after = found[at + 1] if at + 1 < len(found) else one
            if after.style == one.style:
                one.body, one.title = one.title[0], None


def _opening(text: str, lines: list[_Line], words: _Words) -> int:
    """How many lines at the top are title, date and byline."""
    for at, line in enumerate(lines[:_OPENING_LINES]):
        if text.startswith(_SALUTATION, line.start):
            return at
        mark = _MARK.match(text, line.start, line.end)
        if line.end - line.start > _OPENING_LINE or (mark and mark.lastgroup in ("part", "cn", "paren")):
            break
    count = 0
    for line in lines[:_OPENING_LINES]:
        short = line.end - line.start <= words.length["front"]
        if not short or text[line.end - 1] in "。;!?" or not _is_front(text, line, words):
            break
        count += 1
    return count


def _is_front(text: str, line: _Line, words: _Words) -> bool:
    if _DATE.match(text, line.start, line.end):
        return True
    if _MARK.match(text, line.start, line.end):
        return text[line.start] == "—"
    return bool(words.front.search(text, line.start, line.end)) and not words.major.search(text, line.start, line.end)


def _table_rows(text: str, lines: list[_Line]) -> set[int]:
    """Indexes of lines that belong to a flattened table: long runs of short lines that do not end a sentence."""
    rows: set[int] = set()
    run: list[int] = []
    for at, line in enumerate([*lines, None]):
        if line and line.end - line.start <= _TABLE_CELL and text[line.end - 1] not in _END:
            run.append(at)
            continue
        if len(run) > _TABLE_ROWS:
            rows.update(run)
        run = []
    return rows


def _unnumbered(text: str, found: list[_Found], at: int, table: set[int], words: _Words) -> None:
    """Decide whether a line without a number is a heading, a caption or text."""
    one, line = found[at], found[at].line
    size = line.end - line.start
    last = text[line.end - 1]
    if size < 20 and text[line.start : line.end].replace(" ", "") == "政府工作报告":
        one.aside = "front"
        return
    if size > words.length["plain"]:
        if size <= 90 and last not in "。;!?" and words.caption.search(text, line.start, line.end):
            one.aside = "caption"
        return
    plain = text[line.start : line.end].replace(" ", "")
    if _DATED.fullmatch(plain):
        one.aside = "front"
    elif words.glossary.fullmatch(plain):
        _as_plain(text, one, "major")
    elif words.caption.search(text, line.start, line.end) and last not in "。;!?:":
        one.aside = "caption"
    elif last in _END or last == "," or size < 2:
        return
    elif words.major.search(plain) or _YEARS.search(text, line.start, line.end):
        _as_plain(text, one, "major")
    elif _RUNG.match(text, line.start, line.end) or (at not in table and _stands_alone(text, found, at)):
        _as_plain(text, one, "plain")


def _stands_alone(text: str, found: list[_Found], at: int) -> bool:
    """Whether the short line is followed by a paragraph (or a heading) and does not go on from the one before."""
    if at + 1 >= len(found):
        return False
    before, after = found[at - 1], found[at + 1]
    if at and not before.aside and not before.title and text[before.line.end - 1] not in "。!?…:”)":
        return False
    return bool(after.title) or text[after.line.end - 1] in "。!?;:”" or after.line.end - after.line.start > 60


def _as_plain(text: str, one: _Found, style: str) -> None:
    start = one.title[0] if one.title else one.line.start
    if not one.style:
        one.style = style
    one.title, one.body = (start, one.line.end - (text[one.line.end - 1] in ":。")), one.line.end


def _tree(text: str, found: list[_Found]) -> tuple[Heading, ...]:
    """Headings with depth and extent; a heading closes all open ones of its rank or below."""
    made: list[Heading] = []
    until: dict[int, int] = {}
    open_: list[int] = []
    for one in found:
        if not one.title:
            continue
        while open_ and _RANK[made[open_[-1]].style] >= _RANK[one.style]:
            until[open_.pop()] = one.line.start
        start, end = one.title
        depth = len(open_)
        if one.style in _RUN_ON and one.body < one.line.end:
            until[len(made)] = one.line.end
        else:
            open_.append(len(made))
        made.append(Heading(one.line.start, end, one.number, text[start:end], depth, one.style, one.body, 0))
    length = len(text)
    return tuple(replace(heading, until=until.get(at, length)) for at, heading in enumerate(made))


def _sections(paragraphs: list[tuple[int, int]], headings: tuple[Heading, ...]) -> list[int]:
    """Of every paragraph the index of the innermost heading whose section holds it, −1 if none does."""
    found: list[int] = []
    open_: list[int] = []
    nth = 0
    for start, _ in paragraphs:
        while nth < len(headings) and headings[nth].start <= start:
            open_.append(nth)
            nth += 1
        while open_ and headings[open_[-1]].until <= start:
            open_.pop()
        found.append(open_[-1] if open_ else -1)
    return found


# ── paragraphs ───────────────────────────────────────────────────────────────────────────────


def _bodies(text: str, found: list[_Found]) -> tuple[list[tuple[int, int]], list[Aside]]:
    """Paragraphs (without list marks and run-in titles) and what stands beside them."""
    words = _words()
    paragraphs: list[tuple[int, int]] = []
    aside: list[Aside] = []
    for one in found:
        if one.aside:
            aside.append(Aside(one.line.start, one.line.end, one.aside))
        elif one.body < one.line.end:
            paragraphs.append((one.body, one.line.end))
            if len(paragraphs) < 4 and text.startswith(words.greeting, one.body):
                aside.append(Aside(one.body, one.line.end, "greeting"))
    return paragraphs, aside
