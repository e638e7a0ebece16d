"""The one picture at its door: what it shows, in which formats, and that the same plan gives the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from luoshi.plan.model import Period, Plan
from luoshi.problems import has_errors
from luoshi.publish.onepage import onepage, themes
from luoshi.source import Document

Read = Callable[[bytes], str]


def test_all_three_formats_from_one_call(annual_report: Any) -> None:
    pictures = onepage(*annual_report.done())
    assert pictures.problems == ()
    assert pictures.files["svg"].startswith(b"<svg")
    assert pictures.files["png"].startswith(b"\x89PNG")
    assert pictures.files["pdf"].startswith(b"%PDF-1.7")


def test_only_the_formats_asked_for(annual_report: Any) -> None:
    assert list(onepage(*annual_report.done(), formats=["png"]).files) == ["png"]


@pytest.mark.parametrize(("width", "pixels"), [("phone", 1080), ("wide", 1800)])
def test_the_picture_is_as_wide_as_promised_and_taller_than_wide(annual_report: Any, width: Any, pixels: int) -> None:
    png = onepage(*annual_report.done(), formats=["png"], width=width).files["png"]
    size = Image.open(io.BytesIO(png)).size
    assert size[0] == pixels
    assert size[1] > pixels


def test_the_same_plan_gives_the_same_bytes(five_year_report: Any) -> None:
    plan, document = five_year_report.done()
    first = onepage(plan, document)
    again = onepage(Plan.from_json(plan.to_json()), Document(document.text, document.source, document.sha256))
    assert dict(first.files) == dict(again.files)
    assert first.text == again.text


def test_a_file_says_nothing_about_when_it_was_made(annual_report: Any) -> None:
    pdf = onepage(*annual_report.done(), formats=["pdf"]).files["pdf"]
    assert b"CreationDate" not in pdf
    assert b"ModDate" not in pdf


def test_the_head_names_place_year_and_kind(annual_report: Any, read_pdf: Read) -> None:
    pictures = onepage(*annual_report.done())
    assert pictures.text.splitlines()[0] == "云岭县2023年政府工作报告 一图读懂"
    drawn = read_pdf(pictures.files["pdf"])
    assert "云岭县" in drawn
    assert "2023年政府工作报告" in drawn


def test_a_five_year_report_shows_its_term(five_year_report: Any, annual_report: Any) -> None:
    assert onepage(*five_year_report.done()).text.splitlines()[1] == "目标期 2022—2026年"
    assert "目标期" not in onepage(*annual_report.done()).text


def test_another_kind_of_document_keeps_its_own_title(annual_report: Any) -> None:
    annual_report.facts |= {"title": "云岭县水网建设三年行动计划", "place": None}
    assert onepage(*annual_report.done()).text.startswith("2023年云岭县水网建设三年行动计划")


def test_the_counts_in_the_head_are_those_of_the_plan(annual_report: Any) -> None:
    plan, document = annual_report.done()
    told = onepage(plan, document).text.splitlines()[1]
    assert told == f"{len(plan.figures)}个数字，{len(plan.commitments)}项承诺，{len(plan.items)}件事项"


def test_review_cards_put_the_headline_first_and_the_rate_beside_the_level(annual_report: Any) -> None:
    lines = onepage(*annual_report.done()).text.splitlines()
    at = lines.index("2022年工作回顾")
    assert lines[at + 1] == "全县生产总值 完成173.4亿元，增长6.5%"
    assert "一般公共预算收入 达到14.36亿元" in lines


def test_two_numbers_that_share_a_name_are_shown_together(annual_report: Any) -> None:
    assert "城乡居民人均可支配收入 分别达到36120元，19860元" in onepage(*annual_report.done()).text


def test_severally_is_not_printed_for_a_number_that_stands_alone(report: Any) -> None:
    report.part("review", "一、", "去年回顾")
    report.say("全县工业投资、商贸投资分别增长8%、6%。")
    report.figure("8%", "工业投资", measure="growth", direction="up")
    report.figure("6%", "商贸投资", measure="growth", direction="up")
    text = onepage(*report.done()).text
    assert "分别" not in text
    assert "增长8%" in text


def test_targets_keep_their_words_of_comparison(annual_report: Any) -> None:
    lines = onepage(*annual_report.done()).text.splitlines()
    at = lines.index("主要预期目标")
    assert lines[at + 1 : at + 4] == ["地区生产总值 增长7%左右", "城镇新增就业 3500人以上", "失业率 控制在5.5%以内"]


@pytest.mark.parametrize(
    ("comparator", "shown"),
    [
        ("ge", "12家以上"),
        ("gt", "超过12家"),
        ("le", "12家以内"),
        ("lt", "低于12家"),
        ("approx", "12家左右"),
        ("eq", "12家"),
    ],
)
def test_a_comparison_said_elsewhere_in_the_sentence_is_put_by_the_number(
    report: Any, comparator: str, shown: str
) -> None:
    report.part("targets", "", "主要目标")
    report.say("培育专精特新企业12家、高新技术企业30家。")
    report.figure("12家", "专精特新企业", tense="plan", comparator=comparator)
    assert f"专精特新企业 {shown}" in onepage(*report.done()).text.splitlines()


@pytest.mark.parametrize(
    ("measure", "direction", "number", "shown"),
    [
        ("growth", "up", "3%", "增长3%"),
        ("growth", "down", "3%", "下降3%"),
        ("change", "up", "2个百分点", "提高2个百分点"),
        ("change", "down", "12项", "减少12项"),
    ],
)
def test_a_direction_that_stands_elsewhere_is_said(
    report: Any, measure: str, direction: str, number: str, shown: str
) -> None:
    report.part("targets", "", "主要目标")
    report.say(f"地区能耗强度、碳排放强度：{number}。")
    report.figure(number, "碳排放强度", tense="plan", measure=measure, direction=direction)
    assert f"碳排放强度 {shown}" in onepage(*report.done()).text.splitlines()


@pytest.mark.parametrize("number", ["百分之七点二", "翻一番", "三分之二", "七成", "1.8:39.8:58.4", "5%—6%"])
def test_numbers_are_printed_as_the_report_writes_them(report: Any, read_pdf: Read, number: str) -> None:
    values: dict[str, dict[str, Any]] = {
        "百分之七点二": {"value": "7.2", "unit": "%"},
        "翻一番": {"value": "2", "unit": "倍", "measure": "multiple"},
        "三分之二": {"value": "2/3", "unit": ""},
        "七成": {"value": "70", "unit": "%"},
        "1.8:39.8:58.4": {"value": "1.8:39.8:58.4", "unit": "", "measure": "ratio"},
        "5%—6%": {"value": "5", "value2": "6", "unit": "%", "comparator": "range"},
    }
    report.part("targets", "", "主要目标")
    report.say(f"今年的主要目标是服务业比重{number}。")
    report.figure(number, "服务业比重", tense="plan", **values[number])
    pictures = onepage(*report.done())
    assert pictures.problems == ()
    assert number in re.sub(r"\s", "", read_pdf(pictures.files["pdf"]))


def test_full_width_digits_come_out_half_width(report: Any) -> None:
    report.part("targets", "", "主要目标")
    report.say("地区生产总值增长７．３％。")
    report.figure("７．３％", "地区生产总值", unit="%", value="7.3", measure="growth", direction="up", tense="plan")
    assert "地区生产总值 增长7.3%" in onepage(*report.done()).text


def test_tasks_stand_under_their_theme_with_kind_and_date(annual_report: Any) -> None:
    lines = onepage(*annual_report.done()).text.splitlines()
    at = lines.index("一、兴产业，做强工业骨架（共4项）")
    assert "[项目] 城北标准厂房6月底前全部封顶" in lines[at:]
    assert "[指标] 年内再签约亿元以上企业12家" in lines[at:]


def test_a_deadline_outside_the_title_stands_beside_it(report: Any) -> None:
    report.part("plan", "一、", "今年任务")
    report.say("9月底前，河西泵站、河东泵站一并完工。")
    report.promise("河西泵站、河东泵站一并完工", "project", by="9月底前")
    assert "[项目] 河西泵站、河东泵站一并完工（9月底前）" in onepage(*report.done()).text


def test_livelihood_matters_are_a_numbered_list(annual_report: Any) -> None:
    lines = onepage(*annual_report.done()).text.splitlines()
    at = lines.index("十件民生实事（共2项）")
    assert lines[at + 1 : at + 3] == ["1. [指标] 改造老旧小区15个", "2. [指标] 新建口袋公园4处"]


def test_titles_to_be_won_say_who_decides(annual_report: Any) -> None:
    assert "[创建·争取] 争取省级开发区扩区获批" in onepage(*annual_report.done()).text


def test_the_ladder_shows_count_words_and_members(five_year_report: Any) -> None:
    text = onepage(*five_year_report.done()).text
    assert "两条主线：工业立县；文旅兴县" in text
    assert "三大产业集群：智能装备规模突破500亿元；绿色食品规模达到150亿元；新型材料规模达到100亿元" in text


def test_every_kind_is_marked_by_a_word_as_well_as_a_shape(annual_report: Any, read_pdf: Read) -> None:
    drawn = read_pdf(onepage(*annual_report.done()).files["pdf"])
    assert {"指标", "项目", "创建"} <= set(re.findall(r"指标|项目|举措|创建|底线", drawn))


def test_the_notes_lead_from_a_number_to_its_sentence(annual_report: Any, read_pdf: Read) -> None:
    plan, document = annual_report.done()
    drawn = re.sub(r"\s", "", read_pdf(onepage(plan, document).files["pdf"]))
    place = document.text.index("173.4亿元") + 1
    assert f"[1]第{place}字初步核算，全县生产总值完成173.4亿元，比上年增长6.5%" in drawn


def test_the_foot_names_the_source_and_makes_the_promise(annual_report: Any, read_pdf: Read) -> None:
    plan, document = annual_report.done()
    drawn = re.sub(r"\s", "", read_pdf(onepage(plan, document).files["pdf"]))
    assert "本图由报告原文自动生成，每个数字均可在原文中找到。" in drawn
    assert "云岭县-2023.txt" in drawn
    assert plan.document.sha256[:16] in drawn


def test_without_targets_the_promised_numbers_stand_in(report: Any) -> None:
    report.part("plan", "一、", "今后五年")
    report.say("航空装备规模突破500亿元。参保率稳定在95%以上。")
    first = report.figure("500亿元", "航空装备规模", tense="plan", comparator="gt")
    report.promise("航空装备规模突破500亿元", "target", first)
    second = report.figure("95%", "参保率", tense="plan", comparator="ge")
    report.promise("参保率稳定在95%以上", "hold", second)
    lines = onepage(*report.done()).text.splitlines()
    at = lines.index("量化目标")
    assert lines[at + 1 : at + 3] == ["航空装备规模 突破500亿元", "参保率 稳定在95%以上"]


def test_a_report_with_two_reviews_gets_two_panels(report: Any) -> None:
    for number, title in (("一、", "过去五年工作回顾"), ("二、", "上一年工作回顾")):
        report.part("review", number, title)
        report.say("城区面积扩大到32平方公里。")
        report.figure("32平方公里", "城区面积")
    lines = onepage(*report.done()).text.splitlines()
    assert "过去五年工作回顾" in lines
    assert "上一年工作回顾" in lines


def test_an_empty_plan_is_a_problem_and_no_picture() -> None:
    pictures = onepage(Plan(), Document.from_text(""))
    assert [problem.code for problem in pictures.problems] == ["W023"]
    assert pictures.files == {}
    assert has_errors(pictures.problems)


@pytest.mark.parametrize("theme", themes())
def test_every_theme_draws(annual_report: Any, theme: str) -> None:
    plan, document = annual_report.done()
    calm = onepage(plan, document, formats=["svg"]).files["svg"]
    other = onepage(plan, document, formats=["svg"], theme=theme).files["svg"]
    assert (other == calm) == (theme == "calm")


def test_the_svg_tells_a_screen_reader_what_it_shows(annual_report: Any) -> None:
    pictures = onepage(*annual_report.done(), formats=["svg"])
    root = ElementTree.fromstring(pictures.files["svg"])
    name = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    title, about = root.find(f"{name}title"), root.find(f"{name}desc")
    assert title is not None
    assert about is not None
    assert (title.text, about.text) == ("云岭县2023年政府工作报告 一图读懂", pictures.text)
    assert root.get("aria-labelledby") == title.get("id")


def test_the_pdf_is_tagged_titled_and_says_its_language(annual_report: Any) -> None:
    pdf = onepage(*annual_report.done(), formats=["pdf"]).files["pdf"]
    assert b"/MarkInfo" in pdf
    assert b"/Lang(zh-CN)" in pdf.replace(b"/Lang (", b"/Lang(")
    assert b"pdfuaid:part>1<" in pdf


@pytest.mark.parametrize(
    ("role", "heading"), [("review", "成绩单"), ("targets", "主要预期目标"), ("livelihood", "民生实事")]
)
def test_a_part_without_a_short_title_gets_a_heading_of_ours(report: Any, role: str, heading: str) -> None:
    report.part(role, "一、", "关于城乡统筹" * 8)
    report.say("新建体育公园6处。")
    report.promise(
        "新建体育公园6处", "target", report.figure("6处", "体育公园", tense="done" if role == "review" else "plan")
    )
    assert any(line.startswith(heading) for line in onepage(*report.done()).text.splitlines())


def test_an_estimate_is_shown_as_one(report: Any) -> None:
    report.part("review", "一、", "去年回顾")
    report.say("预计全年粮食总产可达4.6亿斤。")
    report.figure("4.6亿斤", "粮食总产", hedge="预计")
    assert "粮食总产 可达4.6亿斤（预计）" in onepage(*report.done()).text


def test_the_year_of_a_target_is_shown_where_the_heading_does_not_say_it(report: Any) -> None:
    report.part("targets", "一、", "主要目标")
    report.say("到2026年，全区森林覆盖率达到61%，今年空气优良天数达到300天。")
    at = report.text.index("到2026年")
    later = Period(text="到2026年", start=at, end=at + 6)
    report.figure("61%", "全区森林覆盖率", tense="plan", period=later)
    at = report.text.index("今年")
    report.figure("300天", "空气优良天数", tense="plan", period=Period(text="今年", start=at, end=at + 2))
    lines = onepage(*report.done()).text.splitlines()
    assert "全区森林覆盖率 达到61%（到2026年）" in lines
    assert "空气优良天数 达到300天" in lines


def test_themes_of_the_five_years_and_of_the_year_stand_apart(report: Any) -> None:
    for number, title in (("一、", "今后五年主要任务"), ("二、", "2023年重点工作")):
        part = report.part("plan", number, title)
        for at, theme in (("（一）", "兴产业"), ("（二）", "惠民生")):
            report.part("plan", at, theme, parent=part)
            report.say("疏浚城南河道。")
            report.promise("疏浚城南河道", "action")
    report.part("government", "三、", "建设清廉政府")
    report.say("办好政务公开日。")
    report.promise("办好政务公开日", "action")
    lines = [line for line in onepage(*report.done()).text.splitlines() if line]
    heads = [line for line in lines if not line.startswith("[")][2:-1]
    five, year = ["今后五年主要任务", "一、兴产业", "二、惠民生"], ["2023年重点工作", "一、兴产业", "二、惠民生"]
    assert heads == [*five, *year, "政府自身建设", "建设清廉政府"]


def test_a_part_with_one_part_gives_the_themes_inside_it(report: Any) -> None:
    outer = report.part("plan", "", "未来五年")
    inner = report.part("plan", "", "争当先锋", parent=outer)
    for at, theme in (("1 ", "高度 做强产业"), ("2 ", "温度 办好民生")):
        report.part("plan", at, theme, parent=inner)
        report.say("疏浚城南河道。")
        report.promise("疏浚城南河道", "action")
    lines = onepage(*report.done()).text.splitlines()
    assert "1、高度　做强产业" in lines
    assert "2、温度　办好民生" in lines


def test_what_stands_in_the_box_is_no_theme_again(five_year_report: Any) -> None:
    box = five_year_report.sections[-1].id
    five_year_report.part("plan", "", "完成六项任务", parent=box)
    five_year_report.say("疏浚城南河道。")
    five_year_report.promise("疏浚城南河道", "action")
    assert "完成六项任务" not in onepage(*five_year_report.done()).text


def test_headlines_of_a_newspaper_join_the_part_that_looks_back(report: Any) -> None:
    report.part("review", "", "导语")
    report.say("全区生产总值增至460亿元。")
    report.figure("460亿元", "全区生产总值")
    report.part("review", "", "过去五年")
    report.say("城区面积扩大到32平方公里。")
    report.figure("32平方公里", "城区面积")
    lines = onepage(*report.done()).text.splitlines()
    assert "导语" not in lines
    at = lines.index("过去五年")
    assert lines[at + 1 : at + 3] == ["全区生产总值 增至460亿元", "城区面积 扩大到32平方公里"]


def test_where_an_indicator_was_is_not_shown_as_where_it_is(report: Any) -> None:
    report.part("review", "一、", "过去五年回顾")
    report.say("一般公共预算收入由10.8亿元增加到15.2亿元，外贸进出口总额从2016年的12亿元增至38.5亿元。")
    for number, name in (("10.8亿元", "一般公共预算收入"), ("15.2亿元", "一般公共预算收入")):
        report.figure(number, name)
    for number, name in (("12亿元", "外贸进出口总额"), ("38.5亿元", "外贸进出口总额")):
        report.figure(number, name)
    lines = onepage(*report.done()).text.splitlines()
    assert "一般公共预算收入 增加到15.2亿元" in lines
    assert "外贸进出口总额 增至38.5亿元" in lines


def test_numbers_of_two_years_are_two_cards(report: Any) -> None:
    report.part("targets", "一、", "主要目标")
    report.say("粮食产能2023年达到4.6亿斤，到2026年达到5.1亿斤。")
    for number, year in (("4.6亿斤", "2023年"), ("5.1亿斤", "到2026年")):
        at = report.text.index(year)
        report.figure(number, "粮食产能", tense="plan", period=Period(text=year, start=at, end=at + len(year)))
    lines = onepage(*report.done()).text.splitlines()
    assert "粮食产能 达到4.6亿斤（2023年）" in lines
    assert "粮食产能 达到5.1亿斤（到2026年）" in lines
