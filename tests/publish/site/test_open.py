"""Nothing that is labelled above 公开 gets out, in no file of the site."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.amounts import Amount
from luoshi.days import Months
from luoshi.door import open_report
from luoshi.examples import sample
from luoshi.measure import Reading, Readings, Series
from luoshi.plan.model import Openness
from luoshi.publish.dossier import Dossier, dossier, office_of
from luoshi.publish.site import site
from luoshi.supervise import Actor, Docket, Entry, Evidence, Matter
from luoshi.supervise.model import Drift, Override, Request, Signature, Slip

TODAY = date(2023, 6, 30)
SECRET = "甲乙丙丁机密"
REPORT = open_report(sample("songgang-2023"))
PLAN = REPORT.plan.model_copy(update={"items": REPORT.plan.items[:3]})
LABELS: st.SearchStrategy[Openness | None] = st.sampled_from((None, "public", "internal", "secret"))


def matter(name: str, openness: Openness | None, proof: Openness | None) -> Matter:
    """A matter every closed field of which holds the secret, and every open one its mark."""
    return Matter(
        id=name, title=f"题{name}记", state="running", since=TODAY, progress=f"进{name}展", lead="区住建局",
        person=SECRET, measures=SECRET, difficulties=SECRET, next_step=SECRET, ask=SECRET, openness=openness,
        reported=Decimal(40), reported_on=TODAY,
        evidence=(Evidence(id=f"e{name}", kind="papers", day=TODAY, note=f"佐{name}证", place=f"地{name}点",
                           openness=proof),),
        signatures=(Signature(unit="区住建局", day=TODAY, person=SECRET),),
        slips=(Slip(colour="blue", day=TODAY, answer_by=TODAY, demand=SECRET),),
        requests=(Request(kind="extend", day=TODAY, reason=SECRET),),
        drift=(Drift(day=TODAY, field="target", before="旧", after="新", reason=SECRET),),
        override=Override(light="yellow", until=date(2023, 7, 31), reason=SECRET, by=SECRET),
    )  # fmt: skip


def made(items: tuple[Matter, ...], readings: Readings | None = None, office: str = "") -> Dossier:
    entries = tuple(
        Entry(matter=one.id, revision=1, day=TODAY, move="report", before="running", after="reported",
              by=Actor(role="lead", unit="区住建局", person=SECRET, post=SECRET),
              given={"percent": "40", "ask": SECRET, "difficulties": SECRET})
        for one in items
    )  # fmt: skip
    return dossier(PLAN, REPORT.document, TODAY, docket=Docket(items=items, entries=entries), readings=readings,
                   office=office_of(REPORT.plan, office))  # fmt: skip


def whole(of: Dossier) -> str:
    """Every byte of the site, names of files included."""
    return "\n".join(f"{path}\n{content.decode()}" for path, content in site(of))


@settings(max_examples=25)
@given(st.lists(LABELS, min_size=3, max_size=3), st.lists(LABELS, min_size=3, max_size=3))
def test_closed_items_and_evidence_stay_inside(labels: list[Openness | None], proofs: list[Openness | None]) -> None:
    names = ("i1", "i2", "i3")
    told = whole(made(tuple(map(matter, names, labels, proofs))))
    for name, label, proof in zip(names, labels, proofs, strict=True):
        shut = label in ("internal", "secret")
        assert (f"题{name}记" in told) is not shut
        assert (f"进{name}展" in told) is not shut
        assert (f"佐{name}证" in told) is (not shut and proof == "public")
        assert (f"地{name}点" in told) is (not shut and proof == "public")
    assert SECRET not in told


@pytest.mark.parametrize(("label", "shown"), [("public", True), (None, False), ("internal", False), ("secret", False)])
def test_closed_readings_stay_inside(label: Openness | None, shown: bool) -> None:
    one = Reading(Months(2023, 1, 3), Amount(Decimal("5.4321"), "%"), scope="cumulative", source="某处来源",
                  openness=label)  # fmt: skip
    found = Readings({("地区生产总值", True): Series("地区生产总值", "%", (one,), growth=True)})
    told = whole(made((), readings=found))
    assert ("某处来源" in told) is shown
    assert ("5.4321" in told) is shown


@pytest.mark.parametrize("label", ["internal", "secret"])
def test_there_is_no_site_of_a_report_that_is_not_public(label: str) -> None:
    closed = made((matter("i1", "public", "public"),), office=f'[openness]\nreport = "{label}"')
    assert list(site(closed)) == []


def test_the_telephone_of_the_office_stays_inside() -> None:
    told = whole(made((), office='contact = "张某某"\nphone = "0731-12345678"'))
    assert "张某某" not in told
    assert "12345678" not in told
