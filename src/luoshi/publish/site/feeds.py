"""Atom feeds of what changed: of everything, of each unit and of each theme; and the map for search engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.publish.dossier import Dossier
from luoshi.publish.site.cards import Card
from luoshi.publish.site.frame import File, Frame
from luoshi.publish.site.groups import Group
from luoshi.publish.site.naming import uuid
from luoshi.publish.site.story import Happening, moved, told

LONGEST = 100
PAGE = 100


@dataclass(frozen=True, slots=True)
class News:
    """One change of one item. ``id`` is the same every time the site is made."""

    id: str
    card: Card
    happening: Happening

    @property
    def stamp(self) -> str:
        """The day as Atom writes it: its midnight in China."""
        return stamp(self.happening.day)


def news(open_: Dossier, cards: Sequence[Card]) -> tuple[News, ...]:
    """Every line of the ledger of every open item, the newest first."""
    made = [
        (entry.day, at, entry.revision, News(uuid(open_.plan.document.sha256, card.id, str(entry.revision)), card,
                                             moved(entry)))
        for at, card in enumerate(cards)
        for entry in card.case.entries
        if told(entry)
    ]  # fmt: skip
    return tuple(one for *_, one in sorted(made, key=lambda row: (-row[0].toordinal(), row[1], -row[2])))


def stamp(day: date) -> str:
    """A day as Atom writes it."""
    return f"{day.isoformat()}T00:00:00+08:00"


def change_pages(site: Frame, found: Sequence[News], sorts: Mapping[str, Sequence[Group]]) -> Iterator[File]:
    """All changes as pages, the newest first."""
    pages = [_page(at) for at in range(max(1, -(-len(found) // PAGE)))]
    for at, path in enumerate(pages):
        part = found[at * PAGE : (at + 1) * PAGE]
        yield site.page(path, "changes.html", part=part, pages=pages, total=len(found), sorts=sorts)


def feed_files(site: Frame, found: Sequence[News], sorts: Mapping[str, Sequence[Group]]) -> Iterator[File]:
    """The feed of everything, and one for every unit and theme."""
    yield _feed(site, "feed.xml", site.name, found)
    own: dict[str, list[News]] = {}
    for one in found:
        own.setdefault(one.card.id, []).append(one)
    for sort in ("unit", "theme"):
        for group in sorts.get(sort, ()):
            ids = [card.id for card in group.cards]
            newest = sorted((one for name in ids for one in own.get(name, ())), key=lambda one: one.stamp, reverse=True)
            yield _feed(site, group.feed, f"{site.name} · {group.name}", newest)


def sitemap(site: Frame, paths: Sequence[str]) -> File:
    """The map for search engines; the site must have an address."""
    return site.page("sitemap.xml", "sitemap.xml", paths=[site.absolute(path) for path in paths])


def _feed(site: Frame, path: str, title: str, found: Sequence[News]) -> File:
    part = found[:LONGEST]
    updated = part[0].stamp if part else stamp(site.today)
    return site.page(path, "feed.xml", title=title, id=uuid(site.sha256, path), updated=updated, part=part)


def _page(at: int) -> str:
    return "changes.html" if at == 0 else f"changes-{at + 1}.html"
