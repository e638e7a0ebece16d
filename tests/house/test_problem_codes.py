"""The catalogue of problems: every code used is in it, every code in it is used, explained and documented."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from luoshi.problems import catalogue

CODE = re.compile(r"[A-Z]\d{3}")


def used_codes(root: Path) -> set[str]:
    """Every code named in the source: as a string in a module, or in one of its data files."""
    home = root / "src" / "luoshi"
    found: set[str] = set()
    for path in home.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    for path in home.rglob("*.toml"):
        if path.name != "problem_codes.toml":
            found |= set(re.findall(r'"([A-Z]\d{3})"', path.read_text(encoding="utf-8")))
    return found


def test_every_code_in_use_is_in_the_catalogue(root: Path) -> None:
    assert used_codes(root) - set(catalogue()) == set()


def test_every_code_in_the_catalogue_is_in_use(root: Path) -> None:
    assert set(catalogue()) - used_codes(root) == set()


@pytest.mark.parametrize("code", catalogue())
def test_a_code_says_everything_a_reader_needs(code: str) -> None:
    row = catalogue()[code]
    assert CODE.fullmatch(code)
    assert row.severity in ("error", "warning", "note")
    for words in (row.title, row.message, row.why, row.advice):
        assert re.search(r"[\u4e00-\u9fff]", words), f"{code} does not speak Chinese: {words}"
    assert re.search(r"[a-z]{3}", row.english)
    assert not re.search(r"[\u4e00-\u9fff]", row.english)
    assert row.why.endswith("。")
    assert row.advice.endswith("。")


@pytest.mark.parametrize("code", catalogue())
def test_only_what_is_filled_in_has_gaps(code: str) -> None:
    """A brace anywhere else would be shown to people as it stands."""
    row = catalogue()[code]
    assert not {"{", "}"} & set(row.title + row.why + row.english)


@pytest.mark.parametrize("code", catalogue())
def test_gaps_have_names(code: str) -> None:
    """A gap is filled by name, so that the words may be put in any order."""
    row = catalogue()[code]
    for words in (row.message, row.advice):
        gaps = [name for _, name, _, _ in string.Formatter().parse(words) if name is not None]
        assert all(re.fullmatch(r"[a-z_]+", name) for name in gaps), gaps


@pytest.mark.parametrize("code", catalogue())
def test_a_code_is_documented(root: Path, code: str) -> None:
    page = (root / "docs" / "problems.md").read_text(encoding="utf-8")
    row = catalogue()[code]
    part = page.split(f"### {code} {row.title}\n")[1].split("\n##")[0]
    for words in (row.message, row.why, row.advice, row.english):
        assert words in part
