"""Board → bytes, with Typst in this process, our own fonts and no clock: the same board gives the same bytes."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal

import typst

from luoshi.publish import fonts
from luoshi.publish.onepage.board import Board, payload
from luoshi.publish.onepage.wording import words

Format = Literal["svg", "png", "pdf"]
Width = Literal["phone", "wide"]

# points; at PIXELS per inch a phone page is 1080 pixels wide
_SIZES: dict[Width, dict[str, int]] = {
    "phone": {"width": 540, "margin": 30, "columns": 1, "cards": 2},
    "wide": {"width": 900, "margin": 48, "columns": 2, "cards": 4},
}
_PIXELS = 144.0
INSTEAD = "〓"
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')


class Unshown(Exception):
    """The fonts have no glyph for these characters."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__(" ".join(characters))


def themes() -> tuple[str, ...]:
    """The names of the colour themes."""
    return tuple(_themes())


class Drawing:
    """A picture that has passed the guard: its PDF is PDF/UA-1, which no text without a glyph can be.

    ``absent`` characters are drawn as 〓. Raises :class:`Unshown` where the fonts lack any other.
    """

    def __init__(self, board: Board, *, title: str, theme: str, width: Width, absent: Sequence[str] = ()) -> None:
        inputs = {
            "board": _json(payload(board)),
            "labels": _json(words()["labels"]),
            "theme": _json(_themes()[theme]),
            "size": _json(_SIZES[width]),
            "title": title,
            "font": fonts.FAMILY,
        }
        for text in absent:
            inputs = {name: value.replace(text, INSTEAD) for name, value in inputs.items()}
        self._compiler = typst.Compiler(
            root=fonts.folder(), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs
        )
        try:
            self.pdf = self._compile("pdf", pdf_standards=["ua-1"])
        except typst.TypstError as error:
            unshown = tuple(dict.fromkeys(map(_unescaped, _UNSHOWN.findall(error.diagnostic))))
            if unshown:
                raise Unshown(unshown) from error
            raise

    def as_bytes(self, form: Format) -> bytes:
        """The picture as an SVG, a PNG or a PDF file."""
        return self.pdf if form == "pdf" else self._compile(form)

    def _compile(self, form: Format, **options: Any) -> bytes:
        made = self._compiler.compile(_template(), format=form, ppi=_PIXELS, timestamp=0, **options)
        if not isinstance(made, bytes):
            raise AssertionError("the picture is one page")
        return made


def _unescaped(text: str) -> str:
    """The characters that Typst names in a message, where it writes unprintable ones as ``\\u{e5e5}``."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("template.typ").read_bytes()


@cache
def _themes() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("themes.toml").read_text(encoding="utf-8"))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.folder()])
