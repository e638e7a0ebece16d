"""Decisions that single out one promise whatever stands beside it, and stay above a comparison made anew."""

from __future__ import annotations

from typing import Any

import pytest

from luoshi.compare import Comparison, Decision, Edition, Verdict, compare, decide, meant

TWICE = "改造老旧小区6个、农贸市场2个。"
TOLD = "改造老旧小区6个、农贸市场1个。建成北门水厂。"


@pytest.fixture
def editions(make: Any) -> list[Edition]:
    return [make(2023, works=f"{TWICE}建成北门水厂。"), make(2024, told=TOLD)]


@pytest.fixture
def found(editions: list[Edition]) -> Comparison:
    return compare(editions)


def texts(editions: list[Edition]) -> dict[str, str]:
    return {one.id: one.text for one in editions}


def test_every_promise_is_singled_out_by_the_least_that_does(found: Comparison) -> None:
    names = meant(found.promises)
    assert len(set(names)) == len(names) == len(found.promises)
    for promise, name in zip(found.promises, names, strict=True):
        made = decide(found, [Decision(**name.model_dump(), verdict="not_comparable")], {})
        changed = [one.id for one in made.promises if one.decided]
        assert changed == [promise.id]
    several = [name for name in names if name.quote in TWICE and "老旧小区" in name.quote]
    assert {name.number for name in several} == {"6个", "2个"}
    assert all(name.number is None for name in names if "水厂" in name.quote)


def test_the_same_words_in_two_places_are_told_apart_by_their_place(found: Comparison) -> None:
    one = found.promises[0]
    other = one.model_copy(
        update={"id": "twin", "quote": one.quote.model_copy(update={"start": one.quote.start + 500})}
    )
    names = meant((one, other))
    assert [name.at for name in names] == [one.quote.start, one.quote.start + 500]
    twins = found.model_copy(update={"promises": (one, other)})
    made = decide(twins, [Decision(**names[1].model_dump(), verdict="missed")], {})
    assert [bool(each.decided) for each in made.promises] == [False, True]


def test_exact_words_mean_their_promise_and_not_one_that_holds_them(found: Comparison) -> None:
    one = next(each for each in found.promises if "水厂" in each.quote.text)
    longer = one.model_copy(
        update={"id": "long", "quote": one.quote.model_copy(update={"text": f"力争{one.quote.text}"})}
    )
    both = found.model_copy(update={"promises": (longer, one)})
    made = decide(both, [Decision(report=one.report, quote=one.quote.text, verdict="missed")], {})
    assert [bool(each.decided) for each in made.promises] == [False, True]


def test_deciding_afterwards_is_the_same_as_deciding_at_once(editions: list[Edition], found: Comparison) -> None:
    given = [Decision(report="2023", quote="建成北门水厂", verdict="missed", told_in="2024", told="建成北门水厂",
                      who="督查室", when="2024-02-01", why="没有通水")]  # fmt: skip
    assert decide(found, given, texts(editions)) == compare(editions, decisions=given)


def test_the_last_decision_counts_and_what_was_found_is_kept(editions: list[Edition], found: Comparison) -> None:
    verdicts: tuple[Verdict, ...] = ("missed", "not_comparable")
    given = [Decision(report="2023", quote="建成北门水厂", verdict=verdict, why=verdict) for verdict in verdicts]
    one = next(each for each in decide(found, given, texts(editions)).promises if "水厂" in each.quote.text)
    assert one.decided is not None
    assert (one.verdict, one.decided.read_as, one.decided.why) == ("not_comparable", "met", "not_comparable")


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "建成南门水厂"},
        {"quote": TWICE.rstrip("。")},
        {"quote": TWICE.rstrip("。"), "number": "7个"},
        {"quote": "建成北门水厂", "told_in": "2024", "told": "没有这句话"},
        {"quote": "建成北门水厂", "told_in": "2031", "told": "建成北门水厂"},
    ],
)
def test_what_fits_no_one_promise_is_said_and_changes_nothing(
    editions: list[Edition], found: Comparison, wrong: dict[str, str]
) -> None:
    made = decide(found, [Decision(report="2023", verdict="missed", **wrong)], texts(editions))  # type: ignore[arg-type]
    assert made.promises == found.promises
    assert [one.code for one in made.problems if one not in found.problems] == ["V011"]
