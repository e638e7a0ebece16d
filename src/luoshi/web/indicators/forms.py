"""The forms about an indicator: a reading, a path, a light by hand, a label."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django import forms

from luoshi.measure.light import COLOURS
from luoshi.measure.path import words as path_words
from luoshi.web.matter import words
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.lights import lamp

_UNIT_RUNGS = 2  # a unit vouches for its own readings up to 有佐证; the rungs above are for whoever verifies
Choices = list[tuple[str, str]]


@cache
def _heads(name: str) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(resources.files("luoshi.measure").joinpath(name).read_text(encoding="utf-8"))
    return found


def heading(name: str, key: str) -> str:
    """How a column of a table of readings or paths is called."""
    return str(_heads(name)["columns"][key][0])


def _first_words(name: str, group: str) -> Choices:
    """The values of ``group`` of a table of words, each by its first word; the last word is the English one."""
    return [(key, say(said[0], said[-1])) for key, said in _heads(name)[group].items()]


def rungs(most: int) -> Choices:
    """The ladder of evidence up to ``most``."""
    return [(key, f"E{key} {said[0]}") for key, said in _heads("readings.toml")["level"].items() if int(key) <= most]


def openness() -> Choices:
    """The labels as choices."""
    return [(name, words.label_tag(name)["text"]) for name in words.LABELS]


_UNSEEN = forms.HiddenInput(attrs={"id": False})  # several forms of a page carry one: an id would stand there twice


class ReadingForm(forms.Form):
    """A reading. It is judged by the same reader as a table of readings (:meth:`table`)."""

    period = forms.CharField(
        label=pair("时期", "Period"),
        max_length=40,
        help_text=pair("如 2023年1—9月、2023年三季度、2023-09", "as 2023-09 or 2023年1—9月"),
    )
    value = forms.CharField(
        label=pair("数值", "Value"), max_length=40, help_text=pair("可带单位，如 0.57万人", "a unit may follow")
    )
    unit = forms.CharField(label=pair("单位", "Unit"), max_length=30, required=False)
    scope = forms.ChoiceField(label=pair("口径", "Scope"), required=False)
    level = forms.ChoiceField(label=pair("核实等级", "Rung of evidence"))
    source = forms.CharField(label=pair("来源", "Source"), max_length=200, required=False)
    evidence = forms.CharField(label=pair("佐证", "Evidence"), max_length=200, required=False)
    openness = forms.ChoiceField(label=pair("公开属性", "Label"), initial="internal")
    growth = forms.BooleanField(label=pair("这个数是同比增速", "It is a growth over the year before"), required=False)
    broken = forms.BooleanField(
        label=pair("统计口径变了，与以前不可比", "Counted another way: not comparable with before"), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, verifies: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        auto = [("", say("照时期推断", "as the period says"))]
        self._choices("scope", [*auto, *_first_words("readings.toml", "scope")])
        self._choices("level", rungs(5 if verifies else _UNIT_RUNGS))
        self._choices("openness", openness())

    def _choices(self, name: str, rows: Choices) -> None:
        self.fields[name].choices = rows  # type: ignore[attr-defined]

    def table(self, name: str) -> list[list[str]]:
        """What was typed as a table of one reading of the indicator ``name``."""
        given = self.cleaned_data
        said = {**{key: given[key] for key in ("period", "value", "unit", "scope", "source", "evidence", "level")},
                "name": f"{name}增速" if given["growth"] else name, "openness": given["openness"],
                "broken": "yes" if given["broken"] else ""}  # fmt: skip
        return [[heading("readings.toml", key) for key in said], list(said.values())]


class PathForm(forms.Form):
    """How the target is to be reached."""

    path = forms.ChoiceField(label=pair("路径", "Path"), required=False)
    base = forms.CharField(
        label=pair("起点", "Start"), max_length=40, required=False, help_text=pair("期初的数", "the value before")
    )
    better = forms.ChoiceField(label=pair("方向", "Direction"), required=False)
    nature = forms.ChoiceField(label=pair("性质", "Nature"), required=False)
    steps = forms.CharField(
        label=pair("节点", "Steps"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pair("一行一个：时期，空格，应达到的数，如 2023年6月 50", "one a line: period, blank, value"),
    )  # fmt: skip
    expected = forms.IntegerField(widget=_UNSEEN)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        auto = [("", say("照规则选", "as the rules choose"))]
        kinds = [(key, say(row["zh"], row["en"])) for key, row in path_words()["path"].items()]
        for name, rows in (("path", kinds), *((one, _first_words("given.toml", one)) for one in ("better", "nature"))):
            self.fields[name].choices = [*auto, *rows]  # type: ignore[attr-defined]

    def table(self, target: str) -> list[list[str]]:
        """What was typed as a table of paths about ``target``; empty where nothing was said."""
        given = self.cleaned_data
        keys = ("name", "path", "base", "better", "nature", "period", "value")
        first = [target, given["path"], given["base"], given["better"], given["nature"], "", ""]
        rows = [first] if any(first[1:]) else []
        for line in filter(None, map(str.strip, given["steps"].splitlines())):
            period, _, value = line.rpartition(" ")
            rows.append([target, "", "", "", "", period.strip(), value])
        return [[heading("given.toml", key) for key in keys], *rows] if rows else []

    @staticmethod
    def typed(rows: Iterable[Iterable[str]]) -> dict[str, str]:
        """What is agreed, as the form had it."""
        kept = [list(row) for row in rows][1:]
        first: list[str] = next((row for row in kept if not row[6]), [""] * 7)
        steps = "\n".join(f"{row[5]} {row[6]}" for row in kept if row[6])
        return {"path": first[1], "base": first[2], "better": first[3], "nature": first[4], "steps": steps}


class LightForm(forms.Form):
    """A light by hand: a reason, and the last day it holds; without a colour the rules decide again."""

    colour = forms.ChoiceField(label=pair("灯", "Light"), required=False)
    reason = forms.CharField(label=pair("理由", "Reason"), max_length=200, required=False)
    until = forms.DateField(
        label=pair("到哪天为止", "Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    expected = forms.IntegerField(widget=_UNSEEN)

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.today = today
        rows = [("", say("照规则", "as the rules say")), *((name, lamp(name).word) for name in COLOURS)]
        self.fields["colour"].choices = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("colour"):
            if not given.get("reason"):
                self.add_error("reason", say("人工改灯要写理由。", "A light by hand needs a reason."))
            if "until" in given and (given["until"] is None or given["until"] < self.today):
                self.add_error("until", say("写明到哪天为止，不早于今天。", "Say until when, not before today."))
        return given


class LabelForm(forms.Form):
    """The label of a reading, with the one that was seen."""

    reading = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=10)
    openness = forms.ChoiceField(label=pair("公开属性", "Label"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["openness"].choices = openness()  # type: ignore[attr-defined]


class Narrow(forms.Form):
    """The filters of the list."""

    report = forms.ChoiceField(label=pair("报告", "Report"), required=False)
    words = forms.CharField(label=pair("查找", "Search"), required=False)
    light = forms.ChoiceField(label=pair("灯", "Light"), required=False)
    read = forms.ChoiceField(label=pair("读数", "Readings"), required=False)

    def __init__(self, *args: Any, reports: Choices, **given: Any) -> None:
        super().__init__(*args, **given)
        every = ("", say("全部", "All"))
        said = [("yes", say("有读数", "with readings")), ("no", say("没有读数", "without"))]
        lights = [(name, lamp(name).word) for name in COLOURS]
        for name, rows in (("report", reports), ("light", [every, *lights]), ("read", [every, *said])):
            self.fields[name].choices = rows  # type: ignore[attr-defined]
