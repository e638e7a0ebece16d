"""Setting up a checkout: when something is missing it says what, and what to do, in both languages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts/setup is a POSIX shell script")


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A folder with what scripts/setup looks at, and no .venv."""
    home = tmp_path / "落 实"
    (home / "scripts").mkdir(parents=True)
    for name in ("pyproject.toml", "constraints.txt", "scripts/setup"):
        shutil.copy(root / name, home / name)
    return home


def setup(checkout: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "LUOSHI_", "PYTHON"))}
    return subprocess.run(
        [checkout / "scripts" / "setup", "core"],
        capture_output=True,
        text=True,
        env={**clean, **env},
        check=False,
    )


def fake(folder: Path, script: str) -> str:
    """An interpreter that behaves as ``script`` says."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_python_that_is_too_old_is_named_with_its_version(checkout: Path, tmp_path: Path) -> None:
    old = fake(tmp_path, 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    done = setup(checkout, PYTHON=old)
    assert done.returncode == 2
    assert "需要 Python 3.11" in done.stderr
    assert "Python 3.9.2" in done.stderr
    assert "Python 3.11 or newer is needed" in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_that_is_not_there_is_said(checkout: Path) -> None:
    done = setup(checkout, PYTHON="no-such-python")
    assert done.returncode == 2
    assert "需要 Python 3.11" in done.stderr
    assert "apt install python3" in done.stderr


def test_a_python_without_venv_says_which_package_to_install(checkout: Path, tmp_path: Path) -> None:
    lacking = fake(tmp_path, f'case "$2" in *ensurepip*) exit 1;; *) exec {sys.executable} "$@";; esac')
    done = setup(checkout, PYTHON=lacking)
    assert done.returncode == 2
    assert "apt install python3-venv" in done.stderr
    assert "lacks the venv module" in done.stderr
    assert not (checkout / ".venv").exists()


def test_no_network_says_how_to_go_on_without(checkout: Path) -> None:
    done = setup(checkout, PYTHON=sys.executable, PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)
    assert done.returncode == 2
    assert "依赖没有装上" in done.stderr
    assert "镜像" in done.stderr
    assert "LUOSHI_WHEELS=wheels make demo" in done.stderr
    assert "could not be installed" in done.stderr


def test_a_folder_of_wheels_that_is_not_complete_is_said(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    done = setup(checkout, PYTHON=sys.executable, LUOSHI_WHEELS=str(tmp_path / "wheels"), PIP_CONFIG_FILE=os.devnull)
    assert done.returncode == 2
    assert "安装包不全" in done.stderr
    assert "not complete" in done.stderr


def test_a_folder_of_wheels_that_is_no_folder_is_said(checkout: Path) -> None:
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to(sys.executable)
    done = setup(checkout, LUOSHI_WHEELS="no/such/folder")
    assert done.returncode == 2
    assert "LUOSHI_WHEELS 指的不是文件夹：no/such/folder" in done.stderr


def test_an_unknown_word_shows_the_usage(root: Path) -> None:
    done = subprocess.run([root / "scripts" / "setup", "all"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "scripts/setup core|dev" in done.stderr
