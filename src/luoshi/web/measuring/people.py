"""Who asks for what: people of several roles with their sessions, and the pages they open."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from luoshi.store.counting import queries_of
from luoshi.store.fetching import all_people
from luoshi.supervise import workflow
from luoshi.web import access
from luoshi.web.measuring.driving import Ask

#: The measured pages: name of the page, name of its address, roles that open it, how often of a hundred reads.
PAGES = (
    ("register", "register:index", ("supervisor", "director", "liaison", "head"), 35),
    ("item", "matter:show", ("supervisor", "director", "liaison", "head"), 35),
    ("my day", "myday:index", ("supervisor", "liaison", "head"), 20),
    ("overview", "overview:index", ("supervisor", "director", "leader"), 10),
)
COMMENT, REPORT = "comment", "report"
_WRITES = 0.1  # share of requests that write: half of them comments, half of them reports of progress
_REPORTS = 0.5
_EACH = 4  # people a role
_ITEMS = 200  # items a person opens, at most
_REGISTER = ("", "?page=2", "?page=7", "?light=red", "?words=%E5%B0%8F%E5%8C%BA", "?state=running", "?sort=due")


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody with a session: the cookie, the items that may be opened, and those (with revision) to report on."""

    role: str
    cookie: str
    items: tuple[int, ...]
    client: Client
    running: tuple[tuple[int, int], ...] = ()


def askers() -> list[Asker]:
    """Some people of every role that opens a measured page, signed in."""
    roles = dict.fromkeys(role for page in PAGES for role in page[2])
    return [_asker(role, person) for role in roles for person in all_people().filter(grants__role=role)[:_EACH]]


def built() -> tuple[str, ...]:
    """The measured pages that this version of the site has."""
    return tuple(page for page, name, _, _ in PAGES if _address(name, 1))


def asks(everybody: list[Asker], written: bool = True) -> Callable[[random.Random], Ask]:
    """What makes up the next request: a page by its share, by somebody who opens it, one of ten a write."""
    pages = [one for one in PAGES if one[0] in built()]
    by_role = {one[0]: [who for who in everybody if who.role in one[2] and who.items] for one in pages}
    weights = [one[3] for one in pages]
    # Each item once: its revision is known, and whoever comes second would be told so.
    running = [(who, pk, revision) for who in everybody for pk, revision in who.running]
    random.Random(len(running)).shuffle(running)

    def next_one(dice: random.Random) -> Ask:
        if written and dice.random() < _WRITES:
            return _report(*running.pop()) if running and dice.random() < _REPORTS else _comment(dice)
        page, name, _, _ = dice.choices(pages, weights)[0]
        who = dice.choice(by_role[page])
        more = dice.choice(_REGISTER) if page == "register" else ""
        return Ask(page, _address(name, dice.choice(who.items)) + more, who.cookie)

    def _comment(dice: random.Random) -> Ask:
        who, text = dice.choice(by_role["item"]), f"压力测试 {dice.randrange(10**9)}"
        return Ask(COMMENT, reverse("matter:comment", args=[dice.choice(who.items)]), who.cookie, (("text", text),))

    return next_one


def _report(who: Asker, pk: int, revision: int) -> Ask:
    """A report of progress, as its form sends it."""
    said = {
        "expected": revision, "key": f"stress:{pk}:{revision}", "percent": 99, "progress": "主体完工，正在收尾",
        "difficulties": "无", "next_step": "验收", "cause": "weather",
        "evidence-TOTAL_FORMS": 0, "evidence-INITIAL_FORMS": 0,
    }  # fmt: skip
    data = tuple((name, str(value)) for name, value in said.items())
    return Ask(REPORT, reverse("matter:move", args=[pk, "report"]), who.cookie, data)


def queries(everybody: list[Asker]) -> dict[str, int]:
    """How many queries each page asks of the database: the most of any role that opens it."""
    found = {}
    for page, name, roles, _ in PAGES:
        if page in built():
            counts = [
                _queries(who, _address(name, who.items[0])) for who in everybody if who.role in roles and who.items
            ]
            found[page] = max(counts)
    return found


def _queries(who: Asker, address: str) -> int:
    return queries_of(lambda: who.client.get(address, HTTP_HOST="127.0.0.1"))


def _asker(role: str, person: object) -> Asker:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[1])  # type: ignore[arg-type]
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    who = access.access_of(person)  # type: ignore[arg-type]
    seen = access.matters(who).values_list("pk", flat=True)[:_ITEMS]
    running: tuple[tuple[int, int], ...] = ()
    if role == "liaison":
        own = access.matters(who).filter(state__in=workflow().moves["report"].origins, lead__in=who.units)
        running = tuple(own.values_list("pk", "revision"))
    return Asker(role, cookie, tuple(seen), client, running)


def _address(name: str, pk: int) -> str:
    for given in ([], [pk]):
        try:
            return reverse(name, args=given)
        except NoReverseMatch:
            continue
    return ""
