"""Who speaks in a newspaper's account of a report: the report, the reporter, somebody else, a caption, a box.

A report itself has one voice, its own, and gives no stretches. The words that tell are in ``lexicon/voices.toml``; what
the reporter or a delegate says is no commitment of the government's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import NamedTuple

from luoshi.plan.model import Voice
from luoshi.read.judge import bare, lexicon, verb_of
from luoshi.read.parts import Part, part_at
from luoshi.read.words import table
from luoshi.source import Span
from luoshi.source.outline import Outline, Sentence

OUTSIDE: frozenset[Voice] = frozenset(("reporter", "other", "caption"))
# A cue stands near the head of its sentence, or right at its end.
_HEAD = 120
_TAIL = 60
_GAP = re.compile(r"\n *\n *\n")
_AROUND = 8


class Said(NamedTuple):
    """A sentence ``text[start:end]`` (or a line set aside) and whose words it is; ``cue`` are those that tell."""

    voice: Voice
    start: int
    end: int
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    news: tuple[str, ...]
    least: int
    own: str
    sure: tuple[str, ...]
    report: re.Pattern[str]
    roles: frozenset[str]
    other: re.Pattern[str]
    paragraph: re.Pattern[str]
    sentence: re.Pattern[str]
    longest: int
    credit: re.Pattern[str]
    labels: tuple[str, ...]


@cache
def _words() -> _Words:
    raw = table("voices")
    news, other, reporter, caption = raw["news"], raw["other"], raw["reporter"], raw["caption"]
    return _Words(
        news=tuple(news["words"]),
        least=news["least"],
        own=news["own"],
        sure=tuple(news["sure"]),
        report=re.compile(raw["report"]["match"]),
        roles=frozenset(raw["report"]["roles"]),
        other=re.compile(other["match"]),
        paragraph=re.compile(reporter["paragraph"]),
        sentence=re.compile(reporter["sentence"]),
        longest=caption["longest"],
        credit=re.compile(caption["credit"]),
        labels=tuple(caption["labels"]),
    )


def is_news(text: str) -> bool:
    """Whether the folded ``text`` is a newspaper's account: it speaks of the report, as no report does of itself."""
    words = _words()
    if words.own in text:
        return False
    return any(word in text for word in words.sure) or sum(map(text.count, words.news)) >= words.least


def voices(text: str, outline: Outline, parts: Sequence[Part]) -> tuple[Said, ...]:
    """The voice of every sentence and every set-aside caption of a newspaper's account, in text order.

    Empty where the text is the report itself. Until the report first speaks, it is the reporter who does, but in the
    parts that look ahead: a promise is lost only to words that say whose it is.
    """
    if not is_news(text):
        return ()
    signed = [a.start for a in outline.aside if a.why == "caption" and _words().credit.search(text, a.start, a.end)]
    told: list[Said] = [Said("caption", a.start, a.end) for a in outline.aside if a.why == "caption"]
    before: Voice = "reporter"
    for _, group in groupby(outline.sentences, key=lambda one: one.paragraph):
        paragraph = list(group)
        told += (said := list(_paragraph(text, paragraph, parts, before, signed)))
        before = "report" if any(one.voice == "report" for one in said) else before
    return tuple(sorted(told, key=lambda one: one.start))


def outside(said: Sequence[Said]) -> list[int]:
    """Where the sentences begin that are not the report's own words."""
    return [one.start for one in said if one.voice in OUTSIDE]


def _paragraph(
    text: str, sentences: list[Sentence], parts: Sequence[Part], before: Voice, signed: Sequence[int]
) -> Iterator[Said]:
    """The voices of one paragraph; ``before`` is whose words go on where nothing tells."""
    part = part_at(parts, sentences[0].start)
    if part >= 0 and parts[part].role == "box":
        begun = parts[part].start
        over = any(begun < at < sentences[0].start for at in signed)
        yield from (Said("caption" if over else "box", one.start, one.end) for one in sentences)
    elif _captioned(text, sentences):
        yield from (Said("caption", one.start, one.end) for one in sentences)
    else:
        ahead = part >= 0 and parts[part].role in _words().roles
        yield from _spoken(text, sentences, "report" if ahead else before)


def _captioned(text: str, sentences: list[Sentence]) -> bool:
    """Whether the paragraph is one short sentence by itself, as the words below a picture are."""
    words, start, end = _words(), sentences[0].start, sentences[-1].end
    if text.startswith(words.labels, start):
        return True
    if len(sentences) > 1 or end - start > words.longest or text[end - 1] != "。" or "," in text[start:end]:
        return False
    gaps = sum(bool(_GAP.search(text, *around)) for around in ((max(0, start - _AROUND), start), (end, end + _AROUND)))
    return gaps == 2 or (gaps == 1 and not _acts(text[start:end]))


def _acts(words: str) -> bool:
    """Whether the words begin with a verb, adverbs aside."""
    found = lexicon()
    return verb_of(bare(words, found)[1], found)[1] != "?"


def _spoken(text: str, sentences: list[Sentence], before: Voice) -> Iterator[Said]:
    now, quoted = before, text[sentences[0].start] == "“"
    if quoted and (cue := _other(text, sentences)):
        yield from (Said("other", one.start, one.end, cue) for one in sentences)
        return
    for one in sentences:
        told, lasting, cue = _told(text, one)
        if told and lasting:
            now = told
        yield Said(told or now, one.start, one.end, cue)


def _other(text: str, sentences: list[Sentence]) -> Span | None:
    """Who is named behind a quotation that opens the paragraph."""
    match = _words().other.search(text, sentences[0].start, min(sentences[-1].end, sentences[0].start + 6 * _HEAD))
    return Span(*match.span()) if match else None


def _told(text: str, one: Sentence) -> tuple[Voice | None, bool, Span | None]:
    """Whose words a sentence says it is, whether that lasts, and by which words; (None, …) where it does not say."""
    words, head = _words(), text[one.start : min(one.end, one.start + _HEAD)]
    cues: tuple[tuple[Voice, re.Pattern[str]], ...] = (
        ("report", words.report),
        ("other", words.other),
        ("reporter", words.paragraph),
    )
    for found, pattern in cues:
        if match := pattern.search(head):
            return found, True, Span(one.start + match.start(), one.start + match.end())
    match = words.sentence.search(text, max(one.start, one.end - _TAIL), one.end)
    return ("reporter", False, Span(*match.span())) if match else (None, False, None)
