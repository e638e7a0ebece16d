"""``luoshi demo`` as a newcomer runs it: after its pictures it serves the district, which typesets papers, too."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
_LONGEST = 180  # seconds a busy machine may take for the results and the district


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the demo's site, and the folder of its results."""
    out = tmp_path_factory.mktemp("demo") / "out"
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    command = [sys.executable, "-m", "luoshi", "demo", "--out", str(out), "--port", str(port)]
    with subprocess.Popen(command, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/up/", process)
            yield f"http://127.0.0.1:{port}", out
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _LONGEST
    while time.monotonic() < until and process.poll() is None:
        try:
            build_opener().open(address, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.3)
        else:
            return
    raise AssertionError("the demo did not serve its district")


def signed_in(address: str, out: Path, name: str) -> OpenerDirector:
    """A browser in which ``name`` has signed in with the password that the demo wrote down."""
    told = json.loads((out / "district" / "sign-ins.json").read_text(encoding="utf-8"))
    password = next(one["password"] for one in told if one["username"] == name)
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{address}/account/login/", timeout=60).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    said = urlencode({"login": name, "password": password, "csrfmiddlewaretoken": token[1]}).encode()
    with browser.open(f"{address}/account/login/", said, timeout=60) as answer:
        assert "/login/" not in answer.url
    return browser


def test_a_deputy_gets_the_whole_packet_as_pdf(site: tuple[str, Path]) -> None:
    """The typesetter's threads are lost in a copy of a process that has drawn before: this once waited for ever."""
    address, out = site
    browser = signed_in(address, out, "tianxiuying")
    page = browser.open(f"{address}/deputies/", timeout=60).read().decode()
    packets = re.findall(r'href="(/deputies/packets/\d+\.pdf)"', page)
    starts = [browser.open(address + one, timeout=60).read(5) for one in packets]
    assert b"%PDF-" in starts
