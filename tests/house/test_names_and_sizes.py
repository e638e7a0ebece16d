"""Small on purpose: names that say what is inside, functions to 60 lines, files to 400, nothing left unfinished."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "managers", "misc", "base", "stuff"}
LONGEST_FUNCTION = 60
LONGEST_FILE = 400
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> list[FunctionNode]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def lines(node: FunctionNode) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_or_folder_has_a_name_that_says_nothing(root: Path) -> None:
    paths = [path for part in ("src", "tests", "scripts", "bench") for path in (root / part).rglob("*.py")]
    guilty = [
        path for path in paths if EMPTY_NAMES & {part.removesuffix(".py") for part in path.relative_to(root).parts}
    ]
    assert guilty == []


def test_functions_stay_short(modules: dict[str, ast.Module]) -> None:
    long = {
        f"{path}:{node.name}": lines(node)
        for path, tree in modules.items()
        for node in functions(tree)
        if lines(node) > LONGEST_FUNCTION
    }
    assert long == {}


def test_the_median_function_is_near_eight_lines(modules: dict[str, ast.Module]) -> None:
    assert median(lines(node) for tree in modules.values() for node in functions(tree)) <= 10


def test_files_stay_short(root: Path) -> None:
    parts = ("src", "tests", "scripts", "bench")
    paths = [path for part in parts for path in (root / part).rglob("*.py")]
    long = {str(path.relative_to(root)): count for path in paths if (count := _count(path)) > LONGEST_FILE}
    assert long == {}


@pytest.mark.parametrize("mark", ["NotImplementedError", "TODO", "FIXME", "XXX", "placeholder", "lorem ipsum", "HACK"])
def test_nothing_reads_like_unfinished_work(root: Path, mark: str) -> None:
    paths = [
        path for part in ("src", "scripts", "bench", "docs") for path in (root / part).rglob("*") if path.is_file()
    ]
    texts = {path: path.read_text(encoding="utf-8") for path in paths if path.suffix in (".py", ".toml", ".md", ".csv")}
    assert [str(path.relative_to(root)) for path, text in texts.items() if mark in text] == []


def test_every_public_function_and_class_of_a_door_says_what_it_does(modules: dict[str, ast.Module]) -> None:
    """What a package exports in ``__all__`` has a docstring where it is defined."""
    defined = {
        (path, node.name): ast.get_docstring(node)
        for path, tree in modules.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    silent = []
    for path, tree in modules.items():
        if not path.endswith("__init__.py"):
            continue
        folder = path.removesuffix("__init__.py")
        for name in exported(tree):
            homes = [key for key in defined if key[0].startswith(folder) and key[1] == name]
            silent += [f"{home}:{name}" for home, name in homes if not defined[home, name]]
    assert silent == []


def exported(tree: ast.Module) -> list[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return [str(name) for name in ast.literal_eval(node.value)]
    return []


def _count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
