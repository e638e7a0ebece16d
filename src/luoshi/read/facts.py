"""What a report is: its title, whose it is, of which level and year, and which years its plan covers.

Read from title, date, byline and first sentence; failing those from the words of the whole text, and only then from the
name of the file. The words are in ``lexicon/facts.toml``, the names of provinces and cities in ``lexicon/places.csv``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import add
from typing import Any

from luoshi.amounts import numeral
from luoshi.plan.model import Level
from luoshi.read.words import rows, table
from luoshi.source.outline import Outline

_GAP = re.compile(r"(?<=[一-龥]) +(?=[一-龥])")
# A title set with gaps between its characters (政 府 工 作 报 告), not one of two phrases.
_SPREAD = re.compile(r"(?<![一-龥])[一-龥](?: +[一-龥](?![一-龥]))+")
_TITLE_LINES = 4
_TITLE_LENGTH = 60
_NAME = 12
_NO_END = "。:!?;,"
_UPPER = ("市", "州", "盟", "省", "自治区", "自治州")


@dataclass(frozen=True, slots=True)
class About:
    """Title, place (全国 for the State Council), level, year of the plan, first and last day the plan covers."""

    title: str = ""
    place: str | None = None
    level: Level | None = None
    year: int | None = None
    term: tuple[date, date] | None = None


def facts(text: str, outline: Outline, source: str = "") -> About:
    """What the report with this folded ``text`` is; ``source``, the name of its file, is the last hint."""
    title = _title(text, outline)
    opening = _opening(text)
    place, level = _place(opening, text)
    year, month = _year(opening, text, outline)
    if place is None or year is None:
        place, level, year = _hinted(source, place, level, year)
    return About(title, place, level, year, _term(outline, year, month))


def _opening(text: str) -> str:
    """Title, date, byline and greeting, gaps inside words closed: the top of the text up to 请予审议."""
    raw = table("facts")["body"]
    top = _GAP.sub("", text[: int(raw["reach"])])
    end = re.search(raw["ends"], top)
    return top[: end.end()] if end else top[: int(raw["short"])]


def _title(text: str, outline: Outline) -> str:
    """The lines of the title: those at the top that speak of a report, else the first line if it is short."""
    words = _words()
    lines = [line.strip() for line in text[: _TITLE_LINES * _TITLE_LENGTH].split("\n") if line.strip()]
    for line in lines[:_TITLE_LINES]:
        clean = words["edition"].sub("", _SPREAD.sub(_close, line))
        if (
            1 < len(clean) <= _TITLE_LENGTH
            and clean[-1] not in _NO_END
            and words["title"].search(clean)
            and not words["no_title"].search(clean)
        ):
            return clean.lstrip("—- ")
    first = _SPREAD.sub(_close, lines[0]) if lines else ""
    numbered = any(heading.start < len(first) and heading.number for heading in outline.headings[:1])
    plain = 1 < len(first) <= _TITLE_LENGTH and first[-1] not in _NO_END and not words["no_title"].search(first)
    return first.lstrip("—- ") if plain and not numbered else ""


def _close(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")


# --- where ------------------------------------------------------------------------------------------------------------


def _place(opening: str, text: str) -> tuple[str | None, Level | None]:
    """Place and level: the name in the opening, else the level it names and the name the text uses most."""
    words = _words()
    if words["national"].search(opening):
        return "全国", "national"
    kind = ""
    for said in _bodies(opening):
        name, level = _named(said)
        if name:
            return name, level
        kind = kind or (said[-_longest(said) :] if _longest(said) else "")
    level = table("facts")["generic"].get(kind) if kind else _called(text)
    if level == "national":
        return "全国", "national"
    return _counted(text[: table("facts")["count"]["reach"]], kind, level)


def _bodies(opening: str) -> Iterator[str]:
    """The names and levels of those who report, the surest phrase first."""
    raw = table("facts")["body"]
    for pattern in raw["patterns"]:
        for match in re.finditer(pattern, opening):
            yield re.sub(raw["trim"], "", match["name"])


def _longest(said: str) -> int:
    """The length of the level that ``said`` ends with (自治区, 市), 0 if none."""
    return max((len(kind) for kind in table("facts")["generic"] if said.endswith(kind)), default=0)


def _named(said: str) -> tuple[str | None, Level | None]:
    """The last place named in ``said`` (保定市清苑区 → 清苑区) and its level."""
    known = _by_name()
    if said in _by_short():
        return _by_short()[said][0][:2]
    listed = next((said[at:] for at in range(len(said)) if said[at:] in known), None)
    if listed:
        return listed, known[listed]
    parts = [match["name"] for match in _units().finditer(said)]
    if not parts:
        return None, None
    name = parts[-1]
    if _words()["never"].search(name) or name in table("facts")["generic"]:
        return None, None
    level: Level = table("facts")["level"][_ending(name)]
    return name, level


def _ending(name: str) -> str:
    endings: dict[str, str] = table("facts")["level"]
    return max((kind for kind in endings if name.endswith(kind)), key=len)


def _called(text: str) -> Level | None:
    """The level the text calls its own (全县, 我市) most often."""
    count: Counter[Level] = Counter()
    for word, level in table("facts")["self"].items():
        count[level] += text.count(word)
    raw = table("facts")["count"]
    (level, times), *_ = count.most_common(1)
    if times < raw["few"]:
        return None
    return "province" if level == "county" and text.count("自治区") >= raw["region"] else level


def _counted(text: str, kind: str, level: Level | None) -> tuple[str | None, Level | None]:
    """The name of that level, or of that ``kind`` (市, 县) if the opening says it, which the text uses most often.

    A place whose city or province is named too counts for more: many counties share their name with a common word.
    """
    raw = table("facts")["count"]
    best: tuple[float, str, Level] = (0, "", level or "county")
    for short, times in _mentions(text):
        for name, its, within in _by_short()[short]:
            lower = its == "county" and kind != "市"
            if lower and level == "county":
                weight = raw["county"] * (1 + min(text.count(within), raw["parent"]))
                best = max(best, (times * weight, _as_then(name, short, kind), its))
            elif name.endswith(kind) if kind in _UPPER else level in (None, its):
                best = max(best, (times * (raw["county"] if its == "county" else 1), name, its))
    return (best[1], best[2]) if best[0] >= raw["least"] else (None, level)


def _mentions(text: str) -> Iterator[tuple[str, int]]:
    """How often each short name occurs: its first two characters are counted for all names at once."""
    pairs = Counter(map(add, text, text[1:]))
    for short in _by_short():
        times = pairs[short[:2]]
        if times and len(short) > 2:
            times = text.count(short)
        if times:
            yield short, times


def _as_then(name: str, short: str, kind: str) -> str:
    """The ``name`` with the ending that the report itself uses: 清苑区 was 清苑县 before it became a district."""
    return short + kind if len(kind) == 1 and short != name and not name.endswith(kind) else name


def _hinted(
    source: str, place: str | None, level: Level | None, year: int | None
) -> tuple[str | None, Level | None, int | None]:
    """Place and year completed from the name of the file."""
    if place is None:
        for match in re.finditer(r"[一-龥]{2,12}", source):
            name, its = _named(match[0])
            if name and (level is None or its == level):
                place, level = name, its
                break
    if year is None:
        found = re.search(r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)", source)
        year = int(found[0]) if found else None
    return place, level, year


# --- when -------------------------------------------------------------------------------------------------------------


def _year(opening: str, text: str, outline: Outline) -> tuple[int | None, int | None]:
    """The year of the plan, and the month in which the report was given if that is said."""
    words, raw = _words(), table("facts")["year"]
    ahead, behind = _heading_years(outline)
    given = words["date"].search(opening)
    session = given or words["session"].search(opening)
    month = int(numeral(session["month"])) if session else None
    titled = words["year_title"].search(opening[:200])
    if titled:
        return int(numeral(titled["year"])), month
    if given:
        year = int(numeral(given["year"]))
        return (year + 1 if month and month >= raw["turn"] and year + 1 in ahead else year), month
    if ahead:
        return max(ahead, key=lambda year: (ahead[year], year)), month
    if behind:
        return max(behind) + 1, month
    return _text_year(text), month


def _heading_years(outline: Outline) -> tuple[Counter[int], Counter[int]]:
    """How many headings name a year of the plan, and how many one under review."""
    words = _words()
    ahead: Counter[int] = Counter()
    behind: Counter[int] = Counter()
    for heading in outline.headings:
        years = [int(year) for year in re.findall(r"(?:19[5-9]|20[0-4])\d(?=年)", heading.title)]
        if heading.depth == 0 and years:
            (behind if words["review"].search(heading.title) else ahead)[max(years)] += 1
    for year in behind:
        ahead.pop(year, None)
    return ahead, behind


def _text_year(text: str) -> int | None:
    """The year after the one that the text looks back on, else the one it looks ahead to."""
    words = _words()
    past = words["past"].search(text)
    if past:
        return int(past["year"] or past["begun"]) + 1
    ahead = Counter(int(m["year"]) for m in words["ahead"].finditer(text))
    return ahead.most_common(1)[0][0] if ahead else None


def _term(outline: Outline, year: int | None, month: int | None) -> tuple[date, date] | None:
    """The days the plan covers: the year, or five years where the plan speaks of no single year."""
    if year is None:
        return None
    words = _words()
    titles = [heading.title for heading in outline.headings if not words["review"].search(heading.title)]
    one = any(words["one"].search(title) or str(year) in title for title in titles)
    five = any(words["five"].search(title) for title in titles)
    if one or not five:
        return date(year, 1, 1), date(year, 12, 31)
    first = year + 1 if month and month >= table("facts")["term"]["turn"] else year
    return date(first, 1, 1), date(first + 4, 12, 31)


# --- the words --------------------------------------------------------------------------------------------------------


@cache
def _words() -> dict[str, re.Pattern[str]]:
    raw: dict[str, Any] = table("facts")
    patterns = {
        "national": raw["body"]["national"],
        "never": raw["body"]["never"],
        "year_title": raw["year"]["title"],
        "date": raw["year"]["date"],
        "session": raw["year"]["session"],
        "past": raw["year"]["past"],
        "ahead": raw["year"]["ahead"],
        "review": raw["year"]["review"],
        "one": raw["term"]["one"],
        "five": raw["term"]["five"],
        "title": raw["title"]["has"],
        "edition": raw["title"]["edition"],
        "no_title": raw["title"]["not"],
    }
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


@cache
def _units() -> re.Pattern[str]:
    """A place name up to its ending."""
    raw = table("facts")
    endings = (
        ending + (f"(?![{raw['inside'][ending]}])" if ending in raw["inside"] else "")
        for ending in sorted(raw["level"], key=len, reverse=True)
    )
    return re.compile(rf"(?P<name>[一-龥]{{1,{_NAME}}}?(?:{'|'.join(endings)}))")


@cache
def _by_name() -> dict[str, Level]:
    """The level of every province, prefecture, city, county and district."""
    return {row["name"]: _level(row["level"]) for row in rows("places")}


@cache
def _by_short() -> dict[str, list[tuple[str, Level, str]]]:
    """Name, level and what it lies in, by short name; a few short names stand for several places (吉林, 朝阳)."""
    short = {row["name"]: row["short"] for row in rows("places")}
    found: dict[str, list[tuple[str, Level, str]]] = {}
    for row in rows("places"):
        if row["short"] not in _common():
            place = (row["name"], _level(row["level"]), short.get(row["within"], ""))
            found.setdefault(row["short"], []).append(place)
    return found


def _level(word: str) -> Level:
    return "province" if word == "province" else "city" if word == "city" else "county"


@cache
def _common() -> frozenset[str]:
    """Words of every report, which are not counted as names (富民, 合作)."""
    return frozenset(table("facts")["count"]["common"])
