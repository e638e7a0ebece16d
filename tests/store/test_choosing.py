"""Choices of the site: each has a revision, and whoever saw an older one changes nothing."""

from __future__ import annotations

import pytest

from luoshi.store.choosing import ABSENT, choose, keep, kept, setting

pytestmark = pytest.mark.django_db


def test_a_choice_that_nobody_made_is_absent() -> None:
    assert kept("place") == ("", ABSENT)
    assert setting("place", "某区") == "某区"


def test_only_whoever_saw_the_present_choice_changes_it() -> None:
    assert keep("place", "甲区", ABSENT)
    assert not keep("place", "乙区", ABSENT)
    assert keep("place", "丙区", 0)
    assert not keep("place", "丁区", 0)
    assert kept("place") == ("丙区", 1)


def test_a_choice_made_without_looking_counts_as_a_revision() -> None:
    choose("place", "甲区")
    _, seen = kept("place")
    choose("place", "乙区")
    assert not keep("place", "丙区", seen)
    assert setting("place") == "乙区"
