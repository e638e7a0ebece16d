"""Quoted words found again: through blanks and wide forms, by their surroundings, never where it is only likely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.correcting.quotes import Quote, Quotes
from luoshi.source import Span

TEXT = "新建学校5所，改造学校5所；新增床位（含乡镇）１２００张。\n新增床\n位1200张左右。"
WORDS = st.text("新增建改造学校5所，。 \n", min_size=1, max_size=6)


def found(words: str, before: str = "", after: str = "", text: str = TEXT) -> list[str]:
    return [span.of(text) for span in Quotes(text).find(Quote(words, before, after))]


@pytest.mark.parametrize(
    ("quote", "starts"),
    [
        (Quote("改造学校"), [7]),
        (Quote("5所"), [4, 11]),
        (Quote("5所", before="新建学校"), [4]),
        (Quote("5所", before="改造学校"), [11]),
        (Quote("5所", after="；新增"), [11]),
        (Quote("5所", before="扩建学校", after="，改造"), [4]),
        (Quote("5所", before="医院"), []),
        (Quote("改造学校", before="医院", after="30座"), []),
        (Quote("改造学校", before="医院", after="5所"), [7]),
        (Quote("6所"), []),
        (Quote(""), []),
        (Quote(" \n"), []),
    ],
)
def test_a_quote_is_found_where_its_surroundings_agree_best(quote: Quote, starts: list[int]) -> None:
    assert [span.start for span in Quotes(TEXT).find(quote)] == starts


def test_blanks_line_ends_and_wide_forms_make_no_difference() -> None:
    assert found("1200 张") == ["１２００张", "1200张"]
    assert found("新增床位 1200张") == ["新增床\n位1200张"]
    assert found("(含乡镇)") == ["（含乡镇）"]


def test_the_nearest_of_several_places_is_taken_if_it_is_near_enough() -> None:
    quotes = Quotes("增长" + "。" * 50 + "增长" + "。" * 500)
    assert quotes.nearest("增长", 40, 100) == Span(52, 54)
    assert quotes.nearest("增长", 10, 100) == Span(0, 2)
    assert quotes.nearest("增长", 500, 100) is None
    assert quotes.nearest("下降", 0, 100) is None


@given(st.text(max_size=60), WORDS)
def test_what_is_found_are_the_words(text: str, words: str) -> None:
    def plain(some: str) -> str:
        return "".join(some.split())

    for one in found(words, text=text + words):
        assert plain(one) == plain(words)


@given(st.text("甲乙丙。\n", max_size=30), st.text("丁戊己。 ", max_size=30))
def test_words_that_stand_once_are_found_whatever_surrounds_them(front: str, behind: str) -> None:
    text = f"{front}云水大桥{behind}"
    assert Quotes(text).find(Quote("云水大桥")) == [Span(len(front), len(front) + 4)]


@given(st.lists(st.sampled_from("甲乙丙丁"), min_size=2, max_size=6, unique=True), st.data())
def test_enough_surroundings_tell_any_two_places_apart(names: list[str], data: st.DataObject) -> None:
    text = "".join(f"{name}县新建学校5所。" for name in names)
    name = data.draw(st.sampled_from(names))
    (span,) = Quotes(text).find(Quote("5所", before=f"{name}县新建学校"))
    assert text[: span.start].endswith(f"{name}县新建学校")
