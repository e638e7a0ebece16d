"""Starting the child, feeding it the file, and never waiting for it longer than allowed."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from time import monotonic
from typing import Any

from luoshi.intake.limits import Limits
from luoshi.intake.reading import Reading, Refusal, Remark
from luoshi.problems import catalogue
from luoshi.source import Mark

Progress = Callable[[int, int], None]
# The child needs no secrets of this process: only what the interpreter and its libraries start with.
_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TZ", "HOME")
# On a machine with many processors, libraries reserve memory for each of them, which would count against the limit.
_FEW_THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "4", "MALLOC_ARENA_MAX": "2"}
_KINDS = ("heading", "page", "recognised", "table")
_BYTES_A_CHARACTER = 6  # JSON writes a control character as \u0000; others take at most four bytes
_ROOM = 1 << 22  # for marks and remarks


def read_in_child(
    data: bytes, kind: str, limits: Limits, *, recognise: bool = False, pages: int = 0, progress: Progress | None = None
) -> tuple[str, Reading]:
    """The kind of ``data`` as its reader found it, and its text. Raises :class:`Refusal`; leaves no process behind."""
    request = {"kind": kind, "limits": asdict(limits), "recognise": recognise, "pages": pages}
    try:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "luoshi.intake.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _FEW_THREADS,
        )
    except OSError as error:
        raise Refusal("I029", detail=error.strerror or "启动失败") from error
    try:
        patience = limits.recognised_seconds if recognise else limits.wall_seconds
        answer = _converse(child, json.dumps(request).encode() + b"\n" + data, limits, patience, progress)
    finally:
        child.kill()
        child.wait()
    return _understood(answer, limits)


def _converse(
    child: subprocess.Popen[bytes], sent: bytes, limits: Limits, patience: int, progress: Progress | None
) -> dict[str, Any]:
    """Send the request with the file; the last line of the answer. ``patience`` is in seconds without any answer."""
    said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threads = [
        threading.Thread(target=_feed, args=(child, sent), daemon=True),
        threading.Thread(target=_listen, args=(child, said, limits), daemon=True),
    ]
    for thread in threads:
        thread.start()
    deadline = monotonic() + patience
    while True:
        try:
            line = said.get(timeout=max(0.0, deadline - monotonic()))
        except queue.Empty as error:
            raise Refusal("I027", seconds=patience) from error
        if not line:
            raise _death(child, limits)
        answer = _parsed(line)
        if "progress" not in answer:
            return answer
        deadline = monotonic() + patience
        if progress:
            progress(*map(int, answer["progress"]))


def _feed(child: subprocess.Popen[bytes], sent: bytes) -> None:
    assert child.stdin
    # A child that refuses early, or was killed, does not read the file to its end.
    with suppress(OSError, ValueError), child.stdin:
        child.stdin.write(sent)


def _listen(child: subprocess.Popen[bytes], said: queue.SimpleQueue[bytes], limits: Limits) -> None:
    """Put every line into the queue, and an empty one at the end or when there is more than a text can need."""
    assert child.stdout
    most = limits.characters * _BYTES_A_CHARACTER + _ROOM
    with suppress(OSError, ValueError), child.stdout:
        while (line := child.stdout.readline(most)).endswith(b"\n"):
            said.put(line)
    said.put(b"")


def _death(child: subprocess.Popen[bytes], limits: Limits) -> Refusal:
    """Why a child ended without an answer."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(1)
    code = child.returncode or 0
    if code in (-_signal("SIGXCPU"), -_signal("SIGALRM")):
        return Refusal("I027", seconds=limits.cpu_seconds if code == -_signal("SIGXCPU") else limits.wall_seconds)
    # The system kills a process that takes too much; PDFium aborts when it gets no more memory.
    if code in (-_signal("SIGKILL"), -_signal("SIGABRT")):
        return Refusal("I028")
    name = signal.Signals(-code).name if code < 0 else f"exit {code}"
    return Refusal("I029", detail=name)


def _signal(name: str) -> int:
    return int(getattr(signal, name, -1))


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError as error:
        raise Refusal("I029", detail="JSON") from error
    return answer if isinstance(answer, dict) else {}


def _understood(answer: dict[str, Any], limits: Limits) -> tuple[str, Reading]:
    """The answer, checked as strictly as the file itself: the child has been alone with it."""
    try:
        if "refused" in answer:
            raise _refusal(*answer["refused"])
        text = str(answer["text"])
        marks = tuple(_mark(len(text), *row) for row in answer["marks"])
        remarks = tuple(_remark(*row) for row in answer["remarks"])
        scanned = tuple(map(int, answer["scanned"]))
        reading = Reading(text, marks, remarks, scanned, int(answer["pages"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal("I029", detail=type(error).__name__) from error
    if len(text) > limits.characters:
        raise Refusal("I007", limit=limits.characters)
    return str(answer["kind"]), reading


def _mark(length: int, start: int, end: int, kind: str, level: int) -> Mark:
    if kind not in _KINDS or not 0 <= start <= end <= length:
        raise ValueError(kind)
    return Mark(int(start), int(end), kind, int(level))  # type: ignore[arg-type]


def _remark(code: str, found: dict[str, str | int]) -> Remark:
    remark = Remark(code, {str(name): value for name, value in found.items()})
    if code not in catalogue() or not code.startswith("I") or not {"start", "end"}.isdisjoint(found):
        raise ValueError(code)
    remark.problem()
    return remark


def _refusal(code: str, found: dict[str, str | int]) -> Refusal:
    remark = _remark(code, found)
    return Refusal(remark.code, **remark.found)
