"""Text as a spreadsheet may hold it: nothing that breaks the file, nothing that a spreadsheet would run.

A workbook keeps text and formulas apart, so there the text stays as it is and only its cell is marked. CSV does not:
there an apostrophe is put before text that begins like a formula, and taken off again by :func:`unguarded`.
"""

from __future__ import annotations

import re

LONGEST = 32767
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")
_LIKE_A_FORMULA = re.compile("[\t\n]|[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠﹦﹢﹣﹫]")
_GUARDED = re.compile(f"'+(?:{_LIKE_A_FORMULA.pattern})")


def plain(text: str, mark: str, longest: int = LONGEST) -> str:
    """``text`` with line feeds as line ends, without characters that XML forbids, half pairs shown as U+FFFD.

    Longer than ``longest`` UTF-16 units (the room of a cell) it is cut, and ``mark`` says so.
    """
    clean = _HALF_PAIR.sub("\ufffd", _NO_XML.sub("", _LINE_END.sub("\n", text)))
    if _units(clean) <= longest:
        return clean
    room = longest - _units(mark)
    kept = clean.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return kept + mark


def like_a_formula(text: str) -> bool:
    """Whether a spreadsheet that is given ``text`` to type might take it for a formula."""
    return _LIKE_A_FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """``text`` for CSV: an apostrophe goes before what begins like a formula."""
    return f"'{text}" if like_a_formula(text) or _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text that :func:`guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
