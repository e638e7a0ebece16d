"""The door: a comparison or a dossier in, the result picture out, or the problems that keep it from being drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from luoshi.compare import Comparison
from luoshi.problems import problem
from luoshi.publish.dossier import Dossier
from luoshi.publish.onepage.board import leaves
from luoshi.publish.onepage.drawing import Format, Width
from luoshi.publish.onepage.picture import Look, Pictures, Told, handed_out
from luoshi.publish.onepage.result.board import Leaf
from luoshi.publish.onepage.result.retelling import headline, retell
from luoshi.publish.onepage.result.selection import select
from luoshi.publish.onepage.result.stories import Tale, compared, followed
from luoshi.publish.onepage.result.truth import Ground, OfComparison, OfDossier, check
from luoshi.publish.onepage.result.wording import words


def result(
    found: Comparison | Dossier,
    texts: Mapping[str, str] | None = None,
    *,
    internal: bool = False,
    report: str = "",
    formats: Sequence[Format] = ("svg", "png", "pdf"),
    theme: str = "calm",
    width: Width = "phone",
) -> Pictures:
    """What was said and what came of it 去年说的，今年做到哪; the same input always gives the same bytes.

    Of a comparison: the promises of ``report`` (its first one where that is empty), and what the later ones say;
    ``texts`` are the texts of the reports by their id (the year), all of them (W025). Of a dossier: its matters and
    targets on its day; ``internal`` makes the picture say that it is for inside. Every number has the note of its
    sentence and is checked before and after drawing (W020, W024).
    """
    look = Look(tuple(formats), theme, width)
    if isinstance(found, Comparison):
        return _compared(found, texts or {}, look, report)
    facts = found.plan.document
    tale = replace(followed(found), internal=internal)
    return _drawn(tale, OfDossier(found, tale.texts), [(tale.report, facts.source, facts.sha256)], look)


def _compared(found: Comparison, texts: Mapping[str, str], look: Look, report: str) -> Pictures:
    missing = [one for one in found.reports if not texts.get(one.id)]
    if missing:
        return Pictures(problems=tuple(problem("W025", title=one.title or one.source, year=one.id) for one in missing))
    if not found.reports:
        return Pictures(problems=(problem("W023"),))
    report = report or found.reports[0].id
    tale = compared(found, texts, report)
    named = [one for one in found.reports if one.id == report or one.id in tale.later]
    sources = [(one.id, one.source, one.sha256) for one in named]
    return _drawn(tale, OfComparison(found, texts, report), sources, look)


def _drawn(tale: Tale, ground: Ground, sources: list[tuple[str, str, str]], look: Look) -> Pictures:
    if not tale.stories:
        return Pictures(problems=(problem("W023"),))
    board = select(tale, sources)
    untrue = check(board, ground)
    if untrue:
        return Pictures(problems=tuple(untrue))
    told = Told("result", board, words()["labels"], tuple(leaves(board, Leaf)), headline(board), retell(board))
    return handed_out(told, look, list(tale.texts.values()))
