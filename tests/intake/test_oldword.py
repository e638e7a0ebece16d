"""Word 97–2003 and WPS documents: pieces of one byte and two, formatting that hides text, lists, tables, notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from old_word_files import OldWord, ole, sprm, text_doc

from luoshi.intake import Opened
from luoshi.intake.limits import DEFAULT
from luoshi.intake.oldword import read_doc
from luoshi.intake.oldwordparts import number, properties
from luoshi.intake.reading import Refusal, clean

DELETED, INSERTED, HIDDEN = sprm(0x0800, 1, 1), sprm(0x0801, 1, 1), sprm(0x083C, 1, 1)
IN_TABLE, ROW_END = sprm(0x2416, 1, 1), sprm(0x2416, 1, 1) + sprm(0x2417, 1, 1)


def lines(made: OldWord) -> list[str]:
    return read_doc(made.file(), DEFAULT).text.split("\n")


def listed(use: int, level: int) -> bytes:
    return sprm(0x460B, use, 2) + sprm(0x260A, level, 1)


@pytest.mark.parametrize("name", ["报告.doc", "报告.wps"])
def test_a_report_comes_back(opened: Callable[..., Opened], name: str) -> None:
    text = "政府工作报告\n各位代表：\n全年增长5.8%，新增学位2400个。"
    made = opened(name, text_doc(text))
    assert made.problems == ()
    assert made.document is not None
    assert made.document.text == text


def test_pieces_of_one_byte_and_of_two_are_joined() -> None:
    made = OldWord([("全年增长", False), ("5.8% “GDP” ", True), ("左右\r", False), ("CPI 2%\r", True)])
    assert lines(made) == ["全年增长5.8% “GDP” 左右", "CPI 2%"]


def test_tracked_and_hidden_text() -> None:
    text = "新增学位20002400个草稿\r"
    made = OldWord([(text, False)], formats=[(4, 8, DELETED), (8, 12, INSERTED), (13, 15, HIDDEN)])
    reading = read_doc(made.file(), DEFAULT)
    assert reading.text == "新增学位2400个"
    assert [remark.code for remark in reading.remarks] == ["I030", "I031"]


def test_deleting_a_paragraph_mark_joins_the_paragraphs() -> None:
    assert lines(OldWord([("新增\r2400个\r", False)], formats=[(2, 3, DELETED)])) == ["新增2400个"]


def test_formatting_reaches_over_pieces() -> None:
    made = OldWord([("保留删", False), ("gone", True), ("除完\r", False)], formats=[(2, 7, DELETED), (7, 8, DELETED)])
    assert lines(made) == ["保留完"]


def test_fields_show_their_results() -> None:
    text = '见\x13 HYPERLINK "http://x" \x14全文\x15。第\x13 PAGE \x15页，\x13 eq \\o\\ac(○,3) \x15推进\r'
    assert lines(OldWord([(text, False)])) == ["见全文。第页，③推进"]


def test_special_characters() -> None:
    assert lines(OldWord([("甲\x0b乙\x1e丙\x1f丁\x01\x08戊\x05\t己\x0c庚\r", False)])) == ["甲", "乙-丙丁戊\t己", "庚"]


def test_symbols_are_taken_from_their_font() -> None:
    symbol = sprm(0x6A09, 1 | 0xF0B3 << 16, 4)
    assert lines(OldWord([("参保率(95%(注)\r", False)], formats=[(3, 4, symbol)], fonts=["宋体", "Symbol"])) == [
        "参保率≥95%(注)"
    ]


def test_automatic_numbers_and_headings() -> None:
    made = OldWord(
        [("回顾\r稳中向好\r增长5.8%\r新增学位\r安排\r扩大内需\r正文\r", False)],
        styles=[(0, b""), (1, b""), (2, listed(1, 1)), (0x0FFE, sprm(0x2640, 2, 1))],
        paragraphs=[
            (1, listed(1, 0)),
            (2, b""),
            (0, listed(1, 2)),
            (0, listed(1, 2)),
            (1, listed(1, 0)),
            (2, b""),
            (3, b""),
        ],
        lists=[[(37, "\0、"), (39, "（\1）"), (0, "\2.")]],
    )
    reading = read_doc(made.file(), DEFAULT)
    assert reading.text.split("\n") == [
        "一、回顾",
        "（一）稳中向好",
        "1.增长5.8%",
        "2.新增学位",
        "二、安排",
        "（一）扩大内需",
        "正文",
    ]
    assert [(reading.text[one.start : one.end], one.level) for one in reading.marks] == [
        ("一、回顾", 1),
        ("（一）稳中向好", 2),
        ("二、安排", 1),
        ("（一）扩大内需", 2),
        ("正文", 3),
    ]


def test_tables_are_flattened_and_marked() -> None:
    made = OldWord(
        [("前\r指标\x07目标\x07\x07生产\r总值\x07460亿元\x07\x07后\r", False)],
        paragraphs=[(0, b""), *[(0, IN_TABLE)] * 2, (0, ROW_END), *[(0, IN_TABLE)] * 3, (0, ROW_END), (0, b"")],
    )
    reading = read_doc(made.file(), DEFAULT)
    assert reading.text == "前\n指标\t目标\n生产 总值\t460亿元\n后"
    (mark,) = reading.marks
    assert mark.kind == "table"
    assert reading.text[mark.start : mark.end] == "指标\t目标\n生产 总值\t460亿元"


def test_notes_and_text_boxes_follow_the_body_and_headers_are_dropped() -> None:
    body, feet, header, ends, boxes = (
        "两重\x02一新\x02。\r",
        "\x02 重大战略\r\x02两新\r",
        "页眉\r",
        "\x02尾注\r",
        "数读\r\r",
    )
    counts = [len(body), len(feet), len(header), 0, 0, len(ends), len(boxes), 0]
    made = OldWord([(body + feet + header + ends + boxes, False)], counts=counts)
    assert lines(made) == ["两重一新。", "数读", "注释", "[1]重大战略", "[2]两新", "[3]尾注"]


def test_text_that_is_missing_is_no_text() -> None:
    whole = OldWord([("各位代表" * 3000 + "\r", False)])
    streams = whole.streams()
    with pytest.raises(Refusal) as refused:
        read_doc(ole(streams | {"WordDocument": streams["WordDocument"][:5000]}), DEFAULT)
    assert refused.value.remark.code == "I013"


@pytest.mark.parametrize(
    ("streams", "words"),
    [({"Workbook": b"x"}, "表格"), ({"PowerPoint Document": b"x"}, "演示"), ({"Contents": b"x"}, "复合")],
)
def test_other_contents_are_named(opened: Callable[..., Opened], streams: dict[str, bytes], words: str) -> None:
    (found,) = opened("a.doc", ole(streams)).problems
    assert found.code == "I010"
    assert words in found.message


def test_macros_that_were_emptied_are_no_macros() -> None:
    assert read_doc(OldWord([("正文\r", False)]).file({"Macros/PROJECT": b"x"}), DEFAULT).text == "正文"


def test_a_stream_that_goes_round_in_a_circle_is_damage() -> None:
    """A sector that follows itself would be read until the size is reached that the directory claims: gigabytes."""
    whole = bytearray(text_doc("全年增长5.8%。"))
    entry = whole.index("WordDocument".encode("utf-16-le"))
    start = number(whole, entry + 116, 4)
    table = (number(whole, 0x4C, 4) + 1) * 512
    whole[table + 4 * start : table + 4 * start + 4] = start.to_bytes(4, "little")
    whole[entry + 120 : entry + 124] = (1 << 21).to_bytes(4, "little")
    with pytest.raises(Refusal) as refused:
        read_doc(bytes(whole), DEFAULT)
    assert refused.value.remark.code == "I013"


@given(st.text(st.characters(codec="utf-16-le", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=300))
def test_any_text_comes_back(text: str) -> None:
    # U+0007 and the like are structure; "(" could be a symbol only with its own formatting.
    assert read_doc(text_doc(text), DEFAULT).text == clean(text)


@given(st.integers(0, 2400), st.binary(min_size=1, max_size=24))
def test_damage_anywhere_is_refused_or_read_but_never_raised(at: int, junk: bytes) -> None:
    made = OldWord(
        [("回顾\r安排\r", False), ("plain\r", True)],
        paragraphs=[(1, listed(1, 0))],
        styles=[(0, b""), (1, b"")],
        lists=[[(37, "\0、")]],
        formats=[(1, 2, HIDDEN)],
        fonts=["宋体"],
    )
    streams = made.streams()
    half = at % 2
    name = ("WordDocument", "0Table")[half]
    data = bytearray(streams[name])
    place = at % max(1, min(len(data), 0x300))
    data[place : place + len(junk)] = junk
    try:
        read_doc(ole(streams | {name: bytes(data)}), DEFAULT)
    except Refusal as refusal:
        assert refusal.remark.code.startswith("I0")  # noqa: PT017


def test_numbers_past_the_end_are_zero_and_properties_end_with_their_bytes() -> None:
    assert number(b"\x01", 0, 4) == 1
    assert number(b"", 7, 2) == 0
    assert number(b"\xff", -1, 1) == 0
    assert properties(b"\x00\x08\x01\x3c") == {0x0800: 1}
    assert properties(b"\x15\xc6\x02\xaa\xbb\x3c\x08\x01") == {0x083C: 1}
