"""Every value of a plan has a name in both languages, and no two values of a kind share one."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from luoshi.plan import model
from luoshi.publish.labels import label, labels

GROUPS = {
    "role": model.Role, "level": model.Level, "comparator": model.Comparator, "measure": model.Measure,
    "direction": model.Direction, "tense": model.Tense, "kind": model.Kind, "strength": model.Strength,
    "date_basis": model.DateBasis, "unit_basis": model.UnitBasis, "precision": model.Precision,
}  # fmt: skip


@pytest.mark.parametrize("group", GROUPS)
def test_every_value_is_named_in_chinese_and_in_english(group: str) -> None:
    values = get_args(GROUPS[group])
    assert all(re.search(r"[\u4e00-\u9fff]", label(group, value)) for value in values)
    assert all(label(group, value, "en").isascii() for value in values)


@pytest.mark.parametrize("group", GROUPS)
def test_names_come_in_the_order_of_the_values_and_none_twice(group: str) -> None:
    names = labels(group)
    assert names == tuple(label(group, value) for value in get_args(GROUPS[group]))
    assert len(set(names)) == len(names)


def test_a_value_that_nobody_has_named_is_its_own_name() -> None:
    assert label("unread", "some-new-reason") == "some-new-reason"


def test_a_group_that_does_not_exist_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        label("no-such-group", "eq")
