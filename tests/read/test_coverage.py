"""The coverage map holds every character exactly once, and says of each stretch that was not read why."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.model import Role
from luoshi.publish.labels import label
from luoshi.read.coverage import unread

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "coverage.toml").read_text(encoding="utf-8")
)["case"]
OPENERS = {"〔": "〕", "｛": "｝", "【": "】"}
Told = tuple[int, int, str]


def marked(source: str) -> tuple[str, list[tuple[int, int]], list[Told], list[Told]]:
    """The text without its brackets, and what the brackets said: covered, asides, parts."""
    text, open_, found = "", list[tuple[str, int, str]](), {"〔": list[Told](), "｛": list[Told](), "【": list[Told]()}
    at = 0
    while at < len(source):
        char = source[at]
        at += 1
        if char in OPENERS:
            name, at = ("", at) if char == "〔" else (source[at : source.index(":", at)], source.index(":", at) + 1)
            open_.append((char, len(text), name))
        elif char in OPENERS.values():
            opener, start, name = open_.pop()
            found[opener].append((start, len(text), name))
        else:
            text += char
    return text, [(a, b) for a, b, _ in found["〔"]], found["｛"], found["【"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_stretch_says_why(case: dict[str, Any]) -> None:
    text, covered, asides, parts = marked(case["text"])
    told = unread(len(text), covered, asides, parts, text)
    assert [[one.why, text[one.start : one.end]] for one in told] == case["stretches"]


spans = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))
reasons = st.sampled_from(["slogan", "lead", "page"])
roles = st.sampled_from(get_args(Role))


@given(
    st.text(alphabet="建设。，\n 好", max_size=40),
    st.lists(spans, max_size=6),
    st.lists(st.tuples(spans, reasons), max_size=4),
    st.lists(st.tuples(spans, roles), max_size=4),
)
def test_every_character_is_read_or_in_one_stretch(
    text: str, covered: list[tuple[int, int]], asides: list[tuple[tuple[int, int], str]], parts: Any
) -> None:
    told = unread(
        len(text), covered, [(*span, why) for span, why in asides], [(*span, role) for span, role in parts], text
    )
    held = [at for one in told for at in range(one.start, one.end)]
    read = {at for start, end in covered for at in range(start, end)}
    assert held == sorted(set(range(len(text))) - read)
    neighbours = pairwise(told)
    assert all(one.end < other.start or one.why != other.why for one, other in neighbours)


def test_every_reason_has_a_name_in_both_languages() -> None:
    text, covered, asides, parts = marked("".join(f"【{role}:字，】" for role in get_args(Role)) + "〔好〕，〔好〕余")
    reasons = {one.why for one in unread(len(text), covered, asides, parts, text)}
    reasons |= {"front", "page", "caption", "greeting", "slogan", "lead"}
    assert "mark" in reasons
    assert [why for why in reasons if label("unread", why) == why or not label("unread", why, "en").isascii()] == []
