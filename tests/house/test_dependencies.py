"""What luoshi stands on: free licences without copyleft of programs; every package pinned, none pinned for nothing."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

BUILD = {"hatchling", "editables"}
ELSEWHERE = {"colorama"}  # needed on Windows only
COPYLEFT = re.compile(r"(?<!L)\bA?GPL|Affero|(?<!Lesser )General Public|SSPL|Commons Clause|BUSL", re.IGNORECASE)
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|HPND|CC0|Unlicense|Zlib|0BSD|LGPL|Lesser General",
    re.I,
)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(*names: str, extra: str = "") -> set[str]:
    """Every installed package that ``names`` need, themselves included; extras of extras are followed."""
    found: set[tuple[str, str]] = set()
    waiting = [(plain(name), extra) for name in names]
    while waiting:
        name, wanted = waiting.pop()
        if (name, wanted) in found:
            continue
        found.add((name, wanted))
        for line in metadata.requires(name) or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": wanted}):
                waiting += [(plain(requirement.name), one) for one in requirement.extras or ("",)]
    return {name for name, _ in found} - {"luoshi"}


def licence(name: str) -> str:
    """Everything the package says about its licence."""
    about = metadata.metadata(name)
    classifiers = [line for line in about.get_all("Classifier") or () if line.startswith("License")]
    first_line = (about.get("License") or "").strip().split("\n")[0]
    return " | ".join(filter(None, [about.get("License-Expression"), first_line, *classifiers]))


def pins(root: Path) -> dict[str, str]:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==", 1) for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("extra", ["", "web", "pg"])
def test_every_package_that_users_install_is_free_and_not_copyleft(extra: str) -> None:
    said = {name: licence(name) for name in closure("luoshi", extra=extra)}
    assert {name: words for name, words in said.items() if COPYLEFT.search(words)} == {}
    assert {name: words for name, words in said.items() if not FREE.search(words)} == {}


@pytest.mark.parametrize(
    ("words", "copyleft"),
    [
        *[("GPL-3.0-only", True), ("AGPLv3+", True), ("GNU General Public License v2", True), ("GNU Affero", True)],
        *[("MIT", False), ("LGPL-2.1", False), ("GNU Lesser General Public License", False), ("Apache-2.0", False)],
    ],
)
def test_copyleft_is_told_from_the_rest(words: str, copyleft: bool) -> None:
    assert bool(COPYLEFT.search(words)) is copyleft


def test_every_package_of_core_tests_and_build_is_pinned_and_no_other(root: Path) -> None:
    needed = closure("luoshi", extra="dev") | closure(*BUILD) | ELSEWHERE
    assert set(pins(root)) == needed


def test_pins_are_exact_versions_without_addresses(root: Path) -> None:
    for name, version in pins(root).items():
        assert name == plain(name)
        assert re.fullmatch(r"\d[\w.]*", version), (name, version)


def test_pins_satisfy_what_the_package_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(line) for line in (*project["dependencies"], *project["optional-dependencies"]["dev"])]
    pinned = pins(root)
    asked = [one for one in asked if one.name != "luoshi"]
    unmet = [str(one) for one in asked if not one.specifier.contains(pinned[plain(one.name)])]
    assert unmet == []


def test_the_licence_stands_in_the_tree_in_full(root: Path) -> None:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    for name in tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license-files"]:
        assert (root / name).is_file(), name
