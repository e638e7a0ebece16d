"""The filters of the register: a form of GET, so that an address is a view that can be kept and handed on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from luoshi.publish.labels import Language, label, values
from luoshi.store import finding
from luoshi.store.posts import leaders_posts
from luoshi.supervise import workflow
from luoshi.supervise.words import values as words_of
from luoshi.web import access
from luoshi.web.matter import words
from luoshi.web.register.data import data, phase_word
from luoshi.web.shell.language import in_english, pair, say
from luoshi.web.shell.lights import colours, lamp

Choices = Sequence[tuple[str, str]]
FIRST = ("words", "report", "unit", "light", "phase", "due_until")  # the others wait behind "more"
_MANY = ("light", "state", "phase", "kind", "class", "label")


@dataclass(frozen=True, slots=True)
class Offered:
    """What the lists of the form hold for the person: reports, units, leaders, themes that they may see."""

    reports: Choices
    units: Choices
    leaders: Choices
    themes: Choices

    @classmethod
    def to(cls, who: access.Access) -> Offered:
        """What ``who`` may choose from; four queries."""
        reports = [(str(pk), title) for pk, title in access.reports(who).values_list("pk", "title")]
        units = [(str(pk), short or name) for pk, name, short in
                 access.units(who).values_list("pk", "name", "short_name")]  # fmt: skip
        leaders = [(one.code, f"{one.title} {one.holder}".strip()) for one in leaders_posts(who.day)]
        themes = [(one, one) for one in finding.themes(access.matters(who))]
        return cls(reports, units, leaders, themes)


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class Filters(forms.Form):
    """What a list of items can be narrowed by. A value that is none of the choices narrows nothing."""

    words = forms.CharField(label=pair("查找", "Search"), required=False, max_length=100)
    report = _choice(pair("报告", "Report"))
    unit = _choice(pair("单位（牵头或配合）", "Unit"))
    light = _choice(pair("灯号", "Light"))
    phase = _choice(pair("阶段", "Phase"))
    due_until = _day(pair("期限不晚于", "Due by"))
    due_from = _day(pair("期限不早于", "Due from"))
    state = _choice(pair("状态", "State"))
    kind = _choice(pair("类别", "Kind"))
    theme = _choice(pair("主题", "Theme"))
    leader = _choice(pair("责任领导", "Leader"))
    label = _choice(pair("公开属性", "Openness"))
    important = _choice(pair("重点", "Important"))
    hollow = _choice(pair("佐证", "Evidence"))

    def __init__(self, data: QueryDict, offered: Offered) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.fields["class"] = _choice(pair("进度", "Progress"))
        for name, choices in _lists(offered).items():
            self.fields[name].choices = [("", say("全部", "All")), *choices]  # type: ignore[attr-defined]
        self.order_fields([*FIRST, "class"])
        self.full_clean()

    def first(self) -> Iterable[forms.BoundField]:
        """The fields that are always there."""
        return [self[name] for name in FIRST]

    def more(self) -> Iterable[forms.BoundField]:
        """The others."""
        return [self[name] for name in self.fields if name not in FIRST]

    def more_set(self) -> bool:
        """Whether one of the others narrows the list."""
        return any(self.given(bound.name) for bound in self.more())

    def given(self, name: str) -> Any:
        """The value of a field; nothing where it was not well formed."""
        return getattr(self, "cleaned_data", {}).get(name)

    def wanted(self, order: str) -> finding.Wanted:
        """What the store is asked for."""
        given = {name: self.given(name) or "" for name in self.fields}
        several = {name: (given[name],) if given[name] else () for name in _MANY}
        return finding.Wanted(
            report=int(given["report"]) if given["report"] else None,
            unit=int(given["unit"]) if given["unit"] else None,
            states=several["state"],
            phases=several["phase"],
            lights=several["light"],
            kinds=several["kind"],
            classes=several["class"],
            labels=several["label"],
            theme=given["theme"],
            leader=given["leader"],
            due_from=self.given("due_from"),
            due_until=self.given("due_until"),
            important=bool(given["important"]),
            hollow=bool(given["hollow"]),
            words=given["words"],
            order=order,
        )

    def chips(self) -> list[dict[str, str]]:
        """What is set: a name, a value in words, and the address without it."""
        return [
            {"name": str(bound.label), "value": self._said(bound), "without": without(self.data, bound.name)}
            for bound in self
            if self.given(bound.name)
        ]

    def _said(self, bound: forms.BoundField) -> str:
        value = str(self.given(bound.name))
        choices = getattr(bound.field, "choices", ())
        return next((str(word) for key, word in choices if str(key) == value), value)


def without(data: Any, name: str) -> str:
    """The query of an address without ``name`` and without the page."""
    left = data.copy()
    for gone in (name, "page"):
        left.pop(gone, None)
    return f"?{left.urlencode()}"


def _lists(offered: Offered) -> dict[str, Choices]:
    lang: Language = "en" if in_english() else "zh"
    return {
        "report": offered.reports,
        "unit": offered.units,
        "leader": offered.leaders,
        "theme": offered.themes,
        "light": [(one, lamp(one).word) for one in colours()],
        "phase": [(one, phase_word(one)) for one in data()["phases"]],
        "state": [(one, words.state_word(one)) for one in workflow().states],
        "kind": [(one, label("kind", one, lang)) for one in values("kind") if one != "slogan"],
        "class": [(one, words.said("class", one)) for one in words_of("class")],
        "label": [(one, words.label_tag(one)["text"]) for one in words.LABELS],
        "important": [("1", say("只看重点", "Only important ones"))],
        "hollow": [("1", say("只有单位自报", "Only the unit's word"))],
    }


def filters(request: HttpRequest) -> Filters:
    """The filters that the address of ``request`` sets."""
    return Filters(request.GET, Offered.to(access.access(request)))
