"""What the command line says about itself, and to somebody who holds it the wrong way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import click
import pytest
from rich.cells import cell_len

import luoshi as package
from luoshi.cli.frame import load
from luoshi.cli.start import VERBS


def chinese(words: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", words))


@pytest.fixture(params=VERBS)
def verb(request: pytest.FixtureRequest) -> click.Command:
    command = load(request.param)
    assert isinstance(command, click.Command)
    return command


def test_help_lists_every_verb_in_both_languages(luoshi: Callable[..., Any]) -> None:
    done = luoshi("--help")
    assert done.code == 0
    for name in VERBS:
        (line,) = (line for line in done.text.splitlines() if line.strip().startswith(f"{name} "))
        assert chinese(line)
        assert re.search(r"· .*[a-z]{3}", line)


def test_without_a_verb_it_shows_the_help_and_says_it_did_nothing(luoshi: Callable[..., Any]) -> None:
    done = luoshi()
    assert done.code == 2
    assert "命令 Commands" in done.err
    assert done.out == b""


def test_the_version_is_that_of_the_package(luoshi: Callable[..., Any]) -> None:
    assert luoshi("--version").text == f"luoshi {package.__version__}\n"


def test_every_verb_has_help_in_both_languages(verb: click.Command) -> None:
    assert verb.help
    first, second = verb.help.split("\n\n")[:2]
    assert chinese(first)
    assert not chinese(second)


def test_every_option_and_argument_has_help_in_both_languages(verb: click.Command) -> None:
    for parameter in verb.params:
        words = getattr(parameter, "help", None)
        assert words, f"{parameter.name} has no help"
        assert chinese(words.split("·")[0])
        assert re.search(r"[a-z]{2}", words.split("·")[-1])


def test_every_verb_shows_examples_of_itself(luoshi: Callable[..., Any], verb: click.Command) -> None:
    name = verb.callback.__module__.rsplit(".", 1)[1]
    done = luoshi(name, "--help")
    assert done.code == 0
    assert f"  luoshi {name}" in done.text.split("例 Examples:")[1]


def test_help_fits_a_terminal_of_eighty_columns(
    luoshi: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, verb: click.Command
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = luoshi(verb.callback.__module__.rsplit(".", 1)[1], "--help")
    body = done.text.split("例 Examples:")[0]
    assert [line for line in body.splitlines() if cell_len(line) > 80] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("raed",), "没有命令 raed，是不是 read"),
        (("read",), "缺少 REPORT"),
        (("read", "--jsno", "x"), "没有选项 --jsno"),
        (("run", "x", "--out", "y", "--width", "broad"), "width"),
        (("problems", "Z999"), "没有编号 Z999"),
        (("read", "--jsno", "x"), "是不是 --json"),
        (("run", "x"), "缺少 --out"),
        (("run", "x", "--out", "y", "--width", "broad"), "--width 的值不能用，可以是：phone"),
        (("agenda", "x", "--days", "0"), "--days 的值不能用，要是整数，不小于 1"),
        (("agenda", "x", "--today", "6月"), "--today 的值不能用，要写成 2026-03-01"),
        (("agenda", "x", "--profile", "彩虹"), "yinchuan-2025"),
        (("text", "x", "y"), "多写了参数"),
        (("text", "x", "--out"), "缺少它的值"),
        (("read", "x", "--json=1"), "后面不写值"),
    ],
)
def test_a_wrong_command_is_told_what_is_wrong_and_where_to_read_on(
    luoshi: Callable[..., Any], arguments: tuple[str, ...], said: str
) -> None:
    done = luoshi(*arguments)
    assert done.code == 2
    assert done.out == b""
    assert "用法不对" in done.err
    assert said in done.err
    assert "--help" in done.err


def test_a_slip_in_an_option_is_met_with_the_right_one(luoshi: Callable[..., Any]) -> None:
    assert "--json" in luoshi("read", "--jsno", "x").err
