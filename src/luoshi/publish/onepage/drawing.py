"""Board → bytes, with Typst in this process, our own fonts and no clock: the same board gives the same bytes."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal

import pypdfium2
import typst

from luoshi.publish.onepage.board import payload
from luoshi.publish.typesetting import INSTEAD, compiler, pdf, unshown

Kind = Literal["promise", "result"]
Format = Literal["svg", "png", "pdf"]
Width = Literal["phone", "narrow", "wide", "a3", "a3-wide"]

_STEP = 0.02
_GUTTER = 30  # as in parts.typ
_MOST_COLUMNS = 6
_MEASURES = ("width", "height", "margin", "columns", "cards", "pixels")


class Unshown(Exception):
    """The fonts have no glyph for these characters."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__(" ".join(characters))


def themes() -> tuple[str, ...]:
    """The names of the colour themes."""
    return tuple(_themes())


def widths() -> Mapping[Width, str]:
    """The widths, each with what it is for."""
    return {name: f"{row['zh']} · {row['en']}" for name, row in _widths().items()}


class Drawing:
    """A picture that has passed the guard: its PDF is PDF/UA-1, which no text without a glyph can be.

    ``board`` is a tree of leaves, drawn by the template of ``kind``; ``absent`` characters are drawn as 〓. A sheet is
    drawn as large as it can be on the fewest ``pages``. Raises :class:`Unshown` where the fonts lack a character.
    """

    def __init__(
        self,
        kind: Kind,
        board: object,
        labels: Mapping[str, str],
        *,
        title: str,
        theme: str,
        width: Width,
        absent: Sequence[str] = (),
    ) -> None:
        self._kind: Kind = kind
        self._inputs = {
            "board": _json(payload(board)),
            "labels": _json(labels),
            "theme": _json(_themes()[theme]),
            "title": title,
        }
        for text in absent:
            self._inputs = {name: value.replace(text, INSTEAD) for name, value in self._inputs.items()}
        self.size = {"unit": 1, "flow": 1, "pages": 1, **{name: _widths()[width][name] for name in _MEASURES}}
        try:
            self.pdf = (
                self._drawn()
                if not self.size["height"]
                else self._fitted(_widths()[width]["units"], _widths()[width]["column"])
            )
        except typst.TypstError as error:
            if found := unshown(error):
                raise Unshown(found) from error
            raise

    @property
    def pages(self) -> int:
        """How many pages it has; a picture that is no sheet has one."""
        return int(self.size["pages"])

    def as_files(self, form: Format) -> dict[str, bytes]:
        """The picture by the ending of its name: ``pdf``; ``png`` or ``svg``, and ``2.png`` … for further pages."""
        if form == "pdf":
            return {"pdf": self.pdf}
        made = compiler(self._said).compile(_template(self._kind), format=form, ppi=self._pixels, timestamp=0)
        pages = [made] if isinstance(made, bytes) else made or []
        return {form if nth == 1 else f"{nth}.{form}": page for nth, page in enumerate(pages, 1)}

    @property
    def _pixels(self) -> float:
        return float(self.size["pixels"])

    def _fitted(self, units: tuple[float, float], column: tuple[float, float]) -> bytes:
        """The PDF on the fewest sheets, and of the ways to fill those the one in the largest type."""
        ways = [way for flow in range(1, _MOST_COLUMNS) if (way := self._units(flow, units, column))]
        fewest = min(self._count(one[0]) for one in ways)
        best = max((self._largest(one, fewest) for one in ways if self._count(one[0]) == fewest), key=_unit)
        self.size |= best | {"pages": fewest}
        return self._drawn()

    def _units(self, flow: int, units: tuple[float, float], column: tuple[float, float]) -> list[dict[str, Any]]:
        """The sizes in which ``flow`` columns are neither too narrow nor too wide, the smallest first."""
        found = []
        for step in range(round((units[1] - units[0]) / _STEP) + 1):
            unit = round(units[0] + step * _STEP, 2)
            room = self.size["width"] / unit - 2 * self.size["margin"] - (flow - 1) * _GUTTER
            if column[0] <= room / flow <= column[1]:
                found.append({"unit": unit, "flow": flow})
        return found

    def _largest(self, sizes: list[dict[str, Any]], pages: int) -> dict[str, Any]:
        """The last of ``sizes`` with which the picture needs no more than ``pages`` sheets; the first one does."""
        low, high = 0, len(sizes) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._count(sizes[middle]) <= pages else (low, middle - 1)
        return sizes[low]

    def _count(self, size: dict[str, Any]) -> int:
        self.size |= size
        return page_count(self._drawn())

    def _drawn(self) -> bytes:
        return pdf(_template(self._kind), self._said)

    @property
    def _said(self) -> dict[str, str]:
        return self._inputs | {"size": _json(self.size)}


def _unit(size: dict[str, Any]) -> float:
    return float(size["unit"])


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return len(opened)
    finally:
        opened.close()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@cache
def _template(kind: Kind) -> bytes:
    folder = resources.files(__package__)
    return folder.joinpath("parts.typ").read_bytes() + folder.joinpath(f"{kind}.typ").read_bytes()


@cache
def _widths() -> dict[Width, dict[str, Any]]:
    text = resources.files(__package__).joinpath("widths.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)  # type: ignore[return-value]


@cache
def _themes() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("themes.toml").read_text(encoding="utf-8"))
