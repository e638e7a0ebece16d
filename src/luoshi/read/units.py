"""Who is in charge: units that the text states, else one proposed from the catalogue of bureaus and their duties.

What is stated is copied as written (``basis`` stated). A proposal (``basis`` proposed) always says which words of the
matter belong to whose duties; a person confirms it. Catalogue: ``lexicon/units.csv``; ways of stating: ``units.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from luoshi.plan.model import Commitment, Duty, Item, Level
from luoshi.read.words import any_of, rows, table
from luoshi.source import fold

_BRACKET = re.compile(r"\(([^()\n]{2,200})\)|\[([^\[\]\n]{2,200})\]")
# 和 is part of many names (文化和旅游局); 各州、市人民政府 is one.
_UNIT = re.compile(r"各[省州市县区]{1,2}(?:、[市县区乡镇]{1,2})*(?:人民)?政府|[^、,;]+")
_AND = re.compile(r"(?:以及|及|和)(?=各)")
_LONGEST_UNIT = 24


@dataclass(frozen=True, slots=True)
class Stated:
    """Units named at ``text[start:end]`` for what stands before them, from ``since`` on; the first leads."""

    start: int
    end: int
    since: int
    lead: tuple[str, ...]
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    line: re.Pattern[str]
    named: re.Pattern[str]
    led: re.Pattern[str]
    shared: re.Pattern[str]
    rest: re.Pattern[str]
    ending: re.Pattern[str]
    duty: re.Pattern[str]
    owners: dict[str, tuple[tuple[int, float], ...]]
    units: tuple[dict[str, str], ...]
    least: float


@cache
def _words() -> _Words:
    raw: dict[str, Any] = table("units")
    stated, proposed = raw["stated"], raw["proposed"]
    names = any_of([*stated["lead"], *stated["help"]])
    units = rows("units")
    owners: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, unit in enumerate(units):
        for word in filter(None, unit["duties"].split("|")):
            owners[word].append((at, len(word) / 2 if word in proposed["broad"] else float(len(word))))
    return _Words(
        line=re.compile(rf"(?m)^ *(?:{names}) ?:[^\n]{{2,300}}$"),
        named=re.compile(rf"(?P<name>{names}) ?:"),
        led=re.compile(rf"(?P<units>[^,;]*?)(?:{stated['led']})(?:[,;]|$)"),
        shared=re.compile(rf"(?:{stated['shared']})$"),
        rest=re.compile(stated["rest"]),
        ending=re.compile(rf"(?:{stated['endings']})$"),
        duty=re.compile(any_of(owners)),
        owners={word: tuple(found) for word, found in owners.items()},
        units=units,
        least=float(proposed["least"]),
    )


# --- stated -----------------------------------------------------------------------------------------------------------


def stated(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Stated]:
    """Every place of the folded ``text`` that names who is in charge, in text order."""
    if not _words().named.search(text) and "负责)" not in text and "牵头" not in text:
        return []
    found = [*_lines(text), *_brackets(text, paragraphs)]
    return sorted(found, key=lambda one: one.start)


def _lines(text: str) -> Iterator[Stated]:
    """责任单位：甲局、乙局 on a line of its own, for what stands since the line before of that kind."""
    since = 0
    for match in _words().line.finditer(text):
        lead, help_ = _listed(match[0])
        if lead:
            yield Stated(match.start(), match.end(), since, lead, help_)
            since = match.end()


def _brackets(text: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[Stated]:
    """（甲局牵头，乙局负责） and （责任单位：甲局） behind what they are for, in the same paragraph."""
    words = _words()
    at, done = 0, 0
    for match in _BRACKET.finditer(text):
        inside = match[1] or match[2]
        if not (words.named.search(inside) or inside.endswith(("负责", "牵头", "配合"))):
            continue
        lead, help_ = _listed(inside) if words.named.search(inside) else _shared(inside)
        while at + 1 < len(paragraphs) and paragraphs[at + 1][0] <= match.start():
            at += 1
        since = max(paragraphs[at][0] if paragraphs else 0, done)
        done = match.end()
        if lead:
            yield Stated(match.start(), match.end(), since, lead, help_)


def _listed(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """牵头单位：甲局；责任单位：乙局、丙局 → (甲局), (乙局, 丙局); one list alone: its first unit leads."""
    marks = list(_words().named.finditer(words))
    lists = []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        lists.append(_units(words[mark.end() : after.start() if after else len(words)]))
    if not lists or not lists[0]:
        return (), ()
    if len(lists) > 1:
        return lists[0], tuple(unit for more in lists[1:] for unit in more)
    leads = marks[0]["name"].startswith("牵头")
    return (lists[0], ()) if leads else (lists[0][:1], lists[0][1:])


def _shared(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """甲部、乙部牵头，丙部负责 → (甲部, 乙部), (丙部); without 牵头 the first leads."""
    led = _words().led.match(words)
    if led:
        return _units(led["units"]), _units(words[led.end() :])
    found = _units(words)
    return found[:1], found[1:]


def _units(words: str) -> tuple[str, ...]:
    """The names in a list of units."""
    made, found = _words(), []
    for piece in _UNIT.findall(_AND.sub("、", words)):
        name = made.rest.sub("", made.shared.sub("", piece.strip(" .。"))).strip()
        if 1 < len(name) <= _LONGEST_UNIT and made.ending.search(name):
            found.append(name)
    return tuple(dict.fromkeys(found))


# --- proposed ---------------------------------------------------------------------------------------------------------


def proposed(words: str, level: Level | None, place: str | None) -> tuple[Duty, ...]:
    """Units that the matter in ``words`` (folded) may belong to, the likeliest first, each with its reason."""
    made = _words()
    scores: dict[int, float] = defaultdict(float)
    reasons: dict[int, list[str]] = defaultdict(list)
    for word in dict.fromkeys(made.duty.findall(words)):
        for unit, weight in made.owners[word]:
            scores[unit] += weight / len(made.owners[word])
            reasons[unit].append(word)
    ranked = sorted(scores, key=lambda unit: (-scores[unit], unit))
    duties = []
    for unit in ranked:
        name = _name(made.units[unit], level, place)
        if name and scores[unit] >= made.least:
            why = f"{'、'.join(f'“{word}”' for word in reasons[unit][:3])}属其职责"
            duties.append(Duty(unit=name, basis="proposed", why=why))
    return tuple(duties)


def _name(unit: dict[str, str], level: Level | None, place: str | None) -> str:
    """The unit's name at this level, behind the sign of the place (区发展和改革局)."""
    column = level if level in ("city", "province", "national") else "county"
    name = unit[column]
    if not name or column == "national":
        return name
    signs = table("units")["proposed"]["prefix"][column]
    sign = place[-1] if place and place[-1] in signs else signs[0]
    return f"{sign}{name}"


def same_unit(one: str, other: str) -> bool:
    """Whether two names mean one unit of the catalogue: by name, alias, or one within the other (人社局, 省人社厅)."""
    return one == other or bool(_codes(one) & _codes(other))


@cache
def _codes(name: str) -> frozenset[str]:
    bare = re.sub(r"^(?:自治区|全国|国家|[省市县区州盟旗])(?=..)", "", name)
    found = set()
    for unit in _words().units:
        names = {unit[column] for column in ("county", "city", "province", "national")} | set(
            unit["aliases"].split("|")
        )
        if bare in names or name in names:
            found.add(unit["code"])
    return frozenset(found)


# --- both ----------------------------------------------------------------------------------------------------------


def appointed(
    items: Sequence[Item],
    commitments: Sequence[Commitment],
    said: Sequence[Stated],
    propose: Callable[[str], tuple[Duty, ...]],
) -> tuple[Item, ...]:
    """``items`` with their units: those ``said`` for their stretch, else the likeliest that ``propose`` gives.

    ``said`` and ``commitments`` count the same text; ``propose`` takes an item's words, folded.
    """
    by_id = {one.id: one for one in commitments}
    ends = [one.start for one in said]
    made = []
    for item in items:
        clauses = [by_id[name] for name in item.commitments if name in by_id]
        begin = min((one.start for one in clauses), default=-1)
        at = bisect_left(ends, begin)
        named = said[at] if at < len(said) and said[at].since <= begin else None
        made.append(item.model_copy(update=_duties(named, clauses, propose)))
    return tuple(made)


def _duties(
    named: Stated | None, clauses: Sequence[Commitment], propose: Callable[[str], tuple[Duty, ...]]
) -> dict[str, Any]:
    if named:
        first, *others = [Duty(unit=unit, basis="stated") for unit in (*named.lead, *named.help)]
        return {"lead": first, "help": tuple(others)}
    likely = propose(fold("".join(one.text for one in clauses)))
    return {"lead": likely[0]} if likely else {}
