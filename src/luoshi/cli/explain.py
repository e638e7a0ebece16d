"""``luoshi explain``: why a place of a report was read as it was."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text
from rich.tree import Tree

from luoshi.cli.faults import Unwritable
from luoshi.cli.frame import Verb
from luoshi.cli.opening import as_path, report
from luoshi.cli.terminal import output, plain
from luoshi.door import open_text
from luoshi.problems import problem
from luoshi.publish.labels import label
from luoshi.read.explain import Explained, Reason, Why, explain
from luoshi.source import Document

_LONGEST = 160


@click.command(
    cls=Verb,
    examples=("luoshi explain 报告.docx --at 4711", "luoshi explain 报告.docx --find 污水处理厂"),
)
@report
@click.option("--at", type=click.IntRange(min=0), metavar="N", help="原文第几个字，从 0 数 · the character, from 0")
@click.option("--find", "words", metavar="WORDS", help="用原文里的话指出位置 · point by words of the text")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
def verb(report: Path, at: int | None, words: str | None, as_json: bool) -> None:
    """说明一处文字为什么这样读：规则、词和数据里的那一行。

    Says why a place was read as it was: the rule, the words, and the row of data behind every finding there.
    """
    with as_path(report) as path:
        document, _ = open_text(path)
    why = explain(document, _place(document, at, words))
    if as_json:
        click.echo(json.dumps(_wire(why), ensure_ascii=False, indent=2))
    else:
        output().print(_tree(why))


def _place(document: Document, at: int | None, words: str | None) -> int:
    if (at is None) == (words is None):
        raise click.UsageError("--at 和 --find 给一个，只给一个 · give one of --at and --find")
    if words is not None:
        found = document.text.find(words)
        if found < 0:
            raise Unwritable([problem("E001", words=words)])
        return found
    assert at is not None
    if at >= len(document.text):
        raise Unwritable([problem("E002", at=at, length=len(document.text))])
    return at


def _wire(why: Why) -> dict[str, object]:
    return {
        "at": why.at,
        "sections": [section.model_dump(mode="json") for section in why.sections],
        "sentence": why.sentence,
        "found": [asdict(one) for one in why.found],
    }


def _tree(why: Why) -> Tree:
    root = Tree(Text(plain(_short(why.sentence)) or f"{why.at}", style="bold"), guide_style="dim")
    for section in why.sections:
        name = plain(f"{section.number}{section.title}") or "（没有标题）"
        root.add(Text.assemble(f"{name}  ", (f"[{label('role', section.role)}]", "dim")))
    for one in why.found:
        branch = root.add(_headline(one))
        for reason in one.reasons:
            branch.add(_reason(reason))
    if not why.found:
        root.add(Text("这里是标题或空白，没有读出别的 · a heading or a blank, nothing else was read here"))
    return root


def _headline(one: Explained) -> Text:
    said = label("unread", one.says) if one.thing == "unread" else one.says
    words = (
        (f"{label('thing', one.thing)} {one.id}  ", "bold cyan"),
        plain(_short(one.text)),
        (f"  {plain(said)}", "dim"),
    )
    return Text.assemble(*words)


def _reason(reason: Reason) -> Text:
    return Text.assemble(
        (f"{label('reason', reason.what)}  ", "dim"), plain(reason.words), (f"  ← {reason.file}", "dim")
    )


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
