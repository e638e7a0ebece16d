"""Each kind of paper: whom it is due for, what it must say, what it leaves to be filled in by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from luoshi.plan.model import Openness
from luoshi.problems import Problem, Unreadable
from luoshi.publish.dossier import Dossier
from luoshi.publish.papers import Papers, Wish, all_papers, kinds, papers
from luoshi.supervise import Evidence, Matter, obligations
from luoshi.supervise.model import Drift, Milestone, Request, Slip

Text = Callable[[bytes], str]
Of = Callable[..., Dossier]
TODAY = date(2023, 10, 16)


def matter(**more: object) -> Matter:
    about: dict[str, object] = {
        "id": "i16", "title": "完成松岗通用机场跑道延长工程", "kind": "project", "state": "running",
        "since": date(2023, 3, 1), "begin": date(2023, 1, 1), "started": date(2023, 3, 1), "due": date(2023, 6, 30),
        "lead": "区交通运输局", "leader": "副区长", "reported": Decimal(60), "verified": Decimal(50),
        "reported_on": date(2023, 9, 28), "verified_on": date(2023, 9, 20),
    }  # fmt: skip
    return Matter.model_validate(about | more)


def one(whole: Dossier, kind: str, text: Text, **wish: object) -> str:
    """The text of the only paper of ``kind``."""
    made = papers(whole, kind, Wish(formats=("docx",), **wish))  # type: ignore[arg-type]
    (file,) = made.files.values()
    return text(file)


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_kind_can_be_made_for_the_sample(made: Callable[[str], Papers], text: Text, kind: str) -> None:
    for name, file in made(kind).files.items():
        assert name.startswith(kinds()[kind].zh)
        told = text(file)
        assert "{{" not in told
        assert "{%" not in told
        assert "None" not in told
        assert "未核实（未核实）" not in told


NEEDED = {
    "assignment": ("责任分解", "报告原句", "牵头单位", "配合单位", "完成时限", "时限依据", "请遵照执行"),
    "notice": ("督查通知单", "依据", "办理要求", "完成时限", "联系人", "王敏", "签收回执", "签收人", "职责异议"),
    "chaser": ("催办通知书", "请于", "已经逾期", "5个工作日", "抄送"),
    "slip": ("督查单", "整改要求", "答复期限", "审签", "原因"),
    "change": ("延期（调整）申请审批表", "理由", "督查室初核", "责任领导审批"),
    "record": ("核查记录", "佐证逐件核对", "核查结论", "签字（两人以上）"),
    "brief": ("需要协调和决定的事项", "突出问题", "下一步打算"),
    "bulletin": ("一、总体情况", "二、分类情况", "三、存在问题", "四、下一步要求", "附件", "抄送", "个百分点"),
    "completion": ("办结报告", "佐证材料", "销号单", "核查结论", "批办领导意见"),
    "scores": ("S1", "S2", "S3", "得分（含自报）", "得分（仅核实）", "规则出处"),
    "congress": ("请予审议", "自报平均进度", "经核实的平均进度", "没有做到的和原因"),
    "deputies": ("代表审议表", "满意度测评票", "基本满意", "计票表", "无记名"),
}


@pytest.mark.parametrize(("kind", "words"), NEEDED.items())
def test_a_paper_says_what_its_kind_must_say(
    first: Callable[[str], bytes], text: Text, kind: str, words: tuple[str, ...]
) -> None:
    told = text(first(kind))
    assert [word for word in words if word not in told] == []


def test_every_kind_has_its_words_under_test() -> None:
    assert set(NEEDED) == set(kinds())


# ── for which matters ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "more", "due"),
    [
        ("notice", {"state": "assigned"}, True),
        ("notice", {"state": "running"}, False),
        ("chaser", {"state": "reminded"}, True),
        ("chaser", {"state": "running"}, True),
        ("chaser", {"due": date(2023, 12, 31), "reported_on": TODAY}, False),
        ("chaser", {"state": "done_claimed"}, False),
        ("slip", {}, True),
        ("slip", {"due": date(2023, 12, 31), "verified": Decimal(90), "evidence": "site"}, False),
        ("change", {"requests": "open"}, True),
        ("change", {"requests": "settled"}, False),
        ("record", {"state": "verifying"}, True),
        ("record", {"state": "closed"}, False),
        ("completion", {"state": "closed"}, True),
        ("completion", {"state": "running"}, False),
    ],
)
def test_a_paper_is_due_for_those_whose_state_asks_for_it(
    of: Of, kind: str, more: dict[str, object], due: bool
) -> None:
    proofs = {"site": (Evidence(id="e1", kind="site_check", day=TODAY),)}
    asked = {"open": None, "settled": True}
    about = dict(more)
    if "evidence" in about:
        about |= {"evidence": proofs["site"], "verified_on": TODAY, "reported_on": TODAY}
    if "requests" in about:
        about["requests"] = (Request(kind="extend", day=TODAY, reason="征拆", granted=asked[str(about["requests"])]),)
    made = papers(of([matter(**about)]), kind, Wish(formats=("docx",)))
    assert bool(made.files) is due
    assert ("F006" in [found.code for found in made.problems]) is not due


def test_named_items_get_their_paper_whatever_their_state(of: Of) -> None:
    made = papers(of([matter(state="archived")]), "notice", Wish(items=("i16",), formats=("docx",)))
    assert list(made.files) == ["督查通知单-i16.docx"]


def test_an_item_that_is_not_there_is_refused(of: Of) -> None:
    with pytest.raises(Unreadable) as refused:
        papers(of(), "notice", Wish(items=("i16", "i999", "x")))
    assert [found.code for found in refused.value.problems] == ["F005", "F005"]


def test_one_unit_gets_its_own_papers_only(whole: Dossier) -> None:
    every = papers(whole, "chaser", Wish(formats=("docx",))).files
    own = papers(whole, "chaser", Wish(unit="区商务局", formats=("docx",))).files
    assert set(own) < set(every)
    assert own


# ── what they say ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_notice_names_the_sentence_and_the_limits_of_the_workflow(of: Of, text: Text) -> None:
    told = one(of([matter(state="assigned", since=date(2023, 10, 16))]), "notice", text)
    assert "6月底前完成松岗通用机场跑道延长工程" in told
    assert "2023年10月17日" in told, "signed for within one working day"
    assert "2023年10月26日前报" in told, "and the plan within seven after that"


def test_a_chaser_lists_what_is_late_and_by_how_many_days(of: Of, text: Text) -> None:
    whole = of([matter()])
    told = one(whole, "chaser", text)
    late = [each for each in obligations(whole.matters[15], TODAY, whole.rules) if each.due < TODAY]
    assert late
    for each in late:
        assert f"已超期{(TODAY - each.due) // timedelta(days=1)}天" in told
    assert "请于2023年10月23日前" in told, "five working days, the week-end left out"


def test_a_slip_that_was_issued_keeps_its_colour_demand_and_day(of: Of, text: Text) -> None:
    slip = Slip(colour="orange", day=date(2023, 10, 9), answer_by=date(2023, 10, 20), demand="十天内复工")
    told = one(of([matter(state="escalated", slips=(slip,))]), "slip", text)
    assert "◈橙色督查单" in told
    assert "十天内复工" in told
    assert "2023年10月20日" in told
    assert "拟发" not in told


def test_a_slip_that_is_due_is_marked_as_a_draft(of: Of, text: Text) -> None:
    told = one(of([matter()]), "slip", text)
    assert "◇蓝色督查单" in told
    assert "（拟发，待审签）" in told


def test_a_request_shows_old_and_new_and_whether_it_came_in_time(of: Of, text: Text) -> None:
    late = Request(kind="extend", day=date(2023, 7, 5), reason="雨季停工", due=date(2023, 11, 30))
    told = one(of([matter(requests=(late,))]), "change", text)
    assert "延期（在时限之后提出）" in told
    assert "时限调整为2023年11月30日" in told
    assert "雨季停工" in told
    assert "2023年6月30日" in told
    assert "待审批" in told


def test_without_a_request_the_form_is_blank_to_fill_in(of: Of, text: Text) -> None:
    told = one(of([matter()]), "change", text, items=("i16",))
    assert "□延期　□改目标" in told


def test_a_record_lists_evidence_and_nodes_and_says_what_is_refuted(of: Of, text: Text) -> None:
    proofs = (
        Evidence(id="e1", kind="photo", day=date(2023, 9, 1), place="跑道西端", note="摊铺现场", false=True),
        Evidence(id="e2", kind="acceptance", day=date(2023, 9, 9)),
    )
    nodes = (Milestone(name="基层完工", day=date(2023, 4, 28), percent=Decimal(50)),)
    told = one(of([matter(state="verifying", evidence=proofs, nodes=nodes)]), "record", text)
    assert "跑道西端" in told
    assert "失实" in told
    assert "竣工验收备案" in told
    assert f"超期{(TODAY - date(2023, 4, 28)).days}天" in told


def test_evidence_found_false_is_not_counted_as_relied_on(of: Of, text: Text) -> None:
    proofs = (Evidence(id="e1", kind="photo", day=date(2023, 9, 1), false=True),)
    told = one(of([matter(state="closed", done_on=date(2023, 9, 9), evidence=proofs)]), "completion", text)
    assert "已认定失实，不予采信" in told
    assert "采信佐证\n无（" in told


def test_changes_are_told_with_days_as_people_write_them(of: Of, text: Text) -> None:
    moved = Drift(day=date(2023, 6, 21), field="due", before="2023-06-30", after="2023-08-31", reason="雨季")
    told = one(of([matter(drift=(moved,))]), "brief", text)
    assert "完成时限由“2023年6月30日”改为“2023年8月31日”，理由：雨季" in told


def test_what_needs_a_decision_comes_first_in_the_report_to_leaders(of: Of, text: Text) -> None:
    told = one(of([matter(ask="请资规局先行用地", cause="land")]), "brief", text)
    asked = told.split("二、需要协调和决定的事项")[1].split("三、突出问题")[0]
    assert "请资规局先行用地" in asked
    assert "原因：用地" in asked


# ── the deputies' packet ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_packet_has_the_livelihood_projects_with_both_numbers(whole: Dossier, text: Text) -> None:
    told = one(whole, "deputies", text)
    roles = {section.id: section.role for section in whole.plan.sections}
    own = [case for case in whole.cases if case.item and roles.get(case.item.section or "") == "livelihood"
           and case.matter.state != "superseded"]  # fmt: skip
    assert f"共{len(own)}项" in told
    for case in own:
        assert f"{case.matter.reported.normalize():f}%／{case.matter.verified.normalize():f}%" in told
        assert told.count(" ".join(case.matter.title.split())) >= 2, "on the ballot and on the sheet of counts"
    assert told.count("□") == 3 * len(own)


def test_any_items_can_be_put_to_the_deputies(whole: Dossier, text: Text) -> None:
    told = one(whole, "deputies", text, items=("i16", "i17"))
    assert "共2项" in told
    assert told.count("□") == 6


@pytest.mark.parametrize(("openness", "codes"), [("public", 1), ("internal", 0), ("secret", 0), (None, 1)])
def test_a_code_leads_to_a_page_only_where_there_is_one(of: Of, openness: Openness | None, codes: int) -> None:
    import docx

    whole = of([matter(openness=openness)], office='site = "https://songgang.example/"')
    (file,) = papers(whole, "deputies", Wish(items=("i16",), formats=("docx",))).files.values()
    shapes = docx.Document(io.BytesIO(file)).inline_shapes
    assert len(shapes) == codes
    if codes:
        assert shapes[0]._inline.docPr.get("descr") == "https://songgang.example/item/i16.html"


def test_the_code_can_be_read_back() -> None:
    """The picture is the code of the address: drawn once more by the library it has the same modules."""
    import segno
    from PIL import Image

    from luoshi.publish.papers.pictures import code

    address = "https://songgang.example/item/i16.html"
    picture = Image.open(io.BytesIO(code(address))).convert("1")
    modules = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
    side = len(modules) + 4
    scale = picture.width // side
    seen = [
        bytes(int(not picture.getpixel(((x + 2) * scale, (y + 2) * scale))) for x in range(len(modules)))
        for y in range(len(modules))
    ]
    assert seen == modules


def test_without_a_site_there_are_no_codes_and_no_words_about_them(of: Of, text: Text) -> None:
    told = one(of([matter()]), "deputies", text, items=("i16",))
    assert "二维码" not in told


# ── all of them at once ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_product_has_every_paper_that_is_due_and_folders_for_many(of: Of) -> None:
    pieces = list(all_papers(of([matter()])))
    names = {piece[0] for piece in pieces if not isinstance(piece, Problem)}
    assert {"通报.docx", "通报.pdf", "人大书面报告.docx", "代表审议包.pdf"} <= names
    assert "催办通知书/催办通知书-i16.docx" in names
    assert not any(name.startswith("核查记录") for name in names)


def test_every_code_leads_to_a_page_that_the_site_has(whole: Dossier) -> None:
    """Papers and site are made from one dossier; a code that leads nowhere would be on every deputy's desk."""
    import docx

    from luoshi.publish.dossier import opened
    from luoshi.publish.site import site

    pages = {piece[0] for piece in site(opened(whole)) if not isinstance(piece, Problem)}
    (file,) = papers(whole, "deputies", Wish(formats=("docx",))).files.values()
    shapes = docx.Document(io.BytesIO(file)).inline_shapes
    addresses = {shape._inline.docPr.get("descr").removeprefix(f"{whole.office.site}/") for shape in shapes}
    assert addresses
    assert addresses <= pages
