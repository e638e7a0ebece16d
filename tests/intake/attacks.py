"""Files that are made to stop, fool or get past a reader. Nothing is stored: each is built when it is asked for.

``ATTACKS`` lists them by name: the file's extension, the code that must be answered, and how its bytes are made. None
of the files does harm: they are only too large, too deep, locked or not what they say.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED

from office_files import docx, docx_parts, ofd_parts, package, paragraph, text_docx, text_object
from old_word_files import OldWord, ole
from printed_files import one_page_pdf, raw_pdf, stream

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Attack:
    """A hostile or wrong file: its extension, the code of the answer, and its bytes."""

    extension: str
    code: str
    data: Callable[[], bytes]


def _padded(parts: dict[str, str | bytes], size: int) -> dict[str, str | bytes]:
    """A docx or OFD whose first body part ends in ``size`` blanks."""
    name = next(name for name in parts if name.endswith(("document.xml", "Content.xml")))
    return {**parts, name: bytes(str(parts[name]), "utf-8") + b" " * size}


def small_zip_bomb() -> bytes:
    """300 KB that unpack to 267 MB in one part."""
    return package(_padded(docx_parts(paragraph("正文。")), 267 * MEGABYTE))


def wide_zip_bomb() -> bytes:
    """Parts that are harmless one by one and unpack to 300 MB together."""
    return package(
        docx_parts(paragraph("正文。")) | {f"word/media/{at}.bin": b"\0" * (MEGABYTE - 1) for at in range(300)}
    )


def many_parts() -> bytes:
    """More parts than any document has."""
    return package(docx_parts(paragraph("正文。")) | {f"x/{at}": b"" for at in range(6000)})


def overlapping_parts() -> bytes:
    """One piece of packed data that every entry of the directory claims as its own."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b"\0" * 900_000) + packed.flush()
    crc = zlib.crc32(b"\0" * 900_000)
    name = b"word/document.xml"
    local = (
        struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, ZIP_DEFLATED, 0, 33, crc, len(body), 900_000, len(name), 0)
        + name
        + body
    )
    central = b""
    for at in range(200):
        title = b"[Content_Types].xml" if not at else b"word/%d" % at
        central += (
            struct.pack(
                "<4s6H3I5H2I",
                b"PK\1\2",
                20,
                20,
                0,
                ZIP_DEFLATED,
                0,
                33,
                crc,
                len(body),
                900_000,
                len(title),
                0,
                0,
                0,
                0,
                0,
                0,
            )
            + title
        )
    return local + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 200, 200, len(central), len(local), 0)


def lying_size() -> bytes:
    """A part whose header says 100 bytes and whose data unpacks to 50 MB."""
    data = package(_padded(docx_parts(paragraph("正文。")), 50 * MEGABYTE))
    true_size = len(str(docx_parts(paragraph("正文。"))["word/document.xml"]).encode()) + 50 * MEGABYTE
    return data.replace(struct.pack("<I", true_size), struct.pack("<I", 100))


def nested_zip() -> bytes:
    """A zip in a zip in a zip, thirty deep."""
    data = b"\0" * 1000
    for _ in range(30):
        data = package({"inner.zip": data})
    return data


def docx_with_nested_bomb() -> bytes:
    """A sound docx with a bomb among its attachments, which nobody may unpack."""
    inner = package({"bomb": b"\0" * (100 * MEGABYTE)})
    return package(docx_parts(paragraph("各位代表，现在报告工作。")) | {"word/embeddings/table.xlsx": inner})


def _with_main(document: str) -> bytes:
    return package(docx_parts("") | {"word/document.xml": document})


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    return _with_main(f'<!DOCTYPE x [<!ENTITY l0 "哈哈">{entities}]><w:document xmlns:w="x">&l9;</w:document>')


def external_entity() -> bytes:
    return _with_main('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="x">&f;</w:document>')


def laughs_in_styles() -> bytes:
    return docx(
        paragraph("正文。"), styles="<w:style/>", more={"word/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}
    )


def laughs_in_ofd() -> bytes:
    return package(ofd_parts([text_object(20, 20, "正文")]) | {"OFD.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})


def deep_xml() -> bytes:
    """Elements thousands deep."""
    return docx("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000)


def deep_tables() -> bytes:
    """Tables inside tables, far beyond what Word writes."""
    return docx("<w:tbl><w:tr><w:tc>" * 500 + paragraph("底") + "</w:tc></w:tr></w:tbl>" * 500)


def deep_html() -> bytes:
    return ("<html><body>" + "<div>" * 3000 + "各位代表，现在报告工作。").encode()


def endless_text() -> bytes:
    """A docx with more characters than a hundred reports."""
    return package(docx_parts(paragraph("各位代表，现在报告工作。" * 1000) * 450), ZIP_STORED)


def huge_text() -> bytes:
    """A plain text of 50 MB."""
    return "政府工作报告".encode() * (50 * MEGABYTE // 18)


def docm() -> bytes:
    return docx(paragraph("正文。"), main_type="application/vnd.ms-word.document.macroEnabled.main+xml")


def docx_with_macros() -> bytes:
    """Calls itself docx and carries a macro project."""
    return docx(paragraph("正文。"), more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def doc_with_macros() -> bytes:
    return OldWord([("正文。\r", False)]).file({"Macros/VBA/dir": b"x", "Macros/VBA/_VBA_PROJECT": b"x"})


def encrypted_docx() -> bytes:
    """What Word writes for a docx with a password."""
    return ole({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"x"})


def encrypted_doc() -> bytes:
    return OldWord([("正文。\r", False)], flags=0x0100).file()


def zip_with_password() -> bytes:
    """Every entry carries the flag of encryption."""
    data = bytearray(text_docx("正文。"))
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 1)
    return bytes(data)


def encrypted_ofd() -> bytes:
    return package(ofd_parts([text_object(20, 20, "正文")]) | {"Encryptions.xml": "<x/>"})


def pdf_with_password() -> bytes:
    """Encrypted with a user password (the keys are nonsense, so that none opens it)."""
    lock = b"<</Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>>>" % (b"41" * 32, b"42" * 32)
    key = b"/Encrypt 9 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    return one_page_pdf(stream(b"BT ET"), trailer=key, more={9: lock})


def pdf_stream_bomb() -> bytes:
    """Half a megabyte that unpacks to 512 MB of operators."""
    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(b"q Q " * (MEGABYTE // 4)) for _ in range(512)) + packed.flush()
    return one_page_pdf(stream(data, b"/Filter/FlateDecode"))


def pdf_filter_chain() -> bytes:
    """Packed twice: a few kilobytes for half a gigabyte."""
    packed = zlib.compressobj(9)
    once = b"".join(packed.compress(b"q Q " * (MEGABYTE // 4)) for _ in range(512)) + packed.flush()
    return one_page_pdf(stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]"))


def pdf_text_flood() -> bytes:
    """600,000 tiny pieces of text on one page, in 63 KB."""
    return one_page_pdf(stream(zlib.compress(b"BT /F 1 Tf (a) Tj ET " * 600_000, 9), b"/Filter/FlateDecode"))


def pdf_page_flood() -> bytes:
    return one_page_pdf(stream(b"BT ET"), pages=100_000)


def pdf_loop() -> bytes:
    """A page tree that is its own child."""
    return raw_pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]/Parent 2 0 R>>"})


def pdf_form_loop() -> bytes:
    """A form that draws itself twice, and so on."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>"
    return one_page_pdf(stream(b"/X Do"), more={3: page, 6: stream(b"/X Do /X Do", form)})


def ole_loop() -> bytes:
    """A container whose sector table points in a circle."""
    data = bytearray(OldWord([("正文。\r", False)]).file())
    table = len(data) - 512
    struct.pack_into("<128I", data, table, *([1, 0] * 64))
    return bytes(data)


def renamed_program() -> bytes:
    return b"MZ" + bytes(58) + struct.pack("<I", 128) + bytes(64) + b"PE\0\0" + bytes(300)


def program_with_docx() -> bytes:
    """A program with a sound docx behind it, which a careless zip reader would open."""
    return renamed_program() + text_docx("正文。")


def two_bodies() -> bytes:
    """The same part twice: one reader sees the first, another the second."""
    parts = docx_parts(paragraph("给审查者看的。"))
    data = package({**parts, "word/document.xmX": str(parts["word/document.xml"]).replace("审查", "执行")})
    return data.replace(b"word/document.xmX", b"word/document.xml")


def path_climber() -> bytes:
    """A relationship that points out of the container."""
    parts = docx_parts(paragraph("正文。"))
    outside = str(parts["_rels/.rels"]).replace("word/document.xml", "../../../etc/passwd")
    return package(
        {name: data for name, data in parts.items() if name != "word/document.xml"} | {"_rels/.rels": outside}
    )


def noise() -> bytes:
    """Bytes without any pattern (the same each time)."""
    state, out = 1, bytearray()
    for _ in range(5000):
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        out.append(state >> 56)
    return bytes(out)


def doubled_replacement() -> bytes:
    """What is left of a text whose characters were replaced and then read as GBK."""
    return ("各位代表：锟斤拷锟斤拷锟斤拷锟斤拷" * 20).encode()


def _mojibake(read_as: str, written: str = "utf-8") -> bytes:
    text = "各位代表：现在，我代表区人民政府向大会报告工作，请予审议。全年地区生产总值增长百分之五点八。" * 3
    return text.encode(written).decode(read_as, "replace").encode()


ATTACKS = {
    "zip-bomb": Attack("docx", "I014", small_zip_bomb),
    "zip-bomb-wide": Attack("docx", "I014", wide_zip_bomb),
    "zip-many-parts": Attack("docx", "I014", many_parts),
    "zip-overlapping": Attack("docx", "I014", overlapping_parts),
    "zip-lying-size": Attack("docx", "I013", lying_size),
    "zip-nested": Attack("zip", "I010", nested_zip),
    "zip-password": Attack("docx", "I018", zip_with_password),
    "zip-two-bodies": Attack("docx", "I013", two_bodies),
    "zip-path-climber": Attack("docx", "I013", path_climber),
    "zip-cut": Attack("docx", "I013", lambda: text_docx("正文。" * 500)[:-40]),
    "xml-laughs": Attack("docx", "I015", billion_laughs),
    "xml-external": Attack("docx", "I015", external_entity),
    "xml-laughs-styles": Attack("docx", "I015", laughs_in_styles),
    "xml-laughs-ofd": Attack("ofd", "I015", laughs_in_ofd),
    "xml-deep": Attack("docx", "I016", deep_xml),
    "xml-deep-tables": Attack("docx", "I016", deep_tables),
    "xml-broken": Attack("docx", "I013", lambda: _with_main("<w:document><w:p>")),
    "html-deep": Attack("html", "I016", deep_html),
    "text-endless": Attack("docx", "I007", endless_text),
    "text-huge": Attack("txt", "I006", huge_text),
    "macro-docm": Attack("docm", "I017", docm),
    "macro-docx": Attack("docx", "I017", docx_with_macros),
    "macro-doc": Attack("doc", "I017", doc_with_macros),
    "locked-docx": Attack("docx", "I018", encrypted_docx),
    "locked-doc": Attack("doc", "I018", encrypted_doc),
    "locked-ofd": Attack("ofd", "I018", encrypted_ofd),
    "locked-pdf": Attack("pdf", "I018", pdf_with_password),
    "pdf-pages": Attack("pdf", "I022", pdf_page_flood),
    "pdf-loop": Attack("pdf", "I013", pdf_loop),
    "pdf-cut": Attack("pdf", "I013", lambda: one_page_pdf(stream(b"BT ET"))[:60]),
    "ole-old": Attack("doc", "I010", lambda: OldWord([("x\r", False)], version=0x65, identity=0xA5DC).file()),
    "ole-sheet": Attack("xls", "I010", lambda: ole({"Workbook": b"x"})),
    "program": Attack("docx", "I010", renamed_program),
    "program-docx": Attack("docx", "I010", program_with_docx),
    "picture": Attack("docx", "I011", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "rar": Attack("rar", "I010", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(100)),
    "noise": Attack("txt", "I012", noise),
    "zeros": Attack("doc", "I012", lambda: bytes(10_000)),
    "garbled-replaced": Attack("txt", "I024", doubled_replacement),
    "garbled-memory": Attack("txt", "I024", lambda: ("烫烫烫烫烫烫烫烫" * 9).encode("gb18030")),
    "garbled-gbk": Attack("txt", "I024", lambda: _mojibake("gb18030")),
    "garbled-latin": Attack("txt", "I024", lambda: _mojibake("latin-1", "gb18030")),
    "garbled-windows": Attack("txt", "I024", lambda: _mojibake("cp1252")),
    "garbled-big5": Attack("txt", "I024", lambda: _mojibake("big5", "gb18030")),
    "garbled-lost": Attack("txt", "I024", lambda: "各位代\ufffd，现在报\ufffd\ufffd工作\ufffd。".encode() * 10),
    "garbled-questions": Attack("txt", "I024", lambda: "????????????，??????5.8%。".encode() * 10),
}
"""Every attack with exactly one right answer."""

COSTLY = {
    "ole-loop": Attack("doc", "", ole_loop),
    "pdf-stream": Attack("pdf", "", pdf_stream_bomb),
    "pdf-filter-chain": Attack("pdf", "", pdf_filter_chain),
    "pdf-form-loop": Attack("pdf", "", pdf_form_loop),
    "pdf-text-flood": Attack("pdf", "", pdf_text_flood),
}
"""Attacks that may be refused for any reason, as long as it is within the limits: PDFium changes between versions."""

HARMLESS = {
    "docx-nested-bomb": Attack("docx", "", docx_with_nested_bomb),
}
"""Files that carry something hostile which is never touched: they are read."""
