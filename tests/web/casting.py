"""The cast of every test of store and web: a small district with one person of each role, and a report brought in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from luoshi import supervise
from luoshi.examples import sample
from luoshi.plan import Plan
from luoshi.read import read
from luoshi.source import Document
from luoshi.store.acting import SYSTEM, By
from luoshi.store.columns import body_of
from luoshi.store.models import Matter, Person, Report, Unit
from luoshi.store.moving import Moved, move_matter
from luoshi.store.people import add_person, add_post, grant_role, hand_over
from luoshi.store.reports import bring_in
from luoshi.store.units import add_unit

TODAY = date(2023, 3, 1)
LEAD, HELP, OTHER = "区交通运输局", "区发展和改革局", "区文化旅游广电体育局"
ROLES = {
    "supervisor": ("督查室小督", None),
    "director": ("主任老程", None),
    "inspector": ("督查组小严", None),
    "leader": ("副区长孟", None),
    "government": ("区长卢", None),
    "liaison": ("交通局小路", LEAD),
    "head": ("交通局局长", LEAD),
    "helper": ("发改局小章", HELP),
    "outsider": ("文旅局小游", OTHER),
    "deputy": ("代表老田", None),
    "system_admin": ("系统管理员", None),
    "security_admin": ("保密管理员", None),
    "auditor": ("审计员", None),
}
_GRANTED = {"helper": "liaison", "outsider": "liaison"}


@dataclass
class Cast:
    """The people by their part, the units by name, the report and the matter that the tests work on."""

    people: dict[str, Person] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    report: Report | None = None
    matter: int = 0
    elsewhere: int = 0

    def by(self, part: str) -> By:
        """Whoever plays ``part``, as the record knows them."""
        acts = {"supervisor": "office", "liaison": "lead", "head": "lead", "helper": "help", "outsider": "lead"}
        unit = ROLES[part][1] or ""
        return By(self.people[part], acts.get(part, part), unit, "leader-1" if part == "leader" else "")

    def walk(self, steps: Iterable[tuple[str, str, date, dict[str, Any]]]) -> Cast:
        """Make every move of ``steps`` (part, move, day, what is given), none of which may be refused."""
        for part, move, day, given in steps:
            moved = self.move(part, move, day, **given)
            assert moved.problems == (), (move, moved.problems)
        return self

    def move(self, part: str, move: str, today: date = TODAY, *, key: str = "", **given: object) -> Moved:
        """Make ``move`` on the matter as ``part``; the revision seen is the present one unless given."""
        row = Matter.objects.get(pk=self.matter)
        given.setdefault("expected", row.revision)
        event = supervise.Event.model_validate({"move": move, "by": self.by(part).actor(), **given})
        return move_matter(self.matter, event, today, self.by(part), key=key)

    def body(self) -> supervise.Matter:
        """The matter as the engine knows it."""
        return body_of(Matter.objects.select_related("body").get(pk=self.matter))

    def assigned(self) -> None:
        """Bring the matter to the point where its lead unit has to sign."""
        self.move("supervisor", "propose")
        self.move("director", "approve", due=date(2023, 6, 30), lead=LEAD, help=(HELP,), leader="leader-1")
        self.move("supervisor", "assign")


@cache
def sample_plan() -> tuple[Plan, str]:
    """Six items of the sample report, and its text."""
    text = sample("songgang-2023").read_text(encoding="utf-8")
    plan = read(Document(text, sha256="0" * 64))
    return plan.model_copy(update={"items": plan.items[15:21]}), text


def people_and_units(cast: Cast) -> Cast:
    """Units, people, roles and posts."""
    for name in (LEAD, HELP, OTHER, "区开发区管委会", "区工业和信息化局"):
        cast.units[name] = add_unit(SYSTEM, name, short_name=name[1:])
    for part, (name, unit) in ROLES.items():
        cast.people[part] = add_person(SYSTEM, part, name, None)
        grant_role(cast.people[part], _GRANTED.get(part, part), SYSTEM, unit=cast.units[unit] if unit else None)
    post = add_post(SYSTEM, "leader-1", cast.units[HELP], "分管副区长", "leader")
    hand_over(post, cast.people["leader"], date(2023, 1, 1), SYSTEM)
    return cast


def make_cast() -> Cast:
    """The whole cast with the report brought in; ``matter`` is led by 区交通运输局, ``elsewhere`` by another unit."""
    cast = people_and_units(Cast())
    plan, text = sample_plan()
    cast.report = bring_in(plan, text, TODAY, cast.by("supervisor"), file_name="松岗区2023.txt").report
    cast.matter = Matter.objects.get(title__startswith="完成松岗通用机场").pk
    cast.elsewhere = Matter.objects.get(title__startswith="云锦").pk
    return cast
