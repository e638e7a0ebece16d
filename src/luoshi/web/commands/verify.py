"""``luoshi verify``: is the record whole."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.problems import Unreadable
from luoshi.web.commands.starting import at_home, start_site


@click.command(epilog="luoshi verify\nluoshi verify --anchor 封条.txt\nluoshi verify --write 封条.txt")
@at_home
@click.option("--anchor", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="对照留在外面的封条 · compare with seals that were kept elsewhere")  # fmt: skip
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="核验通过后，把现在的封条接着写进这个文件 · append the present seal to this file")  # fmt: skip
def verb(*, home: Path | None, anchor: Path | None, write: Path | None) -> None:
    """核验台账：有人改、删、插、换、截过，就指出第一条不对的。

    Verifies the record: names the first entry that was edited, deleted, inserted, swapped, or cut off.
    """
    start_site(home)
    from luoshi.store.verifying import anchor_line, anchors_of, verify  # noqa: PLC0415

    verdict = verify(anchors_of(anchor.read_text(encoding="utf-8")) if anchor else ())
    if verdict.problems:
        raise Unreadable(verdict.problems)
    line = anchor_line()
    if write is not None:
        with write.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    click.echo(f"台账完好 · the record is whole: {verdict.entries} 条 entries\n{line}")
