"""What stands beside the text: an item a card, with its place in the text, its units, its deadline and its light."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from luoshi.plan import Figure, Item, Plan
from luoshi.publish.labels import label
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.store.models import Matter

_TONES = {"stated": "plain", "proposed": "warning", "confirmed": "good"}


@dataclass(frozen=True, slots=True)
class Card:
    """One item as the reader shows it; ``anchor`` is where its words begin, ``start`` the same as an offset."""

    item: Item
    anchor: str
    start: int
    matter: Matter | None
    figures: tuple[Figure, ...]
    address: str = ""

    @property
    def kind(self) -> str:
        return label("kind", self.item.kind, _lang())

    @property
    def lead(self) -> str:
        return self.item.lead.unit if self.item.lead else ""

    @property
    def helping(self) -> str:
        return "、".join(one.unit for one in self.item.help)

    @property
    def basis(self) -> dict[str, str] | None:
        """How the lead unit is known, as a tag; a guess looks like one."""
        found = self.item.lead.basis if self.item.lead else ""
        return {"text": label("unit_basis", found, _lang()), "tone": _TONES[found]} if found else None

    @property
    def proposed(self) -> bool:
        """Whether a unit was only proposed, so that somebody has to confirm it."""
        return any(one.basis == "proposed" for one in (self.item.lead, *self.item.help) if one is not None)

    @property
    def due(self) -> dict[str, Any]:
        """The deadline, and how it is known."""
        found = self.item.deadline
        return {"day": found.date, "words": found.text, "basis": label("date_basis", found.basis, _lang())}

    @property
    def corrected(self) -> bool:
        return bool((self.item.model_extra or {}).get("corrected"))


def cards(plan: Plan, matters: Iterable[Matter]) -> list[Card]:
    """A card an item, in the order of the text; ``matters`` are those that the person may see."""
    known = {one.item: one for one in matters}
    starts = {one.id: one.start for one in plan.commitments} | {one.id: one.start for one in plan.figures}
    figures = {one.id: one for one in plan.figures}
    made = [_card(item, starts, figures, known.get(item.id)) for item in plan.items]
    return sorted(made, key=lambda card: card.start)


def _card(item: Item, starts: Mapping[str, int], figures: Mapping[str, Figure], matter: Matter | None) -> Card:
    first = min((name for name in item.commitments if name in starts), key=starts.__getitem__, default="")
    letter = "c"
    if not first:
        letter, first = "f", next((name for name in item.figures if name in starts), "")
    own = tuple(figures[name] for name in item.figures if name in figures)
    address = reverse("matter:show", kwargs={"pk": matter.pk}) if matter else ""
    return Card(item, f"{letter}-{first}" if first else "text", starts.get(first, 0), matter, own, address)


def chosen(found: Iterable[Card], unit: str, light: str, kind: str) -> list[Card]:
    """Those of ``found`` that are ``unit``'s, of this ``light`` and ``kind``; what is empty asks for nothing."""
    return [card for card in found if _is_of(card, unit) and _has(card, light) and kind in ("", card.item.kind)]


def _is_of(card: Card, unit: str) -> bool:
    return not unit or unit in (card.lead, *(one.unit for one in card.item.help)) or (unit == "-" and not card.lead)


def _has(card: Card, light: str) -> bool:
    return not light or (card.matter is not None and card.matter.light == light)


def _lang() -> Any:
    return say("zh", "en")
