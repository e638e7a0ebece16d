"""Reading an uploaded file: done by the process that works through the queue, never by one that answers pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django_tasks import task

from luoshi.door import open_text, read_corrected
from luoshi.problems import Unreadable
from luoshi.store.uploads import Found, Upload, alive, finish, found_in, upload
from luoshi.web.reader.differing import compared

_BEAT = 5.0  # seconds between two signs of life


@task()
def read_upload(key: str, attempt: int) -> bool:
    """Read the upload ``key``: its plan, or the problems that refuse it. False where that attempt is not wanted."""
    one = upload(key)
    if one is None or not alive(key, attempt):
        return False
    with _beating(key, attempt):
        found = _read(one, attempt)
        alive(key, attempt, phase="comparing")
        against = compared(found)
    return finish(key, attempt, found, against)


@task()
def compare_upload(key: str, attempt: int) -> bool:
    """Compare what was read already with the version that is here now. False where that attempt is not wanted."""
    one = upload(key)
    if one is None or not alive(key, attempt, phase="comparing"):
        return False
    found = found_in(one)
    with _beating(key, attempt):
        against = compared(found)
    return finish(key, attempt, found, against)


def _read(one: Upload, attempt: int) -> Found:
    def progress(done: int, total: int) -> None:
        alive(one.key, attempt, done, total)

    try:
        document, notes = open_text(one.file, progress=progress)
    except Unreadable as error:
        return Found("", None, error.problems)
    document = replace(document, source=one.name)
    return Found(document.text, read_corrected(document, notes), notes)


@contextmanager
def _beating(key: str, attempt: int) -> Iterator[None]:
    """Signs of life while something takes long."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(_BEAT):
            alive(key, attempt)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
