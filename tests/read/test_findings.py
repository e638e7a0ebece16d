"""What is said about a report as a whole, and that a sound report is left in peace."""

from __future__ import annotations

from luoshi.examples import sample
from luoshi.read.facts import About, facts
from luoshi.read.findings import findings
from luoshi.read.parts import parts
from luoshi.source import view
from luoshi.source.outline import outline

LINE = "这一年大家埋头苦干，把一件件难事办成了好事，城乡处处都有新变化。"
LONG = "\n".join([LINE * 12] * 10)


def codes(text: str, figures: int = 9, commitments: int = 400, about: About | None = None) -> list[str]:
    folded = view(text).text
    skeleton = outline(folded)
    told = findings(folded, skeleton, parts(folded, skeleton), figures, commitments, about or facts(folded, skeleton))
    return [one.code for one in told]


def test_a_sound_report_has_none() -> None:
    assert codes(sample("songgang-2021").read_text(encoding="utf-8")) == []


def test_a_digest_is_too_short_and_says_how_long_it_is() -> None:
    text = "某县2024年政府工作报告\n\n二、2024年工作安排\n\n修 好 路，架好桥。"
    folded = view(text).text
    skeleton = outline(folded)
    (short,) = findings(folded, skeleton, parts(folded, skeleton), 1, 1, About(year=2024))
    assert short.code == "R001"
    assert short.severity == "warning"
    assert f"只有 {len(''.join(text.split()))} 个字" in short.message


def test_a_review_alone_has_no_plan() -> None:
    assert codes(f"一、2023年工作回顾\n\n{LONG}", commitments=0, about=About(year=2023)) == ["R002"]


def test_promises_without_a_part_of_their_own_are_a_plan() -> None:
    assert codes(f"一、2023年工作回顾\n\n{LONG}", commitments=3, about=About(year=2023)) == []


def test_a_plan_without_promises_is_found_where_there_is_a_plan() -> None:
    assert codes(f"一、2024年工作安排\n\n{LONG}", commitments=0, about=About(year=2024)) == ["R006"]


def test_few_promises_for_the_length_of_the_plan_are_remarked_upon() -> None:
    text = f"一、2024年工作安排\n\n{LONG}"
    assert codes(text, commitments=20, about=About(year=2024)) == ["R007"]
    assert codes(text, commitments=200, about=About(year=2024)) == []


def test_mostly_general_words_are_remarked_upon_with_their_share() -> None:
    folded = view(f"一、总体要求\n\n{LONG}\n\n二、2024年工作安排\n\n{LONG}").text
    skeleton = outline(folded)
    (told,) = findings(folded, skeleton, parts(folded, skeleton), 9, 900, About(year=2024))
    assert (told.code, told.severity) == ("R007", "warning")
    assert "900 条" in told.message
    assert "50%" in told.message


def test_a_short_plan_is_not_measured() -> None:
    assert codes(f"一、2023年工作回顾\n\n{LONG}\n\n二、2024年工作安排\n\n修好路。", commitments=1) == []


def test_a_text_without_figures() -> None:
    assert codes(f"一、2024年工作安排\n\n{LONG}", figures=0, about=About(year=2024)) == ["R003"]


def test_a_text_without_a_year_can_have_no_deadlines() -> None:
    assert codes(f"一、下一步工作安排\n\n{LONG}", about=About()) == ["R004"]


def test_a_text_without_headings_is_only_remarked_upon() -> None:
    folded = view(f"{LONG}\n今年的主要任务是修路。{LONG}").text
    skeleton = outline(folded)
    told = findings(folded, skeleton, parts(folded, skeleton), 9, 9, About(year=2024))
    assert ("R005", "note") in [(one.code, one.severity) for one in told]


def test_lost_line_ends_are_told_with_the_words_they_begin_at() -> None:
    folded = view(f"一、2024年工作安排\n\n修桥铺路。{LINE * 120}").text
    skeleton = outline(folded)
    (told,) = findings(folded, skeleton, parts(folded, skeleton), 9, 900, About(year=2024))
    assert (told.code, told.severity) == ("R008", "warning")
    assert f"{5 + len(LINE) * 120} 个字" in told.message
    assert "“修桥铺路。这一年" in told.message


def test_everything_at_once_is_told_at_once() -> None:
    assert codes("天气很好。", figures=0, commitments=0, about=About()) == ["R001", "R005", "R002", "R003", "R004"]
