"""QR codes in a paper: a mark in the text that the template has put somewhere becomes a picture there."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from typing import Any

import segno
from docx.document import Document
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Mm

_BEGIN, _END = "\ue000", "\ue001"
_MARK = re.compile(f"{_BEGIN}(.*?){_END}")
_SIDE = Mm(18)
_SCALE = 4  # dots of the picture a module of the code


def mark(address: str) -> str:
    """The mark that stands for a QR code of ``address``; nothing for no address."""
    return f"{_BEGIN}{address}{_END}" if address else ""


def unmarked(text: str) -> str:
    """``text`` without characters that could be taken for a mark."""
    return text.replace(_BEGIN, "").replace(_END, "")


def code(address: str) -> bytes:
    """The QR code of ``address`` as PNG, error correction M."""
    kept = io.BytesIO()
    segno.make(address, error="m", micro=False).save(kept, kind="png", scale=_SCALE, border=2)
    return kept.getvalue()


def draw(document: Document) -> None:
    """Put a picture wherever a mark stands in ``document``; each says its address to those who cannot see it."""
    parts: dict[str, str] = {}
    for node in list(document.element.body.iter(qn("w:t"))):
        if node.text and _BEGIN in node.text:
            address = "".join(_MARK.findall(node.text))
            node.text = _MARK.sub("", node.text)
            if address not in parts:
                parts[address] = _part(document, address, len(parts) + 1)
            node.getparent().addnext(_run(node, parts[address], address))
            _unbounded(node)


def _part(document: Document, address: str, number: int) -> str:
    name = PackURI(f"/word/media/qr{number}.png")
    return document.part.relate_to(ImagePart.from_image(Image.from_blob(code(address)), name), RELATIONSHIP_TYPE.IMAGE)


def _unbounded(node: Any) -> None:
    """Let the line with a picture be as high as the picture; a fixed line pitch would cut it."""
    line = next(node.iterancestors(qn("w:p")))
    properties = line.get_or_add_pPr()
    for spacing in properties.findall(qn("w:spacing")):
        properties.remove(spacing)
    spacing = properties.get_or_add_spacing()
    spacing.set(qn("w:line"), "240")
    spacing.set(qn("w:lineRule"), "auto")


def _run(node: Any, relation: str, address: str) -> Any:
    run = OxmlElement("w:r")
    properties = node.getparent().find(qn("w:rPr"))
    if properties is not None:
        run.append(deepcopy(properties))
    drawing = OxmlElement("w:drawing")
    inline = CT_Inline.new_pic_inline(int(relation.removeprefix("rId")), relation, "qr.png", _SIDE, _SIDE)
    inline.docPr.set("descr", address)
    drawing.append(inline)
    run.append(drawing)
    return run
