"""The open data describes itself to the last column, keeps its promises to programs, holds nothing that is closed."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from frictionless import validate
from python_calamine import CalamineWorkbook

from luoshi.door import Report
from luoshi.plan import Plan
from luoshi.publish.dossier import Dossier, dossier, office_of, opened
from luoshi.publish.opendata import opendata
from luoshi.publish.opendata.tables import names, tables
from luoshi.supervise import Docket, Matter

Files = Mapping[str, bytes]
CHINESE = re.compile("[\u4e00-\u9fff]")
DAY = date(2024, 6, 30)


def rows(files: Files, table: str) -> list[dict[str, str]]:
    """The table as a program reads it."""
    return list(csv.DictReader(StringIO(files[f"{table}.csv"].decode("utf-8"), newline="")))


def package(files: Files) -> Any:
    return json.loads(files["datapackage.json"])


def written(files: Files, folder: Path) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder / "datapackage.json"


def problems(files: Files, folder: Path) -> list[str]:
    """What Frictionless finds wrong: the description, every value, every key."""
    found = validate(str(written(files, folder)))
    return [one.message for one in (*found.errors, *(error for task in found.tasks for error in task.errors))]


# ── what is promised to programs ─────────────────────────────────────────────────────────────────────────────────────


def test_the_package_is_valid_down_to_every_value_and_key(files: Files, tmp_path: Path) -> None:
    assert problems(files, tmp_path) == []


def test_a_value_that_breaks_the_description_would_be_found(files: Files, tmp_path: Path) -> None:
    broken = dict(files) | {"duties.csv": files["duties.csv"].replace(b",lead\r\n", b",leader\r\n", 1)}
    assert problems(broken, tmp_path) != []


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_column_is_described_in_both_languages(table: Any) -> None:
    for name in (table.title, table.about, *(said for one in table.columns for said in (one.title, one.about))):
        assert CHINESE.search(name.zh) or name.zh == name.en
        assert name.en
        assert not CHINESE.search(name.en)
    assert {*table.key, *table.links, *table.required} <= {one.name for one in table.columns}
    for to, field in table.links.values():
        assert field in {one.name for other in tables() if other.name == to for one in other.columns}


def test_every_coded_value_has_a_name_in_both_languages() -> None:
    coded = [names(one.group) for table in tables() for one in table.columns if one.group]
    assert all(found for found in coded)
    assert all(CHINESE.search(name.zh) and not CHINESE.search(name.en) for found in coded for name in found.values())


def test_tables_are_what_the_files_hold(files: Files) -> None:
    for table in tables():
        head = files[f"{table.name}.csv"].split(b"\r\n", 1)[0].decode("utf-8")
        assert head == ",".join(one.name for one in table.columns), "UTF-8 without a byte order mark, names first"


def test_every_file_can_be_checked_by_its_fingerprint(files: Files) -> None:
    listed = {one["path"]: one for one in package(files)["resources"]}
    assert listed.keys() == files.keys() - {"datapackage.json", "dataset.jsonld", "CITATION.cff", "README.md"}
    for path, one in listed.items():
        assert one["hash"] == f"sha256:{hashlib.sha256(files[path]).hexdigest()}"
        assert one["bytes"] == len(files[path])


def test_source_licence_and_day_are_named(files: Files, year: Dossier) -> None:
    whole = package(files)
    assert whole["sources"][0]["sha256"] == year.plan.document.sha256
    assert whole["licenses"] == [{"name": "CC-BY-4.0"}]
    assert whole["version"] == year.today.isoformat()


def test_the_same_dossier_gives_the_same_bytes(files: Files, year: Dossier) -> None:
    assert opendata(opened(year)) == files


def test_the_workbook_holds_the_same_rows_in_chinese(files: Files) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(files["tables.xlsx"]))
    assert book.sheet_names == [table.title.zh for table in tables()]
    for table in tables():
        sheet = book.get_sheet_by_name(table.title.zh).to_python()
        assert sheet[1] == [one.title.zh for one in table.columns]
        assert len(sheet) - 2 == len(rows(files, table.name))
    _, titles, *lines = book.get_sheet_by_name("事项").to_python()
    states = {line[titles.index("状态")] for line in lines}
    assert states <= {name.zh for name in names("state").values()}


def test_the_citation_and_the_catalogue_entry_can_be_read(files: Files) -> None:
    cited = yaml.safe_load(files["CITATION.cff"])
    assert (cited["cff-version"], cited["type"], cited["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")
    listed = json.loads(files["dataset.jsonld"])
    assert {one["@language"] for one in listed["name"]} == {"zh-CN", "en"}
    assert {one["contentUrl"] for one in listed["distribution"]} == {one["path"] for one in package(files)["resources"]}


def test_the_readme_counts_every_table(files: Files) -> None:
    text = files["README.md"].decode("utf-8")
    for table in tables():
        count = len(rows(files, table.name))
        assert f"`{table.name}.csv` {table.title.zh}（{count} 行）" in text
        assert f"`{table.name}.csv` {table.title.en} ({count} rows)" in text
    assert "BOM" in text


# ── what the rows say ────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_place_leads_to_the_words_in_the_text(files: Files) -> None:
    text = files["report.txt"].decode("utf-8")
    for table in ("commitments", "figures"):
        for row in rows(files, table):
            assert text[int(row["start"]) : int(row["end"])] == row["text"].removeprefix("'")


def test_an_item_says_what_was_reported_and_what_was_verified(files: Files, year: Dossier) -> None:
    said = {row["id"]: row for row in rows(files, "items")}
    for case in opened(year).cases:
        row = said[case.matter.id]
        assert Decimal(row["reported"]) == case.matter.reported
        assert Decimal(row["verified"]) == case.matter.verified
        assert (row["light"], row["class"], row["sentence"]) == (case.light.colour, case.progress, case.sentence)


def test_units_lead_and_help_as_the_duties_say(files: Files) -> None:
    duties = rows(files, "duties")
    for row in rows(files, "units"):
        for part, count in (("lead", row["leads"]), ("help", row["helps"])):
            assert int(count) == sum((one["unit"], one["part"]) == (row["unit"], part) for one in duties)


def test_history_names_roles_and_units_and_nobody(files: Files, year: Dossier) -> None:
    lines = rows(files, "history")
    assert len(lines) == len(opened(year).entries) > 1000
    people = {entry.by.person for entry in year.entries} | {one.person for one in year.matters} - {""}
    told = files["history.csv"].decode("utf-8") + files["items.csv"].decode("utf-8")
    assert [name for name in people if name and name in told] == []


def test_promises_of_earlier_reports_are_there_with_their_verdicts(files: Files, year: Dossier) -> None:
    assert year.comparison is not None
    told = [(row["id"], row["verdict"]) for row in rows(files, "ledger")]
    assert told == [(one.id, one.verdict) for one in year.comparison.promises]
    assert [row["id"] for row in rows(files, "reports")] == ["2021", "2023"]


def test_steps_of_a_target_add_up_to_it(files: Files) -> None:
    steps = rows(files, "steps")
    for target in rows(files, "targets"):
        own = [Decimal(row["amount"]) for row in steps if row["figure"] == target["figure"]]
        if own:
            assert sum(own) == Decimal(target["value"]) - Decimal(target["base"] or 0)


def test_a_target_without_public_readings_has_no_light(files: Files, year: Dossier) -> None:
    """Its light would be that of silence, and the unit may well have reported: inside."""
    assert year.readings is not None
    closed = {
        key: replace(one, readings=tuple(replace(each, openness="internal") for each in one.readings))
        for key, one in year.readings.series.items()
    }
    cut = opendata(opened(replace(year, readings=replace(year.readings, series=closed))))
    assert rows(cut, "readings") == []
    assert {row["light"] for row in rows(cut, "targets")} == {""}
    assert {row["light"] for row in rows(files, "targets")} > {"", "green", "yellow"}


# ── what stays inside ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_promise_whose_item_is_closed_is_not_called_untracked(year: Dossier) -> None:
    item = next(one for one in year.plan.items if one.commitments)
    matters = tuple(one.model_copy(update={"openness": "secret"}) if one.id == item.id else one for one in year.matters)
    files = opendata(opened(replace(year, matters=matters)))
    fates = {row["commitment"]: row["fate"] for row in rows(files, "coverage")}
    assert {fates[name] for name in item.commitments} <= {"unlisted", "slogan"}
    assert item.id not in {row["id"] for row in rows(files, "items")}
    assert [one for one in json.loads(files["plan.json"])["items"] if one["id"] == item.id] == []


def test_the_plan_is_one_that_luoshi_reads_and_holds_no_member_of_somebody_else(year: Dossier) -> None:
    noted = tuple(one.model_copy(update={"批注": "不要外传"}) for one in year.plan.items)
    marked = noted[0].model_copy(update={"read_as": {"title": "原来读作"}})
    files = opendata(opened(replace(year, plan=year.plan.model_copy(update={"items": (marked, *noted[1:])}))))
    assert "不要外传" not in files["plan.json"].decode("utf-8")
    assert Plan.from_json(files["plan.json"]).commitments == year.plan.commitments
    assert json.loads(files["plan.json"])["items"][0]["read_as"] == {"title": "原来读作"}


# ── what may come ────────────────────────────────────────────────────────────────────────────────────────────────────


def made(report: Report, *items: Matter, office: str = "") -> Files:
    found = dossier(
        report.plan, report.document, DAY, docket=Docket(items=items), office=office_of(report.plan, office)
    )
    return opendata(opened(found))


def _empty(report: Report) -> Files:
    return opendata(opened(dossier(Plan(), type(report.document)(""), DAY)))


def _bare(report: Report) -> Files:
    return made(report)


def _long(report: Report) -> Files:
    return made(report, Matter(id="i1", title="长" * 300, since=DAY))


def _carried(report: Report) -> Files:
    return made(report, Matter(id="x1", title="交办", since=DAY, carried_from="2022", openness="public", into="i999"))


def _strange(report: Report) -> Files:
    """Half a surrogate pair, a control character, a carriage return, a formula."""
    return made(report, Matter(id="i1", title='=cmd|"/c calc"!A1', since=DAY, progress="a\ud800\x07\rb\n\nc"))


@pytest.mark.parametrize("make", [_empty, _bare, _long, _carried, _strange])
def test_odd_dossiers_still_give_a_valid_package(
    report: Report, make: Callable[[Report], Files], tmp_path: Path
) -> None:
    files = make(report)
    assert problems(files, tmp_path) == []
    assert len(CalamineWorkbook.from_filelike(BytesIO(files["tables.xlsx"])).sheet_names) == len(tables())


def test_a_title_of_300_characters_is_whole(report: Report) -> None:
    assert next(row["title"] for row in rows(_long(report), "items") if row["id"] == "i1") == "长" * 300


def test_an_item_without_a_deadline_has_an_empty_one(report: Report) -> None:
    (row,) = (row for row in rows(_long(report), "items") if row["id"] == "i1")
    assert (row["due"], row["due_basis"]) == ("", "none")


def test_text_like_a_formula_is_guarded_in_csv(report: Report) -> None:
    (row,) = (row for row in rows(_strange(report), "items") if row["id"] == "i1")
    assert row["title"] == '\'=cmd|"/c calc"!A1'


def test_a_merger_into_an_item_that_is_not_public_names_nothing(report: Report) -> None:
    (row,) = (row for row in rows(_carried(report), "items") if row["id"] == "x1")
    assert (row["into"], row["carried_from"], row["start"]) == ("", "2022", "")


@pytest.mark.parametrize(
    ("office", "licences", "homepage"),
    [
        ('licence = "CC0-1.0"\nsite = "https://example.org/sg"', [{"name": "CC0-1.0"}], "https://example.org/sg"),
        ('licence = "可以自由使用"\nsite = "javascript:alert(1)"', None, None),
        ('licence = ""', None, None),
    ],
)
def test_licence_and_address_are_taken_as_the_office_gives_them(
    report: Report, tmp_path: Path, office: str, licences: Any, homepage: Any
) -> None:
    files = made(report, office=office)
    assert (package(files).get("licenses"), package(files).get("homepage")) == (licences, homepage)
    assert problems(files, tmp_path) == []
    assert "javascript:" not in files["dataset.jsonld"].decode("utf-8")
