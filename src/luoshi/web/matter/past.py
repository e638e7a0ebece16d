"""What happened to an item, from the record: the history with before and after, and the reports period by period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from luoshi.supervise import workflow
from luoshi.web.matter import words
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.store.models import LedgerEntry

Record = list[tuple["LedgerEntry", dict[str, Any]]]
_LONGEST = 160
_LISTS = ("evidence", "slips", "requests", "signatures", "nodes", "stages")
_GROUPS = ("cause", "forecast", "effect")
_ROW_WORDS: Mapping[str, Callable[[str], str]] = {
    "kind": partial(words.said, "request"),
    "colour": words.slip_word,
    "light": partial(words.said, "light"),
}
_NAMED: Mapping[str, Callable[[str], str]] = {
    "state": words.state_word,
    "openness": lambda value: words.label_tag(value)["text"],
    "procedure": words.procedure_word,
}
_HIDDEN = {"revision", "since", "drift", "lights", "first_due", "conclusion_on"}
_TOLD = {
    "evidence.keep": ("上传文件", "file kept"),
    "comment.say": ("发言", "comment"),
    "comment.take_back": ("撤回发言", "comment taken back"),
    "matter.refused": ("被拒绝的动作", "refused"),
}
_TONES = {"matter.refused": "bad", "evidence.keep": "plain"}
_MOVE_TONES = {
    **dict.fromkeys(("accept", "close", "hold_good"), "good"),
    **dict.fromkeys(("return_report", "remind"), "warning"),
    **dict.fromkeys(("send_back", "issue_slip", "mark_false", "breach", "fail"), "bad"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A member of the item that became different: what it is called, what it was, what it is."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of the record as people read it."""

    sequence: int
    when: datetime
    day: date
    who: str
    role: str
    what: str
    detail: str
    tone: str
    changes: tuple[Change, ...]


def happenings(record: Record) -> list[Happening]:
    """Every entry, newest first, as people read it."""
    return [_happening(entry, given) for entry, given in record]


def since(record: Record, revision: int) -> list[Happening]:
    """What was moved after ``revision`` was seen, newest first: what a person who came second must look at."""
    later = [(entry, given) for entry, given in record if entry.action == "matter.move" and _revision(given) > revision]
    return happenings(later)


@dataclass(frozen=True, slots=True)
class Told:
    """A report of the unit on ``day``, and what the office made of it (``verified`` None: not yet)."""

    day: date
    percent: Decimal | None
    progress: str
    difficulties: str
    next_step: str
    cause: str
    ask: str
    who: str
    verified: Decimal | None = None
    returned: str = ""


def reports(record: Record) -> list[Told]:
    """The reports and claims of the item, newest first, each with the answer that followed."""
    found: list[Told] = []
    for entry, given in reversed(record):
        move = workflow().moves.get(given.get("move", ""))
        if entry.action != "matter.move" or move is None:
            continue
        event = given.get("event", {})
        if {"report", "claim"} & set(move.effects):
            found.append(_told(entry, given, event))
        elif found and {"verify", "close"} & set(move.effects):
            found[-1] = _answered(
                found[-1], verified=_number(_after(given, "verified")) or _number(event.get("verified"))
            )
        elif found and move.name in ("return_report", "send_back"):
            found[-1] = _answered(found[-1], returned=event.get("reason", ""))
    return found[::-1]


def numbers(record: Record) -> tuple[list[tuple[date, Decimal]], list[tuple[date, Decimal]]]:
    """Both numbers as they went, by day: what was reported, what was verified."""
    series: dict[str, dict[date, Decimal]] = {"reported": {}, "verified": {}}
    for entry, given in reversed(record):
        if entry.action == "matter.move" and "day" in given:
            for name, found in series.items():
                value = _number(_after(given, name))
                if value is not None:
                    found[date.fromisoformat(given["day"])] = value
    return sorted(series["reported"].items()), sorted(series["verified"].items())


def _told(entry: LedgerEntry, given: Mapping[str, Any], event: Mapping[str, str]) -> Told:
    claimed = Decimal(100) if "done_on" in event else None
    return Told(
        day=date.fromisoformat(given["day"]),
        percent=claimed if "percent" not in event else _number(event["percent"]),
        progress=event.get("progress", "") or event.get("summary", ""),
        difficulties=event.get("difficulties", ""),
        next_step=event.get("next_step", ""),
        cause=words.said("cause", event["cause"]) if "cause" in event else "",
        ask=event.get("ask", ""),
        who=entry.actor,
    )


def _answered(told: Told, *, verified: Decimal | None = None, returned: str = "") -> Told:
    plain = {name: getattr(told, name) for name in Told.__slots__}
    return Told(**{**plain, "verified": verified, "returned": returned})


def _happening(entry: LedgerEntry, given: Mapping[str, Any]) -> Happening:
    moved = entry.action == "matter.move"
    what = _what(entry.action, given)
    event = given.get("event", {}) if moved else given
    return Happening(
        sequence=entry.sequence,
        when=entry.at,
        day=date.fromisoformat(given["day"]) if "day" in given else timezone.localdate(entry.at),
        who=entry.actor,
        role=words.role_word(entry.role),
        what=what,
        detail=_detail(entry, given, event),
        tone=_MOVE_TONES.get(given.get("move", ""), "plain") if moved else _TONES.get(entry.action, "plain"),
        changes=tuple(_changes(given.get("changes", {}))),
    )


def _what(action: str, given: Mapping[str, Any]) -> str:
    if action == "matter.move":
        return words.field_word("openness") if given.get("move") == "label" else words.move_word(given.get("move", ""))
    told = say(*_TOLD[action]) if action in _TOLD else action
    return f"{told}：{words.move_word(given['move'])}" if action == "matter.refused" else told


def _detail(entry: LedgerEntry, given: Mapping[str, Any], event: Mapping[str, Any]) -> str:
    kept = _after(given, "lights")
    if kept:
        return words.said("light", kept[-1]["colour"])
    if entry.action == "evidence.keep":
        return entry.summary
    if entry.action == "matter.refused":
        return "、".join(event.get("problems", ()))
    return str(event.get("reason") or event.get("demand") or event.get("conclusion") or event.get("note") or "")


def _changes(changed: Mapping[str, list[Any]]) -> Iterator[Change]:
    """What people look for first: the state, then the members in their order."""
    for name in sorted(changed, key=lambda one: (one != "state", one)):
        if name in _HIDDEN:
            continue
        before, after = changed[name]
        shown = Change(words.field_word(name), _said(name, before, after), _said(name, after, before))
        if shown.before != shown.after:
            yield shown


def _said(name: str, value: Any, other: Any) -> str:
    """A value for people. Of a list that grew only what is new is said, of one that shrank that it is less."""
    if value in (None, "", []):
        return "—"
    if name in _GROUPS:
        return words.said(name, value)
    if name in _NAMED:
        return _NAMED[name](str(value))
    if name in _LISTS:
        fresh = [one for one in value if one not in (other or [])]
        return "；".join(map(_row, fresh))[:_LONGEST] or say(f"{len(value)} 项", f"{len(value)}")
    if isinstance(value, list):
        return "、".join(map(str, value))
    return _row(value)[:_LONGEST] if isinstance(value, Mapping) else _short(str(value))


def _row(value: Any) -> str:
    """A node, a piece of evidence, a slip in one line."""
    if not isinstance(value, Mapping):
        return str(value)
    if "kind" in value and "place" in value:
        return f"{words.evidence_word(value['kind'])} {value['place'] or value['note']}".strip()
    value = {**value, **{key: word(value[key]) for key, word in _ROW_WORDS.items() if key in value}}
    wanted = ("name", "unit", "colour", "kind", "light", "day", "percent", "met", "answer_by", "answered", "until")
    return " ".join(_short(str(value[key])) for key in wanted if value.get(key) not in (None, ""))


def _short(text: str) -> str:
    number = _number(text) if text.replace(".", "", 1).isdigit() else None
    return f"{number.normalize():f}" if number is not None else text[:_LONGEST]


def _after(given: Mapping[str, Any], name: str) -> Any:
    pair = given.get("changes", {}).get(name)
    return pair[1] if pair else None


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None


def _revision(given: Mapping[str, Any]) -> int:
    pair: Iterable[Any] = given.get("changes", {}).get("revision", (0, 0))
    return int(list(pair)[1])
