"""Small reports written for these tests, with the plan that a careful reader makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pypdfium2
import pytest

from luoshi.plan.model import Commitment, Deadline, Facts, Figure, Indicator, Item, Member, Plan, Rung, Section
from luoshi.source import Document

NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:余|多)?([^\d，。、；余多\s]*)")


@dataclass
class Report:
    """A report being written: say a sentence, then name what stands in it."""

    text: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    ladder: list[Rung] = field(default_factory=list)
    last: int = 0

    def part(self, role: str, number: str = "", title: str = "", parent: str | None = None) -> str:
        """Open a section; its heading, if any, is a line of its own. Gives its id."""
        start = len(self.text)
        if number or title:
            self.text += number + title + "\n"
        name = f"s{len(self.sections) + 1}"
        self.sections.append(
            Section(id=name, parent=parent, number=number, title=title, role=role, start=start, end=start)  # type: ignore[arg-type]
        )
        return name

    def say(self, sentence: str) -> Report:
        """Add a sentence to the section opened last (and to those around it)."""
        self.last = len(self.text)
        self.text += sentence + "\n"
        return self

    def figure(self, text: str, indicator: str | None, unit: str | None = None, **fields: Any) -> str:
        """The figure ``text`` of the last sentence, of ``indicator`` in the same sentence. Gives its id."""
        start = self.text.index(text, self.last)
        found = NUMBER.match(text)
        value = fields.pop("value", found[1] if found else text)
        named = None
        if indicator is not None:
            at = self.text.index(indicator, self.last)
            named = Indicator(text=indicator, start=at, end=at + len(indicator))
        name = f"f{len(self.figures) + 1}"
        self.figures.append(
            Figure(
                id=name,
                start=start,
                end=start + len(text),
                text=text,
                value=value,
                unit=unit if unit is not None else (found[2] if found else ""),
                indicator=named,
                section=self.sections[-1].id,
                rule="test",
                **fields,
            )
        )
        return name

    def promise(self, text: str, kind: str, *figures: str, by: str | None = None, **fields: Any) -> str:
        """A commitment of the last sentence and the item it makes. Gives the item's id."""
        start = self.text.index(text, self.last)
        number = len(self.items) + 1
        deadline = Deadline(text=by, basis="stated") if by else Deadline(basis="term")
        shared = {"kind": kind, "section": self.sections[-1].id, "deadline": deadline, "figures": figures}
        self.commitments.append(
            Commitment(
                id=f"c{number}",
                start=start,
                end=start + len(text),
                text=text,
                rule="test",
                strength=fields.pop("strength", "own"),
                **shared,  # type: ignore[arg-type]
            )
        )
        title = fields.pop("title", text)
        self.items.append(Item(id=f"i{number}", title=title, commitments=(f"c{number}",), **shared, **fields))  # type: ignore[arg-type]
        return f"i{number}"

    def rung(self, count: int, text: str, *members: str) -> None:
        """A rung of the number ladder, with a line of its own for each member."""
        start = len(self.text)
        self.text += text + "\n"
        found = []
        for member in members:
            found.append(Member(text=member, start=len(self.text), end=len(self.text) + len(member)))
            self.text += member + "\n"
        self.ladder.append(Rung(count=count, text=text, start=start, end=start + len(text), members=tuple(found)))

    def done(self) -> tuple[Plan, Document]:
        """The finished report: the plan and the document."""
        document = Document.from_text(self.text, "云岭县-2023.txt")
        closed = []
        for at, section in enumerate(self.sections):
            after = [s.start for s in self.sections[at + 1 :] if not self._within(s, section.id)]
            closed.append(section.model_copy(update={"end": min(after, default=len(self.text))}))
        year = {"title": "政府工作报告", "place": "云岭县", "level": "county", "year": 2023}
        year |= {"term": (date(2023, 1, 1), date(2023, 12, 31)), "source": document.source, "sha256": document.sha256}
        facts = Facts(**{**year, "characters": len(self.text), **self.facts})  # type: ignore[arg-type]
        plan = Plan(
            document=facts,
            sections=tuple(closed),
            figures=tuple(sorted(self.figures, key=lambda one: one.start)),
            commitments=tuple(self.commitments),
            items=tuple(self.items),
            ladder=tuple(self.ladder),
        )
        return plan, document

    def _within(self, section: Section, name: str) -> bool:
        parents = {one.id: one.parent for one in self.sections}
        parent = section.parent
        while parent:
            if parent == name:
                return True
            parent = parents.get(parent)
        return False


def annual() -> Report:
    """A county's annual report in small: review, targets, two themes, a livelihood list, a title to be won."""
    report = Report()
    report.part("review", "一、", "2022年工作回顾")
    report.say("初步核算，全县生产总值完成173.4亿元，比上年增长6.5%。")
    report.figure("173.4亿元", "全县生产总值")
    report.figure("6.5%", "全县生产总值", measure="growth", direction="up")
    report.say("县级财力稳步向好，一般公共预算收入达到14.36亿元。")
    report.figure("14.36亿元", "一般公共预算收入")
    report.say("城乡居民人均可支配收入分别达到36120元和19860元。")
    report.figure("36120元", "城乡居民人均可支配收入")
    report.figure("19860元", "城乡居民人均可支配收入")
    report.say("路网越织越密，改造农村公路120余公里。")
    report.figure("120余公里", "农村公路", comparator="gt")
    plan = report.part("plan", "二、", "2023年主要任务")
    report.part("targets", parent=plan)
    report.say("今年的预期目标：地区生产总值增长7%左右，城镇新增就业3500人以上，失业率控制在5.5%以内。")
    gdp = report.figure("7%", "地区生产总值", measure="growth", direction="up", tense="plan", comparator="approx")
    report.promise("地区生产总值增长7%左右", "target", gdp)
    jobs = report.figure("3500人", "城镇新增就业", tense="plan", comparator="ge")
    report.promise("城镇新增就业3500人以上", "target", jobs)
    rate = report.figure("5.5%", "失业率", tense="plan", comparator="le")
    report.promise("失业率控制在5.5%以内", "hold", rate)
    report.part("plan", "（一）", "兴产业，做强工业骨架", parent=plan)
    report.say("城北标准厂房6月底前全部封顶，年内再签约亿元以上企业12家。")
    report.promise("城北标准厂房6月底前全部封顶", "project", by="6月底前")
    firms = report.figure("12家", "亿元以上企业", tense="plan")
    report.promise("年内再签约亿元以上企业12家", "target", firms, by="年内")
    report.say("办好企业家早餐会，争取省级开发区扩区获批。")
    report.promise("办好企业家早餐会", "action")
    report.promise("争取省级开发区扩区获批", "recognition", strength="seek")
    report.part("plan", "（二）", "惠民生，办好身边小事", parent=plan)
    report.say("县第二小学秋季开学前投入使用，新增学位1080个。")
    seats = report.figure("1080个", "新增学位", tense="plan")
    report.promise("县第二小学秋季开学前投入使用", "project", by="秋季开学前")
    report.promise("新增学位1080个", "target", seats)
    report.part("livelihood", "三、", "十件民生实事")
    for number, (thing, figure) in enumerate([("改造老旧小区15个", "15个"), ("新建口袋公园4处", "4处")], 1):
        report.say(f"{number}．{thing}。")
        report.promise(thing, "target", report.figure(figure, thing[2:6], tense="plan"))
    return report


def five_year() -> Report:
    """A five-year report in small, with a number ladder in a box and no stretch of targets."""
    report = annual()
    report.facts["term"] = (date(2022, 1, 1), date(2026, 12, 31))
    report.part("box", "", "数读")
    report.rung(1, "一个目标定位", "湖畔工贸新城")
    report.rung(2, "两条主线", "工业立县", "文旅兴县")
    report.rung(3, "三大产业集群", "智能装备规模突破500亿元", "绿色食品规模达到150亿元", "新型材料规模达到100亿元")
    return report


@pytest.fixture
def report() -> Report:
    """An empty report to write."""
    return Report()


@pytest.fixture
def annual_report() -> Report:
    return annual()


@pytest.fixture
def five_year_report() -> Report:
    return five_year()


@pytest.fixture
def read_pdf() -> Callable[[bytes], str]:
    """The words of a PDF file."""

    def read(pdf: bytes) -> str:
        opened = pypdfium2.PdfDocument(pdf)
        return "\n".join(page.get_textpage().get_text_range() for page in opened)

    return read
