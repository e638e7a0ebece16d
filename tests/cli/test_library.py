"""The library's door: ``luoshi.read`` is a call and a package, in any order of imports, for people and for mypy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import luoshi
from luoshi.problems import Unreadable


def fresh(code: str, *arguments: str | Path) -> str:
    """What ``code`` prints in a new interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "code",
    [
        "import luoshi; print(len(luoshi.read(path).figures))",
        "from luoshi import read; print(len(read(path).figures))",
        "import luoshi.read; print(len(luoshi.read(path).figures))",
        "from luoshi.read import read; import luoshi; print(len(luoshi.read(path).figures))",
        "import luoshi.read as r; print(len(r(path).figures))",
        "import luoshi; print(len(luoshi.read.read(luoshi.open_report(path).document).figures))",
        "from luoshi.read import read; from luoshi import open_report; print(len(read(open_report(path)[0]).figures))",
        "import luoshi; document, plan = luoshi.open_report(path); print(len(plan.figures))",
    ],
)
def test_read_is_a_call_and_a_package_in_any_order(report: Path, code: str) -> None:
    assert int(fresh(f"import sys; path = sys.argv[1]; {code}", report)) > 5


def test_importing_luoshi_loads_nothing_heavy() -> None:
    """The child that opens strange files starts within its limits; ``luoshi --help`` answers at once."""
    heavy = "{'pydantic', 'rich', 'typst', 'luoshi.read', 'luoshi.plan', 'luoshi.intake'}"
    assert fresh(f"import luoshi, sys; print(sorted({heavy} & set(sys.modules)))") == "[]"


def test_a_path_may_be_a_string_or_a_path(report: Path) -> None:
    assert luoshi.read(str(report)) == luoshi.read(report)


def test_a_plan_goes_to_json_and_back(report: Path) -> None:
    plan = luoshi.read(report)
    assert luoshi.Plan.from_json(plan.to_json()) == plan


def test_an_unreadable_file_raises_with_its_problems(tmp_path: Path) -> None:
    with pytest.raises(luoshi.Unreadable) as error:
        luoshi.read(tmp_path / "没有.docx")
    assert isinstance(error.value, Unreadable)
    assert [found.code for found in error.value.problems] == ["I001"]
    assert "没有.docx" in str(error.value)


def test_everything_promised_is_there() -> None:
    for name in luoshi.__all__:
        assert getattr(luoshi, name) is not None
        assert name in dir(luoshi)
    assert luoshi.__version__.count(".") == 2


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = luoshi.no_such_name


USER = """
from pathlib import Path
import luoshi
from luoshi.read import read
from luoshi.source import Document

plan: luoshi.Plan = luoshi.read("a.docx")
same: luoshi.Plan = luoshi.read(Path("a.docx"))
pure: luoshi.Plan = read(Document.from_text("x"))
also: luoshi.Plan = luoshi.read.read(Document.from_text("x"))
document, second = luoshi.open_report("a.docx")
length: int = len(document.text)
wrong: int = luoshi.read("a.docx")
luoshi.read(3)
"""


def test_users_of_mypy_get_types(tmp_path: Path) -> None:
    (tmp_path / "user.py").write_text(USER, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir", tmp_path, "user.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    faults = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert [fault.split(":")[1] for fault in faults] == ["13", "14"], done.stdout
