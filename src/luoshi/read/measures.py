"""What a number says: compared how, amount or change, up or down. Words: ``comparison.toml``, ``movement.csv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from luoshi.amounts import split
from luoshi.plan.model import Comparator, Direction, Measure
from luoshi.read.numbers import Number
from luoshi.read.words import any_of, rows, table

_TIMES = frozenset(("倍", "番"))
_POINTS = frozenset(("百分点", "点"))
_PERCENT = frozenset(("%", "‰"))
_RATE_BEHIND = re.compile(
    r"(?:以上|左右|以内)?(?:的|较快|高速|中高速|平稳|正|稳定)*(?:增长|增速|增幅|递增)(?:速度|率|预期)?(?![一-龥]{0,2}点|极)"
)
_GAP = re.compile(
    r"(?P<up>高于|快于|高出|超出|领先|优于|多于|高过|好于)[^,;。:、]{0,16}$|(?P<down>低于|慢于|落后于|少于|低过)[^,;。:、]{0,16}$"
)


@dataclass(frozen=True, slots=True)
class _Words:
    before: re.Pattern[str]
    after: re.Pattern[str]
    far: re.Pattern[str]
    near: re.Pattern[str]
    rate: re.Pattern[str]
    over: re.Pattern[str]
    joined: re.Pattern[str]
    direction: dict[str, Direction]
    condition: dict[str, str]


@cache
def _words() -> _Words:
    comparison, moves = table("comparison"), rows("movement")
    between = comparison["movement"]
    before, after = comparison["before"], comparison["after"]
    ways = "|".join(f"(?P<{name}>{'|'.join(before[name])})" for name in ("le", "ge", "lt", "gt", "approx"))
    behind = "|".join(f"(?P<{name}>{'|'.join(after[name])})" for name in ("ge", "le", "approx", "le_time"))
    verbs = any_of(row["word"] for row in moves if not row["noun"])
    return _Words(
        before=re.compile(f"(?:{ways}){before['between']}$"),
        after=re.compile(f"(?:{behind})"),
        far=re.compile(before["far_ge"]),
        near=re.compile(f"(?<!新)(?P<word>{verbs})(?!值|极|点|率)(?:{between['verb']})*$"),
        rate=re.compile(f"(?P<word>{any_of(row['word'] for row in moves if row['noun'])})(?:{between['rate']})*$"),
        over=re.compile(
            f"(?P<word>{any_of(row['word'] for row in moves if row['far'])})(?!值|到|至)"
            "[^,;。、到至达为占过的]{1,14}$"
        ),
        joined=re.compile(comparison["shared"]["joined"]),
        direction={row["word"]: "up" if row["direction"] == "up" else "down" for row in moves},
        condition={row["word"]: row["condition"] for row in moves},
    )


def tail(text: str, number: Number) -> tuple[int, Comparator | None]:
    """Where the words of comparison behind a number end (95%【以上】), and what they say."""
    match = _words().after.match(text, number.end)
    if not match or match.lastgroup is None:
        return number.end, None
    if match.lastgroup != "le_time":
        return match.end(), _comparator(match.lastgroup)
    if _is_time(number.unit) and text[match.end() : match.end() + 1] not in ("容", "部", "外", "地"):
        return match.end(), "le"
    return number.end, None


def comparator(left: str, number: Number, behind: Comparator | None) -> Comparator:
    """How ``number`` is compared, given the words before it in its clause and what stands behind it."""
    if number.form == "range":
        return "range"
    if number.form == "rank":
        return "eq"
    return behind or ("gt" if number.more else _before(left))


def _before(left: str) -> Comparator:
    words = _words()
    match = words.before.search(left)
    if match and match.lastgroup:
        return _comparator(match.lastgroup)
    return "ge" if words.far.search(left) else "eq"


def shares(between: str) -> bool:
    """Whether two numbers with ``between`` between them stand under one verb (50%、【污水处理率】60%以上)."""
    return bool(_words().joined.match(between))


def measure(left: str, right: str, number: Number) -> tuple[Measure, Direction | None]:
    """What ``number`` measures: ``left`` are the words of its clause before it, ``right`` those behind."""
    if number.form == "rank":
        return "rank", None
    if number.form == "ratio":
        return "ratio", None
    moved = _moved(left, number)
    if number.unit in _TIMES or number.form == "multiple":
        return "multiple", moved or "up"
    if number.unit in _POINTS:
        return "change", moved or _gap(left) or "up"
    if number.unit in _PERCENT or number.form == "share":
        return _rate(left, right, moved)
    moved = moved or _gap(left)
    return ("change", moved) if moved else ("level", None)


def _rate(left: str, right: str, moved: Direction | None) -> tuple[Measure, Direction | None]:
    """A percentage: a rate of change behind 增长 or 增速 or before 的增长, else a share."""
    if moved:
        return "growth", moved
    if rate := _words().rate.search(left):
        return "growth", _words().direction[rate["word"]]
    if _RATE_BEHIND.match(right):
        return "growth", "up"
    gap = _gap(left)
    return ("change", gap) if gap else ("level", None)


def _moved(left: str, number: Number) -> Direction | None:
    """The direction of the verb of change that governs a number (增长【7.5%】, 压减办公用房【3万平方米】)."""
    words = _words()
    match = words.near.search(left)
    if match and not _allowed(left, match, number, near=match.end("word") == len(left)):
        match = None
    if not match:
        match = words.over.search(left)
        if not match or not _allowed(left, match, number, near=False):
            return None
    return words.direction[match["word"]]


def _allowed(left: str, match: re.Match[str], number: Number, *, near: bool) -> bool:
    condition = _words().condition[match["word"]]
    if condition == "compared":
        return number.unit in _POINTS or bool(
            re.search(r"[比较](?!好|多|大|高|快|强)[^,;。]{1,20}$", left[: match.start("word")])
        )
    if condition == "near":
        return near
    if condition == "percent":
        return number.unit in _PERCENT
    return True


def _gap(left: str) -> Direction | None:
    match = _GAP.search(left)
    if not match or left.endswith(("高于", "低于", "多于", "少于")):
        return None
    return "up" if match["up"] else "down"


def _comparator(name: str) -> Comparator:
    known: dict[str, Comparator] = {"ge": "ge", "gt": "gt", "le": "le", "lt": "lt", "approx": "approx"}
    return known[name]


def _is_time(unit: str) -> bool:
    known = split(unit)
    return known is not None and known[1].dimension == "time"
