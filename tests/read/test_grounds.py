"""Why parts, promises, items, rungs and unread stretches are what they are: one small report a rule."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from luoshi.read.explain import Reason, Why, explain
from luoshi.source import Document


def why(text: str, words: str, name: str = "甲区-2024.txt") -> Why:
    at = text.index(words)
    return explain(Document.from_text(text, name), at, at + len(words))


def every(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for one in reasons:
        yield one
        yield from every(one.below)


def steps(found: Why, thing: str, what: str) -> list[Reason]:
    return [one for other in found.found if other.thing == thing for one in every(other.reasons) if one.what == what]


HEAD = "甲区人民政府工作报告\n\n"
REVIEW = "一、2023年工作回顾\n\n（一）加强政府自身建设。全年办理建议163件，办结率100%。\n\n"
PLAN = "二、2024年重点工作\n\n（一）扎实办好民生实事\n\n改造老旧小区30个。\n\n（二）抓好产业\n\n"
RUNG = "实施三大行动：招商行动、强链行动、育才行动。\n\n"
TARGETS = "2024年今年全区要奔的主要预期目标是：地区生产总值增长7%左右。\n\n"
END = "各位代表，让我们紧密团结在一起，为建设美好甲区而努力奋斗！\n"
REPORT = HEAD + REVIEW + PLAN + RUNG + TARGETS + END


@pytest.mark.parametrize(
    ("words", "role", "what", "said"),
    [
        ("2023年工作回顾", "review", "title", "回顾"),
        ("办理建议", "review", "title_kept", "自身建设"),
        ("2024年重点工作", "plan", "title", "重点工作"),
        ("老旧小区", "livelihood", "title", "民生实事"),
        ("抓好产业", "plan", "inherited", ""),
        ("地区生产总值", "targets", "text", "预期目标是"),
    ],
)
def test_a_section_says_which_rule_gave_it_its_role(words: str, role: str, what: str, said: str) -> None:
    around = why(REPORT, words).sections[-1]
    assert around.section.role == role
    assert around.reason.what == what
    assert said in around.reason.words
    if what not in ("inherited",):
        assert around.reason.file == "roles.toml"
        assert around.reason.row


def test_a_part_without_words_in_its_title_is_told_by_its_year() -> None:
    text = HEAD + "一、2023年\n\n全区生产总值增长7%。\n\n二、2024年\n\n全区生产总值增长8%。\n"
    told = [why(text, words).sections[-1].reason for words in ("7%", "8%")]
    assert [(one.what, one.words) for one in told] == [("title_year", "2023"), ("title_year", "2024")]


def test_a_part_without_any_sign_is_told_by_what_its_sentences_look_at() -> None:
    text = HEAD + "一、产业方面\n\n新建了厂房5座，完成了改造。\n\n二、民生方面\n\n新增了学位500个，获评先进。\n"
    around = why(text, "厂房5座").sections[-1]
    assert (around.section.role, around.reason.what) == ("review", "looks")


def test_what_stands_above_the_first_heading_says_so() -> None:
    around = why(
        "甲区人民政府工作报告\n\n各位代表：\n\n现在，我向大会报告工作。\n\n一、2023年工作回顾\n\n增长7%。\n", "现在"
    ).sections[-1]
    assert (around.section.role, around.reason.what) == ("opening", "above")


def test_a_wish_by_its_part_names_the_part() -> None:
    text = (
        HEAD + "一、2024年总体要求\n\n坚持稳中求进，加快建设现代化产业体系。\n\n二、2024年重点工作\n\n新建学校5所。\n"
    )
    (wish,) = steps(why(text, "加快建设现代化"), "commitment", "wish")
    assert (wish.says, wish.file) == ("guidance", "clauses.toml")
    assert steps(why(text, "加快建设现代化"), "commitment", "kind") == []


def test_a_rung_names_its_head_and_its_members() -> None:
    found = why(REPORT, "三大行动")
    (head,) = steps(found, "rung", "head")
    assert (head.says, head.row) == ("3", "[heads.firm] 行动")
    assert [one.words for one in steps(found, "rung", "member")] == ["招商行动", "强链行动", "育才行动"]


def test_title_lines_are_no_running_text() -> None:
    (aside,) = steps(why(REPORT, "甲区人民政府"), "unread", "aside")
    assert (aside.says, aside.file) == ("front", "outline.toml")


def test_an_account_of_what_was_done_is_unread_by_the_role_of_its_part() -> None:
    (reason,) = steps(why(REPORT, "全年办理建议"), "unread", "unread")
    assert reason.says == "account"
    assert reason.row == "[role] review = account"


def test_two_commitments_of_one_sentence_are_one_matter_and_say_so() -> None:
    text = HEAD + "一、2024年重点工作\n\n建成东城水厂，完善河长制工作机制，健全巡查制度。\n"
    found = why(text, "东城水厂")
    matters = {one.says for one in steps(found, "item", "matter")}
    assert matters == {"together"}


@pytest.mark.parametrize(
    ("clause", "says", "words"),
    [("争取创建国家卫生城市", "seek", "争取"), ("配合做好铁路建设", "assist", "配合"), ("建成东城水厂", "own", "")],
)
def test_strength_is_told_by_its_words(clause: str, says: str, words: str) -> None:
    text = HEAD + f"一、2024年重点工作\n\n{clause}，2024年新建学校5所。\n"
    (strength,) = steps(why(text, clause), "commitment", "strength")
    assert (strength.says, words in strength.words) == (says, True)
    assert strength.file == "kinds.toml"


def test_a_unit_that_is_proposed_names_its_row_and_a_stated_one_none() -> None:
    text = HEAD + "一、2024年重点工作\n\n建成东城水厂，新建学校5所。（责任单位：区教育局）\n"
    leads = steps(why(text, "新建学校"), "item", "lead")
    assert [one.says for one in leads] == ["区教育局"]
    assert (leads[0].file, leads[0].row) == ("units.toml", "stated")
    proposed = steps(why(REPORT, "老旧小区"), "item", "lead")
    assert [one.file for one in proposed] == ["units.csv"]
    assert ": " in proposed[0].row


def test_a_deadline_by_the_title_names_the_words_of_time_in_it() -> None:
    found = why(REPORT, "老旧小区")
    (day,) = steps(found, "commitment", "deadline")
    assert day.says == "2024-12-31"
    assert [one.says for one in steps(found, "commitment", "basis")] == ["section"]
    assert [one.words for one in steps(found, "commitment", "title")] == ["2024年"]
