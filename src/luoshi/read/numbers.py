"""The lexer of numbers: every expression that states an amount, rate, share, rank or ratio, with span and value.

What only looks like a number (331厂, “十四五”, 105国道, 二〇二六年) falls to the lists of ``lexicon/numbers.toml``.
Scale words stay in the unit (460亿元 → 460, 亿元); spans are those of the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from luoshi.amounts import SCALES, numeral, plain, units
from luoshi.read.words import any_of, table

Form = Literal["amount", "range", "share", "multiple", "rank", "ratio"]

_LOOK = 24
_LONGEST_RATIO = 6
# These only introduce a number: where they make no rank, the number behind them is looked at by itself (提前两年).
_OPENERS = "第前首翻"


@dataclass(frozen=True, slots=True)
class Number:
    """``text[start:end]`` with its value (decimal text) in ``unit``; ``more`` where 余 or 多 follows."""

    start: int
    end: int
    value: str
    unit: str
    form: Form = "amount"
    value2: str | None = None
    more: bool = False
    han: bool = False


Maker = Callable[["re.Match[str]"], "Number | None"]


@dataclass(frozen=True, slots=True)
class _Lexer:
    start: re.Pattern[str]
    quoted: re.Pattern[str]
    idiom: re.Pattern[str]
    forms: dict[str, Sequence[tuple[re.Pattern[str], Maker]]]
    before: re.Pattern[str]
    after: re.Pattern[str]
    measured: re.Pattern[str]
    han_before: re.Pattern[str]
    bare_after_name: re.Pattern[str]
    bare: re.Pattern[str]
    bare_after: re.Pattern[str]
    abstract: re.Pattern[str]
    rank: re.Pattern[str]
    no_rank: re.Pattern[str]
    no_top: re.Pattern[str]
    length: re.Pattern[str]
    not_length: re.Pattern[str]
    time: frozenset[str]
    count: frozenset[str]
    loose: frozenset[str]
    arabic_only: frozenset[str]
    abstract_han: re.Pattern[str]
    by_context: dict[str, re.Pattern[str]]


def numbers(text: str) -> list[Number]:
    """Every number expression of ``text`` (folded), in order, none overlapping."""
    found: list[Number] = []
    lexer, done = _lexer(), 0
    for hit in lexer.start.finditer(text):
        at = hit.start()
        if at < done:
            continue
        if hit[0] in "“《":
            name = lexer.quoted.match(text, at)
            done = name.end() if name else at + 1
            continue
        done, number = _at(lexer, text, at)
        if number is not None:
            found.append(number)
    return found


def _at(lexer: _Lexer, text: str, at: int) -> tuple[int, Number | None]:
    """What stands at ``at``: how far to go on, and the number, if it is one."""
    idiom = lexer.idiom.match(text, at)
    if idiom:
        return idiom.end(), None
    for pattern, make in lexer.forms["0" if text[at].isascii() else text[at]]:
        match = pattern.match(text, at)
        if match:
            number = make(match)
            return match.end() if number or text[at] not in _OPENERS else at + 1, number
    return at + 1, None


# --- the forms -----------------------------------------------------------------------------------------------------


def _ratio(match: re.Match[str]) -> Number | None:
    """1.8:39.8:58.4, 2.31:1; two whole numbers are a ratio only behind 比 (else 8:30 would be one)."""
    count = match[0].count(":")
    simple = count == 1 and "." not in match[0]
    if count > _LONGEST_RATIO or match[0].endswith(":"):
        return None
    if simple and "比" not in match.string[_floor(match.start()) : match.start()]:
        return None
    return Number(match.start(), match.end(), match[0], "", "ratio")


def _amount(match: re.Match[str]) -> Number | None:
    """An Arabic number, a range of two, or a Chinese numeral, each with its unit."""
    text, unit = match.string, _clean(match["unit"])
    han = not match["number"][0].isascii()
    if not _is_amount(text, match.start(), match.end(), unit, match["number"], han=han):
        return None
    more = bool(match["more"]) or _has_more(match["unit"])
    return Number(match.start(), match.end(), _value(match["number"]), unit, more=more, han=han)


def _range(match: re.Match[str]) -> Number | None:
    low, high = _clean(match["lowunit"]), _clean(match["highunit"])
    unit = high or low
    if (
        not unit
        or (low and low != high)
        or not _is_amount(match.string, match.start(), match.end(), unit, match["high"])
    ):
        return None
    return Number(match.start(), match.end(), _value(match["low"]), unit, "range", _value(match["high"]))


def _of_hundred(match: re.Match[str]) -> Number | None:
    if match["to"]:
        return Number(match.start(), match.end(), _value(match["of"]), "%", "range", _value(match["to"]))
    return Number(match.start(), match.end(), _value(match["of"]), "%", "share", han=True)


def _of_thousand(match: re.Match[str]) -> Number | None:
    return Number(match.start(), match.end(), _value(match["of"]), "‰", "share", han=True)


def _fraction(match: re.Match[str]) -> Number | None:
    return Number(
        match.start(), match.end(), f"{_value(match['share'])}/{_value(match['parts'])}", "", "share", han=True
    )


def _half(match: re.Match[str]) -> Number | None:
    return Number(match.start(), match.end(), "1/2", "", "share", han=True)


def _tenths(match: re.Match[str]) -> Number | None:
    value = numeral(match["of"]) * 10 + (5 if match["half"] else 0)
    return Number(match.start(), match.end(), plain(value), "%", "share", han=True)


def _two_digits(match: re.Match[str]) -> Number | None:
    """两位数增长 means ten per cent or more."""
    return Number(match.start(), match.end(), "10", "%", "share", han=True)


def _doublings(match: re.Match[str]) -> Number | None:
    times = 2 ** int(numeral(match["of"] or "一"))
    return Number(match.start(), match.end(), str(times), "倍", "multiple", han=True)


def _place(match: re.Match[str]) -> Number | None:
    lexer, text = _lexer(), match.string
    if lexer.no_rank.match(text, match.end()) or not lexer.rank.search(text, _floor(match.start()), match.start()):
        return None
    return Number(match.start(), match.end(), _value(match["of"]), match["unit"] or "", "rank", han=True)


def _top(match: re.Match[str]) -> Number | None:
    if match["unit"] is None and _lexer().no_top.match(match.string, match.end()):
        return None
    return Number(match.start(), match.end(), _value(match["of"]), match["unit"] or "", "rank", han=True)


def _first(match: re.Match[str]) -> Number | None:
    if not _lexer().rank.search(match.string, _floor(match.start()), match.start()):
        return None
    return Number(match.start(), match.end(), "1", "位", "rank", han=True)


# --- what is no amount ---------------------------------------------------------------------------------------------


def _floor(at: int) -> int:
    return max(0, at - _LOOK)


def _is_amount(text: str, start: int, end: int, unit: str, number: str, *, han: bool = False) -> bool:
    """Whether a number with this unit at this place counts or measures something, by the lists of the lexicon."""
    lexer = _lexer()
    floor = _floor(start)
    if lexer.after.match(text, end) or (han and lexer.han_before.search(text, floor, start)):
        return False
    if lexer.before.search(text, floor, start) and not (unit and lexer.measured.search(text, floor, start)):
        return False
    if not unit:
        alone = lexer.bare.search(text, floor, start) and lexer.bare_after.match(text, end)
        return bool(alone) and not lexer.bare_after_name.match(text, end)
    if han and (number in lexer.loose or unit in lexer.arabic_only):
        return False
    if unit in lexer.time:
        return _is_length(lexer, text, start, end, unit)
    return _counts(lexer, text, start, end, unit, han=han)


def _counts(lexer: _Lexer, text: str, start: int, end: int, unit: str, *, han: bool) -> bool:
    """Whether a unit of count counts things here, and not the points of a list (三项任务) or editions (第三届)."""
    if unit in lexer.by_context and not lexer.by_context[unit].search(text, _floor(start), start):
        return False
    if han and lexer.abstract_han.match(text, end):
        return False
    return not (unit in lexer.count and lexer.abstract.match(text, end))


def _is_length(lexer: _Lexer, text: str, start: int, end: int, unit: str) -> bool:
    """A length of time is a figure only where it is itself the amount (压缩至3个工作日), else a period or a date."""
    year = unit == "年" and text[start : start + 4].isdecimal()
    if year or unit in ("月", "时", "点") or lexer.not_length.match(text, end):
        return False
    return bool(lexer.length.search(text, _floor(start), start))


def _value(written: str) -> str:
    return plain(numeral(written))


def _clean(unit: str | None) -> str:
    """The unit without spaces, 余 and 多; 个百分点 is 百分点."""
    if not unit:
        return ""
    bare = unit.replace(" ", "").replace("余", "").replace("多", "")
    return "百分点" if bare == "个百分点" else bare


def _has_more(unit: str | None) -> bool:
    return bool(unit) and any(char in "余多" for char in unit or "")


# --- the patterns --------------------------------------------------------------------------------------------------

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.])|\d+(?: ?\. ?\d+)?)"
_DIGIT = "零〇一二三四五六七八九两"
_TENS = rf"(?:[{_DIGIT}十百]|千(?![瓦伏]))"  # 七千千瓦: seven thousand 千瓦
_HAN = rf"{_TENS}+(?:点[{_DIGIT}]+)?"
_LONG = rf"{_TENS}+[万亿](?=[{_DIGIT}])(?:{_TENS}|万)+"


def _unit_pattern() -> str:
    known = units()
    word = any_of(known, {name: unit.not_before for name, unit in known.items()})
    return rf" ?(?:{any_of(SCALES)}级?[余多]?(?:{word})?|{word})"


def _patterns() -> dict[str, Sequence[tuple[re.Pattern[str], Maker]]]:
    """The forms to try at a place, by its first character."""
    unit = _unit_pattern()
    either = rf"(?:{_ARABIC}|{_HAN})"

    def form(pattern: str, make: Maker) -> tuple[re.Pattern[str], Maker]:
        return re.compile(pattern), make

    arabic = [
        form(r"(?:\d++(?:\.\d++)?:){2,}+(?:\d++(?:\.\d++)?)?", _ratio),
        form(r"\d++(?:\.\d++)?:\d++(?:\.\d++)?(?![\d:])", _ratio),
        form(
            rf"(?P<low>{_ARABIC})(?P<lowunit>{unit})?(?: ?[-—~]+ ?|至|到)(?P<high>{_ARABIC})(?P<highunit>{unit})?",
            _range,
        ),
        form(r"(?P<share>[1-9])/(?P<parts>[2-9]|10)(?![\d/月日小])", _fraction),
        form(rf"(?P<number>{_ARABIC})(?P<more>[余多]?)(?P<unit>{unit})?", _amount),
    ]
    han = [
        form(rf"百分之(?P<of>{either})(?:[至到—-]+(?:百分之)?(?P<to>{either}))?", _of_hundred),
        form(rf"千分之(?P<of>{either})", _of_thousand),
        form(rf"(?P<parts>[{_DIGIT}十百]+)分之(?P<share>[{_DIGIT}十]+)", _fraction),
        form(r"一半(?!以[下])", _half),
        form(r"(?P<of>[一二三四五六七八九])成(?P<half>半)?(?=[以左多的,。;、])", _tenths),
        form(r"两位数", _two_digits),
        form(rf"(?P<number>{_LONG})(?P<more>[余多]?)(?P<unit>{unit})", _amount),
        form(rf"(?P<number>{_HAN})(?P<more>[余多]?)(?P<unit>{unit})", _amount),
    ]
    forms: dict[str, Sequence[tuple[re.Pattern[str], Maker]]] = dict.fromkeys(f"{_DIGIT}十百千", han)
    return forms | {
        "0": arabic,
        "第": [form(rf"第(?P<of>\d+|[{_DIGIT}十]+)(?P<unit>[位名])?", _place)],
        "前": [form(rf"前(?P<of>\d+|[{_DIGIT}十百]+)(?P<unit>[位名强])?", _top)],
        "首": [form("首位", _first)],
        "翻": [form(r"翻(?:了|上)?(?P<of>[一两二三四五]?)番", _doublings)],
    }


@cache
def _lexer() -> _Lexer:
    words = table("numbers")

    def pattern(name: str) -> re.Pattern[str]:
        return re.compile(words[name]["match"])

    return _Lexer(
        start=re.compile(rf"[0-9{_DIGIT}十百千第前首翻“《]"),
        quoted=re.compile(r"“(?:[^“”\n]{0,23}[^“”\n。!?])?”|《[^《》\n]{0,60}》"),
        idiom=re.compile(any_of(words["idiom"]["words"])),
        forms=_patterns(),
        before=pattern("name_before"),
        after=pattern("name_after"),
        measured=pattern("measured_before"),
        han_before=pattern("han_before"),
        bare_after_name=pattern("bare_name_after"),
        bare=pattern("bare_before"),
        bare_after=pattern("bare_after"),
        abstract=re.compile(
            rf"{words['abstract']['always']}|的?(?:新的|重大|重要|根本)?(?:{any_of(words['abstract']['words'])})(?:{words['abstract']['end']})"
        ),
        rank=pattern("rank"),
        no_rank=pattern("no_rank"),
        no_top=pattern("no_top"),
        length=pattern("length"),
        not_length=pattern("not_length"),
        time=frozenset(words["time"]["units"]),
        count=frozenset(words["abstract"]["units"]),
        loose=frozenset(words["loose"]["numerals"]),
        arabic_only=frozenset(words["loose"]["arabic_only"]),
        abstract_han=pattern("abstract_han"),
        by_context={unit: re.compile(rule) for unit, rule in words["by_context"].items()},
    )
