"""What a later report says of a named thing in words: the clauses that hold its name, and how far it says it came."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from luoshi.amounts import numeral
from luoshi.compare.editions import Clause, Edition
from luoshi.compare.model import Candidate, State
from luoshi.compare.names import contained, folded
from luoshi.compare.words import any_of, pattern, said, table

_PAST = frozenset(("review", "problems", "opening", ""))
_ENOUGH = 0.8
_LOOKED_AT = 8
_SHARED = 0.5
_REACH = 3
_STEPS: dict[State, int] = {"started": 1, "under_way": 1, "partly": 2, "built": 3}


@dataclass(frozen=True)
class Said:
    """A clause about the thing: how surely it is the thing, and the state with the words that say so."""

    clause: Clause
    end: int
    score: float
    state: State | None
    words: str

    def candidate(self, edition: Edition) -> Candidate:
        """The clause as a comparison shows it."""
        return Candidate(quote=edition.quote(self.clause.start, self.end), score=round(self.score, 3))


class Statements:
    """The clauses of one report that look back, findable by the pairs of characters they hold."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        wish = pattern("statement", "wish")
        self._clauses = [one for one in edition.clauses if one.role in _PAST and not wish.search(one.text)]

    @cached_property
    def _pairs(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for nth, clause in enumerate(self._clauses):
            for pair in _pairs_of(folded(clause.text)):
                found.setdefault(pair, []).append(nth)
        return found

    def about(self, name: str, kind: str, since: int) -> list[Said]:
        """What is said of the thing called ``name``, surest first; ``kind`` is that of the promise.

        A clause that speaks only of years before ``since`` says nothing of it.
        """
        wanted = _pairs_of(name)
        if not wanted:
            return []
        shared = Counter(nth for pair in wanted for nth in self._pairs.get(pair, ()))
        near = [nth for nth, count in shared.most_common(_LOOKED_AT) if count >= len(wanted) * _SHARED]
        rated = [(nth, contained(name, self._clauses[nth].text)) for nth in near] + self._phases(name)
        found = [
            self._said(nth, score, kind)
            for nth, score in rated
            if score >= _ENOUGH and _of_time(self._clauses[nth].text, since)
        ]
        return sorted(found, key=lambda one: (-round(one.score, 1), one.state is None, one.clause.start))

    def _phases(self, name: str) -> list[tuple[int, float]]:
        """Clauses that name only the phase (…一期交付；二期3月动工) in a sentence that names the whole before."""
        phase = re.fullmatch(r"(?P<stem>.{4,}?)(?P<phase>[一二三四五六七八九十\d]+期)", name)
        if phase is None:
            return []
        found = []
        for nth, clause in enumerate(self._clauses):
            if folded(clause.text).startswith(phase["phase"]):
                before = self.edition.text[clause.sentence[0] : clause.start]
                if phase["stem"] in folded(before):
                    found.append((nth, _ENOUGH))
        return found

    def short_of(self, one: Said) -> str | None:
        """Why a clause that counts (十件民生实事完成九件) falls short; None where it does not."""
        counted = re.search(table("naming")["done"], one.clause.text)
        if counted is None or numeral(counted["done"]) >= numeral(counted["all"]):
            return None
        return said("programme", words=counted[0], all=counted["all"], done=counted["done"])

    def _said(self, nth: int, score: float, kind: str) -> Said:
        """The clause ``nth`` with the state it tells; where it tells none, the next clauses of its sentence do."""
        clause = self._clauses[nth]
        end = clause.end
        if pattern("states", "doubt").search(clause.text):
            return Said(clause, end, score, None, "")
        state, words = _state(clause.text, kind)
        for follower in self._clauses[nth + 1 : nth + 1 + _REACH]:
            if follower.sentence != clause.sentence or (state and not _worse(follower.text)):
                break
            further, told = _state(follower.text, kind)
            if further and (state is None or further in ("failed", "built_late")):
                state, words, end = further, told, follower.end
                break
        return Said(clause, end, score, state, words)


def _pairs_of(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _worse(text: str) -> bool:
    return bool(pattern("states", "failed").search(text) or pattern("states", "late").search(text))


_ORDER: tuple[tuple[str, State], ...] = (
    ("failed", "failed"), ("late", "built_late"), ("held", "held"), ("begun", "started"), ("partly", "partly"),
    ("won", "won"), ("built", "built"), ("started", "started"), ("under_way", "under_way"),
)  # fmt: skip
_ONLY: dict[str, str] = {"held": "hold", "won": "recognition"}
_YEARS = re.compile(r"(?:19|20)\d\d(?=年)")


def _state(text: str, kind: str) -> tuple[State | None, str]:
    """How far a clause says its thing came: bad news first, then the furthest step."""
    for name, state in _ORDER:
        if _ONLY.get(name, kind) == kind and (found := pattern("states", name).search(text)):
            return state, found[0]
    return None, ""


def _of_time(text: str, since: int) -> bool:
    years = [int(year) for year in _YEARS.findall(text)]
    return not years or max(years) >= since


def asked(text: str, kind: str) -> State:
    """The step that a promise asks for: what its verbs say, else what its kind means."""
    if kind == "recognition":
        return "under_way" if pattern("asks", "ongoing").search(text) else "won"
    if kind == "hold":
        return "held"
    asks = table("asks")
    steps: tuple[State, ...] = ("partly", "built", "started", "under_way")
    return next((step for step in steps if any_of(asks[step]).search(text)), "built")


def reached(state: State, wanted: State) -> bool:
    """Whether ``state`` is as far as ``wanted`` or further."""
    if wanted in ("won", "held"):
        return state in (wanted, "built")
    if state == "won":
        return wanted == "under_way"
    if state not in _STEPS or wanted not in _STEPS:
        return False
    return _STEPS[state] >= _STEPS[wanted]
