"""Hostile and wrong files: each is answered with its name, and nothing else happens."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attacks import ATTACKS, COSTLY, HARMLESS, Attack

from luoshi.intake import DEFAULT, Opened, open_document

if sys.platform != "win32":
    import resource


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to attack from: afterwards nothing has appeared in it or in the temporary folder, no process is left."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    started: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen.__init__

    def watched(self: subprocess.Popen[bytes], *args: object, **more: object) -> None:
        begin(self, *args, **more)  # type: ignore[arg-type]
        started.append(self)

    monkeypatch.setattr(subprocess.Popen, "__init__", watched)
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    yield tmp_path
    assert [child.pid for child in started if child.returncode is None] == []
    assert list(temporary.iterdir()) == []
    assert len(list(tmp_path.iterdir())) == 2


def attacked(scene: Path, attack: Attack) -> Opened:
    path = scene / f"来件.{attack.extension}"
    path.write_bytes(attack.data())
    before = path.read_bytes()
    opened = open_document(path)
    assert path.read_bytes() == before
    return opened


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_named_and_nothing_else_happens(scene: Path, name: str) -> None:
    opened = attacked(scene, ATTACKS[name])
    assert opened.document is None
    (found,) = opened.problems
    assert found.code == ATTACKS[name].code
    assert found.severity == "error"
    assert found.advice
    assert "root:" not in found.message


@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_file_ends_within_the_limits(scene: Path, name: str) -> None:
    opened = attacked(scene, COSTLY[name])
    assert opened.document is None or len(opened.document.text) < 1_000_000
    assert all(found.code.startswith("I0") for found in opened.problems)
    if sys.platform != "win32":
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        assert most <= max(DEFAULT.memory_bytes, DEFAULT.recognised_bytes)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_never_touched_does_no_harm(scene: Path, name: str) -> None:
    opened = attacked(scene, HARMLESS[name])
    assert opened.problems == ()
    assert opened.document is not None
    assert opened.document.text == "各位代表，现在报告工作。"


def test_attacks_are_made_the_same_each_time() -> None:
    for name, attack in ATTACKS.items():
        if name.startswith(("garbled", "ole", "locked", "macro", "noise")):
            assert attack.data() == attack.data(), name
