"""What running text says about who is in charge: behind a label, in a bracket, or in a sentence (由…牵头)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from luoshi.read.units.bureaus import codes
from luoshi.read.units.names import all_units, names
from luoshi.read.units.wording import UNIT_ROLES, Role, wording
from luoshi.source.outline import Heading, Outline

_BRACKET = re.compile(r"[(\[]((?:[^()\[\]\n]|\([^()\n]{0,60}\)){2,400})[)\]]")
_LONGEST_LIST = 600
_CLOSING = re.compile(r"[()\[\]。\n]")
_BETWEEN = re.compile(r"[ \n;,。、|]{0,12}(?:\d{1,2}[.、] ?|\(\d{1,2}\) ?)?")
_CARD = re.compile(r" *(?:\d{1,2}[.、] ?|\([一二三四五六七八九十\d]{1,3}\) ?)?(?P<label>[^\W\d_]{2,8}) ?:")
_MARKED = re.compile(r" *(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]{1,3}\)|[①-⑳])? *")
_WITH = re.compile("会同|联合|协同|协调(?=[^,;]{2,}[局委办厅部])")


@dataclass(frozen=True, slots=True)
class Stated:
    """Units named at ``text[start:end]`` for what begins in ``text[since:until]``; the first of ``lead`` leads."""

    start: int
    end: int
    since: int
    until: int
    lead: tuple[str, ...]
    help: tuple[str, ...]


class _Field(NamedTuple):
    """A label with what stands behind it: ``text[start:body]`` is the label, ``text[body:end]`` its words."""

    start: int
    body: int
    end: int
    role: Role


Named = Sequence[tuple[Role, tuple[str, ...]]]


def stated(text: str, outline: Outline) -> list[Stated]:
    """Every place of the folded ``text`` that names who is in charge, in text order, but for tables."""
    made = wording()
    labelled = _labelled(text) if any(hint in text for hint in made.hints) else ()
    places = [*labelled, *_brackets(text), *_told(text)]
    if not places:
        return []
    return _Reach(text, outline).all(sorted(places, key=lambda one: one.start))


def divided(named: Named) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who leads and who helps: those named as leading, else the first of those named as responsible."""
    lead = tuple(unit for role, units in named if role == "lead" for unit in units)
    plain = tuple(unit for role, units in named if role == "plain" for unit in units)
    help_ = tuple(unit for role, units in named if role == "help" for unit in units)
    if not lead:
        lead, plain = plain[:1], plain[1:]
    return lead, tuple(unit for unit in dict.fromkeys((*plain, *help_)) if unit not in lead)


# ── behind a label ───────────────────────────────────────────────────────────────────────────────────────────────────


def _labelled(text: str) -> Iterator[Stated]:
    """牵头单位：甲局；配合单位：乙局 in a bracket, on lines of their own, or in a sentence."""
    for group in _groups(text):
        named = [(one.role, _list(text[one.body : one.end])) for one in group if one.role in UNIT_ROLES]
        lead, help_ = divided(named)
        if lead or help_:
            yield Stated(group[0].start, group[-1].end, -1, -1, lead, help_)


def _groups(text: str) -> Iterator[list[_Field]]:
    """Labels that follow each other with nothing between; one that says again what is said begins a new group."""
    group: list[_Field] = []
    for field in _fields(text):
        apart = not group or not _BETWEEN.fullmatch(text, group[-1].end, field.start)
        again = field.role in UNIT_ROLES and any(one.role == field.role for one in group)
        if group and (apart or again):
            yield group
            group = []
        group.append(field)
    if group:
        yield group


def _fields(text: str) -> list[_Field]:
    marks = list(wording().field.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
    return [
        _Field(mark.start(), mark.end(), _list_end(text, mark.end(), end), _role(mark))
        for mark, end in zip(marks, ends, strict=True)
    ]


def _role(mark: re.Match[str]) -> Role:
    return mark.lastgroup  # type: ignore[return-value]


def _list_end(text: str, start: int, limit: int) -> int:
    """Where the words behind a label end: at a full stop, a bracket that closes, or a line end inside no list."""
    depth, at = 0, start
    for mark in _CLOSING.finditer(text, start, min(limit, start + _LONGEST_LIST)):
        char, at = mark[0], mark.start()
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        if depth < 0 or char == "。" or (char == "\n" and not _goes_on(text, start, at)):
            return at
    return min(limit, start + _LONGEST_LIST)


def _goes_on(text: str, start: int, at: int) -> bool:
    """Whether a list goes on behind the line end at ``at``."""
    before, after = text[start:at].rstrip(), text[at + 1 : at + 61].lstrip(" \n").split("\n")[0]
    if before.endswith("、") or after.startswith("、"):
        return True
    return not before and all_units(after)


def _list(words: str) -> tuple[str, ...]:
    """The units behind a label; behind a comma only what surely is one (责任单位：甲局，年底前完成)."""
    head, *more = re.split("[,;]", words.replace("\n", ""))
    found = [*names(head, sure=True), *(unit for part in more for unit in names(_unspoken(part)))]
    return tuple(dict.fromkeys(found))


def _unspoken(words: str) -> str:
    """``words`` if they are no clause of time."""
    return "" if wording().time.match(words) else words


# ── in a bracket, in a sentence ──────────────────────────────────────────────────────────────────────────────────────


def _brackets(text: str) -> Iterator[Stated]:
    """（甲局牵头，乙局负责）, and （甲局、乙局） at the end of a line or a sentence."""
    field = wording().field
    for match in _BRACKET.finditer(text):
        inside = match[1]
        if field.search(inside):
            continue
        lead, help_ = divided(_phrase(inside) or _bare(text, match))
        if lead or help_:
            yield Stated(match.start(), match.end(), -1, -1, lead, help_)


def _phrase(words: str) -> list[tuple[Role, tuple[str, ...]]]:
    """甲部、乙部牵头，丙部等按职责分工负责 → lead 甲部, 乙部; plain 丙部."""
    found: list[tuple[Role, tuple[str, ...]]] = []
    at = 0
    for verb in wording().verb.finditer(words):
        first, *with_ = _WITH.split(words[at : verb.start()])
        found.append((_role(verb), names(first)))
        found += [("help", names(part)) for part in with_]
        at = verb.end()
    if at:
        found.append(("help", names(words[at:])))
    return found


def _bare(text: str, match: re.Match[str]) -> list[tuple[Role, tuple[str, ...]]]:
    """Nothing but units in a bracket at an end."""
    after = text[match.end() : match.end() + 1]
    units = names(match[1]) if after in "\n。;" and all_units(match[1]) else ()
    return [("plain", units)] if units and all(map(codes, units)) else []


def _told(text: str) -> Iterator[Stated]:
    """由甲局牵头，乙局配合，… in a sentence."""
    for match in wording().told.finditer(text):
        end = min((at for mark in "。;\n" if (at := text.find(mark, match.end())) >= 0), default=len(text))
        words = text[match.start("units") : min(end, match.end() + _LONGEST_LIST)]
        lead, help_ = divided(_phrase(words) or [("lead", names(match["units"]))])
        if lead and all_units("、".join(lead)):
            yield Stated(match.start(), end, match.start(), -2, lead, help_)


# ── for what ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Reach:
    """For which stretch of the text a statement is made."""

    def __init__(self, text: str, outline: Outline) -> None:
        self._text, self._outline = text, outline
        self._paragraphs = [start for start, _ in outline.paragraphs]
        self._sentences = [sentence.start for sentence in outline.sentences]
        field = wording().field
        self._titles = [one for one in outline.headings if not field.match(text, one.end - len(one.title))]
        self._headings = [heading.start for heading in self._titles]

    def all(self, places: Sequence[Stated]) -> list[Stated]:
        """``places``, in text order, with their stretches; none reaches back over the one before."""
        made: list[Stated] = []
        done = 0
        nexts = [*(one.start for one in places[1:]), len(self._text)][: len(places)]
        for one, following in zip(places, nexts, strict=True):
            if one.start < done:
                continue
            since, until = self._stretch(one, done, following)
            made.append(replace(one, since=self._begun(since, until), until=until))
            done = max(one.end, until if until <= following else 0)
        return made

    def _begun(self, since: int, until: int) -> int:
        """``since``, past what closes the stretch before."""
        while since < until and self._text[since] in " \n。;)":
            since += 1
        return since

    def _stretch(self, one: Stated, done: int, following: int) -> tuple[int, int]:
        if one.until == -2:
            return self._sentence(one)
        opening = self._text[one.start - 1 : one.start] in ("(", "[")
        in_bracket = opening or self._text[one.start] in "(["
        start = one.start - opening
        line = self._text.rfind("\n", 0, start) + 1
        heading = self._heading(start)
        if in_bracket and heading is not None and heading.start <= start < heading.end:
            return heading.start, heading.until
        if _MARKED.fullmatch(self._text, line, start):
            return self._block(one, done, following, line, heading)
        if heading is not None and heading.start <= start < heading.end:
            return max(heading.start, done), max(self._line_end(start), one.end)
        at = bisect_right(self._paragraphs, start) - 1
        since, end = self._outline.paragraphs[at] if at >= 0 else (line, start)
        if heading is not None and heading.body == since:
            since = heading.start
        return max(since, done), start if in_bracket else max(end, one.end)

    def _line_end(self, at: int) -> int:
        stop = self._text.find("\n", at)
        return len(self._text) if stop < 0 else stop

    def _sentence(self, one: Stated) -> tuple[int, int]:
        at = bisect_right(self._sentences, one.start) - 1
        if at < 0:
            return one.start, one.end
        sentence = self._outline.sentences[at]
        return min(sentence.head, sentence.start), max(sentence.end, one.end)

    def _block(self, one: Stated, done: int, following: int, line: int, heading: Heading | None) -> tuple[int, int]:
        """Lines of labels: for what stands since the one before, or behind them where nothing stands before."""
        since = max(done, self._outermost(line, done))
        first = bisect_left(self._paragraphs, since)
        if first < len(self._paragraphs) and self._paragraphs[first] < line:
            return since, self._card(line, one.end)
        if heading is None:
            return since, one.end
        return max(done, heading.start), max(one.end, min(following, heading.until))

    def _outermost(self, at: int, done: int) -> int:
        """Where the outermost heading around ``at`` stands that begins behind ``done``."""
        first = bisect_left(self._headings, done)
        last = bisect_right(self._headings, at)
        return next((one.start for one in self._titles[first:last] if one.until > at), done)

    def _heading(self, at: int) -> Heading | None:
        """The heading that stands last before ``at``."""
        nth = bisect_right(self._headings, at) - 1
        return self._titles[nth] if nth >= 0 else None

    def _card(self, line: int, end: int) -> int:
        """The end of the labelled lines behind ``end`` that go on from labelled lines before ``line``."""
        before = self._text[self._text.rfind("\n", 0, max(line - 1, 0)) + 1 : line]
        if not _CARD.match(before):
            return end
        seen = {mark["label"] for mark in map(_CARD.match, (before, self._text[line:end])) if mark}
        while (mark := _CARD.match(self._text, end + 1)) and mark["label"] not in seen:
            seen.add(mark["label"])
            end = self._line_end(mark.end())
        return end
