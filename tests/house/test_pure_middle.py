"""From ``publish`` down: no clock, database, socket, subprocess, chance, environment; no disk but own data files."""

from __future__ import annotations

import ast

import pytest

PURE = (
    *("publish", "check", "compare", "schedule", "measure", "supervise", "evaluate", "read", "plan"),
    *("source", "days", "amounts", "problems.py"),
)
MODULES = {
    *("os", "socket", "ssl", "select", "subprocess", "multiprocessing", "threading", "asyncio", "concurrent"),
    *(
        "random",
        "secrets",
        "uuid",
        "tempfile",
        "shutil",
        "glob",
        "time",
        "signal",
        "ctypes",
        "sqlite3",
        "dbm",
        "shelve",
    ),
    *("http", "urllib", "ftplib", "smtplib", "django", "requests", "httpx", "aiohttp", "logging", "locale", "getpass"),
}
CALLS = {"today", "now", "utcnow", "getenv", "write_text", "write_bytes", "mkdir", "unlink", "rename", "rmdir", "touch"}
BUILTINS = {"open", "input", "print", "exec", "eval", "breakpoint", "__import__"}


def dangers(tree: ast.AST) -> list[str]:
    """What ``tree`` does that a pure part may not do, one line each."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                found += [f"{node.lineno} import {n.name}" for n in node.names if n.name.split(".")[0] in MODULES]
            case ast.ImportFrom(module=str(module), level=0) if module.split(".")[0] in MODULES:
                found.append(f"{node.lineno} from {module}")
            case ast.Call(func=ast.Attribute(attr=name)) if name in CALLS:
                found.append(f"{node.lineno} .{name}()")
            case ast.Call(func=ast.Name(id=name)) if name in BUILTINS:
                found.append(f"{node.lineno} {name}()")
            case ast.Attribute(attr="environ"):
                found.append(f"{node.lineno} environ")
    return found


def test_the_middle_is_pure(modules: dict[str, ast.Module]) -> None:
    pure = {path: tree for path, tree in modules.items() if path.split("/")[0] in PURE}
    assert {path.split("/")[0] for path in pure} >= {"publish", "read", "plan", "source", "problems.py"}
    assert {path: found for path, tree in pure.items() if (found := dangers(tree))} == {}


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "import os.path as p",
        "from subprocess import run",
        "import random",
        "import sqlite3",
        "from datetime import date\ndate.today()",
        "import datetime\ndatetime.datetime.now()",
        "open('x')",
        "from pathlib import Path\nPath('x').write_text('y')",
        "import urllib.request",
        "def f():\n    import socket",
        "sys.modules['os'].environ['A']",
    ],
)
def test_a_planted_danger_is_found(code: str) -> None:
    assert dangers(ast.parse(code))


def test_what_is_allowed_is_not_called_a_danger() -> None:
    code = (
        "from importlib import resources\nfrom datetime import date\ndate(2023, 1, 1)\nresources.files('a').read_text()"
    )
    assert dangers(ast.parse(code)) == []
