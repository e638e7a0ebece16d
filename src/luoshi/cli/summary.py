"""The counts of a plan as one table: figures by tense and measure, commitments by kind, items, ladder, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.table import Table

from luoshi.cli.terminal import plain
from luoshi.plan import Plan
from luoshi.publish.labels import label
from luoshi.source import Document


def counts(plan: Plan, document: Document, seconds: float | None = None) -> Table:
    """What was found in ``plan``, a row a kind of thing; ``seconds`` is how long it took."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column(overflow="fold", style="dim")
    checkable = sum(commitment.kind != "slogan" for commitment in plan.commitments)
    table.add_row("字 characters", f"{len(document.text):,}", f"{len(plan.sections)} 个章节 sections")
    tenses, measures = ((f.tense for f in plan.figures), (f.measure for f in plan.figures))
    figures = f"{_tally('tense', tenses)}；{_tally('measure', measures)}"
    table.add_row("数字 figures", str(len(plan.figures)), figures)
    kinds = _tally("kind", (commitment.kind for commitment in plan.commitments))
    table.add_row("承诺 commitments", str(len(plan.commitments)), f"{checkable} 条可核对；{kinds}")
    table.add_row("事项 items", str(len(plan.items)), _tally("kind", (item.kind for item in plan.items)))
    table.add_row("阶梯 ladder", str(len(plan.ladder)), "、".join(plain(rung.text) for rung in plan.ladder))
    table.add_row("读到 coverage", f"{coverage(plan, document):.1%}", _tally("unread", (u.why for u in plan.unread)))
    table.add_row("问题 problems", str(len(plan.problems)), " ".join(sorted({p.code for p in plan.problems})))
    if changed := corrections(plan):
        table.add_row(
            "更正 corrections", str(changed), f"删去 {len((plan.model_extra or {}).get('dropped', ()))} dropped"
        )
    if seconds is not None:
        table.add_row("用时 seconds", f"{seconds:.1f}", "")
    return table


def corrections(plan: Plan) -> int:
    """How many findings a person changed, added or dropped."""
    found = [*plan.figures, *plan.commitments, *plan.items]
    changed = sum(bool((one.model_extra or {}).get("corrected")) for one in found)
    return changed + len((plan.model_extra or {}).get("dropped", ()))


def coverage(plan: Plan, document: Document) -> float:
    """Share of the text's characters (blanks aside) that became a figure, a commitment or a heading."""
    whole = sum(not char.isspace() for char in document.text)
    unread = {at for stretch in plan.unread for at in range(stretch.start, stretch.end)}
    left = sum(not document.text[at].isspace() for at in unread if at < len(document.text))
    return (whole - left) / whole if whole else 0.0


def _tally(group: str, values: Iterable[str]) -> str:
    return " ".join(f"{label(group, value)} {count}" for value, count in Counter(values).most_common())
