"""Every component in every state on one page, for whoever builds pages; only where the site runs for building."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.web.shell.charts import LineChart, Series, line_chart
from luoshi.web.shell.language import pair
from luoshi.web.shell.lights import colours
from luoshi.web.shell.tables import Column, Export, Table, sort_of

ZONE = ZoneInfo("Asia/Shanghai")
UNITS = (("区住建局", "区住建局"), ("区教育局", "区教育局"), ("区水利局", "区水利局"))
COLUMNS = (
    Column("number", pair("编号", "No."), "code", sorts=True),
    Column("title", pair("任务", "Item"), "title"),
    Column("unit", pair("牵头单位", "Lead unit"), "unit", sorts=True),
    Column("due", pair("期限", "Due"), "date", sorts=True),
    Column("light", pair("灯号", "Light"), "light", sorts=True),
    Column("progress", pair("进度", "Progress"), "progress"),
    Column("label", pair("密级标记", "Label"), "tag"),
    Column("count", pair("投资（万元）", "10,000 yuan"), "number", sorts=True),
)
TITLES = (
    ("改造老旧小区 24 个", "“全年改造老旧小区24个，惠及3600户”"),
    ("新增学位 2400 个", "“新建学校3所，新增学位2400个”"),
    ("渠道清淤 130 公里，恢复灌溉面积 2.1 万亩，汛前完工并通过市级验收", "“汛前完成渠道清淤130公里”"),
    ("开通公交线路 6 条", ""),
    ("建成区级养老服务中心", "“建成区级养老服务中心并投入使用”"),
    ("医保参保率稳定在 95% 以上", ""),
)


class Sample(forms.Form):
    """A form with every kind of field."""

    name = forms.CharField(label=pair("任务名称", "Title"), help_text=pair("一句话，不超过 60 字。", "One sentence."))
    lead = forms.ChoiceField(label=pair("牵头单位", "Lead unit"), choices=UNITS)
    due = forms.DateField(label=pair("期限", "Due"), widget=forms.DateInput(attrs={"type": "date"}))
    helping = forms.MultipleChoiceField(
        label=pair("配合单位", "Helping units"), choices=UNITS, widget=forms.CheckboxSelectMultiple, required=False
    )
    label = forms.ChoiceField(
        label=pair("密级标记", "Label"),
        choices=(("open", "公开"), ("internal", "内部"), ("work", "工作秘密")),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=pair("说明", "Note"), widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label=pair("已核对原文", "Compared with the text"))


class Narrow(forms.Form):
    """The filters of a list."""

    words = forms.CharField(label=pair("查找", "Search"), required=False)
    unit = forms.ChoiceField(label=pair("单位", "Unit"), choices=(("", "全部"), *UNITS), required=False)
    light = forms.ChoiceField(
        label=pair("灯号", "Light"), choices=(("", "全部"), ("red", "红"), ("yellow", "黄")), required=False
    )
    due = forms.DateField(label=pair("期限不晚于", "Due by"), required=False, widget=forms.DateInput({"type": "date"}))


class Files(forms.Form):
    """A place for files."""

    file = forms.FileField(label=pair("佐证材料", "Evidence"))


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """The gallery."""
    wrong = Sample({"lead": "区住建局", "due": "2026-13-40"})
    wrong.full_clean()
    found: dict[str, Any] = {
        "colours": colours(),
        "table": _table(request),
        "none": Table("none", "没有内容的表", COLUMNS, ()),
        "form": Sample(initial={"label": "open"}),
        "wrong": wrong,
        "narrow": Narrow(request.GET if request.GET else {"unit": "区住建局", "light": "red"}),
        "files": Files(),
        "trail": (("任务台账", "#register"), ("住房和城建", "#theme")),
        "tabs": (("概况", "#one"), ("排期", "#two"), ("佐证", "#three"), ("记录", "#four")),
        "entries": _entries(),
        "chart": _chart(),
        "no_chart": line_chart("空气质量优良天数比例", "%", ()),
        "counts": {"red": 3, "yellow": 11, "green": 86, "blue": 9, "stale": 4, "grey": 41},
    }
    return render(request, "shell/gallery.html", found)


def _table(request: HttpRequest) -> Table:
    sort = sort_of(request.GET.get("sort", ""), COLUMNS, "due")
    rows = [_row(at) for at in range(143)]
    page = Paginator(rows, 12).get_page(request.GET.get("page"))
    exports = (Export("Excel", "#xlsx"), Export("CSV", "#csv"))
    return Table("register", "任务台账", COLUMNS, list(page), sort, page, exports, chosen="bulk")


def _row(at: int) -> dict[str, Any]:
    title, quote = TITLES[at % len(TITLES)]
    colour = colours()[at % len(colours())]
    return {
        "id": at + 1,
        "name": title,
        "number": f"2026-{at + 1:03}",
        "title": {"text": title, "address": f"#item-{at + 1}", "beside": quote},
        "unit": {"name": UNITS[at % 3][0], "others": "配合：区财政局、区发改局" if at % 4 == 0 else ""},
        "due": date(2026, 6 + at % 6, 1 + at % 28) if at % 9 else None,
        "light": {
            "colour": colour,
            "hollow": at % 3 == 1 and colour not in ("grey", "stale"),
            "why": "规则 3",
            "word": "",
        },
        "progress": {
            "reported": min(100, 20 + at * 7),
            "verified": min(100, at * 6) if at % 5 else None,
        },
        "label": ("公开", {"text": "内部", "tone": "ink"}, {"text": "工作秘密", "tone": "warning"})[at % 3],
        "count": f"{(at + 3) * 1270:,}",
    }


def _entries() -> list[dict[str, Any]]:
    told = (
        ("督查室 李敏", "核查：进度与自报不符", "现场看到 18 个小区开工，自报 22 个。", "bad"),
        ("区住建局 张强", "反馈进展：已开工 22 个", "佐证 3 份", "plain"),
        ("系统", "到期前 30 天提醒", "", "warning"),
        ("区住建局 王芳", "签收", "", "good"),
    )
    return [
        {
            "when": datetime(2026, 7, 20 - at, 9, 30, tzinfo=ZONE),
            "who": who,
            "what": what,
            "detail": detail,
            "tone": tone,
        }
        for at, (who, what, detail, tone) in enumerate(told)
    ]


_TOLD = ("who", "what", "detail", "tone")


def _chart() -> LineChart:
    months = [date(2026, month, 1) for month in range(1, 13)]
    path = [(day, Decimal(40 * at)) for at, day in enumerate(months)]
    readings = [(day, Decimal(value)) for day, value in zip(months, (0, 31, 70, 98, 141, 160, 205), strict=False)]
    ahead = [readings[-1], (months[9], Decimal(300)), (months[11], Decimal(372))]
    series = (Series("应到", "path", path), Series("实到", "reading", readings), Series("走势", "forecast", ahead))
    return line_chart("航空产业产值", "亿元", series, date(2026, 7, 20))
