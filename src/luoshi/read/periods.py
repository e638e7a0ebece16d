"""Words of time: where they stand, which figures they govern, which days they mean; see ``lexicon/periods.toml``.

A time that is only the base of a comparison (比2019年) is found too, but governs nothing. Offsets: the folded text's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from luoshi.amounts import numeral
from luoshi.plan.model import Precision
from luoshi.read.words import any_of, table

_LOOK = 10
_CLAUSE = 160
_STEPS = 40
_NUMERALS = "一二三四五六七八九十两"
_YEAR = r"(?:(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})"
_FEW = r"(?:[一二两三四五六七八九十]{1,3}|\d{1,2})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_HAN = "(?:十[一二三四五六七八九]?|[一二三四五六七八九])"
_DAY = r"\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DASH = r" ?(?:[-—~]{1,2}|[至到、]) ?"
_THIRDS = {"上旬": 10, "中旬": 20}
_YEAR_END = frozenset(("年底", "年末", "年终"))
_NAMED: dict[tuple[int, int], Precision] = {(1, 12): "year", (1, 6): "half", (7, 12): "half"}


class Time(NamedTuple):
    """Words of time ``text[start:end]``.

    ``first`` and ``last`` are years: of the calendar if ``fixed``, else counted from the report's own; None where the
    part of the report decides (全年) or, if ``unclear``, nothing does (近年来). ``years`` years are counted forwards if
    ``ahead`` (None: as the part of the report is). ``months`` and ``day`` narrow one year. ``limit``: says by when.
    ``point``: the last day only (2023年末). ``since``: from then on. ``own``: governs only what follows at once.
    ``base``: only what something is compared with. ``head``: opens its clause. Governs figures before ``reach``.
    """

    start: int
    end: int
    first: int | None = None
    last: int | None = None
    fixed: bool = False
    years: int = 0
    ahead: bool | None = None
    months: tuple[int, int] | None = None
    day: int | None = None
    limit: bool = False
    point: bool = False
    since: bool = False
    unclear: bool = False
    own: bool = False
    base: bool = False
    head: bool = False
    reach: int = 0


def periods(text: str, start: int = 0, end: int | None = None) -> list[Time]:
    """Every expression of time in ``text[start:end]`` (folded), in order, none overlapping."""
    words, done, stop = _words(), start, len(text) if end is None else end
    found: list[Time] = []
    for hit in words.start.finditer(text, start, stop):
        at = hit.start()
        if at < done:
            continue
        if text[at] == "《":
            name = words.says["name"].match(text, at, stop)
            done = name.end() if name else at + 1
        elif text[at + 1 : at + 2] in words.second[text[at]]:
            match = words.time.match(text, at, stop)
            time = words.makers[match.lastgroup or ""](_Place(words, text, match, start)) if match else None
            if time is not None:
                found.append(_placed(words, text, time, (start, stop), found[-1] if found else None))
                done = time.end
    return found


def governing(times: Sequence[Time], sentence: tuple[int, int], figure_start: int) -> Time | None:
    """The one of ``times`` that governs a figure at ``figure_start`` in its whole sentence (to the last 。), if any.

    The nearest before the figure whose reach holds it: 年均 governs its own figure, a time that opens its clause all
    that follow, the base of a comparison none.
    """
    at = bisect_left(times, figure_start, key=lambda time: time.start)
    for time in reversed(times[max(0, at - _STEPS) : at]):
        if time.start < sentence[0]:
            return None
        if not time.base and time.end <= figure_start < time.reach:
            return time
    return None


def interval(
    time: Time, year: int | None, term: tuple[date, date] | None = None, forward: bool = False
) -> tuple[date, date, Precision] | None:
    """First day, last day and precision of ``time`` in a report of ``year``; None where the words do not settle it.

    ``forward``: whether it stands in a part that looks ahead (there 全年 is the report's year, else the year before).
    A ``term`` of several years is what 今后五年 means, and 过去五年 are the five before it.
    """
    years = None if time.unclear else _years(time, year, term, forward)
    if years is None or not date.min.year <= years[0] <= years[1] <= date.max.year:
        return None
    first, last = years
    begin, until = time.months or (1, 12)
    final = date(last, until, min(time.day or 31, monthrange(last, until)[1]))
    if time.point:
        return final, final, "day"
    if time.day and not time.limit and begin == until and first == last:
        return final, final, "day"
    return date(first, begin, 1), final, _precision(time, first, last)


def _precision(time: Time, first: int, last: int) -> Precision:
    if first != last:
        return "years"
    if time.day:
        return "day"
    begin, until = time.months or (1, 12)
    return _NAMED.get((begin, until)) or ("quarter" if begin % 3 == 1 and until % 3 == 0 else "month")


def _years(time: Time, year: int | None, term: tuple[date, date] | None, forward: bool) -> tuple[int, int] | None:
    """The first and the last year of the calendar that are meant."""
    first, last = time.first, time.last
    if time.fixed and first is not None and last is not None:
        if not time.since:
            return first, last
        return None if year is None else (first, max(first, year if forward else year - 1))
    if year is None:
        return None
    if time.years:
        return _span(time, year, term, forward)
    if first is None or last is None:
        first = last = 0 if forward else -1
    return year + first, year + last


def _span(time: Time, year: int, term: tuple[date, date] | None, forward: bool) -> tuple[int, int]:
    turn = term[0].year if term and term[1].year > term[0].year else year
    ahead = forward if time.ahead is None else time.ahead
    return (turn, turn + time.years - 1) if ahead else (turn - time.years, turn - 1)


# --- what the words say -----------------------------------------------------------------------------------------------


class _Place(NamedTuple):
    """A match in its text; nothing before ``floor`` is looked at."""

    words: _Words
    text: str
    match: re.Match[str]
    floor: int

    def before(self, name: str) -> re.Match[str] | None:
        """What the pattern of this name finds that ends where the match begins."""
        start = self.match.start()
        return self.words.says[name].search(self.text, max(self.floor, start - _LOOK), start)

    def opens(self) -> bool:
        """Whether the match opens its clause."""
        return _is_head(self.words, self.text, self.match.start(), self.floor)

    def follows(self, name: str) -> bool:
        """Whether what the pattern of this name finds stands right behind the match."""
        return self.words.says[name].match(self.text, self.match.end()) is not None


def _dated(place: _Place) -> Time | None:
    """A year of the calendar or of the report, with month, half or quarter; or one of these alone."""
    match, words = place.match, place.words
    first = last = None
    if match["year"]:
        last = _number(match["year"])
        first = _number(match["from"]) if match["from"] else last
    elif match["relative"]:
        first = last = words.raw["relative"][match["relative"]]
    months, day = _months(words, match)
    if (last is None and months is None) or (not match["year"] and place.before("not_after")):
        return None
    time = Time(match.start(), match.end(), first, last, fixed=bool(match["year"]), months=months, day=day)
    return _ended(place, time)


def _months(words: _Words, match: re.Match[str]) -> tuple[tuple[int, int] | None, int | None]:
    """First and last month, and the last day, behind a year or alone."""
    if match["part"]:
        begin, until = words.raw["part"][match["part"]]
        return (begin, until), None
    if not match["month"]:
        return None, None
    until = _number(match["month"])
    begin = _number(match["since"]) if match["since"] else until
    day = _number(match["day"]) if match["day"] else _THIRDS.get(match["third"])
    return (min(begin, until), until), day


def _ended(place: _Place, time: Time) -> Time:
    """``time`` with the words before and behind it that say how it is meant: 到, 截至, 底前, 以来."""
    words, match = place.words, place.match
    edge, tail, part = match["edge"] or "", match["tail"] or "", match["part"] or ""
    since = tail in words.raw["since"]["tails"]
    lead = place.before("lead")
    start = lead.start() if lead and (since or lead[0] not in "自从") else time.start
    until = start < time.start and not since
    limit = until or tail in words.raw["limit"]["tails"] or part in _YEAR_END or edge == "内" or part == "年内"
    at_end = edge in ("底", "末") or part in _YEAR_END
    point = at_end and tail not in words.raw["limit"]["tails"] and (not until or place.text[start] == "截")
    return time._replace(start=start, limit=limit, since=since, point=point)


def _spanned(place: _Place) -> Time | None:
    """So many years, counted back or forwards."""
    match, sides = place.match, place.words.raw["span"]
    before, behind = match["before"] or "", match["behind"] or ""
    time = Time(*match.span(), years=_number(match["count"]))
    if place.before("not_after_span") or (behind and place.follows("record")):
        return None
    if before in sides["within"]:
        return time._replace(unclear=True)
    if before in sides["repeated"]:
        return time._replace(ahead=False, own=True, unclear=before == "每")
    if before in sides["ahead"] or behind in sides["behind_ahead"]:
        return time._replace(ahead=True, limit=behind in sides["behind_ahead"])
    if before in sides["past"] or behind in sides["behind_past"]:
        return time._replace(ahead=False)
    alone = behind or (not place.follows("not_before_span") and place.opens())
    return time if alone else None


def _planned(place: _Place) -> Time | None:
    """A five-year plan: “十四五”时期, 第七个五年计划期间."""
    words, match = place.words, place.match
    number, tail = _number(match["plan"] or match["plain"] or match["nth"]), match["tails"] or ""
    if not tail and (match["open"] is None or place.follows("plan_name")):
        return None
    first = words.raw["plan"]["first"][number - 1] if number < 3 else words.raw["plan"]["first"][2] + 5 * (number - 3)
    last, count = first + 4, next((_number(char) for char in tail if char in "两三四"), 0)
    if count:
        first, last = (first, first + count - 1) if tail[0] in "前头" else (last - count + 1, last)
    lead, ends = place.before("lead"), "末" in tail
    start = lead.start() if lead and lead[0] not in "自从" else match.start()
    limit = ends or start < match.start()
    return Time(start, match.end(), last if ends else first, last, fixed=True, limit=limit, since=tail == "以来")


def _season(place: _Place) -> Time | None:
    """A limit by season or feast (主汛期前)."""
    match, raw = place.match, place.words.raw
    day, year = raw["season"][match["feast"]], raw["relative"].get(match["which"])
    time = Time(*match.span(), year, year, limit=True, unclear=not day)
    return time._replace(months=(day[0], day[0]), day=day[1]) if day else time


def _vague(place: _Place) -> Time | None:
    if place.before("not_after"):
        return None
    return Time(*place.match.span(), unclear=True, limit=place.match[0].endswith("内"))


def _rate(place: _Place) -> Time | None:
    return Time(*place.match.span(), unclear=True, own=True)


def _number(written: str) -> int:
    return int(numeral(written))


# --- where they stand -------------------------------------------------------------------------------------------------


def _placed(words: _Words, text: str, time: Time, bounds: tuple[int, int], last: Time | None) -> Time:
    """``time`` with its reach: to the end of the sentence, of the clause, or of the first amount of a pair."""
    floor, stop = bounds
    joined, look = last is not None and last.base and last.end == time.start, max(floor, time.start - _LOOK)
    if (
        joined
        or words.says["base_before"].search(text, look, time.start)
        or words.says["base_behind"].match(text, time.end)
    ):
        return time._replace(base=True, reach=time.end)
    if words.says["from_before"].search(text, look, time.start) and text.startswith("的", time.end):
        return time._replace(reach=_next(words.says["from_stop"], text, time.end, stop))
    if time.own:
        return time._replace(reach=_next(words.says["own_stop"], text, time.end, stop))
    if _is_head(words, text, time.start, floor):
        bare = time.years and time.ahead is None
        reach = _next(words.says["part_stop"], text, time.end, stop) if bare else len(text) + 1
        return time._replace(head=True, reach=reach)
    return time._replace(reach=_next(words.says["clause_stop"], text, time.end, stop))


def _next(pattern: re.Pattern[str], text: str, at: int, stop: int) -> int:
    end = min(stop, at + _CLAUSE)
    match = pattern.search(text, at, end)
    return match.start() if match else end


def _is_head(words: _Words, text: str, at: int, floor: int) -> bool:
    """Whether the time at ``at`` opens its clause."""
    return at <= floor or words.says["head"].search(text, max(floor, at - _LOOK), at) is not None


# --- the patterns -----------------------------------------------------------------------------------------------------

Maker = Callable[["_Place"], "Time | None"]


@dataclass(frozen=True, slots=True)
class _Words:
    start: re.Pattern[str]
    second: dict[str, frozenset[str]]
    time: re.Pattern[str]
    makers: dict[str, Maker]
    says: dict[str, re.Pattern[str]]
    raw: dict[str, Any]


def _pattern(raw: dict[str, Any]) -> str:
    """One pattern for every form; the name of the form is the last group of its branch."""
    span, plan, part = raw["span"], raw["plan"], any_of(raw["part"])
    around = any_of(span["past"] + span["ahead"] + span["repeated"] + span["within"])
    behind = any_of(span["behind_past"] + span["behind_ahead"] + span["behind"])
    tail = any_of([*raw["limit"]["tails"], *raw["since"]["tails"], "期间"], raw["limit"]["not_before"])
    day = rf"(?P<day>{_DAY})[日号]|(?P<third>[上中下]旬)"
    month = rf"(?:(?P<since>{_MONTH})月?{_DASH})?(?P<month>{_MONTH})月(?!球|办|接|[一三](?![日号十]))(?:份|{day})?"
    year = rf"(?:(?P<from>{_YEAR}) ?年?{_DASH})?(?P<year>{_YEAR}) ?年度?|(?P<relative>{any_of(raw['relative'])})"
    branches = (
        rf"(?P<before>{around})?(?<![\d.])(?P<count>{_FEW})个?年(?P<behind>{behind})?(?P<span>)",
        rf"(?:(?P<open>“)(?P<plan>{_HAN})五”|(?P<plain>{_HAN})五”?(?=[时期规计末])|第(?P<nth>{_HAN})个五年(?=[计规]划))(?P<tails>{any_of(plan['tails'])})?(?P<planned>)",
        rf"(?P<which>[今明]年)?(?P<feast>{any_of(raw['season'])})(?P<season>)",
        rf"(?:{any_of(raw['vague']['words'])}|{raw['vague']['forms']})(?P<vague>)",
        rf"(?:{any_of(raw['rate']['words'])})(?!{raw['rate']['not_before']})(?P<rate>)",
        rf"(?:{year})?(?: ?(?:第?(?P<part>{part})(?![龄薪])|{month}))?(?P<edge>[底末内])?(?P<tail>{tail})?(?P<dated>)",
    )
    return "|".join(branches)


def _second(raw: dict[str, Any]) -> dict[str, frozenset[str]]:
    """By the first character of a time: the characters that may stand second, so that few places need a closer look."""
    span = raw["span"]
    made: dict[str, set[str]] = {char: {*_NUMERALS, *"〇零年月个季五"} for char in _NUMERALS}
    made |= {char: {*"0123456789年月个 -—~至到、"} for char in "0123456789"}
    made |= {"第": {*_NUMERALS}, "“": {*_NUMERALS}, "党": {"的"}}
    for word in (*raw["relative"], *raw["part"], *raw["season"], *raw["vague"]["words"], *raw["rate"]["words"]):
        made.setdefault(word[0], set()).add(word[1])
    for word in (*span["past"], *span["ahead"], *span["repeated"], *span["within"]):
        made.setdefault(word[0], set()).update(word[1:2] or (*_NUMERALS, *"0123456789"))
    return {first: frozenset(chars) for first, chars in made.items()}


@cache
def _words() -> _Words:
    raw = table("periods")
    second = _second(raw)
    return _Words(
        start=re.compile(rf"[0-9《{''.join(sorted(second))}](?<![\d.]\d)(?!\d++[^年月个\d ~至到、—-])"),
        second=second,
        time=re.compile(_pattern(raw)),
        makers={
            "span": _spanned,
            "planned": _planned,
            "season": _season,
            "vague": _vague,
            "rate": _rate,
            "dated": _dated,
        },
        says={name: re.compile(pattern) for name, pattern in _says(raw).items()},
        raw=raw,
    )


def _says(raw: dict[str, Any]) -> dict[str, str]:
    """What is looked for before and behind a time, by name."""
    return {
        "name": r"《[^《》\n]{0,60}》",
        "lead": rf"(?:{any_of([*raw['limit']['lead'], '自', '从'])})$",
        "head": rf"(?:^|[,;:。!?\n”) —])(?:{any_of(raw['head']['adverbs'])}){{0,2}}$",
        "own_stop": r"[,;。!?\n]|、(?!\d)",
        "clause_stop": r"[,;。!?\n]",
        "part_stop": r"[;。!?\n]",
        "from_stop": raw["from"]["stops"],
        "from_before": raw["from"]["before"],
        "base_before": raw["base"]["before"],
        "base_behind": raw["base"]["behind"],
        "not_after": raw["vague"]["not_after"],
        "not_after_span": raw["span"]["not_after"],
        "not_before_span": raw["span"]["not_before"],
        "record": raw["span"]["record"],
        "plan_name": raw["plan"]["name"],
    }
