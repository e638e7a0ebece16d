"""The record searched, opened, taken away and verified; seals noted outside and held against it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

import luoshi
from luoshi.problems import problem
from luoshi.store import checkups
from luoshi.store.anchoring import compare_anchors, note_anchor
from luoshi.store.ledger import head, record
from luoshi.store.models import Anchor, LedgerEntry
from luoshi.store.verifying import Verdict, verify
from luoshi.store.writing import writing
from luoshi.web.administration import sealing
from luoshi.web.administration.auditing import action_word

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client

RECORD = "/administration/record/"


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> None:
    settings.LUOSHI_HOME = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def test_the_record_is_searched_by_person_subject_action_and_day(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    cast.move("supervisor", "propose")
    auditor = at_desk("auditor")

    def found(**asked: str) -> list[str]:
        return [row["action"]["beside"] for row in auditor.get(RECORD, asked).context["table"].rows]

    assert found(words=f"matter:{cast.matter}") == ["matter.move"]
    assert set(found(actor="小督")) == {"report.import", "matter.move"}
    assert set(found(action="role.grant")) == {"role.grant"}
    assert found(since="2999-01-01") == []
    assert found(actor="没有这个人") == []


def test_the_export_has_every_entry_and_whole_seals(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    made = at_desk("auditor").get(RECORD, {"action": "role.grant", "as": "csv"}).content.decode("utf-8-sig")
    rows = made.strip().splitlines()
    assert len(rows) == 1 + LedgerEntry.objects.filter(action="role.grant").count()
    assert re.search(r"\b[0-9a-f]{64}\b", rows[1])
    assert cast.people


def test_an_entry_shows_all_that_it_says(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    cast.move("supervisor", "propose")
    entry = LedgerEntry.objects.filter(action="matter.move").latest("sequence")
    page = at_desk("auditor").get(f"{RECORD}{entry.sequence}/").content.decode()
    assert entry.seal in page
    assert entry.previous in page
    assert "&quot;move&quot;: &quot;propose&quot;" in page


def test_every_action_that_is_ever_recorded_has_a_word() -> None:
    source = Path(luoshi.__file__).parent
    text = "\n".join(file.read_text(encoding="utf-8") for file in source.rglob("*.py"))
    written = set(re.findall(r"(?:record|add|_looked)\(\s*[\w.()\[\]]+(?:\([^()]*\))*,\s*\"([a-z_]+\.[a-z_]+)\"", text))
    assert {"matter.move", "role.grant", "sign_in.done", "anchor.note"} <= written
    assert sorted(one for one in written if action_word(one) == one) == [], "add rows to administration/actions.toml"


def test_a_short_record_is_verified_at_once(at_desk: Callable[[str], Client]) -> None:
    page = at_desk("auditor").post(f"{RECORD}verify/", follow=True).content.decode()
    assert "台账完好" in page
    assert LedgerEntry.objects.latest("sequence").action == "record.verify"


def test_a_long_record_is_verified_beside_with_progress(
    cast: Cast, at_desk: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(sealing, "_AT_ONCE", 0)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    auditor = at_desk("auditor")
    waiting = auditor.post(f"{RECORD}verify/", follow=True)
    checkup = checkups.checkup()
    assert checkup is not None
    assert checkup.under_way
    assert 'hx-trigger="every 1s"' in waiting.content.decode()
    checkups.alive(checkup.key, 17)
    part = auditor.get(f"{RECORD}verified/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f"17 / {checkup.total}" in part
    again = auditor.post(f"{RECORD}verify/", follow=True)
    assert again.context["checkup"].key == checkup.key, "one is not started twice"
    assert sealing.check_record.call(checkup.key)
    assert "台账完好" in auditor.get(f"{RECORD}verified/").content.decode()
    assert cast.people


def test_progress_is_told_while_it_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.store.verifying._SAID", 10)
    heard: list[int] = []
    count = verify(said=heard.append).entries
    assert heard == list(range(10, count + 1, 10))
    assert cast.people


def test_a_verification_that_stopped_says_so_and_can_be_begun_again(
    cast: Cast, at_desk: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = checkups.begin(cast.by("auditor"))
    monkeypatch.setattr(checkups.time, "time", lambda: first.beat + checkups.QUIET + 1)
    assert "没有做完" in at_desk("auditor").get(f"{RECORD}verified/").content.decode()
    assert checkups.begin(cast.by("auditor")).key != first.key
    checkups.finish(first.key, Verdict(1, (problem("T020", sequence=1),)), "")
    now = checkups.checkup()
    assert now is not None
    assert now.state == "waiting", "what the one before finds is not listened to"


@pytest.mark.parametrize("broken", ["", "[]", '{"key": 1}', '{"problems": [{}]}'])
def test_a_broken_file_of_the_last_verification_is_none(tmp_path: Path, broken: str) -> None:
    (tmp_path / "verified.json").write_text(broken, encoding="utf-8")
    assert checkups.checkup() is None


def test_what_was_changed_is_named_on_the_page(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_ledgerentry SET summary = 'x' WHERE sequence = 3")
    assert "第 3 条" in at_desk("auditor").post(f"{RECORD}verify/", follow=True).content.decode()
    assert cast.people


def test_today_s_seal_is_shown_to_print_scan_and_copy(at_desk: Callable[[str], Client]) -> None:
    page = at_desk("auditor").get(f"{RECORD}seal/")
    sequence, seal = head()
    text = page.content.decode()
    assert f'value="{sequence} {seal}"' in text
    assert "<svg" in text
    assert seal[:8] in text


def test_a_noted_seal_is_kept_with_its_place(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    auditor, before = at_desk("auditor"), head()
    assert auditor.post(f"{RECORD}seal/note/", {}).status_code == 422
    assert auditor.post(f"{RECORD}seal/note/", {"kept": "打印件，2 号柜"}).status_code == 302
    made = Anchor.objects.get()
    assert ((made.sequence, made.seal), made.kept) == (before, "打印件，2 号柜")
    assert "2 号柜" in auditor.get(f"{RECORD}seal/").content.decode()
    assert cast.people


def test_seals_noted_earlier_are_held_against_the_record(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    auditor = at_desk("auditor")
    sequence, seal = head()
    with writing():
        record(cast.by("auditor"), "record.verify")
    where = f"{RECORD}seal/compare/"
    assert "全部相符" in auditor.post(where, {"lines": f"{sequence} {seal} 保密柜\n"}).content.decode()
    other = auditor.post(where, {"lines": f"{sequence} {'0' * 64}"})
    assert [one.problem.code for one in other.context["wrong"]] == ["T023"]
    beyond = auditor.post(where, {"lines": f"999999 {seal}"})
    assert [one.problem.code for one in beyond.context["wrong"]] == ["T024"]


@pytest.mark.parametrize("lines", ["你好", "12", "12 abc", "十二 " + "a" * 64, "999999999999999999999999 短"])
def test_what_holds_no_seal_is_said(at_desk: Callable[[str], Client], lines: str) -> None:
    refused = at_desk("auditor").post(f"{RECORD}seal/compare/", {"lines": lines})
    assert (refused.status_code, "没有封条" in refused.content.decode()) == (422, True)


def test_a_cut_tail_is_found_by_the_seals_noted_on_the_site(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    with writing():
        record(cast.by("auditor"), "record.search")
    note_anchor("本子", cast.by("auditor"))
    sequence, _ = head()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_ledgerentry WHERE sequence >= %s", [sequence - 1])
        cursor.execute(
            "UPDATE store_ledgerhead SET (sequence, seal) = "
            "(SELECT sequence, seal FROM store_ledgerentry WHERE sequence = %s)",
            [sequence - 2],
        )
    assert verify().problems == (), "the chain alone does not show it"
    page = at_desk("auditor").post(f"{RECORD}verify/", follow=True).content.decode()
    assert "台账完好" not in page


def test_a_line_of_many_noted_seals_is_compared_in_few_questions(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    sequence, seal = head()
    with django_assert_max_num_queries(3):
        found, problems = compare_anchors(f"{sequence} {seal}\n" * 40)
    assert (len(found), problems) == (40, ())
    assert cast.people
