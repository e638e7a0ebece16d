"""The picture of what came of what was said: both sentences of every number, misses as plain as hits."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.publish.onepage.test_onepage_look import MARGINS, WIDTHS, outside, overlapping

from luoshi.compare import Comparison, Edition, compare
from luoshi.door import open_edition, open_whole
from luoshi.examples import sample
from luoshi.intake import open_table
from luoshi.measure import readings
from luoshi.publish.dossier import Dossier, dossier, opened
from luoshi.publish.labels import label
from luoshi.publish.onepage import drawing, result, themes
from luoshi.publish.onepage.board import Count, Label, Ordinal, leaves
from luoshi.publish.onepage.result.board import Amount, Cited, Fact, Given, Kept, Leaf, Seat
from luoshi.publish.onepage.result.selection import select
from luoshi.publish.onepage.result.stories import compared, followed
from luoshi.publish.onepage.result.truth import OfComparison, OfDossier, check
from luoshi.read import read
from luoshi.source import Document
from luoshi.supervise import Docket

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "docs" / "comparing"
TODAY = date(2023, 10, 20)


@pytest.fixture(scope="module")
def editions() -> tuple[Edition, ...]:
    return tuple(open_edition(PAGES / f"qinghe-{year}.txt") for year in (2023, 2024))


@pytest.fixture(scope="module")
def found(editions: tuple[Edition, ...]) -> Comparison:
    return compare(editions)


@pytest.fixture(scope="module")
def texts(editions: tuple[Edition, ...]) -> dict[str, str]:
    return {one.id: one.text for one in editions}


@pytest.fixture(scope="module")
def whole() -> Dossier:
    report = open_whole(sample("songgang-2023"))
    table = open_table(ROOT / "examples" / "songgang-2023-readings.csv")
    docket = Docket.from_json((ROOT / "examples" / "supervise" / "items.json").read_bytes())
    return dossier(report.plan, report.document, TODAY, docket=docket, readings=readings(table.rows, TODAY))


def board_of(found: Comparison, texts: dict[str, str]) -> Kept:
    return select(compared(found, texts, "2023"), [(one.id, one.source, one.sha256) for one in found.reports])


def test_every_promise_is_counted_once_by_its_verdict(found: Comparison, texts: dict[str, str]) -> None:
    pictures = result(found, texts)
    assert pictures.problems == ()
    mine = [one for one in found.promises if one.report == "2023"]
    told = next(line for line in pictures.text.splitlines() if "项承诺：" in line)
    assert told.startswith(f"{len(mine)}项承诺")
    for verdict, number in Counter(one.verdict for one in mine).items():
        assert f"{label('verdict', verdict)}{number}" in told


def test_both_numbers_stand_on_the_card_and_both_sentences_at_the_foot(
    found: Comparison, texts: dict[str, str], read_pdf: Callable[[bytes], str]
) -> None:
    pictures = result(found, texts)
    assert "[未达到] 地区生产总值" not in pictures.text
    (line,) = (line for line in pictures.text.splitlines() if line.startswith("[") and "地区生产总值：" in line)
    assert re.search(r"说增长6.5%左右，做到增长[\d.]+%", line)
    drawn = re.sub(r"\s", "", read_pdf(pictures.files["pdf"]))
    assert "2023年报告第" in drawn
    assert "2024年报告第" in drawn


def test_what_was_not_kept_is_said_with_both_sides(found: Comparison, texts: dict[str, str]) -> None:
    part = result(found, texts).text.split("没有做到的")[1].split("\n\n")[0]
    assert "柳湾大桥二期" in part
    assert "报告说：" in part


def test_the_years_and_the_day_are_in_the_head(found: Comparison, texts: dict[str, str], whole: Dossier) -> None:
    one, other = result(found, texts).text, result(whole).text
    assert "2023年说的，做到哪了" in one
    assert "截至2024年政府工作报告" in one
    assert "截至2023年10月20日" in other


@pytest.mark.parametrize("width", WIDTHS)
def test_it_stays_inside_its_margins_in_every_width(
    found: Comparison, texts: dict[str, str], whole: Dossier, width: Any
) -> None:
    for pictures in (result(found, texts, formats=["pdf"], width=width), result(whole, formats=["pdf"], width=width)):
        assert pictures.problems == ()
        assert outside(pictures.files["pdf"], MARGINS[width]) == []
        assert overlapping(pictures.files["pdf"]) == []


def test_the_same_input_gives_the_same_bytes(found: Comparison, texts: dict[str, str]) -> None:
    assert result(found, texts, width="a3").files == result(found, texts, width="a3").files


@pytest.mark.parametrize("theme", themes())
def test_every_theme_draws_it(found: Comparison, texts: dict[str, str], theme: str) -> None:
    assert result(found, texts, formats=["svg"], theme=theme).files["svg"].startswith(b"<svg")


def test_without_a_text_there_is_no_picture(found: Comparison, texts: dict[str, str]) -> None:
    pictures = result(found, {"2023": texts["2023"]})
    assert ([one.code for one in pictures.problems], pictures.files) == (["W025"], {})


def test_a_comparison_of_nothing_is_a_problem() -> None:
    assert [one.code for one in result(Comparison(), {}).problems] == ["W023"]


# ── the dossier ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_measured_target_stands_with_its_reading_and_light(whole: Dossier) -> None:
    text = result(whole).text
    assert "[滞后] 城镇就业：说9000人以上，做到5700人（2023年1—9月）" in text
    assert "区交通运输局，2023年6月30日" in text


def test_one_target_promised_twice_makes_one_card(whole: Dossier) -> None:
    cards = [line for line in result(whole).text.splitlines() if "老旧小区：说" in line]
    assert len(cards) == 1


def test_what_is_past_its_day_and_was_never_reported_is_not_called_not_due(whole: Dossier) -> None:
    text = result(whole).text
    late = text.split("期限已过、没有报的")[1].split("\n\n")[0]
    assert "松岗实验中学新校区" in late
    assert "松岗实验中学新校区" not in text.split("还没有亮灯的")[1]


def test_a_light_on_the_units_own_word_is_hollow(whole: Dossier) -> None:
    board = select(followed(whole), [])
    cards = {one.name.text: one.badge.hollow for part in board.parts for one in (*part.cards, *part.rows)}
    assert cards["充电桩"]
    assert not cards["地区生产总值"]


def test_what_is_not_open_is_not_drawn(whole: Dossier) -> None:
    cut = result(opened(whole))
    assert cut.problems == ()
    assert "5700人" not in cut.text
    assert "内部使用" not in cut.text
    assert "内部使用" in result(whole, internal=True).text


def test_five_thousand_matters_are_bounded_and_the_rest_is_counted() -> None:
    text = "关于政府工作的报告\n二、2023年重点任务\n" + "".join(f"新建口袋公园{nth}处。\n" for nth in range(1, 5001))
    document = Document.from_text(text, "多.txt")
    plan = read(document)
    assert len(plan.items) > 4000
    pictures = result(dossier(plan, document, date(2024, 3, 1)), formats=["pdf"])
    assert pictures.problems == ()
    assert f"{len(plan.items)}件事项" in pictures.text
    assert re.search(r"……另有\d{4}项", pictures.text)
    assert len(pictures.text.splitlines()) < 60


# ── the truth ────────────────────────────────────────────────────────────────────────────────────────────────────────

LIES: dict[type, Callable[[Any], object]] = {
    Amount: lambda leaf: dataclasses.replace(leaf, text=leaf.text + "0"),
    Count: lambda leaf: dataclasses.replace(leaf, value=leaf.value + 1),
    Seat: lambda leaf: dataclasses.replace(leaf, value=leaf.value + 1),
    Ordinal: lambda leaf: dataclasses.replace(leaf, value=leaf.value + 1),
    Label: lambda leaf: dataclasses.replace(leaf, text=leaf.text + "2"),
    Fact: lambda leaf: dataclasses.replace(leaf, text=leaf.text + "7"),
    Given: lambda leaf: dataclasses.replace(leaf, text=leaf.text + "3天"),
    Cited: lambda leaf: dataclasses.replace(leaf, text=leaf.text + "9项"),
}


def swapped(node: Any, old: object, new: object) -> Any:
    """The board with one leaf exchanged for another wherever it stands."""
    if node == old and type(node) is type(old):
        return new
    if isinstance(node, tuple):
        return tuple(swapped(part, old, new) for part in node)
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        parts = {field.name: swapped(getattr(node, field.name), old, new) for field in dataclasses.fields(node)}
        return type(node)(**parts)
    return node


@pytest.mark.parametrize("kind", LIES, ids=lambda kind: kind.__name__)
def test_no_leaf_can_lie(found: Comparison, texts: dict[str, str], whole: Dossier, kind: type) -> None:
    grounds = [
        (board_of(found, texts), OfComparison(found, texts, "2023")),
        (select(followed(whole), [("2023", "a", "b" * 64)]), OfDossier(whole, followed(whole).texts)),
    ]
    for board, ground in grounds:
        shown = dict.fromkeys(leaf for leaf in leaves(board, Leaf) if isinstance(leaf, kind))
        assert shown
        for leaf in list(shown)[:40]:
            assert check(swapped(board, leaf, LIES[kind](leaf)), ground), leaf


def test_an_honest_board_passes(found: Comparison, texts: dict[str, str], whole: Dossier) -> None:
    told = followed(whole)
    facts = whole.plan.document
    assert check(select(told, [("2023", facts.source, facts.sha256)]), OfDossier(whole, told.texts)) == []
    assert check(board_of(found, texts), OfComparison(found, texts, "2023")) == []


def test_a_miss_cannot_be_shown_as_a_hit(found: Comparison, texts: dict[str, str]) -> None:
    board = board_of(found, texts)
    badges = {one.word.text: one for part in board.parts for one in (line.badge for line in (*part.cards, *part.lines))}
    turned = swapped(board, badges["未达到"], badges["达到"])
    assert check(turned, OfComparison(found, texts, "2023"))


def test_a_number_changed_in_the_comparison_stops_the_picture(found: Comparison, texts: dict[str, str]) -> None:
    at = next(i for i, one in enumerate(found.promises) if one.report == "2023" and one.number and one.outcome.numbers)
    one = found.promises[at]
    assert one.number is not None
    lie = one.model_copy(update={"number": one.number.model_copy(update={"text": "99.9%"})})
    changed = found.model_copy(update={"promises": (*found.promises[:at], lie, *found.promises[at + 1 :])})
    pictures = result(changed, texts)
    assert ({one.code for one in pictures.problems}, pictures.files) == ({"W020"}, {})


def test_another_text_stops_the_picture(found: Comparison, texts: dict[str, str]) -> None:
    pictures = result(found, texts | {"2024": "前言。" + texts["2024"]})
    assert ({one.code for one in pictures.problems}, pictures.files) == ({"W021"}, {})


def test_a_number_added_by_the_template_is_caught(
    found: Comparison, texts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    template = drawing._template("result")
    monkeypatch.setattr(drawing, "_template", lambda _: template + "\n#text(size: 9pt)[完成99.9%]".encode())
    assert {one.code for one in result(found, texts).problems} == {"W024"}


PAIRS = (
    ("county/清苑区-2022", "county/清苑区-2023"), ("county/高唐县-2021", "county/高唐县-2022"),
    ("province/广东省-2025", "province/广东省-2026"), ("city/保定市-2023", "city/保定市-2024"),
    ("national/全国-2024", "national/全国-2025"),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_real_reports_become_a_picture(shared: Path, pair: tuple[str, str]) -> None:
    paths = [shared / "corpus" / f"{name}.txt" for name in pair]
    if not all(path.exists() for path in paths):
        pytest.skip(f"no such report in the corpus: {pair}")
    reports = [open_edition(path) for path in paths]
    pictures = result(compare(reports), {one.id: one.text for one in reports}, formats=["pdf"])
    assert [one for one in pictures.problems if one.code != "W022"] == []
    assert pictures.files
