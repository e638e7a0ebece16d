"""A cell of the register: what it holds and how it is to look; a row is its cells by the key of their column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

Value = str | int | Decimal | date | None


class Cell(NamedTuple):
    """What a cell holds; ``inferred`` where a rule supplied what the text does not say.

    ``open`` where it may be filled in; ``fill`` is the colour of the light that it shows.
    """

    value: Value
    inferred: bool = False
    open: bool = False
    fill: str = ""


Row = dict[str, Cell]
