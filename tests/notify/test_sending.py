"""Messages reach a real listener; and nothing is ever connected to inside, whatever way it is named."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from socket import AF_INET6, create_server, has_ipv6
from typing import Any

import pytest

from luoshi.notify import Message, Places, address_of, places, send

pytestmark = pytest.mark.skipif(find_spec("apprise") is None, reason="the extra `notify` is not installed")


@dataclass
class Listener:
    """A server of this machine and what it heard."""

    port: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)
    moved_to: str = ""
    wait: float = 0
    status: int = 200


@contextmanager
def listening() -> Iterator[Listener]:
    found = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.heard.append(json.loads(body))
            time.sleep(found.wait)
            self.send_response(307 if found.moved_to else found.status)
            if found.moved_to:
                self.send_header("Location", found.moved_to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 — the name that the standard library calls

        def log_message(self, *_: Any) -> None:
            """Nothing to the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def message(url: str) -> Message:
    address, problems = address_of(url)
    assert address is not None, problems
    return Message(address, "今天要办 3 件", "1. 改造老旧小区30个，今天到期")


def allowing(*names: str) -> Places:
    found, problems = places(names)
    assert problems == ()
    return found


def test_a_message_reaches_a_place_inside_that_the_site_has_named() -> None:
    with listening() as inside:
        (sent,) = send([message(f"json://127.0.0.1:{inside.port}/hook")], allowed=allowing(f"127.0.0.1:{inside.port}"))
    assert sent.problem is None
    assert [(one["title"], one["message"]) for one in inside.heard] == [
        ("今天要办 3 件", "1. 改造老旧小区30个，今天到期")
    ]


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0.0.0.0"),
        *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
    ],
)
def test_no_name_of_this_machine_is_connected_to(host: str) -> None:
    with listening() as inside:
        (sent,) = send([message(f"json://{host}:{inside.port}/hook")])
    assert not sent.ok
    assert inside.heard == []


@pytest.mark.parametrize(
    "host", ["10.0.0.7", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fd00::1]"]
)
def test_private_places_are_refused_and_named(host: str) -> None:
    (sent,) = send([message(f"json://{host}:80/hook")], seconds=5)
    assert sent.problem is not None
    assert sent.problem.code in ("N005", "N007")
    assert sent.problem.code == "N005" or host.startswith("[fe80"), sent.problem.message


def test_a_redirect_does_not_lead_inside() -> None:
    with listening() as outside, listening() as inside:
        outside.moved_to = f"http://127.0.0.1:{inside.port}/secret"
        (sent,) = send(
            [message(f"json://127.0.0.1:{outside.port}/hook")], allowed=allowing(f"127.0.0.1:{outside.port}")
        )
    assert len(outside.heard) == 1
    assert inside.heard == []
    assert not sent.ok


def test_mail_does_not_lead_inside_either() -> None:
    with create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        (sent,) = send([message(f"mailto://u:p@127.0.0.1:{port}?to=a@example.org&from=b@example.org")], seconds=5)
        with pytest.raises(TimeoutError):
            server.accept()
    assert sent.problem is not None
    assert sent.problem.code == "N005"
    assert "u:p" not in sent.problem.message


def test_a_peer_that_never_answers_holds_up_nothing() -> None:
    with listening() as slow, listening() as quick:
        slow.wait = 30
        allowed = allowing(f"127.0.0.1:{slow.port}", f"127.0.0.1:{quick.port}")
        urls = [f"json://127.0.0.1:{one.port}/" for one in (slow, quick)]
        first, second = send([message(url) for url in urls], allowed=allowed, seconds=1)
    assert first.problem is not None
    assert second.problem is None


def test_a_refusal_of_the_peer_is_told_without_the_secret() -> None:
    with listening() as inside:
        inside.status = 403
        url = f"json://user:topsecret@127.0.0.1:{inside.port}/hook"
        (sent,) = send([message(url)], allowed=allowing("127.0.0.1"))
    assert sent.problem is not None
    assert sent.problem.code == "N007"
    assert "topsecret" not in sent.problem.message + repr(sent.message)


@pytest.mark.skipif(not has_ipv6, reason="this machine has no IPv6")
def test_an_allowed_place_of_ipv6_is_connected_to() -> None:
    try:
        server = create_server(("::1", 0), family=AF_INET6)
    except OSError:
        pytest.skip("IPv6 is switched off here")
    with server:
        server.settimeout(5)
        port = server.getsockname()[1]
        thread = threading.Thread(
            target=send,
            args=([message(f"json://[::1]:{port}/")],),
            kwargs={"allowed": allowing(f"[::1]:{port}"), "seconds": 1},
        )
        thread.start()
        peer, _ = server.accept()
        peer.close()
        thread.join()
