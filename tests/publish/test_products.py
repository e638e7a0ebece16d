"""Whatever is labelled above 公开, in whatever field, is in no byte of any public product."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.amounts import Amount
from luoshi.compare import Decision, Edition, compare
from luoshi.days import Months
from luoshi.door import open_report
from luoshi.examples import sample
from luoshi.measure import Reading, Readings, Series
from luoshi.plan.model import Openness
from luoshi.problems import Problem
from luoshi.publish.dossier import Dossier, dossier, office_of
from luoshi.publish.products import PRODUCTS, Product, Publication
from luoshi.supervise import Actor, Docket, Entry, Evidence, Matter
from luoshi.supervise.model import Drift, Override, Request, Signature, Slip

TODAY = date(2023, 6, 30)
REPORT, BEFORE = open_report(sample("songgang-2023")), open_report(sample("songgang-2021"))
PUBLIC = [one for one in PRODUCTS if one.audience == "public"]
LABELS: st.SearchStrategy[Openness | None] = st.sampled_from((None, "public", "internal", "secret"))
INSIDE = "鑫燚犇"  # what no public field may hold; no report has it


def text(name: str, data: bytes) -> str:
    """All the words of a file, those inside archives and behind the drawing of a page too."""
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return "\n".join(text(inner, packed.read(inner)) for inner in packed.namelist())
    if data.startswith(b"%PDF"):
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    plain = data.decode("utf-8", "replace")
    if name.endswith(("json", "jsonld")):
        plain += json.dumps(json.loads(plain), ensure_ascii=False)
    return plain + unescape(plain)


def files(product: Product, whole: Dossier) -> Mapping[str, bytes]:
    return dict(one for one in Publication(whole).pieces(product) if not isinstance(one, Problem))


def marked(name: str, label: Openness | None, proof: Openness | None, nth: int) -> Matter:
    """A matter with a mark in every field that people write in."""
    return Matter(
        id=name, title=f"标题丙{nth}号", state="running", since=TODAY, openness=label, progress=f"进展丁{nth}号",
        lead="区住建局", person=f"{INSIDE}甲", difficulties=INSIDE, next_step=INSIDE, ask=INSIDE, measures=INSIDE,
        evidence=(Evidence(id=f"e{nth}", kind="papers", day=TODAY, openness=proof, note=f"佐证戊{nth}号"),),
        signatures=(Signature(unit="区住建局", day=TODAY, person=INSIDE),),
        requests=(Request(kind="extend", day=TODAY, reason=INSIDE),),
        slips=(Slip(colour="yellow", day=TODAY, answer_by=TODAY, demand=INSIDE),),
        drift=(Drift(day=TODAY, field="due", before="2023-06-01", after="2023-07-01", reason=INSIDE),),
        override=Override(light="red", until=date(2023, 7, 31), reason=INSIDE, by=INSIDE),
    )  # fmt: skip


def entry(one: Matter) -> Entry:
    given = {"percent": "40", "ask": INSIDE, "difficulties": INSIDE, "reason": INSIDE, "note": INSIDE}
    by = Actor(role="lead", unit="区住建局", person=INSIDE, post=INSIDE)
    return Entry(
        matter=one.id, revision=1, day=TODAY, move="report", before="running", after="reported", by=by, given=given
    )


def decided() -> Any:
    editions = [Edition(one.plan, one.document.text) for one in (BEFORE, REPORT)]
    first = next(one for one in compare(editions).promises if one.verdict == "not_reported")
    said = Decision(report=first.report, quote=first.quote.text, verdict="met", who=INSIDE, why=INSIDE)
    return compare(editions, decisions=[said])


COMPARED = decided()


def made(
    items: list[Openness | None], proofs: list[Openness | None], readings: list[Openness | None]
) -> tuple[Dossier, dict[str, bool]]:
    """A dossier with marks, and of each mark whether it may be seen."""
    names = [item.id for item in REPORT.plan.items[: len(items)]]
    matters = tuple(marked(*three, nth=nth) for nth, three in enumerate(zip(names, items, proofs, strict=True), 11))
    series = tuple(
        Reading(
            Months(2023, 1, nth),
            Amount(Decimal(f"91827364{nth}"), "人"),
            "cumulative",
            f"来源己{nth}号",
            openness=label,
        )
        for nth, label in enumerate(readings, 1)
    )
    whole = dossier(
        REPORT.plan, REPORT.document, TODAY, comparison=COMPARED,
        docket=Docket(items=matters, entries=tuple(map(entry, matters))),
        readings=Readings({("城镇新增就业", False): Series("城镇新增就业", "人", series)}),
        office=office_of(REPORT.plan, f'contact = "{INSIDE}"\nphone = "{INSIDE}"'),
    )  # fmt: skip
    seen = {INSIDE: False}
    for nth, (label, proof) in enumerate(zip(items, proofs, strict=True), 11):
        shown = label in (None, "public")
        seen |= {f"标题丙{nth}号": shown, f"进展丁{nth}号": shown, f"佐证戊{nth}号": shown and proof == "public"}
    for nth, label in enumerate(readings, 1):
        seen |= {f"来源己{nth}号": label == "public", f"91827364{nth}": label == "public"}
    return whole, seen


@pytest.mark.parametrize("product", PUBLIC, ids=lambda one: one.name)
@settings(max_examples=3)
@given(*(st.lists(LABELS, min_size=3, max_size=3) for _ in range(3)))
def test_nothing_above_public_gets_out(
    product: Product, items: list[Openness | None], proofs: list[Openness | None], readings: list[Openness | None]
) -> None:
    whole, seen = made(items, proofs, readings)
    told = "\n".join(f"{name}\n{text(name, data)}" for name, data in files(product, whole).items())
    assert told
    assert [mark for mark, allowed in seen.items() if not allowed and mark in told] == []


def test_the_marks_are_looked_for_where_they_can_be_found() -> None:
    """What is open is found in the data, so that a mark that is not found is really not there."""
    whole, seen = made(["public"] * 3, ["public"] * 3, ["public"] * 3)
    (data,) = (one for one in PUBLIC if one.name == "data")
    found = files(data, whole)
    told = "\n".join(text(name, one) for name, one in found.items())
    assert [mark for mark, allowed in seen.items() if allowed and mark not in told] == []
    assert "进展丁11号" in text("tables.xlsx", found["tables.xlsx"])


def _pdfs(found: Mapping[str, bytes]) -> Iterator[bytes]:
    yield from (data for name, data in found.items() if name.endswith(".pdf"))


def test_words_of_a_pdf_are_read() -> None:
    """The ledger as PDF holds the names of promises, and the search above would find them there."""
    whole, _ = made([], [], [])
    (ledger,) = (one for one in PUBLIC if one.name == "ledger")
    assert any("地区生产总值" in text("ledger.pdf", data) for data in _pdfs(files(ledger, whole)))


@pytest.mark.parametrize("product", PUBLIC, ids=lambda one: one.name)
def test_the_same_dossier_gives_the_same_bytes(product: Product) -> None:
    whole, _ = made(["public", None, "secret"], ["public"] * 3, ["public"] * 3)
    made_once = files(product, whole)
    assert made_once == files(product, whole)
    for data in made_once.values():
        if zipfile.is_zipfile(BytesIO(data)) and "docProps/core.xml" in zipfile.ZipFile(BytesIO(data)).namelist():
            facts = zipfile.ZipFile(BytesIO(data)).read("docProps/core.xml").decode("utf-8")
            assert re.findall(r">(\d{4})-\d\d-\d\dT", facts) == ["2023", "2023"], "dated by the plan, not by the clock"


def test_names_are_places_and_each_is_there_once() -> None:
    assert len({one.name for one in PRODUCTS}) == len(PRODUCTS)
    assert all(one.name.isascii() and one.name.isidentifier() for one in PRODUCTS)


def test_of_a_closed_report_no_public_product_has_a_file() -> None:
    whole, _ = made(["public"] * 3, ["public"] * 3, [])
    office = office_of(REPORT.plan, '[openness]\nreport = "secret"')
    closed = replace(whole, office=office)
    assert {one.name: dict(files(one, closed)) for one in PUBLIC} == {one.name: {} for one in PUBLIC}
    assert [one.code for one in Publication(closed).problems] == ["O001"]
