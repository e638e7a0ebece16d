"""The door: from a path to a document, or to the problems that say why not."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from luoshi.intake.garble import judge
from luoshi.intake.limits import DEFAULT, Limits
from luoshi.intake.markdown import read_markdown
from luoshi.intake.parent import read_in_child
from luoshi.intake.reading import Reading, Refusal, Remark
from luoshi.intake.recognise import available
from luoshi.intake.sniff import disagrees, name_of, sniff
from luoshi.intake.text import read_text
from luoshi.problems import Problem, has_errors
from luoshi.source import Document

Progress = Callable[[int, int], None]
_CHUNK = 1 << 20
_SHOWN = 60
_IN_CHILD = ("pdf", "html", "mhtml", "zip", "ole")
_HERE = {"text": read_text, "markdown": read_markdown}


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening a file: ``document`` is ``None`` exactly when one of the ``problems`` is an error."""

    document: Document | None
    problems: tuple[Problem, ...] = ()


def open_document(path: Path, *, limits: Limits = DEFAULT, progress: Progress | None = None) -> Opened:
    """Read the report in the file at ``path``; bad input becomes problems (codes I001 and up), never an exception.

    What the file is, is told from its content. Plain text and Markdown are decoded here: Python's own codecs take time
    and memory in proportion to the file, whose size is checked first. Every other format is opened in a child process
    with limited memory and time. ``progress(done, total)`` is called after each page while a scanned PDF is recognised.
    The same bytes under the same name always give the same document.
    """
    name = shown_name(path)
    try:
        data = file_bytes(path, name, limits)
        reading, remarks = _read(data, _extension(name), limits, progress)
    except Refusal as refusal:
        return Opened(None, (refusal.remark.problem(),))
    problems = tuple(remark.problem() for remark in (*remarks, *reading.remarks, *judge(reading)))
    if has_errors(problems):
        return Opened(None, problems)
    return Opened(Document(reading.text, name, hashlib.sha256(data).hexdigest(), reading.marks), problems)


def _read(data: bytes, extension: str, limits: Limits, progress: Progress | None) -> tuple[Reading, tuple[Remark, ...]]:
    """The file's text, and a remark where its extension promises something else."""
    kind = sniff(data, extension)
    if kind in _HERE:
        reading = _HERE[kind](data, limits)
    elif kind in _IN_CHILD:
        kind, reading = read_in_child(data, kind, limits)
        if reading.scanned:
            reading = _recognised(data, reading, limits, progress)
    elif kind == "picture":
        raise Refusal("I011")
    elif kind == "unknown":
        raise Refusal("I012")
    else:
        raise Refusal("I010", found=name_of(kind))
    odd = (Remark("I009", {"extension": extension, "found": name_of(kind)}),) if disagrees(extension, kind) else ()
    return reading, odd


def _recognised(data: bytes, reading: Reading, limits: Limits, progress: Progress | None) -> Reading:
    """A PDF with pages that are pictures: read again with recognition where that is installed."""
    pages = len(reading.scanned)
    if not available():
        if not reading.text.strip() or pages == reading.pages:
            raise Refusal("I019")
        missing = Remark("I020", {"pages": _listed(reading.scanned)})
        return Reading(reading.text, reading.marks, (*reading.remarks, missing))
    if pages > limits.recognised_pages:
        raise Refusal("I022", count=pages, limit=limits.recognised_pages)
    _, again = read_in_child(data, "pdf", limits, recognise=True, pages=pages, progress=progress)
    return again


def _listed(pages: tuple[int, ...]) -> str:
    return "、".join(map(str, pages[:10])) + ("……" if len(pages) > 10 else "")


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def file_bytes(path: Path, name: str, limits: Limits) -> bytes:
    """The file's bytes, read once. Raises :class:`Refusal` for whatever is no ordinary file of a bearable size."""
    try:
        _ordinary(os.stat(path), name)  # noqa: PTH116 — Path.stat would do; the descriptor is checked the same way below
        # Without O_NONBLOCK, opening a pipe that took the file's place in between would wait for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            status = os.fstat(descriptor)
            _ordinary(status, name)
            _small_enough(status.st_size, limits)
            return _drained(file.read, name, limits)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise Refusal("I001", name=name) from error
    except OSError as error:
        raise Refusal("I004", name=name, reason=_reason(error)) from error


def _ordinary(status: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise Refusal("I002", name=name)
    if not stat.S_ISREG(status.st_mode):
        raise Refusal("I003", name=name)


def _small_enough(size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise Refusal("I006", size=_megabytes(size), limit=_megabytes(limits.file_bytes))


def _drained(read: Callable[[int], bytes | None], name: str, limits: Limits) -> bytes:
    """Everything there is to read, but never much more than allowed: some files grow, some lie about their size."""
    data = bytearray()
    while chunk := read(_CHUNK):
        data += chunk
        _small_enough(len(data), limits)
    if not data:
        raise Refusal("I005", name=name)
    return bytes(data)


def shown_name(path: Path) -> str:
    """The file's name for people. On Linux a name is bytes; from old Chinese archives they are GBK."""
    raw = os.fsencode(path.name)
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def _extension(name: str) -> str:
    return Path(name).suffix.lower().removeprefix(".")


def _reason(error: OSError) -> str:
    return "没有读取权限" if isinstance(error, PermissionError) else (error.strerror or str(error))


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB"
