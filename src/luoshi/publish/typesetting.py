"""Setting type with Typst in this process: our own fonts, no clock, and no glyph that goes missing without a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import typst

from luoshi.publish import fonts

INSTEAD = "〓"
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 12


def compiler(inputs: Mapping[str, str]) -> typst.Compiler:
    """A compiler whose template finds ``inputs``, and the family of our fonts as ``font``, in ``sys.inputs``."""
    return typst.Compiler(
        root=fonts.folder(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"font": fonts.FAMILY, **inputs},
    )


def pdf(template: bytes, inputs: Mapping[str, str], *, tagged: bool = True) -> bytes:
    """The PDF of ``template``. A ``tagged`` one is PDF/UA-1, which no text without a glyph can be.

    Raises :class:`typst.TypstError`; :func:`unshown` tells of which characters the fonts lack.
    """
    made = compiler(inputs).compile(template, format="pdf", timestamp=0, pdf_standards="ua-1" if tagged else None)
    assert isinstance(made, bytes)
    return made


def unshown(error: typst.TypstError) -> tuple[str, ...]:
    """The runs of characters that ``error`` says could not be displayed, each once; empty where it says otherwise."""
    return tuple(dict.fromkeys(map(_unescaped, _UNSHOWN.findall(error.diagnostic))))


def guarded(template: bytes, board: str, title: str) -> tuple[bytes, tuple[str, ...]]:
    """The tagged PDF of ``board``, with 〓 for what the fonts cannot show; and what that was in ``board``."""
    lost = list(fonts.missing(re.sub(r"\s", "", board)))
    for char in fonts.missing(title):
        title = title.replace(char, INSTEAD)
    for char in lost:
        board = board.replace(char, INSTEAD)
    for _ in range(_TRIES):
        try:
            return pdf(template, {"board": board, "title": title}), tuple(lost)
        except typst.TypstError as error:
            found = unshown(error)
            if not found:
                raise
            for run in found:
                board = board.replace(run, INSTEAD)
            lost += found
    raise AssertionError("a glyph is missing that was replaced")


def _unescaped(text: str) -> str:
    """The characters that Typst names in a message, where it writes unprintable ones as ``\\u{e5e5}``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.folder()])
