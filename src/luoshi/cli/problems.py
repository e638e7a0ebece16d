"""``luoshi problems``: what a problem code means, or all of them."""

from __future__ import annotations

import re

import click
from rich.text import Text

from luoshi.cli.faults import heading
from luoshi.cli.frame import Verb
from luoshi.cli.terminal import output
from luoshi.problems import catalogue

_GAP = re.compile(r"\{\w+\}")


@click.command(
    cls=Verb,
    examples=("luoshi problems", "luoshi problems I001"),
)
@click.argument(
    "code", required=False, metavar="CODE", help="编号，如 I001；不写则列出全部 · a code; all when left out"
)
def verb(code: str | None) -> None:
    """解释一个问题编号：是什么、为何要紧、怎么办。

    Explains a problem code: what it is, why it matters, what to do.
    """
    console = output()
    if code is None:
        for known in catalogue().values():
            console.print(
                Text.assemble(heading(known), "  ", (known.english, "dim")), soft_wrap=not console.is_terminal
            )
        return
    row = catalogue().get(code.upper())
    if row is None:
        raise click.UsageError(
            f"没有编号 {code}，全部编号见 luoshi problems · no such code", click.get_current_context()
        )
    console.print(heading(row))
    for name, words in (
        ("发现 found", row.message),
        ("为何 why", row.why),
        ("怎么办 do", row.advice),
        ("English", row.english),
    ):
        console.print(Text.assemble(f"  {name}  ", _GAP.sub("……", words)))
