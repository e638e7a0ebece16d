"""The built-in samples: there in an installed package, of the right size, and right in their own arithmetic."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from luoshi.examples import Sample, sample

NAMES: tuple[Sample, ...] = get_args(Sample)


def text(name: Sample = "songgang-2021") -> str:
    return sample(name).read_text(encoding="utf-8")


def numbers(pattern: str, name: Sample = "songgang-2021") -> list[Decimal]:
    """The numbers that ``pattern`` finds at its one place in the sample."""
    (found,) = re.findall(pattern, text(name))
    return [Decimal(one) for one in ([found] if isinstance(found, str) else found)]


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_a_file_of_plain_text(name: Sample) -> None:
    assert sample(name).is_file()
    assert sample(name).suffix == ".txt"
    assert "松岗" in text(name)
    assert not re.search("[\\r\\t\ufeff\ufffd]", text(name))


def test_the_default_sample_is_the_five_year_report() -> None:
    assert sample() == sample("songgang-2021")


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("songgang-2021", 9000, 12000), ("songgang-2023", 4500, 6000), ("songgang-2021-news", 900, 1500)],
)
def test_samples_are_as_long_as_their_kind(name: Sample, least: int, most: int) -> None:
    assert least <= len(text(name)) <= most


def test_the_files_exist_once_and_the_folder_of_examples_leads_to_them() -> None:
    folder = Path(__file__).resolve().parents[1] / "examples"
    assert list(folder.glob("*.txt")) == []
    links = re.findall(r"\]\(([^)]+\.txt)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert {(folder / link).resolve() for link in links} == {sample(name).resolve() for name in NAMES}


PARTS = (
    *("过去五年工作回顾", "今后五年的总体要求", "今后五年的六项任务", "2022年重点工作"),
    *("办好十件民生实事：①", "⑩", "自身建设", "名词解释", "数读"),
)


@pytest.mark.parametrize("part", PARTS)
def test_the_five_year_report_has_every_part_of_its_kind(part: str) -> None:
    assert part in text()


def test_the_number_ladder_counts_right() -> None:
    box = text()[text().index("\n数读\n") :]
    counts = {"一个": 1, "两个": 2, "三大": 3, "四个": 4, "五种": 5, "六项": 6, "七项": 7}
    lines = [line for line in box.split("\n") if line]
    rungs = [at for at, line in enumerate(lines) if line[:2] in counts and len(line) < 8]
    assert [lines[at][:2] for at in rungs] == list(counts)
    for at, after in zip(rungs, [*rungs[1:], len(lines)], strict=True):
        assert after - at - 1 == counts[lines[at][:2]], lines[at]


def near(found: Decimal, wanted: Decimal, share: str = "0.006") -> bool:
    return abs(found - wanted) <= abs(wanted) * Decimal(share)


HEADS: list[tuple[Sample, str, str, str]] = [
    ("songgang-2021", r"增加到(\d+)亿元（2021", r"常住人口([\d.]+)万人，人均", r"由11\.2万元提高到(\d+)万元"),
    ("songgang-2021", r"2026年达到(\d+)亿元；人均", r"常住人口达到(\d+)万人", r"人均地区生产总值达到(\d+)万元"),
    ("songgang-2023", r"地区生产总值([\d.]+)亿元（初步", r"常住人口([\d.]+)万人", r"生产总值达到([\d.]+)万元"),
]


@pytest.mark.parametrize(("name", "product", "people", "head"), HEADS)
def test_product_per_head_is_product_by_people(name: Sample, product: str, people: str, head: str) -> None:
    assert near(numbers(product, name)[0] / numbers(people, name)[0], numbers(head, name)[0])


@pytest.mark.parametrize(
    "pattern",
    [
        r"2016年的(\d+)亿元增加到(\d+)亿元（2021年为预计数，下同），是2016年的1\.44倍，年均增长([\d.]+)%",
        r"一般公共预算收入由([\d.]+)亿元增至([\d.]+)亿元，年均增长([\d.]+)%",
        r"社会消费品零售总额由(\d+)亿元增至(\d+)亿元，年均增长([\d.]+)%",
        r"居民人均可支配收入由(\d+)元增至(\d+)元，年均增长([\d.]+)%",
    ],
)
def test_yearly_rates_lead_from_the_first_year_to_the_last(pattern: str) -> None:
    first, last, rate = numbers(pattern)
    assert near(first * (1 + rate / 100) ** 5, last)


def test_shares_sums_and_differences_agree() -> None:
    for shares in re.findall(r"([\d.]+)∶([\d.]+)∶([\d.]+)", text() + text("songgang-2023")):
        assert sum(map(Decimal, shares)) == 100
    deputies, members, both = numbers(r"建议(\d+)件、政协提案(\d+)件，共(\d+)件")
    assert deputies + members == both
    before, after, rise = numbers(r"亩均税收由([\d.]+)万元提高到([\d.]+)万元，增长(\d+)%")
    assert near(after / before - 1, rise / 100)
    clear, fine, share = numbers(r"由(\d+)天增加到(\d+)天，优良率为([\d.]+)%")
    assert clear < fine
    assert near(fine / 365 * 100, share)
    dust, less, fall = numbers(r"由(\d+)微克/立方米降至(\d+)微克/立方米，下降([\d.]+)%")
    assert near((dust - less) / dust * 100, fall)
    town, country, ratio = numbers(r"分别达到(\d+)元和(\d+)元，两者之比由1\.96∶1缩小到([\d.]+)∶1")
    assert near(town / country, ratio)


def test_the_later_report_continues_from_the_earlier() -> None:
    """Growth told in 2023 starts from the level told in 2021."""
    earlier, later = text(), text("songgang-2023")
    assert "规模以上工业企业由96家增加到158家" in earlier
    assert "扣除退库后总数为171家" in later
    before, (after, rate) = Decimal(286), numbers(r"航空产业规模达到(\d+)亿元，增长([\d.]+)%", "songgang-2023")
    assert near(after / before * 100 - 100, rate, "0.02")
    income, gain = numbers(r"居民人均可支配收入(\d+)元，增长([\d.]+)%", "songgang-2023")
    assert near(Decimal(52800) * (1 + gain / 100), income)
    done, planned = Decimal(2640), Decimal(3000)
    assert f"新增{done}个，只完成计划的{done / planned:.0%}" in later


@pytest.mark.parametrize(
    ("promise", "outcome"),
    [
        ("地区生产总值增长7.5%左右；", "增长5.1%，低于年初预期"),
        ("标准厂房2022年底前交付", "产业园一期提前1个月交付"),
        ("2022年底前云锦路铁路下穿通道建成通车", "因管线迁改滞后，未能按期开通"),
        ("2022年6月底前完成城南污水处理厂提标改造", "比原定时间晚了一个月"),
        ("一般公共预算收入、社会消费品零售总额分别增长6%和8%", "同口径增长6.1%"),
        ("基本医疗保险参保率稳定在95%以上", "基本医疗保险参保率95.2%"),
    ],
)
def test_promises_of_the_first_report_find_their_outcome_in_the_second(promise: str, outcome: str) -> None:
    assert promise in text()
    assert outcome in text("songgang-2023")


@pytest.mark.parametrize("dropped", ["步行街一期", "新改建农村公路30公里"])
def test_some_promises_are_not_mentioned_again(dropped: str) -> None:
    assert dropped in text()
    assert dropped[:5] not in text("songgang-2023")


def test_the_newspaper_tells_the_figures_of_the_report() -> None:
    news = text("songgang-2021-news")
    for figure in ("460亿元", "320亿元", "7.5%", "15万元", "286亿元", "58.6公里", "126个", "3.1万户", "1.5万个", "95%"):
        assert figure in news
        assert figure in text()
