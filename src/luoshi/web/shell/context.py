"""What every page's frame shows: the place, the person and post, the menu, the day, how the reader wants to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

import luoshi
from luoshi.store.models import Person, PostHolder, Setting
from luoshi.web.shell.language import in_english
from luoshi.web.shell.navigation import Row, menu
from luoshi.web.shell.reader import large


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is reading: the name, and the post held today with its unit."""

    name: str
    post: str


class Shell:
    """The frame of a page. Every part is fetched once, and only where the page shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.version = luoshi.__version__

    @property
    def english(self) -> bool:
        return in_english()

    @property
    def lang(self) -> str:
        return "en" if in_english() else "zh-Hans"

    @property
    def large(self) -> bool:
        return large(self._request)

    @cached_property
    def today(self) -> date:
        return today()

    @cached_property
    def place(self) -> str:
        """The place whose site this is, from the setting ``place``; empty where nobody has set it."""
        found = Setting.objects.filter(name="place").values_list("value", flat=True).first()
        return found or ""

    @cached_property
    def person(self) -> Reader | None:
        user = getattr(self._request, "user", None)
        return Reader(str(user), post_of(user, self.today)) if isinstance(user, Person) else None

    @cached_property
    def menu(self) -> list[tuple[str, list[Row]]]:
        user = getattr(self._request, "user", None)
        if not isinstance(user, Person):
            return []
        return menu(lambda right: not right, self._request.path)


def today() -> date:
    """The day that pages count from: that of the setting LUOSHI_TODAY, else of the clock, in the site's time zone."""
    fixed = settings.ENVIRONMENT.today
    return datetime.strptime(fixed, "%Y-%m-%d").date() if fixed else timezone.localdate()  # noqa: DTZ007 -- a day


def post_of(person: Person, day: date) -> str:
    """The post that ``person`` holds on ``day``, with its unit; the latest where there are several."""
    held = held_on(person, day)
    return " ".join((str(held[-1].post.unit.short_name or held[-1].post.unit), held[-1].post.title)) if held else ""


def held_on(person: Person, day: date) -> list[PostHolder]:
    """The posts that ``person`` holds on ``day``, each with its unit: one query."""
    open_ended = Q(until__isnull=True) | Q(until__gte=day)
    return list(person.posts.filter(open_ended, since__lte=day).select_related("post__unit"))


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: ``shell`` in every template."""
    return {"shell": Shell(request)}
