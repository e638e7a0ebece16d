"""What the form of a move offers to choose from, fetched as far as its person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from luoshi.store.columns import body_of
from luoshi.store.fetching import all_units
from luoshi.store.posts import leaders_posts
from luoshi.store.rules import rules_in_force
from luoshi.web import access
from luoshi.web.matter.asking import Asking

if TYPE_CHECKING:
    from luoshi.store.models import Matter


def asking_about(request: HttpRequest, row: Matter) -> Asking:
    """The item, and what may be chosen for it: every unit's name is known to all, other items only as far as seen."""
    who = access.access(request)
    others = access.matters(who).filter(report_id=row.report_id).exclude(pk=row.pk).values_list("item", "title")
    posts = tuple((one.code, f"{one.title}（{one.holder}）".replace("（）", "")) for one in leaders_posts(who.day))
    names = tuple(all_units().filter(closed=False).values_list("name", flat=True))
    return Asking(body_of(row), who.day, rules_in_force(), names, posts, others)
