"""Which procedure an item follows: proposed by the words of its title with a reason, or confirmed by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from luoshi.plan import Item
from luoshi.schedule.procedures import Step, Template, templates


@dataclass(frozen=True, slots=True)
class Fitting:
    """A procedure for an item: where its steps end and begin, and what was assumed."""

    template: Template
    basis: Literal["proposed", "confirmed"]
    why: str
    goal: str
    steps: tuple[Step, ...]
    assumed: tuple[str, ...] = ()


def fitting(item: Item, confirmed: Mapping[str, str] | None = None) -> Fitting | None:
    """The procedure of ``item``: the one ``confirmed`` names by the item's id, else the first template that fits.

    A correction may have given the item a ``procedure`` of its own; that one is confirmed, too, where there is such a
    template. None where none fits. Raises KeyError for a confirmed template that does not exist.
    """
    by_id = {template.id: template for template in templates()}
    own = (item.model_extra or {}).get("procedure")
    named = (confirmed or {}).get(item.id) or (own if own in by_id else None)
    if named is not None:
        return _cut(item, by_id[named], "confirmed", "")
    for template in templates():
        for fit in template.fits:
            if fit.fits(item.kind, item.title):
                return _cut(item, template, "proposed", fit.why)
    return None


def _cut(item: Item, template: Template, basis: Literal["proposed", "confirmed"], why: str) -> Fitting:
    """The template's steps, as far as the title goes: up to the step it names, from the step it takes for granted."""
    goal = next((cut.step for cut in template.ends if cut.applies(item.title)), template.goal)
    wanted = template.before(goal)
    begins = next((cut for cut in template.begins if cut.applies(item.title) and cut.step in wanted), None)
    granted = set(template.before(begins.step)) - {begins.step} if begins else set()
    steps = tuple(template.step(name) for name in wanted if name not in granted)
    return Fitting(template, basis, why, goal, steps, (begins.why,) if begins else ())
