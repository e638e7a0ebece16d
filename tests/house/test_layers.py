"""Imports point down the list of the house; the list itself stands in pyproject.toml."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

WORK_ON_A_PLAN = {"check", "compare", "schedule", "measure", "supervise", "evaluate"}


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_imports_point_down(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(root / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_the_list_is_the_list_of_the_house(root: Path) -> None:
    config = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (contract,) = (found for found in config["contracts"] if found["id"] == "layers")
    assert contract["exhaustive"], "a folder nobody has placed on the list must fail"
    assert [line.replace("(", "").replace(")", "") for line in contract["layers"]] == [
        "cli | web | watch | monitor",
        "door",
        "store | notify | intake | corpus",
        "publish | rehearsal",
        "check | compare | schedule | measure | supervise | evaluate",
        "read",
        "plan",
        "source | days | amounts | examples",
        "problems",
    ]


def test_what_works_on_a_plan_never_asks_how_it_was_read(modules: dict[str, ast.Module]) -> None:
    guilty = [
        path
        for path, tree in modules.items()
        if path.split("/")[0] in WORK_ON_A_PLAN and any(name.startswith("luoshi.read") for name in imported(tree))
    ]
    assert guilty == []


def test_no_part_looks_behind_another_parts_door(modules: dict[str, ast.Module]) -> None:
    """A name that starts with an underscore is imported only within its own folder."""
    guilty = []
    for path, tree in modules.items():
        folder = path.split("/")[0].removesuffix(".py")
        for name in imported(tree):
            parts = name.split(".")
            private = any(part.startswith("_") and not part.startswith("__") for part in parts[1:])
            if parts[0] == "luoshi" and private and parts[1] != folder:
                guilty.append(f"{path}: {name}")
    assert guilty == []


def test_only_the_store_asks_its_tables(modules: dict[str, ast.Module]) -> None:
    """Elsewhere a table may be named for types only, and the database is not spoken to; pages go through access.py.

    The shell signs people in, for which allauth and axes ask for the person's own table.
    """
    guilty = []
    for path, tree in modules.items():
        if path.startswith(("store/", "web/shell/")):
            continue
        for node in running(tree.body):
            names = imported(node)
            guilty += [f"{path}: {name}" for name in names if name.startswith("luoshi.store.models")]
            guilty += [f"{path}: {name}" for name in names if name in ("django.db.connection", "sqlite3", "psycopg")]
    assert guilty == []


def running(body: list[ast.stmt]) -> list[ast.stmt]:
    """Statements that run: those under ``if TYPE_CHECKING`` left out."""
    return [
        node
        for node in body
        if not (isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING")
    ]
