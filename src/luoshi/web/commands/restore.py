"""``luoshi restore``: everything back from a copy, into a new home or an empty database."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.web.commands.init import keep_secret, migrate
from luoshi.web.commands.starting import at_home, start_django


@click.command(epilog="luoshi restore 2026-11-24.zip --home 恢复")
@at_home
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
                help="备份文件 · the copy")  # fmt: skip
def verb(*, home: Path | None, copy: Path) -> None:
    """从备份恢复到空的数据库：先查，再整个写入，再核验；损坏的一个字也不写。

    Restores a copy into an empty database: checked first, written whole, the record verified; a damaged one is refused.
    """
    start_django(home)
    from django.conf import settings  # noqa: PLC0415

    from luoshi.store.backup import restore  # noqa: PLC0415

    environment = settings.ENVIRONMENT
    environment.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate()
    found = restore(copy)
    if not environment.secret_file.exists():
        keep_secret(environment.secret_file)
    click.echo(f"恢复好了 · restored: {found.rows} 行 rows，{found.files} 个文件 files")
    click.echo(f"封条与备份一致 · seal as copied: {found.sequence} {found.seal}")
