"""OFD: text at places becomes lines in reading order."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from office_files import ofd, ofd_parts, package, text_object, text_ofd

from luoshi.intake import Limits, Opened
from luoshi.intake.layout import Piece, lines
from luoshi.intake.limits import DEFAULT
from luoshi.intake.ofd import read_ofd
from luoshi.intake.package import Package


def read(data: bytes) -> list[str]:
    return read_ofd(Package(data, DEFAULT), DEFAULT).text.split("\n")


def test_a_report_comes_back_with_its_pages(opened: Callable[..., Opened]) -> None:
    text = "政府工作报告\n各位代表：\n全年增长5.8%，新增学位2400个。"
    made = opened("报告.ofd", text_ofd(text, lines_a_page=2))
    assert made.problems == ()
    assert made.document is not None
    assert made.document.text == text
    pages = [(made.document.text[one.start : one.end], one.kind, one.level) for one in made.document.marks]
    assert pages == [("政府工作报告\n各位代表：", "page", 1), ("全年增长5.8%，新增学位2400个。", "page", 2)]


def test_order_is_that_of_the_page_not_of_the_file() -> None:
    page = (
        text_object(20, 60, "第三行")
        + text_object(50, 20, "右半")
        + text_object(20, 40, "第二行")
        + text_object(20, 20, "第一行左半")
    )
    assert read(ofd([page])) == ["第一行左半 右半", "第二行", "第三行"]


def test_pieces_of_one_line_are_joined_and_wide_gaps_kept() -> None:
    page = text_object(20, 20, "增长") + text_object(30, 20.6, "5.8%") + text_object(80, 20, "460亿元")
    assert read(ofd([page])) == ["增长5.8%\t460亿元"]


def test_templates_belong_to_their_pages() -> None:
    made = ofd(
        [text_object(20, 40, "正文一"), text_object(20, 40, "正文二")],
        templates={"7": text_object(20, 20, "某某区人民政府文件")},
        used='<ofd:Template TemplateID="7" ZOrder="Background"/>',
    )
    assert read(made) == ["某某区人民政府文件", "正文一", "某某区人民政府文件", "正文二"]


def test_advances_make_gaps_and_lines() -> None:
    gap = text_object(20, 20, "指标目标", code='DeltaX="5 40 5"')
    down = text_object(20, 40, "上行下行", code='DeltaX="5 -5 5" DeltaY="0 8 0"')
    assert read(ofd([gap + down])) == ["指标 目标", "上行", "下行"]


def test_a_text_code_without_a_place_stands_where_the_last_one_stood() -> None:
    second = '</ofd:TextCode><ofd:TextCode X="20" DeltaX="5">乙丙</ofd:TextCode></ofd:TextObject>'
    page = text_object(20, 20, "甲").replace("</ofd:TextCode></ofd:TextObject>", second)
    assert read(ofd([page])) == ["甲 乙丙"] or read(ofd([page])) == ["甲\t乙丙"]


def test_a_transformation_moves_and_scales() -> None:
    moved = text_object(0, 5, "下面", attributes='CTM="1 0 0 1 20 60"')
    assert read(ofd([moved + text_object(20, 40, "上面")])) == ["上面", "下面"]


def test_what_is_not_visible_is_not_read() -> None:
    assert read(ofd([text_object(20, 20, "水印", attributes='Visible="false"') + text_object(20, 40, "正文")])) == [
        "正文"
    ]


def test_places_may_be_absolute_and_in_another_case() -> None:
    parts = ofd_parts([text_object(20, 20, "正文")])
    document = str(parts["Doc_0/Document.xml"]).replace("Pages/Page_0/Content.xml", "/doc_0/pages/page_0/content.xml")
    assert read(package({**parts, "Doc_0/Document.xml": document})) == ["正文"]


def test_a_missing_page_is_damage(opened: Callable[..., Opened]) -> None:
    parts = ofd_parts([text_object(20, 20, "一"), text_object(20, 20, "二")])
    del parts["Doc_0/Pages/Page_1/Content.xml"]
    assert [found.code for found in opened("a.ofd", package(parts)).problems] == ["I013"]


def test_pages_are_limited(opened: Callable[..., Opened]) -> None:
    made = opened("a.ofd", text_ofd("一\n二\n三", lines_a_page=1), Limits(pages=2))
    assert [found.code for found in made.problems] == ["I022"]


def test_pictures_alone_are_no_text(opened: Callable[..., Opened]) -> None:
    assert [found.code for found in opened("a.ofd", ofd(['<ofd:ImageObject ID="1"/>'])).problems] == ["I008"]


@given(
    st.text(st.sampled_from("g 0123456789.-eEinfax"), max_size=40), st.text(st.sampled_from("各位代表报告"), max_size=8)
)
def test_no_advances_make_the_reader_fail(advances: str, words: str) -> None:
    page = text_object(20, 20, words, code=f'DeltaX="{advances}" DeltaY="{advances[::-1]}"')
    assert sorted("".join(read(ofd([page]))).replace(" ", "").replace("\t", "")) == sorted(words)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), unique=True, max_size=20))
def test_lines_lose_no_piece_and_keep_the_order_of_the_page(places: list[tuple[int, int]]) -> None:
    pieces = [Piece(x * 10, y * 10, x * 10 + 8, y * 10 + 8, f"{y}{x}") for x, y in places]
    found = "".join(lines(pieces)).replace(" ", "").replace("\t", "")
    assert found == "".join(f"{y}{x}" for x, y in sorted(places, key=lambda one: (one[1], one[0])))
