"""Small files of the zip formats, made from their parts: docx and OFD."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_EPOCH = (2023, 1, 1, 0, 0, 0)


def package(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of ``parts``; the same parts always give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = method
            made.writestr(entry, data)
    return out.getvalue()


def docx_parts(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    main_type: str = _MAIN_TYPE,
    more: Mapping[str, str | bytes] | None = None,
    relations: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, str | bytes]:
    """The parts of a docx around what stands in ``w:body``; ``relations`` are id → (kind, target)."""
    rows = {"styles": styles, "numbering": numbering, "footnotes": footnotes, "endnotes": endnotes}
    related = {f"r{kind}": (kind, f"{kind}.xml") for kind, xml in rows.items() if xml} | dict(relations or {})
    listed = "".join(
        f'<Relationship Id="{identity}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for identity, (kind, target) in related.items()
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    parts |= {f"word/{kind}.xml": f"<w:{kind} {_SPACES}>{xml}</w:{kind}>" for kind, xml in rows.items() if xml}
    return parts | dict(more or {})


def docx(body: str, **parts: object) -> bytes:
    """A docx whose ``w:body`` holds ``body``; the other arguments are those of :func:`docx_parts`."""
    return package(docx_parts(body, **parts))  # type: ignore[arg-type]


def run(text: str, properties: str = "") -> str:
    """A run; tabs and line ends become their elements."""
    pieces = escape(text).replace("\t", "</w:t><w:tab/><w:t xml:space='preserve'>")
    pieces = pieces.replace("\n", "</w:t><w:br/><w:t xml:space='preserve'>")
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t xml:space='preserve'>{pieces}</w:t></w:r>"


def paragraph(text: str = "", properties: str = "", *, runs: str = "") -> str:
    """A paragraph of one run, or of the given ``runs``."""
    inside = runs or (run(text) if text else "")
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def numbered(text: str, level: int = 0, use: int = 1) -> str:
    """A paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{use}"/></w:numPr>')


def list_level(at: int, form: str, text: str, more: str = "") -> str:
    """A level of a list definition."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f"<w:lvlText w:val={quoteattr(text)}/></w:lvl>"
    )


def list_definition(
    levels: Iterable[str], identity: int = 0, uses: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    """A numbering part with one definition."""
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>{uses}'


def text_docx(text: str) -> bytes:
    """A docx of plain paragraphs, one for each line of ``text``."""
    return docx("".join(paragraph(line) for line in text.split("\n")))


# ── OFD ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_object(x: float, y: float, text: str, *, size: float = 5, code: str = "", attributes: str = "") -> str:
    """A text object whose first character stands at (x, y) of the page, in millimetres."""
    advances = code or f'DeltaX="g {max(1, len(text) - 1)} {size}"'
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} 150 {size * 1.2}" Font="1" Size="{size}" {attributes}>'
        f'<ofd:TextCode X="0" Y="{size}" {advances}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def ofd_parts(
    pages: Iterable[str], templates: Mapping[str, str] | None = None, used: str = ""
) -> dict[str, str | bytes]:
    """The parts of an OFD file from the text objects of its pages; ``used`` is put before each page's content."""
    contents = list(pages)
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(contents)))
    shared = "".join(f'<ofd:TemplatePage ID="{name}" BaseLoc="Tpls/{name}.xml"/>' for name in templates or {})
    parts: dict[str, str | bytes] = {
        "OFD.xml": (
            f'<ofd:OFD {_OFD} Version="1.0"><ofd:DocBody>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": (
            f"<ofd:Document {_OFD}><ofd:CommonData>{shared}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
    }
    for at, content in enumerate(contents):
        parts[f"Doc_0/Pages/Page_{at}/Content.xml"] = _content(content, used)
    for name, content in (templates or {}).items():
        parts[f"Doc_0/Tpls/{name}.xml"] = _content(content, "")
    return parts


def _content(objects: str, before: str) -> str:
    return f'<ofd:Page {_OFD}>{before}<ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(pages: Iterable[str], **more: object) -> bytes:
    """An OFD file; the arguments are those of :func:`ofd_parts`."""
    return package(ofd_parts(pages, **more))  # type: ignore[arg-type]


def text_ofd(text: str, lines_a_page: int = 40) -> bytes:
    """An OFD file with one text object a line."""
    rows = text.split("\n")
    pages = [rows[at : at + lines_a_page] for at in range(0, len(rows), lines_a_page)]
    return ofd("".join(text_object(20, 20 + 6 * at, row) for at, row in enumerate(page) if row) for page in pages)
