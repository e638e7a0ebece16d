"""Every move of the table made and refused, through the door ``decide``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from district import CAST, DEFAULTS, ROUTES, RULES, TODAY, actor_of, at, cases, codes, event, matter, step, walk

from luoshi.supervise import Actor, Event, Matter, decide, possible

CASES: list[dict[str, Any]] = cases("moves.toml")["case"]
FLOW = RULES.workflow
# Where a move is made that needs more than to be in its state.
PLACES: dict[str, tuple[str, list[Any], dict[str, Any]]] = {
    "grant_change": ("change_checked", [], {}),
    "grant_reassignment": (
        "running",
        [{"move": "request_change", "give": {"request": "reassign", "lead": "区水利局"}}, "check_change"],
        {},
    ),
    "grant_suspension": (
        "running",
        [{"move": "request_change", "give": {"request": "suspend", "restart": "2026-05-06"}}, "check_change"],
        {},
    ),
    "grant_withdrawal": ("running", [{"move": "request_change", "give": {"request": "withdraw"}}, "check_change"], {}),
    "close": ("checked", [], {}),
    "breach": ("running", [], {"kind": "hold"}),
    "mark_false": ("closed", [], {}),
    "settle_ask": ("running", ["ask"], {}),
}
LATER = {"restart": date(2026, 5, 6), "fail": date(2026, 12, 1)}


def ready(move: str) -> Matter:
    """A matter on which ``move`` can be made."""
    route, more, update = PLACES.get(move, (FLOW.moves[move].origins[0], [], {}))
    return walk(at(route, **update), more)


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_what_may_be_done_and_what_not(case: dict[str, Any]) -> None:
    one = walk(at(case["route"], **case.get("matter", {})), case.get("after", []))
    one = one.model_copy(update=dict.fromkeys(case.get("unset", []), ""))
    do = case["do"] if isinstance(case["do"], dict) else {"move": case["do"]}
    give = {**DEFAULTS.get(do["move"], {}), **do.get("give", {})}
    give = {name: value for name, value in give.items() if name not in case.get("drop", [])}
    by = CAST[do.get("by") or actor_of(do["move"])]
    outcome = decide(one, Event.model_validate({"move": do["move"], "by": by, **give}), do.get("day", TODAY), RULES)
    assert codes(outcome.problems) == case.get("problems", [])
    if "state" in case:
        assert outcome.matter.state == case["state"]
    else:
        assert outcome.matter is one
        assert (outcome.entry, outcome.notices) == (None, ())


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_leads_to_its_state(route: str) -> None:
    arrived = at(route) if route != "failed" else step(at("running"), "fail", date(2026, 12, 1)).matter
    names = {"change_checked": "change_requested", "checked": "verifying"}
    assert arrived.state == names.get(route, route)


@pytest.mark.parametrize("move", FLOW.moves)
def test_every_move_can_be_made_and_leaves_one_entry(move: str) -> None:
    one = ready(move)
    outcome = step(one, move, LATER.get(move, TODAY))
    assert outcome.problems == ()
    assert outcome.entry is not None
    assert (outcome.entry.move, outcome.entry.before) == (move, one.state)
    assert outcome.entry.after == outcome.matter.state == (FLOW.moves[move].to or one.state)
    assert outcome.entry.revision == outcome.matter.revision == one.revision + 1
    assert outcome.entry.by == CAST[actor_of(move)]
    assert set(FLOW.moves[move].needs) <= set(outcome.entry.given)


@pytest.mark.parametrize("move", [name for name, move in FLOW.moves.items() if move.needs])
def test_every_required_field_is_asked_for(move: str) -> None:
    one, day = ready(move), LATER.get(move, TODAY)
    for name in FLOW.moves[move].needs:
        usual = {key: value for key, value in DEFAULTS[move].items() if key != name}
        lacking = Event.model_validate({"move": move, "by": CAST[actor_of(move)], **usual})
        outcome = decide(one, lacking, day, RULES)
        assert codes(outcome.problems) == ["D010"], name
        assert outcome.matter is one


@pytest.mark.parametrize("move", FLOW.moves)
def test_nobody_makes_a_move_of_another_role(move: str) -> None:
    one = ready(move)
    for role, actor in CAST.items():
        if actor.role not in FLOW.moves[move].by:
            made = event(move, give={"by": actor})
            assert "D003" in codes(decide(one, made, LATER.get(move, TODAY), RULES).problems), role


@pytest.mark.parametrize(
    ("move", "told"),
    [
        ("assign", [("区住建局", "assignment"), ("区财政局", "assignment")]),
        ("remind", [("区住建局", "chaser"), ("副区长（城建）", "chaser")]),
        ("sign", [("", "receipt")]),
        ("grant_reassignment", [("区水利局", "assignment"), ("", "answer")]),
    ],
)
def test_who_is_sent_what(move: str, told: list[tuple[str, str]]) -> None:
    assert [(one.to, one.document) for one in step(ready(move), move).notices] == told


def test_a_matter_without_a_sponsor_sends_nothing_to_one() -> None:
    one = at("running").model_copy(update={"leader": ""})
    assert [notice.role for notice in step(one, "remind").notices] == ["lead"]


def test_the_first_deadline_stays_when_the_deadline_moves() -> None:
    one = walk(at("change_checked"), ["grant_change"])
    assert (one.first_due, one.due) == (date(2026, 11, 30), date(2026, 12, 31))
    (line,) = one.drift
    assert (line.field, line.before, line.after) == ("due", "2026-11-30", "2026-12-31")
    assert line.reason == DEFAULTS["request_change"]["reason"]
    assert one.requests[-1].granted is True


def test_an_extension_may_bring_new_nodes_and_the_old_ones_are_told() -> None:
    nodes = [{"name": "通车", "day": "2026-12-31", "percent": 100}]
    asked = {"move": "request_change", "give": {"nodes": nodes}}
    one = walk(at("running"), [asked, "check_change", "grant_change"])
    assert [node.name for node in one.nodes] == ["通车"]
    assert "开工 2026-04-30 20%" in next(line.before for line in one.drift if line.field == "nodes")


def test_another_unit_must_sign_anew() -> None:
    one = walk(ready("grant_reassignment"), ["grant_reassignment"])
    assert (one.lead, one.signatures) == ("区水利局", ())
    assert codes(step(one, "sign").problems) == ["D004"]
    assert step(one, {"move": "sign", "by": "other_lead"}).matter.state == "signed"


def test_a_refused_request_changes_nothing_but_is_remembered() -> None:
    one = walk(at("change_requested"), ["refuse_change"])
    assert (one.due, one.drift) == (date(2026, 11, 30), ())
    assert [asked.granted for asked in one.requests] == [False]


def test_a_new_target_is_first_set_then_drifts() -> None:
    asked = {"move": "request_change", "give": {"request": "retarget", "target": "通车6公里"}}
    one = walk(at("running"), [asked, "check_change", "grant_change"])
    assert (one.target, one.drift) == ("通车6公里", ())
    asked["give"] = {"request": "retarget", "target": "通车5公里"}
    one = walk(one, [asked, "check_change", "grant_change"])
    assert [(line.before, line.after) for line in one.drift] == [("通车6公里", "通车5公里")]
    assert one.due == date(2026, 11, 30), "the event named a later day too, but that was not the request"


def test_reassigning_after_a_dispute_leaves_its_drift_where_the_unit_changes() -> None:
    same = walk(at("disputed"), ["reassign"])
    other = walk(at("disputed"), [{"move": "reassign", "give": {"lead": "区水利局", "help": ["区财政局", "区住建局"]}}])
    assert same.drift == ()
    assert [line.field for line in other.drift] == ["lead", "help"]
    assert other.drift[1].after == "区财政局、区住建局"


def test_reported_and_verified_stand_side_by_side() -> None:
    one = walk(at("reported"), [{"move": "accept", "give": {"verified": 0}}])
    assert (one.reported, one.verified) == (Decimal(10), Decimal(0))


def test_a_report_without_evidence_is_the_units_statement() -> None:
    assert [piece.kind for piece in at("reported").evidence] == ["statement"]
    nothing = walk(at("running"), [{"move": "report", "give": {"percent": 0}}])
    assert nothing.evidence == ()


def test_a_report_keeps_an_earlier_forecast_unless_it_gives_another() -> None:
    one = walk(at("running"), [{"move": "report", "give": {"forecast": "hard"}}, "accept", "report"])
    assert one.forecast == "hard"


def test_an_answer_settles_the_slip() -> None:
    one = walk(at("escalated"), ["answer_slip"])
    assert [slip.answered for slip in one.slips] == [TODAY]


def test_closing_is_done_and_verified_and_reopening_is_not() -> None:
    closed = at("closed")
    assert (closed.verified, closed.closed_on, closed.done_on) == (Decimal(100), TODAY, TODAY)
    again = walk(closed, ["reopen"])
    assert (again.verified, again.closed_on, again.done_on, again.conclusion) == (Decimal(99), None, None, "")
    assert again.drift[-1].after == "2026-06-30"


def test_false_evidence_takes_back_what_rested_on_it() -> None:
    one = walk(at("closed"), [{"move": "mark_false", "give": {"evidence_id": "e2"}}])
    assert one.verified == Decimal(90), "papers remain"
    assert walk(one, ["mark_false"]).verified == Decimal(0)


def test_a_node_is_met_once_and_the_others_wait() -> None:
    one = walk(at("running"), ["confirm_node"])
    assert [node.met for node in one.nodes] == [TODAY, None, None]


def test_the_light_of_a_closed_period_is_kept() -> None:
    one = step(at("running"), "close_period", date(2026, 6, 30)).matter
    assert [(past.day, past.colour) for past in one.lights] == [(date(2026, 6, 30), "red")]


def test_what_the_override_says_of_its_author() -> None:
    said = [
        walk(at("running"), [{"move": "override_light", "give": {"by": by}}]).override
        for by in ({"role": "director", "person": "吴敏"}, {"role": "director", "post": "主任"}, {"role": "director"})
    ]
    assert [one.by for one in said if one is not None] == ["吴敏", "主任", "director"]


def test_what_each_of_the_cast_may_try() -> None:
    one = at("running")
    names = {name: [move.name for move in possible(one, actor, RULES)] for name, actor in CAST.items()}
    assert names["lead"] == ["report", "fill_in", "ask", "settle_ask", "set_procedure", "request_change", "claim_done"]
    assert names["help"] == ["sign_too"]
    assert names["auditor"] == names["outsider"] == names["other_lead"] == names["other_help"] == []
    assert "close_period" in names["system"]


def test_what_is_asked_for_stands_until_it_is_settled() -> None:
    asked = step(at("running"), "ask", TODAY).matter
    assert asked.ask == "请区住建局提供管线图"
    assert step(asked, "settle_ask", TODAY).matter.ask == ""


def test_nodes_laid_anew_keep_what_was_met_and_leave_their_drift() -> None:
    met = step(at("running"), "confirm_node", TODAY).matter
    done = next(node for node in met.nodes if node.met)
    rest = {"name": "主体封顶", "day": "2026-08-31", "percent": "60"}
    kept = {"name": done.name, "day": str(done.day), "percent": str(done.percent)}
    gone = decide(met, event("set_nodes", give={"nodes": [rest]}), TODAY, RULES)
    assert codes(gone.problems) == ["T140"]
    laid = decide(met, event("set_nodes", give={"nodes": [kept, rest]}), TODAY, RULES).matter
    assert [(node.name, node.met) for node in laid.nodes] == [(done.name, done.met), ("主体封顶", None)]
    assert (laid.drift[-1].field, laid.drift[-1].reason) == ("nodes", "按批复的初步设计重排")


def test_an_unknown_role_and_a_state_of_another_version_are_told_as_they_are() -> None:
    stranger = event("report", give={"by": Actor(role="shaman")})
    outcome = decide(matter(state="limbo"), stranger, TODAY, RULES)
    assert codes(outcome.problems) == ["D002", "D003"]
    assert "limbo" in outcome.problems[0].message
    assert "shaman" in outcome.problems[1].message


def test_who_has_no_unit_is_told_so() -> None:
    outcome = decide(at("assigned"), event("sign", give={"by": Actor(role="lead")}), TODAY, RULES)
    assert "（未写）" in outcome.problems[0].message
