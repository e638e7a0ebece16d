"""One measured target as papers speak of it: where it is, where it should be, how far behind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from luoshi.measure import Measured
from luoshi.measure.telling import shape, short, unit_of
from luoshi.plan import Figure
from luoshi.publish.papers.matter import BAD, cause_told
from luoshi.publish.papers.wording import clean, line, words
from luoshi.publish.register.rows import amount
from luoshi.supervise.words import word

Values = dict[str, Any]
_POINTS = ("%", "‰")


def indicator_values(
    one: Measured, number: int, matters: Mapping[str, Values], figures: Mapping[str, Figure]
) -> Values:
    """What a paper may say of a target that has readings; ``matters`` are the values of matters by id.

    ``gap`` is in points of the way (低于序时进度); ``short_by`` the distance to the line in the target's own unit where
    the same value is asked for at all times (``level``), as it is of rates and floors.
    """
    now, unit = one.standing, unit_of(one.target)
    assert now is not None
    own = matters.get(one.target.item or "", {})
    level = one.path.kind in ("hold", "ceiling", "rank", "yesno")
    bad = one.light.colour in BAD
    return {
        "number": number,
        "title": line(one.target.name),
        "words": line(one.target.words),
        "target": bound(figures[one.target.id]),
        "period": str(now.at),
        "value": f"{short(now.value)}{unit}",
        "expected": f"{short(now.expected)}{unit}" if now.expected is not None else "",
        "level": level,
        "gap": max(now.gap or Decimal(0), Decimal(0)),
        "short_by": _short_by(one, unit) if level else "",
        "done": now.done,
        "scheduled": now.scheduled,
        "light": f"{shape(one)['shape']}{shape(one)['zh']}",
        "light_word": word("light", one.light.colour, "word"),
        "why": clean(one.light.why),
        "hollow": one.light.hollow,
        "behind": bad,
        "source": line(one.points[-1].reading.source),
        "lead": own.get("lead", words()["no_unit"]),
        "cause": (cause := (own.get("cause") or words()["no_cause"]) if bad else ""),
        "cause_told": cause_told(cause),
        "next_step": own.get("next_step", ""),
    }


def on_path(values: Values) -> bool:
    """Whether a target is where it should be."""
    return not values["gap"] if not values["level"] else not values["short_by"]


def bound(figure: Figure) -> str:
    """What the report promised, in its own words: 增长7%左右, 9000人以上."""
    return line(amount(figure.model_copy(update={"indicator": None, "period": None})))


def _short_by(one: Measured, unit: str) -> str:
    """How far the value is on the wrong side of its line; nothing where it is on the right one."""
    now = one.standing
    if now is None or now.expected is None:
        return ""
    away = now.expected - now.value if one.target.better == "up" else now.value - now.expected
    if away <= 0:
        return ""
    return f"{short(away)}{words()['points'] if unit in _POINTS else unit}"
