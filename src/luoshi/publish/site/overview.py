"""The first page: what was promised and where it stands, in one screen and a half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from luoshi.publish.dossier import Dossier
from luoshi.publish.site.cards import Card, self_reported, worse
from luoshi.publish.site.feeds import News
from luoshi.publish.site.frame import File, Frame
from luoshi.publish.site.groups import Group, tally
from luoshi.publish.site.targets import Goal
from luoshi.publish.site.targets import tally as target_tally
from luoshi.publish.site.words import words

_SOON = timedelta(days=60)
_SHOWN = 6
_GOALS = 8
_UNITS = 12
_THEMES = 20


def counts(cards: Sequence[Card], goals: Sequence[Goal], open_: Dossier) -> dict[str, Any]:
    """The counts that the first page and the English one give."""
    moving = [one for one in cards if one.moving]
    finished = [one for one in cards if open_.classes.get(one.id, "").startswith("done")]
    told = [one for one in moving if one.reported > 0 or one.verified > 0]
    return {
        "total": len(cards), "moving": len(moving), "finished": len(finished), "targets": len(goals),
        "read": sum(bool(one.now) for one in goals), "told": len(told), "alone": len(self_reported(told)),
        "due_this_year": sum(one.due is not None and one.due.year == open_.today.year for one in cards),
        "undated": sum(one.due is None for one in cards), "unowned": sum(not one.unit for one in cards),
        "reported": _mean([one.reported for one in told]), "verified": _mean([one.verified for one in told]),
        "lights": tally(cards) if moving else (), "target_lights": target_tally(goals),
    }  # fmt: skip


def overview_page(
    site: Frame, open_: Dossier, *, cards: Sequence[Card], goals: Sequence[Goal], found: Sequence[News],
    sorts: Mapping[str, Sequence[Group]],
) -> File:  # fmt: skip
    """The first page."""
    today = site.today
    alive = [one for one in cards if one.open and one.due is not None]
    soon = sorted((one for one in alive if one.due and today <= one.due <= today + _SOON), key=_due)
    late = sorted((one for one in alive if one.moving and one.due and one.due < today), key=_due)
    fallen = worse(cards)
    return site.page(
        "index.html", "overview.html", **counts(cards, goals, open_), goals=_leading(goals, open_), soon=soon[:_SHOWN],
        soon_count=len(soon), late=late[:_SHOWN], late_count=len(late), worse=fallen[:_SHOWN], worse_count=len(fallen),
        fallen_goals=_fallen(goals, {one.id for one, _ in fallen})[:_SHOWN], themes=sorts.get("theme", ())[:_THEMES],
        units=sorts.get("unit", ())[:_UNITS], kinds=sorts.get("kind", ()), news=found[:_SHOWN], tally=tally,
        unit_count=len(sorts.get("unit", ())), theme_count=len(sorts.get("theme", ())),
    )  # fmt: skip


def _mean(shares: Sequence[Decimal]) -> Decimal:
    """The mean of shares of 100, whole; 0 where there is none."""
    return (sum(shares, Decimal(0)) / (len(shares) or 1)).quantize(Decimal(1))


def _due(one: Card) -> Any:
    return one.due


def _leading(goals: Sequence[Goal], open_: Dossier) -> tuple[Goal, ...]:
    """The targets that stand for the rest: measured ones first, then known indicators of the chapter of targets."""
    heads = {one.id for one in open_.plan.sections if one.role == "targets"}

    def order(pair: tuple[int, Goal]) -> tuple[bool, bool, bool, int]:
        at, one = pair
        known = one.figure.indicator is not None and one.figure.indicator.code is not None
        return not one.now, one.figure.section not in heads, not known, at

    unique: dict[str, Goal] = {}
    for _, one in sorted(enumerate(goals), key=order):
        unique.setdefault(one.name, one)
    return tuple(unique.values())[:_GOALS]


def _fallen(goals: Sequence[Goal], told: set[str]) -> list[Goal]:
    """Measured targets that have become worse since the reading before; not those whose item was ``told`` already."""
    bad = words()["bad"]
    found = [
        one for one in goals
        if one.measured and one.measured.lights and one.measured.light.colour in bad
        and one.measured.lights[-1].colour not in bad and not (one.card and one.card.id in told)
    ]  # fmt: skip
    return list({one.name: one for one in found}.values())
