"""What all verbs share: help in two languages, by the width of Chinese characters; verbs loaded when called."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from luoshi.problems import Unreadable, problem

_HEADINGS = {"Options": "选项 Options", "Commands": "命令 Commands", "Positional arguments": "参数 Arguments"}
_WIDEST = 100


class Formatter(click.HelpFormatter):
    """Click's help with our headings; widths are counted in terminal columns, not in characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法 Usage: ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_HEADINGS.get(name, name)):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        table = Table.grid(padding=(0, col_spacing, 0, 0))
        table.add_column(no_wrap=True, max_width=col_max)
        table.add_column(overflow="fold")
        for left, right in rows:
            table.add_row(left, right)
        page = Console(file=io.StringIO(), width=min(self.width, _WIDEST), color_system=None, markup=False, emoji=False)
        with page.capture() as drawn:
            page.print(Padding(table, (0, 0, 0, self.current_indent)))
        self.write("".join(f"{line.rstrip()}\n" for line in drawn.get().splitlines()))


class Context(click.Context):
    """A context whose help is laid out by :class:`Formatter`."""

    formatter_class = Formatter


class Verb(click.Command):
    """One verb of the command line. ``examples`` are shown at the end of its help, one a line."""

    context_class = Context

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项 OPTIONS]", **kwargs})
        self.examples = tuple(examples)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _chinese_help(super().get_help_option(ctx))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        if self.examples:
            with formatter.section("例 Examples"):
                formatter.write("".join(f"{'':{formatter.current_indent}}{line}\n" for line in self.examples))


class Verbs(click.Group):
    """The group of verbs, each with its line for the list; a verb's file is imported only when it is called."""

    context_class = Context

    def __init__(self, *args: Any, verbs: Mapping[str, str], **kwargs: Any) -> None:
        words = {"options_metavar": "[选项 OPTIONS]", "subcommand_metavar": "命令 COMMAND …"}
        super().__init__(*args, **{**words, **kwargs})
        self.verbs = dict(verbs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        return load(cmd_name) if cmd_name in self.verbs else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(self.verbs.items())

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _chinese_help(super().get_help_option(ctx))


def load(name: str) -> click.Command:
    """The verb ``name``: a module of this folder, or of ``luoshi.web.commands`` where this folder has none.

    Verbs of the web application are plain commands, which get our help here. Raises
    :class:`luoshi.problems.Unreadable` where the extra ``web`` is not installed.
    """
    if find_spec(f"luoshi.cli.{name}"):
        command = import_module(f"luoshi.cli.{name}").verb
        assert isinstance(command, click.Command)
        return command
    if find_spec("django") is None:
        raise Unreadable([problem("T001", verb=name)])
    plain = import_module(f"luoshi.web.commands.{name}").verb
    assert isinstance(plain, click.Command)
    return Verb(
        name, params=plain.params, callback=plain.callback, help=plain.help, examples=(plain.epilog or "").split("\n")
    )


def _chinese_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这份帮助 · show this help"
    return option
