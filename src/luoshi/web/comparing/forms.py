"""The filters of the ledger, and the form of whoever decides about a promise."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.compare import Comparison, Promise
from luoshi.publish.labels import label, values
from luoshi.web.shell.language import pair, say

ONLY = ("repeated", "silent", "decided", "due")


class Narrow(forms.Form):
    """Which promises are listed."""

    q = forms.CharField(label=pair("字词", "Words"), required=False, max_length=60)
    year = forms.ChoiceField(label=pair("报告年份", "Report"), required=False)
    verdict = forms.ChoiceField(label=pair("判定", "Outcome"), required=False)
    kind = forms.ChoiceField(label=pair("种类", "Kind"), required=False)
    about = forms.ChoiceField(label=pair("指标", "Indicator"), required=False)
    only = forms.ChoiceField(label=pair("只看", "Only"), required=False)

    def __init__(self, comparison: Comparison, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        every = ("", say("全部", "all"))
        promises = comparison.promises
        kinds = [kind for kind in values("kind") if any(one.kind == kind for one in promises)]
        self._offer("year", [every, *((one.id, one.id) for one in comparison.reports)])
        self._offer("verdict", [every, *((one, word("verdict", one)) for one in values("verdict"))])
        self._offer("kind", [every, *((one, word("kind", one)) for one in kinds)])
        self._offer("about", [every, *_indicators(promises)])
        self._offer("only", [every, *zip(ONLY, _only(), strict=True)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def asked(self, name: str) -> str:
        """What is asked for under ``name``; what cannot be is nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    def chosen(self, promises: tuple[Promise, ...], *, facets: bool = True) -> tuple[Promise, ...]:
        """The promises asked for; without ``facets`` whatever year and outcome are asked for."""
        return tuple(one for one in promises if self._fits(one, facets))

    def _fits(self, one: Promise, facets: bool) -> bool:
        words = self.asked("q").lower()
        told = (one.name, one.quote.text, *(quote.text for quote in one.outcome.quotes))
        return (
            (not words or any(words in text.lower() for text in told))
            and self.asked("kind") in ("", one.kind)
            and self.asked("about") in ("", one.thread)
            and (not facets or self.asked("year") in ("", one.report))
            and (not facets or self.asked("verdict") in ("", one.verdict))
            and _is(one, self.asked("only"))
        )


def word(group: str, value: str) -> str:
    """What ``value`` is called in the reader's language."""
    return label(group, value, "en" if say("zh", "en") == "en" else "zh")


def _only() -> tuple[str, ...]:
    return (
        say("又承诺过的", "promised again"),
        say("后来没有说到的", "never mentioned again"),
        say("人判定过的", "decided by a person"),
        say("已到期的", "due"),
    )


def _is(one: Promise, only: str) -> bool:
    match only:
        case "repeated":
            return one.carried > 0
        case "silent":
            return one.verdict == "not_reported"
        case "decided":
            return one.decided is not None
        case "due":
            return one.verdict != "pending"
        case _:
            return True


def _indicators(promises: tuple[Promise, ...]) -> list[tuple[str, str]]:
    """The indicators of the catalogue that are promised anywhere, by name."""
    known = {one.thread: one for one in promises if one.number and one.number.code}
    named = {thread: f"{one.name} {_measure(one)}".rstrip() for thread, one in known.items()}
    return sorted(named.items(), key=lambda two: two[1])


def _measure(one: Promise) -> str:
    assert one.number is not None
    return "" if one.number.measure == "level" else word("measure", one.number.measure)


class DecideForm(forms.Form):
    """What became of a promise, as a person says: the outcome, the words that tell it, why."""

    verdict = forms.ChoiceField(label=pair("判定", "Outcome"))
    told = forms.ChoiceField(
        label=pair("结果的原话", "Words that tell the outcome"), required=False, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=pair("或者从报告里贴一句", "Or words of a later report"), required=False, max_length=300,
        help_text=pair("要和报告一字不差", "exactly as the report has them"),
    )  # fmt: skip
    why = forms.CharField(
        label=pair("理由", "Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, promise: Promise, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._promise = promise
        verdicts = [(one, word("verdict", one)) for one in values("verdict")]
        self.fields["verdict"].choices = verdicts  # type: ignore[attr-defined]
        offered = [(str(nth), f"{one.quote.report} {one.quote.text}") for nth, one in enumerate(promise.candidates)]
        kept = ("", say("不另指，照找到的", "as it was found"))
        self.fields["told"].choices = [kept, *offered]  # type: ignore[attr-defined]

    def clean_why(self) -> str:
        """Whoever says otherwise than was found says why; whoever confirms need not."""
        why = str(self.cleaned_data.get("why") or "").strip()
        if not why and self.cleaned_data.get("verdict") != self._promise.verdict:
            raise forms.ValidationError(say("改判要写理由。", "Say why the outcome is another."))
        return why
