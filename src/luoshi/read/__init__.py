"""The reader: from a document to a plan. Pure: the same document always gives the same plan.

Words live in ``lexicon/``; the modules are lexer (``numbers``), grammar (``figures``, ``commitments``, ``parts``,
``ladder``) and meaning (``measures``, ``indicators``, ``periods``, ``deadlines``, ``items``).
"""

from __future__ import annotations

from luoshi.plan.model import Facts, Plan
from luoshi.read.assemble import Assembly
from luoshi.read.commitments import commitments
from luoshi.read.facts import About, facts
from luoshi.read.figures import figures
from luoshi.read.findings import findings
from luoshi.read.items import items
from luoshi.read.ladder import ladder
from luoshi.read.numbers import numbers
from luoshi.read.parts import parts
from luoshi.read.periods import periods
from luoshi.read.units import Charge, Likely, naming, statements, within
from luoshi.read.voices import outside, voices
from luoshi.source import Document, view
from luoshi.source.outline import outline

__all__ = ["read"]

# What is numbered there was, or is only explained.
_PAST = frozenset(("opening", "review", "problems", "glossary"))


def read(document: Document) -> Plan:
    """Read ``document`` into a plan; offsets count the code points of ``document.text``."""
    seen = view(document.text)
    skeleton = outline(seen.text)
    sections = parts(seen.text, skeleton)
    about = facts(seen.text, skeleton, document.source)
    counted = numbers(seen.text)
    speaking = voices(seen.text, skeleton, sections)
    assembly = Assembly(seen, document.text, skeleton, sections, about, speaking)
    made = assembly.figures(figures(seen.text, counted), periods(seen.text))
    places = [(number.start, number.end) for number in counted]
    promises = commitments(seen.text, skeleton, sections, places, outside(speaking))
    said = statements(document.text, seen, skeleton)
    if named := naming(said):
        promises = [one for one in promises if not within(seen.offset(one.start), named)]
    pledged = assembly.commitments(promises, made)
    words = {one.id: seen.text[promise.start : promise.end] for one, promise in zip(pledged, promises, strict=True)}
    likely = Likely(words, [(part.id, part.parent, part.title) for part in sections], about.level, about.place)
    charge = Charge(said, likely)
    checkable = sum(one.kind != "slogan" for one in pledged)
    told = [(part.start, part.end, part.role) for part in sections]
    off = [(start, end) for start, end, role in told if role in _PAST]
    return Plan(
        document=_facts(document, about),
        sections=assembly.sections(),
        figures=made,
        commitments=pledged,
        items=items(pledged, made, [promise.sentence for promise in promises], charge),
        ladder=assembly.ladder(ladder(seen.text, skeleton, off)),
        voices=assembly.voices(),
        unread=assembly.unread(made, pledged),
        problems=assembly.findings(findings(seen.text, skeleton, sections, len(made), checkable, about)),
    )


def _facts(document: Document, about: About) -> Facts:
    return Facts(
        title=about.title,
        place=about.place,
        level=about.level,
        year=about.year,
        term=about.term,
        sha256=document.sha256,
        characters=len(document.text),
        source=document.source,
    )
