"""What the components draw: never by colour alone, never without both numbers, nothing of a stranger's as markup."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luoshi.supervise.words import values
from luoshi.web.shell import charts
from luoshi.web.shell.charts import HEIGHT, WIDTH, Series, line_chart, parts
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.lights import ENGLISH_WORDS, SHAPES, colours, lamp
from luoshi.web.shell.tables import KINDS, Column, Export, Table, sort_of

pytestmark = pytest.mark.django_db  # the frame round a page asks who reads
EVIL = "<script>alert(1)</script>"


def draw(text: str, query: str = "", **found: Any) -> str:
    request = RequestFactory().get(f"/list/?{query}")
    return Template("{% load shell %}" + text).render(RequestContext(request, found))


# ── lights ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_light_of_the_engine_has_its_own_shape_and_a_word_in_both_languages() -> None:
    assert set(SHAPES) == set(ENGLISH_WORDS) == set(values("light")) == set(colours())
    assert len(set(SHAPES.values())) == len(SHAPES)
    assert len({lamp(colour).word for colour in colours()}) == len(colours())


@pytest.mark.parametrize("colour", values("light"))
def test_a_light_is_told_by_shape_and_word_and_a_ring_says_that_nobody_verified_it(colour: str) -> None:
    full, ring = draw(f'{{% light "{colour}" %}}'), draw(f'{{% light "{colour}" hollow=True %}}')
    for drawn in (full, ring):
        assert lamp(colour).word in drawn
        assert SHAPES[colour] in drawn
    assert "未核实" in ring
    assert "light-hollow" in ring
    assert "未核实" not in full


def test_a_light_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        lamp("purple")


def test_a_light_may_be_said_in_the_words_of_a_profile_and_gives_its_reason() -> None:
    drawn = draw('{% light "red" word="红灯" why=why %}', why=f"逾期 12 天{EVIL}")
    assert "红灯" in drawn
    assert 'title="逾期 12 天&lt;script&gt;' in drawn


# ── both numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("reported", "verified", "words"),
    [
        (Decimal("72.5"), Decimal(55), ["72.5%", "55%"]),
        (Decimal(100), Decimal(100), ["100%", "100%"]),
        (40, None, ["40%", "—"]),
        (None, None, ["—", "—"]),
        (0, 0, ["0%", "0%"]),
    ],
)
def test_progress_always_shows_what_is_said_and_what_was_verified(
    reported: Any, verified: Any, words: list[str]
) -> None:
    drawn = draw("{% progress reported verified %}", reported=reported, verified=verified)
    assert re.findall(r"<b>(.*?)</b>", drawn) == words
    assert drawn.count('class="progress-reported"') == (reported is not None)
    assert drawn.count('class="progress-verified"') == (verified is not None)
    assert "style=" not in drawn, "the content security policy allows no inline style"


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────

COLUMNS = (
    Column("number", "编号", "code", sorts=True),
    Column("title", "任务", "title"),
    Column("due", "期限", "date", sorts=True),
    Column("light", "灯号", "light"),
    Column("progress", "进度", "progress"),
    Column("label", "标记", "tag"),
    Column("unit", "单位", "unit"),
    Column("sum", "投资", "number"),
    Column("note", "备注"),
)
ROW = {
    "id": 7, "number": "2026-007", "title": {"text": EVIL, "address": "/items/7/", "beside": EVIL},
    "due": date(2026, 6, 30), "light": {"colour": "red", "hollow": True}, "label": {"text": "内部", "tone": "ink"},
    "progress": {"reported": 60, "verified": 50}, "unit": {"name": "区住建局", "others": "配合：区财政局"},
    "sum": "1,200", "note": EVIL,
}  # fmt: skip


def table(sort: str = "due", **more: Any) -> Table:
    return Table("items", "任务台账", COLUMNS, [ROW], sort, **more)


def test_every_kind_of_cell_is_drawn_and_nothing_in_it_is_markup() -> None:
    drawn = draw("{% table table %}", table=table())
    assert {column.kind for column in COLUMNS} == set(KINDS)
    assert "<script>" not in drawn
    for words in (
        "2026-007",
        "/items/7/",
        "2026-06-30",
        "严重滞后",
        "未核实",
        "60%",
        "50%",
        "内部",
        "区财政局",
        "1,200",
    ):
        assert words in drawn


def test_an_empty_row_shows_dashes_and_not_none() -> None:
    drawn = draw("{% table table %}", table=Table("items", "任务台账", COLUMNS, [{"id": 1}]))
    assert "None" not in drawn
    assert drawn.count("—") >= 5


def test_a_head_says_how_the_list_is_sorted_and_its_link_turns_that_round_and_keeps_the_filters() -> None:
    drawn = draw("{% table table %}", "unit=3&page=4&sort=due", table=table("due"))
    assert 'aria-sort="ascending"' in drawn
    assert "?unit=3&amp;sort=-due" in drawn
    assert "sort=number" in drawn
    assert drawn.count("aria-sort=") == 2, "only what can be sorted says so"
    assert 'aria-sort="descending"' in draw("{% table table %}", table=table("-due"))


@pytest.mark.parametrize(
    ("asked", "sorted_by"),
    [("due", "due"), ("-due", "-due"), ("title", "number"), ("password", "number"), ("", "number")],
)
def test_a_list_is_sorted_only_by_what_its_columns_allow(asked: str, sorted_by: str) -> None:
    assert sort_of(asked, COLUMNS, "number") == sorted_by


def test_a_table_goes_out_and_says_how_many_there_are_in_all() -> None:
    page = Paginator(range(143), 12).get_page(2)
    exports = (Export("Excel", "/out.xlsx"), Export("CSV", "/out.csv"))
    drawn = draw("{% table table %}", "page=2&unit=3", table=table(page=page, exports=exports, chosen="bulk"))
    assert "<b>143</b>" in drawn
    assert "13–24" in drawn
    assert "/out.xlsx" in drawn
    assert "/out.csv" in drawn
    assert "?page=3&amp;unit=3" in drawn
    assert 'name="chosen" value="7" form="bulk"' in drawn


def test_an_empty_list_says_what_to_do() -> None:
    assert "放宽或清除筛选条件" in draw("{% table table %}", table=Table("items", "任务台账", COLUMNS, ()))
    assert "今年还没有任务" in draw(
        "{% table table %}", table=Table("items", "台账", COLUMNS, (), empty="今年还没有任务")
    )


def test_a_kind_of_cell_that_nobody_drew_is_refused() -> None:
    with pytest.raises(ValueError, match="sparkle"):
        Column("x", "x", "sparkle")


# ── forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────


UNITS = [("1", "甲"), ("2", "乙")]


class Report(forms.Form):
    words = forms.CharField(label=pair("进展", "Progress"), help_text="一句话")
    note = forms.CharField(label="说明", required=False)
    units = forms.MultipleChoiceField(
        label="单位", choices=[("1", "甲"), ("2", "乙")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="确认")


def test_a_field_joins_label_hint_and_error_for_who_cannot_see_them() -> None:
    form = Report({"words": ""})
    drawn = "".join(draw("{% field one %}", one=one) for one in form)
    assert '<label class="label" for="id_words">进展' in drawn
    assert 'aria-describedby="id_words_helptext id_words_error"' in drawn or 'id="id_words_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "（可不填）" in drawn
    assert "<fieldset" in drawn
    assert "<legend" in drawn


def test_the_summary_of_errors_leads_to_each_field() -> None:
    form = Report({"words": "", "units": ["9"]})
    drawn = draw("{% errors form %}", form=form)
    assert "3" in drawn
    assert set(re.findall(r'href="#(\w+)"', drawn)) >= {"id_words", "id_sure"}
    assert draw("{% errors form %}", form=Report()).strip() == ""


def test_filters_say_what_is_set_and_each_can_be_taken_off() -> None:
    class Narrow(forms.Form):
        unit = forms.ChoiceField(label="单位", choices=[("", "全部"), ("3", "区住建局")], required=False)
        words = forms.CharField(label="查找", required=False)

    form = Narrow({"unit": "3", "words": EVIL})
    drawn = draw("{% filters form %}", form=form)
    assert "单位：区住建局" in drawn
    assert "<script>" not in drawn
    assert "?unit=3&amp;" in drawn, "what is left when the words are taken off"
    assert "全部清除" in drawn
    assert "已设条件" not in draw("{% filters form %}", form=Narrow({}))


# ── messages and the rest ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tone", ["note", "good", "warning", "error"])
def test_a_banner_says_its_tone_in_a_word_and_errors_are_read_out_at_once(tone: str) -> None:
    drawn = draw(f'{{% banner "{tone}" %}}<p>{{{{ words }}}}</p>{{% endbanner %}}', words=EVIL)
    assert ('role="alert"' in drawn) is (tone == "error")
    assert re.search(r'banner-title">[\u4e00-\u9fff]+<', drawn)
    assert "<script>" not in drawn


def test_what_is_given_to_blocks_as_a_title_is_text() -> None:
    for drawn in (
        draw("{% empty words %}x{% endempty %}", words=EVIL),
        draw('{% dialog "a" words %}x{% enddialog %}', words=EVIL),
        draw('{% opens "a" words %}', words=EVIL),
        draw("{% tag words %}", words=EVIL),
        draw("{% both words words %}", words=EVIL),
        draw("{% say words words %}", words=EVIL),
        draw("{% breadcrumbs trail words %}", words=EVIL, trail=[(EVIL, "/")]),
        draw('{% tabs tabs "/a/" %}', tabs=[(EVIL, "/a/")]),
        draw("{% timeline told %}", told=[{"when": date(2026, 1, 1), "who": EVIL, "what": EVIL, "detail": EVIL}]),
    ):
        assert "<script>" not in drawn


def test_the_part_shown_is_told_to_who_cannot_see_it() -> None:
    assert draw('{% tabs tabs "/b/" %}', tabs=[("甲", "/a/"), ("乙", "/b/")]).count('aria-current="page"') == 1
    assert 'aria-current="page">丙' in draw('{% breadcrumbs trail "丙" %}', trail=[("甲", "/")])


def test_a_pair_waits_for_its_reader() -> None:
    words = pair("总览", "Overview")
    assert (str(words), say("一", "one")) == ("总览", "一")
    with translation.override("en"):
        assert (str(words), say("一", "one")) == ("Overview", "one")
        assert "Overview" in draw('{% both "总览" "Overview" %}').split("<span")[0]


def test_a_static_file_changes_its_address_with_its_content() -> None:
    assert re.search(r"/static/shell/luoshi\.css\?[0-9a-f]{12}$", draw('{% asset "shell/luoshi.css" %}'))
    with pytest.raises(LookupError):
        draw('{% asset "shell/nothing.css" %}')


# ── charts ───────────────────────────────────────────────────────────────────────────────────────────────────────────

DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
POINTS = st.lists(st.tuples(DAYS, st.decimals(-(10**9), 10**9, places=2)), min_size=1, max_size=40)


@given(st.lists(POINTS, min_size=1, max_size=4), DAYS)
def test_every_point_and_tick_lies_inside_the_picture(lines: list[list[tuple[date, Decimal]]], today: date) -> None:
    series = [Series(f"线{at}", "reading", sorted(points)) for at, points in enumerate(lines)]
    chart = line_chart("指标", "%", series, today)
    for mark in (mark for line in chart.lines for mark in line.marks):
        assert charts.LEFT <= mark.x <= WIDTH - charts.RIGHT
        assert charts.TOP - 0.1 <= mark.y <= HEIGHT - charts.BOTTOM + 0.1
    assert 2 <= len(chart.up) <= 7
    assert len(chart.across) <= 6
    assert [line.name for line in chart.lines] == [one.name for one in series]


@given(st.integers(1, 6), st.decimals(0, 100, places=1))
def test_names_that_end_at_one_place_never_cover_each_other(count: int, value: Decimal) -> None:
    end = date(2026, 12, 1)
    series = [Series(f"线{at}", "path", [(date(2026, 1, 1), Decimal(0)), (end, value)]) for at in range(count)]
    heights = sorted(line.label_y for line in line_chart("指标", "%", series).lines)
    assert all(below - above > 17.9 for above, below in pairwise(heights))


def test_a_chart_has_its_numbers_as_a_table_and_without_any_says_so() -> None:
    series = [Series("实到", "reading", [(date(2026, 1, 1), Decimal("12.5")), (date(2026, 2, 1), Decimal(14))])]
    drawn = draw("{% line_chart chart %}", chart=line_chart("优良天数", "%", series, date(2026, 1, 15)))
    assert '<td class="cell-number">12.5</td>' in drawn
    assert "2026-02-01" in drawn
    assert "今天" in drawn
    assert "还没有读数" in draw("{% line_chart chart %}", chart=line_chart("优良天数", "%", ()))


@given(st.lists(st.integers(0, 10**6), max_size=6))
def test_the_parts_of_a_bar_fill_it_and_none_is_lost(counts: list[int]) -> None:
    drawn = parts([(f"c{at}", f"w{at}", count) for at, count in enumerate(counts)])
    assert [part.count for part in drawn] == [count for count in counts if count]
    if drawn:
        assert abs(drawn[-1].start + drawn[-1].width - 100) < 0.01
        assert all(abs(b.start - a.start - a.width) < 0.002 for a, b in pairwise(drawn))


def test_a_bar_of_lights_says_every_count_in_words() -> None:
    drawn = draw("{% part_bar counts %}", counts={"red": 3, "green": 86, "grey": 0})
    assert re.findall(r"<b>(\d+)</b>", drawn) == ["3", "86"]
    assert "还没有任务" in draw("{% part_bar counts %}", counts={})
