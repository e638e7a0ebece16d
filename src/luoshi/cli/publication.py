"""Publishing: product after product into a new folder, which then takes the place of the old one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from luoshi.cli.bars import Bar, bar
from luoshi.cli.faults import Unwritable, heading
from luoshi.cli.manifest import NAME, checked, manifest, refuse_foreign
from luoshi.cli.swapping import Writer, replaced
from luoshi.cli.terminal import aside, output, plain, quoted, this_program
from luoshi.problems import Problem, catalogue, has_errors
from luoshi.publish.dossier import Dossier
from luoshi.publish.products import Product, Publication

README = """\
public/     可以公开：放到网站上、发给任何人。标为内部和工作秘密的都不在里面。
internal/   只在内部用：不要放到网站上，不要外传。
luoshi.json 是清单，写着每个文件的 SHA-256。核对：luoshi publish --check 这个文件夹

public/     may be published: nothing labelled internal or secret is in it.
internal/   is for the office only: do not put it on a web server.
luoshi.json lists every file with its SHA-256. To check them: luoshi publish --check THIS-FOLDER
"""
_AROUND = 2  # stages beside the products: opening, putting in place
_EVERY = 50  # files between two words about how many there are


def publish(
    whole_of: Callable[[Bar], Dossier], folder: Path, wanted: Sequence[Product], *, quiet: bool = False
) -> None:
    """Publish the products ``wanted`` into ``folder``, all of them or none; then say what was made.

    ``whole_of`` opens the dossier, once it is sure that ``folder`` may be replaced.
    Raises :class:`luoshi.problems.Unreadable` or :class:`luoshi.cli.faults.Unwritable`; ``folder`` is then as it was.
    """
    refuse_foreign(folder)
    with bar(stages=len(wanted) + _AROUND, quiet=quiet) as shown:
        shown.next("打开 opening")
        whole = whole_of(shown)
        with replaced(folder) as new:
            problems = _make(Publication(whole), wanted, new, shown)
            shown.next("放到位 putting in place")
            new.put("README.txt", README.encode())
            new.put(NAME, _listed(new, whole, wanted))
            refuse_foreign(folder)
    if not quiet:
        _account(output(), new, wanted, folder)
        _remarks(aside(), (*whole.problems, *problems))


def _make(going: Publication, wanted: Sequence[Product], new: Writer, shown: Bar) -> tuple[Problem, ...]:
    """Write the products; what is odd about them. Raises with every problem where one of them is an error."""
    found = [*going.problems] if any(one.audience == "public" for one in wanted) else []
    for product in wanted:
        shown.next(f"{product.zh} {product.en}")
        count = 0
        for piece in going.pieces(product):
            if isinstance(piece, Problem):
                found.append(piece)
                continue
            new.put(f"{product.audience}/{product.name}/{piece[0]}", piece[1])
            count += 1
            if count % _EVERY == 0:
                shown.say(f"{product.zh} {product.en}：{count}")
    if has_errors(found):
        raise Unwritable(found)
    return tuple(dict.fromkeys(found))


def _listed(new: Writer, whole: Dossier, wanted: Sequence[Product]) -> bytes:
    facts = whole.plan.document
    names = [one.name for one in wanted]
    return manifest(new.files, day=whole.today, title=facts.title, report=facts.sha256, products=names)


def _account(console: Console, new: Writer, wanted: Sequence[Product], folder: Path) -> None:
    """Each product: where it is, how many files, what it is for."""
    counts: dict[str, int] = defaultdict(int)
    for name in new.files:
        counts["/".join(name.split("/")[:2])] += 1
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column(overflow="fold")
    for one in wanted:
        place = f"{one.audience}/{one.name}"
        if counts[place]:
            table.add_row(f"  {place}", f"{counts[place]} 个文件 files", f"{one.zh} · {one.en}")
    console.print(Text(f"发布在 · published into: {plain(str(folder))}", style="bold"), soft_wrap=True)
    console.print(table)
    console.print("  public 可以公开，internal 只在内部用 · only `public` is for the public")
    console.print(f"\n核对 · check:  {this_program()} publish --check {quoted(folder)}", soft_wrap=True)


def _remarks(console: Console, problems: Sequence[Problem]) -> None:
    for one in problems:
        console.print(Text.assemble(heading(catalogue()[one.code]), f"\n    {plain(one.message)}"), soft_wrap=True)


def check(folder: Path, *, quiet: bool = False) -> None:
    """Compare ``folder`` with its list. Raises :class:`Unwritable` with what differs (W043–W046)."""
    same, problems = checked(folder)
    if problems:
        raise Unwritable(problems)
    if not quiet:
        output().print(f"{same} 个文件都与清单相符 · {same} files, all as they were published")
