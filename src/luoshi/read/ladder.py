"""The number ladder: the report's own numbered frame of its plan (三大集群、七项创建) with the members it lists.

Only abstract heads announce (``lexicon/ladder.toml``); a count of things is a figure. Members are given where the text
lists exactly as many as it announced, else none. Every search looks no further than a fixed window, so that time grows
with the length of the text alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple

from luoshi.amounts import numeral
from luoshi.read.words import any_of, table
from luoshi.source.outline import Heading, Outline

Span = tuple[int, int]
_CLOSERS = "”’」』"
_QUOTES = "“”‘’「」『』"
_BOUND = ",。;:!?()（）…— \n、"
_SPLITS = (";", "、", ",", "、|和|及|与|以及", ",|和", " {1,8}")
_QUOTED = re.compile(r"“([^“”\n]{1,40})”")
_LIST_BACK = 90
_LINE = 200


@dataclass(frozen=True, slots=True)
class Rung:
    """The announcing words ``text[start:end]``, how many they announce, and where each member stands (all or none)."""

    count: int
    start: int
    end: int
    members: tuple[Span, ...] = ()


class _Found(NamedTuple):
    rung: Rung
    sure: bool
    boxed: bool
    sentence: int
    name: str


@dataclass(frozen=True, slots=True)
class _Words:
    announced: re.Pattern[str]
    strict: re.Pattern[str]
    not_after: frozenset[str]
    formula: re.Pattern[str]
    number: re.Pattern[str]
    lead: tuple[str, ...]
    tail: re.Pattern[str]
    opening: re.Pattern[str]
    mark: re.Pattern[str]
    soft: frozenset[str]
    never: tuple[str, ...]
    apart: re.Pattern[str]
    most: int
    longest: int
    window: int


@cache
def _words() -> _Words:
    raw = table("ladder")
    number, heads, formula, members = raw["number"], raw["heads"], raw["formula"], raw["members"]
    every = any_of([*heads["firm"], *heads["soft"]])
    announced = (
        rf"(?P<number>{number['digit']}{number['digit']}{{0,2}})(?P<counter>{number['counter']})"
        rf"(?P<name>[^{_BOUND}{_QUOTES}]{{0,{number['between']}}}?(?P<head>{every}))"
        rf"(?=[{re.escape(_BOUND)}{_CLOSERS}]|$|(?:{raw['lead']['tail']})[{re.escape(_BOUND)}{_CLOSERS}]|{members['opening']})"
    )
    return _Words(
        announced=re.compile(announced),
        strict=re.compile(number["match"]),
        not_after=frozenset(number["not_after"]),
        formula=re.compile(
            rf"“(?P<name>{formula['match']})”(?=(?:{any_of(formula['after'])})[{re.escape(_BOUND)}的]|$)"
        ),
        number=re.compile(formula["number"]),
        lead=tuple(raw["lead"]["words"]),
        tail=re.compile(rf"[{_QUOTES}]*(?:{raw['lead']['tail']})?[{_QUOTES}]*"),
        opening=re.compile(members["opening"]),
        mark=re.compile(rf"(?:{members['mark']})"),
        soft=frozenset(heads["soft"]),
        never=(*heads["never"], *formula["never"]),
        apart=re.compile(heads["apart"]),
        most=number["most"],
        longest=members["longest"],
        window=members["window"],
    )


def ladder(text: str, outline: Outline, beside: Iterable[Span] = ()) -> list[Rung]:
    """The rungs announced in ``text`` (the folded view), in text order, every one once.

    In the stretches ``beside`` (a review, a glossary) nothing is announced. The same rung said twice is kept where its
    members stand, best in a box of its own.
    """
    off = _Within(beside)
    found = [one for one in _announced(text, outline) if not off.holds(one.rung.start)]
    runs: dict[int, int] = {}
    for one in found:
        runs[one.sentence] = runs.get(one.sentence, 0) + 1
    best: dict[tuple[int, str], _Found] = {}
    for one in found:
        if one.sure or runs[one.sentence] > 2:
            key = (one.rung.count, one.name)
            if key not in best or _worth(one) > _worth(best[key]):
                best[key] = one
    rungs = [one.rung for one in best.values()]
    inside = _Within(member for rung in rungs for member in rung.members)
    formulas: dict[str, Rung] = {}
    for rung in _formulas(text):
        if not off.holds(rung.start) and not inside.holds(rung.start):
            formulas.setdefault(text[rung.start : rung.end], rung)
    return sorted([*rungs, *formulas.values()], key=lambda rung: (rung.start, -rung.end))


class _Within:
    """Whether a place lies in one of a number of stretches."""

    def __init__(self, stretches: Iterable[Span]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(stretches):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def holds(self, position: int) -> bool:
        at = bisect_right(self.starts, position) - 1
        return at >= 0 and position < self.ends[at]


def _worth(one: _Found) -> tuple[bool, bool]:
    return bool(one.rung.members), one.boxed


def _announced(text: str, outline: Outline) -> Iterator[_Found]:
    """Every place that has the look of an announcement, and whether it is one by itself."""
    words = _words()
    headings = [heading.start for heading in outline.headings]
    sentences = [sentence.start for sentence in outline.sentences]
    for m in words.announced.finditer(text):
        start, end = m.span("number")[0], m.end("name")
        if text[start - 1 : start] in words.not_after or not words.strict.fullmatch(m["number"]):
            continue
        count, name = int(numeral(m["number"])), m["name"]
        if not 1 <= count <= words.most or text[start:end].startswith(words.never) or words.apart.search(name):
            continue
        at = bisect_right(headings, start) - 1
        heading = outline.headings[at] if at >= 0 and end <= outline.headings[at].end else None
        boxed = _own_line(text, start, end)
        members = _members(text, m, outline, at if heading else -1, boxed)
        plain = m["number"] != "一" or name == m["head"]
        sure = boxed or (plain and bool(members)) or _led(text, m, words)
        if m["counter"] == "件" and not members:
            continue
        yield _Found(Rung(count, start, end, members), sure, boxed, bisect_right(sentences, start), name)


def _led(text: str, m: re.Match[str], words: _Words) -> bool:
    """Whether a verb of announcing stands right before the number, and the head is one that can be announced so."""
    start = m.start("number")
    before = text[max(0, start - 8) : start]
    if m["number"].isascii() or not before.rstrip(_QUOTES).endswith(words.lead):
        return False
    if m["number"] == "一":
        return m["name"] == m["head"] and m["head"] not in words.soft
    return m["head"] not in words.soft or _marked_out(text, m)


def _marked_out(text: str, m: re.Match[str]) -> bool:
    """Whether 大 or quotes say that the words are a name."""
    return m["counter"] == "大" or text[m.start() - 1 : m.start()] == "“"


def _own_line(text: str, start: int, end: int) -> bool:
    """Whether the words stand alone on their line, but for a verb in front (推进七项创建)."""
    line = text.rfind("\n", max(0, start - 12), start) + 1
    if line == 0 and start > 12:
        return False
    before = text[line:start].strip(" " + _QUOTES)
    after = text[end : end + 12].partition("\n")[0].strip(" " + _QUOTES)
    return len(before) <= 4 and not after and not any(c in _BOUND or c.isdigit() for c in before)


# ── members ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _members(text: str, m: re.Match[str], outline: Outline, heading: int, boxed: bool) -> tuple[Span, ...]:
    """Where the text lists the members; the first way that gives exactly as many as announced."""
    start, end, count = m.start("number"), m.end("name"), int(numeral(m["number"]))
    ways: list[Callable[[], list[Span]]] = []
    if heading >= 0:
        ways.append(lambda: _below_heading(outline.headings, heading))
    if boxed:
        ways.append(lambda: _lines(text, end, count, outline))
    ways.append(lambda: _after(text, end, count, outline))
    if not m["number"].isascii() and (m["head"] not in _words().soft or _marked_out(text, m)):
        ways.append(lambda: _before(text, start, count))
    for way in ways:
        found = way()
        if len(found) == count:
            return tuple(found)
    return ()


def _title(heading: Heading) -> Span:
    return heading.end - len(heading.title), heading.end


def _below_heading(headings: Sequence[Heading], at: int) -> list[Span]:
    """The titles one step below a heading."""
    top = headings[at]
    below: list[Span] = []
    for nth in range(at + 1, len(headings)):
        heading = headings[nth]
        if heading.start >= top.until or len(below) > _words().most:
            break
        if heading.depth == top.depth + 1:
            below.append(_title(heading))
    return below


def _lines(text: str, at: int, count: int, outline: Outline) -> list[Span]:
    """The lines below a line, to the next announcement, caption or numbered heading; one line may hold them all."""
    words = _words()
    found: list[Span] = []
    at = text.find("\n", at, at + _LINE)
    while 0 <= at < len(text) and len(found) <= count:
        at = _past(text, at, " \n", _LINE)
        stop = text.find("\n", at, at + _LINE)
        if stop < 0:
            stop = len(text) if at + _LINE >= len(text) else -1
        if stop <= at or _opens_anew(text, at, stop, outline, len(found) == count):
            break
        found.append(_trimmed(text, at, stop, words))
        at = stop
    if len(found) == 1 != count:
        return _split(text, *found[0], count, " {1,8}") or _split(text, *found[0], count)
    return found if all(b - a <= words.longest for a, b in found) else []


def _opens_anew(text: str, start: int, stop: int, outline: Outline, full: bool) -> bool:
    """Whether a line is no member of the list above it; what looks like a heading is one while the list is not full."""
    m = _words().announced.search(text, start, stop)
    if m and m.start() - start <= 4 and m.end() >= stop - 1:
        return True
    at = bisect_left(outline.headings, start, key=lambda heading: heading.start)
    if at < len(outline.headings) and outline.headings[at].start == start:
        style = outline.headings[at].style
        return full if style in ("plain", "major") else style in ("part", "cn", "paren")
    at = bisect_left(outline.aside, start, key=lambda aside: aside.start)
    return at < len(outline.aside) and outline.aside[at].start == start and outline.aside[at].why != "mark"


def _after(text: str, end: int, count: int, outline: Outline) -> list[Span]:
    """Members told after the announcement: in brackets, after a colon or 即, as headings or as 一是…二是…"""
    words = _words()
    tail = words.tail.match(text, end)
    at = tail.end() if tail else end
    limit = min(len(text), at + words.window)
    if text[at : at + 1] == "(":
        close = text.find(")", at, limit)
        return _split(text, at + 1, close, count) if close > 0 else []
    opening = words.opening.match(text, at)
    line = text.find("\n", at, limit)
    line = limit if line < 0 else line
    if not opening and text[at : at + 1] not in "。;,":
        return []
    after = opening.end() if opening else at + 1
    if after >= line or not text[after:line].strip():
        return _next_headings(outline.headings, text, line, count)
    marked = _marked(text, after, line, count)
    if marked or not opening:
        return marked
    stop = text.find("。", after, line)
    stop = line if stop < 0 else stop
    short = text.find(";", after, stop)
    return _split(text, after, stop, count) or (_split(text, after, short, count) if short > 0 else [])


def _next_headings(headings: Sequence[Heading], text: str, at: int, count: int) -> list[Span]:
    """The titles of the headings that follow right below ``at``, as far as they are of one kind."""
    first = _past(text, at, " \n", _LINE)
    nth = bisect_left(headings, first, key=lambda heading: heading.start)
    if nth == len(headings) or headings[nth].start != first:
        return []
    top, found = headings[nth], list[Span]()
    for at_ in range(nth, min(len(headings), nth + 40 * count)):
        heading = headings[at_]
        if heading.depth < top.depth or (heading.depth == top.depth and heading.style != top.style):
            break
        if heading.depth == top.depth:
            found.append(_title(heading))
    return found


def _marked(text: str, start: int, stop: int, count: int) -> list[Span]:
    """Members behind the marks 一是, 二是 or ①, ②, each to its first full stop or semicolon."""
    words = _words()
    if not words.mark.match(text, start):
        return []
    found: list[Span] = []
    every = words.mark.finditer(text, start, stop)
    marks = list(islice((m for m in every if m.start() == start or text[m.start() - 1] in ",;。:、 "), count + 1))
    for m, after in zip(marks, [*(m.start() for m in marks[1:]), stop], strict=True):
        end = min((cut for mark in "。;" if (cut := text.find(mark, m.end(), after)) > 0), default=after)
        found.append(_trimmed(text, m.end(), end, words))
    return found if all(0 < b - a <= words.longest for a, b in found) else []


def _before(text: str, start: int, count: int) -> list[Span]:
    """Members listed right before the number that sums them up: 甲、乙、丙三大集群."""
    stop = start - (text[start - 1 : start] in ("“", "‘"))
    stop -= text[max(0, stop - 1) : stop] == "等"
    begin = max((text.rfind(mark, max(0, stop - _LIST_BACK), stop) for mark in ",。;:!?\n()"), default=-1) + 1
    if text[stop - 1 : stop] == "”" and "、" in text[(begin := text.rfind("“", begin, stop) + 1) : stop]:
        stop -= 1
    if count < 2 or (begin <= 0 and stop > _LIST_BACK) or "、" not in text[begin:stop]:
        return []
    found = _split(text, begin, stop, count)
    if not found:
        return []
    first = text[slice(*found[0])]
    lead = max((at + len(word) for word in _words().lead if 0 <= (at := first.find(word)) <= 6), default=0)
    rest = max(len(text[a:b]) for a, b in found[1:])
    if len(first) - lead < 2 or len(first) - lead > 2 * rest:
        return []
    return [(found[0][0] + lead, found[0][1]), *found[1:]]


def _split(text: str, start: int, stop: int, count: int, *cuts: str) -> list[Span]:
    """``text[start:stop]`` cut at one kind of mark into exactly ``count`` members; empty if none does."""
    words = _words()
    if count == 1:
        whole = _trimmed(text, start, stop, words)
        told = text[slice(*whole)]
        return [whole] if 2 <= len(told) <= words.longest and not any(c in ";。" for c in told) else []
    quoted = [m.span(1) for m in islice(_QUOTED.finditer(text, start, stop), count + 1)]
    for cut in cuts or _SPLITS:
        ends = [m.span() for m in islice(re.compile(cut).finditer(text, start, stop), count)]
        if len(ends) != count - 1:
            continue
        edges = [start, *(b for _, b in ends)], [*(a for a, _ in ends), stop]
        found = [_trimmed(text, a, b, words) for a, b in zip(*edges, strict=True)]
        if all(_is_member(text, a, b, words) for a, b in found):
            return found
    return quoted if len(quoted) == count else []


def _is_member(text: str, start: int, end: int, words: _Words) -> bool:
    whole = text.find(";", start, end) < 0
    return whole and 2 <= end - start <= words.longest and not words.announced.search(text, start, end)


def _trimmed(text: str, start: int, end: int, words: _Words) -> Span:
    """Without blanks, a list mark in front and a mark or 等 behind."""
    while start < end and text[start] in " \n":
        start += 1
    mark = words.mark.match(text, start, end)
    if mark and mark.end() < end:
        start = mark.end()
    while end > start and text[end - 1] in " \n。;,、:":
        end -= 1
    if end - start > 3 and text[end - 1] == "等":
        end -= 1
    if end - start > 2 and text[start] == "“" and text[end - 1] == "”" and "“" not in text[start + 1 : end]:
        return start + 1, end - 1
    return start, end


def _past(text: str, at: int, blanks: str, most: int) -> int:
    stop = min(len(text), at + most)
    while at < stop and text[at] in blanks:
        at += 1
    return at


# ── formulas ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _formulas(text: str) -> Iterator[Rung]:
    """Numbers and names run together into one name (“三高四新”战略); the count is the sum, members are not told."""
    words = _words()
    for m in words.formula.finditer(text):
        count = sum(int(numeral(number)) for number in words.number.findall(m["name"]))
        if m["name"] not in words.never and count <= words.most:
            yield Rung(count, *m.span("name"))
