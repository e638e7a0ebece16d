"""Write the generated parts of the documentation anew (`make docs`); with --check, say which pages are not up to date.

Generated are docs/problems.md as a whole, from the catalogue of problem codes; the values in docs/glossary.md,
from the labels; in every other page the answers in ```console blocks whose first line is `$ luoshi …`, and the ```json
block after a `<!-- plan of: … -->` comment, which is what luoshi reads in the words of that comment.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

from supervising import tables

from luoshi.compare import State, Verdict
from luoshi.plan import model
from luoshi.problems import Code, catalogue
from luoshi.publish.labels import label
from luoshi.read import read
from luoshi.source import Document

ROOT = Path(__file__).resolve().parents[1]
SUPERVISING = tables()
PAGES = (
    "README.md",
    "README.zh-CN.md",
    "docs/cli.md",
    "docs/plan-format.md",
    "docs/glossary.md",
    "docs/checking.md",
    "docs/comparing.md",
    "docs/measuring.md",
    "docs/scheduling.md",
    "docs/supervising.md",
    "docs/papers.md",
)
GROUPS = {
    "I": ("文件打不开", "a file that cannot be opened"),
    "R": ("报告文字里的问题", "something in the report's text"),
    "P": ("计划文件的问题", "a plan file that cannot be used"),
    "W": ("结果写不出去", "results that cannot be written"),
    "C": ("更正用不上", "corrections that cannot be applied"),
    "K": ("检查做不了或做不全", "a check that cannot be done, or not in full"),
    "S": ("排期排不出或要留意的", "what a schedule stumbles over"),
    "V": ("承诺与结果比不了", "reports or plans that cannot be compared"),
    "M": ("读数和衡量", "readings and measuring"),
    "T": ("网站、数据库和台账", "the site, its database and its record"),
    "A": ("接口", "the API"),
    "E": ("要说明的位置找不到", "a place to explain that is not there"),
    "L": ("交回的登记表", "a register that comes back"),
    "O": ("公开发布 · 机关信息", "what is published, and the office that publishes"),
    "N": ("通知发不出去", "a message that cannot be sent"),
    "F": ("文书和模板", "official papers and their templates"),
    "D": ("督查的动作做不了、状态文件用不上", "a move of supervision that cannot be made, states that cannot be used"),
}
SEVERITIES = {
    "error": "错误 error（停下，不写任何文件）",
    "warning": "提醒 warning（照常读，请核对）",
    "note": "说明 note",
}
PROBLEMS_HEAD = """\
# 问题编号 · Problem codes

luoshi 遇到的每一种问题都有编号，说明发现了什么、为何要紧、怎么办。`luoshi problems 编号` 在终端里显示同样的内容。
错误（error）停下工作，不写任何文件，退出码为 2；提醒（warning）和说明（note）记在计划的 `problems` 里，照常读完。
花括号里的词由程序填入实际的内容。

Every problem luoshi reports has a code, and says what was found, why it matters and what to do; `luoshi problems CODE`
shows the same in a terminal. An error stops the work before anything is written (exit code 2); warnings and notes are
listed in the plan's `problems` and the reading goes on. Words in braces are filled in by the program.

<!-- Written by `make docs` from src/luoshi/problem_codes.toml. -->
"""
VALUES: dict[str, tuple[str, Any]] = {
    "role": ("章节的角色 · what a section is for", model.Role),
    "level": ("层级 · the level of government", model.Level),
    "comparator": ("比较 · how a value bounds", model.Comparator),
    "measure": ("哪种量 · what kind of number", model.Measure),
    "direction": ("升降 · direction", model.Direction),
    "tense": ("时态 · past or promised", model.Tense),
    "kind": ("种类 · of commitments and items", model.Kind),
    "strength": ("谁说了算 · who decides", model.Strength),
    "date_basis": ("期限的出处 · where a deadline was taken from", model.DateBasis),
    "openness": ("公开属性 · who may see it", model.Openness),
    "unit_basis": ("单位的出处 · where a unit was taken from", model.UnitBasis),
    "precision": ("说得多细 · how precise words of time are", model.Precision),
    "verdict": ("承诺的下场 · what became of a promise", Verdict),
    "state": ("做到哪一步 · how far a named thing came", State),
    "qualifier_kind": ("限定承诺的话 · what qualifies a promise", model.QualifierKind),
    "every": ("多久一次 · how often a duty comes round", model.Every),
    "voice": ("谁在说话 · whose words", model.Voice),
}
TRANSCRIPT = re.compile(r"(```console\n\$ luoshi ([^\n]*)\n)(.*?)(\n?```)", re.DOTALL)
SECONDS = re.compile(r"(?<=用时 seconds)\s+[\d.]+")
TABLE = re.compile(r"(<!-- supervise: ([^>]*?) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
EXAMPLE = re.compile(r"(<!-- plan of: (.*?) -->\s*```json\n)(.*?)(\n```)", re.DOTALL)


def problems_page() -> str:
    """docs/problems.md."""
    parts = [PROBLEMS_HEAD]
    for letter, (chinese, english) in GROUPS.items():
        parts.append(f"\n## {letter} · {chinese} · {english}\n")
        parts += [_code(row) for row in catalogue().values() if row.code.startswith(letter)]
    return "".join(parts)


def _code(row: Code) -> str:
    return (
        f"\n### {row.code} {row.title}\n\n{SEVERITIES[row.severity]}\n\n"
        f"- 发现：{row.message}\n- 为何：{row.why}\n- 怎么办：{row.advice}\n- English: {row.english}\n"
    )


def answer(arguments: str) -> str:
    """What ``luoshi arguments`` prints, in a terminal of 100 columns without colour."""
    here = str(Path(sys.executable).parent)
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PATH": f"{here}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "luoshi", *shlex.split(arguments)]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return "\n".join(line.rstrip() for line in done.stdout.decode().rstrip().split("\n"))


def page(text: str) -> str:
    """``text`` with its transcripts and examples as they are today."""
    text = TRANSCRIPT.sub(lambda found: f"{found[1]}{answer(found[2])}\n```", text)
    head, mark, _ = text.partition("<!-- values: written by `make docs` from src/luoshi/publish/labels.toml -->\n")
    text = head + mark + values() if mark else text
    text = TABLE.sub(lambda found: f"{found[1]}{SUPERVISING[found[2]]}\n{found[4]}", text)
    return EXAMPLE.sub(lambda found: found[1] + example(found[2]) + found[4], text)


def values() -> str:
    """A table for every enumeration of the plan: the English name, the Chinese term, the English one."""
    parts = []
    for group, (heading, enum) in VALUES.items():
        parts.append(f"\n### {heading}\n\n| English | 中文 | 说明 · note |\n|---|---|---|\n")
        parts += [f"| `{group}.{one}` | {label(group, one)} | {label(group, one, 'en')} |\n" for one in get_args(enum)]
    return "".join(parts)


def example(words: str) -> str:
    """The plan of a text, indented."""
    return read(Document.from_text(words.replace("\\n", "\n"), "示例.txt")).to_json(indent=2)


def same(one: str, other: str) -> bool:
    """Whether two pages say the same; how many seconds a transcript took is no difference."""
    return SECONDS.sub("", one) == SECONDS.sub("", other)


def main(check: bool) -> int:
    """Write every page, or with ``check`` only compare; the exit code."""
    wanted = {ROOT / "docs" / "problems.md": problems_page()}
    for path in (ROOT / name for name in PAGES):
        if path.exists():
            wanted[path] = page(path.read_text(encoding="utf-8"))
    stale = [path for path, text in wanted.items() if not path.exists() or not same(path.read_text("utf-8"), text)]
    for path in stale:
        if not check:
            path.write_text(wanted[path], encoding="utf-8")
        sys.stdout.write(f"{'not up to date' if check else 'written'}: {path.relative_to(ROOT)}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
