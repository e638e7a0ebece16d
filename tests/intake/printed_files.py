"""PDF files made from text, with a text layer and without."""

from __future__ import annotations

from io import BytesIO

import typst
from PIL import Image

from luoshi.publish import fonts

_PAGE = """
#set document(title: "t")
#set page(paper: "a4", margin: 25mm, numbering: "— 1 —")
#set text(font: "{family}", size: {size}pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
#for line in sys.inputs.text.split("\\n") [#line #parbreak()]
"""


def _compiled(text: str, size: int, form: str, **more: object) -> bytes | list[bytes]:
    source = _PAGE.format(family=fonts.FAMILY, size=size).encode()
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.folder()])
    return typst.compile(source, font_paths=book, format=form, sys_inputs={"text": text}, **more)


def pdf(text: str, size: int = 14) -> bytes:
    """A PDF with a text layer, a paragraph for each line of ``text``."""
    made = _compiled(text, size, "pdf")
    return made if isinstance(made, bytes) else made[0]


def pictures(text: str, size: int = 14, dots: int = 150) -> list[Image.Image]:
    """The printed pages of ``text`` as pictures."""
    made = _compiled(text, size, "png", ppi=dots)
    return [Image.open(BytesIO(page)).convert("L") for page in (made if isinstance(made, list) else [made])]


def scan(text: str, size: int = 14) -> bytes:
    """A PDF whose pages are pictures of printed text."""
    first, *rest = pictures(text, size)
    out = BytesIO()
    first.save(out, "PDF", resolution=150, save_all=True, append_images=rest)
    return out.getvalue()


def raw_pdf(objects: dict[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF from its objects."""
    out = b"%PDF-1.7\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in objects:
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    size = max(objects) + 1
    return out + b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def one_page_pdf(content: bytes, pages: int = 1, trailer: bytes = b"", more: dict[int, bytes] | None = None) -> bytes:
    """A PDF whose pages share one content stream (a stream object)."""
    kids = b" ".join([b"3 0 R"] * pages)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        4: content,
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    return raw_pdf(objects | (more or {}), trailer=trailer)
