"""A paper as PDF (PDF/UA-1, tagged), set by Typst from its Word file with our own fonts and no clock."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from importlib import resources

from luoshi.problems import Problem, problem
from luoshi.publish.papers.form import form, styles
from luoshi.publish.papers.reading import blocks
from luoshi.publish.typesetting import guarded


def printed(word: bytes, title: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The Word file ``word`` as a PDF called ``title``; characters that the fonts lack are 〓 and told (F003)."""
    board = json.dumps({"blocks": blocks(word), "form": _form()}, ensure_ascii=False)
    made, lost = guarded(_template(), board, title)
    return made, _told(lost)


def _told(lost: tuple[str, ...]) -> tuple[Problem, ...]:
    return (problem("F003", chars="、".join(lost), count=len(lost)),) if lost else ()


def _form() -> dict[str, object]:
    known = {key: asdict(style) for key, style in styles().items()}
    return {"page": form()["page"], "wide": form()["wide"], "number": form()["number"], "styles": known}


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("paper.typ").read_bytes()
