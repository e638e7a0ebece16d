"""The picture of real reports, from careful readings of them; skipped where those are absent."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from luoshi.plan.model import Commitment, Deadline, Facts, Figure, Indicator, Item, Plan, Section
from luoshi.publish.onepage import onepage
from luoshi.read import read
from luoshi.source import Document

MACHINE = (
    "county/容城县-2012", "city/临沂市-2024", "city/承德市-2024", "national/全国-1975", "national/全国-1987",
    "national/全国-2004", "national/全国-2013", "county/高唐县-2023",
)  # fmt: skip
READ = ("national/全国-2024", "city/岳阳市-2024", "county/新安县-2024", "county/清苑区-2023", "news/芦淞区-2021")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


def figure(number: int, row: dict[str, Any]) -> Figure:
    named = row["indicator"] and Indicator(
        text=row["indicator"], start=row["indicator_start"], end=row["indicator_end"]
    )
    told = {key: row[key] for key in ("start", "end", "text", "value", "unit", "comparator", "measure", "tense")}
    told |= {"direction": row["direction"], "value2": row.get("value2"), "indicator": named}
    told["section"] = "plan" if row["tense"] == "plan" else "review"
    return Figure(id=f"f{number}", rule="by hand", **told)


def carefully_read(shared: Path, name: str) -> tuple[Plan, Document]:
    """The plan that people read out of a report; it is split where the first commitment stands."""
    document = Document.from_text((shared / "corpus" / f"{name}.txt").read_text(encoding="utf-8"), f"{name}.txt")
    figures = [figure(at, row) for at, row in enumerate(rows(shared / "gold" / f"{name}.figures.jsonl"))]
    commitments, items = [], []
    for at, row in enumerate(rows(shared / "gold" / f"{name}.commitments.jsonl")):
        inside = tuple(one.id for one in figures if row["start"] <= one.start < row["end"])
        said = row["deadline_text"]
        shape = {"kind": row["kind"], "figures": inside, "section": "plan"}
        shape["deadline"] = Deadline(text=said, basis="stated" if said else "none")
        place = {key: row[key] for key in ("start", "end", "text", "strength")}
        commitments.append(Commitment(id=f"c{at}", rule="by hand", **place, **shape))
        if row["kind"] != "slogan":
            items.append(Item(id=f"i{at}", title=re.sub(r"\s", "", row["text"]), commitments=(f"c{at}",), **shape))
    border, end = commitments[0].start, len(document.text)
    sections = (
        Section(id="review", title="", role="review", start=0, end=border),
        Section(id="plan", title="", role="plan", start=border, end=end),
    )
    facts = Facts(title="政府工作报告", source=document.source, sha256=document.sha256, characters=end)
    told = {"figures": tuple(figures), "commitments": tuple(commitments), "items": tuple(items)}
    return Plan(document=facts, sections=sections, **told), document


@pytest.mark.parametrize("name", READ)
def test_a_careful_reading_becomes_a_picture(shared: Path, name: str) -> None:
    plan, document = carefully_read(shared, name)
    pictures = onepage(plan, document, formats=["pdf"])
    assert pictures.problems == ()
    assert f"{len(plan.figures)}个数字" in pictures.text


@pytest.mark.parametrize("name", READ)
def test_one_digit_changed_anywhere_in_a_careful_reading_is_caught(shared: Path, name: str) -> None:
    plan, document = carefully_read(shared, name)
    written = [at for at, one in enumerate(plan.figures) if re.fullmatch(r"[\d.]+", one.value)]
    checked = 0
    for at in written[:: max(1, len(written) // 12)]:
        one = plan.figures[at]
        if not re.search(r"\d", one.text):
            continue
        lie = one.model_copy(update={"value": ("2" if one.value[0] == "1" else "1") + one.value[1:] + "3"})
        figures = (*plan.figures[:at], lie, *plan.figures[at + 1 :])
        pictures = onepage(plan.model_copy(update={"figures": figures}), document, formats=["pdf"])
        assert pictures.files == {}
        assert [problem.code for problem in pictures.problems] == ["W020"]
        checked += 1
    assert checked


@pytest.mark.parametrize("width", ["phone", "wide"])
@pytest.mark.parametrize("name", MACHINE)
def test_a_report_as_luoshi_reads_it_becomes_a_picture(shared: Path, name: str, width: Any) -> None:
    """Rows with two numbers, numbers broken by the end of a page, a part that looks back without numbers."""
    document = Document.from_text((shared / "corpus" / f"{name}.txt").read_text(encoding="utf-8"), f"{name}.txt")
    pictures = onepage(read(document), document, formats=["pdf"], width=width)
    assert [one for one in pictures.problems if one.code != "W022"] == []
    assert pictures.files
