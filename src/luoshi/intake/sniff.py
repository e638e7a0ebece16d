"""What a file is, told by its first bytes. Containers (zip, OLE) are told apart by their readers, in the child."""

from __future__ import annotations

import re
import tomllib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from dataclasses import dataclass
from functools import cache
from importlib import resources

from luoshi.intake.text import wide_encoding

HEAD = 4096
_MARKS = (BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF32_LE, BOM_UTF32_BE)
_WIDE_MARKS = ((BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
_PDF_WITHIN = 1024  # PDF readers accept the header anywhere in here
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|table|article|h[1-6])\b", re.IGNORECASE)
_XML = re.compile(rb"<\?xml|<!doctype|<!entity|<\w+:", re.IGNORECASE)
_MHTML = re.compile(rb"(?:From|MIME-Version|Content-Type|Subject|Date|Snapshot-Content-Location):[ \t]", re.IGNORECASE)
_MHTML_TYPE = re.compile(rb"Content-Type:\s*(?:multipart/|text/html|message/rfc822)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FEW = 0.002  # share of control bytes a damaged text may have
_MARKDOWN = ("md", "markdown")


@dataclass(frozen=True, slots=True)
class _Formats:
    names: dict[str, str]
    extensions: dict[str, tuple[str, ...]]
    signatures: tuple[tuple[bytes, int, str], ...]


@cache
def _formats() -> _Formats:
    raw = tomllib.loads(resources.files("luoshi.intake").joinpath("formats.toml").read_text(encoding="utf-8"))
    signatures = tuple((bytes.fromhex(row["hex"]), row.get("at", 0), row["kind"]) for row in raw["signature"])
    return _Formats(raw["names"], {key: tuple(row) for key, row in raw["extensions"].items()}, signatures)


def sniff(data: bytes, extension: str = "") -> str:
    """The kind of ``data``: a key of ``names`` in ``formats.toml``.

    ``extension`` (lower case, no dot) decides only what bytes cannot tell: Markdown from other plain text.
    """
    head = data[:HEAD]
    text = _narrow(head)
    kind = _signed(head)
    if not kind and text.startswith(b"<") and extension not in _MARKDOWN:
        kind = _markup(text)
    if not kind and _MHTML.match(text) and _MHTML_TYPE.search(text):
        kind = "mhtml"
    if not kind and _binary(head) and not head.startswith(_MARKS) and not wide_encoding(data):
        kind = "pdf" if b"%PDF-" in head[:_PDF_WITHIN] else "unknown"
    return kind or ("pdf" if text.startswith(b"%PDF-") else "markdown" if extension in _MARKDOWN else "text")


def _narrow(head: bytes) -> bytes:
    """The beginning of a text as UTF-8 without a mark, for looking at its markup; other encodings stay as they are."""
    wide = next((encoding for mark, encoding in _WIDE_MARKS if head.startswith(mark)), "")
    if not wide and b"\0" in head:
        wide = wide_encoding(head[: len(head) & ~1])
    text = head.decode(wide, "replace").encode() if wide else head
    return text.removeprefix(BOM_UTF8).lstrip()


def _signed(head: bytes) -> str:
    """The kind whose signature ``head`` carries."""
    if head.startswith(b"MZ") and b"\0" in head:
        return "program"
    return next((kind for magic, at, kind in _formats().signatures if head.startswith(magic, at)), "")


def _markup(text: bytes) -> str:
    if _HTML.search(text):
        return "html"
    return "xml" if _XML.match(text) else "text"


def _binary(head: bytes) -> bool:
    """Whether there are more control bytes than a damaged text would have."""
    return len(_CONTROL.findall(head)) > max(2, len(head) * _FEW)


def name_of(kind: str) -> str:
    """What people call the kind, in Chinese."""
    return _formats().names[kind]


def disagrees(extension: str, kind: str) -> bool:
    """Whether a file of this kind should not carry this extension; unknown extensions agree with everything."""
    return kind not in _formats().extensions.get(extension, (kind,))
