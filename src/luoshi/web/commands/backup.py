"""``luoshi backup``: a copy of everything in one file."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.problems import Unreadable, problem
from luoshi.web.commands.starting import at_home, start_site


@click.command(epilog="luoshi backup --to 2026-11-24.zip")
@at_home
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", required=True,
              help="备份文件 · the copy")  # fmt: skip
def verb(*, home: Path | None, target: Path) -> None:
    """把数据库和佐证文件备份成一个文件；网站照常运行。

    Copies database and evidence files into one file, while the site goes on.
    """
    start_site(home)
    from luoshi.store.backup import back_up  # noqa: PLC0415

    try:
        copy = back_up(target)
    except OSError as error:
        raise Unreadable([problem("W001", path=target, reason=error.strerror or error)]) from error
    click.echo(f"备份好了 · copied: {target}（{copy.rows} 行 rows，{copy.files} 个文件 files）")
    click.echo(f"封条 · seal: {copy.sequence} {copy.seal}")
