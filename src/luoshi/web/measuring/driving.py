"""Driving a site as people would: requests at a steady rate from several threads, each timed from when it was due."""

from __future__ import annotations

import http.client
import queue
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic, sleep
from urllib.parse import urlencode

_PATIENCE = 30  # seconds a request may take
TOKEN = "m" * 32  # the site's forms need a token; any will do where cookie and header agree


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: which page it counts for, its address, who asks, and what is posted."""

    page: str
    address: str
    cookie: str
    data: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Told:
    """What came of the requests: seconds by page, and faults (page, status or what went wrong)."""

    times: dict[str, list[float]] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def add(self, page: str, seconds: float, fault: str) -> None:
        self.times.setdefault(page, []).append(seconds)
        if fault:
            self.faults.append((page, fault))


def drive(
    port: int, asks: Callable[[random.Random], Ask], *, rate: float, seconds: float, threads: int = 32, seed: int = 1
) -> Told:
    """Ask for ``seconds``, ``rate`` times a second whatever the answers take; ``asks`` makes up the next request."""
    told, lock = Told(), threading.Lock()
    waiting: queue.Queue[tuple[float, Ask] | None] = queue.Queue()
    workers = [threading.Thread(target=_work, args=(port, waiting, told, lock), daemon=True) for _ in range(threads)]
    for worker in workers:
        worker.start()
    dice, began = random.Random(seed), monotonic()
    for nth in range(int(rate * seconds)):
        due = began + nth / rate
        sleep(max(0.0, due - monotonic()))
        waiting.put((due, asks(dice)))
    for _ in workers:
        waiting.put(None)
    for worker in workers:
        worker.join(_PATIENCE * 2)
    return told


def _work(port: int, waiting: queue.Queue[tuple[float, Ask] | None], told: Told, lock: threading.Lock) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    while (next_one := waiting.get()) is not None:
        due, ask = next_one
        fault = _send(line, ask)
        with lock:
            told.add(ask.page, monotonic() - due, fault)
    line.close()


def _send(line: http.client.HTTPConnection, ask: Ask) -> str:
    """Send one request and read the whole answer; what was wrong with it, empty where nothing was."""
    heads = {"Cookie": f"{ask.cookie}; luoshi_token={TOKEN}", "Accept-Encoding": "identity"}
    body = None
    if ask.data:
        body = urlencode(ask.data)
        heads |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
    try:
        line.request("POST" if ask.data else "GET", ask.address, body, heads)
        answer = line.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        line.close()
        return type(error).__name__
    if answer.status == 302 and "login" in (answer.getheader("Location") or ""):
        return "302"
    # What was written leads on to a page; one that comes back with its form was refused.
    return "" if answer.status == (302 if ask.data else 200) else str(answer.status)


def percentile(times: Sequence[float], share: float) -> float:
    """The time that ``share`` (0 to 1) of ``times`` are within: nearest rank. Raises IndexError for none."""
    ordered = sorted(times)
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]
