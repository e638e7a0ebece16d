"""Papers from a dossier: which there are to make, what each may say, and each as Word and as PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from luoshi.problems import Problem, Unreadable, problem
from luoshi.publish.dossier import Case, Dossier, opened
from luoshi.publish.papers.filling import filled
from luoshi.publish.papers.kinds import Kind, due, kinds
from luoshi.publish.papers.matter import BAD, answer_days, matter_values
from luoshi.publish.papers.naming import named, names
from luoshi.publish.papers.period import period_values
from luoshi.publish.papers.printing import printed
from luoshi.publish.papers.scoring import pack, score_values
from luoshi.publish.papers.skeleton import template
from luoshi.publish.papers.whole import whole_values
from luoshi.publish.papers.wording import clean, line, words
from luoshi.supervise.workdays import add_working

Format = Literal["docx", "pdf"]
FORMATS: tuple[Format, ...] = ("docx", "pdf")
_LONGEST = 40
_OFFICE = ("place", "government", "issuer", "word", "bulletin", "addressees", "copies", "contact", "phone", "site")
_NAMED = ("contact", "phone", "site", "copies")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for besides the kind: matters by id, one unit, the number of the paper, a red head, templates.

    ``templates`` are an office's own Word files by the name of their kind (``bulletin``); the others are luoshi's.
    ``since`` is the first day of the period that the paper also counts what was done in; it ends on the dossier's day.
    """

    items: tuple[str, ...] = ()
    unit: str = ""
    number: str = ""
    red_head: bool = False
    formats: tuple[Format, ...] = FORMATS
    templates: Mapping[str, bytes] = field(default_factory=dict)
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Papers:
    """The files by name, and what is to be known of them; ``files`` is empty where nothing is due."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()


def papers(whole: Dossier, kind: str, wish: Wish | None = None) -> Papers:
    """The papers of ``kind``: one about all matters, or one a matter that it is due for or that ``wish`` names.

    Raises :class:`luoshi.problems.Unreadable`: F001, F002 (a template), F005 (an id that is none). KeyError for a kind
    that is none.
    """
    wish, of = wish or Wish(), kinds()[kind]
    chosen = _chosen(of, whole, wish)
    if not chosen:
        return Papers({}, (problem("F006", kind=of.zh),))
    made: dict[str, bytes] = {}
    found = list(_blanks(whole)) if kind not in ("scores", "record") else []
    for name, title, values in _contents(of, chosen, whole, wish):
        own = wish.templates[kind] if kind in wish.templates else template(kind)
        word = filled(own, values, _template_name(of), title, whole.today)
        if "docx" in wish.formats:
            made[f"{name}.docx"] = word
        if "pdf" in wish.formats:
            made[f"{name}.pdf"], odd = printed(word, title)
            found += odd
    return Papers(made, tuple(dict.fromkeys((*found, *_uncaused(of, chosen)))))


def all_papers(whole: Dossier) -> Iterator[tuple[str, bytes] | Problem]:
    """Every paper that is due, with what is to be known of it: the product ``papers``."""
    for kind, of in kinds().items():
        made = papers(whole, kind)
        folder = "" if of.about == "whole" else f"{of.zh}/"
        yield from ((f"{folder}{name}", content) for name, content in made.files.items())
        yield from made.problems if made.files else ()


def templates() -> dict[str, bytes]:
    """Every template of luoshi as a Word file, named as ``--templates`` expects it."""
    return {_template_name(of): template(kind) for kind, of in kinds().items()}


def own_templates(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """An office's Word files by kind, and a problem F008 for each that is named like none."""
    named_ = {_template_name(of): kind for kind, of in kinds().items()}
    known = {named_[name]: content for name, content in files.items() if name in named_}
    odd = (problem("F008", name=name, known="、".join(named_)) for name in sorted(set(files) - set(named_)))
    return known, tuple(odd)


def _template_name(of: Kind) -> str:
    return f"{of.zh}.docx"


def _chosen(of: Kind, whole: Dossier, wish: Wish) -> tuple[Case, ...]:
    """The cases a paper is about, in the order of the dossier."""
    if unknown := [name for name in wish.items if name not in whole.by_id]:
        raise Unreadable(problem("F005", id=name) for name in unknown)
    cases = tuple(case for case in whole.cases if case.matter.id in wish.items) if wish.items else due(of, whole)
    return tuple(case for case in cases if not wish.unit or case.matter.lead == wish.unit)


def _contents(
    of: Kind, chosen: Sequence[Case], whole: Dossier, wish: Wish
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Name, title and values of every paper."""
    open_ = frozenset(case.matter.id for case in opened(whole).cases) if whole.office.site else frozenset()
    pairs = [(case, matter_values(case, number, whole, open_)) for number, case in enumerate(chosen, 1)]
    shared = _shared(whole, wish)
    if of.about == "item":
        for case, said in pairs:
            name, title = _file_name(case.matter.id, said["number"]), f"{of.zh}：{said['title']}"
            yield f"{of.zh}-{name}", title, named({**shared, "item": said})
        return
    most = words()["annex"]["rows"]
    listed = {"items": [said for _, said in pairs[:most]], "rest": max(len(pairs) - most, 0)}
    everything = {**shared, **whole_values(pairs, whole), **period_values(pairs, whole, wish.since), **listed}
    if of.name == "scores":
        everything |= score_values(pairs, pack())
    yield of.zh, of.zh, named(everything)


def _file_name(name: str, number: int) -> str:
    """``name`` as part of a file's name; one that had to be changed for that gets its number in the paper too."""
    safe = "".join(char if char.isalnum() else "_" for char in name)[:_LONGEST]
    return safe if safe == name else f"{safe}-{number}"


def _shared(whole: Dossier, wish: Wish) -> dict[str, Any]:
    """What every paper may say."""
    about, office = whole.plan.document, whole.office
    days = whole.rules.calendar
    return {
        "office": {name: line(getattr(office, name)) for name in _OFFICE},
        "today": whole.today,
        "year": about.year or whole.today.year,
        "report": line(about.title) or line(about.source),
        "serial": clean(wish.number),
        "red_head": wish.red_head,
        "unit_named": line(wish.unit),
        "light_rules": whole.rules.profile.zh,
        "answer_by": add_working(days, whole.today, answer_days()),
    }


def _blanks(whole: Dossier) -> Iterable[Problem]:
    """A note of what the office has not said and a paper therefore leaves blank."""
    if empty := [name for name in _NAMED if not getattr(whole.office, name)]:
        yield problem("F004", names="、".join(names()["names"][name]["zh"] for name in empty))


def _uncaused(of: Kind, chosen: Iterable[Case]) -> Iterable[Problem]:
    """Matters that are not green and name no cause: 原因未报 stands in the paper, and somebody should ask."""
    bare = [case.matter.id for case in chosen if case.light.colour in BAD and not case.matter.cause]
    if of.causes and bare:
        yield problem("F007", kind=of.zh, count=len(bare), ids="、".join(bare[:20]))
