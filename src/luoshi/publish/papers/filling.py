"""A Word template and what to put in it → a Word file; an error of a template is a problem with its name and place."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from luoshi.problems import Unreadable, problem
from luoshi.publish.papers.naming import FILTERS
from luoshi.publish.papers.pictures import draw
from luoshi.publish.papers.sealing import sealed
from luoshi.publish.papers.wording import words

_FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, etree.XMLSyntaxError)
_DAMAGED = (OpcError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError, OSError)
_TAG = re.compile(r"<[^>]+>")
_SHOWN = 60
_TITLE = 255  # the library refuses longer ones


class _Template(DocxTemplate):  # type: ignore[misc]
    """A template that keeps its source for the account of an error, and does not paper over broken XML."""

    source = ""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        self.source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        made: str = super().render_xml_part(src_xml, part, context, jinja_env)
        etree.fromstring(made.encode("utf-8"))
        return made


def filled(template: bytes, values: Mapping[str, Any], name: str, title: str, day: date) -> bytes:
    """``template`` filled with ``values``, as a .docx whose only date is ``day``.

    Raises :class:`luoshi.problems.Unreadable`: F001 with the template's ``name`` and the paragraph that is wrong, F002
    where it is no Word file.
    """
    made = _opened(template, name)
    if unclosed := list(_unclosed(made.get_docx())):
        raise Unreadable(
            problem("F001", name=name, number=number, text=text[:_SHOWN], detail=words()["unclosed"])
            for number, text in unclosed
        )
    try:
        made.render(dict(values), _environment(), autoescape=True)
    except _FAULTS as error:
        number, text = _place(made, error)
        raise Unreadable([problem("F001", name=name, number=number, text=text, detail=_told(error))]) from error
    document = made.docx
    draw(document)
    _about(document, title, day)
    kept = io.BytesIO()
    document.save(kept)
    return sealed(kept.getvalue(), day)


def _opened(template: bytes, name: str) -> _Template:
    try:
        docx.Document(io.BytesIO(template))
        return _Template(io.BytesIO(template))
    except _DAMAGED as error:
        raise Unreadable([problem("F002", name=name)]) from error


def _unclosed(document: Document) -> Iterator[tuple[int, str]]:
    """Paragraphs with a brace that is opened and not closed; it would swallow the paragraphs after it."""
    for number, text in enumerate(_paragraphs(document), 1):
        if any(text.count(begin) != text.count(end) for begin, end in (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))):
            yield number, text.strip()


def _paragraphs(document: Document) -> Iterator[str]:
    for line in document.element.body.iter(qn("w:p")):
        yield "".join(node.text or "" for node in line.iter(qn("w:t")))


def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_shown)
    made.filters.update(FILTERS)
    return made


def _shown(value: Any) -> Any:
    return "" if value is None else value


def _about(document: Document, title: str, day: date) -> None:
    about = document.core_properties
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 — the file format keeps no zone
    about.title, about.author, about.last_modified_by, about.comments = title[:_TITLE], "", "", ""
    about.created = about.modified = moment
    about.revision, about.language = 1, "zh-CN"


def _place(made: _Template, error: Exception) -> tuple[int, str]:
    """The number of the paragraph where ``error`` was found, and what stands in it; 0 where that is not known."""
    lines = made.source.split("\n")
    at = getattr(error, "lineno", None) or _line(error)
    text = _TAG.sub("", lines[at - 1]).strip() if at and at <= len(lines) else ""
    bare = re.sub(r"\s|\{%(?:p|tr|tc|r) ", "", text)
    tags = re.findall(r"\{[{%].*?[%}]\}", text) or [text]
    wanted = re.sub(r"\s", "", tags[0].replace("{%", "").replace("{{", ""))
    found = (
        number
        for number, line in enumerate(_paragraphs(made.get_docx()), 1)
        if wanted and wanted in re.sub(r"\s", "", line)
    )
    return next(found, 0), (bare and text)[:_SHOWN]


def _line(error: Exception) -> int:
    """The line of the template in which ``error`` was raised, as Jinja writes it into the traceback."""
    found, step = 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            found = step.tb_lineno
        step = step.tb_next
    return found


def _told(error: Exception) -> str:
    return str(getattr(error, "message", None) or error) or type(error).__name__
