"""`luoshi publish`: one folder, replaced whole; nothing of anybody else's is touched; the list can be checked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from luoshi.cli import publication, swapping
from luoshi.examples import sample
from luoshi.problems import problem
from luoshi.publish.dossier import Dossier
from luoshi.publish.products import Piece, Product

Command = Callable[..., Any]
DAY = "2024-06-30"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def ours(folder: Path) -> list[str]:
    """What stands beside the folder: nothing hidden may be left."""
    return sorted(path.name for path in folder.parent.iterdir())


def codes(err: str) -> list[str]:
    return [line.split()[3] for line in err.splitlines() if line.startswith(("✖", "▲", "•"))]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "网站" / "发布"


@pytest.fixture
def publish(luoshi: Command, report: Path, out: Path) -> Command:
    """``publish("--only", "register")`` of the short report into ``out``, on one day."""
    return lambda *more: luoshi("publish", report, "--to", out, "--today", DAY, *(more or ("--only", "register")))


def test_public_and_internal_go_to_different_folders_and_the_list_names_all(
    luoshi: Command, report: Path, out: Path
) -> None:
    done = luoshi("publish", report, "--to", out, "--today", DAY, "--only", "picture,register")
    assert done.code == 0
    files = contents(out)
    assert {name.split("/")[0] for name in files} == {"public", "internal", "README.txt", "luoshi.json"}
    assert {"public/picture/onepage.svg", "internal/register/register.xlsx"} <= files.keys()
    listed = json.loads(files["luoshi.json"])
    assert (listed["format"], listed["day"], listed["products"]) == (
        "luoshi.published/1", DAY, ["picture", "register"]
    )  # fmt: skip
    assert {row["path"] for row in listed["files"]} == files.keys() - {"luoshi.json"}
    assert "internal/register" in done.text


def test_the_same_input_gives_the_same_bytes(publish: Command, out: Path) -> None:
    publish()
    before = contents(out)
    publish()
    assert contents(out) == before


def test_another_run_replaces_everything(publish: Command, out: Path) -> None:
    publish("--only", "picture")
    publish("--only", "register")
    assert {name.split("/")[1] for name in contents(out) if "/" in name} == {"register"}
    assert ours(out) == ["发布"]


def test_earlier_reports_give_the_ledger_and_none_gives_none(luoshi: Command, out: Path) -> None:
    arguments = ("publish", sample("songgang-2023"), "--to", out, "--today", DAY, "--only", "ledger")
    assert luoshi(*arguments, "--earlier", sample("songgang-2021")).code == 0
    assert "public/ledger/ledger.xlsx" in contents(out)
    assert luoshi(*arguments).code == 0
    assert not (out / "public").exists()


def test_the_picture_of_last_years_promises_comes_with_an_earlier_report(luoshi: Command, out: Path) -> None:
    first, second = sample("songgang-2021"), sample("songgang-2023")
    done = luoshi("publish", second, "--to", out, "--only", "picture", "--earlier", first)
    assert done.code == 0
    drawn = contents(out)["public/picture/compared.svg"].decode("utf-8")
    assert "2021年说的，做到哪了" in drawn
    assert "public/picture/result.svg" not in contents(out)


def test_a_report_with_nothing_to_draw_is_published_without_its_picture(
    luoshi: Command, out: Path, tmp_path: Path
) -> None:
    (tmp_path / "空.txt").write_text("今天天气很好。\n", encoding="utf-8")
    done = luoshi("publish", tmp_path / "空.txt", "--to", out, "--today", DAY)
    assert done.code == 0
    assert codes(done.err) == ["W026"]
    made = contents(out)
    assert {"public/site/index.html", "public/data/datapackage.json", "internal/register/register.xlsx"} <= made.keys()
    assert not [name for name in made if "/picture/" in name]


# ── what is somebody else's ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_of_somebody_else_is_left_alone(publish: Command, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "批示.txt").write_bytes(b"theirs")
    done = publish()
    assert (done.code, codes(done.err)) == (2, ["W040"])
    assert contents(out) == {"批示.txt": b"theirs"}


def test_an_empty_folder_and_what_file_managers_leave_are_nobodys(publish: Command, out: Path) -> None:
    out.mkdir(parents=True)
    (out / ".DS_Store").write_bytes(b"litter")
    assert publish().code == 0
    (out / "internal" / "Thumbs.db").write_bytes(b"litter")
    assert publish().code == 0


@pytest.mark.parametrize("name", ["internal/register/register.csv", "public/CNAME", "internal/register/填好的.xlsx"])
def test_what_was_filled_in_or_added_is_not_lost(publish: Command, out: Path, name: str) -> None:
    """A register that a unit filled in where it lay must survive the next run."""
    publish()
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_bytes("填好了".encode())
    before = contents(out)
    done = publish()
    assert (done.code, codes(done.err)) == (2, ["W041"])
    assert name in done.err
    assert contents(out) == before


def test_a_file_where_the_folder_should_be_stops_the_work(publish: Command, out: Path) -> None:
    out.parent.mkdir()
    out.write_bytes(b"theirs")
    assert codes(publish().err) == ["W003"]
    assert out.read_bytes() == b"theirs"


def test_a_link_keeps_pointing_to_the_folder(luoshi: Command, report: Path, tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "现在").symlink_to(tmp_path / "2024")
    luoshi("publish", report, "--to", tmp_path / "现在", "--today", DAY, "--only", "register")
    assert (tmp_path / "现在").is_symlink()
    assert (tmp_path / "2024" / "luoshi.json").is_file()


def test_the_rights_of_the_folder_stay(publish: Command, out: Path) -> None:
    publish()
    out.chmod(0o750)
    publish()
    assert out.stat().st_mode & 0o777 == 0o750


# ── whatever goes wrong ──────────────────────────────────────────────────────────────────────────────────────────────


def _breaks(how: BaseException | str) -> Product:
    def make(_dossier: Dossier) -> Iterator[Piece]:
        yield "half.txt", b"half"
        if isinstance(how, BaseException):
            raise how
        yield problem(how)

    return Product("broken", "public", "坏的", "broken", make)


@pytest.mark.parametrize(
    ("how", "code"), [(RuntimeError("a slip of ours"), 1), (KeyboardInterrupt(), 130), ("W023", 2)], ids=str
)
def test_whatever_a_product_does_the_old_folder_stays(
    publish: Command, out: Path, monkeypatch: pytest.MonkeyPatch, how: BaseException | str, code: int
) -> None:
    publish()
    before = contents(out)
    from luoshi.cli import publish as verb_module

    monkeypatch.setattr(verb_module, "PRODUCTS", (_breaks(how), *verb_module.PRODUCTS))
    assert publish("--quiet", "--only", "broken,register").code == code
    assert contents(out) == before
    assert ours(out) == ["发布"]


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside", "a/../../b", "a\\b", "a\nb", ""])
def test_a_path_that_leads_outside_is_never_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no path"), swapping.replaced(tmp_path / "out") as new:
        new.put(name, b"")
    assert list(tmp_path.iterdir()) == []


SMALL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from luoshi.cli.start import main
main(sys.argv[2:])
"""


def test_a_full_disk_leaves_the_old_folder(publish: Command, report: Path, out: Path) -> None:
    publish()
    before = contents(out)
    arguments = ["publish", report, "--to", out, "--today", DAY, "--only", "register"]
    done = subprocess.run(
        [sys.executable, "-c", SMALL, "4096", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, codes(done.stderr)) == (2, ["W001"])
    assert contents(out) == before
    assert ours(out) == ["发布"]


SLOW = """
import sys, time
from luoshi.cli import publication, publish, swapping
from luoshi.cli.start import main
def marked(where):
    print(where, flush=True)
    time.sleep(60)
if sys.argv[1] == "writing":
    real = swapping.Writer.put
    swapping.Writer.put = lambda self, name, data: (real(self, name, data), marked("here"))
if sys.argv[1] == "between":
    swapping._exchanged = lambda new, folder: False
    real = swapping.Path.rename
    swapping.Path.rename = lambda self, to: (real(self, to), marked("here"))[0]
main(sys.argv[2:])
"""


@pytest.mark.parametrize("where", ["writing", "between"])
def test_a_killed_run_leaves_the_old_folder_and_the_next_clears_up(
    publish: Command, luoshi: Command, report: Path, out: Path, where: str
) -> None:
    publish()
    before = contents(out)
    arguments = ["publish", report, "--to", out, "--today", "2024-07-01", "--only", "register"]
    running = subprocess.Popen([sys.executable, "-c", SLOW, where, *map(str, arguments)], stdout=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stdout.readline() == b"here\n"
    if where == "writing":
        assert codes(publish().err) == ["W042"], "while one writes, another may not"
    running.send_signal(signal.SIGKILL)
    running.wait()
    if where == "writing":
        assert contents(out) == before
    assert ours(out) != ["发布"], "a kill leaves something to clear away"
    bad = luoshi("publish", report, "--to", out, "--items", out / "没有.json")
    assert bad.code == 2
    assert publish().code == 0
    assert contents(out) == before
    assert ours(out) == ["发布"]


def test_kills_at_any_moment_never_leave_half_a_folder(publish: Command, report: Path, out: Path) -> None:
    publish()
    arguments = ["publish", report, "--to", out, "--today", DAY, "--only", "register"]
    for nth in range(6):
        running = subprocess.Popen([sys.executable, "-m", "luoshi", *map(str, arguments)], stdout=subprocess.DEVNULL)
        time.sleep(0.15 * (nth + 1))
        running.kill()
        running.wait()
        assert publication.checked(out)[1] == (), "the old one or the new one, whole"
    assert publish().code == 0
    assert ours(out) == ["发布"]


def test_where_the_system_cannot_exchange_a_failed_move_puts_the_old_folder_back(
    publish: Command, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    before = contents(out)
    monkeypatch.setattr(swapping, "_exchanged", lambda *_: False)
    assert publish().code == 0
    assert contents(out) == before
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError(13, os.strerror(13))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    assert codes(publish().err) == ["W001"]
    assert contents(out) == before


# ── what is given ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_plan_needs_its_report_beside_it(luoshi: Command, report: Path, out: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    luoshi("read", report, "--out", plan)
    arguments = ("publish", plan, "--to", out, "--today", DAY, "--only", "register")
    assert luoshi(*arguments).code == 0
    report.write_text(report.read_text(encoding="utf-8") + "后来加的一句。", encoding="utf-8")
    assert codes(luoshi(*arguments).err) == ["P004"]
    report.unlink()
    done = luoshi(*arguments)
    assert (done.code, codes(done.err)) == (2, ["P004"])
    assert report.name in done.err


def test_everything_that_cannot_be_used_is_told_at_once(publish: Command, out: Path, tmp_path: Path) -> None:
    (tmp_path / "状态.json").write_text("{", encoding="utf-8")
    (tmp_path / "office.toml").write_bytes(b"\xff\xfe")
    done = publish(
        "--items", tmp_path / "状态.json", "--office", tmp_path / "office.toml", "--readings", tmp_path / "没有.csv"
    )
    assert (done.code, codes(done.err)) == (2, ["D007", "I001", "O002"])
    assert not out.exists()


def test_of_a_closed_report_nothing_public_is_made(publish: Command, out: Path, tmp_path: Path) -> None:
    office = tmp_path / "office.toml"
    office.write_text('[openness]\nreport = "internal"\n', encoding="utf-8")
    done = publish("--office", office, "--only", "register")
    assert done.code == 0, "papers for the office may be made of it"
    done = publish("--office", office, "--only", "picture,register")
    assert (done.code, codes(done.err)) == (2, ["O001"])
    assert not (out / "public").exists()


@pytest.mark.parametrize("arguments", [(), ("报告.txt",), ("--to", "发布")])
def test_without_a_report_and_a_folder_the_usage_is_shown(luoshi: Command, arguments: tuple[str, ...]) -> None:
    done = luoshi("publish", *arguments)
    assert done.code == 2
    assert "--to" in done.err


@pytest.mark.parametrize("names", ["没有", "register,没有", ""])
def test_a_product_that_does_not_exist_is_named(publish: Command, names: str) -> None:
    done = publish("--only", names)
    assert done.code == 2
    assert "picture" in done.err


# ── checking ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_published_folder_that_nobody_touched_is_all_right(luoshi: Command, publish: Command, out: Path) -> None:
    publish()
    done = luoshi("publish", "--check", out)
    assert done.code == 0
    assert done.text.startswith(f"{len(contents(out)) - 1} ")


@pytest.mark.parametrize("touched", ["changed", "missing", "added", "list"])
def test_checking_tells_what_was_touched(luoshi: Command, publish: Command, out: Path, touched: str) -> None:
    publish()
    csv = out / "internal" / "register" / "register.csv"
    match touched:
        case "changed":
            csv.write_bytes(csv.read_bytes().replace(b"2024", b"2025"))
        case "missing":
            csv.unlink()
        case "added":
            (out / "internal" / "register" / "更多.csv").write_bytes(b"")
        case "list":
            (out / "luoshi.json").write_bytes(b"[")
    done = luoshi("publish", "--check", out)
    expected = {"changed": "W044", "missing": "W045", "added": "W046", "list": "W043"}[touched]
    assert (done.code, codes(done.err)) == (2, [expected])
