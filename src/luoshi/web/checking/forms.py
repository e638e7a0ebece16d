"""What is checked, by which rules, against which earlier report, and which findings are listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from luoshi.check import Diagnostic, rules
from luoshi.web.matter import words
from luoshi.web.shell.language import pair, say

SEVERITIES = ("error", "warning", "note")


class UploadForm(forms.Form):
    """A file and how secret it is."""

    file = forms.FileField(label=pair("稿子", "Draft"), allow_empty_file=True, max_length=200)
    openness = forms.ChoiceField(label=pair("这份稿子是", "The draft is"), initial="secret")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        labels = [(name, words.label_tag(name)["text"]) for name in words.LABELS]
        self.fields["openness"].choices = labels  # type: ignore[attr-defined]


class NewFileForm(forms.Form):
    """The draft as it is after it was worked on."""

    file = forms.FileField(label=pair("改过的稿子", "The draft as it is now"), allow_empty_file=True, max_length=200)


class ChooseForm(forms.Form):
    """The rules, what counts as failing, last year's report; or all of it from a ``luoshi.toml``."""

    rules = forms.MultipleChoiceField(
        label=pair("用哪些规则", "Rules"), required=False, widget=forms.CheckboxSelectMultiple
    )
    fail = forms.ChoiceField(label=pair("有哪一级就算没有通过", "Fails from"))
    earlier = forms.ChoiceField(label=pair("和哪份去年的报告比", "Last year's report"), required=False)
    openness = forms.ChoiceField(label=pair("这份稿子是", "The draft is"))
    config = forms.FileField(
        label=pair("或者用一份 luoshi.toml", "Or take a luoshi.toml"), required=False, max_length=200,
        help_text=pair("和命令行用的一样：规则、放过的、哪一级算没有通过", "as the command line has it"),
    )  # fmt: skip

    def __init__(self, earlier: Iterable[tuple[str, str]], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        found = [(code, f"{code} {say(one.title, one.title_en)}") for code, one in rules().items()]
        labels = [(name, words.label_tag(name)["text"]) for name in words.LABELS]
        fails = [(name, severity_word(name)) for name in SEVERITIES] + [("never", say("都不算", "never"))]
        offered = [("", say("不比", "none")), *earlier]
        for name, choices in (("rules", found), ("fail", fails), ("earlier", offered), ("openness", labels)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class PassForm(forms.Form):
    """A finding that is let pass, and why."""

    mark = forms.RegexField(r"^[0-9a-f]{16}$")
    reason = forms.CharField(label=pair("理由", "Reason"), max_length=300)


class Narrow(forms.Form):
    """Which findings are listed."""

    severity = forms.ChoiceField(label=pair("最轻列到", "List down to"), required=False)
    rule = forms.ChoiceField(label=pair("规则", "Rule"), required=False)
    only = forms.ChoiceField(label=pair("只看", "Only"), required=False)
    q = forms.CharField(label=pair("字词", "Words"), required=False, max_length=60)

    def __init__(self, found: Sequence[Diagnostic], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        every = ("", say("全部", "all"))
        codes = sorted({one.code: say(one.rule.title, one.rule.title_en) for one in found}.items())
        least = (("error", say("只列错误", "errors only")), ("warning", say("错误和提醒", "errors and warnings")))
        only = ("new", say("新出现的", "new ones"))
        named = [(code, f"{code} {title}") for code, title in codes]
        for name, choices in (("severity", [every, *least]), ("rule", [every, *named]), ("only", [every, only])):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def fits(self, one: Diagnostic, *, fresh: bool) -> bool:
        """Whether a finding is listed; ``fresh`` says that the version before did not have it."""
        self.is_valid()
        asked = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        least = asked["severity"] or "note"
        texts = (one.place.text, one.message, one.english)
        return (
            SEVERITIES.index(one.severity) <= SEVERITIES.index(least)
            and asked["rule"] in ("", one.code)
            and (asked["only"] != "new" or fresh)
            and (not asked["q"] or any(asked["q"].lower() in text.lower() for text in texts))
        )


def severity_word(name: str) -> str:
    """What a severity is called."""
    return {"error": say("错误", "error"), "warning": say("提醒", "warning"), "note": say("说明", "note")}[name]
