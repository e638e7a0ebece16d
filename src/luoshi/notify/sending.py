"""Sending: one child process for a batch, with the places it may connect to and a limit of time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from luoshi.notify.addresses import Address, with_secrets_hidden
from luoshi.notify.places import Places
from luoshi.problems import Problem, problem

# The child needs no secrets of this process: only what the interpreter and its libraries start with.
_PASSED_ON = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "LD_LIBRARY_PATH",
    "SYSTEMROOT",
    "TZ",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)
_MOST_ANSWER = 1 << 20


@dataclass(frozen=True, slots=True)
class Message:
    """What to send: a title and plain text, to one address."""

    to: Address
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message: sent, or the problem that kept it (N004 … N007)."""

    message: Message
    problem: Problem | None = None

    @property
    def ok(self) -> bool:
        return self.problem is None


def send(messages: Sequence[Message], *, allowed: Places | None = None, seconds: float = 20) -> tuple[Sent, ...]:
    """Send ``messages`` one after the other, in their order; nothing is sent twice and nothing is tried again here.

    ``allowed`` names the private places that may be connected to (none if not given); ``seconds`` limits each message.
    What a message met with is in its ``problem``; no exception comes from the network.
    """
    if find_spec("apprise") is None:
        return tuple(Sent(one, problem("N004")) for one in messages)
    return tuple(_one(message, allowed or Places(), seconds) for message in messages)


def _one(message: Message, allowed: Places, seconds: float) -> Sent:
    request = {
        "url": message.to.url,
        "title": message.title,
        "text": message.text,
        "allowed": sorted((host, port or 0) for host, port in allowed.allowed),
        "seconds": seconds,
    }
    shown = with_secrets_hidden(message.to.url)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "luoshi.notify.child"],
            input=json.dumps(request).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            timeout=seconds + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Sent(message, problem("N006", to=shown, seconds=seconds))
    except OSError as error:
        return Sent(message, problem("N007", to=shown, detail=error.strerror or "启动失败"))
    return Sent(message, _understood(done.stdout[:_MOST_ANSWER], shown))


def _understood(answer: bytes, shown: str) -> Problem | None:
    try:
        said = json.loads(answer)
    except ValueError:
        return problem("N007", to=shown, detail="发送进程没有回话")
    if said.get("refused"):
        return problem("N005", to=shown, place=said["refused"])
    return None if said.get("ok") else problem("N007", to=shown, detail=said.get("detail") or "对方没有接受")
