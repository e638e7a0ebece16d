"""Why a part, a promise, an item or a stretch left unread is what it is: the rule, the words, and the row of data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luoshi.plan.model import Commitment, Duty, Item, Role, Rung, Speech, Unread
from luoshi.read import judge, kinds
from luoshi.read.clauses import Stretch, rules
from luoshi.read.lookup import csv_row, listed, rule
from luoshi.read.parts import Part
from luoshi.read.periods import periods
from luoshi.read.reasons import Reason
from luoshi.read.units import codes
from luoshi.read.words import rows, table
from luoshi.source import fold
from luoshi.source.outline import Outline

_STRONGEST = 5
_QUOTED = re.compile("“([^”]+)”")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FORWARD = frozenset(("plan", "guidance", "targets", "livelihood", "government", "box"))


# ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def role_reason(part: Part, parent: Part | None, text: str) -> Reason:
    """Why ``part`` has its role: its title, its words, the part around it, its year, or what its sentences look at."""
    above = parent.role if parent else None
    found = _by_title(part, above) if part.title else _by_text(part, text)
    if found is None and above == part.role:
        found = Reason("inherited", parent.title if parent else "", "")
    if found is None and part.title and (year := _YEAR.search(part.title)):
        found = Reason("title_year", year[0], "roles.toml", "[[title]]")
    if found is None:
        found = Reason("looks", "", "roles.toml", rule("tense", "forward / past"))
    return found


def _by_title(part: Part, above: Role | None) -> Reason | None:
    """The first rule of titles that matches, as the reading takes it."""
    plain = part.title.replace(" ", "")
    for row in table("roles")["title"]:
        match = re.search(row["match"], plain)
        if not match or (row["role"] == "review" and above in _FORWARD):
            continue
        kept = above in row.get("keep", ()) or (above == "review" and row["role"] == "plan")
        if (above if kept else row["role"]) != part.role:
            return None
        what = "title_kept" if kept else "title"
        return Reason(what, match[0], "roles.toml", rule(f"title {row['role']}", row["match"]))
    return None


def _by_text(part: Part, text: str) -> Reason | None:
    """The rule of words that opens a part without a heading."""
    raw = table("roles")
    told = [("text", row["role"], row["match"], row["head"]) for row in raw["text"]]
    roles = {"turn": "plan"}
    told += [("cut", roles.get(name, name), row["match"], row.get("head", 400)) for name, row in raw["cut"].items()]
    for what, role, pattern, head in told:
        match = re.search(pattern, text[part.start : min(part.end, part.start + head)])
        if match and role == part.role:
            return Reason(what, match[0], "roles.toml", rule(f"{what} {role}", pattern))
    return Reason("above", "", "outline.toml") if part.role == "opening" else None


# ── promises ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def promise_reasons(one: Commitment, clause: Stretch, text: str, part: Part, titles: Sequence[str]) -> Iterator[Reason]:
    """Every step that led to a commitment: whether it is one, of what kind, how strong, by when.

    ``titles`` are those of the parts around its ``part``, innermost first.
    """
    words = text[clause.core : clause.end]
    if clause.core > clause.start:
        intro = text[clause.start : clause.core]
        yield Reason("introduction", intro, "clauses.toml", listed("clauses", intro, "lead", "words", whole=True))
    yield _score(words, clause, part.role)
    yield from _decided(one, words, clause, part.role)
    if one.kind == "slogan":
        return
    yield _kind(one, judge.bare(judge.plain(words), judge.lexicon())[1])
    yield _strength(one, text[clause.start : clause.end])
    for word in one.qualifiers:
        yield Reason("qualifier", word.text, "qualifiers.toml", f"[{word.kind}]", word.kind, "qualifier_kind")
    yield _deadline(one, [part.title, *titles])


def _score(words: str, clause: Stretch, role: Role) -> Reason:
    """The sum of weights, with the strongest for a promise and against one."""
    every = judge.because(words, clause, role)
    speaking = [row for row in every if row[2] > 0][:_STRONGEST] + [row for row in every if row[2] < 0][:_STRONGEST]
    below = tuple(
        Reason(
            "for" if weight > 0 else "against",
            f"{feature} {word}".strip(),
            "weights.csv",
            csv_row("weights", feature=feature, word=word),
            says=f"{weight:+.2f}",
        )
        for feature, word, weight in speaking
    )
    return Reason("score", "", "weights.csv", says=f"{judge.score(words, clause, role):+.2f}", below=below)


def _decided(one: Commitment, words: str, clause: Stretch, role: Role) -> Iterator[Reason]:
    """What decided against the score: the part of the report, the words, or the clauses beside it."""
    score, meant = judge.score(words, clause, role), one.kind != "slogan"
    if role in rules().wish:
        yield Reason("wish", "", "clauses.toml", rule("where", f"wish {role}"), says=role, group="role")
    elif meant and score <= 0:
        sure = rules().sure.search(words)
        row = listed("clauses", sure[0], "sure") if sure else "[sure]"
        yield Reason("sure" if role in rules().firm else "beside", sure[0] if sure else "", "clauses.toml", row)
    elif not meant and score > 0:
        announced = clause.stop == ":"
        yield Reason("announced" if announced else "beside", "", "commitments.py" if announced else "judge.py")


def _kind(one: Commitment, rest: str) -> Reason:
    name = one.rule.removeprefix("clause.")
    words = kinds.because(rest, name)
    row = next((row for row in table("kinds")["kind"] if row["id"] == name), None)
    where = rule(f"kind {name}", row["match"]) if row else f"[kind] {name}"
    return Reason("kind", words if row and row["match"] != "." else "", "kinds.toml", where, one.kind, "kind")


def _strength(one: Commitment, words: str) -> Reason:
    raw = table("kinds")["strength"]
    if one.strength == "own":
        return Reason("strength", "", "kinds.toml", "[strength]", one.strength, "strength")
    names = ("seek",) if one.strength == "seek" else ("assist_always", "assist")
    for name in names:
        if match := re.search(raw[name], words):
            return Reason(
                "strength", match[0], "kinds.toml", rule(f"strength {name}", raw[name]), one.strength, "strength"
            )
    return Reason("strength", "", "kinds.toml", "[strength]", one.strength, "strength")


def _deadline(one: Commitment, titles: Sequence[str]) -> Reason:
    """The day, where it was taken from, and the words that say so."""
    due = one.deadline
    below = [Reason("basis", "", "deadlines.py", due.basis, due.basis, "date_basis")]
    if due.text:
        if row := listed("periods", fold(due.text)):
            below.append(Reason("period", due.text, "periods.toml", row))
        if due.basis == "stated":
            row = rule("deadline", table("kinds")["deadline"]["match"])
            below.append(Reason("limit", due.text, "kinds.toml", row))
    elif due.basis == "section":
        timed = next(((title, times[0]) for title in titles if (times := periods(title))), None)
        if timed:
            words = timed[0][timed[1].start : timed[1].end]
            below.append(Reason("title", words, "periods.toml", listed("periods", words)))
    return Reason("deadline", due.text or "", "deadlines.py", "", f"{due.date or '—'}", "", tuple(below))


# ── items, rungs, what is unread ─────────────────────────────────────────────────────────────────────────────────────


def item_reasons(item: Item, kind: str) -> Iterator[Reason]:
    """Why commitments make one matter, and who is in charge of it; ``kind`` is that of the commitment at the place."""
    together = "together" if len(item.commitments) > 1 else "alone_target" if kind == "target" else "alone"
    yield Reason("matter", "、".join(item.commitments), "items.py", together, together, "matter")
    yield Reason("kind", "", "items.py", "", item.kind, "kind")
    for what, duties in (("lead", (item.lead,) if item.lead else ()), ("help", item.help)):
        for duty in duties:
            row = _bureau(duty) if duty.basis == "proposed" else ""
            yield Reason(what, duty.why or "", "units.csv" if row else "units.toml", row or duty.basis, duty.unit)


def _bureau(duty: Duty) -> str:
    """The row of the catalogue of bureaus that proposed ``duty``: of those with its name, the one with its words."""
    held, words = codes(duty.unit), _QUOTED.findall(duty.why or "")
    named = [row for row in rows("units") if row["code"] in held]
    if not named:
        return ""
    row = max(named, key=lambda row: sum(word in f"{row['duties']}|{row['shared']}".split("|") for word in words))
    return csv_row("units", code=row["code"])


def rung_reasons(rung: Rung) -> Iterator[Reason]:
    """The head that makes a number announce, and the members that were found."""
    row = listed("ladder", rung.text, "heads", "firm") or listed("ladder", rung.text, "heads", "soft")
    yield Reason("head", rung.text, "ladder.toml", row or rule("formula", rung.text), str(rung.count))
    for member in rung.members:
        yield Reason("member", member.text)
    if not rung.members:
        yield Reason("member", "", "ladder.toml", rule("members", ""), "0")


def unread_reason(
    one: Unread, start: int, outline: Outline, part: Part | None, voices: Sequence[Speech] = ()
) -> Reason:
    """Why a stretch is unread: it is somebody else's, no running text, or its part has such a role.

    ``start`` is in the view.
    """
    said = next((voice for voice in voices if voice.start < one.end and one.start < voice.end), None)
    if said is not None and said.voice == one.why:
        return Reason("voice", said.cue.text if said.cue else "", "voices.toml", f"[{said.voice}]", one.why, "unread")
    aside = next((one for one in outline.aside if one.start <= start < one.end), None)
    if aside is not None:
        return Reason("aside", "", "outline.toml", aside.why, one.why, "unread")
    roles = table("coverage")["role"]
    if part is not None and roles.get(part.role) == one.why:
        return Reason("unread", "", "coverage.toml", rule("role", f"{part.role} = {one.why}"), one.why, "unread")
    return Reason("unread", "", "coverage.toml", one.why, one.why, "unread")
