"""Walking the site as one person: what the menu offers, and what the pages behind it offer, one of each kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

PEOPLE = {
    "director": "luojing",
    "supervisor": "wangli",
    "inspector": "xiemin",
    "government": "lumingchuan",
    "leader": "suningyuan",
    "head": "longfei",
    "liaison": "shilei",
    "deputy": "tianxiuying",
    "system_admin": "admin",
    "security_admin": "security",
    "auditor": "audit",
}
_EACH = 2  # pages of one kind that are looked at
_BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_DATA = re.compile(r"\.(xlsx|csv|docx|pdf|ics|zip|json)$")


@contextmanager
def settled(home: Path) -> Iterator[None]:
    """The settings of the site while it is filled: its home, and hashes that are quick."""
    from django.conf import settings

    before, hashers = settings.LUOSHI_HOME, settings.PASSWORD_HASHERS
    settings.LUOSHI_HOME, settings.PASSWORD_HASHERS = home, ["django.contrib.auth.hashers.MD5PasswordHasher"]
    try:
        yield
    finally:
        settings.LUOSHI_HOME, settings.PASSWORD_HASHERS = before, hashers


@dataclass(frozen=True)
class Form:
    """A form that posts: where to, and what it sends when nobody has filled anything in."""

    action: str
    given: dict[str, str]


@dataclass(frozen=True)
class Seen:
    """What an address answered, and the page whose link led there."""

    address: str
    source: str
    status: int
    text: str
    kind: str
    queries: int

    @property
    def is_page(self) -> bool:
        return self.kind.startswith("text/html")

    @cached_property
    def tree(self) -> HTMLParser:
        return HTMLParser(self.text)

    @cached_property
    def links(self) -> list[str]:
        """Every address of this site that the page offers."""
        found = (urljoin(self.address, str(one.attributes["href"])) for one in self.tree.css("a[href]"))
        return list(dict.fromkeys(one.split("#")[0] for one in found if one.startswith("/")))

    @property
    def forms(self) -> Iterator[Form]:
        for one in self.tree.css("form[method=post], form[method=POST]"):
            hidden = {str(each.attributes["name"]): each.attributes.get("value") or ""
                      for each in one.css("input[type=hidden][name]")}  # fmt: skip
            button = one.css_first("button[name]")
            pressed = {str(button.attributes["name"]): button.attributes.get("value") or ""} if button else {}
            yield Form(urljoin(self.address, one.attributes.get("action") or self.address), hidden | pressed)

    def faults(self) -> Iterator[str]:
        """What every page has to have and this one lacks."""
        if not (title := self.tree.css_first("title")) or not title.text().split("·")[0].strip():
            yield "no title"
        if len(self.tree.css("h1")) != 1:
            yield f"{len(self.tree.css('h1'))} headings of the first order"
        if self.tree.css_first("html").attributes.get("lang") not in ("zh-Hans", "en"):
            yield "no language"
        if not self.tree.css_first("a.skip[href='#main']") or not self.tree.css_first("#main"):
            yield "nothing to skip the menu by"
        twice = [name for name, times in Counter(self._ids()).items() if times > 1]
        if twice:
            yield f"ids that stand twice: {twice[:3]}"

    def _ids(self) -> Iterator[str]:
        return (str(one.attributes["id"]) for one in self.tree.css("[id]"))

    def chinese_left(self, own: str) -> list[str]:
        """Chinese words of the menu, the heads of tables, labels and buttons that are not the site's ``own`` data."""
        chrome = "nav.side a, .side-title, th, label, legend, button, .tabs a, .button, .hint, .optional"
        said = dict.fromkeys(_own_words(one) for one in self.tree.css(chrome))
        return [words for words in said if any(run not in own for run in _CHINESE.findall(words))]


def _own_words(node: Node) -> str:
    """The words of ``node`` but for those that say themselves that they are Chinese."""
    fresh = HTMLParser(node.html or "")
    for one in fresh.css("[lang=zh-Hans], [lang=zh-hans]"):
        one.decompose()
    return " ".join(fresh.text().split())


def kind_of(address: str) -> str:
    """What addresses of one kind have in common: the view, the kind of a file, and the names of what is asked."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return address
    asked = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return " ".join([found.view_name, str(found.kwargs.get("kind", found.kwargs.get("move", ""))), *asked])


def look(client: Client, address: str, source: str = "", **more: Any) -> Seen:
    """Ask for ``address``, go where it leads, and count what was asked of the database."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, follow=True, **more)
    text = answer.content.decode("utf-8", "replace") if not answer.streaming else ""
    said = [one for one in asked.captured_queries if not one["sql"].startswith(_BOOKKEEPING)]
    came = answer.redirect_chain[-1][0] if answer.redirect_chain else address
    return Seen(came, source, answer.status_code, text, answer.headers.get("Content-Type", ""), len(said))


def walk(client: Client) -> Iterator[Seen]:
    """The first page, what its menu offers, and what those pages offer: ``_EACH`` of every kind."""
    first = look(client, "/")
    yield first
    times: Counter[str] = Counter([kind_of(first.address)])
    waiting, known = [(one, first.address, 1) for one in first.links], {"/", first.address}
    while waiting:
        address, source, depth = waiting.pop(0)
        kind = kind_of(address)
        if address in known or times[kind] >= (1 if _DATA.search(urlsplit(address).path) else _EACH):
            continue
        known.add(address)
        times[kind] += 1
        seen = look(client, address, source)
        yield seen
        if depth < 2 and seen.is_page:
            waiting += [(one, address, depth + 1) for one in seen.links]
