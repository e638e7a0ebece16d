"""Any sequence of events by any of the cast: the ledger tells it all, and closed stays closed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from district import CAST, DEFAULTS, ROUTES, RULES, TODAY, actor_of, at, event, matter
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from luoshi.supervise import (
    Entry,
    Event,
    Matter,
    completion_proved,
    decide,
    facts,
    grade,
    light,
    next_slip,
    obligations,
    possible,
    progress_class,
    reminders,
    verified_cap,
)
from luoshi.supervise.evidence import kinds
from luoshi.supervise.words import values

FLOW = RULES.workflow
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
PERCENT = st.integers(0, 100)
STARTS = [route for route in ROUTES if FLOW.states.get(route) is None or FLOW.states[route].phase != "end"]


@st.composite
def pieces(draw: st.DrawFn) -> dict[str, Any]:
    return {"id": draw(st.sampled_from("abcdef")), "kind": draw(st.sampled_from(sorted(kinds()))), "day": draw(DAYS)}


EXTRAS = st.fixed_dictionaries(
    {},
    optional={
        "expected": st.integers(0, 12),
        "due": DAYS,
        "lead": st.sampled_from(["区住建局", "区水利局"]),
        "percent": PERCENT,
        "verified": PERCENT,
        "cause": st.sampled_from(values("cause")),
        "evidence": st.lists(pieces(), max_size=2),
        "colour": st.sampled_from(["blue", "orange", "red"]),
        "answer_by": DAYS,
        "request": st.sampled_from(values("request")),
        "restart": DAYS,
        "target": st.just("通车6公里"),
        "done_on": DAYS,
        "until": DAYS,
        "light": st.sampled_from(["green", "blue"]),
        "evidence_id": st.sampled_from("abcdef"),
        "node": st.sampled_from(["开工", "主体完工"]),
        "met_on": DAYS,
    },
)


class Supervision(RuleBasedStateMachine):
    """One matter, the whole cast, any event on any day; the ledger is kept beside it as the store will keep it."""

    @initialize(route=st.sampled_from(STARTS), kind=st.sampled_from(["action", "project", "recognition", "hold"]))
    def begin(self, route: str, kind: str) -> None:
        self.matter = matter() if route == "extracted" else _start(route, kind)
        self.first = self.matter
        self.today = TODAY
        self.ledger: list[Entry] = []

    @rule(
        move=st.sampled_from(sorted(FLOW.moves)),
        by=st.none() | st.sampled_from(sorted(CAST)),
        extras=EXTRAS,
        later=st.integers(0, 40),
    )
    def anybody_tries_anything(self, move: str, by: str | None, extras: dict[str, Any], later: int) -> None:
        self._try(move, by or actor_of(move), extras, later)

    @rule(nth=st.integers(0, 40), later=st.integers(0, 20), number=PERCENT, choice=st.integers(0, 4))
    def somebody_does_what_the_state_allows(self, nth: int, later: int, number: int, choice: int) -> None:
        self._sensibly(nth, later, number, choice)

    @rule(
        steps=st.lists(
            st.tuples(st.integers(0, 40), st.integers(0, 20), PERCENT, st.integers(0, 4)), min_size=4, max_size=8
        )
    )
    def a_matter_goes_on_for_a_while(self, steps: list[tuple[int, int, int, int]]) -> None:
        for nth, later, number, choice in steps:
            self._sensibly(nth, later, number, choice)

    def _sensibly(self, nth: int, later: int, number: int, choice: int) -> None:
        """One of the moves that can be made now, by who may make it, with dates that lie right and new evidence."""
        day = self.today + timedelta(days=later)
        ways = [
            (move.name, self._fitting(move.name, day, number, choice)) for move in FLOW.moves_from(self.matter.state)
        ]
        ways = [
            (move, give) for move, give in ways if not decide(self.matter, event(move, give=give), day, RULES).problems
        ]
        if ways:
            move, give = ways[nth % len(ways)]
            self._try(move, actor_of(move), give, later)

    def _fitting(self, move: str, day: date, number: int, choice: int) -> dict[str, Any]:
        asked = values("request")[choice]
        matter = self.matter
        kind = ["papers", "site_check", "acceptance", "recognition", "meeting"][choice]
        fits: dict[str, Any] = {
            **dict.fromkeys(("due", "answer_by", "until"), day + timedelta(days=20 + number * 4)),
            **dict.fromkeys(("done_on", "met_on"), day),
            "evidence": [{"id": f"n{matter.revision}", "kind": kind, "day": day}],
            "evidence_id": matter.evidence[-1].id if matter.evidence else "",
            "restart": day + timedelta(days=1 + number // 5),
            "cause": "land",
            "percent": number,
            "verified": min(number, int(verified_cap(matter))),
            "request": asked,
            "target": "通车6公里",
            "lead": "区水利局" if choice == 3 else "区住建局",
            "colour": next_slip(matter, day, RULES.slips, RULES.profile) or "blue",
            "node": next((node.name for node in matter.nodes if node.met is None), ""),
            "light": "yellow",
        }
        usual = {*DEFAULTS.get(move, {}), "cause", "target"} | (
            {"restart", "lead"} if move == "request_change" else set()
        )
        units = {"lead": matter.lead, "help": next(iter(matter.help), "")}
        by = actor_of(move)
        actor = {"by": {"role": by, "unit": units[by]}} if by in units else {}
        return {**actor, **{name: value for name, value in fits.items() if name in usual}}

    def _try(self, move: str, by: str, extras: dict[str, Any], later: int) -> None:
        day = self.today + timedelta(days=later)
        before = self.matter
        made = event(move, by=by, give=extras)
        outcome = decide(before, made, day, RULES)
        assert decide(before, made, day, RULES) == outcome, "pure: the same again"
        if outcome.problems:
            assert outcome.matter is before
            assert (outcome.entry, outcome.notices) == (None, ())
            return
        assert outcome.entry is not None
        self._look_at(before, outcome.matter, made)
        self.matter, self.today = outcome.matter, day
        self.ledger.append(outcome.entry)

    def _look_at(self, before: Matter, after: Matter, made: Event) -> None:
        """What holds of every move that was made."""
        row = FLOW.moves[made.move]
        assert before.state in row.origins
        assert made.by.role in row.by
        assert after.state == (row.to or before.state)
        assert made.move in [move.name for move in possible(before, made.by, RULES)]
        if FLOW.states[before.state].phase == "closed" and FLOW.states[after.state].open:
            assert (made.move, made.by.role) in [("reopen", "leader"), ("relapse", "inspector")]
        if after.state == "closed" != before.state:
            assert completion_proved(after)
            assert after.conclusion
        if made.move in ("report", "answer_slip") and after.reported > before.reported:
            assert any(kinds()[one.kind]["rank"] != 0 for one in after.evidence if one not in before.evidence)
        assert len(after.drift) >= len(before.drift), "a drift is never taken back"
        assert after.first_due == before.first_due or before.first_due is None

    @invariant()
    def the_state_is_listed(self) -> None:
        assert self.matter.state in FLOW.states

    @invariant()
    def the_ledger_has_one_line_a_move(self) -> None:
        assert [entry.revision for entry in self.ledger] == list(
            range(self.first.revision + 1, self.matter.revision + 1)
        )
        states = [self.first.state, *(entry.after for entry in self.ledger)]
        assert [entry.before for entry in self.ledger] == states[:-1]
        assert self.matter.state == states[-1]
        assert [entry.day for entry in self.ledger] == sorted(entry.day for entry in self.ledger)

    @invariant()
    def nothing_is_verified_beyond_its_evidence(self) -> None:
        assert Decimal(0) <= self.matter.verified <= verified_cap(self.matter)

    @invariant()
    def every_axis_has_a_value(self) -> None:
        assert progress_class(self.matter, self.today) in values("class")
        assert grade(self.matter) in values("grade")
        assert light(self.matter, self.today, RULES.profile).colour in values("light")
        if progress_class(self.matter, self.today) in ("done", "done_early"):
            assert completion_proved(self.matter)

    @invariant()
    def what_is_owed_is_owed_by_somebody(self) -> None:
        for owed in obligations(self.matter, self.today, RULES):
            assert owed.role in FLOW.roles
        reminders([self.matter], [], self.today, RULES)

    @invariant()
    def it_survives_the_wire(self) -> None:
        assert Matter.model_validate_json(self.matter.model_dump_json()) == self.matter


def _start(route: str, kind: str) -> Matter:
    """A matter on its way; where its kind's evidence forbids the route, an ordinary one."""
    ordinary = route in ("closed", "lookback") or kind == "action"
    return at(route, **({} if ordinary else {"kind": kind}))


TestSupervision = Supervision.TestCase
TestSupervision.settings = settings(
    settings.default, max_examples=max(100, settings.default.max_examples // 5), stateful_step_count=20
)


@given(move=st.text(max_size=8), role=st.text(max_size=8), state=st.text(max_size=8))
def test_words_of_another_world_are_refused_not_stumbled_over(move: str, role: str, state: str) -> None:
    made = Event.model_validate({"move": move, "by": {"role": role}, **DEFAULTS["report"]})
    outcome = decide(matter(state=state), made, TODAY, RULES)
    assert outcome.problems


@given(days=st.integers(0, 700))
def test_time_alone_changes_no_matter(days: int) -> None:
    one = at("running")
    facts(one, TODAY + timedelta(days=days))
    assert one == at("running")
