"""A Word file → what stands on its pages, in order: paragraphs by style, tables, pictures, turns of the page.

The PDF is set from this, so it says what the Word file says, also where an office has edited its template.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from luoshi.publish.papers.form import styles

Block = dict[str, Any]
_BODY = "正文"
_EMU = 12700  # in a point
_SIDE = {"start": "left", "left": "left", "center": "center", "end": "right", "right": "right", "both": "both"}


def blocks(file: bytes) -> list[Block]:
    """What stands in ``file``: ``para`` (style, text, bold), ``table``, ``break`` and ``page`` (wide or not).

    Every stretch of pages begins with a ``page``.
    """
    document = docx.Document(io.BytesIO(file))
    keys = _keys(document)
    made: list[Block] = []
    stretch: list[Block] = []
    for node in document.element.body:
        if node.tag == qn("w:tbl"):
            stretch.append(_table(node, document))
        elif node.tag == qn("w:p"):
            stretch += _paragraph(node, document, keys)
            turned = node.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
            if turned is not None:
                made += [_page(turned), *stretch]
                stretch = []
    last = document.element.body.find(qn("w:sectPr"))
    return [*made, _page(last), *stretch]


def _keys(document: Document) -> dict[str, str]:
    """The key of every style by its id; a style of the office's own counts as the one that it is based on."""
    names = {style.name.lower(): key for key, style in styles().items()}
    known: dict[str, str] = {}
    for style in document.styles:
        at: Any = style
        while at is not None and (at.name or "").lower() not in names:
            at = getattr(at, "base_style", None)
        known[style.style_id] = names[at.name.lower()] if at is not None else _BODY
    return known


def _page(section: Any) -> Block:
    size = section.find(qn("w:pgSz")) if section is not None else None
    return {"kind": "page", "wide": size is not None and size.get(qn("w:orient")) == "landscape"}


def _paragraph(node: Any, document: Document, keys: dict[str, str]) -> Iterator[Block]:
    said = _said(node, document)
    if any(mark.get(qn("w:type")) == "page" for mark in node.iter(qn("w:br"))):
        yield {"kind": "break"}
    elif node.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None or said["parts"]:
        yield {"kind": "para", "style": _style(node, keys), **said}


def _style(node: Any, keys: dict[str, str]) -> str:
    named = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return keys.get(named.get(qn("w:val")), _BODY) if named is not None else _BODY


def _said(node: Any, document: Document) -> Block:
    """Text and pictures of a paragraph in order; deleted text is not there, inserted text is."""
    parts: list[Block] = []
    for one in node.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:drawing")):
        if one.tag == qn("w:tab") and one.getparent().tag != qn("w:r"):
            continue
        if one.tag == qn("w:drawing"):
            parts += _picture(one, document)
        else:
            text = {qn("w:br"): "\n", qn("w:tab"): "\t"}.get(one.tag, one.text or "")
            if parts and "text" in parts[-1]:
                parts[-1]["text"] += text
            elif text:
                parts.append({"text": text})
    aligned = node.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    side = _SIDE.get(aligned.get(qn("w:val")), "") if aligned is not None else ""
    return {"parts": parts, "align": side}


def _picture(node: Any, document: Document) -> Iterator[Block]:
    for found in node.iter(qn("a:blip")):
        part = document.part.related_parts.get(found.get(qn("r:embed")))
        about, extent = next(node.iter(qn("wp:docPr")), None), next(node.iter(qn("wp:extent")), None)
        if part is None or extent is None:
            continue
        yield {
            "picture": list(part.blob),
            "alt": (about.get("descr") if about is not None else "") or "",
            "width": int(extent.get("cx")) / _EMU,
        }


def _table(node: Any, document: Document) -> Block:
    widths = [int(column.get(qn("w:w")) or 0) for column in node.find(qn("w:tblGrid"))]
    rows = [_row(row, document) for row in node.findall(qn("w:tr"))]
    heads = 0
    while heads < len(rows) and rows[heads]["head"]:
        heads += 1
    return {"kind": "table", "widths": widths, "heads": heads, "rows": rows, "size": _size(node)}


def _row(node: Any, document: Document) -> Block:
    about = node.find(qn("w:trPr"))
    height = about.find(qn("w:trHeight")) if about is not None else None
    return {
        "head": about is not None and about.find(qn("w:tblHeader")) is not None,
        "height": int(height.get(qn("w:val"))) / 20 if height is not None else 0,
        "cells": [_cell(cell, document) for cell in node.findall(qn("w:tc"))],
    }


def _cell(node: Any, document: Document) -> Block:
    span = node.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    said = [_said(line, document) for line in node.findall(qn("w:p"))]
    parts: list[Block] = []
    for number, one in enumerate(said):
        parts += ([{"text": "\n"}] if number else []) + one["parts"]
    return {
        "span": int(span.get(qn("w:val"))) if span is not None else 1,
        "align": said[0]["align"] if said else "",
        "parts": parts,
    }


def _size(node: Any) -> float:
    """The size of a table's text, in points: that of its first run that says one."""
    found = next((int(one.get(qn("w:val"))) / 2 for one in node.iter(qn("w:sz"))), None)
    return found or styles()["表文"].size
