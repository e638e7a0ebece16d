"""Profiles: said in words, tried before they are chosen, in force from their day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from behind import run

from luoshi.store.choosing import choose, setting
from luoshi.store.models import LedgerEntry, Matter
from luoshi.store.rules import DEFAULTS, LIGHTS, SLIPS, Chosen, choose_profile, history, offered, rules_in_force
from luoshi.store.trying import try_profile
from luoshi.supervise.lights import profiles
from luoshi.supervise.slips import slip_profiles
from luoshi.web.administration.thresholds import explained, said

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client

HERE = "/administration/profiles/"
TODAY = date(2023, 3, 1)
OTHER = "yinchuan-2025"


def ask(client: Client, **more: Any) -> Any:
    given = {"kind": LIGHTS, "name": OTHER, "since": TODAY.isoformat(), "seen": "-1", **more}
    return client.post(f"{HERE}choose/", given)


ALL = [(LIGHTS, name) for name in profiles()] + [(SLIPS, name) for name in slip_profiles()]


@pytest.mark.parametrize(("kind", "name"), ALL)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_rule_of_every_profile_is_said_in_words(kind: str, name: str, language: str) -> None:
    from django.utils.translation import override

    with override(language):
        shown = explained(kind, name)
    assert shown.rows
    assert all("{" not in words for row in shown.rows for words in row.when)


def test_thresholds_are_said_with_their_numbers() -> None:
    assert said(("gap", ">=", 10)) == "低于序时的百分点达到10"
    assert said(("verified_done", "=", False)) == "还没有核实完成"


def test_a_profile_is_tried_then_chosen(admin: Client, cast: Cast, at_once: None) -> None:
    del at_once
    seen = ask(admin)
    assert seen.context["tried"].open == Matter.objects.count()
    assert rules_in_force(TODAY).profile.name == DEFAULTS[LIGHTS]
    assert ask(admin, sure="yes").status_code == 302
    assert rules_in_force(TODAY).profile.name == OTHER
    assert rules_in_force(TODAY - timedelta(days=1)).profile.name == DEFAULTS[LIGHTS]
    assert LedgerEntry.objects.get(action="profile.choose").person_id == cast.people["system_admin"].pk
    assert profiles()[OTHER].zh in admin.get(HERE).content.decode()


def test_a_day_to_come_waits(admin: Client) -> None:
    assert ask(admin, since="2023-06-01", sure="yes").status_code == 302
    assert rules_in_force(date(2023, 5, 31)).profile.name == DEFAULTS[LIGHTS]
    assert rules_in_force(date(2023, 6, 1)).profile.name == OTHER
    assert "到那天起用" in admin.get(HERE).content.decode()


@pytest.mark.parametrize("given", [{"since": "2023-02-28"}, {"name": "nobody-2000"}, {"since": "soon"}])
def test_what_cannot_be_is_refused(admin: Client, given: dict[str, str]) -> None:
    assert ask(admin, sure="yes", **given).status_code == 422
    assert history(LIGHTS)[0] == ()


def test_of_two_who_choose_the_second_looks_again(admin: Client, at_once: None) -> None:
    del at_once
    ask(admin, sure="yes")
    late = ask(admin, name="guangyuan-2018", sure="yes")
    assert late.status_code == 409
    assert rules_in_force(TODAY).profile.name == OTHER


def test_lights_are_lit_anew_by_the_new_profile(cast: Cast, admin: Client, at_once: None, settings: Any) -> None:
    from dataclasses import replace

    del at_once
    day = date(2023, 5, 20)
    cast.assigned()
    run(cast)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, today=day.isoformat())
    counted = {
        name: try_profile(LIGHTS, name, day) for name in offered(LIGHTS) if try_profile(LIGHTS, name, day).turned
    }
    name, tried = next(iter(counted.items()))
    light = Matter.objects.get(pk=cast.matter).light
    assert ask(admin, name=name, since=day.isoformat(), sure="yes").status_code == 302
    row = Matter.objects.get(pk=cast.matter)
    assert (light, row.light) in tried.turned
    assert row.light_day == day


def test_slips_that_would_be_due_are_counted(cast: Cast) -> None:
    cast.assigned()
    run(cast)
    tried = try_profile(SLIPS, "suqian-2025", date(2023, 5, 20))
    assert sum(tried.before.values()) == sum(tried.after.values()) == tried.looked


def test_a_name_chosen_before_there_were_days_is_in_force_from_the_beginning(db: None) -> None:
    del db
    choose(LIGHTS, OTHER)
    assert rules_in_force(date(1999, 1, 1)).profile.name == OTHER


def test_of_one_day_the_last_choice_counts(cast: Cast) -> None:
    by = cast.by("system_admin")
    assert choose_profile(LIGHTS, Chosen(OTHER, TODAY), -1, by, TODAY)
    assert choose_profile(LIGHTS, Chosen("guangyuan-2018", TODAY), 0, by, TODAY)
    assert [one.name for one in history(LIGHTS)[0]] == ["guangyuan-2018"]
    assert not choose_profile(LIGHTS, Chosen(OTHER, TODAY), 0, by, TODAY)
    with pytest.raises(KeyError):
        choose_profile(LIGHTS, Chosen("nobody-2000", TODAY), 1, by, TODAY)
    assert setting(LIGHTS).startswith("[")
