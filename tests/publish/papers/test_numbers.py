"""Every number of a paper occurs in the dossier, or is counted or measured from it; none comes from anywhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from importlib import resources

import pytest

from luoshi.measure.telling import short
from luoshi.publish.dossier import Dossier
from luoshi.publish.papers import Papers, kinds
from luoshi.supervise import facts, obligations
from luoshi.supervise.words import data

NUMBER = re.compile(r"\d+(?:\.\d+)?")
TENTH = Decimal("0.1")


def plain(number: str) -> str:
    """007 and 7.0 are 7."""
    whole, _, part = number.partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")


def found_in(text: str) -> set[str]:
    return {plain(number) for number in NUMBER.findall(text)}


def raw(whole: Dossier) -> Iterator[str]:
    """Everything that was put into the dossier, as text."""
    yield whole.document.text
    yield whole.plan.to_json()
    yield whole.office.model_dump_json()
    yield from (one.model_dump_json() for one in whole.matters)
    yield from (light.why + light.name for light in whole.lights.values())
    yield str(whole.today)
    yield whole.rules.profile.zh + whole.rules.slips.zh
    yield json.dumps(data("rhythm.toml"), ensure_ascii=False)
    yield json.dumps(data("evidence.toml"), ensure_ascii=False)


def counted(whole: Dossier) -> Iterator[Decimal]:
    """Counts, shares of counts, days past a date, points behind: what may be worked out of it."""
    matters, proofs = len(whole.matters), sum(len(one.evidence) for one in whole.matters)
    yield from map(Decimal, range(max(matters, proofs) + 1))
    for of in range(1, matters + 1):
        for count in range(of + 1):
            floor = Decimal(1000 * count // of) / 10
            yield from (floor, floor + TENTH)
    for one in whole.matters:
        known = facts(one, whole.today)
        yield from (known.scheduled, known.gap, Decimal(known.overdue), Decimal(known.reports_missed))
        for owed in obligations(one, whole.today, whole.rules):
            yield Decimal(abs((whole.today - owed.due).days))
            yield from map(Decimal, (owed.due.year, owed.due.month, owed.due.day))


def means(whole: Dossier) -> Iterator[Decimal]:
    """The two means of the matters that are due, by weight."""
    due = [case.matter for case in whole.cases if case.progress != "other"]
    weight = sum(one.weight for one in due)
    for name in ("reported", "verified"):
        yield (sum(getattr(one, name) * one.weight for one in due) / weight).quantize(TENTH, ROUND_HALF_UP)


def measured(whole: Dossier) -> Iterator[str]:
    for one in whole.measured.measured if whole.measured else ():
        now = one.standing
        if now is None:
            continue
        numbers = [now.value, one.target.value, *(value for value in (now.expected, now.done, now.gap) if value)]
        if now.expected is not None:
            numbers.append(abs(now.expected - now.value))
        for number in numbers:
            yield short(number)
            yield str(number.quantize(TENTH, ROUND_HALF_UP))
        yield str(now.at)


@pytest.fixture(scope="module")
def allowed(whole: Dossier) -> set[str]:
    texts = " ".join([*raw(whole), *measured(whole)])
    return found_in(texts) | {plain(f"{number.quantize(TENTH):f}") for number in (*counted(whole), *means(whole))}


def of_the_words(kind: str) -> set[str]:
    source = resources.files("luoshi.publish.papers").joinpath("words", f"{kind}.txt").read_text(encoding="utf-8")
    return found_in(re.sub(r"(?m)^(?:表|行) [\d.]+\|", "", source))


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind != "scores"])
def test_every_number_of_a_paper_is_of_the_dossier(
    made: Callable[[str], Papers], text: Callable[[bytes], str], allowed: set[str], kind: str
) -> None:
    steps = {str(day) for day in range(1, 32)} | {"2023", "2024"}  # limits in working days after a day of the dossier
    for name, file in made(kind).files.items():
        if name.endswith(".docx"):
            strange = found_in(text(file)) - allowed - of_the_words(kind) - steps
            assert strange == set(), f"{name}: {strange}"


def test_the_numbers_of_scores_are_parts_of_a_hundred(
    first: Callable[[str], bytes], text: Callable[[bytes], str]
) -> None:
    for line in text(first("scores")).split("\n"):
        if re.fullmatch(r"\d+(?:\.\d)?", line):
            assert 0 <= Decimal(line) <= 109


def test_a_number_that_is_nowhere_would_be_noticed(allowed: set[str]) -> None:
    assert {"98765", "1234.5", "3.14159"} & allowed == set()
