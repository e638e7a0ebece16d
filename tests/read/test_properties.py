"""What must hold of any report: exact spans, none read twice or dropped, hedges kept, no word read by a later one."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan import Plan
from luoshi.read import read
from luoshi.source import Document, fold

HEADINGS = st.sampled_from(
    [
        "一、2024年工作回顾",
        "二、2025年工作安排",
        "（一）主要目标",
        "三、民生实事",
        "四、加强政府自身建设",
        "今后五年的目标任务",
    ]
)
FRONT = st.sampled_from(["", "力争", "确保", "到2026年，", "年底前", "去年，", "各位代表，", "以项目为抓手，"])
MIDDLE = st.sampled_from(
    [
        *(
            "全区生产总值增长5.8%",
            "新建学校12所",
            "城镇新增就业1.2万人以上",
            "PM2.5平均浓度控制在35微克以内",
            "居民收入达到三万五千元",
        ),
        *(
            "推进老旧小区改造",
            "开工建设城北水厂",
            "让群众更有盼头",
            "覆盖率不低于九成",
            "总量翻一番",
            "三大目标：一是强工、二是兴农、三是富民",
        ),
        *(
            "压减项目三分之一左右",
            "“三高四新”战略",
            "全市排名前三",
            "完成投资1,200亿元",
            "森林覆盖率45%—50%",
            "比上年提高2个百分点",
        ),
    ]
)
SENTENCES = st.lists(st.tuples(FRONT, MIDDLE).map("".join), min_size=1, max_size=4).map(
    lambda all_: "，".join(all_) + "。"
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3).map("".join) | HEADINGS
REPORTS = st.lists(PARAGRAPHS, min_size=1, max_size=8).map(lambda all_: "\n".join(["政府工作报告", *all_]))
LAST = st.sampled_from(["这一段话与报告没有关系。", "谢谢大家！", "（2025年1月8日）", "附件：名单"])
WIDE = {ord(char): ord(char) + 0xFEE0 for char in "0123456789"} | {ord("%"): ord("％"), ord("一"): ord("⼀")}
IN_WORDS = re.compile("[零〇一二三四五六七八九十百千万亿两半成番首倍]")
BOUNDS = {
    "不低于": "ge", "不少于": "ge", "至少": "ge", "超过": "gt", "突破": "gt", "不超过": "le", "低于": "lt",
    "约": "approx", "": "eq",
}  # fmt: skip


def planned(text: str) -> Plan:
    return read(Document.from_text(text, "松岗区-2025.txt"))


@given(REPORTS)
def test_every_stretch_lies_in_the_document_and_quotes_it(text: str) -> None:
    plan = planned(text)
    quoted = [
        *plan.figures,
        *plan.commitments,
        *plan.ladder,
        *(member for rung in plan.ladder for member in rung.members),
    ]
    quoted += [part for figure in plan.figures for part in (figure.indicator, figure.period) if part]
    assert [one.text for one in quoted] == [text[one.start : one.end] for one in quoted]
    for one in (*quoted, *plan.sections, *plan.unread, *plan.problems):
        if one.start is not None and one.end is not None:
            assert 0 <= one.start <= one.end <= len(text)
    for one in plan.commitments:
        if one.deadline.text is not None:
            assert one.deadline.text in text


@given(REPORTS)
def test_stretches_of_one_kind_are_apart(text: str) -> None:
    plan = planned(text)
    for found in (plan.figures, plan.commitments, plan.unread, plan.ladder):
        assert all(one.end <= after.start for one, after in pairwise(found))


@given(REPORTS)
def test_reading_again_gives_the_same_bytes(text: str) -> None:
    assert planned(text).to_json() == planned(text).to_json()


@given(REPORTS, LAST)
def test_what_follows_changes_nothing_before_it(text: str, last: str) -> None:
    """Of the last four clauses the kind may change, for a clause is judged with those around; all else stays."""
    text = f"{text}\n六、加强政府自身建设\n坚持依法行政。"
    before, after = planned(text), planned(f"{text}\n{last}")
    assert after.figures[: len(before.figures)] == before.figures
    firm = max(0, len(before.commitments) - 4)
    assert after.commitments[:firm] == before.commitments[:firm]
    places = [(one.start, one.end) for one in before.commitments]
    assert [(one.start, one.end) for one in after.commitments[: len(places)]] == places
    kept = [(one.title, one.role, one.start) for one in before.sections]
    assert [(one.title, one.role, one.start) for one in after.sections[: len(kept)]] == kept


@given(REPORTS)
def test_full_width_and_look_alike_characters_read_alike(text: str) -> None:
    """Digits ０ to ９, ％ and the radical ⼀ change no value and no place; what is quoted is as it was written."""
    wide = text.translate(WIDE)
    plain, same = planned(text), planned(wide)
    for name in ("start", "end", "value", "value2", "comparator", "measure", "tense"):
        assert [getattr(one, name) for one in plain.figures] == [getattr(one, name) for one in same.figures]
    told = [(one.start, one.end, one.kind, one.strength, one.deadline.date) for one in plain.commitments]
    assert told == [(one.start, one.end, one.kind, one.strength, one.deadline.date) for one in same.commitments]
    assert all(one.text == wide[one.start : one.end] for one in (*same.figures, *same.commitments))


@given(REPORTS)
def test_every_number_of_a_target_stands_in_its_words(text: str) -> None:
    """A figure of an item lies inside one of its clauses, and its value is written there, in digits or in words."""
    plan = planned(text)
    figures = {one.id: one for one in plan.figures}
    commitments = {one.id: one for one in plan.commitments}
    for item in plan.items:
        held = [commitments[name] for name in item.commitments]
        for figure in (figures[name] for name in item.figures):
            assert any(one.start <= figure.start and figure.end <= one.end for one in held)
            written = fold(figure.text).replace(",", "")
            for value in filter(None, (figure.value, figure.value2)):
                assert value in written or IN_WORDS.search(written)


@given(REPORTS)
def test_no_sentence_is_dropped(text: str) -> None:
    """A word is in a figure, a promise, a heading, or in a stretch that says why it was not read."""
    plan = planned(text)
    told = {at for one in (*plan.figures, *plan.commitments, *plan.unread) for at in range(one.start, one.end)}
    for section in plan.sections:
        words = len("".join(f"{section.number}{section.title}".split()))
        solid = [at for at in range(section.start, section.end) if not text[at].isspace()]
        told |= set(solid[:words])
    assert [text[at] for at in range(len(text)) if text[at].isalnum() and at not in told] == []
    assert all(one.why for one in plan.unread)


@given(
    st.sampled_from(["力争", "争取", "预计", "确保", ""]),
    st.sampled_from(sorted(BOUNDS)),
    st.integers(1, 99),
    st.sampled_from(["左右", "以上", "以内", ""]),
)
def test_a_hedge_is_never_lost(hedge: str, bound: str, value: int, after: str) -> None:
    """力争 in front stays beside the figure; 不低于 in front or 左右 behind bounds it; no bound comes from nowhere."""
    after = "" if bound else after
    (figure,) = planned(f"一、2025年主要目标\n{hedge}绿化覆盖率{bound or '达到'}{value}%{after}。").figures
    behind = {"左右": "approx", "以上": "ge", "以内": "le", "": "eq"}[after]
    assert figure.comparator == (BOUNDS[bound] if bound else behind)
    assert figure.hedge == (hedge or None)
    assert figure.value == str(value)
