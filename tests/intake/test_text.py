"""Plain text in the encodings people have, and Markdown."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_LE
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.intake import Opened
from luoshi.intake.garble import judge
from luoshi.intake.reading import Reading, clean
from luoshi.intake.text import decode
from luoshi.source import Mark

SIMPLE = "各位代表：现在，我代表区人民政府报告工作。2024年，地区生产总值增长5.8%左右，达到460.5亿元。\n一、工作回顾\n"
TRADITIONAL = "各位代表：現在，我代表區人民政府報告工作。全年經濟增長百分之五點八，人民生活持續改善。\n"


def read(opened: Opened) -> str:
    assert opened.document is not None, opened.problems
    return opened.document.text


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (SIMPLE.encode(), []),
        (BOM_UTF8 + SIMPLE.encode(), []),
        (SIMPLE.encode("gb18030"), []),
        (b"\x84\x31\x95\x33" + SIMPLE.encode("gb18030"), []),
        (BOM_UTF16_LE + SIMPLE.encode("utf-16-le"), []),
        (BOM_UTF16_BE + SIMPLE.encode("utf-16-be"), []),
        (BOM_UTF32_LE + SIMPLE.encode("utf-32-le"), []),
        (SIMPLE.encode("utf-16-le"), ["I026"]),
        (SIMPLE.encode("utf-16-be"), ["I026"]),
    ],
    ids=["utf8", "utf8-bom", "gb18030", "gb18030-bom", "utf16le-bom", "utf16be-bom", "utf32-bom", "utf16le", "utf16be"],
)
def test_every_encoding_gives_the_same_text(opened: Callable[..., Opened], data: bytes, codes: list[str]) -> None:
    made = opened("报告.txt", data)
    assert read(made) == SIMPLE
    assert [found.code for found in made.problems] == codes


def test_big5_is_told_from_gbk(opened: Callable[..., Opened]) -> None:
    made = opened("報告.txt", TRADITIONAL.encode("big5"))
    assert read(made) == TRADITIONAL
    (note,) = made.problems
    assert (note.code, note.severity) == ("I026", "note")
    assert "BIG5" in note.message


def test_rare_names_survive_gb18030(opened: Callable[..., Opened]) -> None:
    text = "区长㛃建国、副区长喆珺镕，到𬭚矿调研。" + SIMPLE
    assert read(opened("a.txt", text.encode("gb18030"))) == text


def test_line_ends_marks_and_unseen_characters_are_put_in_order(opened: Callable[..., Opened]) -> None:
    data = BOM_UTF8 + "各位代表：\r\n增\x00长\ufeff5\u200b.\u202e8%\r一、回\x07顾\u2028完\x0c".encode()
    assert read(opened("a.txt", data)) == "各位代表：\n增长5.8%\n一、回顾\n完\n"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once.encode("utf-8").decode("utf-8") == once
    assert not set(once) & {"\r", "\0", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\ufeff", "\u202e"}


@given(st.text(st.sampled_from("各位代表区人民政府工作报告，。、0123456789%\n ℃㎡①·—“”"), min_size=1))
def test_cleaning_leaves_ordinary_writing_alone(text: str) -> None:
    assert clean(text) == text


def test_a_single_lost_character_is_a_warning_with_its_place_shown(opened: Callable[..., Opened]) -> None:
    data = (SIMPLE * 20).encode()
    made = opened("a.txt", data[:300] + b"\xff" + data[301:])
    (lost,) = made.problems
    assert (lost.code, lost.severity) == ("I025", "warning")
    assert "\ufffd" in read(made)
    assert "\ufffd" in lost.message


def test_a_text_cut_in_the_middle_of_a_character_is_still_read(opened: Callable[..., Opened]) -> None:
    for encoding in ("utf-8", "gb18030"):
        made = opened("a.txt", ("报告" * 200).encode(encoding)[:-1])
        assert read(made).startswith("报告报告")
        assert [found.code for found in made.problems] == ["I025"]


@pytest.mark.parametrize("word", ["锟斤拷", "烫烫烫", "????", "\ufffd"])
def test_one_slip_or_a_mention_is_not_garbage(word: str) -> None:
    assert all(one.code != "I024" for one in judge(Reading(SIMPLE * 20 + word)))


def test_an_english_text_is_not_garbage() -> None:
    assert judge(Reading("This is the report of the government. Growth was 5.8 per cent. " * 20)) == ()


COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过产种面而"
    "方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去性"
    "好应开合还因由前外天政四日社义事平形相全表间与关各重新线内数正心明看原利比但质气第向道条只结解问意建"
    "月公无系情者最立代已通并提直题党程展五果员革位入常文总次品式活设及管特件长求老基资边流路级少图山统接"
    "知较将组见计别手期根运农指几九区强放决做必战先回则任取据处队给色光门即保治造百规领七海口东导器志世金"
    "增争济油术极交受联认六共权收证改清再采转更单风教速花带安场身车真务具万每目至达走积示议报完类八离华名"
    "确才科信节"
)


@given(st.text(st.sampled_from(COMMON + "，。、：0123456789%\n"), min_size=12))
def test_any_chinese_text_comes_back_from_every_encoding(text: str) -> None:
    text = "政府工作，" + text
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        assert decode(text.encode(encoding))[0] == text, encoding
    assert decode(BOM_UTF16_LE + text.encode("utf-16-le"))[0] == text
    in_big5 = text.encode("big5", "ignore").decode("big5")
    if len(in_big5) >= 12:
        assert decode(in_big5.encode("big5"))[0] == in_big5


@given(st.binary(max_size=300))
def test_no_bytes_make_decoding_fail_otherwise_than_by_refusing(data: bytes) -> None:
    from luoshi.intake.reading import Refusal

    try:
        text, encoding = decode(data)
    except Refusal as refusal:
        assert refusal.remark.code == "I023"  # noqa: PT017
    else:
        assert isinstance(text, str)
        assert encoding


def test_every_real_report_survives_gb18030_and_utf16(real_report: Path) -> None:
    text = real_report.read_text(encoding="utf-8")
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        assert decode(text.encode(encoding))[0] == text
    assert all(one.code != "I024" for one in judge(Reading(text)))


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────────────────────────

MARKDOWN = """---
title: 报告
---
# 政府工作报告

<!-- 草稿 -->
各位代表：
## 一、**2024年**工作回顾 ##
全年增长**5.8%**，[详见附件](a.docx)。![图](a.png)
> 坚持稳中求进
工作安排
--------
1. 新增学位2\\*400个
- *重点*任务

| 指标 | 目标 |
|------|-----:|
| 生产总值 | **460**亿元 |

***
完
"""


def test_markdown_loses_its_signs_and_keeps_its_words(opened: Callable[..., Opened]) -> None:
    made = opened("报告.md", MARKDOWN.encode())
    assert made.problems == ()
    assert [line for line in read(made).split("\n") if line] == [
        "政府工作报告",
        "各位代表：",
        "一、2024年工作回顾",
        "全年增长5.8%，详见附件。",
        "坚持稳中求进",
        "工作安排",
        "1. 新增学位2*400个",
        "- 重点任务",
        "指标\t目标",
        "生产总值\t460亿元",
        "完",
    ]


def test_markdown_headings_and_tables_are_marked(opened: Callable[..., Opened]) -> None:
    document = opened("报告.md", MARKDOWN.encode()).document
    assert document is not None
    headings = [(document.text[one.start : one.end], one.level) for one in document.marks if one.kind == "heading"]
    assert headings == [("政府工作报告", 1), ("一、2024年工作回顾", 2), ("工作安排", 2)]
    (table,) = (one for one in document.marks if one.kind == "table")
    assert document.text[table.start : table.end] == "指标\t目标\n生产总值\t460亿元"


def test_a_plain_text_keeps_what_looks_like_markdown(opened: Callable[..., Opened]) -> None:
    text = "# 报告\n**重点** 5*3=15\n"
    document = opened("a.txt", text.encode()).document
    assert document is not None
    assert (document.text, document.marks) == (text, ())


@given(st.text(st.sampled_from("# *_`|->[]()!\\\n报告1."), max_size=80))
def test_no_markdown_fails_or_misplaces_a_mark(text: str) -> None:
    from luoshi.intake.limits import DEFAULT
    from luoshi.intake.markdown import read_markdown

    reading = read_markdown(text.encode(), DEFAULT)
    assert all(isinstance(one, Mark) and 0 <= one.start < one.end <= len(reading.text) for one in reading.marks)
