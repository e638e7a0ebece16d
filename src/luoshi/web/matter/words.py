"""What things are called on the page of an item: fields, states, moves, labels, in the language of the reader."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from luoshi.publish.labels import label
from luoshi.schedule.procedures import templates
from luoshi.supervise import Move, slip_profiles, workflow
from luoshi.supervise.evidence import kinds
from luoshi.supervise.words import data, known, word
from luoshi.web.shell.language import say

LABELS = ("public", "internal", "secret")
TONES = {"public": "plain", "internal": "ink", "secret": "warning"}


@cache
def forms() -> dict[str, Any]:
    """``moves.toml``: what may be given with a move, and how each field is asked for."""
    text = resources.files("luoshi.web.matter").joinpath("moves.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def about(move: str) -> Mapping[str, Any]:
    """The line of ``moves.toml`` about ``move``; empty where it has none."""
    found: Mapping[str, Any] = forms()["moves"].get(move, {})
    return found


def said(group: str, value: str) -> str:
    """A word of the lists of supervision; the value itself where it is of no list (of an older version)."""
    return say(word(group, value), word(group, value, "en")) if known(group, value) else value


def field_word(name: str) -> str:
    """What a member of an item or of a move is called."""
    row = forms()["members"].get(name)
    if row is not None:
        return say(row["zh"], row["en"])
    return said("field", name)


def state_word(name: str) -> str:
    """What a state is called."""
    state = workflow().states.get(name)
    return say(state.zh, state.en) if state else name


def move_word(move: Move | str) -> str:
    """What a move is called."""
    found = workflow().moves.get(move) if isinstance(move, str) else move
    return say(found.zh, found.en) if found else str(move)


def role_word(name: str) -> str:
    """What a role of the workflow is called."""
    row = workflow().roles.get(name)
    return say(row["zh"], row["en"]) if row else name


def detail_word(what: str, detail: str) -> str:
    """The detail of something owed: the state whose limit it is, the rhythm of a report, the name of a node."""
    if what == "limit":
        return state_word(detail)
    rhythm = data("rhythm.toml")["reports"].get(detail) if what == "report" else None
    return say(rhythm["zh"], rhythm["en"]) if rhythm else detail


def procedure_word(name: str) -> str:
    """What a procedure is called; its name where this version has none of it."""
    found = next((one for one in templates() if one.id == name), None)
    return say(found.name, found.en) if found else name


def slip_word(colour: str) -> str:
    """What a slip of ``colour`` is called by the first scheme that has it."""
    rows = (scheme.colours[colour] for scheme in slip_profiles().values() if colour in scheme.colours)
    row = next(rows, None)
    return say(row["zh"], row.get("en", row["zh"])) if row else colour


def evidence_word(kind: str) -> str:
    """What a kind of evidence is called."""
    row = kinds().get(kind)
    return say(str(row["zh"]), str(row["en"])) if row else kind


def evidence_rank(kind: str) -> str:
    """The rank of a kind of evidence, as people write it: E3."""
    row = kinds().get(kind)
    return f"E{row['rank']}" if row else ""


def label_tag(name: str | None) -> dict[str, str]:
    """A label (公开、内部、工作秘密) as the component ``tag`` draws it."""
    chosen = name or "internal"
    return {"text": say(label("openness", chosen), label("openness", chosen, "en")), "tone": TONES[chosen]}
