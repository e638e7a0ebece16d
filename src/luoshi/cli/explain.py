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
from luoshi.cli.opening import as_path, is_plan, report
from luoshi.cli.terminal import aside, output, plain
from luoshi.door import bytes_of, document_beside, open_text
from luoshi.plan import Plan
from luoshi.problems import Unreadable, problem
from luoshi.publish.labels import label
from luoshi.read.explain import Explained, Reason, Why, explain, places
from luoshi.source import Document, Span

_LONGEST = 80
_OTHERS = 8


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
        document = _document(path)
    place, others = _place(document, at, words)
    why = explain(document, place.start, place.end)
    if as_json:
        click.echo(json.dumps(_wire(why, others), ensure_ascii=False, indent=2))
        return
    output().print(_tree(why))
    if others:
        shown = "、".join(map(str, others[:_OTHERS])) + ("…" if len(others) > _OTHERS else "")
        aside().print(f"还有 {len(others)} 处同样的话，用 --at 指明 · the same words stand elsewhere too: {shown}")


def _document(path: Path) -> Document:
    """The report's text; of a plan that of the report beside it. Raises :class:`luoshi.Unreadable`."""
    if is_plan(path):
        plan = Plan.from_json(bytes_of(path))
        document = document_beside(path, plan)
        if document is None:
            raise Unreadable([problem("P004", source=plan.document.source or "（没有写）", folder=path.parent)])
        return document
    return open_text(path)[0]


def _place(document: Document, at: int | None, words: str | None) -> tuple[Span, list[int]]:
    """The place that is meant, and the other places where the same words stand."""
    if (at is None) == (words is None):
        raise click.UsageError("--at 和 --find 给一个，只给一个 · give one of --at and --find")
    if words is not None:
        found = places(document, words)
        if not found:
            raise Unwritable([problem("E001", words=words)])
        return found[0], [span.start for span in found[1:]]
    assert at is not None
    if at >= len(document.text):
        raise Unwritable([problem("E002", at=at, length=len(document.text))])
    return Span(at, at + 1), []


def _wire(why: Why, others: list[int]) -> dict[str, object]:
    return {
        "at": why.at,
        "also_at": others,
        "sections": [{**one.section.model_dump(mode="json"), "reason": asdict(one.reason)} for one in why.sections],
        "sentence": why.sentence,
        "found": [asdict(one) for one in why.found],
    }


def _tree(why: Why) -> Tree:
    root = Tree(Text(plain(_short(why.sentence)) or f"{why.at}", style="bold"), guide_style="dim")
    for one in why.sections:
        role = label("role", one.section.role)
        name = plain(f"{one.section.number}{one.section.title}") or f"（{role}）"
        branch = root.add(Text.assemble("§ ", name, (f"  [{role}]", "dim")))
        _add(branch, one.reason)
    for finding in why.found:
        branch = root.add(_headline(finding))
        for reason in finding.reasons:
            _add(branch, reason)
    if not why.found:
        root.add(Text("这里是标题或空白，没有读出别的 · a heading or a blank, nothing else was read here"))
    return root


def _headline(one: Explained) -> Text:
    group = {"commitment": "kind", "item": "kind", "unread": "unread"}.get(one.thing)
    said = label(group, one.says) if group else one.says
    return Text.assemble(
        (f"{label('thing', one.thing)} {one.id}  ", "bold cyan"),
        plain(_short(one.text)),
        (f"  {plain(said)}", "bold"),
        (f"  {one.rule}" if one.rule else "", "dim"),
        (f"  {one.start}–{one.end}", "dim"),
    )


def _add(branch: Tree, reason: Reason) -> None:
    """One step: what was decided, what it says, the words that decided, and the row of data they stand in."""
    said = label(reason.group, reason.says) if reason.group and reason.says else reason.says
    line = Text.assemble((f"{label('reason', reason.what)} {label('reason', reason.what, 'en')}", "dim"))
    if said:
        line.append(f"  {plain(said)}", style="bold")
    if reason.words:
        line.append(f"  “{plain(_short(reason.words))}”")
    if reason.file:
        line.append(f"  ← {reason.file} {plain(reason.row)}".rstrip(), style="dim")
    deeper = branch.add(line)
    for below in reason.below:
        _add(deeper, below)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
