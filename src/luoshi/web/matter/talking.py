"""The small forms on an item's page: a comment, a file for a piece of evidence, a label."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.web.matter import words
from luoshi.web.shell.language import pair


class CommentForm(forms.Form):
    """A word in the discussion."""

    text = forms.CharField(
        label=pair("说一句", "Say something"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pair(
            "看得到这一项的人都看得到；写 @姓名 点名，他在“我的今天”里看到",
            "whoever sees this item sees it; @name tells that person",
        ),
    )


class Labelled(forms.Form):
    """A form with a label to choose."""

    openness = forms.ChoiceField(label=pair("公开属性", "Label"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        named = [(name, words.label_tag(name)["text"]) for name in words.LABELS]
        self.fields["openness"].choices = named  # type: ignore[attr-defined]


class FileForm(Labelled):
    """A file for a piece of evidence that is there already."""

    evidence = forms.CharField(widget=forms.HiddenInput, max_length=60)
    file = forms.FileField(label=pair("文件", "File"), allow_empty_file=True, max_length=200)

    def __init__(self, *args: Any, **given: Any) -> None:
        given.setdefault("initial", {"openness": "internal"})
        super().__init__(*args, **given)


class LabelForm(Labelled):
    """A label with its reason; ``expected`` is the revision that was seen."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=pair("理由", "Reason"), max_length=200)
