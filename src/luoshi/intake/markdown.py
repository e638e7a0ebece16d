"""Markdown, as people save reports in it: headings as marks, emphasis and links without their signs, tables flattened.

Line ends stay where they are. Kept as written: list numbers and dashes, code. Dropped: pictures, comments, front
matter.
"""

from __future__ import annotations

import re

from luoshi.intake.limits import Limits
from luoshi.intake.reading import Reading, Sheet, clean
from luoshi.intake.text import read_text

_FRONT = re.compile(r"---\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)(?:\n|$)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})[ \t　]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"(=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:_ *){3,}|(?:- *){3,})$")
_TABLE_RULE = re.compile(r" *\|? *:?-{2,}:? *(?:\| *:?-{2,}:? *)*\|? *$")
_QUOTE = re.compile(r"(?:> ?)+")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]*?\S)\1")
_EMPHASIS = re.compile(r"(?<![\d*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\d*])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def read_markdown(data: bytes, limits: Limits) -> Reading:
    """The text of a Markdown file. Raises :class:`~luoshi.intake.reading.Refusal` as plain text does."""
    plain = read_text(data, limits)
    sheet = Sheet(limits, list(plain.remarks))
    text = _COMMENT.sub("", _FRONT.sub("", clean(plain.text), count=1))
    rows = text.split("\n")
    at, fenced = 0, False
    while at < len(rows):
        row, after = rows[at], rows[at + 1] if at + 1 < len(rows) else ""
        at += 1
        if _FENCE.match(row):
            fenced = not fenced
        elif fenced:
            sheet.write(row)
        elif "|" in row and "|" in after and _TABLE_RULE.match(after):
            at += _table(sheet, rows[at - 1 :]) - 1
        elif row.strip() and _UNDERLINE.match(after) and not _is_block(row):
            sheet.write(_inline(row), 1 if after.startswith("=") else 2)
            at += 1
        elif not _RULE.match(row):
            _paragraph(sheet, row)
    return sheet.reading()


def _paragraph(sheet: Sheet, row: str) -> None:
    if heading := _HEADING.match(row):
        sheet.write(_inline(heading[2]), len(heading[1]))
    else:
        sheet.write(_inline(_QUOTE.sub("", row, count=1) if row.startswith(">") else row))


def _is_block(row: str) -> bool:
    return bool(_HEADING.match(row)) or row.startswith((">", "|", "- ", "* ", "+ "))


def _table(sheet: Sheet, rows: list[str]) -> int:
    """Write the table that begins ``rows``; how many rows it has, its rule included."""
    count = next((at for at, row in enumerate(rows) if "|" not in row), len(rows))
    kept = [row for at, row in enumerate(rows[:count]) if at != 1]
    cells = [[_inline(cell.strip()) for cell in row.strip().strip("|").split("|")] for row in kept]
    sheet.write("\n".join("\t".join(row) for row in cells), table=True)
    return count


def _inline(row: str) -> str:
    row = _LINK.sub(r"\1", _PICTURE.sub("", row))
    row = _STRONG.sub(r"\2", row)
    row = _EMPHASIS.sub(r"\1", row)
    return _ESCAPE.sub(r"\1", row).rstrip(" \\") if row.strip() else row
