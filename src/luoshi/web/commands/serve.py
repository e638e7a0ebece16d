"""``luoshi serve``: the site, its background jobs beside it, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import click

from luoshi.problems import Unreadable, problem
from luoshi.web.commands.starting import at_home, start_site

_MOST = 4  # worker processes where nobody says how many: more than four wait for the database
_THREADS = 4
_PATIENCE = 10  # seconds a request or a job may take to end after Ctrl-C
_AGAIN = 2.0  # seconds before the process of jobs is started again
_EVERYWHERE = ("0.0.0.0", "::")


@click.command(epilog="luoshi serve\nluoshi serve --host 0.0.0.0 --port 80 --workers 4")
@at_home
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True,
              help="在哪个地址上听，0.0.0.0 为全部 · the address to listen at")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口 · the port")
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", default=None,
              help="进程数，默认随处理器，最多 4 · processes")  # fmt: skip
@click.option("--no-jobs", is_flag=True, help="不带后台任务进程 · without the process of background jobs")
def verb(*, home: Path | None, host: str, port: int, workers: int | None, no_jobs: bool) -> None:
    """运行网站，带着后台任务，按 Ctrl-C 结束。表不是这个版本的，会说怎么办。

    Runs the site with its background jobs until Ctrl-C. It never changes the tables of the database; where they are
    not those of this version, it says what to do.
    """
    start_site(home)
    _refuse_taken(host, port)
    jobs = None if no_jobs else Jobs()
    serve(host, port, workers or min(_MOST, os.cpu_count() or 1), jobs)


def _refuse_taken(host: str, port: int) -> None:
    """Raises Unreadable where nothing can listen at ``host`` and ``port``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise Unreadable([problem("T040", host=host, port=port, reason=error.strerror or error)]) from error


class Jobs:
    """The process of background jobs: started again when it falls over, ended with the server."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._keeper.start()

    def _keep(self) -> None:
        while not self._ended.is_set():
            # In a session of its own: Ctrl-C is for the server, which ends this process in its turn.
            command = [sys.executable, "-m", "luoshi.web.jobs", str(os.getpid())]
            self._process = subprocess.Popen(command, start_new_session=True)
            self._process.wait()
            self._ended.wait(_AGAIN)

    def end(self) -> None:
        """Let the job that is running finish, then end; after ten seconds at the latest."""
        self._ended.set()
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()


def serve(host: str, port: int, workers: int, jobs: Jobs | None) -> None:
    """Serve until told to stop, in ``workers`` processes."""
    from django.db import connections  # noqa: PLC0415 -- needs Django made ready
    from granian import Granian  # noqa: PLC0415 -- only this verb loads the server
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    server: Any = Granian(
        "luoshi.web.serving:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE,
        log_level=LogLevels.warning,
    )
    # The workers are copies of this process: none may write on its connection to the database.
    connections.close_all()
    server.on_startup(lambda: _started(host, port, workers, jobs))
    try:
        server.serve()
    finally:
        if jobs is not None:
            jobs.end()
    click.echo("已停止 · stopped", err=True)


def _started(host: str, port: int, workers: int, jobs: Jobs | None) -> None:
    """Say where the site is, and start the jobs."""
    if jobs is not None:
        jobs.start()
    from django.conf import settings  # noqa: PLC0415 -- needs Django made ready

    shown = settings.ALLOWED_HOSTS[-1] if host in _EVERYWHERE else host
    click.echo("落实已启动 · luoshi is running", err=True)
    click.echo(f"  地址 address    http://{f'[{shown}]' if ':' in shown else shown}:{port}/", err=True)
    click.echo(f"  主目录 home     {settings.LUOSHI_HOME}", err=True)
    click.echo(f"  进程 processes  {workers}{'' if jobs is None else ' + 1（后台任务 jobs）'}", err=True)
    if host in _EVERYWHERE:
        click.echo(f"  只应答这些名字 answers to  {'、'.join(settings.ALLOWED_HOSTS)}（LUOSHI_HOSTS）", err=True)
    click.echo("  停止 stop       Ctrl-C", err=True)
