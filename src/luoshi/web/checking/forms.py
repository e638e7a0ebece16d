"""What is checked and by which rules. The text comes back with every request: nothing of a draft is stored."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.check import Settings, rules
from luoshi.web.matter import words
from luoshi.web.shell.language import pair, say

LONGEST = 300_000  # characters; a report of a province has some 30,000
SEVERITIES = ("error", "warning", "note")


class DraftForm(forms.Form):
    """A file, or the ``text`` of one that was read before; ``before`` are the marks of what was found in it then."""

    file = forms.FileField(label=pair("稿子", "Draft"), required=False, allow_empty_file=True, max_length=200)
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False, max_length=LONGEST)
    name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    before = forms.CharField(widget=forms.HiddenInput, required=False)
    openness = forms.ChoiceField(label=pair("这份稿子是", "The draft is"), initial="secret")
    least = forms.ChoiceField(label=pair("最轻列到", "List down to"), initial="note")
    rules = forms.MultipleChoiceField(
        label=pair("用哪些规则", "Rules"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        named = (("error", say("只列错误", "errors only")), ("warning", say("错误和提醒", "errors and warnings")),
                 ("note", say("全部", "everything")))  # fmt: skip
        found = [(code, f"{code} {say(one.title, one.title_en)}") for code, one in rules().items()]
        labels = [(name, words.label_tag(name)["text"]) for name in words.LABELS]
        for name, choices in (("openness", labels), ("least", named), ("rules", found)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["rules"].initial = [code for code, one in rules().items() if one.on]

    def settings(self) -> Settings:
        """The rules that were chosen; none chosen is those that are on by default."""
        chosen = self.cleaned_data["rules"]
        return Settings(select=tuple(chosen) if chosen else None)

    def shown(self) -> tuple[str, ...]:
        """The severities that are listed."""
        return SEVERITIES[: SEVERITIES.index(self.cleaned_data["least"]) + 1]
