"""The form that hands a post over: to whom and from which day; and the holder whom its person saw."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from luoshi.store.posts import people_of
from luoshi.store.units import branch
from luoshi.web.shell.language import pair, say

if TYPE_CHECKING:
    from luoshi.store.models import Person, Post


class HandOverForm(forms.Form):
    """``seen`` is the last holder's row: a post that was handed over meanwhile is not handed over once more."""

    person = forms.ChoiceField(label=pair("交给谁", "To whom"))
    day = forms.DateField(
        label=pair("从哪天起", "From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, post: Post, today: date, data: Any = None) -> None:
        last = post.holders.order_by("-since", "-pk").first()
        self._last = last.pk if last else 0
        super().__init__(data, initial={"day": today, "seen": self._last})
        self._people = {str(one.pk): one for one in people_of(branch(post.unit))}
        held = str(last.person_id) if last and last.until is None else ""
        named = [(key, one.name) for key, one in self._people.items() if key != held]
        self.fields["person"].choices = [("", "—"), *named]  # type: ignore[attr-defined]

    @property
    def successor(self) -> Person:
        """Whoever is to hold the post."""
        return self._people[self.cleaned_data["person"]]

    def clean_seen(self) -> int:
        seen: int = self.cleaned_data["seen"]
        if seen != self._last:
            told = say(
                "这个岗位刚刚交接过，请回到单位页面看现在是谁。",
                "This post was just handed over: look who holds it now.",
            )
            raise forms.ValidationError(told)
        return seen
