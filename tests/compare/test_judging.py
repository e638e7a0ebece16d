"""What became of a promise, sentence by sentence; the cases are data files that an expert can extend."""

from __future__ import annotations

import csv
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from luoshi.compare import Bands, Comparison, Edition, bands, compare
from luoshi.compare.words import table


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((Path(__file__).parent / "cases" / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["why"]) for row in rows]


@pytest.mark.parametrize("case", cases("numbers"))
def test_a_number_is_judged_by_the_words(case: dict[str, str], pair: Any, only: Any) -> None:
    found = pair(case["promised"], case["told"])
    one = only(found, case.get("pick") or case["promised"].rstrip("。"))
    assert (one.verdict, one.outcome.arithmetic) == (case["verdict"], case["sum"])
    if "quote" in case:
        assert case["quote"] in [quote.text for quote in one.outcome.quotes]


@pytest.mark.parametrize("case", cases("named"))
def test_a_named_thing_is_judged_by_how_far_it_came(case: dict[str, str], pair: Any, only: Any) -> None:
    one = only(pair(case["promised"], case["told"], where="works"), case["promised"].rstrip("。"))
    assert (one.verdict, one.outcome.state or "") == (case["verdict"], case["state"])


@pytest.mark.parametrize("case", [*cases("numbers"), *cases("named")])
def test_every_quote_is_what_stands_at_its_place(case: dict[str, str], make: Any) -> None:
    where = "works" if "state" in case else "targets"
    editions = [make(2023, **{where: case["promised"]}), make(2024, told=case["told"])]
    texts = {one.id: one.text for one in editions}
    for promise in compare(editions).promises:
        for quote in (promise.quote, *promise.also, *promise.outcome.quotes, *(c.quote for c in promise.candidates)):
            assert texts[quote.report][quote.start : quote.end] == quote.text
            assert quote.sentence_start is not None
            at = quote.start - quote.sentence_start
            assert quote.sentence[at : at + len(quote.text)] == quote.text


def test_what_was_estimated_or_only_striven_for_is_noted(pair: Any, only: Any) -> None:
    one = only(pair("力争地区生产总值增长7%。", "全年地区生产总值预计增长7.2%。"), "地区生产总值")
    assert one.verdict == "met"
    assert any("预计" in note for note in one.outcome.notes)
    assert any("力争" in note for note in one.outcome.notes)


def test_two_promises_in_one_clause_are_two(pair: Any) -> None:
    found = pair(
        "一般公共预算收入、社会消费品零售总额分别增长6%和8%。", "一般公共预算收入增长6.4%，社会消费品零售总额增长5%。"
    )
    verdicts = {one.number.code: one.verdict for one in found.promises if one.report == "2023" and one.number}
    assert (verdicts["revenue.public"], verdicts["retail"]) == ("met", "missed")


def test_town_and_country_promised_together_and_told_apart(pair: Any) -> None:
    told = "城镇居民人均可支配收入增长7.1%，农村居民人均可支配收入增长7.6%。"
    found = pair("城乡居民人均可支配收入分别增长7%和8%。", told)
    verdicts = {one.name: one.verdict for one in found.promises if one.report == "2023" and "收入" in one.name}
    assert verdicts == {"城镇居民人均可支配收入": "met", "农村居民人均可支配收入": "missed"}


def test_a_number_that_only_says_where_it_starts_is_no_promise(pair: Any) -> None:
    found = pair("本地配套率由22%提高到40%。", "本地配套率达到41%。", where="works")
    (one,) = (each for each in found.promises if each.report == "2023" and "配套率" in each.quote.text)
    assert (one.number.value if one.number else None, one.verdict) == ("40", "met")


def test_the_same_promise_in_two_places_is_one(make: Any) -> None:
    first = make(2023, targets="新增公共停车位3000个。", works="新增公共停车位3000个。改造老旧小区12个。")
    found = compare([first, make(2024, told="新增公共停车位2640个。")])
    (one,) = (each for each in found.promises if each.report == "2023" and "停车位" in each.quote.text)
    assert (len(one.also), one.verdict) == (1, "missed")


def test_what_is_due_later_is_pending_and_shows_how_far_it_is(pair: Any, only: Any) -> None:
    one = only(pair("到2026年，航空产业规模突破500亿元。", "航空产业规模达到310亿元。", where="works"), "500亿元")
    assert (one.verdict, one.due.year) == ("pending", 2026)
    assert "310亿元" in [candidate.quote.text for candidate in one.candidates]


def test_a_number_is_quoted_with_its_name_wherever_that_stands(pair: Any, only: Any) -> None:
    found = pair("居民收入增速高于经济增速。", "地区生产总值增长4.8%，全体居民人均可支配收入增长5%。")
    quotes = [quote.text for quote in only(found, "高于经济增速").outcome.quotes]
    assert quotes == ["全体居民人均可支配收入增长5%", "地区生产总值增长4.8%"]


def test_numbers_side_by_side_are_quoted_once(pair: Any, only: Any) -> None:
    one = only(pair("城乡居民人均可支配收入增长7%。", "城乡居民人均可支配收入分别增长7.6%和7.8%。"), "城乡")
    assert [quote.text for quote in one.outcome.quotes] == ["城乡居民人均可支配收入分别增长7.6%和7.8%"]
    assert len(one.outcome.numbers) == 2


# ── bands ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_about_is_as_wide_as_the_file_says(make: Any, only: Any) -> None:
    editions = [make(2023, targets="地区生产总值增长6.5%左右。"), make(2024, told="地区生产总值增长6%。")]
    wide = Bands.from_toml(_file().replace('growth = "0.3"', 'growth = "0.5"'))
    assert only(compare(editions), "地区生产总值").verdict == "missed"
    assert only(compare(editions, rules=wide), "地区生产总值").verdict == "met"


def test_whether_just_as_much_is_more_is_as_the_file_says(make: Any, only: Any) -> None:
    editions = [make(2023, targets="地区生产总值突破200亿元。"), make(2024, told="地区生产总值200亿元。")]
    mild = Bands.from_toml(_file().replace("equal_is_enough = false", "equal_is_enough = true"))
    assert only(compare(editions, rules=mild), "地区生产总值").verdict == "met"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('growth = "0.3"', 'growth = "-1"'),
        ('growth = "0.3"', 'growth = "NaN"'),
        ("[strict]", "[stricter]"),
        ("[approx]", "["),
    ],
)
def test_a_file_of_bands_that_makes_no_sense_is_refused(old: str, new: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, ArithmeticError)):
        Bands.from_toml(_file().replace(old, new))


def _file() -> str:
    return resources.files("luoshi.compare").joinpath("bands.toml").read_text(encoding="utf-8")


def test_the_bands_that_come_with_luoshi_are_those_of_the_page(root_docs: Path) -> None:
    page = (root_docs / "comparing.md").read_text(encoding="utf-8")
    assert f'growth = "{bands().growth}"' in page
    assert f'others = "{bands().others}"' in page
    assert f"差 {bands().growth} 个百分点以内" in page


@pytest.fixture
def root_docs() -> Path:
    return Path(__file__).resolve().parents[2] / "docs"


# ── properties ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("promised", ["6%", "6%以上", "6%左右"])
def test_more_is_never_worse(promised: str, make: Any, only: Any) -> None:
    """Along rising outcomes the verdict turns from missed to met once and never back."""
    first = make(2023, targets=f"地区生产总值增长{promised}。")
    told = [f"{tenth / 10:.1f}" for tenth in range(50, 75, 3)]
    verdicts = [_verdict(first, make(2024, told=f"地区生产总值增长{value}%。"), only) for value in told]
    assert verdicts == sorted(verdicts, reverse=True)
    assert set(verdicts) == {"met", "missed"}


def _verdict(first: Edition, second: Edition, only: Any) -> str:
    found: Comparison = compare([first, second])
    verdict: str = only(found, "地区生产总值").verdict
    return verdict


def test_the_same_reports_give_the_same_comparison(make: Any) -> None:
    editions = [make(2023), make(2024), make(2025)]
    assert compare(editions).to_json() == compare(editions).to_json()
    assert Comparison.model_validate_json(compare(editions).to_json()) == compare(editions)


def test_less_is_better_where_the_catalogue_says_so() -> None:
    """Comparing may not ask the reading; so the two lists are held together here."""
    rows = csv.DictReader(
        resources.files("luoshi.read").joinpath("lexicon/indicators.csv").read_text(encoding="utf-8").splitlines()
    )
    catalogue = {row["code"]: row["better"] for row in rows}
    words = table("indicator")
    assert set(words["down"]) == {code for code, better in catalogue.items() if better == "down"}
    named = {
        *words["ceilings"],
        *words["growth"].values(),
        *words["also"].values(),
        *table("relative")["phrases"].values(),
    }
    named |= {code for codes in table("parts").values() for code in codes} | set(table("basis")["constant"])
    assert named <= set(catalogue)
