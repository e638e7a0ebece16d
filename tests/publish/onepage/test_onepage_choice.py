"""Which facts are chosen: headlines before others, what one can check before what one cannot, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from luoshi.publish.onepage import onepage
from luoshi.publish.onepage.selection import select


def lines_of(report: Any) -> list[str]:
    pictures = onepage(*report.done(), formats=["pdf"])
    assert pictures.problems == ()
    return [line for line in pictures.text.splitlines() if line]


def past(report: Any, *facts: tuple[str, str, dict[str, Any]]) -> Any:
    """A look back with one paragraph for each fact (indicator, number, fields)."""
    report.part("review", "一、", "过去一年回顾")
    for indicator, number, fields in facts:
        report.say(f"{indicator}达到{number}。")
        report.figure(number, indicator, **fields)
    return report


def test_headlines_come_in_the_order_people_look_for_them(report: Any) -> None:
    facts = ("粮食产量", "城镇新增就业", "固定资产投资", "一般公共预算收入", "全县生产总值")
    past(report, *((name, f"{at + 11}亿元", {}) for at, name in enumerate(facts)))
    shown = [line.split(" ")[0] for line in lines_of(report)[3:]]
    assert shown[:5] == ["全县生产总值", "一般公共预算收入", "固定资产投资", "城镇新增就业", "粮食产量"]


def test_a_level_is_preferred_to_a_rate_told_elsewhere(report: Any) -> None:
    growth = {"measure": "growth", "direction": "up"}
    past(report, ("全县生产总值", "6.5%", growth), ("全县生产总值", "182亿元", {}))
    lines = lines_of(report)
    assert "全县生产总值 达到182亿元" in lines
    assert not any("6.5%" in line for line in lines)


def test_an_indicator_is_shown_once(report: Any) -> None:
    past(report, ("公园绿地面积", "120万平方米", {}), ("公园绿地面积", "150万平方米", {}))
    assert sum("公园绿地面积" in line for line in lines_of(report)) == 1


def test_spending_is_not_taken_for_revenue(report: Any) -> None:
    past(report, ("一般公共预算支出", "80亿元", {}), ("一般公共预算收入", "16亿元", {}), ("高新技术企业", "52家", {}))
    assert lines_of(report)[3].startswith("一般公共预算收入")


def test_per_head_is_not_taken_for_the_whole(report: Any) -> None:
    past(report, ("人均生产总值", "9万元", {}), ("全县生产总值", "182亿元", {}), ("高新技术企业", "52家", {}))
    assert [line.split(" ")[0] for line in lines_of(report)[3:5]] == ["全县生产总值", "人均生产总值"]


def test_a_threshold_does_not_become_a_card(report: Any) -> None:
    report.part("review", "一、", "过去一年回顾")
    report.say("招引投资3亿元以上工业项目18个。")
    report.figure("3亿元", "投资", comparator="ge")
    report.figure("18个", "工业项目")
    lines = lines_of(report)
    assert "工业项目 18个" in lines
    assert not any("3亿元" in line for line in lines)


def test_a_rank_without_an_amount_stays_in_its_sentence(report: Any) -> None:
    past(
        report, ("营商环境评价", "第3位", {"measure": "rank", "value": "3", "unit": "位"}), ("特种车产量", "900辆", {})
    )
    lines = lines_of(report)
    assert any("900辆" in line for line in lines)
    assert not any("第3位" in line for line in lines)


def test_what_is_promised_or_background_is_no_review(report: Any) -> None:
    past(report, ("特种车产量", "900辆", {}))
    report.say("下一步特种车出口达到450辆，全省平均为300辆。")
    report.figure("450辆", "特种车出口", tense="plan")
    report.figure("300辆", "全省平均", tense="other")
    lines = lines_of(report)
    assert not any("450辆" in line or "300辆" in line for line in lines)


@pytest.mark.parametrize("number", [3, 8, 30])
def test_the_look_back_keeps_to_a_handful_of_cards(report: Any, number: int) -> None:
    past(report, *((f"第{'甲乙丙丁戊己庚辛壬癸'[at % 10]}{at}园区产值", f"{at + 20}亿元", {}) for at in range(number)))
    (panel,) = select(*report.done()).reviews
    assert len(panel.cards) == {3: 2, 8: 8, 30: 8}[number]


def tasks(report: Any, *matters: tuple[str, str, str | None]) -> Any:
    """A plan with one theme: each matter with its kind and its deadline, every sentence a paragraph."""
    report.part("plan", "一、", "今年任务")
    for text, kind, by in matters:
        report.say(f"{text}。")
        report.promise(text, kind, by=by)
    return report


def test_dates_and_works_are_listed_before_measures_but_in_the_order_of_the_text(report: Any) -> None:
    measures = [(f"健全{name}工作机制", "action", None) for name in "甲乙丙丁戊己庚辛"]
    works = [("县医院新院区年内启用", "project", "年内"), ("城东水厂建成通水", "project", None)]
    lines = lines_of(tasks(report, *measures[:5], works[0], *measures[5:], works[1]))
    listed = [line for line in lines if line.startswith("[")]
    assert len(listed) == 6
    assert listed.index("[项目] 县医院新院区年内启用") < listed.index("[项目] 城东水厂建成通水")


def test_a_slogan_is_neither_listed_nor_counted(report: Any) -> None:
    tasks(report, ("疏浚城南河道", "action", None), ("奋力谱写新篇章", "slogan", None))
    lines = lines_of(report)
    assert "1项承诺，2件事项" in lines[1]
    assert not any("新篇章" in line for line in lines)


def test_a_theme_says_how_many_matters_it_has_where_some_are_left_out(report: Any) -> None:
    tasks(report, *((f"修缮{name}渡口", "project", None) for name in "甲乙丙丁戊己庚辛壬"))
    lines = lines_of(report)
    assert "一、今年任务（共9项）" in lines
    assert sum(line.startswith("[项目]") for line in lines) == 6


def test_many_themes_get_fewer_lines_each(report: Any) -> None:
    part = report.part("plan", "一、", "今年任务")
    for theme in "甲乙丙丁戊己庚辛壬癸子丑寅卯":
        report.part("plan", "", f"{theme}类工作", parent=part)
        for matter in "一二三四":
            report.say(f"修缮{theme}{matter}渡口。")
            report.promise(f"修缮{theme}{matter}渡口", "project")
    (chapter,) = select(*report.done()).tasks
    assert len(chapter.themes) == 14
    assert {len(theme.lines) for theme in chapter.themes} == {2}


def test_a_title_is_listed_once_and_not_under_its_theme(report: Any) -> None:
    tasks(
        report,
        ("疏浚城南河道", "action", None),
        ("创建省级生态文明示范县", "recognition", None),
        ("创建省级生态文明示范县", "recognition", None),
    )
    assert sum("示范县" in line for line in lines_of(report)) == 1


def test_a_title_that_the_ladder_names_is_not_listed_again(report: Any) -> None:
    tasks(report, ("疏浚城南河道", "action", None), ("创建省级生态文明示范县", "recognition", None))
    report.part("box", "", "数读")
    report.rung(1, "一项创建", "省级生态文明示范县")
    lines = lines_of(report)
    assert not any(line.startswith("[创建") for line in lines)
    assert "一项创建：省级生态文明示范县" in lines


def test_rungs_outside_a_box_need_all_their_members(report: Any) -> None:
    report.part("plan", "一、", "今年任务")
    report.rung(2, "两条主线", "工业立县", "文旅兴县")
    report.rung(5, "五大行动", "清河行动")
    lines = lines_of(report)
    assert "两条主线：工业立县；文旅兴县" in lines
    assert not any("五大行动" in line for line in lines)


@pytest.mark.parametrize("number", [1, 12, 15])
def test_the_livelihood_list_is_cut_after_a_dozen_and_says_so(report: Any, number: int) -> None:
    report.part("livelihood", "一、", "民生实事")
    for at in range(number):
        report.say(f"新建街心公园{at + 21}处。")
        report.promise(f"新建街心公园{at + 21}处", "target", report.figure(f"{at + 21}处", "街心公园", tense="plan"))
    (panel,) = select(*report.done()).livelihood
    assert len(panel.lines) == min(number, 12)
    assert [line.ordinal.value for line in panel.lines if line.ordinal] == list(range(1, min(number, 12) + 1))
    assert (panel.more.value if panel.more else 0) == max(0, number - 12)


def test_a_target_without_a_number_is_a_sentence(report: Any) -> None:
    report.part("targets", "一、", "主要目标")
    report.say("居民收入与经济同步增长。")
    report.promise("居民收入与经济同步增长", "target")
    assert "[指标] 居民收入与经济同步增长" in lines_of(report)


def test_a_matter_assigned_to_nobody_elses_part_is_ours(report: Any) -> None:
    tasks(report, ("疏浚城南河道", "action", None))
    assert "[举措] 疏浚城南河道" in lines_of(report)


@pytest.mark.parametrize(("strength", "shown"), [("seek", "[项目·争取]"), ("assist", "[项目·配合]"), ("own", "[项目]")])
def test_who_has_the_last_word_is_said(report: Any, strength: str, shown: str) -> None:
    report.part("plan", "一、", "今年任务")
    report.say("高铁云岭站开工。")
    report.promise("高铁云岭站开工", "project", strength=strength)
    assert f"{shown} 高铁云岭站开工" in lines_of(report)


def test_a_row_shows_the_rate_beside_its_amount(report: Any, read_pdf: Callable[[bytes], str]) -> None:
    """Nine targets: the last of them is a row of the table, and has a range said in two numbers."""
    report.part("targets", "一、", "主要目标")
    for name in "甲乙丙丁戊己庚辛":
        report.say(f"{name}类产值达到30亿元。")
        report.figure("30亿元", f"{name}类产值", tense="plan")
    report.say("居民收入达到51200元，增长6.2%。")
    report.figure("51200元", "居民收入", tense="plan")
    report.figure("6.2%", "居民收入", tense="plan", measure="growth", direction="up")
    pictures = onepage(*report.done())
    assert pictures.problems == ()
    drawn = read_pdf(pictures.files["pdf"])
    assert drawn.count("6.2%") == 2, "in the row, and in the sentence at the foot"


@pytest.mark.parametrize("mark", ["— 6 —", "－12－", "-3-", "——7——"])
def test_the_number_of_a_page_is_no_part_of_a_number_or_title(report: Any, mark: str) -> None:
    report.part("review", "一、", "工作回顾")
    report.say(f"补短板项目投资完成3.9\n{mark}\n亿元。")
    report.figure(f"3.9\n{mark}\n亿元", "补短板项目投资", unit="亿元")
    report.part("plan", "二、", "今年任务")
    report.say(f"建设柳河等4个制\n{mark}\n氢项目。")
    within = f"建设柳河等4个制\n{mark}\n氢项目"
    report.promise(within, "project", report.figure("4个", "制", tense="plan"), title="".join(within.split()))
    pictures = onepage(*report.done())
    assert pictures.problems == ()
    assert "补短板项目投资 完成3.9亿元" in pictures.text
    assert "建设柳河等4个制氢项目" in pictures.text


def test_a_part_that_looks_back_without_numbers_leaves_those_of_the_opening(report: Any) -> None:
    report.part("opening")
    report.say("粮食总产比六年前增长一点四倍。")
    report.figure("一点四倍", "粮食总产", unit="倍", value="1.4", measure="multiple")
    report.part("review", "一、", "工作回顾")
    report.say("各项工作有了新的进展。")
    assert "粮食总产" in onepage(*report.done()).text


def test_a_sentence_cut_between_straight_quotation_marks_is_still_its_own(report: Any) -> None:
    report.part("review", "一、", "工作回顾")
    report.say(
        '"智慧云岭"一期建成，"' + "湖畔工贸与生态文旅融合发展示范" * 3 + '"项目投资完成38.6亿元，"清江行动"收官。'
    )
    report.figure("38.6亿元", "项目投资")
    pictures = onepage(*report.done())
    assert pictures.problems == ()
    assert "项目投资 完成38.6亿元" in pictures.text


def test_every_number_of_a_line_has_a_note_with_its_sentence(annual_report: Any) -> None:
    board = select(*annual_report.done())
    numbered = [line for panel in board.lists for line in panel.lines if line.title.strong]
    assert numbered
    sentences = {note.ordinal: note.sentence.text for note in board.notes}
    for line in numbered:
        assert line.note is not None
        start, end = line.title.strong[0]
        assert line.title.text[start:end] in sentences[line.note]


def test_notes_count_on_from_one_as_the_picture_is_read(annual_report: Any) -> None:
    board = select(*annual_report.done())
    cards = [one.note for panel in (*board.reviews, *board.targets) for one in (*panel.cards, *panel.rows)]
    lines = [line.note for panel in board.lists for line in panel.lines if line.note]
    first_seen = list(dict.fromkeys([*cards, *lines]))
    assert [note.ordinal for note in board.notes] == first_seen
    assert [one.value for one in first_seen if one] == list(range(1, len(first_seen) + 1))


def test_lines_of_one_sentence_share_their_note_and_lines_without_numbers_have_none(report: Any) -> None:
    report.part("plan", "一、", "今年工作")
    report.say("新建小学3所、中学2所，办好老年学校。")
    report.promise("新建小学3所", "project", report.figure("3所", "小学", tense="plan"))
    report.promise("中学2所", "project", report.figure("2所", "中学", tense="plan"))
    report.promise("办好老年学校", "action")
    board = select(*report.done())
    lines = {line.title.text: line.note for panel in board.lists for line in panel.lines}
    assert lines["新建小学3所"] == lines["中学2所"] is not None
    assert lines["办好老年学校"] is None
    assert len(board.notes) == 1
