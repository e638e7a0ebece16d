"""Running the command line: in this process for speed, as a program of its own where the process is the point."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from luoshi.cli.start import run


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


Command = Callable[..., Outcome]


@pytest.fixture
def luoshi(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Command:
    """``luoshi("read", path)`` in this process, in a terminal of 100 columns without colour."""
    monkeypatch.setenv("COLUMNS", "100")

    def command(*arguments: str | Path) -> Outcome:
        capsysbinary.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Outcome(code, out, err.decode("utf-8"))

    return command


@pytest.fixture
def program() -> Command:
    """``program("read", path, env={…}, stdin=b"…")`` as a process of its own."""

    def command(*arguments: str | Path, env: dict[str, str] | None = None, stdin: bytes = b"") -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "luoshi", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8"))

    return command


REPORT = """\
云水区人民政府工作报告

——2024年1月6日在云水区第六届人民代表大会第三次会议上

各位代表：

现在，我代表区人民政府，向大会报告工作，请予审议。

一、2023年工作回顾

一年来，我们稳住了经济大盘。全区地区生产总值达到312.6亿元，增长6.8%；一般公共预算收入18.4亿元，增长5%左右。新建农村公路46公里，\
城镇登记失业率控制在4%以内。

二、2024年主要目标

全区的预期目标是：地区生产总值增长7%左右，固定资产投资增长8%以上，城乡居民人均可支配收入增长6.5%。

三、2024年重点工作

（一）抓项目，增后劲

年内建成云水大桥，6月底前开工城北水厂二期。全年引进亿元以上项目12个。

（二）惠民生，补短板

改造老旧小区30个，新增公办幼儿园学位1500个。力争创建省级卫生城区。

各位代表，让我们一起努力，为建设美好云水而奋斗！
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A short report of a district that does not exist, with figures, targets, projects and a title to be won."""
    path = tmp_path / "云水区-2024.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def plan(luoshi: Command, report: Path, tmp_path: Path) -> Path:
    """The plan of the sample report, beside it."""
    assert luoshi("read", report, "--out", tmp_path / "plan.json").code == 0
    return tmp_path / "plan.json"


@pytest.fixture
def bridge(plan: Path) -> str:
    """The id of the item about the bridge."""
    items = json.loads(plan.read_text(encoding="utf-8"))["items"]
    found: str = next(item["id"] for item in items if "大桥" in item["title"])
    return found
