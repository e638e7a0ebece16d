"""The forms of corrections. Every one carries the revision of the report that was seen."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from luoshi.plan import Figure, Item, Plan
from luoshi.publish.labels import label, values
from luoshi.schedule.procedures import templates
from luoshi.web.shell.language import pair, say

_SPLIT = str.maketrans(dict.fromkeys("、，,;；", "\n"))


class Seen(forms.Form):
    """What every form of a correction has."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label=pair("为什么改", "Why"), required=False, max_length=200)


def _named(group: str, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    lang: Any = say("zh", "en")
    return [(one, label(group, one, lang)) for one in values(group) if one not in without]


class ItemForm(Seen):
    """Title, kind, deadline and procedure of an item."""

    title = forms.CharField(label=pair("事项", "Item"), max_length=120)
    kind = forms.ChoiceField(label=pair("种类", "Kind"))
    due = forms.DateField(
        label=pair("期限", "Due"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    procedure = forms.ChoiceField(
        label=pair("按什么程序排期", "Procedure"),
        required=False,
        help_text=pair("节点按程序从期限往回排，见“节点”。", "Nodes are laid out from the deadline backwards."),
    )
    field_order = ("title", "kind", "due", "procedure", "why", "expected")

    def __init__(self, item: Item, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        named = [(one.id, say(one.name, one.en)) for one in templates()]
        self._offer("kind", _named("kind", without=("slogan",)))
        self._offer("procedure", [("", say("由事项名称推定", "as its title suggests")), *named])
        self._item = item

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def of(item: Item, revision: int) -> ItemForm:
        """The form as the item stands."""
        told = {"title": item.title, "kind": item.kind, "due": item.deadline.date, "expected": revision}
        return ItemForm(item, initial={**told, "procedure": procedure_of(item)})

    def changed_members(self) -> dict[str, Any]:
        """What the person made different, as the new values of a correction."""
        given, item = self.cleaned_data, self._item
        made: dict[str, Any] = {name: given[name] for name in ("title", "kind") if given[name] != getattr(item, name)}
        if given["due"] != item.deadline.date:
            day = given["due"].isoformat() if given["due"] else None
            made["deadline"] = {"date": day, "text": None, "basis": "stated" if day else "none"}
        if (given["procedure"] or "") != procedure_of(item):
            made["procedure"] = given["procedure"] or None
        return made


def procedure_of(item: Item) -> str:
    """The procedure that a person chose for ``item``; empty where nobody did."""
    return str((item.model_extra or {}).get("procedure") or "")


class UnitsForm(Seen):
    """Lead and helping units, to be confirmed. Only units of the site can be."""

    lead = forms.CharField(
        label=pair("牵头单位", "Lead unit"), max_length=100, widget=forms.TextInput({"list": "every-unit"})
    )
    help = forms.CharField(
        label=pair("配合单位", "Helping units"), required=False, max_length=1000,
        widget=forms.Textarea({"rows": 2}), help_text=pair("一行一个，或用顿号隔开。", "One a line."),
    )  # fmt: skip
    field_order = ("lead", "help", "why", "expected")

    def __init__(self, known: Iterable[str], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._known = set(known)

    @staticmethod
    def of(item: Item, known: Iterable[str], revision: int) -> UnitsForm:
        """The form with the units as they were read or proposed."""
        told = {"lead": item.lead.unit if item.lead else "", "help": "\n".join(one.unit for one in item.help)}
        return UnitsForm(known, initial={**told, "expected": revision})

    def clean_lead(self) -> str:
        """One unit of the site."""
        return self._one_known(self.cleaned_data["lead"].strip())

    def clean_help(self) -> list[str]:
        """Units of the site, each once."""
        wanted = [one.strip() for one in self.cleaned_data["help"].translate(_SPLIT).splitlines()]
        return [self._one_known(one) for one in dict.fromkeys(wanted) if one]

    def _one_known(self, name: str) -> str:
        if name not in self._known:
            raise forms.ValidationError(say(f"本站没有“{name}”这个单位，请先在“管理”里加上，或改用已有的名称。",
                                            f"{name} is not a unit of this site."))  # fmt: skip
        return name


class FigureForm(Seen):
    """The value of a figure. The same checks as the plan's own."""

    value = forms.CharField(label=pair("数值", "Value"), max_length=40)
    unit = forms.CharField(label=pair("单位", "Unit"), required=False, max_length=30)
    comparator = forms.ChoiceField(label=pair("比较", "Comparator"))
    field_order = ("value", "unit", "comparator", "why", "expected")

    def __init__(self, figure: Figure, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["comparator"].choices = _named("comparator")  # type: ignore[attr-defined]
        self._figure = figure

    @staticmethod
    def of(figure: Figure, revision: int) -> FigureForm:
        """The form as the figure stands."""
        told = {name: getattr(figure, name) for name in ("value", "unit", "comparator")}
        return FigureForm(figure, initial={**told, "expected": revision})

    def clean_value(self) -> str:
        """A number; a ratio (2:1) or a fraction stays as the plan writes it."""
        value: str = self.cleaned_data["value"].strip()
        try:
            for part in value.replace("/", ":").split(":"):
                Decimal(part)
        except InvalidOperation as error:
            raise forms.ValidationError(say("要写成数字，如 1500 或 6.5", "a number is wanted, as 6.5")) from error
        return value

    def changed_members(self) -> dict[str, Any]:
        """What the person made different."""
        given = self.cleaned_data
        names = ("value", "unit", "comparator")
        return {name: given[name] for name in names if given[name] != getattr(self._figure, name)}


class AddForm(Seen):
    """A stretch of the text that is to be an item."""

    quote = forms.CharField(
        label=pair("原文里的一段话", "Words of the report"), max_length=400, widget=forms.Textarea({"rows": 3}),
        help_text=pair("从正文里原样复制，或在正文里选中后点“把这段话补成事项”。", "Copied from the text."),
    )  # fmt: skip
    before = forms.CharField(required=False, max_length=40, strip=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, max_length=40, strip=False, widget=forms.HiddenInput)
    title = forms.CharField(label=pair("事项", "Item"), required=False, max_length=120)
    kind = forms.ChoiceField(label=pair("种类", "Kind"))
    due = forms.DateField(label=pair("期限", "Due"), required=False, widget=forms.DateInput({"type": "date"}))
    field_order = ("quote", "title", "kind", "due", "why", "before", "after", "expected")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = _named("kind", without=("slogan",))  # type: ignore[attr-defined]

    def members(self) -> dict[str, Any]:
        """The members of the new commitment and its item."""
        given = self.cleaned_data
        made: dict[str, Any] = {"kind": given["kind"]}
        if given["title"]:
            made["title"] = given["title"]
        if given["due"]:
            made["deadline"] = {"date": given["due"].isoformat(), "basis": "stated"}
        return made


def others(plan: Plan, item: Item) -> list[tuple[str, str]]:
    """The items that ``item`` can be put together with: those of its section first."""
    rows = sorted((one for one in plan.items if one.id != item.id), key=lambda one: one.section != item.section)
    return [(one.id, one.title) for one in rows]
