"""The sample district alive: set up where it is not yet, filled, its sign-ins shown, served until Ctrl-C."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from luoshi.problems import Unreadable, problem
from luoshi.rehearsal import TODAY
from luoshi.web.commands.init import keep_secret, migrate
from luoshi.web.commands.starting import start_django

if TYPE_CHECKING:
    from luoshi.web.rehearse.people import SignIn

SIGN_INS = "sign-ins.json"
_TRIED = 20  # ports after the one wished for


def live(home: Path, port: int, console: Console, *, serving: bool = True) -> None:
    """Make the district's site at ``home`` where it is not there, show how to sign in, serve it until Ctrl-C."""
    home = home.absolute()
    _settle_in(home)
    start_django(home)
    sign_ins = _district(home, console)
    _show(console, sign_ins, home)
    if serving:
        _serve(_free(port))


def _serve(port: int) -> None:
    """Let ``luoshi serve`` take the place of this process.

    The server's workers are copies of the process that starts them. This one has drawn pictures: the threads of the
    typesetter do not come along into a copy, and the first PDF would wait for them for ever.
    """
    sys.stdout.flush()
    workers = str(min(2, os.cpu_count() or 1))
    os.execv(sys.executable, [sys.executable, "-m", "luoshi", "serve", "--port", str(port), "--workers", workers])


def _settle_in(home: Path) -> None:
    """The environment of a district that lives on the story's day; a database that somebody set stays out of it."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("LUOSHI_DATABASE", "LUOSHI_SECRET_FILE", "LUOSHI_HTTPS", "LUOSHI_HOSTS"):
        os.environ.pop(name, None)
    os.environ |= {"LUOSHI_HOME": str(home), "LUOSHI_TODAY": TODAY.isoformat()}
    if not (home / "secret").exists():  # before Django reads it: votes are kept under keys made with it
        keep_secret(home / "secret")


def _district(home: Path, console: Console) -> tuple[SignIn, ...]:
    """Set the site up and fill it, or find it filled. Returns how people sign in."""
    from luoshi.web.rehearse.filling import fill, filled, sign_ins_of  # noqa: PLC0415 -- needs Django made ready

    migrate()
    if filled():
        console.print(f"示范区已经在了，接着用 · the district is there already: {home}", soft_wrap=True)
        return sign_ins_of(home)
    began = perf_counter()
    with console.status("示范区 · the district") as shown:
        made = fill(home, said=lambda words: shown.update(f"示范区：{words}"))
    console.print(f"示范区建好了 · the district is there: {home}（{perf_counter() - began:.0f} 秒 s）", soft_wrap=True)
    return made


def _show(console: Console, sign_ins: tuple[SignIn, ...], home: Path) -> None:
    """Who can sign in and how: a table that fits 80 columns; passwords are never broken."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("角色 role", overflow="fold")
    for heading in ("姓名 name", "用户名 sign in", "密码 password"):
        table.add_column(heading, no_wrap=True)
    for one in sign_ins:
        table.add_row(f"{one.role}（{one.unit}）" if one.unit else one.role, one.name, one.username, one.password)
    console.print(f"\n示范区的今天是 {TODAY} · in the district it is {TODAY}\n", style="bold", highlight=False)
    console.print(table, highlight=False)
    file = home / SIGN_INS
    console.print(f"\n也记在 · kept in  {file}" if file.exists() else "", soft_wrap=True, highlight=False)


def _free(port: int) -> int:
    """The first free port from ``port`` on. Raises Unreadable where a whole row of them is taken."""
    for one in range(port, port + _TRIED):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", one))
            except OSError:
                continue
            return one
    raise Unreadable([problem("T040", host="127.0.0.1", port=port, reason=f"{port}–{port + _TRIED - 1}")])
