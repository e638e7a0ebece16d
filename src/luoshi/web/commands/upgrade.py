"""``luoshi upgrade``: bring the database to this version's tables."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.web.commands.starting import at_home, start_django


@click.command(epilog="luoshi backup --to 升级前.zip\nluoshi upgrade")
@at_home
def verb(*, home: Path | None) -> None:
    """把数据库升到现在的版本；先备份。再运行一次也无妨。

    Brings the database to this version. Back up first; running it again does no harm.
    """
    start_django(home)
    from django.core.management import call_command  # noqa: PLC0415

    from luoshi.store.doctor import unapplied  # noqa: PLC0415

    missing = unapplied()
    call_command("migrate", verbosity=0, interactive=False)
    click.echo(f"已升级 · upgraded: {'、'.join(missing) or '已是最新 · nothing to do'}")
