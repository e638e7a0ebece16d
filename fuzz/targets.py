"""One target a reader: sound files to begin with, how to damage them, and what must hold whatever came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from random import Random

from xlsxwriter import Workbook

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "intake"))  # the makers of small office, print and old Word files

import office_files  # noqa: E402
import old_word_files  # noqa: E402
import printed_files  # noqa: E402

from fuzz.mutate import damaged, repacked, restructured, scrambled  # noqa: E402
from luoshi.examples import sample  # noqa: E402
from luoshi.intake.container import read_container  # noqa: E402
from luoshi.intake.garble import judge  # noqa: E402
from luoshi.intake.limits import DEFAULT, Limits  # noqa: E402
from luoshi.intake.markdown import read_markdown  # noqa: E402
from luoshi.intake.oldword import read_doc  # noqa: E402
from luoshi.intake.pdf import read_pdf  # noqa: E402
from luoshi.intake.reading import Reading, Refusal, clean  # noqa: E402
from luoshi.intake.sniff import name_of, sniff  # noqa: E402
from luoshi.intake.text import read_text  # noqa: E402
from luoshi.intake.web import read_html, read_mhtml  # noqa: E402
from luoshi.intake.workbook import read_sheet  # noqa: E402
from luoshi.plan import Corrections, Plan, correct  # noqa: E402
from luoshi.problems import Unreadable, has_errors  # noqa: E402
from luoshi.read import read  # noqa: E402
from luoshi.source import Document  # noqa: E402

TEXT = (
    "政府工作报告\n2025年1月8日\n各位代表：\n一、2024年工作回顾\n全区生产总值增长5.8%，新增学位2400个。\n二、2025年工作安排\n"
    "（一）主要目标\n城镇新增就业1.2万人以上。\n"
    "| 指标 | 目标 |\n|---|---|\n| 绿化覆盖率 | 45% |\n1. 年底前建成城北水厂。\n"
)


class Broken(AssertionError):
    """Something that must hold did not."""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader under attack: ``run`` raises where it breaks, and tells what came of the input in a few words.

    An input whose outcome is new is damaged further, so that the paths of a reader open one after another.
    """

    seeds: Callable[[], Sequence[bytes]]
    damage: Callable[[bytes, Random, Sequence[bytes]], bytes]
    run: Callable[[bytes], str]


def _held(holds: bool, what: str) -> None:
    if not holds:
        raise Broken(what)


def _reader(of: Callable[[bytes, Limits], Reading]) -> Callable[[bytes], str]:
    """A reader of files gives a text without what nobody sees, its marks inside it, or refuses with a known problem."""

    def run(data: bytes) -> str:
        try:
            found = of(data, DEFAULT)
        except Refusal as refusal:
            _held(refusal.remark.problem().severity == "error", "a refusal that is no error")
            return refusal.remark.code
        text = found.text
        _held(clean(text) == text, "the text holds characters that nobody sees")
        _held(all(0 <= one.start <= one.end <= len(text) for one in found.marks), "a mark outside the text")
        codes = sorted({one.problem().code for one in (*found.remarks, *judge(found))})
        kinds = sorted({one.kind for one in found.marks})
        return f"read {len(text) // 16} {len(found.marks)} {kinds} {codes}"

    return run


def _sniffed(data: bytes) -> str:
    kind = sniff(data, "txt")
    _held(bool(name_of(kind)), "a kind without a name")
    return kind


def _read(data: bytes) -> str:
    """The whole reading: every finding quotes the text, none of a kind overlap, the plan goes out and comes back."""
    document = Document.from_text(data.decode("utf-8", "replace"), "松岗区-2025.txt")
    plan, text = read(document), document.text
    quoted = (*plan.figures, *plan.commitments, *plan.ladder)
    _held(all(text[one.start : one.end] == one.text for one in quoted), "a finding that does not quote the text")
    for found in (plan.figures, plan.commitments, plan.unread):
        _held(all(one.end <= after.start for one, after in pairwise(found)), "findings that overlap")
    _held(Plan.from_json(plan.to_json()) == plan, "a plan that does not come back")
    counts = (len(plan.figures), len(plan.commitments), len(plan.items), len(plan.ladder), len(plan.sections))
    kinds = sorted({one.kind for one in plan.commitments} | {one.why for one in plan.unread})
    return f"{[count.bit_length() for count in counts]} {kinds} {sorted({one.code for one in plan.problems})}"


def _plan(data: bytes) -> str:
    """A plan file is a plan that goes out as it came, or is refused with problems."""
    try:
        plan = Plan.from_json(data)
    except Unreadable as refused:
        _held(bool(refused.problems), "refused without a problem")
        return " ".join(sorted({one.code for one in refused.problems}))
    _held(Plan.from_json(plan.to_json()) == plan, "a plan that does not come back")
    return "plan"


def _corrections(data: bytes) -> str:
    """A file of corrections is applied whole or not at all, or refused with problems."""
    try:
        wanted = Corrections.from_json(data)
    except Unreadable as refused:
        _held(bool(refused.problems), "refused without a problem")
        return " ".join(sorted({one.code for one in refused.problems}))
    plan, found = correct(_PLAN, wanted.corrections, TEXT)
    _held(not has_errors(found) or plan == _PLAN, "half applied")
    _held(Plan.from_json(plan.to_json()) == plan, "a corrected plan that does not come back")
    return f"applied {plan != _PLAN} {sorted({one.code for one in found})}"


def _sheet(data: bytes) -> str:
    """A workbook gives the rows of one sheet as JSON, or refuses with a known problem."""
    try:
        answer = json.loads(read_sheet(data, DEFAULT).text)
    except Refusal as refusal:
        _held(refusal.remark.problem().severity == "error", "a refusal that is no error")
        return refusal.remark.code
    _held(all(isinstance(cell, str) for row in answer["rows"] for cell in row), "a cell that is no text")
    return f"rows {len(answer['rows']).bit_length()}"


def _workbooks() -> list[bytes]:
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("空表")
        book.add_worksheet("读数").write_row(0, 0, ["指标", "2025-06", 5.8])
    return [made.getvalue()]


def _texts(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """Mostly damage to the characters, sometimes to the bytes under them."""
    if chance.random() < 0.15:
        return damaged(data, chance, others)
    text = scrambled(data.decode("utf-8", "replace"), chance, [one.decode("utf-8", "replace") for one in others[-20:]])
    return text.encode("utf-8", "replace")


def _plain() -> list[bytes]:
    older = "政府工作報告\n各位代表：\n全年新增學位2400個。\n".encode("big5")
    return [*(TEXT.encode(code) for code in ("utf-8", "gb18030", "utf-16", "utf-16-le")), older]


def _pages() -> list[bytes]:
    body = "".join(f"<h2>{line}</h2>" if line[:1] == "二" else f"<p>{line}</p>" for line in TEXT.split("\n"))
    page = f"<html><head><title>报告</title></head><body>{body}<table><tr><td>45%</td></tr></table></body></html>"
    return [page.encode(), page.encode("gb18030")]


def _mails() -> list[bytes]:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
    return [head + b"Content-Type: text/html; charset=utf-8\n\n" + _pages()[0] + b"\n--x--\n"]


def _containers() -> list[bytes]:
    listed = office_files.numbered("工作回顾") + office_files.numbered("主要目标", 1) + office_files.paragraph(TEXT)
    levels = [office_files.list_level(at, "chineseCounting", f"%{at + 1}、") for at in range(3)]
    table = f"<w:tbl><w:tr><w:tc>{office_files.paragraph('45%')}</w:tc></w:tr></w:tbl>"
    rich = office_files.docx(listed + table, numbering=office_files.list_definition(levels))
    return [office_files.text_docx(TEXT), rich, office_files.text_ofd(TEXT, 4)]


def _orders() -> list[bytes]:
    head = '{"format":"luoshi.corrections/1","corrections":['
    told = (
        '{"do":"change","what":"figure","quote":"5.8%","to":{"value":"5.9","comparator":"ge"},"who":"甲"}',
        '{"do":"drop","what":"figure","quote":"2400个"},{"do":"confirm","what":"item","quote":"年底前建成城北水厂"}',
        '{"do":"add","what":"commitment","quote":"新增学位2400个","to":{"kind":"target"},"when":"2025-03-01"}',
        '{"do":"split","what":"item","quote":"年底前建成城北水厂","also":[{"quote":"城镇新增就业1.2万人以上","before":"\\n"}]}',
        '{"do":"merge","what":"item","quote":"年底前建成城北水厂","also":[{"quote":"城镇新增就业1.2万人以上"}]}',
    )
    return [f"{head}{one}]}}".encode() for one in told]


def _reports() -> list[bytes]:
    whole = sample("songgang-2021-news").read_text(encoding="utf-8")
    return [TEXT.encode(), whole.encode(), whole[len(whole) // 2 :].encode()]


_PLAN = read(Document.from_text(TEXT, "松岗区-2025.txt"))

TARGETS: dict[str, Target] = {
    "sniff": Target(lambda: [*_plain(), *_pages(), *_containers(), printed_files.pdf(TEXT)], damaged, _sniffed),
    "text": Target(_plain, _texts, _reader(read_text)),
    "markdown": Target(_plain, _texts, _reader(read_markdown)),
    "html": Target(_pages, _texts, _reader(read_html)),
    "mhtml": Target(_mails, _texts, _reader(read_mhtml)),
    "container": Target(_containers, repacked, _reader(lambda data, limits: read_container(data, limits)[1])),
    "doc": Target(lambda: [old_word_files.text_doc(TEXT)], damaged, _reader(read_doc)),
    "pdf": Target(
        lambda: [printed_files.pdf(TEXT), printed_files.one_page_pdf(b"BT /F1 12 Tf (5.8%) Tj ET", 3)],
        damaged,
        _reader(lambda data, limits: read_pdf(data, limits, None, lambda *_: None)),
    ),
    "sheet": Target(_workbooks, repacked, _sheet),
    "read": Target(_reports, _texts, _read),
    "plan": Target(lambda: [_PLAN.to_json().encode()], restructured, _plan),
    "corrections": Target(_orders, restructured, _corrections),
}
