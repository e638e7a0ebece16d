"""What was measured, in sentences: Chinese, and English beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from luoshi.amounts import plain
from luoshi.measure.measuring import Measured
from luoshi.measure.needed import Needed
from luoshi.measure.outlook import Outlook
from luoshi.measure.path import words
from luoshi.measure.target import Target

_DIGITS = 4


class Sentence(NamedTuple):
    """One sentence in two languages."""

    zh: str
    en: str


def sentences(one: Measured) -> tuple[Sentence, ...]:
    """Where ``one`` is, why it has its light, where it is going, what is needed; what is not known is left out."""
    found = [_where(one), _light(one)]
    if one.outlook is not None:
        found.append(_outlook(one.target, one.outlook))
    if one.needed is not None:
        found.append(_needed(one.target, one.needed))
    return tuple(sentence for sentence in found if sentence is not None)


def unit_of(target: Target) -> str:
    """The unit that values of ``target`` are said in: rates in %, ranks as places."""
    if target.nature in ("rate", "yearly"):
        return "%"
    return "" if target.nature == "yesno" else target.unit


def short(value: Decimal) -> str:
    """A value as people say it: four digits, more where the whole part is longer."""
    rounded = Decimal(f"{value:.{_DIGITS}g}")
    if abs(value) >= 10**_DIGITS:
        rounded = value.quantize(Decimal(1))
    return plain(rounded + 0)


def shape(one: Measured) -> dict[str, str]:
    """The names of the light: ``zh``, ``en``, ``shape``, ``said``."""
    found: dict[str, str] = words()["colour"]["hollow" if one.light.hollow else one.light.colour]
    return found


def _where(one: Measured) -> Sentence | None:
    now = one.standing
    if now is None:
        return None
    unit = unit_of(one.target)
    said = f"{now.at}为 {short(now.value)}{unit}"
    english = f"{short(now.value)} {unit} at {now.at}"
    if one.target.comparator == "approx":
        return Sentence(*_about(one.target, said, english, None if one.path.level else now.expected))
    if now.expected is not None:
        said += f"，按路径应为 {short(now.expected)}{unit}"
        english += f", on its path {short(now.expected)} {unit}"
    return Sentence(
        f"{said}，目标 {short(one.target.value)}{unit}。", f"{english}; target {short(one.target.value)} {unit}."
    )


def _about(target: Target, said: str, english: str, expected: Decimal | None) -> tuple[str, str]:
    """Of a target that is only about a number: the number as promised, and how far below it still counts."""
    unit, least = unit_of(target), short(target.value)
    if expected is not None:
        said, english = (
            f"{said}，按路径应为 {short(expected)}{unit}",
            f"{english}, on its path {short(expected)} {unit}",
        )
    return (
        f"{said}，目标 {target.words}左右（到 {least}{unit} 都算）。",
        f"{english}; target about {target.words} ({least} {unit} still counts).",
    )


def _light(one: Measured) -> Sentence:
    light = one.light
    ring = "（自报，未核实）" if light.hollow else ""
    return Sentence(
        f"{shape(one)['zh']}灯{ring}：{light.why}（规则 {light.rule}）。",
        f"{shape(one)['en']}{', not verified' if light.hollow else ''}: {light.english} (rule {light.rule}).",
    )


def _outlook(target: Target, ahead: Outlook) -> Sentence:
    unit = unit_of(target)
    span = f"{short(ahead.low)}—{short(ahead.high)}{unit}"
    if ahead.method == "shape":
        return Sentence(
            f"照往年同期的节奏，期末约 {short(ahead.middle)}{unit}（{span}）；过去 {ahead.points} 年里有 "
            f"{ahead.enough} 年的节奏能达到目标。",
            f"At the pace of earlier years about {short(ahead.middle)} {unit} ({span}); {ahead.enough} of "
            f"{ahead.points} years would have met the target.",
        )
    assert ahead.chance is not None
    tenths = max(1, min(9, round(ahead.chance * 10)))
    return Sentence(
        f"照 {ahead.points} 个年度值的走势，期末约 {short(ahead.middle)}{unit}，八成把握在 {span}；"
        f"同样处境的指标十个里约有 {tenths} 个能达到。",
        f"Going on as in {ahead.points} years: about {short(ahead.middle)} {unit}, 80 % range {span}; about {tenths} "
        f"of 10 such indicators arrive.",
    )


def _needed(target: Target, still: Needed) -> Sentence:
    unit = "%" if still.kind == "growth" else unit_of(target)
    amount = short(still.amount)
    if still.kind == "month":
        so_far = "" if still.so_far is None else f"，前面平均每月 {short(still.so_far)}{unit}"
        before = "" if still.so_far is None else f"; so far {short(still.so_far)} a month"
        return Sentence(
            f"余下 {still.left} 个月，每月还要 {amount}{unit}{so_far}。",
            f"{amount} {unit} a month for {still.left} months{before}.",
        )
    best = "" if still.best is None else f"，过去 {still.among} 年最好的一年是 {short(still.best)}{unit}"
    english = "" if still.best is None else f"; best of the last {still.among} years was {short(still.best)}{unit}"
    return Sentence(
        f"余下 {still.left} 年，每年要增 {amount}{unit}{best}。",
        f"Needs {amount}{unit} a year from now on, {still.left} years{english}.",
    )
