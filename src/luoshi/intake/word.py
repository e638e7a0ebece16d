"""Word documents (docx, ISO/IEC 29500), read without running or fetching anything.

Kept: text with tracked insertions accepted; automatic numbers written out; headings by style or outline level as marks;
tables flattened; text boxes once, after the paragraph they hang on; equations as their characters; footnotes and
endnotes at the end under a line 注释, each as ``[1]…`` in the order of reference. Dropped: deleted and moved-away text,
hidden text, headers and footers, comments, field instructions, the marks of notes inside sentences,
empty prompts of forms.
"""

from __future__ import annotations

import re

from luoshi.intake.limits import Limits
from luoshi.intake.package import Package
from luoshi.intake.reading import Line, Reading, Refusal, Sheet
from luoshi.intake.text import decode
from luoshi.intake.wordbody import Body
from luoshi.intake.wordparts import Numbering, Styles, content_type, relations

_MAIN = "officeDocument"
_NOTES = "注释"
_KINDS = (("wordprocessingml", "docx"), ("spreadsheetml", "xlsx"), ("presentationml", "pptx"))
_FOLDERS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))


def office_kind(package: Package, limits: Limits) -> str:
    """``docx``, ``xlsx`` or ``pptx``, by what the package says its main part is; an empty string for none of them."""
    main = _main_part(package, limits)
    if not main and any(name.startswith(_FOLDERS[0][0]) for name in package.names):
        raise Refusal("I013", detail="容器里缺少必要的部件")
    declared = content_type(package, main, limits) if main else ""
    for words, kind in _KINDS:
        if words in declared:
            return kind
    return next((kind for folder, kind in _FOLDERS if main.startswith(folder)), "")


def has_macros(package: Package, limits: Limits) -> bool:
    """Whether the package holds a macro project or says it may."""
    main = _main_part(package, limits)
    return any(name.lower().endswith("vbaproject.bin") for name in package.names) or (
        "macroenabled" in content_type(package, main, limits).lower()
    )


def read_docx(package: Package, limits: Limits) -> Reading:
    """The text of a docx. Raises :class:`Refusal` for macros, DOCTYPE, depth, damage and length."""
    if has_macros(package, limits):
        raise Refusal("I017")
    main = _main_part(package, limits)
    related = relations(package, main, limits)
    parts = dict(related.values())
    styles, numbering = Styles(limits), Numbering(limits)
    for walker, kind in ((styles, "styles"), (numbering, "numbering")):
        if kind in parts:
            walker.walk(package.read(parts[kind]))
    lists = numbering.lists(styles)
    sheet = Sheet(limits)

    def imported(reference: str) -> list[Line]:
        kind, target = related.get(reference, ("", ""))
        return _imported(package.read(target), limits) if kind == "aFChunk" else []

    body = Body(limits, styles, lists, lambda line: sheet.write(*line), imported)
    body.walk(package.read(main))
    body.finish()
    notes: dict[tuple[str, str], list[Line]] = {}
    for kind in ("footnote", "endnote"):
        if f"{kind}s" in parts and any(kind == wanted for wanted, _ in body.notes):
            part = Body(limits, styles, lists, lambda line: sheet.write(*line))
            part.walk(package.read(parts[f"{kind}s"]))
            notes |= {(kind, identity): lines for identity, lines in part.found.items()}
    _write_notes(sheet, [notes[one] for one in body.notes if one in notes])
    if body.tracked:
        sheet.remark("I030")
    if body.hid:
        sheet.remark("I031")
    return sheet.reading()


def _main_part(package: Package, limits: Limits) -> str:
    found = [target for kind, target in relations(package, "", limits).values() if kind == _MAIN]
    return found[0] if found else package.resolve("", "word/document.xml")


def _imported(data: bytes, limits: Limits) -> list[Line]:
    """A web page that was put into the document whole, as some editors in web systems write it."""
    # Loaded only for the few documents that hold one.
    from luoshi.intake.web import lines_of_html, lines_of_mhtml  # noqa: PLC0415

    if data[:4] == b"PK\x03\x04":
        return []
    if re.match(rb"\s*(?:MIME-Version|Content-Type|From):", data, re.IGNORECASE):
        return lines_of_mhtml(data, limits)
    return lines_of_html(decode(data)[0], limits)


def _write_notes(sheet: Sheet, notes: list[list[Line]]) -> None:
    texts = [" ".join(line.text.strip() for line in note if line.text.strip()) for note in notes]
    if any(texts):
        sheet.write(_NOTES)
        for number, text in enumerate(texts, 1):
            sheet.write(f"[{number}]{text}")
