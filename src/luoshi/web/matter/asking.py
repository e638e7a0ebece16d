"""The form of a move, made from its row in the workflow: no move has a form of its own."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from luoshi.schedule.procedures import templates
from luoshi.store.handing_in import Handed
from luoshi.supervise import Event, Evidence, Matter, Milestone, Move, Rules, verified_cap
from luoshi.supervise.words import values
from luoshi.web.matter import words
from luoshi.web.matter.rows import NodeRows, ProofRows, QuarterField
from luoshi.web.shell.language import say

Choices = Iterable[tuple[str, str]]
_BLANK = ("", "—")
_SETS = {"nodes": NodeRows, "proofs": ProofRows}


@dataclass(frozen=True, slots=True)
class Asking:
    """What a form offers to choose from: the item as it stands, units, leaders' posts, other items of the report."""

    matter: Matter
    today: date
    rules: Rules
    units: Sequence[str] = ()
    posts: Choices = ()
    others: Choices = ()


class MoveForm(forms.Form):
    """The form of a move. ``expected`` is the revision that was seen, ``key`` names the act: sent twice, done once."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    def __init__(self, move: Move, asking: Asking, data: Any = None, files: Any = None, back: str = "") -> None:
        first = {"expected": asking.matter.revision, "key": f"web:{uuid.uuid4().hex}", "next": back}
        names = asked(move)
        starts = {name: _start(name, asking) for name in names}
        super().__init__(data, files, initial={**first, **starts}, auto_id=f"{move.name}-%s")
        self.move, self.asking, self.names = move, asking, names
        self.sets: dict[str, Any] = {}
        for name in names:
            kind = _row(name)["kind"]
            if kind in _SETS:
                self.sets[name] = _SETS[kind](data, files, initial=starts[name] or None, prefix=name)
            else:
                self.fields[name] = _field(name, asking, required=name in move.needs)

    def shown(self) -> Iterator[dict[str, Any]]:
        """What the page draws, in order: fields, and sets of rows with their label and hint."""
        for name in self.names:
            if name in self.sets:
                row, needed = _row(name), name in self.move.needs
                yield {"name": name, "set": self.sets[name], "label": words.field_word(name), "hint": _hint(row),
                       "needed": needed}  # fmt: skip
            else:
                yield {"name": name, "field": self[name]}

    def is_valid(self) -> bool:
        """Whether every field and every row is well formed; whether the move is allowed is for the engine to say."""
        fine = super().is_valid()
        for name, rows in self.sets.items():
            if not rows.is_valid():
                fine = False
                label = words.field_word(name)
                told = {str(text) for row in rows.forms for found in row.errors.values() for text in found}
                self.add_error(None, [f"{label}：{text}" for text in sorted(told)] or [label])
        return fine

    def event(self) -> tuple[Event, list[Handed]]:
        """The event that the form says, and the files that came with it."""
        given = {name: self.cleaned_data[name] for name in self.names if name in self.fields}
        if "nodes" in self.sets:
            given["nodes"] = tuple(Milestone(**row) for row in self.sets["nodes"].filled())
        files: list[Handed] = []
        if "evidence" in self.sets:
            given["evidence"] = tuple(self._proofs(files))
        said = {name: value for name, value in given.items() if value not in (None, "", ())}
        return Event.model_validate(
            {"move": self.move.name, "by": {"role": ""}, "expected": self.cleaned_data["expected"], **said}
        ), files

    def _proofs(self, files: list[Handed]) -> Iterator[Evidence]:
        """Each row as evidence under an id of its own; its file goes with it."""
        matter = self.asking.matter
        for at, row in enumerate(self.sets["evidence"].filled(), 1):
            id_ = f"{matter.id}-r{matter.revision + 1}-{at}"
            file = row.pop("file", None)
            if file is not None:
                files.append(Handed(file.name, file.chunks(), id_, row["openness"]))
            yield Evidence(**{**row, "id": id_, "day": row["day"] or self.asking.today})

    def refused(self, problems: Sequence[Any]) -> None:
        """Show why the move was refused, in the words of the problems."""
        for one in problems:
            self.add_error(None, say(f"{one.message}{one.advice}", f"{one.english} {one.message}"))


def stand_on(form: forms.Form, revision: int) -> None:
    """Let a form that came second stand on ``revision``, which its person now sees; what was typed stays."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["expected"] = str(revision)
    form.data = data


def asked(move: Move) -> tuple[str, ...]:
    """The fields of a move's form: needed ones, what it sets, what may be given besides."""
    known = words.forms()["fields"]
    every = (*move.needs, *move.sets, *words.about(move.name).get("also", ()))
    return tuple(name for name in dict.fromkeys(every) if name in known)


def _row(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = words.forms()["fields"][name]
    return found


def _hint(row: Mapping[str, Any]) -> str:
    return say(row["zh"], row["en"])


def _start(name: str, asking: Asking) -> Any:
    """What a field starts with: what the item has, or today."""
    source = _row(name).get("from", "")
    if source == "today":
        return asking.today
    found = getattr(asking.matter, source, None) if source else None
    if name == "verified":
        return min(max(asking.matter.verified, asking.matter.reported), verified_cap(asking.matter))
    if _row(name)["kind"] == "nodes":
        return [{"name": one.name, "day": one.day, "percent": one.percent} for one in found or ()]
    return list(found) if isinstance(found, tuple) else found


def _field(name: str, asking: Asking, *, required: bool) -> forms.Field:
    row = _row(name)
    given = {"label": words.field_word(name), "help_text": _hint(row), "required": required}
    return _MAKERS[row["kind"]](row, asking, given)


Maker = Callable[[Mapping[str, Any], Asking, dict[str, Any]], forms.Field]


def _line(_row: Mapping[str, Any], _asking: Asking, given: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=200, **given)


def _long(_row: Mapping[str, Any], _asking: Asking, given: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), **given)


def _date(_row: Mapping[str, Any], _asking: Asking, given: dict[str, Any]) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)


def _percent(_row: Mapping[str, Any], _asking: Asking, given: dict[str, Any]) -> forms.Field:
    return forms.DecimalField(min_value=0, max_value=100, max_digits=6, decimal_places=3, **given)


def _money(_row: Mapping[str, Any], _asking: Asking, given: dict[str, Any]) -> forms.Field:
    return forms.DecimalField(min_value=0, max_digits=14, decimal_places=4, **given)


def _quarters(_row: Mapping[str, Any], _asking: Asking, given: dict[str, Any]) -> forms.Field:
    return QuarterField(**given)


def _choice(row: Mapping[str, Any], _asking: Asking, given: dict[str, Any]) -> forms.Field:
    group = row["list"]
    return _one_of([(value, words.said(group, value)) for value in values(group)], given)


def _unit(_row: Mapping[str, Any], asking: Asking, given: dict[str, Any]) -> forms.Field:
    return _one_of(_with(asking.units, (asking.matter.lead,)), given)


def _units(_row: Mapping[str, Any], asking: Asking, given: dict[str, Any]) -> forms.Field:
    widget = forms.SelectMultiple(attrs={"size": 6})
    return forms.MultipleChoiceField(choices=_with(asking.units, asking.matter.help), widget=widget, **given)


def _post(_row: Mapping[str, Any], asking: Asking, given: dict[str, Any]) -> forms.Field:
    return _one_of(asking.posts, given)


def _node(_row: Mapping[str, Any], asking: Asking, given: dict[str, Any]) -> forms.Field:
    there = [(one.name, f"{one.name}（{one.day}）") for one in asking.matter.nodes if one.met is None]
    return _one_of(there, given)


def _proof(_row: Mapping[str, Any], asking: Asking, given: dict[str, Any]) -> forms.Field:
    there = [one for one in asking.matter.evidence if not one.false]
    named = [(one.id, f"{one.day} {words.evidence_word(one.kind)} {one.place or one.note}") for one in there]
    return _one_of(named, given)


def _matter(_row: Mapping[str, Any], asking: Asking, given: dict[str, Any]) -> forms.Field:
    return _one_of(asking.others, given)


def _slip(_row: Mapping[str, Any], asking: Asking, given: dict[str, Any]) -> forms.Field:
    scheme = asking.rules.slips
    return _one_of([(colour, scheme.colours[colour]["zh"]) for colour in scheme.order], given)


def _procedure(_row: Mapping[str, Any], _asking: Asking, given: dict[str, Any]) -> forms.Field:
    return _one_of([(one.id, say(one.name, one.en)) for one in templates()], given)


def _one_of(choices: Choices, given: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=[_BLANK, *choices], **given)


def _with(names: Sequence[str], present: Sequence[str]) -> list[tuple[str, str]]:
    """Units to choose from, and those that the item already names by a name of their own."""
    return [(name, name) for name in dict.fromkeys((*filter(None, present), *names))]


_MAKERS: dict[str, Maker] = {
    "line": _line, "long": _long, "date": _date, "percent": _percent, "money": _money, "quarters": _quarters,
    "choice": _choice, "unit": _unit, "units": _units, "post": _post, "node": _node, "proof": _proof,
    "matter": _matter, "slip": _slip, "procedure": _procedure,
}  # fmt: skip
