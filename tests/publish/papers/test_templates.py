"""Templates that an office edits: what it writes is printed; what it gets wrong is a problem with name and place."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from importlib import resources

import docx
import pytest

from luoshi.problems import Unreadable
from luoshi.publish.dossier import Dossier
from luoshi.publish.papers import Wish, kinds, own_templates, papers, templates
from luoshi.publish.papers.filling import filled
from luoshi.publish.papers.naming import FILTERS, day_in_chinese, named, names, tenth, unstopped
from luoshi.publish.papers.skeleton import skeleton

Text = Callable[[bytes], str]
TODAY = date(2023, 10, 16)


def edited(kind: str, *lines: str) -> bytes:
    """The template of ``kind`` with paragraphs put before its first."""
    document = docx.Document(io.BytesIO(templates()[f"{kinds()[kind].zh}.docx"]))
    anchor = document.paragraphs[0]
    for line in lines:
        anchor.insert_paragraph_before(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_there_is_a_template_a_kind_and_it_opens_in_word() -> None:
    found = templates()
    assert sorted(found) == sorted(f"{kind.zh}.docx" for kind in kinds().values())
    for file in found.values():
        assert docx.Document(io.BytesIO(file)).paragraphs


def test_templates_are_the_same_bytes_every_time() -> None:
    source = resources.files("luoshi.publish.papers").joinpath("words", "bulletin.txt").read_text(encoding="utf-8")
    first, second = skeleton(source), skeleton(source)
    assert docx.Document(io.BytesIO(first)).element.xml == docx.Document(io.BytesIO(second)).element.xml


def test_what_an_office_adds_is_printed_in_word_and_in_pdf(whole: Dossier, text: Text) -> None:
    own = edited("bulletin", "本区另加一句：共{{ 总数 }}项，{{ 机关.制发 }}。")
    made = papers(whole, "bulletin", Wish(templates={"bulletin": own}))
    word, pdf = made.files["通报.docx"], made.files["通报.pdf"]
    said = text(word).split("\n")[0]
    assert said.startswith("本区另加一句：共")
    assert "松岗区人民政府督查室" in said
    assert pdf.startswith(b"%PDF")


def test_what_an_office_takes_out_is_gone(whole: Dossier, text: Text) -> None:
    document = docx.Document(io.BytesIO(templates()["催办通知书.docx"]))
    for paragraph in document.paragraphs:
        if "依据是" in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
    kept = io.BytesIO()
    document.save(kept)
    wish = Wish(items=("i17",), formats=("docx",), templates={"chaser": kept.getvalue()})
    (file,) = papers(whole, "chaser", wish).files.values()
    assert "依据是" not in text(file)
    assert "催办后" in text(file)


@pytest.mark.parametrize(
    ("line", "detail", "quoted"),
    [
        ("共{{ 总树 }}项", "总树", "总树"),
        ("共{{ 机关.制法 }}项", "制法", "制法"),
        ("共{{ 总数 项", "没有配对", "总数"),
        ("{{ 今天|曰期 }}", "曰期", "曰期"),
        ("{% if 总数 %}没有收尾", "", "if"),
        ("{{ 总数 / 0 }}", "zero", "总数"),
        ("{{ 今天.__class__.__mro__ }}", "", "今天"),
        ("{{ 总数() }}", "", "总数"),
    ],
)
def test_a_slip_in_a_template_is_told_with_its_name_and_its_words(
    whole: Dossier, line: str, detail: str, quoted: str
) -> None:
    wish = Wish(formats=("docx",), templates={"bulletin": edited("bulletin", "前一段", line)})
    with pytest.raises(Unreadable) as refused:
        papers(whole, "bulletin", wish)
    (told,) = refused.value.problems
    assert told.code == "F001"
    assert "通报.docx" in told.message
    assert detail in told.message
    assert quoted in told.message


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_paragraph_of_a_slip_is_numbered_as_it_stands_in_the_file(whole: Dossier, number: int) -> None:
    lines = ["一般的话"] * 3
    lines[number - 1] = "这里{{ 写错了 }}"
    wish = Wish(formats=("docx",), templates={"bulletin": edited("bulletin", *lines)})
    with pytest.raises(Unreadable) as refused:
        papers(whole, "bulletin", wish)
    assert f"第 {number} 段" in refused.value.problems[0].message


def test_tags_that_cross_paragraphs_are_refused_not_papered_over(whole: Dossier) -> None:
    own = edited("bulletin", "{% if 总数 %}前半", "后半{% endif %}再{% if 未立项 %}一半", "{% endif %}")
    made = papers(whole, "bulletin", Wish(formats=("docx",), templates={"bulletin": own}))
    assert made.files, "balanced tags over whole paragraphs are fine"
    broken = skeleton("正文| 甲{% if 真 %}乙")
    with pytest.raises(Unreadable):
        filled(broken, {"真": True}, "坏.docx", "坏", TODAY)


@pytest.mark.parametrize("file", [b"", b"not a Word file", b"PK\x03\x04rubbish"])
def test_a_template_that_is_no_word_file_is_refused(whole: Dossier, file: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        papers(whole, "bulletin", Wish(templates={"bulletin": file}))
    assert [one.code for one in refused.value.problems] == ["F002"]


def test_a_file_that_is_named_like_no_template_is_told() -> None:
    known, odd = own_templates({"通报.docx": b"a", "通告.docx": b"b"})
    assert known == {"bulletin": b"a"}
    assert [one.code for one in odd] == ["F008"]
    assert "通告.docx" in odd[0].message


def test_what_is_in_the_data_is_text_and_never_a_statement(text: Text) -> None:
    file = filled(skeleton("正文| {{ 甲 }}"), {"甲": "{{ 乙 }}<w:t>&{% if %}"}, "试.docx", "试", TODAY)
    assert text(file) == "{{ 乙 }}<w:t>&{% if %}"


def test_a_line_break_in_the_data_is_one_on_paper(text: Text) -> None:
    file = filled(skeleton("正文| {{ 甲 }}"), {"甲": "第一行\n第二行"}, "试.docx", "试", TODAY)
    assert text(file).split("\n") == ["第一行", "第二行"]


@pytest.mark.parametrize("source", ["没有样式的一行", "不认识| 的样式", "表 12| 10 10\n行| 一格"])
def test_a_source_of_words_that_is_no_source_is_a_mistake_of_ours(source: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        skeleton(source)


def test_cells_over_several_columns_and_filters_inside_of_cells(text: Text) -> None:
    rows = [
        "头| 甲 | 乙 | 丙",
        "{% for 行 in 各行 %}",
        '行| {{ 行|日期 }} | [2] {{ 行|日期|或("无") }}',
        "{% endfor %}",
    ]
    source = "\n".join(["表 12| 10 10 10", *rows, "表尾|"])
    file = filled(skeleton(source), {"各行": [TODAY, None]}, "试.docx", "试", TODAY)
    assert text(file).split("\n") == ["甲", "乙", "丙", "2023年10月16日", "2023年10月16日", "无"]


# ── the names that a template may say ────────────────────────────────────────────────────────────────────────────────


def test_no_two_values_have_one_name() -> None:
    words = [row["zh"] for row in names()["names"].values()]
    assert sorted(set(words)) == sorted(words)


def test_every_name_says_what_it_is() -> None:
    for table in names().values():
        assert all(row["is"] for row in table.values())


def test_every_filter_is_explained_and_every_one_explained_is_there() -> None:
    assert set(names()["filters"]) == set(FILTERS)


def test_a_value_without_a_name_is_a_mistake_of_ours() -> None:
    assert named({"total": 1, "items": [{"title": "甲"}]}) == {"总数": 1, "全部事项": [{"标题": "甲"}]}
    with pytest.raises(KeyError):
        named({"unheard_of": 1})


def test_no_sentence_of_a_paper_stands_in_the_code() -> None:
    """Chinese in the modules is in docstrings and comments, or one of the words that steer a source of words."""
    import ast

    steering = {
        "正文",
        "表文",
        "表",
        "头",
        "行",
        "表尾",
        "换页",
        "横排",
        "竖排",
        "黑体",
        "中",
        "、",
        "日期",
        "数",
        "占比",
    }
    steering |= {"顿号", "去句号", "或", "〓", "。；，.; \n", r"([\d.]+)(中?)", "仿宋_GB2312"}
    home = resources.files("luoshi.publish.papers")
    for path in home.iterdir():
        if path.name.endswith(".py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            docs = {id(node.body[0].value) for node in ast.walk(tree)
                    if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and node.body
                    and isinstance(node.body[0], ast.Expr)}  # fmt: skip
            said = [node.value for node in ast.walk(tree)
                    if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
                    and any("\u4e00" <= char <= "\u9fff" for char in node.value)]  # fmt: skip
            long = [words for words in said if words not in steering and len(words) > 6]
            assert long == [], path.name


@pytest.mark.parametrize(
    ("day", "told"), [(date(2023, 6, 30), "2023年6月30日"), (date(2024, 12, 1), "2024年12月1日"), (None, "")]
)
def test_days_are_written_as_people_write_them(day: date | None, told: str) -> None:
    assert day_in_chinese(day) == told


@pytest.mark.parametrize(
    ("number", "told"), [("41.66", "41.7"), ("42.0", "42"), ("0", "0"), ("100", "100"), ("0.05", "0.1")]
)
def test_numbers_have_one_place_at_most(number: str, told: str) -> None:
    from decimal import Decimal

    assert tenth(Decimal(number)) == told


@pytest.mark.parametrize(("said", "told"), [("钱没到位。", "钱没到位"), ("无；", "无"), ("好", "好"), ("", "")])
def test_a_stop_at_the_end_goes_where_a_sentence_goes_on(said: str, told: str) -> None:
    assert unstopped(said) == told
