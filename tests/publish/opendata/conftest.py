"""The sample district's year as a dossier, and its open data."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from luoshi.compare import Edition, compare
from luoshi.door import Report, open_report
from luoshi.examples import sample
from luoshi.measure import readings
from luoshi.publish.dossier import Dossier, dossier, office_of, opened
from luoshi.publish.opendata import opendata
from luoshi.rehearsal import TODAY, docket, readings_table

Files = Mapping[str, bytes]


@pytest.fixture(scope="session")
def report() -> Report:
    return open_report(sample("songgang-2023"))


@pytest.fixture(scope="session")
def year(report: Report) -> Dossier:
    """The sample's year with states, readings and the report before it; what nobody has labelled counts as open."""
    before = open_report(sample("songgang-2021"))
    office = office_of(report.plan, '[openness]\nreading = "public"\nevidence = "public"')
    compared = compare([Edition(before.plan, before.document.text), Edition(report.plan, report.document.text)])
    return dossier(
        report.plan, report.document, TODAY, docket=docket(report.plan), office=office,
        readings=readings(readings_table(), TODAY), comparison=compared,
    )  # fmt: skip


@pytest.fixture(scope="session")
def files(year: Dossier) -> Files:
    return opendata(opened(year))
