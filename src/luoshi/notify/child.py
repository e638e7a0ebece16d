"""The child process that sends one message: it asks of every connection where it leads before it is made."""

from __future__ import annotations

import json
import logging
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

from luoshi.notify.places import Places

_LONGEST_DETAIL = 200


class Refused(OSError):
    """A connection to a place that is not allowed."""


class Guard:
    """Keeps every connection of this process to the places that are allowed; remembers the first that was not."""

    def __init__(self, allowed: Places) -> None:
        self._allowed = allowed
        self.refused = ""

    def install(self) -> None:
        """From now on every socket of this process asks; there is no way back, the process ends with its message."""
        guard = self

        class Guarded(socket.socket):
            def connect(self, address: Any, /) -> None:
                guard.check(self.family, address)
                super().connect(address)

            def connect_ex(self, address: Any, /) -> int:
                guard.check(self.family, address)
                return super().connect_ex(address)

            def sendto(self, *args: Any) -> int:
                guard.check(self.family, args[-1])
                return super().sendto(*args)

        socket.socket = Guarded  # type: ignore[misc]

    def check(self, family: int, address: Any) -> None:
        """Raises :class:`Refused` unless ``address`` is a place of the internet that is allowed.

        A name instead of a number is refused too: only what the system resolved can be judged.
        """
        internet = family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple) and len(address) > 1
        if internet and self._allowed.may_connect(str(address[0]), int(address[1])):
            return
        self.refused = self.refused or (f"{address[0]}:{address[1]}" if internet else "本机套接字")
        raise Refused(f"connection to {self.refused} refused")


def main() -> None:
    """Read the request, send, answer in one line of JSON."""
    request = json.load(sys.stdin)
    with suppress(AttributeError, ValueError):
        signal.alarm(int(request["seconds"]) + 1)
    guard = Guard(Places(frozenset((host, port or None) for host, port in request["allowed"])))
    guard.install()
    ok, detail = _sent(request)
    json.dump({"ok": ok, "refused": guard.refused, "detail": detail}, sys.stdout)


def _sent(request: dict[str, Any]) -> tuple[bool, str]:
    """Whether the peer took it, and what was logged where it did not."""
    import apprise  # noqa: PLC0415 — after the guard, so that all it loads is guarded

    heard: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("apprise").addHandler(handler)
    logging.getLogger("apprise").setLevel(logging.WARNING)
    try:
        to = apprise.Apprise.instantiate(request["url"], suppress_exceptions=True)
        if not isinstance(to, apprise.NotifyBase):
            return False, "地址不完整"
        limit = float(request["seconds"])
        to.socket_connect_timeout = to.socket_read_timeout = limit
        ok = to.send(body=request["text"], title=request["title"])
    except Exception as error:  # whatever a peer or a library does, the answer is one line
        return False, type(error).__name__
    return bool(ok), " ".join(heard)[:_LONGEST_DETAIL]


if __name__ == "__main__":
    main()
