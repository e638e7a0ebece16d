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


@pytest.fixture
def unreachable(checkout: Path) -> Path:
    """A checkout whose .venv is there, and whose pip says where it would look and finds nothing."""
    (checkout / ".venv" / "bin").mkdir(parents=True)
    says = (
        'echo "no-index=$PIP_NO_INDEX find-links=$PIP_FIND_LINKS"; echo "ERROR: no matching distribution" >&2; exit 1'
    )
    fake(checkout / ".venv" / "bin", f'case "$*" in *"pip install"*) {says};; *) exec {sys.executable} "$@";; esac')
    return checkout


def test_no_network_says_how_to_go_on_without(unreachable: Path) -> None:
    done = setup(unreachable)
    assert done.returncode == 2
    assert "依赖没有装上" in done.stderr
    assert "镜像" in done.stderr
    assert "LUOSHI_WHEELS=wheels make demo" in done.stderr
    assert "could not be installed" in done.stderr
    assert "ERROR: no matching distribution" in done.stderr, "what pip itself said is not hidden"


def test_a_failed_setup_is_tried_again_the_next_time(unreachable: Path) -> None:
    assert [setup(unreachable).returncode, setup(unreachable).returncode] == [2, 2]


def test_a_folder_of_wheels_is_used_without_the_network_and_said_when_not_complete(
    unreachable: Path, tmp_path: Path
) -> None:
    (tmp_path / "wheels").mkdir()
    done = setup(unreachable, LUOSHI_WHEELS=str(tmp_path / "wheels"))
    assert done.returncode == 2
    assert f"no-index=1 find-links={tmp_path / 'wheels'}" in done.stderr
    assert "安装包不全" in done.stderr
    assert "not complete" in done.stderr


def test_a_folder_of_wheels_that_is_no_folder_is_said(unreachable: Path) -> None:
    done = setup(unreachable, LUOSHI_WHEELS="no/such/folder")
    assert done.returncode == 2
    assert "LUOSHI_WHEELS 指的不是文件夹：no/such/folder" in done.stderr


def test_a_second_run_does_nothing(unreachable: Path) -> None:
    """What was set up for these files in this folder is not set up again; a change to them is."""
    works = f'case "$*" in *"pip install"*) exit 0;; *) exec {sys.executable} "$@";; esac'
    fake(unreachable / ".venv" / "bin", works)
    assert "安装依赖" in setup(unreachable).stderr
    assert setup(unreachable).stderr == ""
    with (unreachable / "constraints.txt").open("a", encoding="utf-8") as pins:
        pins.write("# changed\n")
    assert "安装依赖" in setup(unreachable).stderr


def test_an_unknown_word_shows_the_usage(root: Path) -> None:
    done = subprocess.run([root / "scripts" / "setup", "all"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "scripts/setup core|web|dev" in done.stderr
