"""Checking a draft: findings beside the text, nothing stored, what was mended, files to take away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.examples import sample
from luoshi.store.models import LedgerEntry, Report

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person

Enter = Callable[["Person"], Client]
CHOSEN = {"openness": "secret", "least": "note"}


def draft(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("讨论稿.txt", text.encode())


def text() -> str:
    return sample("songgang-2023").read_text(encoding="utf-8")


def handed_back(page: str) -> dict[str, str]:
    """What the page hands to its next request."""
    rows = re.findall(r'<input type="hidden" name="(text|name|before)" value="([^"]*)"', page)
    return {**CHOSEN, **{name: unescape(value) for name, value in rows}}


def test_findings_stand_beside_the_text_and_nothing_is_stored(
    cast: Cast, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    reports, entries = Report.objects.count(), LedgerEntry.objects.count()
    client = enter(cast.people["liaison"])
    with django_assert_max_num_queries(30):
        page = client.post("/checking/", {**CHOSEN, "file": draft(text())}).content.decode()
    found = re.findall(r'<article [^>]*id="f(\d+)"', page)
    assert len(found) > 1
    assert set(re.findall(r'class="checked-mark[^"]*" href="#f(\d+)"', page)) <= set(found)
    assert set(re.findall(r'<a href="#(l\d+)"', page)) <= set(re.findall(r'<p id="(l\d+)"', page))
    assert "工作秘密" in page
    assert "怎么办" in page
    assert (Report.objects.count(), LedgerEntry.objects.count()) == (reports, entries)


def test_rules_and_severities_are_chosen(cast: Cast, enter: Enter) -> None:
    client = enter(cast.people["supervisor"])
    every = client.post("/checking/", {**CHOSEN, "file": draft(text())}).content.decode()
    code = re.findall(r"<h3>([A-Z]\d\d) ", every)[0]
    one = client.post("/checking/", {**handed_back(every), "rules": [code]}).content.decode()
    assert set(re.findall(r"<h3>([A-Z]\d\d) ", one)) == {code}
    errors = client.post("/checking/", {**handed_back(every), "least": "error"}).content.decode()
    assert "checked-card checked-note" not in errors
    assert "checked-card checked-warning" not in errors


def test_a_second_draft_says_what_was_mended(cast: Cast, enter: Enter) -> None:
    client = enter(cast.people["supervisor"])
    first = client.post("/checking/", {**CHOSEN, "file": draft(text())}).content.decode()
    lines = text().splitlines()
    number = int(re.findall(r'<a href="#l(\d+)"', first)[-1])
    mended = "\n".join(line for at, line in enumerate(lines, 1) if at != number)
    again = client.post("/checking/", {**handed_back(first), "file": draft(mended)}).content.decode()
    told = re.search(r"改好了 <b>(\d+)</b>", again)
    assert told is not None
    assert int(told[1]) >= 1


@pytest.mark.parametrize("kind", ["html", "sarif", "xlsx", "csv"])
def test_findings_go_out_with_the_label_in_the_name(cast: Cast, enter: Enter, kind: str) -> None:
    client = enter(cast.people["supervisor"])
    page = client.post("/checking/", {**CHOSEN, "file": draft(text())}).content.decode()
    out = client.post(f"/checking/findings.{kind}", handed_back(page))
    assert out.status_code == 200
    assert "%E5%B7%A5%E4%BD%9C%E7%A7%98%E5%AF%86" in out["Content-Disposition"]
    if kind == "sarif":
        assert json.loads(out.content)["version"] == "2.1.0"


def test_an_unknown_kind_of_file_is_not_there(cast: Cast, enter: Enter) -> None:
    assert enter(cast.people["supervisor"]).post("/checking/findings.exe", CHOSEN).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("空.txt", b""), ("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99), ("坏.docx", b"PK\x03\x04bad")]
)
def test_a_file_that_cannot_be_read_says_why(cast: Cast, enter: Enter, name: str, content: bytes) -> None:
    answer = enter(cast.people["supervisor"]).post("/checking/", {**CHOSEN, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert re.search(r"<b>I0\d\d</b>", answer.content.decode())


def test_words_of_a_draft_never_become_markup(cast: Cast, enter: Enter) -> None:
    bad = text().replace("松岗", "<script>alert(1)</script>松岗", 1)
    page = enter(cast.people["supervisor"]).post("/checking/", {**CHOSEN, "file": draft(bad)}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_no_file_of_a_draft_is_left_in_the_home(cast: Cast, enter: Enter, settings: LazySettings) -> None:
    before = {place for place in settings.LUOSHI_HOME.rglob("*") if place.is_file()}
    enter(cast.people["supervisor"]).post("/checking/", {**CHOSEN, "file": draft(text())})
    after = {place for place in settings.LUOSHI_HOME.rglob("*") if place.is_file()}
    assert not [place for place in after - before if "draft" in place.name or "讨论稿" in place.name]
