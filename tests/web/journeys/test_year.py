"""A year in a district, in a real browser: from the report that is uploaded to the record that the auditor verifies.

Told in chapters: each is what one of them relies on, and goes on where the one before has ended.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from luoshi.examples import sample
from luoshi.store.columns import body_of
from luoshi.store.models import Finding, LedgerEntry, Matter, Message, Person, Reading, Report
from luoshi.store.verifying import verify

if TYPE_CHECKING:
    from conftest import Year

LEAD, HELP = "区交通运输局", "区发展和改革局"
ITEM = "完成松岗通用机场"


def test_a_year_in_a_district(year: Any, proof: str) -> None:
    somebody_is_let_in(year)
    the_report_becomes_items(year)
    an_item_is_given_to_a_unit(year)
    the_unit_plans_and_reports(year, proof)
    the_office_chases(year)
    more_time_is_asked_for_and_given(year)
    the_place_is_looked_at(year)
    figures_come_in(year)
    it_is_done_and_proved(year, proof)
    somebody_looks_again(year)
    deputies_judge(year)
    everybody_may_read_it(year)
    nothing_was_lost(year)


def state(year: Year) -> str:
    return Matter.objects.get(pk=year.item).state


def somebody_is_let_in(year: Year) -> None:
    """One administrator makes the account, another gives the role; the password is good for once."""
    page = year.page("system_admin", "/administration/people/new/")
    page.locator("[name=username]").fill("xiaolu")
    page.locator("[name=name]").fill("交通局小路")
    page.locator("main form button").last.click()
    expect(page.locator("h1")).to_contain_text("一次性密码")
    password = page.locator("main code").inner_text()
    person = Person.objects.get(username="xiaolu")
    page = year.page("security_admin", f"/administration/people/{person.pk}/")
    page.locator("[name=role]").select_option("liaison")
    page.locator("[name=unit]").select_option(label=LEAD)
    page.get_by_role("button", name="授予").click()
    expect(page.locator(".banner-good")).to_contain_text("角色已授予")
    page = year.page("liaison", "/account/login/")
    page.get_by_label("用户名").fill("xiaolu")
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_contain_text("改密码")
    page.locator("[name=oldpassword]").fill(password)
    for name in ("password1", "password2"):
        page.locator(f"[name={name}]").fill("Chengguan-9-lu-deng")
    page.get_by_role("button", name="保存新密码").click()
    expect(page.locator("[name=oldpassword]")).to_have_value("")
    page.goto(year.site)
    expect(page.locator("h1")).to_contain_text("我的今天")
    expect(page.locator(".person-name")).to_have_text("交通局小路")


def the_report_becomes_items(year: Year) -> None:
    """The office uploads the report, sees what was read, takes all of it, and confirms the units of a unit at once."""
    page = year.page("supervisor", "/reports/new/")
    page.set_input_files("#id_file", str(sample("songgang-2023")))
    page.get_by_role("button", name="上传并读").click()
    page.get_by_role("button", name="整份导入").click()
    expect(page.locator(".reader-text")).to_be_visible()
    report = Report.objects.get()
    assert Matter.objects.filter(report=report).count() > 80
    page.get_by_role("link", name="确认单位").click()
    page.get_by_role("button", name="这个单位的全部确认").and_(page.locator(":enabled")).first.click()
    expect(page.get_by_role("status").filter(has_text="已确认")).to_have_count(1)
    year.item = Matter.objects.get(title__startswith=ITEM).pk


def an_item_is_given_to_a_unit(year: Year) -> None:
    """Proposed, approved with a deadline and a unit, assigned; the unit is told and signs for it on its own page."""
    year.move("supervisor", "propose")
    year.move("director", "approve", due="2023-06-30", lead=LEAD, help=HELP, leader="leader-1")
    year.move("supervisor", "assign")
    assert Message.objects.filter(document="assignment", unit__name=LEAD).exists()
    page = year.page("liaison", f"/units/{year.cast.units[LEAD].pk}/")
    expect(page.locator("#sign")).to_contain_text(ITEM)
    page.get_by_role("button", name="签收选中的").click()
    expect(page.locator(".banner-good")).to_be_visible()
    assert state(year) == "signed"
    year.move("helper", "sign_too")
    outsider = year.page("outsider", f"/items/{year.item}/")
    expect(outsider.locator("h1")).not_to_contain_text(ITEM)


def the_unit_plans_and_reports(year: Year, proof: str) -> None:
    """A plan of work with nodes; a report that the office returns, and one that it accepts for less than was said."""
    year.on(date(2023, 2, 8))
    nodes = {"nodes__0__name": "初步设计批复", "nodes__0__day": "2023-04-10", "nodes__0__percent": "40",
             "nodes__1__name": "道面完工", "nodes__1__day": "2023-06-15", "nodes__1__percent": "90"}  # fmt: skip
    year.move("liaison", "file_plan", measures="分两段摊铺", person="王华", **nodes)
    year.move("supervisor", "start")
    year.on(date(2023, 3, 20))
    said = {"progress": "基层完成 800 米", "difficulties": "无", "next_step": "四月完成面层"}
    shown = {"evidence__0__kind": "papers", "evidence__0__note": "监理月报", "evidence__0__day": "2023-03-18",
             "evidence__0__openness": "public", "evidence__0__file": proof}  # fmt: skip
    year.move("liaison", "report", percent="30", **said)
    page = year.move("supervisor", "return_report", reason="没有佐证，请补")
    assert state(year) == "returned"
    page = year.page("liaison", f"/items/{year.item}/")
    expect(page.locator("main")).to_contain_text("没有佐证，请补")
    year.move("liaison", "report", percent="30", **said, **shown)
    expect(
        year.page("supervisor", f"/items/{year.item}/").get_by_role("link", name="监理月报.pdf").first
    ).to_be_visible()
    year.move("supervisor", "accept", verified="25")
    body = body_of(Matter.objects.select_related("body").get(pk=year.item))
    assert (body.state, body.reported, body.verified) == ("running", 30, 25)


def the_office_chases(year: Year) -> None:
    """A node has passed without being met: the item stands in the queue of those to chase, and the unit is told."""
    year.on(date(2023, 5, 10))
    page = year.page("supervisor", "/supervision/queues/late/")
    row = page.locator("tbody tr", has_text=ITEM)
    expect(row).to_have_count(1)
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="催办选中的").click()
    expect(page.get_by_text("催办：已办 1 项")).to_be_visible()
    assert state(year) == "reminded"
    expect(year.page("liaison", "/today/").locator("main")).to_contain_text(ITEM)


def more_time_is_asked_for_and_given(year: Year) -> None:
    """Two people have the same form open: the first wins; the second is told what changed and keeps the words typed."""
    asked = {"request": "extend", "due": "2023-08-31", "reason": "三月连阴雨", "progress": "基层完成 800 米"}
    late = year.form("head", "request_change", **{**asked, "reason": "负责人也在写"})
    year.move("liaison", "request_change", **asked)
    late.locator(".move-form .buttons button").click()
    expect(late.locator(".banner-warning")).to_contain_text("交通局小路")
    expect(late.locator("[name=reason]")).to_have_value("负责人也在写")
    year.move("supervisor", "check_change", note="情况属实")
    year.move("leader", "grant_change")
    assert Matter.objects.get(pk=year.item).due == date(2023, 8, 31)


def the_place_is_looked_at(year: Year) -> None:
    """A visit within the cap; what it finds, the unit puts right, the inspector closes."""
    page = year.page("supervisor", "/supervision/inspections/")
    page.get_by_role("checkbox", name=re.compile(LEAD)).check()
    page.get_by_role("button", name="排定选中的").click()
    page.get_by_role("link", name=LEAD).click()
    page.locator("#v-words").fill("现场进度慢")
    page.get_by_role("button", name="记下检查").click()
    page.locator("main [name=text]").fill("台账与现场不符")
    page.locator("[name=demand]").fill("十日内补齐")
    page.locator("[name=due]").fill("2023-05-25")
    page.get_by_role("button", name="记下并告知单位").click()
    expect(page.locator("main")).to_contain_text("台账与现场不符")
    unit = year.page("liaison", "/supervision/findings/")
    unit.locator("main form textarea, main form [name=words]").first.fill("已补 3 份")
    unit.get_by_role("button", name="答复").click()
    expect(unit.get_by_role("button", name="答复")).to_have_count(0)
    inspector = year.page("inspector", "/supervision/findings/")
    inspector.get_by_role("button", name="销号").click()
    expect(inspector.get_by_role("button", name="销号")).to_have_count(0)
    assert Finding.objects.get().state == "closed"


def figures_come_in(year: Year) -> None:
    """Readings as a table are shown first and then taken whole; the indicator has a light, and the reason beside it."""
    page = year.page("supervisor", f"/indicators/{Report.objects.get().pk}/import/")
    table = "指标,期间,数值,单位\n农村公路提质改造,2023年1—4月,3,公里\n"
    page.locator("[name=file]").set_input_files({"name": "读数.csv", "mimeType": "text/csv", "buffer": table.encode()})
    page.locator("main form button").last.click()
    expect(page.locator("main")).to_contain_text("新增")
    assert not Reading.objects.exists()
    page.get_by_role("button", name=re.compile("导入")).last.click()
    expect(page.locator(".banner-good")).to_be_visible()
    assert Reading.objects.get().value == 3
    page.goto(f"{year.site}/indicators/?q=农村公路")
    row = page.locator("main tbody tr", has_text="农村公路").first
    expect(row).to_contain_text("3公里")
    expect(row).to_contain_text("实际 12.5")


def it_is_done_and_proved(year: Year, proof: str) -> None:
    """Claimed with papers, checked on the spot by others than those who did it, closed by the leader."""
    year.on(date(2023, 8, 20))
    shown = {"evidence__0__kind": "acceptance", "evidence__0__note": "竣工验收", "evidence__0__day": "2023-08-15",
             "evidence__0__file": proof}  # fmt: skip
    year.move("liaison", "claim_done", done_on="2023-08-15", summary="跑道延长完成并验收", **shown)
    year.move("inspector", "start_check")
    seen = {"evidence__0__kind": "site_check", "evidence__0__note": "现场核查", "evidence__0__day": "2023-08-20"}
    year.move("inspector", "record_check", conclusion="现场与材料一致", **seen)
    year.move("leader", "close")
    assert state(year) == "closed"


def somebody_looks_again(year: Year) -> None:
    """Months later the office looks whether what was done still stands."""
    year.on(date(2023, 12, 4))
    year.move("supervisor", "look_back")
    year.move("inspector", "hold_good", conclusion="保持良好", effect="seen")
    assert state(year) == "archived"


def deputies_judge(year: Year) -> None:
    """What is public is put to the deputies, in secret; the result is told when the ballot is over."""
    director = year.page("director", f"/publishing/{Report.objects.get().pk}/")
    director.get_by_role("button", name="把报告标为公开").click()
    expect(director.get_by_role("button", name="把报告标为内部")).to_be_visible()
    director.goto(f"{year.site}/items/{year.item}/")
    label(director)
    page = year.page("supervisor", "/deputies/ballots/new/")
    page.locator("[name=title]").fill("2023年测评")
    page.locator("[name=opens]").fill("2023-12-01")
    page.locator("[name=closes]").fill("2023-12-20")
    page.locator("[name=secret]").check()
    page.get_by_label(re.compile(ITEM)).check()
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_role("button", name="开始投票").click()
    expect(page.get_by_role("button", name="截止")).to_be_visible()
    deputy = year.page("deputy", "/deputies/")
    deputy.get_by_role("link", name="2023年测评").click()
    deputy.get_by_role("radio", name="满意", exact=True).check()
    deputy.get_by_role("button", name="投票", exact=True).click()
    expect(deputy.get_by_text("您已经投过")).to_be_visible()
    page.get_by_role("button", name="截止").click()
    expect(page.get_by_text("100.0%").first).to_be_visible()


def label(page: Any) -> None:
    """The director labels the item public, on its own page."""
    form = page.locator("form[action$='/label/']").first
    page.locator("details", has=form).first.evaluate("one => one.open = true")
    form.locator("[name=openness]").select_option("public")
    form.locator("[name=reason]").fill("已公布")
    form.locator("button").click()
    expect(page.locator(".banner-good").first).to_be_visible()


def everybody_may_read_it(year: Year) -> None:
    """Published by a button; who has never signed in reads what was promised and what came of it."""
    report = Report.objects.get().pk
    page = year.page("director", f"/publishing/{report}/")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("link", name="打开公开的网页")).to_be_visible()
    resident = year.page("resident", f"/public/{report}/")
    expect(resident.locator("h1").first).to_be_visible()


def nothing_was_lost(year: Year) -> None:
    """Every step stands in the record on its day; the auditor verifies the chain and keeps its seal."""
    page = year.page("auditor", "/administration/record/verified/")
    page.locator("main form .button-primary").first.click()
    expect(page.locator("main")).to_contain_text("完好")
    assert verify().problems == ()
    moves = LedgerEntry.objects.filter(action="matter.move", subject=f"matter:{year.item}").count()
    assert moves >= 17
