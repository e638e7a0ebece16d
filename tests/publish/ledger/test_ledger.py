"""The ledger of promises: a page that needs nothing else, a PDF, a workbook; every promise is in each of them."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from luoshi.compare import Comparison, Edition, compare, diff
from luoshi.publish.labels import label, labels
from luoshi.publish.ledger import difference_workbook, ledger_page, ledger_pdf, ledger_workbook
from luoshi.publish.ledger.wording import words
from luoshi.read import read
from luoshi.source import Document

PAGES = Path(__file__).resolve().parents[3] / "docs" / "comparing"


def edition(name: str, **changes: str) -> Edition:
    text = (PAGES / f"qinghe-{name}.txt").read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    document = Document.from_text(text, f"清河县-{name}.txt")
    return Edition(read(document), document.text)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare([edition("2023"), edition("2024")])


def many(count: int) -> Comparison:
    """A ledger of ``count`` years."""
    editions = [edition("2023", **{"2023": str(year), "2022": str(year - 1)}) for year in range(1980, 1980 + count)]
    return compare(editions)


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, its text outside scripts, what it asks for."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._tag = ""
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._tag = tag

    def handle_data(self, data: str) -> None:
        self.inside[self._tag] = self.inside.get(self._tag, "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def embedded(page: bytes) -> dict[str, Any]:
    found = re.search(rb'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_sentence_at_the_head_counts_what_the_keys_count(comparison: Comparison) -> None:
    page = ledger_page(comparison).decode("utf-8")
    head = re.search(r'<p class="summary">(.*?)</p>', page)
    assert head
    for verdict, count in re.findall(r'data-verdict="(\w+)"><svg.*?<b>(\d+)</b></button>', page):
        if verdict != "pending":
            assert f"{label('verdict', verdict)} {count} 条" in head[1]


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_asks_for_nothing(comparison: Comparison) -> None:
    text = ledger_page(comparison).decode("utf-8")
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)|@import|url\(|fetch\(|XMLHttpRequest|import\(""", text)
    addresses = set(re.findall(r"https?://[^\s\"'<]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg"}, "the name of a vocabulary, which nobody fetches"
    assert "default-src 'none'" in text


def test_every_promise_can_be_opened_from_a_cell(comparison: Comparison) -> None:
    page = ledger_page(comparison)
    buttons = Page(page).all("button")
    held = {one["data-id"] for one in buttons if one.get("data-id")}
    held |= {name for one in buttons for name in (one.get("data-ids") or "").split()}
    assert held == {one.id for one in comparison.promises} == set(embedded(page)["promises"])


def test_a_cell_tells_its_verdict_by_shape_word_and_name(comparison: Comparison) -> None:
    page = Page(ledger_page(comparison))
    shown = {one.id: one for one in comparison.promises}
    cells = [one for one in page.all("button") if one.get("data-id")]
    for cell in cells:
        one = shown[str(cell["data-id"])]
        assert label("verdict", one.verdict) in str(cell["aria-label"])
        assert one.name in str(cell["aria-label"])
    assert {str(use["href"]) for use in page.all("use")} <= {f"#v-{name}" for name in words()["verdicts"]}
    assert len({(one["shape"], one["sign"], one["character"]) for one in words()["verdicts"].values()}) == 6


def test_the_words_are_marked_where_they_stand(comparison: Comparison) -> None:
    data = embedded(ledger_page(comparison))
    for one in comparison.promises:
        for quote, held in zip(
            (one.quote, *one.outcome.quotes),
            (data["promises"][one.id]["promise"], *data["promises"][one.id].get("outcome", ())),
            strict=True,
        ):
            start, end = held["m"]
            assert data["sentences"][held["s"]][start:end] == quote.text


def test_a_report_cannot_write_into_the_page() -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    found = compare([edition("2023", 南坪农贸市场=f"南坪{evil}农贸市场", 清河县=f"清河{evil}县"), edition("2024")])
    page = ledger_page(found)
    assert len(Page(page).all("script")) == 2
    assert Page(page).all("img") == []
    assert evil.encode() not in page
    assert embedded(page)["promises"]


def test_many_years_stand_side_by_side() -> None:
    page = Page(ledger_page(many(42)))
    heads = [one for one in page.all("th") if one.get("scope") == "col"]
    assert len(heads) == 43
    assert {"class": "dense"} in page.all("body")


def test_the_same_comparison_is_the_same_page(comparison: Comparison) -> None:
    assert ledger_page(comparison) == ledger_page(Comparison.model_validate_json(comparison.to_json()))


def test_the_page_is_usable_by_keyboard_and_on_paper_and_phones(comparison: Comparison) -> None:
    text = ledger_page(comparison).decode("utf-8")
    for words_ in (
        "ArrowLeft",
        "@media print",
        "max-width:700px",
        "focus-visible",
        '<dialog id="panel"',
        'lang="zh-Hans"',
    ):
        assert words_ in text


def test_a_comparison_with_nothing_in_it_is_a_page_all_the_same() -> None:
    assert Page(ledger_page(Comparison())).all("table")
    assert ledger_pdf(Comparison())[:5] == b"%PDF-"
    assert ledger_workbook(Comparison())[:2] == b"PK"


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def printed(pdf: bytes) -> str:
    opened = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    return re.sub(r"\s", "", text)


def test_the_paper_says_the_same(comparison: Comparison) -> None:
    text = printed(ledger_pdf(comparison))
    for words_ in (
        "清河县承诺总账",
        "达到",
        "未达到",
        "换口径达到",
        "7.6%＜8%",
        "规上工业增加值增长7.6%",
        "2023",
        "2024",
    ):
        assert re.sub(r"\s", "", words_) in text
    assert ledger_pdf(comparison) == ledger_pdf(comparison)


def test_a_character_without_a_glyph_is_shown_as_such() -> None:
    found = compare([edition("2023", 南坪农贸市场="南坪\U0001f600农贸市场"), edition("2024")])
    assert ledger_pdf(found)[:5] == b"%PDF-"


# ── in Excel ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_holds_every_promise_with_both_sentences(comparison: Comparison) -> None:
    found = sheets(ledger_workbook(comparison))
    assert list(found) == ["总账", "逐条", "候选", "说明"]
    heads = found["逐条"][1]
    rows = {row[heads.index("编号")]: dict(zip(heads, row, strict=True)) for row in found["逐条"][2:]}
    assert set(rows) == {one.id for one in comparison.promises}
    for one in comparison.promises:
        row = rows[one.id]
        assert (row["承诺"], row["承诺原句"]) == (one.quote.text, one.quote.sentence)
        assert label("verdict", one.verdict) in row["判定"]
        assert row["算式"] == one.outcome.arithmetic
        assert all(quote.sentence in row["结果原句"] for quote in one.outcome.quotes)


def test_no_cell_is_a_formula(comparison: Comparison) -> None:
    evil = compare([edition("2023", 建成南坪农贸市场="=HYPERLINK(1)建成南坪农贸市场"), edition("2024")])
    for data in (ledger_workbook(comparison), ledger_workbook(evil)):
        with ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/"):
                    tree = ET.fromstring(archive.read(name))
                    assert not [node for node in tree.iter() if node.tag.endswith(("}f", "}hyperlink"))]


def test_the_versions_go_into_a_workbook_with_sign_and_word() -> None:
    found = sheets(difference_workbook(diff(edition("2024-draft"), edition("2024"))))
    rows = found["不同"][2:]
    assert [row[0] for row in rows] == ["▼ 说软了", "▼ 说软了", "▼ 说软了", "✖ 去掉了"]
    assert "6.5% → 6%" in rows[0][3]


def test_every_verdict_has_a_look() -> None:
    assert {label("verdict", name) for name in words()["verdicts"]} == set(labels("verdict"))
