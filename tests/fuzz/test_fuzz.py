"""The attack on the readers: every reader has a target; a fault is found, kept and can be run again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from fuzz.mutate import damaged, repacked, restructured, scrambled  # noqa: E402
from fuzz.targets import TARGETS, Broken, Target  # noqa: E402

from fuzz import __main__ as fuzz  # noqa: E402

DAMAGE: list[Callable[[bytes, Random, list[bytes]], bytes]] = [damaged, repacked, restructured]


@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_withstands_a_little_damage(name: str) -> None:
    target, chance = TARGETS[name], Random(5)
    seeds = list(target.seeds())
    tried = seeds + [target.damage(chance.choice(seeds), chance, seeds) for _ in range(30)]
    assert [fault for fault in (fuzz.attempt(target, data)[1] for data in tried) if fault] == []


@pytest.mark.parametrize("name", TARGETS)
def test_damage_opens_other_paths_than_sound_files_do(name: str) -> None:
    """Damage that every input refuses at the door, or that none notices, would attack nothing."""
    target, chance = TARGETS[name], Random(7)
    seeds = list(target.seeds())
    sound = {fuzz.attempt(target, data)[0] for data in seeds}
    hurt = {fuzz.attempt(target, target.damage(chance.choice(seeds), chance, seeds))[0] for _ in range(60)}
    assert hurt - sound


def test_every_reader_of_files_has_a_target() -> None:
    """A module of ``intake`` that defines ``read_…`` is reached from the targets."""
    told = (ROOT / "fuzz" / "targets.py").read_text(encoding="utf-8")
    inside = {"read_docx", "read_ofd", "read_in_child"}  # behind read_container; the child, which runs all of them
    found = {
        line.split("(")[0].removeprefix("def ")
        for path in (ROOT / "src" / "luoshi" / "intake").glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("def read_")
    }
    assert {name for name in found - inside if name not in told} == set()


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda one: one.__name__)
def test_the_same_seed_does_the_same_damage(damage: Callable[[bytes, Random, list[bytes]], bytes]) -> None:
    data = TARGETS["container"].seeds()[0] if damage is repacked else b'{"format": "x", "list": [1, "two", null]}'
    runs = [[damage(data, chance, [data]) for _ in range(20)] for chance in (Random(1), Random(1), Random(2))]
    assert runs[0] == runs[1] != runs[2]
    assert len(set(runs[0])) > 10


def test_texts_and_json_stay_what_they_are_most_of_the_time() -> None:
    chance = Random(3)
    tree = b'{"a": [1, 2, {"b": "text"}], "c": null}'
    sound = 0
    for _ in range(100):
        try:
            json.loads(restructured(tree, chance, [tree]))
            sound += 1
        except ValueError:
            pass
    assert sound > 60
    assert all(scrambled("全区增长5%。", chance) for _ in range(20))


@pytest.fixture
def weak(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that breaks where a byte is above 0x7F, in one of two ways."""

    def run(data: bytes) -> str:
        data.decode("ascii")
        if len(data) > 100:
            raise Broken("too long")
        return str(len(data))

    monkeypatch.setitem(fuzz.TARGETS, "weak", Target(lambda: [b"abc"], damaged, run))


@pytest.mark.usefixtures("weak")
def test_each_fault_is_kept_once_and_can_be_run_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.hunt("weak", 1.0, 1, tmp_path) == 2
    kept = sorted(tmp_path.glob("weak-*.bin"))
    assert len(kept) == 2
    said = {
        path.with_suffix(".txt").read_text(encoding="utf-8").strip().splitlines()[-1].split(":")[0] for path in kept
    }
    assert said == {"UnicodeDecodeError", "fuzz.targets.Broken"}
    assert fuzz.replay(kept) == 2
    harmless = tmp_path / "weak-000.bin"
    harmless.write_bytes(b"abc")
    assert fuzz.replay([harmless]) == 0
    assert "2 个毛病 · faults" in capsys.readouterr().out


@pytest.mark.usefixtures("weak")
def test_what_takes_too_long_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "SLOW", -1.0)
    outcome, fault = fuzz.attempt(fuzz.TARGETS["weak"], b"abc")
    assert outcome == ""
    assert "slow" in fault


def test_the_command_ends_with_nought_where_nothing_broke(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fuzz", "sniff", "corrections", "--seconds", "1", "--keep", str(tmp_path / "kept")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 个毛病 · faults" in done.stdout
    assert not (tmp_path / "kept").exists()
