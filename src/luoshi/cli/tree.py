"""A plan as a tree in the terminal: sections with their role, the items under them, the number ladder, the counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from luoshi.cli.faults import remark
from luoshi.cli.summary import counts
from luoshi.cli.terminal import plain
from luoshi.plan import Commitment, Deadline, Figure, Item, Plan, Rung, Section
from luoshi.plan.model import Kind
from luoshi.publish.labels import label
from luoshi.source import Document

SHAPES: Mapping[Kind, tuple[str, str]] = {
    "target": ("◆", "bold cyan"),
    "project": ("■", "bold magenta"),
    "action": ("●", "bold blue"),
    "recognition": ("★", "bold yellow"),
    "hold": ("▣", "bold green"),
    "slogan": ("○", "dim"),
}
_NUMBER = "bold cyan"
_LONGEST_TITLE = 120


def show_plan(console: Console, plan: Plan, document: Document) -> None:
    """Print ``plan``: what the document is, the tree, the ladder, the problems and the counts."""
    console.print(_title(plan))
    console.print(_tree(plan))
    if plan.ladder:
        console.print(_ladder(plan.ladder))
    for found in plan.problems:
        console.print(remark(found, document.text))
    console.print()
    console.print(counts(plan, document))


def _title(plan: Plan) -> Text:
    facts = plan.document
    line = Text(plain(facts.title or facts.source or "（没有标题）"), style="bold")
    known = [facts.place, facts.level and label("level", facts.level), facts.year and f"{facts.year}年"]
    line.append("".join(f"  {plain(str(word))}" for word in known if word), style="dim")
    return line


def _tree(plan: Plan) -> Tree:
    items: dict[str | None, list[Item]] = defaultdict(list)
    for item in plan.items:
        items[item.section].append(item)
    numbers: dict[str | None, int] = defaultdict(int)
    for figure in plan.figures:
        numbers[figure.section] += 1
    by_id = {figure.id: figure for figure in plan.figures}
    links = {commitment.id: commitment for commitment in plan.commitments}
    root = Tree(Text("章节与事项 · sections and items"), guide_style="dim")
    branches: dict[str | None, Tree] = {None: root}
    for section in plan.sections:
        parent = branches.get(section.parent, root)
        branch = parent.add(_section(section, len(items[section.id]), numbers[section.id]))
        branches[section.id] = branch
        for item in items[section.id]:
            branch.add(_item(item, _figures(item, links, by_id)))
    for item in items[None]:
        root.add(_item(item, _figures(item, links, by_id)))
    return root


def _figures(item: Item, links: Mapping[str, Commitment], by_id: Mapping[str, Figure]) -> list[Figure]:
    """The figures an item owns, by itself or through its commitments."""
    ids = [*item.figures, *(figure for name in item.commitments if name in links for figure in links[name].figures)]
    return [by_id[name] for name in dict.fromkeys(ids) if name in by_id]


def _section(section: Section, items: int, figures: int) -> Text:
    role = label("role", section.role)
    line = Text.assemble((plain(f"{section.number}{section.title}") or f"（{role}）", "bold"), (f"  [{role}]", "dim"))
    found = [f"{items} 项"] * bool(items) + [f"{figures} 个数字"] * bool(figures)
    return line.append("".join(f"  {words}" for words in found), style="dim")


def _item(item: Item, figures: Iterable[Figure]) -> Text:
    shape, style = SHAPES[item.kind]
    title = plain(item.title)
    if len(title) > _LONGEST_TITLE:
        title = f"{title[:_LONGEST_TITLE]}…"
    words = Text(title)
    words.highlight_words([plain(figure.text) for figure in figures if figure.text.strip()], style=_NUMBER)
    line = Text.assemble((f"{shape} {label('kind', item.kind)}", style), "  ", words)
    if item.deadline.date is not None:
        line.append(f"  ⟨{_day(item.deadline)}⟩", style="green")
    if item.lead is not None:
        line.append(f"  → {plain(item.lead.unit)}（{label('unit_basis', item.lead.basis)}）", style="dim")
    if (item.model_extra or {}).get("corrected"):
        line.append("  ✎ 已更正 corrected", style="yellow")
    return line


def _day(deadline: Deadline) -> str:
    stated = f"“{plain(deadline.text)}”" if deadline.text else ""
    return f"{deadline.date} {stated}{label('date_basis', deadline.basis)}"


def _ladder(rungs: Iterable[Rung]) -> Tree:
    tree = Tree(Text("数字阶梯 · the number ladder"), guide_style="dim")
    for rung in rungs:
        branch = tree.add(Text(plain(rung.text), style="bold"))
        for member in rung.members:
            branch.add(Text(plain(member.text)))
        if len(rung.members) != rung.count:
            branch.add(Text(f"只找到 {len(rung.members)} 个，文中说 {rung.count} 个", style="dim"))
    return tree
