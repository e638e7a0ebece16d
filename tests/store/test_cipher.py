"""What lies locked: unreadable without the site's secret, good for one purpose, carried over by the migration."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection

from luoshi.store.cipher import ADDRESS, SECOND_KEY, OtherSecret, locked, opened
from luoshi.store.models import Address, Matter
from luoshi.store.moving import label_matter
from luoshi.store.outbox import add_address

if TYPE_CHECKING:
    from casting import Cast

GIVEN = "mailtos://li:word-of-honour@mail.example.org?to=li@example.org"


@pytest.mark.parametrize("text", ["", "a", GIVEN, "落实" * 300])
def test_what_was_locked_opens_again(text: str) -> None:
    assert opened(locked(text, ADDRESS), ADDRESS) == text
    assert locked(text, ADDRESS) != locked(text, ADDRESS), "the same text never looks the same"


def test_it_opens_for_its_purpose_only() -> None:
    with pytest.raises(OtherSecret):
        opened(locked(GIVEN, ADDRESS), SECOND_KEY)


@pytest.mark.parametrize("damage", [lambda text: text[:-2], lambda text: "x" + text[1:], lambda _: "", lambda _: GIVEN])
def test_what_was_changed_does_not_open(damage: Any) -> None:
    with pytest.raises(OtherSecret):
        opened(damage(locked(GIVEN, ADDRESS)), ADDRESS)


def test_another_secret_opens_nothing(settings: Any) -> None:
    kept = locked(GIVEN, ADDRESS)
    settings.SECRET_KEY = "another"
    with pytest.raises(OtherSecret):
        opened(kept, ADDRESS)


def test_no_column_of_the_database_holds_an_address_in_the_clear(cast: Cast) -> None:
    made = add_address(cast.people["liaison"], "email", GIVEN, "mailtos://***", cast.by("liaison"))
    assert made is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM store_address")
        (row,) = cursor.fetchall()
    assert not any("word-of-honour" in str(cell) or "mail.example.org" in str(cell) for cell in row)
    assert Address.objects.get().url == GIVEN


def test_the_migration_locks_addresses_that_lay_open_and_back(cast: Cast) -> None:
    guarding = import_module("luoshi.store.migrations.0011_guarding")
    person = cast.people["liaison"]
    pk = Address.objects.create(person=person, channel="email", sealed=GIVEN, shown="…").pk
    guarding.lock(apps, None)
    assert Address.objects.get(pk=pk).url == GIVEN
    assert "honour" not in Address.objects.get(pk=pk).sealed
    guarding.unlock(apps, None)
    assert Address.objects.get(pk=pk).sealed == GIVEN


def test_the_migration_knows_what_was_labelled(cast: Cast) -> None:
    guarding = import_module("luoshi.store.migrations.0011_guarding")
    label_matter(cast.matter, "internal", cast.by("director"), expected=0, reason="看过")
    Matter.objects.update(labelled=False)
    guarding.label(apps, None)
    assert list(Matter.objects.filter(labelled=True).values_list("pk", flat=True)) == [cast.matter]
