"""The table of roles: three administrators apart, who do no business and see no content; every right is somebody's."""

from __future__ import annotations

import pytest

from luoshi.store.people import ADMINISTRATORS
from luoshi.supervise import workflow
from luoshi.web.roles import ANYBODY, may, rights, roles

BUSINESS = {
    *("matters", "report", "comment", "supervise", "inspect", "decide", "bring_in", "correct", "readings", "publish"),
    *("vote", "ballots", "overview", "export"),
}


@pytest.mark.parametrize("name", ADMINISTRATORS)
def test_an_administrator_sees_no_content_and_does_no_business(name: str) -> None:
    role = roles()[name]
    assert role.sees == "none"
    assert not role.rights & BUSINESS


def test_no_administrator_has_a_right_of_another() -> None:
    held = [roles()[name].rights for name in ADMINISTRATORS]
    assert sum(map(len, held)) == len(frozenset().union(*held))


def test_the_audit_is_the_auditors_alone_and_roles_are_granted_by_one() -> None:
    for right, holder in (("audit", "auditor"), ("manage_roles", "security_admin"), ("manage_people", "system_admin")):
        assert [name for name in roles() if may(frozenset({name}), right)] == [holder]


def test_every_right_is_somebodys_and_every_role_acts_in_the_workflow() -> None:
    given = frozenset().union(*(role.rights for role in roles().values())) | ANYBODY
    assert set(rights()) == given
    assert {role.acts for role in roles().values()} <= set(workflow().roles)


def test_a_right_that_is_none_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        may(frozenset({"supervisor"}), "fly")


@pytest.mark.parametrize(
    ("role", "right", "allowed"),
    [
        ("supervisor", "supervise", True),
        ("supervisor", "decide", False),
        ("leader", "decide", True),
        ("leader", "supervise", False),
        ("liaison", "report", True),
        ("liaison", "supervise", False),
        ("liaison", "hand_over", False),
        ("head", "hand_over", True),
        ("deputy", "vote", True),
        ("deputy", "comment", False),
        ("director", "manage_labels", True),
        ("inspector", "bring_in", False),
    ],
)
def test_who_may_what(role: str, right: str, allowed: bool) -> None:
    assert may(frozenset({role}), right) is allowed


def test_who_holds_no_role_may_look_at_the_own_profile_only() -> None:
    assert [right for right in rights() if may(frozenset(), right)] == ["profile"]
