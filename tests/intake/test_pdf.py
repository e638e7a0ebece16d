"""PDF with a text layer, without one, and partly without."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from printed_files import one_page_pdf, pdf, pictures, scan, stream

from luoshi.intake import Limits, Opened, open_document, recognise
from luoshi.intake.limits import DEFAULT
from luoshi.intake.pdf import read_pdf
from luoshi.source import view

TEXT = (
    "政府工作报告\n各位代表：\n现在，我代表区人民政府向大会报告工作，请予审议，并请各位委员提出意见。\n"
    "全年地区生产总值达到460.5亿元，增长5.8%左右，新增学位2400个，城镇新增就业8000人以上，居民收入稳步提高。\n"
    "2024年，推进“两重”建设——开工项目36个。"
)
needs_recognition = pytest.mark.skipif(not recognise.available(), reason='pip install "luoshi[ocr]" to run this')


def joined(*documents: bytes) -> bytes:
    """The pages of several PDFs in one."""
    made = pypdfium2.PdfDocument.new()
    for document in documents:
        made.import_pages(pypdfium2.PdfDocument(document))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def plain(text: str) -> str:
    return "".join(text.split())


def test_the_text_layer_comes_back_without_gaps_nobody_typed(opened: Callable[..., Opened]) -> None:
    made = opened("报告.pdf", pdf(TEXT))
    assert made.problems == ()
    assert made.document is not None
    lines = made.document.text.split("\n")
    assert lines[:2] == ["政府工作报告", "各位代表："]
    assert lines[-1] == "— 1 —"
    assert "".join(lines[:-1]) == TEXT.replace("\n", "")


def test_wrapped_lines_are_joined_by_the_view(opened: Callable[..., Opened]) -> None:
    document = opened("报告.pdf", pdf((TEXT + "\n") * 6, size=20)).document
    assert document is not None
    read = view(document.text).text
    assert (
        read.count(
            "全年地区生产总值达到460.5亿元,增长5.8%左右,新增学位2400个,城镇新增就业8000人以上,居民收入稳步提高。"
        )
        == 6
    )


def test_every_page_is_marked(opened: Callable[..., Opened]) -> None:
    document = opened("报告.pdf", pdf("\n".join([TEXT] * 20))).document
    assert document is not None
    assert len(document.marks) > 1
    assert [(one.kind, one.level) for one in document.marks] == [("page", at + 1) for at in range(len(document.marks))]
    for one in document.marks:
        assert document.text[one.start : one.end].endswith(f"— {one.level} —")
    assert "\n".join(document.text[one.start : one.end] for one in document.marks) == document.text


def test_a_typed_gap_and_a_wide_one_stay() -> None:
    content = b"BT /F 12 Tf 50 700 Td (GDP 460) Tj 200 0 Td (2024) Tj ET"
    assert read_pdf(one_page_pdf(stream(content)), DEFAULT).text == "GDP 460 2024"


def test_a_slanted_watermark_is_not_text() -> None:
    content = b"BT /F 40 Tf .7 .7 -.7 .7 100 100 Tm (DRAFT) Tj ET BT /F 12 Tf 1 0 0 1 50 700 Tm (Report 2024) Tj ET"
    assert read_pdf(one_page_pdf(stream(content)), DEFAULT).text == "Report 2024"


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    content = b"BT /F 12 Tf 50 700 Td (Zone-) Tj 0 -20 Td (park) Tj ET"
    assert plain(read_pdf(one_page_pdf(stream(content)), DEFAULT).text) == "Zone-park"


def test_a_blank_document_is_not_a_scan(opened: Callable[..., Opened]) -> None:
    assert [found.code for found in opened("a.pdf", one_page_pdf(stream(b"BT ET"))).problems] == ["I008"]


def test_what_is_before_the_header_does_not_matter(opened: Callable[..., Opened]) -> None:
    assert opened("a.pdf", b"\r\n\0\0\0\0\0\0" + pdf(TEXT)).document is not None


def test_a_scan_says_what_to_install(opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.intake.door.available", lambda: False)
    made = opened("扫描.pdf", scan("各位代表"))
    assert made.document is None
    (found,) = made.problems
    assert found.code == "I019"
    assert 'pip install "luoshi[ocr]"' in found.advice


def test_pages_that_are_pictures_are_named(opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.intake.door.available", lambda: False)
    made = opened("混合.pdf", joined(pdf(TEXT), scan("附件一"), pdf(TEXT), scan("附件二")))
    assert made.document is not None
    (found,) = made.problems
    assert (found.code, found.severity) == ("I020", "warning")
    assert "第 2、4 页" in found.message
    assert [one.level for one in made.document.marks if one.kind == "page"] == [1, 3]


def with_picture(placed: bytes, text: bytes) -> bytes:
    """A page with a picture, placed by a matrix, and a line of text."""
    picture = stream(bytes(4), b"/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    page += b"/Resources<</XObject<</I 6 0 R>>/Font<</F 5 0 R>>>>>>"
    content = stream(b"q %s cm /I Do Q BT /F 12 Tf 50 50 Td %s Tj ET" % (placed, text))
    return one_page_pdf(content, more={3: page, 6: picture})


def test_a_picture_of_a_page_is_told_from_a_picture_on_a_page() -> None:
    assert read_pdf(with_picture(b"595 0 0 842 0 0", b"(- 1 -)"), DEFAULT).scanned == (1,)
    assert read_pdf(with_picture(b"60 0 0 60 50 700", b"(End)"), DEFAULT).scanned == ()
    assert read_pdf(with_picture(b"595 0 0 842 0 0", b"(A cover with a title and a background)"), DEFAULT).scanned == ()


def test_a_layer_that_another_program_recognised_is_marked_as_such() -> None:
    hidden = b"3 Tr (Text that a scanner put behind its picture)"
    reading = read_pdf(with_picture(b"595 0 0 842 0 0", hidden), DEFAULT)
    assert [remark.code for remark in reading.remarks] == ["I021"]
    assert [one.kind for one in reading.marks] == ["page", "recognised"]


def test_pages_are_limited(opened: Callable[..., Opened]) -> None:
    made = opened("a.pdf", one_page_pdf(stream(b"BT ET"), pages=11), Limits(pages=10))
    assert [found.code for found in made.problems] == ["I022"]


# ── recognition ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_recognised_pages_are_marked_and_counted() -> None:
    seen: list[tuple[int, int]] = []
    made = joined(scan("甲"), pdf(TEXT), scan("乙"))
    reading = read_pdf(made, DEFAULT, lambda _: ["一行", "二行"], lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert reading.scanned == ()
    assert [remark.code for remark in reading.remarks] == ["I021"]
    recognised = [(reading.text[one.start : one.end], one.level) for one in reading.marks if one.kind == "recognised"]
    assert recognised == [("一行\n二行", 1), ("一行\n二行", 3)]


def test_pages_to_recognise_are_limited(opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.intake.door.available", lambda: True)
    made = opened("a.pdf", joined(scan("甲"), scan("乙")), Limits(recognised_pages=1))
    assert [found.code for found in made.problems] == ["I022"]


@needs_recognition
def test_a_scan_is_recognised_offline_with_progress(tmp_path: Path) -> None:
    text = "政府工作报告\n各位代表：\n全年增长5.8%，新增学位2400个。"
    path = tmp_path / "扫描.pdf"
    path.write_bytes(scan(text, size=20))
    seen: list[tuple[int, int]] = []
    made = open_document(path, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]
    assert made.document is not None, made.problems
    (found,) = made.problems
    assert (found.code, found.severity) == ("I021", "warning")
    assert plain(text) in plain(made.document.text)
    assert {one.kind for one in made.document.marks} == {"page", "recognised"}


@needs_recognition
def test_a_recogniser_finds_the_lines_of_a_picture_and_nothing_on_a_blank_one() -> None:
    import numpy

    reader = recognise.Recogniser()
    page = pictures("各位代表，现在报告工作。", size=20)[0]

    def drawn(pixels: object) -> SimpleNamespace:
        return SimpleNamespace(to_numpy=lambda: pixels)

    assert "各位代表" in "".join(reader(drawn(numpy.array(page))))
    assert reader(drawn(numpy.full((400, 400), 255, dtype=numpy.uint8))) == []


def test_without_the_packages_recognition_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.intake.recognise.find_spec", lambda name: None if name == "onnxruntime" else object())
    assert not recognise.available()
