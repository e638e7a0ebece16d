"""The frame round every page: who reads, the menu, the language, the headers, errors, files of others."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import sys
import tomllib
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from luoshi.problems import problem
from luoshi.store.models import Person, PostHolder
from luoshi.store.writing import Unavailable
from luoshi.web.shell import navigation
from luoshi.web.shell.navigation import Family, Group, menu
from luoshi.web.shell.views import failed

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def read(client: Client, address: str, **more: Any) -> str:
    return client.get(address, **more).content.decode()


# ── who and when ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_frame_says_place_person_post_and_day_and_that_no_secret_may_be_entered(
    signed_in: Client, settings: LazySettings
) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, today="2026-07-20")
    page = read(signed_in, "/account/")
    for words in ("青禾区", "李敏", "督查室 督查专员", "2026-07-20", "严禁录入、存储、传输国家秘密", 'href="#main"'):
        assert words in page


def test_a_post_that_has_ended_is_not_shown(signed_in: Client) -> None:
    PostHolder.objects.update(until="2026-01-31")
    assert "督查专员" not in read(signed_in, "/account/")


def test_whoever_has_not_signed_in_sees_neither_menu_nor_name(client: Client, person: Person) -> None:
    page = read(client, "/account/login/")
    assert person.name not in page
    assert 'id="menu"' not in page


# ── language and size ────────────────────────────────────────────────────────────────────────────────────────────────


def test_pages_are_chinese_whatever_the_browser_prefers_until_english_is_chosen(client: Client, db: None) -> None:
    del db
    first = client.get("/account/login/", headers={"accept-language": "en-US,en"})
    assert first.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-Hans">' in first.content.decode()
    client.post("/choose/", {"language": "en", "next": "/account/login/"})
    assert '<html lang="en">' in read(client, "/account/login/")
    client.post("/choose/", {"language": "xx"})
    assert '<html lang="en">' in read(client, "/account/login/"), "a language that is none changes nothing"


@pytest.mark.parametrize(
    ("wanted", "led"),
    [("/account/", "/account/"), ("https://a.example/", "/"), ("//a.example", "/"), ("", "/")],
)
def test_choosing_leads_back_and_never_to_another_site(client: Client, wanted: str, led: str) -> None:
    assert client.post("/choose/", {"text": "large", "next": wanted}).headers["Location"] == led


def test_choosing_is_not_done_by_a_link(client: Client) -> None:
    assert client.get("/choose/?language=en").status_code == 405


def test_english_pages_of_the_frame_are_english(signed_in: Client) -> None:
    signed_in.post("/choose/", {"language": "en"})
    for address in ("/account/", "/account/key/", "/account/password/"):
        main = re.sub(
            r'<span class="beside".*?</span>', "", read(signed_in, address).split("<main")[1].split("</main>")[0]
        )
        own = main.replace("区政府督查室", "").replace("督查专员", "").replace("李敏", "").replace("督查室", "")
        found = CHINESE.findall(re.sub(r'<span class="tag.*?</span>', "", own))
        assert found == [], (address, found)


# ── the menu ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


@pytest.fixture
def families(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> tuple[Group, ...]:
    """Two groups of made-up families: one with a right, one with pages but no row."""
    made = ModuleType("luoshi.web.made_up")
    made.urlpatterns = [path("", _page, name="first")]  # type: ignore[attr-defined]
    made.app_name = "made_up"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "luoshi.web.made_up", made)
    site = ModuleType("made_up_site")
    site.urlpatterns = [path("made/", include(made))]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = site
    row = {"folder": "made_up", "path": "made/", "address": "made_up:first", "zh": "台账", "en": "Register"}
    open_to_all, guarded = Family(**row, right=""), Family(**row, right="audit")
    silent = Family(**{**row, "address": ""}, right="")
    groups = (Group("工作", "Work", (open_to_all, silent)), Group("管理", "Manage", (guarded,)))
    monkeypatch.setattr(navigation, "groups", lambda: groups)
    return groups


@pytest.mark.usefixtures("families")
def test_a_menu_shows_what_one_may_and_where_one_is() -> None:
    shown = menu(lambda _: False, "/made/7/")
    assert [(title, [(row.title, row.address, row.here) for row in rows]) for title, rows in shown] == [
        ("工作", [("台账", "/made/", True)])
    ]
    assert [title for title, _ in menu(lambda right: right == "audit", "/else/")] == ["工作", "管理"]
    assert not menu(lambda _: True, "/else/")[0][1][0].here


def test_the_table_of_families_is_whole() -> None:
    """Each row has both titles, its own folder and path; a family that is built answers at its address."""
    raw = tomllib.loads(resources.files("luoshi.web.shell").joinpath("navigation.toml").read_text(encoding="utf-8"))
    rows = [row for group in raw["group"] for row in group["families"]]
    assert len({row["folder"] for row in rows}) == len({row["path"] for row in rows}) == len(rows)
    for row in rows:
        assert CHINESE.search(row["zh"])
        assert row["en"].isascii()
        assert row["path"].endswith("/")
        assert not row["path"].startswith("/")
    assert menu(lambda _: True, "/") is not None


# ── headers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ["/account/login/", "/account/", "/nothing/", "/up/"])
def test_every_answer_keeps_script_style_and_frames_to_the_site(signed_in: Client, address: str) -> None:
    headers = signed_in.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert {policy["script-src"], policy["style-src"], policy["img-src"], policy["connect-src"]} == {"'self'"}
    assert {policy["default-src"], policy["base-uri"], policy["frame-ancestors"]} == {"'none'"}
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_page_of_someone_signed_in_is_kept_by_no_cache(signed_in: Client) -> None:
    assert "no-store" in signed_in.get("/account/").headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_script_and_of_other_sites(client: Client, person: Person) -> None:
    client.get("/account/login/")
    answer = client.post("/account/login/", {"login": person.username, "password": "Qinghe-2026"})
    for cookie in answer.cookies.values():
        if cookie.value:
            assert cookie["samesite"] == "Lax"
            assert cookie["httponly"]


def test_no_template_of_the_site_has_script_or_style_in_its_lines() -> None:
    home = Path(str(resources.files("luoshi.web")))
    guilty = [
        str(file.relative_to(home))
        for file in home.rglob("templates/**/*.html")
        if re.search(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\ssrc=)", file.read_text(encoding="utf-8"))
    ]
    assert guilty == []


# ── errors ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["client", "signed_in"])
def test_an_address_that_is_none_says_what_to_do(request: pytest.FixtureRequest, person: Person, who: str) -> None:
    assert person.pk
    answer = request.getfixturevalue(who).get("/no/such/thing/")
    assert answer.status_code == 404
    assert "从任务台账里按编号或名称查找" in answer.content.decode()


def test_a_forged_form_is_refused_and_says_what_to_do(db: None) -> None:
    del db
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "li", "password": "x"})
    assert answer.status_code == 403
    assert "没有保存" in answer.content.decode()


FAULTS = [
    (PermissionDenied(), 403, "安全保密管理员"),
    (ValueError("what failed"), 500, "没有保存"),
    (OperationalError("database is locked: what failed"), 503, "数据库正忙"),
    (OperationalError("server closed the connection: what failed"), 503, "连不上数据库"),
    (Unavailable((problem("T011", detail="what failed"),)), 503, "数据库写不下了"),
]


@pytest.mark.parametrize(("fault", "status", "words"), FAULTS, ids=["403", "500", "busy", "gone", "full"])
def test_a_page_that_fails_says_what_to_do_and_not_what_failed(
    settings: LazySettings, signed_in: Client, fault: Exception, status: int, words: str
) -> None:
    from luoshi.web import urls

    @login_not_required
    def broken(_: HttpRequest) -> HttpResponse:
        raise fault

    site = ModuleType("broken_site")
    site.urlpatterns = [path("broken/", broken), *urls.urlpatterns]  # type: ignore[attr-defined]
    site.handler500 = urls.handler500  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = site
    signed_in.raise_request_exception = False
    answer = signed_in.get("/broken/")
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "what failed" not in answer.content.decode()


def test_the_page_of_a_fault_of_ours_needs_no_database(rf: RequestFactory) -> None:
    """No fixture of the database is asked for: a query here would raise."""
    assert failed(rf.get("/")).status_code == 500


def test_whether_the_site_is_up_is_told_to_anyone_and_nothing_else(client: Client, db: None) -> None:
    del db
    assert client.get("/up/").json() == {"up": True}


# ── files of others ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_vendored_files_are_those_of_the_manifest_with_their_licences() -> None:
    home = Path(str(resources.files("luoshi.web.shell"))) / "static" / "vendor"
    rows = tomllib.loads((home / "manifest.toml").read_text(encoding="utf-8"))["file"]
    for row in rows:
        assert hashlib.sha256((home / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]
        assert (home / row["licence_file"]).read_text(encoding="utf-8").strip()
        assert re.fullmatch(r"\d+(\.\d+)+", row["version"])
    named = {name for row in rows for name in (row["file"], row["licence_file"])} | {"manifest.toml"}
    assert {file.name for file in home.iterdir()} == named


def test_htmx_is_of_the_second_series() -> None:
    text = resources.files("luoshi.web.shell").joinpath("static/vendor/htmx.min.js").read_text(encoding="utf-8")
    assert re.search(r'version:"2\.0\.10"', text)
