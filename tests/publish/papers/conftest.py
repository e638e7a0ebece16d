"""The sample district with its docket and readings, small dockets made by hand, and the text of a Word file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

import docx
import pytest
from docx.oxml.ns import qn

from luoshi.door import Report, open_report
from luoshi.examples import sample
from luoshi.measure import Readings, readings
from luoshi.publish.dossier import Dossier, dossier, office_of
from luoshi.publish.papers import Papers, Wish, kinds, papers
from luoshi.rehearsal import TODAY, docket, readings_table
from luoshi.supervise import Docket, Matter

OFFICE = """
site = "https://songgang.example/luoshi"
contact = "王敏"
phone = "0700-2000000"
copies = "区委办公室"
"""


@cache
def report() -> Report:
    """The sample report of 2023."""
    return open_report(sample("songgang-2023"))


@cache
def measured() -> Readings:
    return readings(readings_table(), TODAY)


@cache
def played() -> Dossier:
    """The sample district on the last day of its story."""
    found = report()
    plan = found.plan
    return dossier(
        plan, found.document, TODAY, docket=docket(plan), readings=measured(), office=office_of(plan, OFFICE)
    )


@pytest.fixture(scope="session")
def whole() -> Dossier:
    return played()


@pytest.fixture(scope="session")
def of() -> Callable[..., Dossier]:
    """``of(matters, today)``: the sample's plan with the states given and nothing else."""

    def make(matters: Iterable[Matter] = (), today: date = TODAY, office: str = "") -> Dossier:
        found = report()
        return dossier(
            found.plan, found.document, today, docket=Docket(items=tuple(matters)), office=office_of(found.plan, office)
        )

    return make


@pytest.fixture(scope="session")
def made() -> Callable[[str], Papers]:
    """The Word files of a kind for the sample; of those about an item the first two that are due."""

    @cache
    def make(kind: str) -> Papers:
        if kinds()[kind].about == "whole":
            return papers(played(), kind, Wish(formats=("docx",)))
        due = papers(played(), kind, Wish(formats=("docx",)))
        names = [name.removesuffix(".docx").split("-")[-1] for name in due.files][:2]
        return papers(played(), kind, Wish(items=tuple(names) or ("i16",), formats=("docx",)))

    return make


@pytest.fixture(scope="session")
def first(made: Callable[[str], Papers]) -> Callable[[str], bytes]:
    """The first Word file of a kind for the sample."""
    return lambda kind: next(iter(made(kind).files.values()))


@pytest.fixture(scope="session")
def text() -> Callable[[bytes], str]:
    """The text of a Word file, a paragraph a line, those of tables too; a line break begins a line."""
    return _text


def _text(file: bytes) -> str:
    found: list[str] = []
    for paragraph in docx.Document(io.BytesIO(file)).element.body.iter(qn("w:p")):
        parts = paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        told = "".join({qn("w:br"): "\n", qn("w:tab"): "\t"}.get(part.tag, part.text or "") for part in parts)
        found += [line for line in told.split("\n") if line.strip()]
    return "\n".join(found)
