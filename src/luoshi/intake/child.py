"""The process in which strange files are opened (``python -m luoshi.intake.child``), started by ``parent.py``.

On standard input it takes one line of JSON (what to do, and the limits) and then the file; on standard output it
answers with lines of JSON: progress, and last the text or the reason for refusing. Before it looks at the file it gives
up what it will not need: memory, time, writing files, starting programs, the network.
"""

# ruff: noqa: PLC0415
# (A reader and its libraries are loaded only where they are needed.)

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from luoshi.intake.limits import Limits
from luoshi.intake.reading import Reading, Refusal

Reader = Callable[[bytes, Limits, Callable[[int, int], None]], tuple[str, Reading]]
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename",
              "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink", "shutil.", "ctypes.dlopen.url")  # fmt: skip
OUT_OF_MEMORY = b'{"refused": ["I028", {}]}\n'


def main() -> None:
    """Answer one request. Leaves without running any clean-up of libraries."""
    out = os.dup(1)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    sys.dont_write_bytecode = True
    request = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**request["limits"])
    reader = _reader(request["kind"], request["recognise"])
    confine(limits, request["recognise"], request["pages"])
    try:
        answer = _answer(reader, sys.stdin.buffer.read(), limits, out)
    except MemoryError:
        answer = OUT_OF_MEMORY
    _send(out, answer)
    os._exit(0)


def confine(limits: Limits, recognise: bool, pages: int) -> None:
    """Give up memory, time, writing and the network, as far as the system lets a process do so."""
    sys.addaudithook(_forbid)
    if sys.platform == "win32":
        return
    import resource

    seconds = limits.recognised_seconds * max(1, pages) if recognise else limits.cpu_seconds
    memory = limits.recognised_bytes if recognise else limits.memory_bytes
    for what, amount in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, limits.open_files),
    ):
        # Some systems (macOS) do not let a process lower every one of these; the parent's clock still holds there.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (amount, amount + 1 if what == resource.RLIMIT_CPU else amount))
    signal.alarm(seconds if recognise else limits.wall_seconds)


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN) or (event == "open" and _writes(arguments)):
        raise PermissionError(event)


def _writes(arguments: tuple[Any, ...]) -> bool:
    name, _, flags = arguments
    return name != os.devnull and isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _answer(reader: Reader, data: bytes, limits: Limits, out: int) -> bytes:
    def progress(done: int, total: int) -> None:
        _send(out, _line({"progress": [done, total]}))

    try:
        kind, reading = reader(data, limits, progress)
    except Refusal as refusal:
        return _line({"refused": refusal.remark})
    except RecursionError:
        return _line({"refused": ["I016", {"limit": limits.depth}]})
    except Exception as error:  # whatever a strange file does to a reader, the answer is a refusal
        if isinstance(error, MemoryError):
            raise
        return _line({"refused": ["I029", {"detail": type(error).__name__}]})
    return _line(
        {
            "kind": kind,
            "text": reading.text,
            "marks": [[mark.start, mark.end, mark.kind, mark.level] for mark in reading.marks],
            "remarks": reading.remarks,
            "scanned": reading.scanned,
            "pages": reading.pages,
        }
    )


def _reader(kind: str, recognise: bool) -> Reader:
    """The reader for a kind of file; only its own modules are loaded. Containers are looked into first."""
    if kind == "pdf":
        from luoshi.intake.pdf import read_pdf
        from luoshi.intake.recognise import Recogniser

        recogniser = Recogniser() if recognise else None
        return lambda data, limits, progress: (kind, read_pdf(data, limits, recogniser, progress))
    if kind in ("html", "mhtml"):
        from luoshi.intake.web import read_html, read_mhtml

        read = read_html if kind == "html" else read_mhtml
        return lambda data, limits, _: (kind, read(data, limits))
    if kind == "sheet":
        from luoshi.intake.workbook import read_sheet

        return lambda data, limits, _: (kind, read_sheet(data, limits))
    if kind == "ole":
        from luoshi.intake.oldword import read_doc

        return lambda data, limits, _: ("doc", read_doc(data, limits))
    from luoshi.intake.container import read_container

    return lambda data, limits, _: read_container(data, limits)


def _line(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _send(out: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(out, view) :]


if __name__ == "__main__":
    main()
