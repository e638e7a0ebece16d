"""Posts of units with whoever holds them, in the shape that supervision hands them over in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from luoshi import supervise
from luoshi.store.models import Person, Post


def posts_in(units: Iterable[int]) -> QuerySet[Post]:
    """The posts of ``units`` (by id), with everybody who has held them."""
    found = Post.objects.filter(unit_id__in=list(units)).select_related("unit")
    return found.prefetch_related("holders__person")


def post_for_supervision(post: Post, unit_name: str) -> supervise.Post:
    """``post`` as the engine knows it; ``unit_name`` is what its matters call the unit."""
    holders = tuple(
        supervise.Holder(person=one.person.name, since=one.since, until=one.until) for one in post.holders.all()
    )
    return supervise.Post.model_validate(
        {"id": post.code, "unit": unit_name, "title": post.title, "duty": post.duty, "holders": holders}
    )


def people_of(units: Iterable[int]) -> QuerySet[Person]:
    """Everybody active who holds a post in ``units`` (by id), or a role for them: who may take a post over."""
    at = list(units)
    theirs = Q(posts__post__unit_id__in=at) | Q(grants__unit_id__in=at)
    return Person.objects.filter(theirs, is_active=True).distinct()


@dataclass(frozen=True, slots=True)
class Seat:
    """A post by its code and title, and who holds it on a day; empty where nobody does."""

    code: str
    title: str
    holder: str


def leaders_posts(day: date) -> tuple[Seat, ...]:
    """The posts of leaders, by code."""
    found = Post.objects.filter(duty="leader").prefetch_related("holders__person").order_by("code")
    return tuple(Seat(post.code, post.title, _holder(post, day)) for post in found)


def _holder(post: Post, day: date) -> str:
    held = (one for one in post.holders.all() if one.since <= day and (one.until is None or day <= one.until))
    return next((one.person.name for one in held), "")
