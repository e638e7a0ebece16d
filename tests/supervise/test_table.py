"""The table itself: whole, sound, every row reachable, every word known."""

from __future__ import annotations

from collections import deque

import pytest
from district import RULES

from luoshi.supervise import Event, Matter, State, slip_profiles
from luoshi.supervise.effects import EFFECTS
from luoshi.supervise.evidence import kinds
from luoshi.supervise.guards import GUARDS
from luoshi.supervise.words import data, values, word

FLOW = RULES.workflow
STATES_OF_THE_FIELD = {
    "extracted", "proposed", "approved", "assigned", "signed", "disputed", "planned", "running", "reported", "returned",
    "reminded", "escalated", "change_requested", "suspended", "done_claimed", "verifying", "closed", "lookback",
    "withdrawn", "superseded", "failed",
}  # fmt: skip


def after(state: str) -> set[str]:
    """The states that one move leads to."""
    return {move.to or state for move in FLOW.moves_from(state)}


def reached(start: str) -> set[str]:
    found, waiting = {start}, deque([start])
    while waiting:
        for state in after(waiting.popleft()) - found:
            found.add(state)
            waiting.append(state)
    return found


def test_every_state_of_the_field_is_there() -> None:
    assert set(FLOW.states) >= STATES_OF_THE_FIELD


def test_every_state_is_reached_from_the_extraction() -> None:
    assert reached("extracted") == set(FLOW.states)


@pytest.mark.parametrize("state", FLOW.states)
def test_an_end_is_an_end_and_nothing_else_is_stuck(state: str) -> None:
    is_end = FLOW.states[state].phase == "end"
    assert (FLOW.moves_from(state) == ()) is is_end
    assert any(FLOW.states[name].phase == "end" for name in reached(state))


@pytest.mark.parametrize("state", [name for name, state in FLOW.states.items() if state.phase != "end"])
def test_whoever_a_state_waits_for_can_move_it_on(state: str) -> None:
    owner = FLOW.states[state].owner
    assert owner in FLOW.roles
    assert any(move.to not in (None, state) for move in FLOW.moves_from(state, owner)), owner


@pytest.mark.parametrize(
    "state", [state for state in FLOW.states.values() if state.limit is not None], ids=lambda one: one.name
)
def test_what_a_state_waits_for_can_be_done_in_it_by_whom_it_waits_for(state: State) -> None:
    for waits in filter(None, (state, state.passes)):
        assert state.name in FLOW.moves[waits.next].origins
        assert waits.owner in FLOW.moves[waits.next].by


@pytest.mark.parametrize("move", FLOW.moves.values(), ids=FLOW.moves)
def test_a_row_names_only_what_there_is(move) -> None:  # type: ignore[no-untyped-def]
    assert set(move.origins) <= set(FLOW.states)
    assert len(set(move.origins)) == len(move.origins) > 0
    assert move.to is None or move.to in FLOW.states
    assert move.by
    assert set(move.by) <= set(FLOW.roles)
    assert set(move.needs) <= set(Event.model_fields)
    assert all(word("field", name) for name in move.needs)
    assert set(move.sets) <= set(Event.model_fields) & set(Matter.model_fields)
    assert {*move.guards, *move.after} <= set(GUARDS)
    assert set(move.effects) <= set(EFFECTS)
    assert {tell.document for tell in move.tells} <= set(FLOW.documents)
    assert {tell.to for tell in move.tells} <= set(FLOW.roles)


def test_no_guard_and_no_effect_is_written_for_nothing() -> None:
    assert {name for move in FLOW.moves.values() for name in (*move.guards, *move.after)} == set(GUARDS)
    assert {name for move in FLOW.moves.values() for name in move.effects} == set(EFFECTS)


def test_every_document_of_the_workflow_is_sent_by_some_move() -> None:
    assert {tell.document for move in FLOW.moves.values() for tell in move.tells} == set(FLOW.documents)


def test_who_only_looks_on_has_no_move() -> None:
    assert not any({"auditor", "outsider"} & set(move.by) for move in FLOW.moves.values())


def test_a_closed_matter_is_reopened_by_the_leader_or_after_a_look_back_only() -> None:
    ways = [
        (move.name, move.by)
        for move in FLOW.moves.values()
        for origin in move.origins
        if FLOW.states[origin].phase == "closed" and move.to and FLOW.states[move.to].open
    ]
    assert ways == [("relapse", ("inspector",)), ("reopen", ("leader",))]


def test_nobody_verifies_what_he_reported() -> None:
    for name in ("accept", "record_check", "close", "confirm_node", "grant_change", "hold_good", "mark_false"):
        assert not {"lead", "help"} & set(FLOW.moves[name].by)


def test_the_lists_of_the_field_are_whole() -> None:
    assert len(values("class")) == 7
    assert len(values("cause")) == 11
    assert len(values("grade")) == 5
    assert [row["rank"] for row in data("evidence.toml")["ladder"]] == [0, 1, 2, 3, 4, 5]
    assert {row["rank"] for row in kinds().values()} == {0, 1, 2, 3, 4, 5}


@pytest.mark.parametrize("scheme", slip_profiles().values(), ids=slip_profiles())
def test_a_scheme_of_slips_names_its_own_colours(scheme) -> None:  # type: ignore[no-untyped-def]
    assert set(scheme.order) == set(scheme.colours)
    assert {*scheme.urgent, *(colour for colour, _ in scheme.starts)} <= set(scheme.order)
    shapes = [colour["shape"] for colour in scheme.colours.values()]
    assert len(set(shapes)) == len(shapes), "told by shape as well as by colour"
