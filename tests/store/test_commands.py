"""The verbs of a site at the command line: set up, verify, copy, restore, examine, upgrade."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest


def luoshi(*words: str | Path, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run luoshi on the site at ``home``, a site of SQLite of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "luoshi", *words],
        env=kept | {"LUOSHI_HOME": str(home)} | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A site that was set up, and what was printed."""
    home = tmp_path_factory.mktemp("site") / "home"
    done = luoshi("init", home=home)
    assert done.returncode == 0, done.stderr
    return home, done.stdout


def test_setting_up_makes_three_administrators_with_passwords_of_their_own(site: tuple[Path, str]) -> None:
    home, said = site
    passwords = re.findall(r"^  (?:admin|security|audit) +(\w{20}) ", said, re.MULTILINE)
    assert len(set(passwords)) == 3
    kept = (home / "luoshi.sqlite3").read_bytes() + (home / "secret").read_bytes()
    assert not any(one.encode() in kept for one in passwords)


def test_the_secret_is_for_its_owner_only(site: tuple[Path, str]) -> None:
    home, _ = site
    assert stat.S_IMODE((home / "secret").stat().st_mode) == 0o600
    assert len((home / "secret").read_text()) >= 60


def test_a_site_is_not_set_up_twice(site: tuple[Path, str]) -> None:
    done = luoshi("init", home=site[0])
    assert done.returncode == 2
    assert "T030" in done.stderr


def test_passwords_that_are_asked_for_are_used(tmp_path: Path) -> None:
    home = tmp_path / "asked"
    words = "Chengguan-9-lu-deng\nChengguan-9-lu-deng\n" * 3
    done = subprocess.run(
        [sys.executable, "-m", "luoshi", "init", "--home", home, "--ask"],
        input=words,
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))},
    )
    assert done.returncode == 0, done.stderr
    assert "Chengguan" not in done.stdout.split("网站建好了")[1]


def test_verify_backup_restore_doctor_upgrade(site: tuple[Path, str], tmp_path: Path) -> None:
    home, _ = site
    anchor, copy, again = tmp_path / "anchor.txt", tmp_path / "copy.zip", tmp_path / "again"
    assert luoshi("verify", "--write", anchor, home=home).returncode == 0
    assert luoshi("verify", "--anchor", anchor, home=home).returncode == 0
    done = luoshi("backup", "--to", copy, home=home)
    assert done.returncode == 0, done.stderr
    seal = re.findall(r"\d+ [0-9a-f]{64}", done.stdout)
    assert [anchor.read_text().strip()] == seal
    restored = luoshi("restore", copy, home=again)
    assert seal == re.findall(r"\d+ [0-9a-f]{64}", restored.stdout), restored.stderr
    assert luoshi("verify", "--anchor", anchor, home=again).returncode == 0
    examined = luoshi("doctor", home=again)
    assert examined.returncode == 0, examined.stdout
    assert "✖" not in examined.stdout
    assert "nothing to do" in luoshi("upgrade", home=again).stdout


def test_verify_names_what_was_edited(site: tuple[Path, str], tmp_path: Path) -> None:
    home = tmp_path / "edited"
    copy = tmp_path / "copy.zip"
    luoshi("backup", "--to", copy, home=site[0])
    luoshi("restore", copy, home=home)
    with sqlite3.connect(home / "luoshi.sqlite3") as database:
        database.execute(
            "UPDATE store_ledgerentry SET body = replace(body, 'role.grant', 'role.take') WHERE sequence = 2"
        )
    done = luoshi("verify", home=home)
    assert done.returncode == 2
    assert "第 2 条" in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [(("verify",), "T035"), (("backup", "--to", "x.zip"), "T035"), (("restore", "nothing.zip"), "")],
)
def test_without_a_site_it_is_said_how_to_get_one(tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    done = luoshi(*words, home=tmp_path / "none")
    assert done.returncode == 2
    assert code in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_without_tables_is_said(site: tuple[Path, str], tmp_path: Path) -> None:
    done = luoshi("verify", home=site[0], LUOSHI_DATABASE=f"sqlite://{tmp_path}/empty.sqlite3")
    assert done.returncode == 2
    assert "T034" in done.stderr


def test_a_database_that_is_not_there_is_said(site: tuple[Path, str]) -> None:
    done = luoshi("verify", home=site[0], LUOSHI_DATABASE="postgres://nobody@127.0.0.1:1/none")
    assert done.returncode == 2
    assert "T012" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_says_what_is_wrong(tmp_path: Path) -> None:
    done = luoshi("doctor", home=tmp_path)
    assert done.returncode == 3
    assert "✖" in done.stdout
