"""``luoshi doctor``: what is the matter with this site."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.web.commands.starting import at_home, start_django


@click.command(epilog="luoshi doctor")
@at_home
def verb(*, home: Path | None) -> int | None:
    """检查网站：主目录、密钥、数据库、表结构、封条、佐证；有毛病退出码为 3。

    Examines the site; exit code 3 where something is the matter.
    """
    start_django(home)
    from luoshi.store.doctor import examine  # noqa: PLC0415

    signs = examine()
    for sign in signs:
        click.echo(f"{'✔' if sign.well else '✖'} {sign.what}: {sign.seen}")
    return None if all(sign.well for sign in signs) else 3
