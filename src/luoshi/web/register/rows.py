"""An item as a row of the register: drawn on the page, or written into a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from luoshi.publish.labels import label
from luoshi.web.matter import words
from luoshi.web.register.data import data, named
from luoshi.web.shell.language import in_english, say
from luoshi.web.shell.lights import lamp
from luoshi.web.shell.tables import Column

if TYPE_CHECKING:
    from luoshi.store.models import Matter

_SEPARATOR = "、"


def chosen(asked: Sequence[str]) -> tuple[str, ...]:
    """The columns that were ``asked`` for, in the order of the file; without any, those shown where nobody chose."""
    rows = data()["columns"]
    found = tuple(key for key in rows if key in asked)
    return found or tuple(key for key, row in rows.items() if row["shown"])


def columns(keys: Iterable[str]) -> list[Column]:
    """The columns ``keys`` for a table."""
    rows = data()["columns"]
    return [Column(key, named(rows[key]), rows[key]["kind"], rows[key].get("sorts", False)) for key in keys]


def row(one: Matter, leaders: Mapping[str, str]) -> dict[str, Any]:
    """The cells of ``one``. Its id carries the revision that is seen: what is then done on it is compared with that."""
    lit = lamp(one.light, hollow=one.hollow)
    vital = say("重点", "important")
    return {
        "id": f"{one.pk}-{one.revision}",
        "name": one.title,
        "number": one.number or "—",
        "title": {
            "text": one.title,
            "address": reverse("matter:show", args=[one.pk]),
            "beside": vital if one.important else "",
        },
        "light": {"colour": lit.colour, "hollow": lit.hollow, "why": "", "word": ""},
        "lead": {"name": one.lead_name or "—", "others": _helping(one)},
        "due": one.due,
        "state": words.state_word(one.state),
        "verified": {"reported": one.reported, "verified": one.verified},
        "class": words.said("class", one.progress_class),
        "leader": leaders.get(one.leader, one.leader) or "—",
        "theme": one.theme or "—",
        "kind": kind_word(one.kind),
        "label": words.label_tag(one.label),
        "reported_on": one.reported_on,
        "updated": timezone.localtime(one.updated).date(),
    }


def cells(one: Matter, leaders: Mapping[str, str], keys: Iterable[str]) -> list[Any]:
    """The same as a line of a file: two numbers where the page draws two bars, units in a cell of their own."""
    drawn = row(one, leaders)
    plain = drawn | {
        "title": one.title,
        "light": f"{lamp(one.light).word}{_unverified(one)}",
        "lead": one.lead_name,
        "label": drawn["label"]["text"],
    }
    made: list[Any] = []
    for key in keys:
        both = {"verified": [_percent(one.reported), _percent(one.verified)], "lead": [one.lead_name, _names(one)]}
        made += both.get(key, [plain[key]])
    return made


def heads(keys: Iterable[str]) -> list[str]:
    """The headings above :func:`cells`."""
    rows = data()["columns"]
    made: list[str] = []
    for key in keys:
        both = {
            "verified": [say("自报 %", "Reported %"), say("核实 %", "Verified %")],
            "lead": [named(rows["lead"]), say("配合单位", "Helping units")],
        }
        made += both.get(key, [named(rows[key])])
    return made


def kind_word(kind: str) -> str:
    """What a kind of item is called."""
    return label("kind", kind, "en" if in_english() else "zh")


def _names(one: Matter) -> str:
    return _SEPARATOR.join(part.unit.short_name or part.unit.name for part in one.parts.all() if part.part == "help")


def _helping(one: Matter) -> str:
    names = _names(one)
    return say(f"配合：{names}", f"with {names}") if names else ""


def _unverified(one: Matter) -> str:
    return say("（未核实）", " (unverified)") if one.hollow else ""


def _percent(value: Any) -> str:
    return f"{value.normalize():f}"
