"""XML by expat, one element after the other: no DOCTYPE, no entities, no unlimited depth, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

from luoshi.intake.limits import Limits
from luoshi.intake.reading import Refusal

Attributes = dict[str, str]


class Walker:
    """Walks through an XML part. Subclasses say what to do at the start and end of an element and with text.

    Names come without namespace addresses: ``prefixes`` maps an address to a short prefix (``w:p``); names in other
    namespaces keep only what follows the address and get the prefix ``other``, or none where the map has ``*``.
    Attributes likewise, those without a namespace as they are.
    """

    def __init__(self, limits: Limits, prefixes: dict[str, str]) -> None:
        self._limit = limits.depth
        self._prefixes = prefixes
        self._names: dict[str, str] = {}
        self._depth = 0
        self._skipped = 0

    def start(self, name: str, attributes: Attributes) -> bool:  # noqa: ARG002
        """An element begins. Returning False skips it with everything in it."""
        return True

    def end(self, name: str) -> None:
        """An element that was not skipped ends."""

    def text(self, data: str) -> None:
        """Characters, in pieces of any length."""

    def walk(self, data: bytes) -> None:
        """Read ``data``. Raises :class:`Refusal` for DOCTYPE, depth and damage."""
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise Refusal("I013", detail="里面的 XML 不完整或有误") from error

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > self._limit:
            raise Refusal("I016", limit=self._limit)
        if self._skipped:
            self._skipped += 1
        elif not self.start(self._short(name), {self._short(key): value for key, value in attributes.items()}):
            self._skipped = 1

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
        else:
            self.end(self._short(name))

    def _text(self, data: str) -> None:
        if not self._skipped:
            self.text(data)

    def _short(self, name: str) -> str:
        if (short := self._names.get(name)) is None:
            address, _, local = name.rpartition("\n")
            prefix = self._prefixes.get(address, self._prefixes.get("*", "other")) if address else ""
            short = self._names[name] = f"{prefix}:{local}" if prefix else local
        return short


class Chosen(Walker):
    """Hands over the attributes of chosen elements in order: ``found`` is a list of (name, attributes)."""

    def __init__(self, limits: Limits, prefixes: dict[str, str], names: Iterable[str]) -> None:
        super().__init__(limits, prefixes)
        self._wanted = frozenset(names)
        self.found: list[tuple[str, Attributes]] = []

    def start(self, name: str, attributes: Attributes) -> bool:
        if name in self._wanted:
            self.found.append((name, attributes))
        return True


def _doctype(*_: object) -> None:
    raise Refusal("I015")
