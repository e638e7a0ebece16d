"""Plain text: which encoding it is in, and its characters.

Tried in this order: a byte order mark; UTF-16 without one (recognised by what it would say); UTF-8; then GB18030 (which
contains GBK and GB2312) or Big5, whichever gives more of the characters people write; and last any of them with a few
damaged characters, which become U+FFFD. (charset-normalizer was tried: on short Big5 texts it was wrong in 2 %.)
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from functools import cache

from luoshi.intake.limits import Limits
from luoshi.intake.reading import Reading, Refusal, Sheet

_MARKED = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("gb18030", "big5")
_PLAIN = re.compile(rb"[\t\n\r -~]*")
_BEYOND = re.compile("[^\t\n\r -~]+")
_SAMPLE = 1 << 16
_MOSTLY = 0.85  # share of expected characters that tells UTF-16 from chance
_READABLE = 0.7  # share of usual characters below which nothing has been read


def read_text(data: bytes, limits: Limits) -> Reading:
    """Read a plain text. Raises :class:`Refusal` where it is too long or its encoding cannot be told."""
    if len(data) > limits.text_bytes:
        raise Refusal("I006", size=_megabytes(len(data)), limit=_megabytes(limits.text_bytes))
    sheet = Sheet(limits)
    text, encoding = decode(data)
    if encoding in ("big5", "utf-16-le", "utf-16-be") and not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        sheet.remark("I026", encoding=encoding.upper())
    sheet.write(text)
    return sheet.reading()


def decode(data: bytes) -> tuple[str, str]:
    """The characters of ``data`` and the encoding they were in. What a web page declares is not believed."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    for encoding in filter(None, (wide_encoding(data), "utf-8")):
        if (text := _exactly(data, encoding)) is not None:
            return text, encoding
    return _chinese(data)


def wide_encoding(data: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` where ``data`` without a byte order mark is plausibly that, else nothing."""
    sample = data[: _SAMPLE & ~1]
    if len(data) % 2 or len(data) < 2 or _PLAIN.fullmatch(sample):
        return ""
    read = {encoding: sample.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be")}
    shares = {encoding: usual(text) for encoding, text in read.items()}
    # Digits read the wrong way round are blanks (0 is U+0030, U+3000 a blank): of two equal readings, the plainer one.
    best = max(shares, key=lambda encoding: (shares[encoding], len(_BEYOND.sub("", read[encoding]))))
    if shares[best] < _MOSTLY or (b"\0" not in sample and _exactly(data, "utf-8") is not None):
        return ""
    return best


def _chinese(data: bytes) -> tuple[str, str]:
    """GB18030 or Big5, whichever gives more of the characters people write; a tie is GB18030."""
    read = {encoding: text for encoding in _CANDIDATES if (text := _exactly(data, encoding)) is not None}
    shares = {encoding: usual(text) for encoding, text in read.items()}
    best = max(shares, key=lambda encoding: shares[encoding], default="")
    if best and shares[best] >= _READABLE:
        return read[best], best
    damaged = [(data.decode(encoding, "replace"), encoding) for encoding in ("utf-8", *_CANDIDATES)]
    text, encoding = max(damaged, key=lambda one: usual(one[0]))
    if usual(text) < _READABLE:
        raise Refusal("I023")
    return text, encoding


def _exactly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def usual(text: str) -> float:
    """The share of the characters beyond plain ASCII that are ordinary Chinese writing; 1 where there are none."""
    beyond = "".join(_BEYOND.findall(text))[:_SAMPLE]
    known = _usual_characters()
    return sum(char in known for char in beyond) / len(beyond) if beyond else 1.0


@cache
def _usual_characters() -> frozenset[str]:
    """The first-level characters of GB 2312 (3,755) and Big5 (5,401) and their punctuation."""
    found: set[str] = set()
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    for encoding, leads in (("gb2312", (0xA1, 0xA3, *range(0xB0, 0xD8))), ("big5", (0xA1, *range(0xA4, 0xC7)))):
        for lead in leads:
            found.update(*(bytes((lead, trail)).decode(encoding, "ignore") for trail in trails))
    return frozenset(found) | frozenset("ⅠⅡⅢⅣⅤ①②③④⑤⑥⑦⑧⑨⑩㎡")


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB"
