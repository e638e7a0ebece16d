"""Drafts: findings beside the text, for the owner alone; what was mended since; choices; files; forgotten in time."""

from __future__ import annotations

import csv
import json
import re
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luoshi.notify import Places
from luoshi.store import drafts, working
from luoshi.store.backup import back_up
from luoshi.store.models import LedgerEntry, Report
from luoshi.watch import tick
from luoshi.web.checking import job

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person

Enter = Callable[["Person"], Client]
Send = Callable[..., Any]


def kept(there: str) -> drafts.Draft:
    one = drafts.draft(there.split("/")[2])
    assert one is not None
    return one


def cards(page: str) -> list[str]:
    return re.findall(r"<h3>([A-Z]\d\d) ", page)


def mended(text: str, client: Client, there: str) -> str:
    """The text without the line that the last finding is in."""
    number = int(re.findall(r'<a href="#l(\d+)">第', client.get(there).content.decode())[-1])
    return "\n".join(line for at, line in enumerate(text.splitlines(), 1) if at != number)


# ── bringing one ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_findings_stand_beside_the_text_and_each_leads_to_the_other(
    liaison: Client, draft: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(30):
        page = liaison.get(draft).content.decode()
    found = re.findall(r'<article [^>]*id="f(\d+)"', page)
    assert len(found) > 1
    assert set(re.findall(r'class="checked-mark[^"]*" href="#f(\d+)"', page)) <= set(found)
    assert set(re.findall(r'<a href="#(l\d+)"', page)) <= set(re.findall(r'<p id="(l\d+)"', page))
    assert "工作秘密" in page
    assert "怎么办" in page
    assert "没有通过" in page


def test_the_list_shows_ones_own_drafts(liaison: Client, draft: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(30):
        page = liaison.get("/checking/").content.decode()
    assert draft in page
    assert "讨论稿.txt" in page


@pytest.mark.parametrize(
    ("name", "content"), [("空.txt", b""), ("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99), ("坏.docx", b"PK\x03\x04bad")]
)
def test_a_file_that_cannot_be_read_says_why(liaison: Client, send: Send, name: str, content: bytes) -> None:
    answer = send(liaison, content, name)
    page = (answer if answer.status_code == 422 else liaison.get(answer["Location"])).content.decode()
    assert re.search(r"<b>I0\d\d</b>", page)


def test_a_file_too_large_is_not_kept(liaison: Client, send: Send, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(drafts, "LARGEST", 1000)
    assert "I006" in send(liaison, text).content.decode()
    assert liaison.get("/checking/").context["drafts"] == []


def test_a_text_too_long_is_refused(liaison: Client, send: Send, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(job, "LONGEST", 1000)
    assert "I006" in liaison.get(send(liaison, text)["Location"]).content.decode()


def test_words_of_a_draft_never_become_markup(liaison: Client, send: Send, text: str) -> None:
    there = send(liaison, text.replace("松岗", "<script>alert(1)</script>松岗", 1))["Location"]
    page = liaison.get(there).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_while_it_is_read_the_page_waits_and_a_stopped_reading_starts_again(
    liaison: Client, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = kept(draft)
    working.write(one.file, b"text")
    working.begin(one.folder)
    page = liaison.get(draft).content.decode()
    assert f'hx-get="{draft}progress/"' in page
    part = liaison.get(f"{draft}progress/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    liaison.post(f"{draft}again/")
    assert one.work.attempt == 2, "what runs is not begun again"
    monkeypatch.setattr(working, "QUIET", -1)
    assert "读到一半停了" in liaison.get(draft).content.decode()
    liaison.post(f"{draft}again/")
    assert one.work.attempt == 3
    assert liaison.get(f"{draft}progress/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_an_overtaken_reading_keeps_nothing(draft: str, text: str) -> None:
    one = kept(draft)
    working.write(one.file, text.encode())
    first = working.begin(one.folder)
    working.begin(one.folder)
    assert job.read_draft.func(one.key, first.attempt) is False
    assert kept(draft).version == 1


# ── a secret ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("part", ["supervisor", "director", "head", "helper", "outsider"])
def test_nobody_but_its_owner_finds_it(cast: Cast, enter: Enter, draft: str, part: str) -> None:
    client = enter(cast.people[part])
    mark = "0" * 16
    got = ("", "progress/", "findings.html", "findings.xlsx")
    posted = ("new/", "again/", "forget/", "choose/", "pass/", f"pass/{mark}/undo/")
    assert {client.get(f"{draft}{more}").status_code for more in got} == {404}
    assert {client.post(f"{draft}{more}").status_code for more in posted} == {404}
    assert client.get("/checking/").context["drafts"] == []
    assert kept(draft)


def test_the_record_says_that_it_came_and_went_and_nothing_else(liaison: Client, draft: str) -> None:
    assert Report.objects.count() == 1
    liaison.post(f"{draft}forget/")
    found = list(LedgerEntry.objects.filter(action__startswith="draft.").order_by("sequence"))
    assert [one.action for one in found] == ["draft.keep", "draft.forget"]
    assert all("讨论稿" not in one.body and "松岗" not in one.body for one in found)


def test_deleted_it_is_gone_with_everything(liaison: Client, draft: str, tmp_path: Path) -> None:
    folder = kept(draft).folder
    assert folder.is_dir()
    liaison.post(f"{draft}forget/")
    assert not folder.exists()
    assert liaison.get(draft).status_code == 404
    assert [one for one in tmp_path.rglob("*") if one.is_file() and "讨论稿" in one.name] == []


def test_the_file_itself_is_not_kept(draft: str) -> None:
    assert [one.name for one in kept(draft).folder.rglob("*.txt")] == ["text.txt"]
    assert kept(draft).folder.stat().st_mode & 0o077 == 0


def test_the_clock_takes_away_what_is_old_and_nothing_else(
    liaison: Client, send: Send, draft: str, settings: Any, site_day: Any
) -> None:
    settings.LUOSHI_DRAFT_DAYS = 10
    young = send(liaison, "新的一稿。")["Location"]
    old = kept(draft)
    drafts._save(replace(old, came=time.time() - 10 * 24 * 3600 - 1))
    assert tick(timezone.now(), site_day, Places(())).forgotten == 1
    assert liaison.get(draft).status_code == 404
    assert liaison.get(young).status_code == 200
    assert tick(timezone.now(), site_day, Places(())).forgotten == 0


def test_no_backup_holds_a_draft(liaison: Client, send: Send, text: str, tmp_path: Path) -> None:
    assert kept(send(liaison, f"{text}\n只有这一稿才有的话。")["Location"]).version == 1
    back_up(tmp_path / "copy.zip")
    with ZipFile(tmp_path / "copy.zip") as copy:
        assert [name for name in copy.namelist() if "draft" in name] == []
        assert [name for name in copy.namelist() if "只有这一稿才有的话".encode() in copy.read(name)] == []


# ── mended since ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_second_version_says_what_was_mended_and_what_is_new(
    liaison: Client, send: Send, draft: str, text: str
) -> None:
    before = len(liaison.get(draft).context["checked"].result.found)
    send(liaison, mended(text, liaison, draft), to=draft)
    page = liaison.get(draft)
    found = page.context["checked"]
    assert len(found.gone) >= 1
    assert len(found.result.found) == before - len(found.gone) + len(found.fresh)
    assert f"改好了 <b>{len(found.gone)}</b> · 新出现 <b>{len(found.fresh)}</b>" in page.content.decode()
    send(liaison, text, to=draft)
    back = liaison.get(draft, {"only": "new"})
    assert back.context["listed"] == len(back.context["checked"].fresh) >= 1


def test_only_the_last_two_versions_are_kept(liaison: Client, send: Send, draft: str, text: str) -> None:
    for more in ("甲", "乙"):
        send(liaison, f"{text}\n{more}。", to=draft)
    one = kept(draft)
    assert one.version == 3
    assert [drafts.version_of(one, version) is None for version in (1, 2, 3)] == [True, False, False]


def test_a_version_that_cannot_be_read_leaves_the_one_before(liaison: Client, send: Send, draft: str) -> None:
    send(liaison, b"PK\x03\x04bad", "坏.docx", to=draft)
    page = liaison.get(draft)
    assert "还是上一稿的结果" in page.content.decode()
    assert (kept(draft).version, kept(draft).name) == (1, "讨论稿.txt")
    assert send(liaison, b"", to=draft).status_code == 422


# ── choices ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def chosen(client: Client, there: str, **given: Any) -> dict[str, Any]:
    """What the form sends, with ``given`` changed."""
    return {**client.get(there).context["choose"].initial, **given}


def test_findings_are_narrowed_in_the_address(liaison: Client, draft: str) -> None:
    every = cards(liaison.get(draft).content.decode())
    code = every[0]
    assert set(cards(liaison.get(draft, {"rule": code}).content.decode())) == {code}
    errors = liaison.get(draft, {"severity": "error"}).content.decode()
    assert "checked-card checked-note" not in errors
    assert "没有符合条件的发现" in liaison.get(draft, {"q": "没有这样的字"}).content.decode()


def test_rules_and_what_fails_are_chosen(liaison: Client, draft: str) -> None:
    code = cards(liaison.get(draft).content.decode())[0]
    assert liaison.post(f"{draft}choose/", chosen(liaison, draft, rules=[code], fail="never")).status_code == 302
    page = liaison.get(draft)
    assert set(cards(page.content.decode())) == {code}
    assert page.context["checked"].passes
    assert liaison.post(f"{draft}choose/", chosen(liaison, draft, rules=["X99"])).status_code == 422


def test_last_years_report_is_compared_with(liaison: Client, draft: str, cast: Cast, send: Send, text: str) -> None:
    assert cast.report is not None
    offered = dict(liaison.get(draft).context["choose"].fields["earlier"].choices)
    assert f"report:{cast.report.pk}" in offered
    other = send(liaison, text.replace("2023", "2022"), "去年.txt")["Location"]
    mine = f"draft:{kept(other).key}"
    assert mine in dict(liaison.get(draft).context["choose"].fields["earlier"].choices)
    liaison.post(f"{draft}choose/", chosen(liaison, draft, earlier=mine))
    assert kept(draft).choice.earlier == mine
    assert liaison.get(draft).status_code == 200
    liaison.post(f"{other}forget/")
    assert liaison.get(draft).status_code == 200, "what is gone is compared with no more"


def test_the_draft_of_another_is_not_offered_and_not_taken(
    liaison: Client, draft: str, cast: Cast, enter: Enter, send: Send
) -> None:
    theirs = kept(send(enter(cast.people["outsider"]), "别人的一稿。")["Location"])
    assert liaison.post(f"{draft}choose/", chosen(liaison, draft, earlier=f"draft:{theirs.key}")).status_code == 422
    drafts.choose(kept(draft), replace(kept(draft).choice, earlier=f"draft:{theirs.key}"))
    assert liaison.get(draft).status_code == 200


def test_a_finding_is_let_pass_with_a_reason_and_taken_back(liaison: Client, draft: str, send: Send, text: str) -> None:
    one = liaison.get(draft).context["checked"].result.found[0]
    assert liaison.post(f"{draft}pass/", {"mark": one.mark, "reason": " "}).status_code == 422
    liaison.post(f"{draft}pass/", {"mark": one.mark, "reason": "口径不同，见统计局说明"})
    page = liaison.get(draft)
    assert one.mark not in {each.mark for each in page.context["checked"].result.found}
    assert "口径不同，见统计局说明" in page.content.decode()
    send(liaison, f"{text}\n另起一段。", to=draft)
    assert [each.mark for each, _, _ in liaison.get(draft).context["passed"]] == [one.mark], "it survives a version"
    liaison.post(f"{draft}pass/{one.mark}/undo/")
    assert one.mark in {each.mark for each in liaison.get(draft).context["checked"].result.found}


def test_choices_go_out_as_the_command_line_takes_them_and_come_back(liaison: Client, draft: str) -> None:
    one = liaison.get(draft).context["checked"].result.found[0]
    liaison.post(f"{draft}choose/", chosen(liaison, draft, rules=[one.code, "T01"], fail="error"))
    liaison.post(f"{draft}pass/", {"mark": one.mark, "reason": "“引号”\\和斜线"})
    told = liaison.get(f"{draft}findings.toml").content
    assert tomllib.loads(told.decode())["check"]["suppress"][0]["reason"] == "“引号”\\和斜线"
    before = kept(draft).choice
    drafts.choose(kept(draft), drafts.Choice())
    config = SimpleUploadedFile("luoshi.toml", told)
    assert liaison.post(f"{draft}choose/", chosen(liaison, draft, config=config)).status_code == 302
    after = kept(draft).choice
    assert (set(after.rules or ()), after.fail, after.passed) == (set(before.rules or ()), "error", before.passed)


@pytest.mark.parametrize(
    ("config", "code"),
    [(b"[check", "K002"), (b"\xff\xfe", "K002"), (b'[check]\nselect = ["X9"]', "K001"), (b"[check]\nodd = 1", "K003")],
)
def test_a_file_of_choices_that_is_wrong_changes_nothing(liaison: Client, draft: str, config: bytes, code: str) -> None:
    before = kept(draft).choice
    file = SimpleUploadedFile("luoshi.toml", config)
    answer = liaison.post(f"{draft}choose/", chosen(liaison, draft, config=file))
    assert answer.status_code == 422
    assert code in answer.content.decode()
    assert kept(draft).choice == before


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["html", "sarif", "json", "xlsx", "csv"])
def test_findings_go_out_with_the_label_in_the_name(liaison: Client, draft: str, kind: str) -> None:
    out = liaison.get(f"{draft}findings.{kind}")
    assert out.status_code == 200
    assert "%E5%B7%A5%E4%BD%9C%E7%A7%98%E5%AF%86" in out["Content-Disposition"]
    if kind == "sarif":
        assert json.loads(out.content)["version"] == "2.1.0"


def test_the_table_says_what_is_new_and_what_was_mended(liaison: Client, send: Send, draft: str, text: str) -> None:
    send(liaison, mended(text, liaison, draft), to=draft)
    found = liaison.get(draft).context["checked"]
    rows = list(csv.reader(StringIO(liaison.get(f"{draft}findings.csv").content.decode("utf-8-sig"))))
    since = [row[-1] for row in rows[1:]]
    assert since.count("改好了") == len(found.gone)
    assert since.count("新出现") == len(found.fresh)


def test_an_unknown_kind_of_file_is_not_there(liaison: Client, draft: str) -> None:
    assert liaison.get(f"{draft}findings.exe").status_code == 404


def test_in_english_the_page_speaks_english(liaison: Client, draft: str) -> None:
    liaison.cookies["luoshi_language"] = "en"
    page = liaison.get(draft).content.decode()
    assert "What was found" in page
    assert "What to do" in page
