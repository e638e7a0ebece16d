"""What the values of a paper are called in a template, and the filters: Chinese, for people who edit Word files."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Any


@cache
def names() -> dict[str, Any]:
    """The tables of ``names.toml``: ``names`` and ``filters``, each with what it means."""
    return tomllib.loads(resources.files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))


def named(value: Any) -> Any:
    """``value`` with every key of every mapping in it called by its Chinese name. Raises KeyError for one unnamed."""
    if isinstance(value, Mapping):
        words = names()["names"]
        return {words[key]["zh"]: named(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [named(inner) for inner in value]
    return value


def day_in_chinese(value: date | None) -> str:
    """2023年6月30日; nothing for no day."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def tenth(value: Decimal | None) -> str:
    """To one place, without a needless nought: 41.7, 42; nothing for no number."""
    if value is None:
        return ""
    text = f"{Decimal(value).quantize(Decimal('0.1'), ROUND_HALF_UP):f}"
    return text.removesuffix(".0")


def share(value: Decimal) -> str:
    """A share with its place, as shares that are to add up are printed: 7.7%, 100.0%."""
    return f"{value:.1f}%"


def joined(values: Iterable[Any]) -> str:
    """The values with 、 between them."""
    return "、".join(str(value) for value in values)


def unstopped(text: str) -> str:
    """``text`` without the full stop at its end, so that a sentence can go on after it."""
    return text.rstrip("。；，.; \n")


FILTERS: dict[str, Callable[..., Any]] = {
    "日期": day_in_chinese,
    "数": tenth,
    "占比": share,
    "顿号": joined,
    "去句号": unstopped,
    "或": lambda value, instead: value or instead,
}
