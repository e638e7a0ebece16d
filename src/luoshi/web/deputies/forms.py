"""The forms of a ballot: drafting it, voting, counting the paper ballots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from luoshi.store.balloting import CHOICES
from luoshi.web.deputies import words
from luoshi.web.shell.language import pair, say

if TYPE_CHECKING:
    from luoshi.problems import Problem
    from luoshi.store.models import BallotMatter, Matter, Report

_MOST = 100_000


class Form(forms.Form):
    """A form that can be refused by the store, after everything typed was right in itself."""

    def refused(self, problems: Iterable[Problem]) -> None:
        """Show why the store refused."""
        for one in problems:
            self.add_error(None, f"{one.message}（{one.code}）")


class DraftForm(Form):
    """A new ballot."""

    title = forms.CharField(label=pair("名称", "Title"), max_length=200)
    report = forms.ChoiceField(label=pair("报告", "Report"))
    opens = forms.DateField(label=pair("开始", "Opens"), widget=forms.DateInput(attrs={"type": "date"}))
    closes = forms.DateField(label=pair("截止", "Closes"), widget=forms.DateInput(attrs={"type": "date"}))
    secret = forms.BooleanField(
        label=pair("无记名", "Secret"),
        required=False,
        help_text=pair("数据库里看不出谁投了什么", "no name is kept with a vote"),
    )
    matters = forms.MultipleChoiceField(
        label=pair("测评的任务", "Matters"),
        widget=forms.CheckboxSelectMultiple,
        help_text=pair("只有公开的任务可以测评", "only what is public"),
    )

    def __init__(self, reports: Sequence[Report], matters: Sequence[Matter], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["report"].choices = [(str(one.pk), _named(one)) for one in reports]  # type: ignore[attr-defined]
        named = [(str(one.pk), f"{one.title}（{one.lead_name}）") for one in matters]
        self.fields["matters"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "opens" in found and "closes" in found and found["closes"] < found["opens"]:
            self.add_error("closes", say("截止不能早于开始", "It cannot close before it opens"))
        return found


class VoteForm(Form):
    """One choice a matter."""

    def __init__(self, rows: Sequence[BallotMatter], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for row in rows:
            self.fields[f"m{row.pk}"] = forms.ChoiceField(
                label=row.matter.title,
                help_text=row.matter.lead_name,
                choices=words.choices(),
                widget=forms.RadioSelect,
                error_messages={"required": say(f"还没有选：{row.matter.title}", f"No choice yet: {row.matter.title}")},
            )

    def chosen(self) -> dict[int, str]:
        """The choices by place row."""
        return {int(name[1:]): choice for name, choice in self.cleaned_data.items()}


class PaperForm(Form):
    """How many paper ballots made each choice about each matter."""

    def __init__(self, rows: Sequence[BallotMatter], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for row in rows:
            for name in CHOICES:
                self.fields[f"p{row.pk}-{name}"] = forms.IntegerField(
                    label=f"{row.matter.title} {words.choice(name)}", min_value=0, max_value=_MOST
                )

    def rows(self, matters: Sequence[BallotMatter]) -> list[dict[str, Any]]:
        """The cells row by row, for a table."""
        return [
            {"title": row.matter.title, "cells": [self[f"p{row.pk}-{name}"] for name in CHOICES]} for row in matters
        ]

    def counts(self) -> dict[int, dict[str, int]]:
        """The counts by place row and choice."""
        found: dict[int, dict[str, int]] = {}
        for name, count in self.cleaned_data.items():
            row, choice = name[1:].split("-")
            found.setdefault(int(row), {})[choice] = count
        return found


def filled_in(counts: Mapping[int, Mapping[str, int]]) -> dict[str, int]:
    """Counts as the initial values of a :class:`PaperForm`."""
    return {f"p{row}-{choice}": count for row, of in counts.items() for choice, count in of.items()}


def _named(report: Report) -> str:
    return f"{report.title}（{report.year or ''}）"
