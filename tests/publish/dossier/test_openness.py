"""What of a dossier is open: whatever is labelled otherwise does not come out, in no field and at no depth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.amounts import Amount
from luoshi.compare import Decision, Edition, compare
from luoshi.days import Months
from luoshi.door import open_report
from luoshi.examples import sample
from luoshi.measure import Reading, Readings, Series
from luoshi.plan.model import Openness
from luoshi.problems import Unreadable
from luoshi.publish.dossier import Dossier, Office, dossier, office_of, opened
from luoshi.supervise import Actor, Docket, Entry, Evidence, Matter
from luoshi.supervise.model import Override, Request, Signature

TODAY = date(2023, 6, 30)
SECRET = "机密词"
REPORT = open_report(sample("songgang-2023"))
LABELS: st.SearchStrategy[Openness | None] = st.sampled_from((None, "public", "internal", "secret"))


def made(items: tuple[Matter, ...], *, readings: Readings | None = None, office: Office | None = None) -> Dossier:
    entries = tuple(
        Entry(matter=one.id, revision=1, day=TODAY, move="report", before="running", after="reported",
              by=Actor(role="liaison", unit="区住建局", person=f"{SECRET}人"),
              given={"percent": "40", "ask": SECRET, "difficulties": SECRET})
        for one in items
    )  # fmt: skip
    docket = Docket(items=items, entries=entries)
    return dossier(REPORT.plan, REPORT.document, TODAY, docket=docket, readings=readings, office=office)


def matter(name: str, openness: Openness | None, *proofs: Evidence, mark: str = "") -> Matter:
    own = next(item for item in REPORT.plan.items if item.id == name)
    return Matter(id=name, title=own.title, state="running", since=TODAY, progress=f"{mark}已开工",
                  person=f"{SECRET}人", difficulties=SECRET, ask=SECRET, evidence=proofs, openness=openness,
                  signatures=(Signature(unit="区住建局", day=TODAY, person=SECRET),),
                  requests=(Request(kind="extend", day=TODAY, reason=SECRET),),
                  override=Override(light="yellow", until=date(2023, 7, 31), reason=SECRET, by=SECRET))  # fmt: skip


def wire(one: Dossier) -> str:
    """All that is in a dossier but the report's text, as one string to look for words in."""
    whole = [m.model_dump_json() for m in one.matters] + [e.model_dump_json() for e in one.entries]
    whole += [str(lit) for lit in one.lights.values()] + [one.plan.to_json(), str(one.readings), str(one.measured)]
    return "\n".join(whole)


@given(st.lists(LABELS, min_size=3, max_size=3), st.lists(LABELS, min_size=3, max_size=3))
def test_nothing_labelled_above_public_gets_out(items: list[Openness | None], proofs: list[Openness | None]) -> None:
    names = [item.id for item in REPORT.plan.items[:3]]
    whole = made(tuple(
        matter(name, label, Evidence(id=f"e{name}", kind="papers", day=TODAY, openness=proof, note=f"佐证{name}号"),
               mark=f"标记{name}号")
        for name, label, proof in zip(names, items, proofs, strict=True)
    ))  # fmt: skip
    told = wire(opened(whole))
    for name, label, proof in zip(names, items, proofs, strict=True):
        shut = label in ("internal", "secret")
        assert (f"标记{name}号" in told) is not shut
        assert (f"佐证{name}号" in told) is (not shut and proof == "public")
    assert SECRET not in told


def test_a_light_keeps_its_colour_and_loses_the_reason_that_stays_inside() -> None:
    whole = made((matter("i1", "public"),))
    cut = opened(whole)
    assert SECRET in whole.lights["i1"].why
    assert cut.lights["i1"].colour == whole.lights["i1"].colour == "yellow"
    assert SECRET not in cut.lights["i1"].why
    assert "人工定灯至2023-07-31" in cut.lights["i1"].why


def test_who_moved_what_stays_and_what_they_wrote_goes() -> None:
    (line,) = opened(made((matter("i1", "public"),))).entries
    assert (line.move, line.by.unit, line.given) == ("report", "区住建局", {"percent": "40"})


def test_a_matter_of_another_plan_is_inside_until_it_is_labelled() -> None:
    foreign = [Matter(id=f"x{at}", title=f"交办事项{at}", since=TODAY, carried_from="2022", openness=label)
               for at, label in enumerate((None, "public"))]  # fmt: skip
    cut = opened(made(tuple(foreign)))
    assert [one.id for one in cut.matters if one.carried_from] == ["x1"]


def readings(*labels: Openness | None) -> Readings:
    rows = tuple(
        Reading(Months(2023, at, at), Amount(Decimal(100 + at), "人"), openness=label)
        for at, label in enumerate(labels, 1)
    )
    return Readings({("城镇新增就业", False): Series("城镇新增就业", "人", rows)})


@pytest.mark.parametrize(("default", "kept"), [("internal", ["102"]), ("public", ["102", "103"])])
def test_readings_come_out_by_their_label_and_the_office_settles_the_rest(default: Openness, kept: list[str]) -> None:
    office = office_of(REPORT.plan, f'[openness]\nreading = "{default}"')
    cut = opened(made((), readings=readings("secret", "public", None), office=office))
    assert cut.readings is not None
    shown = [str(one.value) for series in cut.readings.series.values() for one in series.readings]
    assert shown == kept
    (told,) = [one.message for one in cut.problems if one.code == "O006"]
    assert told.startswith(str(3 - len(kept)))


def test_what_stayed_inside_is_counted() -> None:
    proof = Evidence(id="e1", kind="papers", day=TODAY)
    cut = opened(made((matter("i1", "public", proof), matter("i2", "secret"))))
    assert [(one.code, one.message[:1]) for one in cut.problems] == [("O004", "1"), ("O005", "1")]


def test_that_a_person_decided_stays_and_who_and_why_goes() -> None:
    earlier = open_report(sample("songgang-2021"))
    editions = [Edition(one.plan, one.document.text) for one in (earlier, REPORT)]
    first = next(one for one in compare(editions).promises if one.verdict == "not_reported")
    decision = Decision(report=first.report, quote=first.quote.text, verdict="met",
                        who=f"{SECRET}人", why=SECRET)  # fmt: skip
    found = compare(editions, decisions=[decision])
    assert SECRET in found.to_json()
    cut = opened(dossier(REPORT.plan, REPORT.document, TODAY, comparison=found)).comparison
    assert cut is not None
    (told,) = [one.decided for one in cut.promises if one.decided]
    assert told.read_as == "not_reported"
    assert SECRET not in cut.to_json()


def test_of_a_report_that_is_not_public_nothing_comes_out() -> None:
    office = office_of(REPORT.plan, '[openness]\nreport = "internal"')
    cut = opened(made((matter("i1", "public"),), office=office))
    assert (cut.plan.items, cut.plan.commitments, cut.matters, cut.cases) == ((), (), (), ())
    assert cut.document.text == ""
    assert [one.code for one in cut.problems] == ["O001"]


def test_the_office_takes_its_names_from_the_report_until_it_is_told() -> None:
    office = office_of(REPORT.plan)
    assert office.place == REPORT.plan.document.place
    assert office.government == f"{office.place}人民政府"
    assert office_of(REPORT.plan, 'place = "某县"').issuer.startswith("某县")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("government = ", "O002", ""),
        ("goverment = '错字'", "O003", "goverment"),
        ("[openness]\nmatter = '公 开'", "O003", "openness.matter"),
        ("openness = 1", "O003", "openness"),
    ],
)
def test_a_slip_in_the_office_file_stops_everything(text: str, code: str, place: str) -> None:
    with pytest.raises(Unreadable) as refused:
        office_of(REPORT.plan, text)
    (told,) = refused.value.problems
    assert told.code == code
    assert place in told.message


def test_a_case_joins_what_belongs_to_an_item() -> None:
    whole = made((matter("i1", "public"),), readings=readings("public"))
    case = whole.by_id["i1"]
    assert case.item is not None
    assert case.place is not None
    start, end = case.place
    assert all(start <= one.start and one.end <= end for one in case.commitments)
    assert [line.matter for line in case.entries] == ["i1"]
    assert case.sentence.split("\n")[0] in REPORT.document.text


def test_readings_stand_with_the_item_that_promises_the_indicator() -> None:
    whole = made((), readings=readings("public"))
    with_points = [case for case in whole.cases if any(one.points or one.yearly for one in case.measured)]
    assert {one.target.name for case in with_points for one in case.measured} == {"城镇新增就业"}
