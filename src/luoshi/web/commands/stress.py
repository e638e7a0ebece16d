"""``luoshi stress``: how fast a site is with a large district in it, on this machine and this database."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import click

from luoshi.problems import Unreadable, problem
from luoshi.rehearsal import TODAY
from luoshi.web.commands.init import keep_secret, migrate
from luoshi.web.commands.starting import start_django

if TYPE_CHECKING:
    from luoshi.web.measuring.outcome import Outcome
    from luoshi.web.measuring.world import Size

_STARTS = 60  # seconds the server may take to answer
_LOOK = 5.0  # seconds between two looks at the memory


@click.command(epilog="luoshi stress --home 压测\nluoshi stress --home 压测 --minutes 1 --json 结果.json")
@click.option("--home", type=click.Path(path_type=Path), metavar="DIR", required=True,
              help="压测用的主目录，不能是别的网站的 · a home of its own")  # fmt: skip
@click.option("--database", metavar="ADDRESS", default="", help="postgres://… 的空数据库，默认 SQLite · the database")
@click.option("--minutes", type=click.FloatRange(0.05, 600), default=5.0, show_default=True, help="测几分钟 · how long")
@click.option("--rate", type=click.FloatRange(1, 1000), default=20.0, show_default=True, help="每秒几次 · per second")
@click.option("--units", type=click.IntRange(2, 999), default=200, show_default=True, help="单位数 · units")
@click.option("--people", type=click.IntRange(50, 99_999), default=2000, show_default=True, help="人数 · people")
@click.option("--items", type=click.IntRange(10, 1_000_000), default=20_000, show_default=True, help="任务数 · items")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="进程数 · processes")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="结果写成 JSON · the outcome as JSON")  # fmt: skip
def verb(
    *, home: Path, database: str, minutes: float, rate: float, units: int, people: int, items: int, workers: int,
    file: Path | None,
) -> int:  # fmt: skip
    """造一个大的区，开起网站，按固定的速度一边读一边写，报告每种页面要多久。

    Makes up a large district, serves it, asks at a steady rate (one request in ten writes) and reports how long each
    kind of page takes. Exit code 3 where a page is beyond its limit (p95 300 ms, 30 queries) or anything failed.
    """
    _environment(home, database)
    start_django(home)
    from luoshi.web.measuring.world import Size  # noqa: PLC0415 -- needs Django made ready

    _world(home, Size(units, people, items))
    outcome = _measure(minutes * 60, rate, workers)
    if file is not None:
        file.write_text(json.dumps(outcome.written(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    _say(outcome)
    return 0 if outcome.good else 3


def _environment(home: Path, database: str) -> None:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("LUOSHI_SECRET_FILE", "LUOSHI_HTTPS", "LUOSHI_HOSTS", "LUOSHI_DEBUG"):
        os.environ.pop(name, None)
    os.environ |= {"LUOSHI_HOME": str(home.absolute()), "LUOSHI_DATABASE": database, "LUOSHI_TODAY": TODAY.isoformat()}
    if not (home / "secret").exists():  # before Django reads it: sessions made here are to be good for the server
        keep_secret(home / "secret")


def _world(home: Path, size: Size) -> None:
    """The large district: made where it is not there. Raises Unreadable where another site is."""
    from luoshi.web.measuring.world import is_other, is_there, make  # noqa: PLC0415 -- needs Django made ready

    migrate()
    if is_other():
        raise Unreadable([problem("T055", home=home)])
    if not is_there():
        began = monotonic()
        make(size, lambda words: click.echo(f"  {words}", err=True))
        click.echo(f"造好了 · made up in {monotonic() - began:.0f} s", err=True)


def _measure(seconds: float, rate: float, workers: int) -> Outcome:
    from luoshi.store.counting import database_name, let_go  # noqa: PLC0415 -- needs Django made ready
    from luoshi.web.measuring.driving import drive  # noqa: PLC0415
    from luoshi.web.measuring.outcome import Outcome  # noqa: PLC0415
    from luoshi.web.measuring.people import PAGES, askers, asks, built, queries  # noqa: PLC0415

    everybody, missing = askers(), [page for page, *_ in PAGES if page not in built()]
    counted, name = queries(everybody), database_name()
    next_one = asks(everybody)
    let_go()
    port = _free()
    command = [sys.executable, "-m", "luoshi", "serve", "--port", str(port), "--workers", str(workers), "--no-jobs"]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait(port, server)
        drive(port, next_one, rate=rate, seconds=min(10.0, seconds))  # the first requests load the code
        with _Memory(server.pid) as memory:
            told = drive(port, next_one, rate=rate, seconds=seconds, seed=2)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
    return Outcome(name, told, counted, memory.seen, missing)


class _Memory:
    """What the server's processes hold, in MB, looked at every few seconds; nothing where the system does not say."""

    def __init__(self, pid: int) -> None:
        self._pid, self._ended = pid, threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self.seen: list[float] = []

    def __enter__(self) -> _Memory:
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._looking.join()

    def _look(self) -> None:
        while True:
            if (held := sum(map(_resident, _family(self._pid)))) > 0:
                self.seen.append(round(held / 1024, 1))
            if self._ended.wait(_LOOK):
                return


def _family(pid: int) -> list[int]:
    """A process and its children."""
    file = Path(f"/proc/{pid}/task/{pid}/children")
    return [pid, *map(int, file.read_text(encoding="ascii").split())] if file.exists() else [pid]


def _resident(pid: int) -> int:
    """What a process holds, in kB; nought where that cannot be known."""
    try:
        rows = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("VmRSS")), 0)


def _free() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers. Raises Unreadable where it does not."""
    until = monotonic() + _STARTS
    while monotonic() < until and server.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.2)
    raise Unreadable([problem("T040", host="127.0.0.1", port=port, reason="luoshi serve")])


def _say(outcome: Outcome) -> None:
    from rich.console import Console  # noqa: PLC0415

    console, said = Console(), outcome.written()
    console.print(outcome.table())
    console.print(f"\n数据库 database  {said['database']}", highlight=False)
    console.print(f"出错 errors      {said['errors'] or 0}", highlight=False)
    if said["memory_mb"]:
        held = said["memory_mb"]
        console.print(
            f"内存 memory      {held['start']} → {held['end']} MB（最多 most {held['most']}）", highlight=False
        )
    if outcome.missing:
        console.print(f"没有的页面 not built  {'、'.join(outcome.missing)}", highlight=False)
    console.print(
        "都在限度内 · within the limits" if outcome.good else "有超出限度的 · beyond the limits", style="bold"
    )
