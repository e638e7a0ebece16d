"""The evidence ladder E0–E5: what the best evidence allows one to say of a matter's progress."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from luoshi.supervise.model import Evidence, Matter
from luoshi.supervise.words import data

DONE = Decimal(100)


def rank(kind: str) -> int:
    """The rank, 0 to 5, of a kind of evidence. Raises KeyError for a kind that is not listed."""
    found: int = data("evidence.toml")["kinds"][kind]["rank"]
    return found


def is_kind(kind: str) -> bool:
    """Whether ``kind`` is listed."""
    return kind in data("evidence.toml")["kinds"]


def kinds() -> dict[str, dict[str, object]]:
    """Every kind of evidence with its rank, its names and whether it can prove completion."""
    found: dict[str, dict[str, object]] = data("evidence.toml")["kinds"]
    return found


def best(evidence: Iterable[Evidence], *, completing: bool = False) -> int:
    """The best rank among ``evidence`` that was not found false; −1 where there is none.

    With ``completing`` only kinds that can prove completion count: a permit proves a start, not an end.
    """
    rows = data("evidence.toml")["kinds"]
    good = [rows[one.kind] for one in evidence if one.kind in rows and not one.false]
    return max((row["rank"] for row in good if row["completes"] or not completing), default=-1)


def needed(matter: Matter) -> int:
    """The least rank that proves ``matter`` done: E3; money and works E4; titles E5."""
    needs: dict[str, int] = data("evidence.toml")["needs"]
    money = needs["money"] if matter.money else 0
    return max(needs["any"], needs.get(matter.kind, 0), money)


def completion_proved(matter: Matter) -> bool:
    """Whether the evidence at hand allows ``matter`` to be called done (已完成)."""
    return best(matter.evidence, completing=True) >= needed(matter)


def claim_cap(matter: Matter) -> Decimal:
    """How much of what the unit reports may be counted, in percent."""
    return _cap(matter, "claim")


def verified_cap(matter: Matter) -> Decimal:
    """How much may be verified on the evidence at hand, in percent: 0 on meetings and statements, 100 if proved."""
    return _cap(matter, "verified")


def _cap(matter: Matter, column: str) -> Decimal:
    at = best(matter.evidence)
    if at < 0:
        return Decimal(0)
    cap = Decimal(data("evidence.toml")["ladder"][at][column])
    return cap if completion_proved(matter) else min(cap, Decimal(data("evidence.toml")["unfinished"]))


def only_meetings(evidence: Iterable[Evidence]) -> bool:
    """Whether there is evidence, and all of it is meetings, schemes and the like (E0)."""
    return best(evidence) == 0


def grade(matter: Matter) -> str:
    """The axis 核实等级: self, backed, office, onsite or recognised; the office's check lifts papers to ``office``."""
    at = max(best(matter.evidence), 0)
    found: str = data("evidence.toml")["ladder"][at]["grade"]
    if found == "backed" and matter.verified_on is not None and matter.verified > 0:
        return "office"
    return found


def counted(matter: Matter) -> tuple[Decimal, bool]:
    """The percentage a light rests on, and whether it is verified.

    The newer of the two numbers counts: the verified one, or what the unit has reported since, as far as the
    evidence allows. A light that rests on the unit's word alone is shown hollow.
    """
    verified = min(matter.verified, verified_cap(matter))
    checked, told = matter.verified_on, matter.reported_on
    if checked is not None and (told is None or told <= checked):
        return verified, True
    return min(matter.reported, claim_cap(matter)), False


def verified_done(matter: Matter) -> bool:
    """Whether the matter is done and that is verified to the rank its kind needs."""
    return matter.verified == DONE and verified_cap(matter) == DONE
