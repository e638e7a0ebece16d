"""The noun phrase before or behind a number; the words that are none of it are in ``naming.toml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from luoshi.read.words import any_of, table

Span = tuple[int, int]

_LONGEST = 24
_LONGEST_ITEM = 18
_LEAST = 2
_OPENERS = frozenset("、和及与的等为对将把以:)( ”①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳—-.")
# Words that begin with one of them (和美乡村).
_NAMES = frozenset(("和美", "和谐", "和平", "与会", "以旧", "对口", "对外", "为民", "等级", "等离"))
_NOTE = re.compile(r"[\[【〔]\d{1,3}[\]】〕]$")
_LONGEST_NOTE = 5
_CLOSERS = frozenset("、和及与的 :—")
# A share without a subject speaks of what the number before it measured: 【占新增贷款比重】超过12%.
_SHARE = re.compile(r"[、,:的其中]*约?占")
_YEAR = re.compile(
    r"[一二三四五六七八九十]{1,2}[是要]|\d{1,2}[.、)](?!\d)|\d{4}年(?:底|末|全年|上半年)?|“?十[一二三四五六]五”?(?:期间|时期|末)|截至[^,、]{0,12}?(?:底|末|日|目前)"
    r"|[一二三四]季度|前三季度|\d{1,2}月(?:底|份|末)?前?|\d{1,2}[—-]\d{1,2}月"
)


@dataclass(frozen=True, slots=True)
class _Words:
    lead: re.Pattern[str]
    inner: re.Pattern[str]
    keep: re.Pattern[str]
    trail: re.Pattern[str]
    base: re.Pattern[str]
    behind: re.Pattern[str]
    object: re.Pattern[str]
    few: re.Pattern[str]
    tail: re.Pattern[str]
    deed: re.Pattern[str]
    generic: frozenset[str]
    own: re.Pattern[str]
    heads: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = table("naming")
    stop = any_of(raw["stop"]["words"])
    not_after = {word[::-1]: chars for word, chars in raw["not_after"].items()}
    return _Words(
        lead=re.compile(any_of(raw["lead"]["words"], raw["not_before"])),
        inner=re.compile(f"{any_of(raw['inner']['words'])}|{raw['inner']['limited']}"),
        keep=re.compile(raw["inner"]["keep"]),
        trail=re.compile(f"(?:{any_of((word[::-1] for word in raw['trail']['words']), not_after)})+"),
        base=re.compile(raw["trail"]["base"]),
        behind=re.compile(
            rf"(?:{raw['stop']['unless']}|\([^()\n]{{1,5}}\)(?=[一-龥])|(?!{stop})[^,;:。、!?\n\d]){{1,{_LONGEST}}}"
        ),
        object=re.compile(rf"[^,;:。、!?\n\d]{{2,{_LONGEST}}}"),
        few=re.compile(r"(?:[省市县区国州乡镇]{1,2}|(?:国家|省|市|县|区|州|部)级)[、和]"),
        tail=re.compile(raw["stop"]["tail"]),
        deed=re.compile(f"(?:{any_of(raw['deeds']['words'])})(?=(?:了|达到?|共|近|超过?|约)*$)"),
        generic=frozenset(raw["generic"]["words"]),
        own=re.compile(f"{raw['own']['words']}$"),
        heads=re.compile(raw["heads"]["split"]),
    )


def before(text: str, start: int, end: int) -> Span | None:
    """The noun phrase of ``text[start:end]``, the words right before a number; None if there are only verbs."""
    if _SHARE.match(text, start, end):
        return None
    end = trimmed(text, start, end)
    own = _words().own.search(text, start, end)
    begin = own.start() if own else _begin(text, start, end)
    if text[begin:end] in _words().generic:
        begin = _with_verb(text, start, begin)
    return (begin, end) if end - begin >= _LEAST else None


def _with_verb(text: str, start: int, begin: int) -> int:
    """Where the verb right before ``begin`` begins, the shortest that is one."""
    for size in (2, 3, 4):
        if begin - size >= start and _words().lead.fullmatch(text, begin - size, begin):
            return begin - size
    return begin


def deed(text: str, start: int, end: int) -> Span | None:
    """The verb right before a number that counts the deed itself (全年立案【91起】)."""
    match = _words().deed.search(text, start, end)
    return match.span() if match else None


def trimmed(text: str, start: int, end: int) -> int:
    """Where the noun phrase ends: before the verbs, comparisons and ranges that lead to the number."""
    words = _words()
    while end > start:
        trail = words.trail.match(text[start:end][::-1])
        base = words.base.search(text, start, end - (trail.end() if trail else 0))
        at = base.start() if base else end - (trail.end() if trail else 0)
        while at > start and text[at - 1] in _CLOSERS:
            at -= 1
        note = (
            _NOTE.search(text, max(start, at - _LONGEST_NOTE), at) if at > start and text[at - 1] in "]】〕" else None
        )
        at = note.start() if note else at
        if at == end:
            break
        end = at
    return end


def _begin(text: str, start: int, end: int) -> int:
    begin = _of_list(text, start, end)
    for match in _words().inner.finditer(text, begin + 1, end):
        if _kept(text, begin, match, end):
            continue
        after = skipped(text, match.end(), end)
        if end - after >= _LEAST:
            begin = after
    return begin


def _of_list(text: str, start: int, end: int) -> int:
    """Where a list joined by 、 begins: at its first noun; at its last member if that has a verb of its own."""
    begin = skipped(text, start, end)
    marks = [begin, *(at + 1 for at in range(begin, end - 1) if text[at] == "、")]
    if len(marks) == 1:
        return begin
    last = skipped(text, marks[-1], end)
    if last > marks[-1] and end - last >= _LEAST:
        return last
    return marks[-1] if any(b - a > _LONGEST_ITEM for a, b in pairwise(marks)) else begin


def _kept(text: str, begin: int, verb: re.Match[str], end: int) -> bool:
    """Whether what looks like a verb is part of a name (城镇新增就业)."""
    name = _words().keep.search(text, max(begin, verb.start() - 2), min(end + 1, verb.end() + 6))
    return name is not None and name.start() < verb.end()


def skipped(text: str, start: int, end: int) -> int:
    """Past the verbs, adverbs and words of place and time at ``start``, as long as a noun is left before ``end``."""
    lead, at = _words().lead, start
    while at < end:
        if text[at] in _OPENERS and text[at : at + 2] not in _NAMES:
            year = _YEAR.match(text, at, end)
            at = year.end() if year else at + 1
            continue
        match = lead.match(text, at, end) or _YEAR.match(text, at, end)
        if not match or match.end() == at or 0 < end - match.end() < _LEAST:
            break
        at = match.end()
    return at


def behind(text: str, at: int, stop: int) -> Span | None:
    """The noun phrase that begins at ``at``, behind a number, and ends before ``stop``."""
    if text[at : at + 1] == "的":
        at += 1
    few = _words().few.match(text, at)
    match = _words().behind.match(text, few.end() if few else at, stop)
    if not match or text[at] in "”)" or (text[at] in "和与及或" and text[at : at + 2] not in _NAMES):
        return None
    end = match.end()
    while end > at and text[end - 1] in "和及与、":
        end -= 1
    tail = _words().tail.search(text, at + _LEAST, end)
    end = tail.start() if tail else end
    return (at, end) if end > at else None


def act(text: str, at: int, stop: int) -> Span | None:
    """What was done so many times: the verb and its object behind 两次."""
    match = _words().object.match(text, at, stop)
    return match.span() if match else None


def listed(text: str, span: Span, count: int) -> Sequence[Span]:
    """The nouns of a list under ``count`` numbers: as many nouns, or one for all."""
    at, heads = span[0], []
    for match in _words().heads.finditer(text, *span):
        heads.append((at, match.start()))
        at = match.end()
    heads = [head for head in (*heads, (at, span[1])) if head[1] - head[0] >= _LEAST]
    return heads if len(heads) == count else ()
