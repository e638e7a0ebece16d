"""Tables as lines of text."""

from __future__ import annotations

import re

from luoshi.intake.reading import Line


def flattened(rows: list[list[list[Line]]]) -> list[Line]:
    """A table (rows of cells of lines) with its cells joined by tabs and its rows by line ends.

    A table of one column only frames its text, so its lines stay as they are.
    """
    if max(map(len, rows), default=0) <= 1:
        return [line for row in rows for cell in row for line in cell]
    lines = ["\t".join(" ".join(filter(None, map(_one_line, cell))) for cell in row) for row in rows]
    return [Line("\n".join(lines), table=True)] if any(map(str.strip, lines)) else []


def _one_line(line: Line) -> str:
    return " ".join(line.text.split()) if line.table else re.sub(r"[\n\t]+", " ", line.text).strip(" ")
