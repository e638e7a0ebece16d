"""People, roles and posts: three administrators apart, duties that stay with the post, tokens kept as hashes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from luoshi.store.models import ApiToken, LedgerEntry, Person, Post, PostHolder, RoleGrant
from luoshi.store.people import (
    ADMINISTRATORS,
    add_person,
    close_person,
    generated_password,
    grant_role,
    hand_over,
    make_token,
    posts_of,
    take_role,
    token_holder,
)

if TYPE_CHECKING:
    from casting import Cast

PAIRS = [(a, b) for a in ADMINISTRATORS for b in (*ADMINISTRATORS, "supervisor", "liaison", "leader") if a != b]


@pytest.mark.parametrize(("first", "second"), [*PAIRS, *((b, a) for a, b in PAIRS if b not in ADMINISTRATORS)])
def test_no_person_is_an_administrator_and_anything_else(cast: Cast, first: str, second: str) -> None:
    by = cast.by("security_admin")
    person = add_person(by, "both", "想兼任的人", None)
    assert grant_role(person, first, by) == ()
    assert [one.code for one in grant_role(person, second, by)] == ["T015"]
    assert [one.role for one in RoleGrant.objects.filter(person=person)] == [first]
    assert LedgerEntry.objects.filter(action="role.refused").count() == 1


def test_a_role_taken_back_makes_room_for_another(cast: Cast) -> None:
    by = cast.by("security_admin")
    person = cast.people["auditor"]
    take_role(person, "auditor", by)
    assert grant_role(person, "system_admin", by) == ()


def test_the_same_role_twice_is_one_grant(cast: Cast) -> None:
    by, person = cast.by("security_admin"), cast.people["supervisor"]
    assert grant_role(person, "supervisor", by) == ()
    assert RoleGrant.objects.filter(person=person).count() == 1


def test_business_roles_may_be_held_together(cast: Cast) -> None:
    assert grant_role(cast.people["supervisor"], "inspector", cast.by("security_admin")) == ()


def test_there_is_no_person_who_may_do_everything(cast: Cast) -> None:
    person = cast.people["system_admin"]
    assert not hasattr(Person.objects, "create_superuser")
    assert (person.is_staff, person.is_superuser) == (False, False)


def test_a_post_is_handed_over_and_its_duties_stay(cast: Cast) -> None:
    post = Post.objects.get(code="leader-1")
    assert hand_over(post, cast.people["director"], date(2023, 7, 1), cast.by("system_admin")) == ()
    old, new = PostHolder.objects.filter(post=post)
    assert (old.person.username, old.until) == ("leader", date(2023, 6, 30))
    assert (new.person.username, new.until) == ("director", None)
    assert posts_of(cast.people["leader"], date(2023, 6, 30)) == [post]
    assert posts_of(cast.people["leader"], date(2023, 7, 1)) == []


def test_a_post_is_not_handed_over_backwards(cast: Cast) -> None:
    post = Post.objects.get(code="leader-1")
    (found,) = hand_over(post, cast.people["director"], date(2022, 7, 1), cast.by("system_admin"))
    assert found.code == "D041"
    assert PostHolder.objects.filter(post=post).count() == 1


def test_a_token_is_shown_once_and_good_for_its_scopes_until_its_day(cast: Cast) -> None:
    person, now = cast.people["supervisor"], timezone.now()
    token = make_token(person, "报表", ["matters:read"], now + timedelta(days=1), cast.by("supervisor"))
    assert token not in str(ApiToken.objects.values())
    assert token not in str(LedgerEntry.objects.values())
    assert token_holder(token, "matters:read", now) == person
    assert token_holder(token, "matters:write", now) is None
    assert token_holder(token, "matters:read", now + timedelta(days=2)) is None
    assert token_holder("x" + token, "matters:read", now) is None


def test_a_closed_person_has_no_tokens(cast: Cast) -> None:
    person, now = cast.people["supervisor"], timezone.now()
    token = make_token(person, "报表", ["matters:read"], now + timedelta(days=1), cast.by("supervisor"))
    close_person(person, cast.by("system_admin"), "调离")
    assert token_holder(token, "matters:read", now) is None
    assert not Person.objects.get(pk=person.pk).is_active


def test_generated_passwords_are_long_and_differ() -> None:
    made = {generated_password() for _ in range(50)}
    assert len(made) == 50
    assert {len(one) for one in made} == {20}
