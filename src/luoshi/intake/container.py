"""What a zip file holds, and the reader for it."""

from __future__ import annotations

from luoshi.intake.limits import Limits
from luoshi.intake.ofd import read_ofd
from luoshi.intake.package import Package
from luoshi.intake.reading import Reading, Refusal
from luoshi.intake.sniff import name_of
from luoshi.intake.word import has_macros, office_kind, read_docx

_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."


def read_container(data: bytes, limits: Limits) -> tuple[str, Reading]:
    """The kind of a zip file and its text. Raises :class:`Refusal` for everything that is no report."""
    package = Package(data, limits)
    if package.resolve("", "OFD.xml"):
        return "ofd", read_ofd(package, limits)
    kind = office_kind(package, limits) if package.resolve("", "[Content_Types].xml") else _other_kind(package)
    if kind == "docx":
        return kind, read_docx(package, limits)
    if has_macros(package, limits):
        raise Refusal("I017")
    raise Refusal("I010", found=name_of(kind or "archive"))


def _other_kind(package: Package) -> str:
    if "mimetype" in package.names and package.read("mimetype").startswith(_OPEN_DOCUMENT):
        return "odt"
    return "uof" if any(name.lower() in ("uof.xml", "_meta/meta.xml") for name in package.names) else "archive"
