"""What every page's frame shows: the place, the person and post, the menu, the day, how the reader wants to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import HttpRequest

import luoshi
from luoshi.store.choosing import setting
from luoshi.store.people import posts_of
from luoshi.web.access import access
from luoshi.web.clock import played, today
from luoshi.web.shell.language import in_english
from luoshi.web.shell.navigation import Row, menu
from luoshi.web.shell.reader import large

if TYPE_CHECKING:
    from luoshi.store.models import Person

PLACE = "place"  # the setting that names the place whose site this is


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

    @property
    def played(self) -> bool:
        """Whether this is a site for show, which lives on another day than today."""
        return played()

    @cached_property
    def place(self) -> str:
        """The place whose site this is; empty where nobody has set it."""
        return setting(PLACE)

    @cached_property
    def person(self) -> Reader | None:
        person = signed_in(self._request)
        return Reader(str(person), post_of(person, self.today)) if person else None

    @cached_property
    def menu(self) -> list[tuple[str, list[Row]]]:
        request = self._request
        return menu(access(request).may, request.path) if signed_in(request) else []


def signed_in(request: HttpRequest) -> Person | None:
    """The person of ``request``, where somebody has signed in."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def post_of(person: Person, day: date) -> str:
    """The post that ``person`` holds on ``day``, with its unit; the latest where there are several."""
    held = posts_of(person, day)
    return f"{held[-1].unit.short_name or held[-1].unit} {held[-1].title}" if held else ""


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: ``shell`` in every template."""
    return {"shell": Shell(request)}
