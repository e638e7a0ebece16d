"""Plans for the tests of the door: a small district that does not exist."""

from __future__ import annotations

from luoshi.plan import Deadline, Duty, Item, Plan
from luoshi.plan.model import Facts


def item(name: str, title: str, kind: str, day: str | None, *, lead: str | None = None, basis: str = "stated") -> Item:
    deadline = Deadline.model_validate({"date": day, "basis": basis if day else "none"})
    return Item.model_validate(
        {
            "id": name,
            "title": title,
            "kind": kind,
            "deadline": deadline,
            "lead": lead and Duty(unit=lead, basis="stated"),
        }
    )


def plan(*items: Item) -> Plan:
    return Plan(document=Facts(title="云水区人民政府工作报告", place="云水区"), items=items)


BRIDGE = item("i1", "云水大桥开工", "project", "2026-06-30", lead="区交通运输局")
HOMES = item("i2", "改造老旧小区30个", "target", "2026-12-31", lead="区住房和城乡建设局", basis="section")
TITLE = item("i3", "创建省级卫生城区", "recognition", "2026-12-31")
GROWTH = item("i4", "地区生产总值增长7%左右", "target", "2026-12-31")
SLOGAN = item("i5", "奋勇争先", "slogan", None)
RULES = item("i6", "出台营商环境办法", "action", "2026-12-31", lead="区行政审批局")
UNDATED = item("i7", "修缮老戏台", "project", None)
DISTRICT = plan(BRIDGE, HOMES, TITLE, GROWTH, SLOGAN, RULES, UNDATED)
