"""Start and end of a command: the list of verbs, exit codes, and no traceback for what is not our fault.

Exit codes: 0 done · 2 what was given cannot be used (usage, file, place to write) · 3 `check` found something ·
1 luoshi itself failed · 130 Ctrl-C.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import click

import luoshi
from luoshi.cli.faults import Unwritable, show_problems
from luoshi.cli.frame import Verbs
from luoshi.cli.terminal import aside, plain, speak_utf8
from luoshi.problems import Unreadable

VERBS = {
    "demo": "用自带的样本演示全过程 · the whole way, on the built-in sample",
    "run": "读一份报告，写出全部结果 · read a report, write every result",
    "read": "把报告读成计划 · read a report into a plan",
    "check": "查报告：数字打架、目标落空 · check a report: numbers, targets, promises",
    "compare": "看承诺兑现没有 · what became of what was promised",
    "diff": "比一份计划的两个版本 · two versions of one plan",
    "text": "取出报告的文字 · the report's text, exactly",
    "explain": "说明一处为什么这样读 · why a place was read as it was",
    "schedule": "从期限倒排，从今天顺排 · work backwards from the deadlines",
    "agenda": "今日事今日毕、明日事今日谋 · what is due, what to prepare",
    "register": "发台账、收台账，先看改动再写入 · the register, out and back in",
    "overview": "汇总，每条承诺的下落 · roll-up, what became of every promise",
    "measure": "指标到哪里了、该到哪里 · where targets are and should be",
    "init": "建立网站 · set up a site",
    "serve": "运行网站 · run a site",
    "upgrade": "升级数据库 · bring the database to this version",
    "backup": "备份网站 · copy a site into one file",
    "restore": "从备份恢复 · bring a site back from a copy",
    "tick": "走一遍钟：亮灯、提醒、发通知 · one pass of the clock",
    "verify": "核验台账 · is the record whole",
    "stress": "压测网站：造一个大区，量每页多快 · how fast a site is with a large district",
    "doctor": "检查网站 · what is the matter with a site",
    "publish": "公开的、内部的，一次做全 · everything that is published, in one go",
    "paper": "出文书：通报、通知单、督查单…… · official papers, Word and PDF",
    "picture": "一图读懂：说了什么，做到哪了 · the one picture: promised, reached",
    "problems": "解释问题编号 · explain a problem code",
    "schema": "计划格式的 JSON Schema · the JSON Schema of a plan",
}
DONE, OURS, THEIRS, STOPPED = 0, 1, 2, 130


def _print_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"luoshi {luoshi.__version__}")
        ctx.exit()


@click.group(
    cls=Verbs,
    verbs=VERBS,
    no_args_is_help=True,
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="显示版本 · show the version",
)
def cli() -> None:
    """落实：把政府工作报告读成可执行、可衡量、可核对的计划。

    Reads a Chinese government work report into a plan in which every figure, commitment and item keeps its sentence.

    先试 · start with:  luoshi demo
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    speak_utf8()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code. Nothing that a user or a file can do ends in a traceback."""
    try:
        code = cli.main(args=arguments, prog_name="luoshi", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (click.Abort, KeyboardInterrupt):
        aside().print("已中断，没有写出文件 · stopped, nothing written")
        return STOPPED
    except Exception as error:
        return _refuse(error)


def _refuse(error: Exception) -> int:
    """Say what is wrong and whose it is; the exit code."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
        case click.ClickException():
            _explain_usage(error)
        case Unreadable() | Unwritable():
            show_problems(aside(), error.problems)
        case _:
            traceback.print_exception(error)
            words = f"{type(error).__name__}: {plain(str(error))}"
            aside().print(f"luoshi 自己出了错，请把以上内容告诉我们 · luoshi itself failed: {words}", soft_wrap=True)
            return OURS
    return THEIRS


def _explain_usage(error: click.ClickException) -> None:
    """What is wrong with the command line, the right form of it, and where to read more."""
    console = aside()
    console.print(f"用法不对 · usage: {plain(_in_chinese(error))}", soft_wrap=True)
    context = getattr(error, "ctx", None)
    if context is not None:
        console.print(f"  {context.command.get_usage(context)}", soft_wrap=True)
    path = context.command_path if context is not None else "luoshi"
    console.print(f"  查看帮助 · help: {path} --help", soft_wrap=True)


def _in_chinese(error: click.ClickException) -> str:
    """What is wrong in Chinese, and what click says of it beside it."""
    english = error.format_message()
    match error:
        case click.exceptions.NoSuchCommand():
            near = get_close_matches(error.command_name, VERBS, n=1)
            chinese = f"没有命令 {error.command_name}" + "".join(f"，是不是 {verb}" for verb in near)
        case click.NoSuchOption():
            near = [*(error.possibilities or ())][:1]
            chinese = f"没有选项 {error.option_name}" + "".join(f"，是不是 {name}" for name in near)
        case click.MissingParameter() if error.param is not None:
            chinese = f"缺少 {_name(error.param)}"
        case click.BadParameter() if error.param is not None:
            chinese = f"{_name(error.param)} 的值不能用{_allowed(error.param.type)}"
        case _:
            chinese = next((said for words, said in _USAGE.items() if words in english), "命令写得不对")
    return f"{chinese}（{english}）"


_USAGE = {
    "unexpected extra argument": "多写了参数",
    "requires an argument": "选项后面缺少它的值",
    "does not take a value": "这个选项后面不写值",
    "requires 2 arguments": "选项后面要写两个值",
}


def _name(param: click.Parameter) -> str:
    """What a person types or reads: ``--out`` of an option, ``REPORT`` of an argument."""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def _allowed(kind: click.ParamType[Any]) -> str:
    """What may be given, in words."""
    match kind:
        case click.Choice():
            return f"，可以是：{'、'.join(map(str, kind.choices))}"
        case click.IntRange() | click.FloatRange():
            low, high = kind.min, kind.max
            ends = [f"不小于 {low}"] * (low is not None) + [f"不大于 {high}"] * (high is not None)
            return f"，要是{'整数' if isinstance(kind, click.IntRange) else '数'}，{'，'.join(ends)}"
        case click.DateTime():
            return "，要写成 2026-03-01 这样"
    return ""
