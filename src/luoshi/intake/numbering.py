"""Automatic numbers of lists, written out: what Word shows before a paragraph but does not store in its text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

_PLACE = re.compile(r"%([1-9])")
_ENCLOSED = re.compile(r"\s*eq\s*\\o(?:\\a[clr])?\s*\(\s*[○〇◯]\s*[,，;]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_CLOSED = frozenset("、）。．：】〕》,，;；")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LARGEST = 9999  # longer lists are numbered in decimals
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered. ``text`` holds ``%1`` … ``%9`` for the numbers of the levels.

    ``restart`` is the highest level (from 1) after which numbering begins anew, 0 for never, ``None`` for any above.
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str = ""
    font: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A list as paragraphs refer to it: whose levels and counters it uses, and what it does differently."""

    definition: str
    starts: Mapping[int, int] = field(default_factory=dict)
    levels: Mapping[int, Level] = field(default_factory=dict)


class Lists:
    """The lists of one document and how far each has been counted."""

    def __init__(self, definitions: Mapping[str, Mapping[int, Level]], uses: Mapping[str, Use]) -> None:
        self._definitions = definitions
        self._uses = uses
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of_style(self, use: str, style: str) -> int:
        """The level that is bound to a paragraph style, 0 if none is."""
        levels = self._definitions.get(self._uses[use].definition, {}) if use in self._uses else {}
        return next((at for at, level in levels.items() if level.style == style and style), 0)

    def label(self, use: str, at: int) -> str:
        """Count a paragraph of list ``use`` on level ``at`` (from 0) and return what stands before its text."""
        if use not in self._uses or not 0 <= at < _DEEPEST:
            return ""
        counts = self._counts.setdefault(self._uses[use].definition, [None] * _DEEPEST)
        level = self._level(use, at)
        starts = self._uses[use].starts
        if at in starts and (use, at) not in self._begun:
            counts[at] = starts[at]
        else:
            before = counts[at]
            counts[at] = level.start if before is None else before + 1
        self._begun.add((use, at))
        self._begin_below(use, at, counts)
        return self._write(use, level, counts)

    def _begin_below(self, use: str, at: int, counts: list[int | None]) -> None:
        for below in range(at + 1, _DEEPEST):
            restart = self._level(use, below).restart
            if restart is None or at < restart:
                counts[below] = None

    def _write(self, use: str, level: Level, counts: list[int | None]) -> str:
        if not level.text:
            return ""
        if level.format == "bullet":
            return symbol(level.text[0], level.font) + " "

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown, count = self._level(use, at), counts[at]
            value = shown.start if count is None else count
            return str(value) if level.legal else numeral(value, shown.format)

        label = _PLACE.sub(number, level.text).strip()
        return label if not label or level.suffix == "nothing" or label[-1] in _CLOSED else label + " "

    def _level(self, use: str, at: int) -> Level:
        chosen = self._uses[use]
        return chosen.levels.get(at) or self._definitions.get(chosen.definition, {}).get(at) or Level()


def numeral(value: int, form: str) -> str:
    """``value`` as the format writes it: ``numeral(12, "chineseCounting") == "十二"``."""
    if not 0 <= value <= _LARGEST:
        return str(value)
    forms = _forms()
    if form == "none":
        return ""
    if form in forms.sequences:
        items = forms.sequences[form]
        return items[value - 1] if 0 < value <= len(items) else str(value)
    if form in forms.counting:
        return _counted(value, forms.counting[form])
    if form in forms.digits:
        return "".join(forms.digits[form][int(digit)] for digit in str(value))
    return _western(value, form)


def enclosed(instruction: str) -> str:
    """What a field shows that puts a number into a circle (Word's 带圈字符); an empty string for other fields."""
    match = _ENCLOSED.match(instruction)
    return numeral(int(match[1]), "decimalEnclosedCircle") if match else ""


def symbol(char: str, font: str) -> str:
    """A character of a symbol font as one that every font has; unknown ones become a bullet."""
    point = ord(char)
    if not (0xF000 <= point <= 0xF0FF or font.lower() in _forms().symbols):
        return "•" if 0xE000 <= point <= 0xF8FF else char
    table = _forms().symbols.get(font.lower(), {})
    return table.get(f"{point & 0xFF:02x}", "•" if point >= 0xF000 else char)


def _western(value: int, form: str) -> str:
    letter = ""
    if form in ("upperLetter", "lowerLetter") and 0 < value <= 780:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
    elif form in ("upperRoman", "lowerRoman"):
        rest = value
        for worth, sign in _ROMAN:
            letter += sign * (rest // worth)
            rest %= worth
    if letter:
        return letter.upper() if form.startswith("upper") else letter
    if form == "decimalZero":
        return f"{value:02d}"
    return f"- {value} -" if form == "numberInDash" else str(value)


@dataclass(frozen=True, slots=True)
class _Counting:
    digits: str
    places: str
    zero: str
    bare_ten: bool


@dataclass(frozen=True, slots=True)
class _Forms:
    sequences: dict[str, str]
    counting: dict[str, _Counting]
    digits: dict[str, str]
    symbols: dict[str, dict[str, str]]


@cache
def _forms() -> _Forms:
    raw = tomllib.loads(resources.files("luoshi.intake").joinpath("numbering.toml").read_text(encoding="utf-8"))
    sequences = {form: row["items"] for row in raw["sequence"] for form in row["formats"]}
    counting = {
        form: _Counting(row["digits"], row["places"], row["zero"], row["bare_ten"])
        for row in raw["counting"]
        for form in row["formats"]
    }
    return _Forms(sequences, counting, raw["digit"], raw["symbols"])


def _counted(value: int, how: _Counting) -> str:
    if value == 0:
        return how.digits[0]
    places = ["", *how.places]
    out, gap = "", False
    for place in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**place % 10
        if digit == 0:
            gap = True
            continue
        if gap and out:
            out += how.zero
        gap = False
        out += how.digits[digit] + places[place]
    return out[1:] if how.bare_ten and 10 <= value < 20 else out
