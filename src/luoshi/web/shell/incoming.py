"""A table that somebody uploads to be shown first, and that comes back from that preview as it was."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luoshi.intake import open_table
from luoshi.problems import Problem, problem

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST = 5 * 1024 * 1024


def table_in(given: Mapping[str, Any]) -> tuple[list[list[str]], tuple[Problem, ...]]:
    """The table that a form carries as its ``file``, or, come back from the preview, as CSV in its ``table``."""
    file: UploadedFile | None = given["file"]
    if file is None:
        kept = given["table"]
        return [list(row) for row in csv.reader(StringIO(kept))], () if kept else (problem("I005", name="—"),)
    if file.size is None or file.size > LARGEST:
        size = f"{(file.size or 0) / (1 << 20):.1f} MB"
        return [], (problem("I006", name=file.name, size=size, limit=f"{LARGEST >> 20} MB"),)
    with tempfile.TemporaryDirectory(prefix="luoshi-") as folder:
        place = Path(folder) / f"table{Path(file.name or '').suffix[:6]}"
        place.write_bytes(file.read())
        opened = open_table(place)
    return [list(row) for row in opened.rows], opened.problems


def as_csv(table: Sequence[Sequence[str]]) -> str:
    """The table for the hidden field that brings it back."""
    out = StringIO()
    csv.writer(out).writerows(table)
    return out.getvalue()
