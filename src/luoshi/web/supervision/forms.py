"""The forms of the desk: filters, the plan of inspections, findings and their answers."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.web.shell.language import pair


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class Unitary(forms.Form):
    """A form with a choice of unit."""

    unit = forms.ChoiceField(label=pair("单位", "Unit"), required=False)

    def __init__(self, units: Any, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        names = [(str(one.pk), one.name) for one in units]
        self.fields["unit"].choices = [("", str(pair("全部单位", "All units"))), *names]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What is set and right; what is wrong is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class DeskFilter(Unitary):
    """Filters of a queue."""

    q = forms.CharField(label=pair("词", "Words"), required=False, max_length=60)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)


class Cap(forms.Form):
    """How many visits a year, and how many days between two at one unit."""

    cap = forms.IntegerField(label=pair("全年最多几次", "Visits a year at most"), min_value=0, max_value=200)
    gap = forms.IntegerField(label=pair("同一单位隔几天", "Days between two at one unit"), min_value=0, max_value=400)


class Drawing(forms.Form):
    """What draws a sample: the seed that anyone can repeat it with, and the share of what is not of high risk."""

    seed = forms.CharField(label=pair("种子", "Seed"), max_length=60)
    share = forms.IntegerField(label=pair("抽百分之几", "Share, per cent"), min_value=0, max_value=100)


class Span(forms.Form):
    """The days of a notice."""

    since = day_field(pair("从", "From"))
    until = day_field(pair("到", "To"))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("since") and given.get("until") and not 0 <= (given["until"] - given["since"]).days <= 400:
            raise forms.ValidationError(str(pair("起止日期要先后相接，不超过 400 天", "at most 400 days, in order")))
        return given


class FindingForm(forms.Form):
    """A finding: what was found, what is demanded, by when."""

    text = forms.CharField(label=pair("查出的问题", "What was found"), widget=forms.Textarea({"rows": 3}))
    demand = forms.CharField(label=pair("整改要求", "Demand"), widget=forms.Textarea({"rows": 2}))
    due = day_field(pair("整改期限", "By"))
    matter = forms.ChoiceField(label=pair("哪一件事项", "Item"), required=False)
    photo = forms.FileField(
        label=pair("现场照片", "Photo"),
        required=False,
        max_length=200,
        help_text=pair(
            "手机上点开就是相机；JPG、PNG，20 MB 以内，收下时算 SHA-256", "opens the camera; JPG or PNG, 20 MB"
        ),
        widget=forms.FileInput({"accept": "image/jpeg,image/png", "capture": "environment"}),
    )

    def __init__(self, matters: Any, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        listed = [(str(one.pk), one.title[:60]) for one in matters]
        self.fields["matter"].choices = [("", str(pair("不对应事项", "none"))), *listed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("photo") and not given.get("matter"):
            self.add_error(
                "matter", str(pair("照片要挂在事项上，请选一件事项", "a photo belongs to an item: choose one"))
            )
        return given


class StepForm(forms.Form):
    """A step of a visit or a finding, with words where it needs some."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=pair("说明", "Words"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
