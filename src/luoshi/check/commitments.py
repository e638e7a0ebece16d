"""C: commitments nobody could sign off: slogans, soft dates, two promises in one, no object, 争取 for own work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found
from luoshi.plan import Commitment
from luoshi.source import fold

_WORKING = ("plan", "livelihood", "government")


def slogans(draft: Draft) -> Iterator[Found]:
    """C01: a section in which most of what is promised could not be checked by anyone."""
    rule = bounds()["commitments"]
    within: dict[str, list[Commitment]] = defaultdict(list)
    for one in draft.plan.commitments:
        if one.section and draft.role(one) in _WORKING:
            within[one.section].append(one)
    parents = {section.parent for section in draft.plan.sections}
    for section in draft.plan.sections:
        if section.id in parents:
            continue
        found = within.get(section.id, [])
        empty = [one for one in found if one.kind == "slogan"]
        if (
            not rule["least"] <= len(found) <= rule["chapter"]
            or Decimal(len(empty)) / len(found) < Decimal(rule["slogans"])
            or not section.title
        ):
            continue
        telling = sum(pattern("commitments", "telling").search(one.text) is not None for one in found)
        if Decimal(telling) / len(found) >= Decimal(rule["account"]):
            continue
        share = f"{Decimal(len(empty)) / len(found):.0%}"
        at = max(draft.text.find(section.title, section.start), section.start)
        related = tuple(draft.at(one, "空话 slogan") for one in empty[:3])
        values = {
            "title": section.title,
            "slogans": len(empty),
            "all": len(found),
            "share": share,
            "sum": f"{len(empty)} ÷ {len(found)} = {share}",
        }
        yield Found("C01", draft.place(at, at + len(section.title)), related, values)


def soft_dates(draft: Draft) -> Iterator[Found]:
    """C02: a word of time that is no date, where the clause has no other."""
    for one in _checkable(draft):
        found = pattern("commitments", "soft_dates").search(one.text)
        if (
            found
            and one.kind == "project"
            and one.deadline.basis not in ("stated", "sentence")
            and not one.deadline.text
        ):
            start = one.start + found.start()
            yield Found(
                "C02",
                draft.place(start, start + len(found[0])),
                (draft.at(one, "承诺 commitment"),),
                {"word": found[0], "words": one.text},
            )


def two_in_one(draft: Draft) -> Iterator[Found]:
    """C03: one clause starts something and finishes something."""
    rule = bounds()["commitments"]
    for one in _checkable(draft):
        marks = [(m.start(), m.end(), "start") for m in re.finditer(rule["starts"], one.text)]
        marks += [(m.start(), m.end(), "end") for m in re.finditer(rule["ends"], one.text)]
        marks.sort()
        for first, second in pairwise(marks):
            between = one.text[first[1] : second[0]]
            call = pattern("commitments", "calls").search(one.text[: second[0]])
            if (
                one.kind == "project"
                and first[2] != second[2]
                and not call
                and pattern("commitments", "joined").search(between)
            ):
                words = (one.text[first[0] : first[1]], one.text[second[0] : second[1]])
                yield Found("C03", draft.at(one), (), {"first": words[0], "second": words[1], "words": one.text})
                break


def no_object(draft: Draft) -> Iterator[Found]:
    """C04: a verb that has no object or needs none."""
    for one in draft.plan.commitments:
        if draft.role(one) not in _WORKING or one.figures or not pattern("commitments", "vague").match(fold(one.text)):
            continue
        sentence = draft.sentence(one.start)
        lone = not re.search(r"[。；;]", sentence.of(draft.text))
        if lone or pattern("commitments", "appeal").search(sentence.of(draft.folded)):
            continue
        beside = [
            two for two in draft.plan.commitments if sentence.start <= two.start < sentence.end and two.kind != "slogan"
        ]
        if not beside:
            yield Found("C04", draft.at(one), (), {"words": one.text})


def hedged(draft: Draft) -> Iterator[Found]:
    """C05: 力争 and 争取 before work that is in our own hands."""
    for one in _checkable(draft):
        hedge = pattern("commitments", "hedges").search(one.text)
        if not hedge or one.kind not in ("project", "action", "target"):
            continue
        own = pattern("commitments", "own").search(one.text)
        public = pattern("commitments", "public").search(one.text)
        if own and public and not pattern("commitments", "outward").search(one.text):
            yield Found("C05", draft.at(one), (), {"hedge": hedge[0], "verb": own[0], "words": one.text})


def _checkable(draft: Draft) -> Iterator[Commitment]:
    return (one for one in draft.plan.commitments if one.kind != "slogan" and draft.role(one) in _WORKING)


RULES = (slogans, soft_dates, two_in_one, no_object, hedged)
