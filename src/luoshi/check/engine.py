"""The check itself: every chosen rule over one plan, findings in text order, suppressions told from the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from luoshi.check import commitments, numbers, structure, targets, units
from luoshi.check.draft import Draft
from luoshi.check.finding import Diagnostic, Found, worded
from luoshi.check.settings import Settings, Suppression
from luoshi.plan import Plan
from luoshi.problems import Problem, problem

_RULES: tuple[Callable[[Draft], Iterator[Found]], ...] = (
    *numbers.RULES, *targets.RULES, *commitments.RULES, *structure.RULES, *units.RULES,
)  # fmt: skip
_PROMISING = ("targets", "plan", "livelihood", "government")


@dataclass(frozen=True, slots=True)
class Result:
    """``found`` in text order; ``passed`` what a suppression lets pass; ``unused`` suppressions that fit nothing.

    ``problems`` say what could not be checked: a plan without figures, without a plan part, without its text.
    """

    found: tuple[Diagnostic, ...]
    passed: tuple[tuple[Diagnostic, Suppression], ...] = ()
    unused: tuple[Suppression, ...] = ()
    problems: tuple[Problem, ...] = ()


def check(
    plan: Plan,
    text: str | None = None,
    *,
    earlier: Plan | None = None,
    earlier_text: str | None = None,
    settings: Settings | None = None,
) -> Result:
    """Check a plan by every chosen rule.

    ``text`` is the text of the document whose code points the plan's offsets count; without it rules see only the words
    that the plan quotes, and find less. ``earlier`` is last year's report of the same place, for the rules that compare
    with it. Nothing is changed, nothing is raised for a bad report: what cannot be checked is in ``problems``.
    """
    wanted = settings or Settings()
    chosen = wanted.chosen()
    draft = Draft(plan, text, Draft(earlier, earlier_text) if earlier else None)
    diagnostics = [
        worded(one, draft.heading(one.place.start)) for rule in _RULES for one in rule(draft) if one.code in chosen
    ]
    diagnostics.sort(key=lambda one: (one.place.start, one.place.end, one.code))
    passed = [(one, by) for one in diagnostics for by in wanted.suppressions if by.covers(one)]
    covered = {id(one) for one, _ in passed}
    used = {by for _, by in passed}
    return Result(
        found=tuple(one for one in diagnostics if id(one) not in covered),
        passed=tuple(passed),
        unused=tuple(by for by in wanted.suppressions if by not in used),
        problems=tuple(_limits(draft)),
    )


def _limits(draft: Draft) -> Iterator[Problem]:
    """What of the plan keeps rules from finding anything, so that silence is not taken for praise."""
    if not draft.plan.figures:
        yield problem("K005")
    if not any(one.role in _PROMISING for one in draft.plan.sections):
        yield problem("K006")
    if not draft.whole:
        yield problem("K007")
    if draft.earlier is not None:
        yield from _pair(draft, draft.earlier)


def _pair(draft: Draft, earlier: Draft) -> Iterator[Problem]:
    this, other = draft.plan.document, earlier.plan.document
    if this.sha256 and this.sha256 == other.sha256:
        yield problem("K010")
    elif this.place and other.place and this.place != other.place:
        yield problem("K008", place=this.place, other=other.place)
    elif this.year and other.year and other.year != this.year - 1:
        yield problem("K009", year=this.year, other=other.year)
