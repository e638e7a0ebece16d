"""Web pages: the title and the text, and nothing of the site around them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.intake import Opened
from luoshi.intake.limits import DEFAULT
from luoshi.intake.web import lines_of_html, lines_of_mhtml

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}">
<title>政府工作报告 - 某某区人民政府门户网站</title>
<style>p {{color: red}}</style><script>var 代码 = 1;</script></head><body>
<div class="top-nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div id="wrap"><div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/bg">政府工作报告</a></div>
<h1>政府工作报告</h1><div class="info">来源：区政府办　时间：2024-01-20</div>
<div id="zoom">
<p>　　各位代表：</p>
<p>　　现在，我代表区人民政府
  向大会报告工作，请予审议。</p>
<h2>一、2023年工作回顾</h2>
<p>全区地区生产总值增长<b>8.1</b>%，<br>增速居全市第一。</p>
<!-- 注释 -->
<table border=1><tr><th>指标</th><th>目标</th></tr><tr><td>生产总值</td><td><p>460亿元</p></td></tr></table>
<ol start="3"><li>新增学位2400个。</li><li>改造老旧小区12个。</li></ol>
<p style="display: none">看不见的字</p>
<p>请予审议。</p>
<p>【打印】【关闭】</p>
</div></div>
<div class="related"><ul><li><a href="1">区长主持召开常务会议，研究部署全区经济工作。</a></li></ul></div>
<div class="footer">主办单位：某某区人民政府办公室　备案号：某ICP备00000000号。</div></body></html>"""
TEXT = [
    "政府工作报告",
    "　　各位代表：",
    "　　现在，我代表区人民政府向大会报告工作，请予审议。",
    "一、2023年工作回顾",
    "全区地区生产总值增长8.1%，",
    "增速居全市第一。",
    "指标\t目标",
    "生产总值\t460亿元",
    "3. 新增学位2400个。",
    "4. 改造老旧小区12个。",
    "请予审议。",
]


def lines(html: str) -> list[str]:
    return [line.text for line in lines_of_html(html, DEFAULT)]


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_title_and_text_stay_and_the_site_goes(opened: Callable[..., Opened], charset: str) -> None:
    made = opened("报告.html", PAGE.format(charset=charset).encode(charset))
    assert made.document is not None, made.problems
    assert made.problems == ()
    assert made.document.text.split("\n") == [line.strip("　") for line in TEXT]
    marks = [(made.document.text[one.start : one.end], one.kind, one.level) for one in made.document.marks]
    assert marks == [("一、2023年工作回顾", "heading", 2), ("指标\t目标\n生产总值\t460亿元", "table", 0)]


def test_a_wrong_declaration_does_not_spoil_the_text(opened: Callable[..., Opened]) -> None:
    made = opened("报告.htm", PAGE.format(charset="gb2312").encode("utf-8"))
    assert made.document is not None
    assert "各位代表：" in made.document.text


def test_a_web_page_called_doc_is_read_and_noted(opened: Callable[..., Opened]) -> None:
    made = opened("报告.doc", PAGE.format(charset="utf-8").encode())
    assert made.document is not None
    assert [found.code for found in made.problems] == ["I009"]


def test_the_name_of_the_page_is_used_where_the_text_has_no_title() -> None:
    page = "<title>{}</title><body><p>各位代表，现在我代表区人民政府报告工作。</p>"
    for name in ("政府工作报告_某某区人民政府", "政府工作报告 - 某网", "政府工作报告-某某市政府门户"):
        assert lines(page.format(name))[0] == "政府工作报告"
    assert lines(page.format("关于2024-2025年工作的报告"))[0] == "关于2024-2025年工作的报告"


def test_a_page_laid_out_by_tables_keeps_its_paragraphs() -> None:
    text = "".join(f"<p>第{at}段，今年全区各项工作取得了新的进展和成效。</p>" for at in range(5))
    page = f"<table><tr><td><a href=x>首页</a><br><a>新闻</a></td><td>{text}</td></tr></table>"
    assert lines(page) == [f"第{at}段，今年全区各项工作取得了新的进展和成效。" for at in range(5)]


def test_a_table_in_the_text_stays_a_table() -> None:
    row = "<tr><td>{}</td><td>全年地区生产总值增长百分之五点八以上，力争更好结果，确保完成全年目标任务。</td></tr>"
    found = lines(
        "<p>今年主要预期目标如下表所示，请各单位抓好落实。</p><table>"
        + row.format("甲")
        + row.format("乙")
        + "</table>"
    )
    assert [line.count("\t") for line in found[1].split("\n")] == [1, 1]


def test_lists_show_the_numbers_a_reader_sees() -> None:
    page = "<p>要抓好以下各项工作，确保全年任务完成。</p>"
    page += (
        "<ol type=A><li>甲<li value=5>乙</ol><ul><li>丙</ul><ol style='list-style:none'><li>丁</ol><ol><li>1. 戊</ol>"
    )
    assert lines(page)[1:] == ["A. 甲", "E. 乙", "丙", "丁", "1. 戊"]


def test_preformatted_text_keeps_its_lines_and_entities_become_characters() -> None:
    assert lines("<body><pre>各位代表：\n报告工作，请予审议。</pre>") == ["各位代表：\n报告工作，请予审议。"]
    assert lines("<p>增长&#53;.8&#37;&nbsp;以上，超过&ldquo;十四五&rdquo;目标。</p>") == [
        "增长5.8% 以上，超过“十四五”目标。"
    ]


def test_broken_and_empty_pages_are_no_trouble() -> None:
    assert lines("<p>各位代表<p>全年增长5.8%。</div></table>") == ["各位代表", "全年增长5.8%。"]
    assert lines("") == []
    assert lines("<td>一<tr>二</table></ol></li>") != []


def test_a_script_in_the_text_stays_text() -> None:
    assert lines("<p>&lt;script&gt;alert(1)&lt;/script&gt;，这是正文里的一句话。</p>") == [
        "<script>alert(1)</script>，这是正文里的一句话。"
    ]


ARCHIVE = (
    b"From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; boundary="B"\r\n\r\n'
    b"--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
    b'--B\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n--B--\r\n'
)


@pytest.mark.parametrize("name", ["报告.mht", "报告.mhtml", "报告"])
def test_an_archive_of_a_page_is_read_like_the_page(opened: Callable[..., Opened], name: str) -> None:
    from base64 import encodebytes

    made = opened(name, ARCHIVE % encodebytes(PAGE.format(charset="gb2312").encode("gb18030")))
    assert made.document is not None, made.problems
    assert made.problems == ()
    assert made.document.text.startswith("政府工作报告\n各位代表：")


def test_an_archive_without_a_page_has_no_text(opened: Callable[..., Opened]) -> None:
    made = opened("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B--\r\n")
    assert [found.code for found in made.problems] == ["I008"]


@given(st.text(st.sampled_from("<>/=\"' pdivtablertdhouli!-&;报告，。\n"), max_size=120))
def test_no_markup_makes_the_reader_fail(text: str) -> None:
    assert all(isinstance(line.text, str) for line in lines_of_html(text, DEFAULT))


@given(st.binary(max_size=200))
def test_no_archive_makes_the_reader_fail(data: bytes) -> None:
    from luoshi.intake.reading import Refusal

    try:
        lines_of_mhtml(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n" + data, DEFAULT)
    except Refusal as refusal:
        assert refusal.remark.code in ("I013", "I016", "I023")  # noqa: PT017
