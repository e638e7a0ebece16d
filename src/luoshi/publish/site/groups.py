"""The lists of items: by light, theme, unit, place, kind and deadline, each group on pages of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from luoshi.publish.labels import labels
from luoshi.publish.site.cards import Card, Lamp, total_of
from luoshi.publish.site.frame import File, Frame
from luoshi.publish.site.naming import feed_path, group_path
from luoshi.publish.site.words import words

PAGE = 200
_FED = ("unit", "theme")


@dataclass(frozen=True, slots=True)
class Group:
    """The items that have one thing in common. ``key`` names it in the address, ``name`` for people."""

    sort: str
    key: str
    name: str
    cards: tuple[Card, ...]

    @property
    def path(self) -> str:
        """Its first page."""
        return group_path(self.sort, self.key)

    @property
    def feed(self) -> str:
        """Its feed, for the sorts that have one."""
        return feed_path(self.sort, self.key) if self.sort in _FED else ""

    @property
    def guessed(self) -> bool:
        """Whether every member is there by inference only."""
        return self.sort == "unit" and all(one.unit_guessed for one in self.cards)


def groups(found: Sequence[Card]) -> dict[str, tuple[Group, ...]]:
    """Every group by its sort, in the order in which people look for them; sorts without a group are left out."""
    made = {
        "light": tuple(_by_light(found)),
        "theme": tuple(_by(found, "theme", _themes)),
        "unit": tuple(sorted(_by(found, "unit", _units), key=lambda one: -len(one.cards))),
        "place": tuple(_by(found, "place", _places)),
        "kind": tuple(sorted(_by(found, "kind", lambda one: [one.kind]), key=_kind_order)),
        "due": tuple(sorted(_by(found, "due", _years), key=lambda one: one.key)),
    }
    return {sort: rows for sort, rows in made.items() if rows}


def tally(found: Iterable[Card]) -> tuple[tuple[Lamp, int], ...]:
    """How many items have each light, the urgent ones first; lights that nothing has are left out."""
    counts = Counter(one.lamp.colour for one in found)
    return tuple((total_of(colour), counts[colour]) for colour in words()["urgent"] if counts[colour])


def group_pages(site: Frame, found: Sequence[Card], sorted_: dict[str, tuple[Group, ...]]) -> Iterator[File]:
    """The page of all sorts, and the lists."""
    whole = Group("all", "all", words()["groups"]["all"]["zh"], tuple(found))
    shown = {sort: rows for sort, rows in sorted_.items() if site.lit or sort != "light"}
    yield site.page("items.html", "items.html", sorts=shown, whole=whole, tally=tally)
    for group in (whole, *(group for rows in shown.values() for group in rows)):
        yield from _lists(site, group)


def _lists(site: Frame, group: Group) -> Iterator[File]:
    count = max(1, -(-len(group.cards) // PAGE))
    for number in range(1, count + 1):
        part = group.cards[(number - 1) * PAGE : number * PAGE]
        yield site.page(
            group_path(group.sort, group.key, number), "list.html", group=group, part=part, number=number,
            pages=[group_path(group.sort, group.key, at) for at in range(1, count + 1)], first=(number - 1) * PAGE,
            lights=tally(group.cards) if site.lit else (),
        )  # fmt: skip


def _by(found: Sequence[Card], sort: str, names: Callable[[Card], Iterable[str]]) -> Iterator[Group]:
    together: dict[str, list[Card]] = {}
    for one in found:
        for name in names(one):
            together.setdefault(name, []).append(one)
    for name, own in together.items():
        yield Group(sort, name, name, tuple(own))


def _by_light(found: Sequence[Card]) -> Iterator[Group]:
    for lamp, _ in tally(found):
        own = tuple(one for one in found if one.lamp.colour == lamp.colour)
        yield Group("light", lamp.colour, f"{lamp.shape} {lamp.text}", own)


def _themes(one: Card) -> Iterable[str]:
    return [one.theme]


def _units(one: Card) -> Iterable[str]:
    return [one.unit or words()["nobody"]]


def _places(one: Card) -> Iterable[str]:
    return dict.fromkeys(proof.place for proof in one.case.matter.evidence if proof.place)


def _years(one: Card) -> Iterable[str]:
    return [f"{one.due.year}" if one.due else words()["groups"]["no_due"]["zh"]]


def _kind_order(one: Group) -> int:
    return labels("kind").index(one.name) if one.name in labels("kind") else len(labels("kind"))
