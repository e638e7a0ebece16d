"""The filters of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from luoshi.publish.labels import label, values
from luoshi.web.reader.cards import Card
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.lights import colours, lamp


class Narrow(forms.Form):
    """What of the report is shown: words looked for, items of a unit, a light, a kind; the map of what was not read."""

    q = forms.CharField(label=pair("在正文里找", "Find in the text"), required=False, max_length=60)
    unit = forms.ChoiceField(label=pair("单位", "Unit"), required=False)
    kind = forms.ChoiceField(label=pair("种类", "Kind"), required=False)
    light = forms.ChoiceField(label=pair("灯号", "Light"), required=False)
    unread = forms.ChoiceField(label=pair("没有读成的", "What was not read"), required=False)

    def __init__(self, found: Iterable[Card], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        every = ("", say("全部", "all"))
        cards = list(found)
        units = sorted({one.unit for card in cards for one in (card.item.lead, *card.item.help) if one is not None})
        kinds = [kind for kind in values("kind") if any(card.item.kind == kind for card in cards)]
        lang: Any = say("zh", "en")
        self._offer("unit", [every, ("-", say("没有牵头单位", "no lead unit")), *((one, one) for one in units)])
        self._offer("kind", [every, *((one, label("kind", one, lang)) for one in kinds)])
        self._offer("light", [every, *((one, lamp(one).word) for one in colours())])
        self._offer("unread", [("", say("不标", "not marked")), ("1", say("标出来", "marked"))])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def asked(self, name: str) -> str:
        """What is asked for under ``name``; what cannot be is nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))
