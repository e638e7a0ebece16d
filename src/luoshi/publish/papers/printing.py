"""A paper as PDF (PDF/UA-1, tagged), set by Typst from its Word file with our own fonts and no clock."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from importlib import resources

import typst

from luoshi.problems import Problem, problem
from luoshi.publish import fonts
from luoshi.publish.papers.form import form, styles
from luoshi.publish.papers.reading import blocks

INSTEAD = "〓"
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 12


def printed(word: bytes, title: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The Word file ``word`` as a PDF called ``title``; characters that the fonts lack are 〓 and told (F003)."""
    board = json.dumps({"blocks": blocks(word), "form": _form()}, ensure_ascii=False)
    lost: list[str] = []
    for char in fonts.missing(re.sub(r"\s", "", board)):
        board = _without(board, char, lost)
    for char in fonts.missing(title):
        title = title.replace(char, INSTEAD)
    for _ in range(_TRIES):
        try:
            return _drawn(board, title), _told(lost)
        except typst.TypstError as error:
            unshown = _UNSHOWN.findall(error.diagnostic)
            if not unshown:
                raise
            for found in unshown:
                board = _without(board, _ESCAPED.sub(lambda one: chr(int(one[1], 16)), found), lost)
    raise AssertionError("a glyph is missing that was replaced")


def _without(board: str, chars: str, lost: list[str]) -> str:
    lost.append(chars)
    return board.replace(chars, INSTEAD)


def _told(lost: list[str]) -> tuple[Problem, ...]:
    return (problem("F003", chars="、".join(lost), count=len(lost)),) if lost else ()


def _form() -> dict[str, object]:
    known = {key: asdict(style) for key, style in styles().items()}
    return {"page": form()["page"], "wide": form()["wide"], "number": form()["number"], "styles": known}


def _drawn(board: str, title: str) -> bytes:
    compiler = typst.Compiler(
        root=fonts.folder(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"board": board, "font": fonts.FAMILY, "title": title},
    )
    made = compiler.compile(_template(), format="pdf", timestamp=0, pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("paper.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.folder()])
