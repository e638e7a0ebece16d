"""What a rule finds: the place, the places it is compared with, and the values that fill the rule's words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from luoshi.check.catalogue import Rule, rules
from luoshi.problems import Severity


class Place(NamedTuple):
    """A stretch of the document's text (code points) with its words; ``note`` says what it has to do with the finding.

    ``earlier``: the place is in the earlier report.
    """

    start: int
    end: int
    text: str
    note: str = ""
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule hands over: its code, the main place, the related ones, and what fills the gaps of its words."""

    code: str
    place: Place
    related: tuple[Place, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding in words. ``section`` is the heading above it; ``sum`` the arithmetic, empty where there is none."""

    code: str
    severity: Severity
    place: Place
    related: tuple[Place, ...]
    section: str
    message: str
    english: str
    sum: str

    @property
    def rule(self) -> Rule:
        return rules()[self.code]

    @property
    def mark(self) -> str:
        """Sixteen hex digits of the rule and the words it is about: the same after the text around them was edited."""
        words = [self.code, *("".join(place.text.split()) for place in (self.place, *self.related))]
        return hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def worded(found: Found, section: str) -> Diagnostic:
    """``found`` with the words of its rule."""
    rule = rules()[found.code]
    return Diagnostic(
        code=found.code,
        severity=rule.severity,
        place=found.place,
        related=found.related,
        section=section,
        message=rule.message.format(**found.values),
        english=rule.message_en.format(**found.values),
        sum=str(found.values.get("sum", "")),
    )
