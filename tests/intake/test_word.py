"""Word documents: what of a docx is text, in which order, and what is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_files import docx, list_definition, list_level, numbered, package, paragraph, run, text_docx

from luoshi.intake import Opened
from luoshi.intake.limits import DEFAULT
from luoshi.intake.package import Package
from luoshi.intake.word import read_docx

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:numPr>
 <w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/><w:basedOn w:val="a"/><w:pPr><w:numPr>
 <w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="我的标题"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="lvl"><w:name w:val="大纲"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="ghost"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="环"/><w:basedOn w:val="loop"/></w:style>
"""
LEVELS = list_definition(
    [
        list_level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'),
        list_level(1, "chineseCountingThousand", "（%2）", '<w:pStyle w:val="2"/>'),
        list_level(2, "decimal", "%3."),
    ]
)


def read(data: bytes) -> str:
    return read_docx(Package(data, DEFAULT), DEFAULT).text


def body(xml: str, **parts: object) -> str:
    return read(docx(xml, **parts))


def styled(text: str, style: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def field(instruction: str, result: str | None) -> str:
    """A complex field; without a result it has no separator either."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = "" if result is None else mark.format("separate") + result
    return f"{mark.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}{mark.format('end')}"


# ── at the door ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_report_comes_back_with_its_numbers_and_its_headings(opened: Callable[..., Opened]) -> None:
    xml = (
        paragraph("政府工作报告")
        + styled("2025年工作回顾", "1")
        + styled("经济稳中向好", "2")
        + paragraph("全年增长5.8%。")
        + numbered("新增学位2400个", 2)
        + styled("民生持续改善", "own")
        + styled("2026年工作安排", "1")
        + styled("着力扩大内需", "2")
        + styled("小标题", "lvl")
    )
    made = opened("报告.docx", docx(xml, styles=STYLES, numbering=LEVELS))
    assert made.problems == ()
    assert made.document is not None
    assert made.document.text.split("\n") == [
        "政府工作报告",
        "一、2025年工作回顾",
        "（一）经济稳中向好",
        "全年增长5.8%。",
        "1. 新增学位2400个",
        "（二）民生持续改善",
        "二、2026年工作安排",
        "（一）着力扩大内需",
        "小标题",
    ]
    headings = [(made.document.text[one.start : one.end], one.level) for one in made.document.marks]
    assert headings == [
        ("一、2025年工作回顾", 1),
        ("（一）经济稳中向好", 2),
        ("（二）民生持续改善", 2),
        ("二、2026年工作安排", 1),
        ("（一）着力扩大内需", 2),
        ("小标题", 3),
    ]


def test_tracked_changes_are_read_as_accepted_and_noted(opened: Callable[..., Opened]) -> None:
    removed = '<w:del w:id="1"><w:r><w:delText>2000</w:delText><w:t>也删</w:t></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{run("从这里")}</w:moveFrom><w:moveTo w:id="3">{run("到这里")}</w:moveTo>'
    xml = paragraph(runs=run("新增学位") + f'<w:ins w:id="4">{run("2400")}</w:ins>' + removed + run("个") + moved)
    made = opened("报告.docx", docx(xml))
    assert made.document is not None
    assert made.document.text == "新增学位2400个到这里"
    (note,) = made.problems
    assert (note.code, note.severity) == ("I030", "note")


def test_hidden_text_is_dropped_and_noted(opened: Callable[..., Opened]) -> None:
    hidden = run("草稿", "<w:vanish/>") + run("批注", '<w:rStyle w:val="ghost"/>')
    shown = run("不藏", '<w:rStyle w:val="ghost"/><w:vanish w:val="0"/>')
    made = opened("报告.docx", docx(paragraph(runs=run("正文") + hidden + shown), styles=STYLES))
    assert made.document is not None
    assert made.document.text == "正文不藏"
    assert [found.code for found in made.problems] == ["I031"]


def test_a_document_without_text_says_so(opened: Callable[..., Opened]) -> None:
    made = opened("空.docx", docx("<w:p><w:r><w:drawing/></w:r></w:p>"))
    assert [found.code for found in made.problems] == ["I008"]


# ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_deleted_paragraph_mark_joins_what_it_parted() -> None:
    parted = paragraph("新增学位", '<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph("2400个") + paragraph("完")
    assert body(parted) == "新增学位2400个\n完"


def test_a_paragraph_deleted_whole_takes_no_number() -> None:
    gone = paragraph(
        runs=f'<w:del w:id="1">{run("删去")}</w:del>',
        properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="2"/></w:rPr>',
    )
    assert body(numbered("甲") + gone + numbered("乙"), numbering=LEVELS) == "一、甲\n二、乙"


def test_a_deleted_mark_at_the_very_end_loses_no_text() -> None:
    assert body(paragraph("最后一句", '<w:rPr><w:del w:id="1"/></w:rPr>')) == "最后一句"


def test_a_hidden_empty_paragraph_leaves_no_line() -> None:
    assert body(paragraph("甲") + paragraph("", "<w:rPr><w:vanish/></w:rPr>") + paragraph("乙")) == "甲\n乙"


def test_empty_paragraphs_stay_empty_lines() -> None:
    assert body(paragraph("甲") + paragraph() + paragraph("乙")) == "甲\n\n乙"


def test_breaks_tabs_hyphens_and_symbols() -> None:
    marks = '<w:noBreakHyphen/><w:softHyphen/><w:sym w:font="Symbol" w:char="F0B3"/>'
    marks += '<w:sym w:font="Wingdings" w:char="F0FE"/>'
    xml = paragraph(runs=run("甲\t乙\n丙") + f"<w:r>{marks}</w:r>" + '<w:r><w:br w:type="page"/></w:r>' + run("丁"))
    assert body(xml) == "甲\t乙\n丙-≥☑\n丁"


def test_tab_stops_are_no_tabs_and_earlier_formatting_is_no_text() -> None:
    xml = paragraph(
        "甲", '<w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs><w:pPrChange w:id="1"><w:pPr/></w:pPrChange>'
    )
    assert body(xml) == "甲"


def test_numbering_that_a_tracked_change_replaced_is_not_used() -> None:
    before = (
        '<w:pPrChange w:id="1"><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    )
    assert body(paragraph("甲", before), numbering=LEVELS) == "甲"


def test_a_style_can_be_freed_of_its_number() -> None:
    xml = paragraph("甲", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert body(xml, styles=STYLES, numbering=LEVELS) == "甲"


def test_blanks_at_the_edge_count_only_where_they_are_kept() -> None:
    xml = "<w:p><w:r><w:t> 甲 </w:t></w:r><w:r><w:t xml:space='preserve'> 乙 </w:t></w:r></w:p>"
    assert body(xml) == "甲 乙 "


def test_styles_that_go_in_circles_end() -> None:
    assert body(styled("甲", "loop"), styles=STYLES) == "甲"


def test_body_level_is_no_heading() -> None:
    xml = paragraph("甲", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>') + paragraph(
        "乙", '<w:outlineLvl w:val="0"/>'
    )
    reading = read_docx(Package(docx(xml, styles=STYLES), DEFAULT), DEFAULT)
    assert [(reading.text[one.start : one.end], one.level) for one in reading.marks] == [("乙", 1)]


def test_a_linked_list_style_lends_its_levels() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="n"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="n"/></w:abstractNum>'
    numbers = linked + LEVELS + '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    assert body(numbered("甲", use=2) + numbered("乙", use=2), styles=styles, numbering=numbers) == "一、甲\n二、乙"


def test_alternative_number_formats_are_not_mixed_up() -> None:
    chosen = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="01, 02, 03"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="bullet"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/>'
    )
    numbers = list_definition([f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{chosen}</w:lvl>'])
    assert body(numbered("甲"), numbering=numbers) == "01. 甲"


# ── fields, boxes, controls ──────────────────────────────────────────────────────────────────────────────────────────


def test_of_a_field_only_the_result_is_text() -> None:
    link = field(' HYPERLINK "http://x" ', run("全文"))
    nested = field(" IF " + "x", field(" PAGE ", run("3")) + run("页"))
    simple = f'<w:fldSimple w:instr=" TITLE ">{run("标题")}</w:fldSimple>'
    assert body(paragraph(runs=run("见") + link + run("。") + nested + simple)) == "见全文。3页标题"


def test_an_unfinished_field_does_not_swallow_the_rest() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    assert body(paragraph(runs=run("甲") + broken) + paragraph("乙")) == "甲\n乙"


def test_a_field_may_reach_over_paragraphs() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    begin = mark("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + mark("separate")
    assert (
        body(paragraph(runs=begin + run("一、回顾")) + paragraph(runs=run("二、安排") + mark("end")))
        == "一、回顾\n二、安排"
    )


def test_a_number_in_a_circle_made_by_a_field() -> None:
    assert body(paragraph(runs=field(r" eq \o\ac(○,3)", None) + run("推进改革"))) == "③推进改革"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('数读一')}{paragraph('数读二')}</w:txbxContent>"
    modern = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    old = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    run_with_box = f"<w:r><mc:AlternateContent>{modern}{old}</mc:AlternateContent></w:r>"
    xml = paragraph(runs=run("前半") + run_with_box + run("后半")) + paragraph("下一段")
    assert body(xml) == "前半后半\n数读一\n数读二\n下一段"


def test_an_old_text_box_alone_is_read_too() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert body(paragraph(runs=box)) == "\n框"


def test_what_stands_around_text_is_seen_through() -> None:
    inside = f'<w:hyperlink w:anchor="x">{run("甲")}</w:hyperlink><w:smartTag>{run("乙")}</w:smartTag>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('丙')}</w:sdtContent></w:sdt>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击输入')}</w:sdtContent></w:sdt>"
    ruby = f"<w:r><w:ruby><w:rt>{run('zhū')}</w:rt><w:rubyBase>{run('株')}</w:rubyBase></w:ruby></w:r>"
    equation = "<m:oMath><m:r><m:t>GDP=C+I</m:t></m:r></m:oMath>"
    assert body(paragraph(runs=inside + control + prompt + ruby + equation)) == "甲乙丙株GDP=C+I"


def test_comments_headers_and_footers_are_no_text() -> None:
    more = {"word/comments.xml": "<w:comments/>", "word/header1.xml": f"<w:hdr>{paragraph('页眉')}</w:hdr>"}
    related = {"h": ("header", "header1.xml"), "c": ("comments", "comments.xml")}
    xml = paragraph(runs='<w:commentRangeStart w:id="0"/>' + run("正文") + '<w:r><w:commentReference w:id="0"/></w:r>')
    assert body(xml, more=more, relations=related) == "正文"


# ── tables and notes ─────────────────────────────────────────────────────────────────────────────────────────────────


def table(rows: list[list[str]], row_properties: str = "") -> str:
    cells = ["".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl><w:tblGrid/>{''.join(f'<w:tr>{row_properties}{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_table_is_flattened_and_marked() -> None:
    grid = table(
        [[paragraph("指标"), paragraph("目标")], [paragraph("生产\n总值"), paragraph("460") + paragraph("亿元")]]
    )
    reading = read_docx(Package(docx(paragraph("前") + grid + paragraph("后")), DEFAULT), DEFAULT)
    assert reading.text == "前\n指标\t目标\n生产 总值\t460 亿元\n后"
    (mark,) = reading.marks
    assert (reading.text[mark.start : mark.end], mark.kind) == ("指标\t目标\n生产 总值\t460 亿元", "table")


def test_a_table_that_only_frames_text_is_text() -> None:
    reading = read_docx(Package(docx(table([[paragraph("甲") + paragraph("乙")]])), DEFAULT), DEFAULT)
    assert (reading.text, reading.marks) == ("甲\n乙", ())


def test_a_table_in_a_cell_becomes_part_of_the_cell() -> None:
    inner = table([[paragraph("一"), paragraph("二")]])
    assert body(table([[paragraph("外"), inner + paragraph("尾")]])) == "外\t一 二 尾"


def test_deleted_rows_are_gone_and_numbers_in_cells_count() -> None:
    gone = table([[paragraph("删"), paragraph("除")]], "<w:trPr><w:del w:id='1'/></w:trPr>")
    assert body(gone + table([[numbered("甲"), numbered("乙")]]), numbering=LEVELS) == "一、甲\t二、乙"


def test_notes_stand_at_the_end_in_the_order_of_reference() -> None:
    def note(kind: str, identity: int, *words: str) -> str:
        return f'<w:{kind} w:id="{identity}">{"".join(map(paragraph, words))}</w:{kind}>'

    feet = (
        note("footnote", -1)
        + note("footnote", 2, "乙注")
        + note("footnote", 1, " 甲注，", "两段。")
        + note("footnote", 3, "没人提")
    )
    ends = note("endnote", 2, "尾注")
    mark = '<w:r><w:{}Reference w:id="{}"/></w:r>'.format
    xml = paragraph(
        runs=run("两重") + mark("footnote", 1) + run("一新") + mark("endnote", 2) + mark("footnote", 2) + run("。")
    )
    assert body(xml, footnotes=feet, endnotes=ends) == "两重一新。\n注释\n[1]甲注， 两段。\n[2]尾注\n[3]乙注"


def test_a_web_page_put_in_whole_is_read() -> None:
    page = "<html><body><h2>一、回顾</h2><p>全年增长5.8%，好于预期。</p></body></html>"
    related = {"a1": ("aFChunk", "chunk.html")}
    xml = paragraph("前") + '<w:altChunk r:id="a1"/>' + paragraph("后")
    assert body(xml, more={"word/chunk.html": page}, relations=related) == "前\n一、回顾\n全年增长5.8%，好于预期。\n后"


def test_the_strict_vocabulary_is_read_alike() -> None:
    plain = docx(paragraph("各位代表")).decode("latin-1")
    assert plain
    from office_files import docx_parts

    parts = docx_parts(paragraph("各位代表"))
    strict = str(parts["word/document.xml"]).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read(package({**parts, "word/document.xml": strict})) == "各位代表"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=40), min_size=1))
def test_any_text_written_into_a_docx_comes_back(lines: list[str]) -> None:
    from luoshi.intake.reading import clean

    text = "\n".join(lines)
    assert read(text_docx(text)) == clean(text)


@pytest.mark.parametrize(
    "element", ["p", "r", "t", "tbl", "tr", "tc", "sdt", "txbxContent", "footnote", "fldChar", "pPr", "trPr"]
)
def test_elements_in_places_where_they_cannot_be_do_no_harm(element: str) -> None:
    assert body(f"<w:{element}>{paragraph('甲')}</w:{element}>" + paragraph("乙")).endswith("乙")


def test_every_real_report_survives_a_docx(real_report) -> None:  # type: ignore[no-untyped-def]
    text = real_report.read_text(encoding="utf-8")
    from luoshi.intake.reading import clean

    assert read(text_docx(text)) == clean(text)
