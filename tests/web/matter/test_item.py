"""The page of an item: what each of the cast sees and may do, and that two people never overwrite each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.store.models import Comment, EvidenceFile, LedgerEntry, Matter
from luoshi.store.moving import label_matter
from luoshi.supervise import workflow

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person

Enter = Callable[["Person"], Client]
DAY = date(2023, 5, 20)
PDF = b"%PDF-1.7 an acceptance"
MOST = 30


def offered(page: str) -> set[str]:
    """The moves that the page offers."""
    return set(re.findall(r"/moves/(\w+)/", page))


def page_of(client: Client, cast: Cast) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/items/{cast.matter}/")
    assert answer.status_code == 200
    assert len(asked) <= MOST
    return answer.content.decode()


def report(revision: int, **more: Any) -> dict[str, Any]:
    said = {"expected": revision, "key": "once", "percent": "60", "progress": "道面完成 1200 米", "difficulties": "无",
            "next_step": "6 月完工", "cause": "weather"}  # fmt: skip
    rows = {"evidence-TOTAL_FORMS": "2", "evidence-INITIAL_FORMS": "0"}
    return {**said, **rows, **more}


def post(client: Client, cast: Cast, move: str, data: dict[str, Any], **headers: str) -> Any:
    return client.post(f"/items/{cast.matter}/moves/{move}/", data, headers=headers)


@pytest.mark.parametrize(
    ("part", "there", "absent"),
    [
        ("liaison", {"report", "request_change", "claim_done", "fill_in"}, {"accept", "settle", "sign_too"}),
        ("helper", set(), {"report", "sign_too", "settle"}),
        ("supervisor", {"settle", "issue_slip", "note", "mark_false"}, {"report", "grant_change"}),
        ("leader", set(), {"report", "grant_change", "settle"}),
        ("director", {"override_light"}, {"report", "settle"}),
        ("inspector", {"confirm_node", "mark_false"}, {"report", "settle"}),
        ("government", {"fail"}, {"report"}),
    ],
)
def test_each_sees_the_item_and_is_offered_the_moves_of_the_own_role(
    played: Cast, enter: Enter, part: str, there: set[str], absent: set[str]
) -> None:
    page = page_of(enter(played.people[part]), played)
    found = offered(page)
    assert there <= found
    assert not absent & found
    for seen in (
        "6月底前完成松岗通用机场跑道延长工程",
        "区交通运输局",
        "严重滞后",
        "雨季影响摊铺",
        "道面完工",
        "三月连阴雨",
        "跑道北端",
    ):
        assert seen in page, seen


def test_a_deputy_sees_what_is_public_of_a_public_item_and_nothing_else(played: Cast, enter: Enter) -> None:
    client = enter(played.people["deputy"])
    assert client.get(f"/items/{played.matter}/").status_code == 404
    label_matter(played.matter, "public", played.by("director"), expected=played.body().revision, reason="已公布")
    page = page_of(client, played)
    assert "区交通运输局" in page
    for hidden in (
        "雨季影响摊铺",
        "三月连阴雨",
        "王华",
        "跑道北端",
        "监理月报",
        "道面完工",
        'id="history"',
        'id="talk"',
    ):
        assert hidden not in page, hidden
    assert offered(page) == set()
    assert client.get(f"/items/{played.matter}/moves/report/").status_code == 403


@pytest.mark.parametrize("move", [name for name in workflow().moves if name != "close_period"])
def test_every_move_of_the_workflow_has_a_form_with_what_it_needs(played: Cast, enter: Enter, move: str) -> None:
    """Whoever may not make it reads why; the rest get every field that the workflow asks for."""
    row = workflow().moves[move]
    state = Matter.objects.get(pk=played.matter).state
    for part, role in (("liaison", "lead"), ("supervisor", "office"), ("director", "director")):
        page = enter(played.people[part]).get(f"/items/{played.matter}/moves/{move}/").content.decode()
        if role in row.by and state in row.origins:
            for name in row.needs:
                assert f'name="{name}"' in page or f'name="{name}-0-' in page, (part, name)
        else:
            assert "banner-warning" in page
            assert 'class="move-form"' not in page


def test_an_unknown_move_and_one_of_the_clock_are_not_there(played: Cast, enter: Enter) -> None:
    client = enter(played.people["liaison"])
    for move in ("fly", "close_period"):
        assert client.get(f"/items/{played.matter}/moves/{move}/").status_code == 404


def test_a_report_with_its_file_moves_the_item_and_is_told(played: Cast, enter: Enter) -> None:
    client = enter(played.people["liaison"])
    proof = {"evidence-0-kind": "papers", "evidence-0-note": "监理月报", "evidence-0-openness": "public",
             "evidence-0-file": SimpleUploadedFile("五月.pdf", PDF)}  # fmt: skip
    answer = post(client, played, "report", report(played.body().revision, **proof))
    assert (answer.status_code, answer["Location"]) == (302, f"/items/{played.matter}/")
    body, file = played.body(), EvidenceFile.objects.get()
    assert (body.state, str(body.reported), body.evidence[-1].note) == ("reported", "60", "监理月报")
    assert (file.evidence, file.label, file.size, file.name) == (body.evidence[-1].id, "public", len(PDF), "五月.pdf")
    page = page_of(client, played)
    assert "已办：反馈进展" in page
    assert "五月.pdf" in page
    got = client.get(f"/items/files/{file.pk}/")
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("content", [b"", b"MZ a program", b"<script>alert(1)</script>"])
def test_a_file_that_is_not_taken_keeps_the_move_from_happening(played: Cast, enter: Enter, content: bytes) -> None:
    before = played.body()
    proof = {"evidence-0-kind": "papers", "evidence-0-file": SimpleUploadedFile("月报.pdf", content)}
    answer = post(enter(played.people["liaison"]), played, "report", report(before.revision, **proof))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不是 PDF、图片、Office 文档" in page
    assert "道面完成 1200 米" in page
    assert played.body() == before
    assert not EvidenceFile.objects.exists()


def test_a_guard_refuses_in_chinese_and_what_was_typed_stays(played: Cast, enter: Enter) -> None:
    before = played.body()
    answer = post(enter(played.people["liaison"]), played, "report", report(before.revision, cause="", percent="36"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "原因" in page.split('class="summary"')[1]
    assert "道面完成 1200 米" in page
    assert played.body() == before


def test_of_two_people_on_one_item_the_second_is_told_and_may_go_on(played: Cast, enter: Enter) -> None:
    seen = played.body().revision
    played.move("supervisor", "note", DAY, remark="区长关注")
    client = enter(played.people["liaison"])
    told = post(client, played, "report", report(seen)).content.decode()
    assert "您打开以后，别人改了什么" in told
    assert "督查室小督" in told
    assert "区长关注" in told
    assert "道面完成 1200 米" in told
    again = re.search(r'name="expected" value="(\d+)"', told)
    assert again is not None
    assert post(client, played, "report", report(int(again[1]))).status_code == 302
    assert (played.body().state, played.body().remark) == ("reported", "区长关注")


def test_the_same_click_twice_is_done_once(played: Cast, enter: Enter) -> None:
    client, data = enter(played.people["liaison"]), report(played.body().revision)
    assert post(client, played, "report", data).status_code == 302
    done = played.body()
    assert post(client, played, "report", data).status_code == 302
    assert played.body() == done


def test_whose_move_it_is_not_is_refused_and_the_refusal_is_recorded(played: Cast, enter: Enter) -> None:
    before = played.body()
    answer = post(enter(played.people["helper"]), played, "report", report(before.revision))
    assert answer.status_code == 422
    assert played.body() == before
    last = LedgerEntry.objects.last()
    assert last is not None
    assert (last.action, last.actor) == ("matter.refused", "发改局小章（helper）")


def test_htmx_gets_a_part_of_the_page_and_is_sent_onward(played: Cast, enter: Enter) -> None:
    client = enter(played.people["liaison"])
    part = client.get(f"/items/{played.matter}/moves/report/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "move-form" in part
    wrong = post(client, played, "report", report(played.body().revision, percent="160"), **{"HX-Request": "true"})
    assert (wrong.status_code, "summary" in wrong.content.decode()) == (200, True)
    fine = post(client, played, "report", report(played.body().revision, next="/today/"), **{"HX-Request": "true"})
    assert (fine.status_code, fine["HX-Redirect"]) == (204, "/today/")


def test_nobody_is_sent_to_another_site(played: Cast, enter: Enter) -> None:
    data = report(played.body().revision, next="https://elsewhere.example/")
    answer = post(enter(played.people["liaison"]), played, "report", data)
    assert answer["Location"] == f"/items/{played.matter}/"


def test_nodes_are_filed_row_by_row_and_half_a_row_is_no_node(cast: Cast, enter: Enter) -> None:
    cast.assigned()
    client = enter(cast.people["liaison"])
    assert post(client, cast, "sign", {"expected": cast.body().revision, "key": "s"}).status_code == 302
    rows = {"nodes-TOTAL_FORMS": "3", "nodes-INITIAL_FORMS": "0", "nodes-0-name": "开工", "nodes-0-day": "2023-05-25",
            "nodes-0-percent": "20", "nodes-1-name": "完工"}  # fmt: skip
    said = {"expected": cast.body().revision, "key": "p", "measures": "分段施工", "person": "王华", **rows}
    half = post(client, cast, "file_plan", said)
    assert half.status_code == 422
    assert "节点要写全" in half.content.decode()
    whole = {**said, "nodes-1-day": "2023-06-30", "nodes-1-percent": "100"}
    assert post(client, cast, "file_plan", whole).status_code == 302
    assert [(one.name, str(one.day), int(one.percent)) for one in cast.body().nodes] == [
        ("开工", "2023-05-25", 20),
        ("完工", "2023-06-30", 100),
    ]


def test_a_file_is_added_to_evidence_that_is_there(played: Cast, enter: Enter) -> None:
    client, address = enter(played.people["liaison"]), f"/items/{played.matter}/files/"
    data = {"evidence": "p1", "openness": "secret", "file": SimpleUploadedFile("a.pdf", PDF)}
    assert client.post(address, data).status_code == 302
    assert EvidenceFile.objects.get().label == "secret"
    assert (
        client.post(address, {**data, "evidence": "none", "file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 404
    )
    wrong = client.post(address, {**data, "file": SimpleUploadedFile("a.pdf", b"nothing")})
    assert wrong.status_code == 422
    assert EvidenceFile.objects.count() == 1


def test_files_are_for_those_who_see_the_item(played: Cast, enter: Enter) -> None:
    data = {"evidence": "p1", "openness": "internal", "file": SimpleUploadedFile("a.pdf", PDF)}
    enter(played.people["liaison"]).post(f"/items/{played.matter}/files/", data)
    address = f"/items/files/{EvidenceFile.objects.get().pk}/"
    assert enter(played.people["helper"]).get(address).status_code == 200
    assert enter(played.people["outsider"]).get(address).status_code == 404
    label_matter(played.matter, "public", played.by("director"), expected=played.body().revision, reason="已公布")
    assert enter(played.people["deputy"]).get(address).status_code == 404


def test_a_word_is_said_and_taken_back_by_whoever_said_it_alone(played: Cast, enter: Enter) -> None:
    helper, liaison = enter(played.people["helper"]), enter(played.people["liaison"])
    address = f"/items/{played.matter}/comments/"
    assert helper.post(address, {"text": "<b>气象预报</b>已发"}).status_code == 302
    page = page_of(liaison, played)
    assert "&lt;b&gt;气象预报&lt;/b&gt;已发" in page
    said = Comment.objects.get()
    assert liaison.post(f"{address}{said.pk}/back/").status_code == 404
    assert helper.post(f"{address}{said.pk}/back/").status_code == 302
    assert "气象预报" not in page_of(liaison, played)
    assert not LedgerEntry.objects.filter(body__contains="气象预报").exists()
    assert helper.post(address, {"text": " "}).status_code == 422


def test_the_director_labels_an_item_with_a_reason(played: Cast, enter: Enter) -> None:
    client, seen = enter(played.people["director"]), played.body().revision
    data = {"openness": "secret", "reason": "含未公开选址", "expected": seen}
    assert client.post(f"/items/{played.matter}/label/", {**data, "expected": seen - 1}).status_code == 422
    assert client.post(f"/items/{played.matter}/label/", data).status_code == 302
    assert Matter.objects.get(pk=played.matter).label == "secret"
    assert "含未公开选址" not in page_of(enter(played.people["helper"]), played).split('id="history"')[0]


def test_the_history_says_who_did_what_and_what_became_different(played: Cast, enter: Enter) -> None:
    page = page_of(enter(played.people["liaison"]), played).split('id="history"')[1]
    assert "<del>2023-06-30</del> → <ins>2023-07-31</ins>" in page
    assert "副区长孟（leader）" in page
    assert "2023-05-08" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_history_is_taken_away_as_a_table_that_runs_nothing(played: Cast, enter: Enter, kind: str) -> None:
    played.move("supervisor", "settle", DAY, reason="=HYPERLINK(0)")
    answer = enter(played.people["liaison"]).get(f"/items/{played.matter}/history.{kind}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if kind == "csv":
        assert "'=HYPERLINK(0)" in answer.content.decode("utf-8-sig")
    else:
        assert answer.content.startswith(b"PK")
    assert enter(played.people["liaison"]).get(f"/items/{played.matter}/history.exe").status_code == 404


def test_a_drift_stands_with_what_was_promised_first(played: Cast, enter: Enter) -> None:
    page = page_of(enter(played.people["supervisor"]), played)
    assert "立项以后改过的承诺" in page
    assert "最初时限" in page


def test_in_english_the_chrome_is_english(played: Cast, enter: Enter) -> None:
    client = enter(played.people["liaison"])
    client.cookies["luoshi_language"] = "en"
    page = page_of(client, played)
    for word in ("Waits for", "lead unit", "report", "Duties"):
        assert word in page, word
