"""Migrations go up, down and up again; names and types are those that every database on the list knows."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

PORTABLE = {
    "BigAutoField", "AutoField", "BigIntegerField", "BooleanField", "CharField", "DateField", "DateTimeField",
    "DecimalField", "EmailField", "ForeignKey", "IntegerField", "OneToOneField", "TextField",
}  # fmt: skip
RESERVED = {"user", "order", "group", "table", "to", "from", "by", "where", "row", "select", "check", "comment", "date"}
STORE = list(apps.get_app_config("store").get_models())


@pytest.mark.django_db
def test_the_migrations_are_those_of_the_models() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("model", STORE, ids=lambda model: model.__name__)
def test_names_are_short_lower_case_and_no_words_of_sql(model: type[models.Model]) -> None:
    names = [model._meta.db_table, *(field.column for field in model._meta.local_fields)]
    names += [one.name for one in (*model._meta.indexes, *model._meta.constraints)]
    assert [name for name in names if len(name) > 30 or name != name.lower() or name in RESERVED] == []


@pytest.mark.parametrize("model", STORE, ids=lambda model: model.__name__)
def test_types_are_portable_and_no_index_is_partial(model: type[models.Model]) -> None:
    assert {field.get_internal_type() for field in model._meta.local_fields} <= PORTABLE
    assert not model._meta.local_many_to_many
    assert [one for one in model._meta.constraints if getattr(one, "condition", None)] == []
    assert [one for one in model._meta.indexes if one.condition or one.expressions] == []


@pytest.mark.parametrize("model", STORE, ids=lambda model: model.__name__)
def test_no_column_holds_both_nothing_and_the_empty_word(model: type[models.Model]) -> None:
    """Some databases store '' as NULL: of the two a column may know one only."""
    words = (models.CharField, models.TextField)
    assert [one.name for one in model._meta.local_fields if isinstance(one, words) and one.null] == []


@pytest.mark.django_db(transaction=True)
def test_up_down_up() -> None:
    call_command("migrate", "store", "zero", verbosity=0)
    call_command("migrate", verbosity=0)  # all of them: the tables that stand on the store's went down with it
    call_command("migrate", "--check", verbosity=0)
