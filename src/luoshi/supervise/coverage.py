"""The coverage map: what became of every promise of the report — followed, ended, owned by nobody, a slogan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.plan import Commitment, Plan
from luoshi.supervise.ground import Rules
from luoshi.supervise.model import Matter

_BEFORE = ("extracted", "proposed")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one commitment: its place and words, the fate, and the matters that carry it with their states."""

    commitment: str
    start: int
    end: int
    text: str
    section: str | None
    fate: str
    matters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The fate of every commitment in the order of the text, how many there are of each, what was not read as one."""

    fates: tuple[Fate, ...]
    counts: dict[str, int]
    sections: dict[str, dict[str, int]]
    unread: dict[str, int]


def coverage(plan: Plan, matters: Iterable[Matter], rules: Rules) -> Coverage:
    """The map of ``plan``: from any sentence to what became of it. ``unread`` counts characters by reason."""
    by_id = {matter.id: matter for matter in matters}
    carriers: dict[str, list[Matter]] = {}
    for item in plan.items:
        for name in item.commitments:
            if item.id in by_id:
                carriers.setdefault(name, []).append(by_id[item.id])
    fates = tuple(_fate(one, carriers.get(one.id, []), rules) for one in plan.commitments)
    sections: dict[str, Counter[str]] = {}
    for one in fates:
        sections.setdefault(one.section or "", Counter())[one.fate] += 1
    unread: Counter[str] = Counter()
    for stretch in plan.unread:
        unread[stretch.why] += stretch.end - stretch.start
    counts = dict(Counter(one.fate for one in fates))
    return Coverage(fates, counts, {name: dict(count) for name, count in sections.items()}, dict(unread))


def _fate(one: Commitment, carriers: list[Matter], rules: Rules) -> Fate:
    names = tuple(matter.id for matter in carriers)
    return Fate(one.id, one.start, one.end, one.text, one.section, _says(one, carriers, rules), names)


def _says(one: Commitment, carriers: list[Matter], rules: Rules) -> str:
    """The fate. A promise with a matter nobody leads is owned by nobody, whatever its state."""
    states = rules.workflow.states
    alive = [matter for matter in carriers if states[matter.state].open]
    if not carriers:
        return "slogan" if one.kind == "slogan" else "untracked"
    if not alive:
        return "ended"
    if not any(matter.lead for matter in alive):
        return "unowned"
    return "untracked" if all(matter.state in _BEFORE for matter in alive) else "tracked"
