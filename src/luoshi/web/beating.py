"""Signs of life of a job in the background while one step of it takes long."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_BEAT = 5.0  # seconds between two signs of life


@contextmanager
def beating(beat: Callable[[], object]) -> Iterator[None]:
    """Call ``beat`` now and then until the block ends."""
    ended = threading.Event()

    def go() -> None:
        while not ended.wait(_BEAT):
            beat()

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
