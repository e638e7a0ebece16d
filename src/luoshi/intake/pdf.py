"""PDF by PDFium: the text layer page by page, and recognition of pages that are pictures where that is possible.

Lines stay as they are printed and page heads, feet and numbers stay in: cutting them by position would lose text where
the guess is wrong, and :func:`luoshi.source.view` joins wrapped lines and takes page numbers out without touching the
text. Taken out are only the narrow gaps that PDFium turns into spaces between Chinese characters and figures, which
nobody typed, and slanted text, which is a watermark. Kept: every page as a mark. Dropped: annotations, forms, scripts.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from math import pi
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from luoshi.intake.limits import Limits
from luoshi.intake.reading import Reading, Refusal, Sheet

Recognise = Callable[[Any], list[str]]
"""From a picture of a page to its lines."""
Progress = Callable[[int, int], None]

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line
_WIDE_FROM = 0x2E80
_AUTOMATIC_GAP = 0.6  # of the font size: wider gaps are spaces that somebody made
_FEW = 20  # characters of a page number or a stamp on a picture of a page
_COVERED = 0.4  # share of the page that a picture of it covers
_OUTLINES = 300  # drawn shapes on a page whose characters were turned into outlines
_OBJECTS = 2_000  # objects of a page looked at
_SLANT = (0.15, 1.4)  # radians from the nearest axis between which text is a watermark
_INVISIBLE = 3  # text render mode
_DOTS = 150 / 72  # pixels a point for recognition
_SIDE = 2_400  # pixels of the longer side at most


def read_pdf(
    data: bytes, limits: Limits, recognise: Recognise | None = None, progress: Progress | None = None
) -> Reading:
    """The text of a PDF. Pages that are pictures go to ``recognise``, or are listed in ``scanned`` without it."""
    document = _open(data)
    count = len(document)
    if count > limits.pages:
        raise Refusal("I022", count=count, limit=limits.pages)
    sheet = Sheet(limits)
    pictures: list[int] = []
    for number in range(1, count + 1):
        page = _page(document, number)
        start = sheet.position
        found = list(_lines(page))
        is_picture = sum(map(len, found)) < _FEW and _is_picture(page)
        if is_picture:
            pictures.append(number)
        for line in recognise(_picture(page)) if is_picture and recognise else found:
            sheet.write(line)
        sheet.mark(start, "page", number)
        if (is_picture and recognise) or (found and not is_picture and _is_recognised(page)):
            sheet.mark(start, "recognised", number)
            sheet.remark("I021")
        page.close()
        if progress and recognise:
            progress(number, count)
    return sheet.reading(() if recognise else tuple(pictures), count)


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise Refusal("I018") from error
        raise Refusal("I013", detail="PDF 不完整或有误") from error


def _page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        return document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise Refusal("I013", detail=f"PDF 第 {number} 页打不开") from error


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lines(page: pypdfium2.PdfPage) -> Iterator[str]:
    """The printed lines of a page."""
    try:
        layer = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    line: list[str] = []
    slanted = False
    for index, point in _points(layer):
        if point in (0x0A, 0x0D):
            if line and not slanted:
                yield "".join(line).rstrip(" ")
            line = []
        elif point == 0x20 and _nobody_typed(layer, index):
            continue
        else:
            slanted = _is_slanted(layer, index) if not line else slanted
            line.append(chr(point))
    if line and not slanted:
        yield "".join(line).rstrip(" ")
    layer.close()


def _points(layer: pypdfium2.PdfTextPage) -> Iterator[tuple[int, int]]:
    """Code points by index; the halves of a surrogate pair are put together."""
    high = 0
    for index in range(layer.count_chars()):
        point = pdfium.FPDFText_GetUnicode(layer, index)
        if 0xD800 <= point < 0xDC00:
            high = point
            continue
        if 0xDC00 <= point < 0xE000 and high:
            point = 0x10000 + ((high - 0xD800) << 10) + (point - 0xDC00)
        high = 0
        if point in _HYPHENS:
            point = ord("-")
        if 0 < point <= 0x10FFFF:
            yield index, point


def _nobody_typed(layer: pypdfium2.PdfTextPage, index: int) -> bool:
    """Whether PDFium made up this space from a narrow gap beside a Chinese character."""
    if pdfium.FPDFText_IsGenerated(layer, index) != 1:
        return False
    around = [pdfium.FPDFText_GetUnicode(layer, at) for at in (index - 1, index + 1)]
    if max(around) < _WIDE_FROM:
        return False
    before, after = (_box(layer, at) for at in (index - 1, index + 1))
    if before is None or after is None:
        return False
    size = pdfium.FPDFText_GetFontSize(layer, index - 1) or 1.0
    return after[0] - before[1] < _AUTOMATIC_GAP * max(size, before[2], after[2])


def _box(layer: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float] | None:
    """Left and right edge and height of a character."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(layer, index, left, right, bottom, top):
        return None
    return left.value, right.value, top.value - bottom.value


def _is_slanted(layer: pypdfium2.PdfTextPage, index: int) -> bool:
    angle = pdfium.FPDFText_GetCharAngle(layer, index)
    return bool(angle >= 0 and _SLANT[0] < angle % (pi / 2) < _SLANT[1])


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether a page with next to no text shows a picture of its text, or its characters as drawn outlines."""
    width, height = page.get_size()
    outlines = 0
    for _, item in zip(range(_OBJECTS), page.get_objects(max_depth=3), strict=False):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE and _covers(item, width, height):
            return True
        outlines += item.type == pdfium.FPDF_PAGEOBJ_PATH
    return outlines >= _OUTLINES


def _covers(item: pypdfium2.PdfObject, width: float, height: float) -> bool:
    try:
        left, bottom, right, top = item.get_bounds()
    except pypdfium2.PdfiumError:
        return False
    return bool(abs((right - left) * (top - bottom)) > _COVERED * width * height)


def _is_recognised(page: pypdfium2.PdfPage) -> bool:
    """Whether the text is an invisible layer over a picture: some program has recognised it before."""
    for _, item in zip(range(_OBJECTS), page.get_objects(max_depth=3), strict=False):
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            return bool(pdfium.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE) and _is_picture(page)
    return False


def _picture(page: pypdfium2.PdfPage) -> Any:
    """The page as PDFium draws it."""
    scale = min(_DOTS, _SIDE / max(1.0, *page.get_size()))
    return page.render(scale=scale)
