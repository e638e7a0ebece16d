"""What must never be in the tree: paths of somebody's machine, addresses of registries, sentences of real reports."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

BINARY = {
    ".ttf",
    ".otf",
    ".png",
    ".jpg",
    ".pdf",
    ".docx",
    ".xlsx",
    ".zip",
    ".ofd",
    ".doc",
    ".wps",
    ".et",
    ".ico",
    ".bin",
}
# Written so that this file does not match itself.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:w[o]rk|r[o]ot|f[a]rm|h[o]me/\w+|Us[e]rs/\w+)(?:/|\b)|[A-Z]:\\Us[e]rs\\")
REGISTRIES = re.compile(
    r"(?:py[p]i\.org|pythonh[o]sted\.org|registry\.npm[j]s|mirrors\.[a-z]+\.(?:edu|com|cn)|tuna\.tsingh[u]a|"
    r"--(?:extra-)?index-[u]rl|jfr[o]g|nex[u]s/repository)"
)


def tracked(root: Path) -> list[Path]:
    """The files of the project: what git knows, or everything where this is no checkout."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [root / name for name in listed.stdout.decode().split("\0") if name and (root / name).is_file()]


def texts(root: Path) -> dict[str, str]:
    found = {}
    for path in tracked(root):
        if path.suffix.lower() not in BINARY:
            found[path.relative_to(root).as_posix()] = path.read_bytes().decode("utf-8", "replace")
    return found


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRIES], ids=["machines", "registries"])
def test_no_trace_of_where_it_was_made(root: Path, pattern: re.Pattern[str]) -> None:
    guilty = {name: match.group() for name, text in texts(root).items() if (match := pattern.search(text))}
    assert guilty == {}


def test_the_patterns_find_what_they_are_for() -> None:
    assert MACHINE_PATHS.search("cd /wor" + "k/main")
    assert MACHINE_PATHS.search("open('/hom" + "e/li/x')")
    assert REGISTRIES.search("https://pyp" + "i.org/simple")
    assert REGISTRIES.search("pip install --index" + "-url x")
    assert not MACHINE_PATHS.search("network/homework/root-cause")


def test_no_lock_file_with_addresses(root: Path) -> None:
    assert [
        path.name for path in tracked(root) if path.name in ("uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock")
    ] == []


def test_no_sentence_of_a_real_report_was_copied(root: Path, shared: Path) -> None:
    """A run of 24 characters of a real report stands nowhere in the project (facts and figures are shorter)."""
    ours = {name: re.sub(r"\s", "", text) for name, text in texts(root).items()}
    windows: dict[str, str] = {}
    for name, text in ours.items():
        for run in re.findall(r"[\u4e00-\u9fff，、；：“”0-9.%]{24,}", text):
            windows |= {run[at : at + 24]: name for at in range(len(run) - 23)}
    guilty = {}
    for report in sorted((shared / "corpus").rglob("*.txt")):
        text = re.sub(r"\s", "", report.read_text(encoding="utf-8"))
        for at in range(len(text) - 23):
            if (window := text[at : at + 24]) in windows:
                guilty[window] = f"{windows[window]} ← {report.name}"
                break
    assert guilty == {}
