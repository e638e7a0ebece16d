"""Rows within a form: nodes of a path, pieces of evidence with their files, what stands at the end of a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from luoshi.store.evidence import ENDINGS, LARGEST
from luoshi.supervise.evidence import kinds
from luoshi.web.matter import words
from luoshi.web.shell.language import pair

_QUARTERS = 4
TAKEN = {"accept": ",".join(ENDINGS), "data-largest": LARGEST}  # what a browser offers, and warns of before it sends


def _day(label: Any, *, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=hint)


class NodeRow(forms.Form):
    """One node: all three members, or none of them (then it is no node)."""

    name = forms.CharField(label=pair("节点", "Node"), required=False, max_length=100)
    day = _day(pair("到哪天", "By"))
    percent = forms.DecimalField(
        label=pair("到 %", "At %"), required=False, min_value=0, max_value=100, max_digits=6, decimal_places=3
    )

    def clean(self) -> dict[str, Any]:
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        if any(value not in (None, "") for value in given.values()) and any(
            value in (None, "") for value in given.values()
        ):
            raise forms.ValidationError(
                str(pair("节点要写全名称、日期和百分比", "a node needs name, day and per cent"))
            )
        return given


class ProofRow(forms.Form):
    """One piece of evidence, with or without its file."""

    kind = forms.ChoiceField(label=pair("种类", "Kind"), required=False)
    note = forms.CharField(label=pair("说明（证明什么）", "What it shows"), required=False, max_length=200)
    day = _day(pair("形成日期", "Dated"))
    openness = forms.ChoiceField(label=pair("公开属性", "Label"), required=False)
    file = forms.FileField(label=pair("文件", "File"), required=False, allow_empty_file=True, max_length=200)
    file.widget.attrs.update(TAKEN)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        listed = [(kind, f"{words.evidence_rank(kind)} {words.evidence_word(kind)}") for kind in kinds()]
        labels = [(name, words.label_tag(name)["text"]) for name in words.LABELS]
        self.fields["kind"].choices = [("", "—"), *listed]  # type: ignore[attr-defined]
        self.fields["openness"].choices = labels  # type: ignore[attr-defined]
        self.fields["openness"].initial = "internal"

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("kind") and (given.get("note") or given.get("file")):
            raise forms.ValidationError(str(pair("请选佐证的种类", "choose the kind of the evidence")))
        return given


class Filled(BaseFormSet[Any]):
    """Rows of which some may be left empty."""

    needed = ""

    def filled(self) -> Iterator[dict[str, Any]]:
        """The rows that say something."""
        for form in self.forms:
            given = dict(getattr(form, "cleaned_data", {}))
            if given.get(self.needed):
                yield given


class _Nodes(Filled):
    needed = "name"


class _Proofs(Filled):
    needed = "kind"

    def filled(self) -> Iterator[dict[str, Any]]:
        for given in super().filled():
            given["openness"] = given.get("openness") or "internal"
            if not given.get("file"):
                given.pop("file", None)
            yield given


NodeRows = formset_factory(NodeRow, formset=_Nodes, extra=3, max_num=24)
ProofRows = formset_factory(ProofRow, formset=_Proofs, extra=2, max_num=6)


class QuarterField(forms.CharField):
    """Four lines, a quarter each, as a tuple."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": _QUARTERS}), max_length=1000, **given)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        lines = tuple(line.strip() for line in text.splitlines())[:_QUARTERS]
        return lines if any(lines) else ()
