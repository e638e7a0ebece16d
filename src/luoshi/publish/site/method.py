"""The method page: every rule and threshold in plain words, taken from the data files that the rules are read from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from luoshi.compare import bands
from luoshi.measure import profile as measure_profile
from luoshi.publish.dossier import Dossier
from luoshi.publish.labels import label, labels
from luoshi.publish.site.cards import Lamp, lamp_of
from luoshi.publish.site.frame import File, Frame
from luoshi.publish.site.targets import lamp_for
from luoshi.publish.site.words import words
from luoshi.publish.site.years import mark
from luoshi.supervise.words import data, values, word

_GAP = re.compile(r"\{(\w+)\}")
_NUMBER = "N"


@dataclass(frozen=True, slots=True)
class Told:
    """A rule in words with the light it gives."""

    lamp: Lamp
    says: str
    id: str


def method_page(site: Frame, open_: Dossier) -> File:
    """The page of rules, thresholds, words and how to cite."""
    about, judged = open_.rules.profile, open_.measured.profile if open_.measured else measure_profile()
    return site.page(
        "method.html", "method.html",
        profile=about, rules=[_told(one.colour, one.says, one.id) for one in about.rules],
        repeat=about.repeat and _told(about.repeat.becomes, about.repeat.says, about.repeat.id),
        measured=judged,
        measured_rules=[Told(lamp_for(one.colour), _GAP.sub(_NUMBER, one.why), one.id) for one in judged.rules],
        ladder=data("evidence.toml")["ladder"], needs=data("evidence.toml")["needs"],
        tolerance=data("rhythm.toml")["progress"]["tolerance"], classes=list(_named("class")),
        lamps=[lamp_of(colour) for colour in values("light")],
        bands=bands(), verdicts=[(mark(name), about_) for name, about_ in words()["verdicts"].items()],
        kinds=list(_labelled("kind")), bases=list(_labelled("date_basis")), strengths=list(_labelled("strength")),
        units=list(_labelled("unit_basis")), compared=open_.comparison is not None,
    )  # fmt: skip


def english_page(site: Frame, open_: Dossier, **counts: Any) -> File:
    """The summary in English: what the site is, the counts, and what the Chinese words mean."""
    return site.page(
        "en.html", "en.html", lang="en",
        lamps=[(lamp_of(colour), word("light", colour, "en")) for colour in values("light")],
        kinds=list(_labelled("kind")), states=[(one.zh, one.en) for one in open_.rules.workflow.states.values()],
        verdicts=[(mark(name), label("verdict", name, "en")) for name in words()["verdicts"]],
        bases=list(_labelled("date_basis")), **counts,
    )  # fmt: skip


def _told(colour: str, says: str, id_: str) -> Told:
    """A rule with N for the numbers that it will say of each item."""
    return Told(lamp_of(colour), _GAP.sub(_NUMBER, says), id_)


def _named(group: str) -> Iterator[tuple[str, str]]:
    return ((word(group, value), word(group, value, "en")) for value in values(group))


def _labelled(group: str) -> Iterator[tuple[str, str]]:
    """The Chinese and English names of a group, in the order of the file."""
    return zip(labels(group), labels(group, "en"), strict=True)
