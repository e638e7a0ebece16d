"""The marked text: no word lost, none twice, no mark half within another, everything escaped, whatever was read."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.examples import sample
from luoshi.plan import Commitment, Figure, Item, Plan, Section, Unread
from luoshi.read import read
from luoshi.source import Document, view
from luoshi.web.reader.covering import CLASSES, WIDTH, covering
from luoshi.web.reader.drawing import Pen
from luoshi.web.reader.marking import Marked, marked

TEXT = "一、重点工作\n年内建成云水大桥，新增学位1500个。\n全面提升城市品质。\n"


def figure(name: str, start: int, end: int, text: str = TEXT) -> Figure:
    return Figure(id=name, start=start, end=end, text=text[start:end], value="1", rule="r")


def promise(name: str, start: int, end: int, kind: str = "project", text: str = TEXT) -> Commitment:
    return Commitment.model_validate(
        {"id": name, "start": start, "end": end, "text": text[start:end], "kind": kind, "rule": "r"}
    )


def item(name: str, *commitments: str) -> Item:
    return Item(id=name, title=f"事项{name}", commitments=commitments, kind="project")


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def words_of(page: Marked) -> str:
    return "".join(piece.text for line in page.lines for one in line.stretches for piece in one.pieces)


class Nesting(HTMLParser):
    """Refuses a tag that is closed before one within it is, and a link within a link."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag == "a" and "a" in self.open)
        self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def drawn(plan: Plan, text: str, **given: object) -> Nesting:
    made = Nesting()
    made.feed(str(Pen(plan, {}).draw(marked(text, plan, **given).lines)))  # type: ignore[arg-type]
    assert made.open == []
    assert len(made.ids) == len(set(made.ids)), "an id stands twice"
    return made


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["songgang-2021", "songgang-2021-news", "songgang-2023"])
def test_a_whole_report_is_there_word_for_word(name: str) -> None:
    text = sample(name).read_text(encoding="utf-8")  # type: ignore[arg-type]
    plan = read(Document.from_text(text))
    page = drawn(plan, text, words="建设")
    assert squeezed(page.text) == squeezed(text)
    assert {f"c-{one.id}" for one in plan.commitments} <= set(page.ids)
    assert {f"f-{one.id}" for one in plan.figures} <= set(page.ids)
    assert {f"s-{one.id}" for one in plan.sections if one.title} <= set(page.ids)


def test_a_promise_leads_to_its_item_and_its_figure_stands_within() -> None:
    plan = Plan(
        commitments=(promise("c1", *at("年内建成云水大桥")), promise("c2", *at("新增学位1500个"))),
        figures=(figure("f1", *at("1500个")),),
        items=(item("i1", "c1"), item("i2", "c2")),
    )
    made = str(Pen(plan, {"f1": "/never/"}).draw(marked(TEXT, plan).lines))
    assert re.search(r'<a class="promise promise-project" href="#i-i1"[^>]*><span id="c-c1"', made)
    assert re.search(r'href="#i-i2".*新增学位.*<b class="figure">1500个</b></a>', made)


def test_a_figure_outside_every_item_leads_to_its_own_page_for_who_may_correct() -> None:
    plan = Plan(figures=(figure("f1", *at("1500个")),))
    lines = marked(TEXT, plan).lines
    assert '<a class="figure" href="/figures/f1/">1500个</a>' in str(Pen(plan, {"f1": "/figures/f1/"}).draw(lines))
    assert "<a" not in str(Pen(plan, {}).draw(lines))


def test_promises_that_overlap_are_cut_apart() -> None:
    start = TEXT.index("年内")
    plan = Plan(
        commitments=(promise("c1", start, start + 12), promise("c2", start + 6, start + 16)),
        items=(item("i1", "c1"), item("i2", "c2")),
    )
    page = drawn(plan, TEXT)
    assert squeezed(page.text) == squeezed(TEXT)
    assert {"c-c1", "c-c2"} <= set(page.ids)


def test_words_of_a_report_are_never_markup() -> None:
    text = '建成<script>alert("1")</script>大桥。\n'
    plan = Plan(
        commitments=(promise("c1", 0, len(text) - 2, text=text),),
        items=(Item(id="i1", title='"><img src=x>', commitments=("c1",), kind="project"),),
    )
    made = str(Pen(plan, {}).draw(marked(text, plan, words="<script>").lines))
    assert "<script>" not in made
    assert "<img" not in made
    assert squeezed(text) == squeezed(unescape(re.sub("<[^>]*>", "", made)))


def test_only_the_items_shown_are_marked() -> None:
    plan = Plan(
        commitments=(promise("c1", *at("年内建成云水大桥")), promise("c2", *at("新增学位1500个"))),
        items=(item("i1", "c1"), item("i2", "c2")),
    )
    made = str(Pen(plan, {}).draw(marked(TEXT, plan, shown={"i2"}).lines))
    assert 'data-item="i2"' in made
    assert 'data-item="i1"' not in made


@pytest.mark.parametrize(
    ("words", "count"), [("学位", 1), ("城市", 1), ("。", 2), ("没有", 0), ("", 0), ("  ", 0), ("云水大桥，新", 1)]
)
def test_words_looked_for_are_found_and_numbered(words: str, count: int) -> None:
    plan = Plan(commitments=(promise("c1", *at("年内建成云水大桥")),), items=(item("i1", "c1"),))
    page = marked(TEXT, plan, words=words)
    made = str(Pen(plan, {}).draw(page.lines))
    assert page.hits == count
    assert len(set(re.findall(r'<mark id="hit-(\d+)"', made))) == count


def test_what_was_not_read_says_why_where_it_is_asked_for() -> None:
    start, end = at("全面提升城市品质")
    plan = Plan(unread=(Unread(start=start, end=end, why="wording"),))
    assert 'title="没有读：措辞"' in str(Pen(plan, {}, unread=True).draw(marked(TEXT, plan).lines))
    assert "没有读" not in str(Pen(plan, {}).draw(marked(TEXT, plan).lines))


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, str]:
    """Any text with any findings in it, overlapping as they like."""
    text = draw(st.text(st.sampled_from("建成大桥1<&>\"'。，\n 𠮷é"), min_size=1, max_size=60))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    found = draw(st.lists(spans, max_size=6))
    commitments = tuple(promise(f"c{n}", a, b, text=text) for n, (a, b) in enumerate(found) if a < b)
    figures = tuple(
        figure(f"f{n}", a, b, text=text) for n, (a, b) in enumerate(draw(st.lists(spans, max_size=6))) if a < b
    )
    items = tuple(item(f"i{one.id}", one.id) for one in commitments[::2])
    return Plan(commitments=commitments, figures=figures, items=items), text


@given(plans(), st.sampled_from(["", "大", "<", "建成"]))
@settings(max_examples=200)
def test_whatever_was_read_no_word_is_lost_and_marks_nest(made: tuple[Plan, str], words: str) -> None:
    plan, text = made
    assert squeezed(drawn(plan, text, words=words).text) == squeezed(_kept(text))


def _kept(text: str) -> str:
    """The text as it is shown: without the characters that only wrapped a line."""
    seen = view(text)
    return "".join(text[seen.offset(at)] for at in range(len(seen.text)))


# ── the map ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_map_tells_of_every_character_once() -> None:
    text = sample("songgang-2021").read_text(encoding="utf-8")
    found = covering(read(Document.from_text(text)), text)
    assert sum(found.counts.values()) == len(text)
    assert set(found.counts) <= set(CLASSES)
    assert round(sum(bar.width for bar in found.bars)) == WIDTH
    assert all(sum(part.counts.values()) == part.characters for part in found.parts)


def test_the_map_parts_what_somebody_owns_from_what_nobody_does() -> None:
    owned = Item.model_validate({"id": "i1", "title": "桥", "commitments": ["c1"], "kind": "project",
                                 "lead": {"unit": "区交通局", "basis": "proposed"}})  # fmt: skip
    plan = Plan(
        commitments=(promise("c1", *at("年内建成云水大桥")), promise("c2", *at("新增学位1500个")),
                     promise("c3", *at("全面提升城市品质"), kind="slogan"), promise("c4", *at("重点工作"))),
        items=(owned, item("i2", "c2")),
        sections=(Section(id="s1", title="重点工作", role="plan", start=0, end=len(TEXT)),),
        unread=(Unread(start=TEXT.index("，"), end=TEXT.index("，") + 1, why="mark"),),
    )  # fmt: skip
    found = covering(plan, TEXT)
    assert found.counts["item"] == len("年内建成云水大桥")
    assert found.counts["nobody"] == len("新增学位1500个")
    assert found.counts["slogan"] == len("全面提升城市品质")
    assert found.counts["loose"] == len("重点工作")
    assert dict(found.unread) == {"mark": 1}
    assert [part.id for part in found.parts] == ["s1"]
