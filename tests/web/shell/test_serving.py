"""``luoshi serve`` as a person runs it: it says where it is, answers, ends whole, and changes no table by itself."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups as POSIX has them")
_LONGEST = 60  # seconds a busy machine may take to start a site


def surroundings(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    return {**kept, "LUOSHI_HOME": str(home)}


def luoshi(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "luoshi", *words]
    return subprocess.run(command, env=surroundings(home), capture_output=True, text=True, check=False)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was set up."""
    made = tmp_path_factory.mktemp("served") / "home"
    done = luoshi(made, "init")
    assert done.returncode == 0, done.stderr
    return made


class Served:
    """A site that is running, in a group of processes of its own as a terminal makes one."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "luoshi", "serve", "--port", str(self.port), "--workers", "2"],
            env=surroundings(home),
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + _LONGEST
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.get("/up/")
            except (URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise AssertionError("the site did not start")

    def get(self, path: str) -> str:
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return str(answer.read().decode())

    def family(self) -> set[int]:
        """Every process that the server has started, and those that they have."""
        found, waiting = set[int](), [self.process.pid]
        while waiting:
            children = Path(f"/proc/{waiting.pop()}/task").glob("*/children")
            fresh = {int(one) for file in children for one in file.read_text().split()} - found
            found |= fresh
            waiting += fresh
        return found


def gone(processes: set[int], within: float = 20) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not any(_runs(process) for process in processes):
            return True
        time.sleep(0.2)
    return False


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def served(home: Path) -> Iterator[Served]:
    site = Served(home)
    yield site
    if site.process.poll() is None:
        site.process.kill()
    site.process.communicate()


def test_it_answers_says_where_it_is_and_ctrl_c_ends_every_process_of_it(served: Served) -> None:
    assert "登录" in served.get("/account/login/")
    assert "--ink" in served.get("/static/shell/luoshi.css")
    family = served.family()
    assert len(family) >= 3, "two workers and the jobs"
    os.killpg(served.process.pid, signal.SIGINT)
    _, said = served.process.communicate(timeout=_LONGEST)
    assert served.process.returncode == 0, said
    assert f"http://127.0.0.1:{served.port}/" in said
    assert "已停止" in said
    assert "Traceback" not in said
    assert "Killing" not in said
    assert gone(family)


def test_a_server_that_is_killed_leaves_nothing_running(served: Served) -> None:
    family = served.family()
    served.process.kill()
    assert gone(family)


def test_a_port_that_is_taken_is_said_with_what_to_do(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = luoshi(home, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "T040" in done.stderr
    assert "换一个端口" in done.stderr


def test_where_no_site_was_set_up_it_says_so(tmp_path: Path) -> None:
    done = luoshi(tmp_path / "none", "serve")
    assert done.returncode == 2
    assert "luoshi init" in done.stderr
    assert not (tmp_path / "none").exists()


def test_tables_of_another_version_are_left_alone_and_said(home: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "secret").write_text("x" * 60, encoding="ascii")
    sqlite3.connect(old / "luoshi.sqlite3").close()
    done = luoshi(old, "serve", "--port", str(free_port()))
    assert done.returncode == 2
    assert "luoshi upgrade" in done.stderr
    with sqlite3.connect(old / "luoshi.sqlite3") as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert home.is_dir()
