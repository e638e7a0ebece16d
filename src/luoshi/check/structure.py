"""S: what the parts of a report promise each other: the number box and the body, counts and lists, terms, numbering."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from luoshi.amounts import numeral
from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found
from luoshi.check.targets import promised
from luoshi.plan import Figure, Section
from luoshi.source import fold

_APART = ("box", "glossary", "annex", "caption")


def box_only(draft: Draft) -> Iterator[Found]:
    """S01: a number or a line of the box that the body does not hold."""
    body = {_key(one) for one in draft.figures if draft.role(one) not in _APART}
    if not body:
        return
    for one in draft.figures:
        if draft.role(one) == "box" and _key(one) not in body:
            yield Found("S01", draft.phrase(one), (), {"words": draft.phrase(one).text})


def body_only(draft: Draft) -> Iterator[Found]:
    """S02: an indicator of the target paragraph that the box leaves out, where the box tells targets."""
    boxed = {_code(one) for one in draft.figures if draft.role(one) == "box"} - {""}
    if len(boxed) < bounds()["structure"]["box_number"]:
        return
    for one in promised(draft):
        if draft.role(one) == "targets" and _code(one) and _code(one) not in boxed:
            boxed.add(_code(one))
            yield Found("S02", draft.phrase(one), (), {"words": draft.phrase(one).text})


def counts(draft: Draft) -> Iterator[Found]:
    """S03: seven are announced and six follow."""
    for found in pattern("structure", "counted").finditer(draft.folded):
        if not _announces(draft, found.start(), found.end()):
            continue
        wanted = int(numeral(found["n"]))
        listed = _listed(draft, found.end()) or _headed(draft, found.end())
        if listed is None or listed in (wanted, 1, 2) or abs(listed - wanted) > bounds()["structure"]["most_off"]:
            continue
        start = draft.sentence(found.start()).start
        words = draft.text[max(start, found.start() - 12) : found.end() + 4].strip()
        values = {"words": words, "wanted": wanted, "found": listed, "sum": f"{wanted} ≠ {listed}"}
        yield Found("S03", draft.place(found.start(), found.end()), (), values)


def _announces(draft: Draft, start: int, end: int) -> bool:
    """Whether the count is said of what follows: it ends its sentence, behind 重点抓好, 办好 and the like."""
    before = draft.before(start, 16)
    rest = re.split(r"[:;。\n]", draft.folded[end : draft.sentence(start).end])[0].strip()
    short = len(rest) <= 12 and not re.search(r"[(,、]", rest)
    return short and pattern("structure", "announces").search(before) is not None


def _here(draft: Draft, at: int) -> Section | None:
    return next((one for one in reversed(draft.plan.sections) if one.start <= at < one.end), None)


def _listed(draft: Draft, at: int) -> int | None:
    """How many members the list has that begins right behind ``at``: 一是 二是, or ① ②; None where no list begins."""
    rule = bounds()["structure"]
    here = _here(draft, at)
    words = draft.folded[at : here.end if here else len(draft.folded)]
    for marks in (rule["ordinals"], list(rule["circled"])):
        first = words.find(marks[0])
        if 0 <= first <= rule["near"]:
            return _run(words[first:], marks)
    return None


def _headed(draft: Draft, at: int) -> int | None:
    """The highest number of the headings that follow ``at``, before the numbering begins anew."""
    here = _here(draft, at)
    if here is None:
        return None
    below = [one for one in draft.plan.sections if one.parent == here.id and one.start > at]
    beside = [one for one in draft.plan.sections if one.parent == here.parent and one.start > at]
    for headings in (below, beside):
        numbers = [_number(one) for one in headings]
        if numbers and numbers[0] == 1 and headings[0].start - at <= bounds()["structure"]["near"]:
            again = next((at for at in range(1, len(numbers)) if numbers[at] == 1), len(numbers))
            last = max(number or 0 for number in numbers[:again])
            return None if _begins_line(draft, headings[0].start, last + 1) else last
    return None


def _number(one: Section) -> int | None:
    found = pattern("structure", "numbered").match(fold(one.number))
    return int(numeral(found["n"])) if found else None


def _run(words: str, marks: list[str]) -> int:
    """How many of ``marks`` follow each other before the first of them comes again."""
    again = words.find(marks[0], 1)
    words = words if again < 0 else words[:again]
    at = count = 0
    for mark in marks:
        at = words.find(mark, at)
        if at < 0:
            break
        count += 1
    return count


def terms(draft: Draft) -> Iterator[Found]:
    """S04: a term is explained that the report does not use."""
    within = {one.id for one in draft.plan.sections if one.role == "glossary"}
    parts = [one for one in draft.plan.sections if one.id in within and one.parent not in within]
    if not draft.whole or not parts:
        return
    outside = draft.folded
    for one in parts:
        outside = outside[: one.start] + "\n" * (one.end - one.start) + outside[one.end :]
    body = _bare(outside)
    for section in parts:
        for start, term in _explained(draft, section):
            if not any(piece in body for piece in _pieces(term)) and not _reworded(draft, term, parts):
                yield Found("S04", draft.place(start, start + len(term)), (), {"term": term})


def _explained(draft: Draft, section: Section) -> Iterator[tuple[int, str]]:
    """The terms of a glossary with their places: ``1．“两机”专项：指……``."""
    at = section.start
    for line in draft.folded[section.start : section.end].split("\n"):
        found = pattern("structure", "term").match(line)
        if found and len(line) > found.end() + 4:
            yield at + found.start("term"), found["term"]
        at += len(line) + 1


def _pieces(term: str) -> list[str]:
    """The term, and its parts in quotes, without a year or a count in front: any of them is the term."""
    plain = re.sub(r"^(?:\d{4}年|\d+[个件项]?)", "", term)
    split = [_bare(piece) for piece in re.split(r"[“”\"、]", plain)]
    return [piece for piece in (_bare(term), _bare(plain), *split) if len(piece) >= 2]


def _reworded(draft: Draft, term: str, parts: list[Section]) -> bool:
    """Whether a sentence outside the glossary, for a short term a clause, holds all its characters (Ⅲ类水质标准)."""
    wanted = set(_bare(term))
    stretch = r"[^。;\n]+" if len(wanted) >= bounds()["structure"]["long_term"] else r"[^。;,\n]+"
    for found in re.finditer(stretch, draft.folded):
        inside = any(one.start <= found.start() < one.end for one in parts)
        if not inside and wanted <= set(_bare(found[0])):
            return True
    return False


def _bare(words: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words)).lower()


def numbering(draft: Draft) -> Iterator[Found]:
    """S05: a number of a heading is left out."""
    beside: dict[str | None, list[tuple[int, Section]]] = defaultdict(list)
    for one in draft.plan.sections:
        number = _number(one)
        if number is not None:
            beside[one.parent].append((number, one))
    for siblings in beside.values():
        for (before, first), (number, one) in pairwise(siblings):
            same_form = bool(re.match(r"[(（]", first.number)) == bool(re.match(r"[(（]", one.number))
            skipped = number > before + 1 and not _written(draft, first, one, before + 1)
            if same_form and skipped:
                place = draft.place(one.start, one.start + len(one.number))
                related = (draft.place(first.start, first.start + len(first.number), "前一个 before"),)
                yield Found(
                    "S05", place, related, {"number": one.number, "before": first.number, "sum": f"{before} → {number}"}
                )


def _name(number: int) -> str:
    """A number to nineteen as headings write it; empty beyond."""
    han = "一二三四五六七八九十"
    return han[number - 1] if 1 <= number <= 10 else ("十" + han[number - 11] if 11 <= number <= 19 else "")


def _begins_line(draft: Draft, at: int, number: int) -> bool:
    """Whether a line behind ``at`` begins with the number, though it was not read as the next heading."""
    name = _name(number)
    return bool(name) and re.search(rf"\n\s*[(]?{name}[)、]", draft.folded[at:]) is not None


def _written(draft: Draft, first: Section, one: Section, number: int) -> bool:
    """Whether the number that seems left out stands in the text between, not read as a heading."""
    name = _name(number)
    between = draft.folded[first.start + len(first.number) : one.start]
    return bool(name) and re.search(rf"(?:^|\W)[(]?{name}[)、,.]", between) is not None


def _key(one: Figure) -> tuple[str, str]:
    return (one.base_value or one.value, one.base_unit or one.unit)


def _code(one: Figure) -> str:
    return (one.indicator.code if one.indicator else None) or ""


RULES = (box_only, body_only, counts, terms, numbering)
