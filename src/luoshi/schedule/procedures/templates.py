"""A procedure as it stands in a data file, read and checked once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from luoshi.schedule.axis import Window

Days = Literal["natural", "working", "own"]
DAYS: tuple[Days, ...] = ("natural", "working", "own")
Repeat = Literal["", "month", "quarter"]


@dataclass(frozen=True, slots=True)
class After:
    """What a step waits for: ``lag`` days after the end of ``step``; ``overlap`` days may be given up by consent."""

    step: str
    lag: int = 0
    overlap: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """The statutory limit of a step, with its source; ``least`` where the law sets the shortest time."""

    days: int
    count: Days
    source: str
    least: bool = False


@dataclass(frozen=True, slots=True)
class Validity:
    """How many natural days what a step yields is good for: ``until`` must start by then."""

    days: int
    until: str
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step. It takes ``days`` that count for the limit and ``paused`` that do not, in days of kind ``count``.

    ``unit`` is the bureau without its level, or ``@lead`` for the item's own lead unit.
    """

    id: str
    name: str
    en: str
    unit: str
    days: int
    count: Days
    source: str
    paused: int = 0
    paused_why: str = ""
    after: tuple[After, ...] = ()
    limit: Limit | None = None
    valid: Validity | None = None
    window: Window | None = None
    repeat: Repeat = ""
    places: int = 1

    @property
    def length(self) -> int:
        """All days the step takes."""
        return self.days + self.paused


@dataclass(frozen=True, slots=True)
class Fit:
    """Which items a template fits, and why: the kind of the item and a pattern found in its title."""

    kinds: tuple[str, ...]
    match: str
    why: str
    unless: str = ""

    def fits(self, kind: str, title: str) -> bool:
        """Whether an item of ``kind`` called ``title`` is such a matter."""
        return kind in self.kinds and _found(self.match, self.unless, title)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the steps of an item end or begin, by the words of its title."""

    match: str
    step: str
    unless: str = ""
    why: str = ""

    def applies(self, title: str) -> bool:
        """Whether the title says so."""
        return _found(self.match, self.unless, title)


@dataclass(frozen=True, slots=True)
class Template:
    """A procedure. ``goal`` is its last step, ``buffer`` the working days to keep in hand before the deadline."""

    id: str
    name: str
    en: str
    goal: str
    buffer: int
    source: str
    steps: tuple[Step, ...]
    fits: tuple[Fit, ...] = ()
    ends: tuple[Cut, ...] = ()
    begins: tuple[Cut, ...] = ()

    def step(self, name: str) -> Step:
        """The step called ``name``. Raises KeyError where there is none."""
        for step in self.steps:
            if step.id == name:
                return step
        raise KeyError(name)

    def before(self, goal: str) -> tuple[str, ...]:
        """``goal`` and all it waits for, in the order of the file."""
        wanted, waiting = set[str](), [goal]
        while waiting:
            name = waiting.pop()
            if name not in wanted:
                wanted.add(name)
                waiting += [after.step for after in self.step(name).after]
        return tuple(step.id for step in self.steps if step.id in wanted)


def _found(match: str, unless: str, title: str) -> bool:
    return bool(re.search(match, title)) and not (unless and re.search(unless, title))


@cache
def templates() -> tuple[Template, ...]:
    """Every template, in the order in which they are tried on an item."""
    folder = resources.files(__package__)
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(template(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)


def template(row: dict[str, Any]) -> Template:
    """A template from the members of its file. Raises ValueError with what is wrong with it."""
    rest = {key: value for key, value in row.items() if key not in ("steps", "fits", "ends", "begins")}
    made = Template(
        **rest,
        steps=tuple(_step(dict(step)) for step in row["steps"]),
        fits=tuple(Fit(**{**fit, "kinds": tuple(fit["kinds"])}) for fit in row.get("fits", ())),
        ends=tuple(Cut(**cut) for cut in row.get("ends", ())),
        begins=tuple(Cut(**cut) for cut in row.get("begins", ())),
    )
    _check(made)
    return made


def _step(row: dict[str, Any]) -> Step:
    row["after"] = tuple(After(after) if isinstance(after, str) else After(**after) for after in row.get("after", ()))
    row |= {name: kind(**row[name]) for name, kind in (("limit", Limit), ("valid", Validity)) if name in row}
    if window := row.pop("window", None):
        row["window"] = Window(_day(window["begin"]), _day(window["until"]), tuple(window.get("years", ())))
    return Step(**row)


def _day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _check(made: Template) -> None:
    names = [step.id for step in made.steps]
    pointed = {made.goal} | {cut.step for cut in (*made.ends, *made.begins)}
    pointed |= {after.step for step in made.steps for after in step.after}
    pointed |= {step.valid.until for step in made.steps if step.valid}
    faults = [f"no step {name}" for name in sorted(pointed - set(names))]
    faults += [f"step {name} twice" for name in sorted({name for name in names if names.count(name) > 1})]
    faults += [f"{step.id}: days are {step.count}" for step in made.steps if step.count not in DAYS]
    faults += [f"{step.id}: negative days" for step in made.steps if step.days < 0 or step.paused < 0]
    faults += [f"{step.id}: no source" for step in made.steps if not step.source]
    if faults:
        raise ValueError(f"{made.id}: {'; '.join(faults)}")
