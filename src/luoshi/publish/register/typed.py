"""What people type into the cells of a register, made into values or into a problem by the cell's address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.problems import Problem, problem
from luoshi.publish.register.columns import Column
from luoshi.publish.register.identity import day_of, number
from luoshi.publish.register.standing import proof
from luoshi.supervise import Evidence, Matter
from luoshi.supervise.evidence import kinds
from luoshi.supervise.words import values, word

Typed = Decimal | str | tuple[Evidence, ...] | None
_DAY = re.compile(r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)")
_UNKNOWN = "statement"  # the lowest rank that is more than a meeting: what nobody can place proves nothing
_MAY_BE_EMPTY = ("progress", "trouble", "next", "ask", "cause")


@dataclass(frozen=True, slots=True)
class Read:
    """A value that was typed; without one it is left as it was. Problems say what is wrong or was taken how."""

    value: Typed = None
    used: bool = True
    problems: tuple[Problem, ...] = ()


def read_cell(column: Column, text: str, cell: str) -> Read:
    """The value that ``text`` in the cell at ``cell`` means for ``column``; evidence has :func:`read_proofs`."""
    if not text.strip() and column.key not in _MAY_BE_EMPTY:
        return Read(used=False, problems=(problem("L015", cell=cell, column=column.zh),))
    if column.check in ("percent", "amount"):
        return _number(column, text, cell)
    if column.listed and text.strip():
        return _choice(column, text.strip(), cell)
    if len(text) > column.longest:
        return _wrong("L014", cell=cell, column=column.zh, count=len(text), limit=column.longest)
    return Read(text.strip() or ("" if not column.listed else None))


def read_proofs(one: Matter, text: str, cell: str, today: date, made: int) -> Read:
    """The pieces of evidence that ``text`` has beyond those of the matter ``one``, a line each.

    ``made`` numbers them. Lines of the matter that are missing stay: evidence is not taken back by a table.
    """
    have = {" ".join(proof(piece).split()) for piece in one.evidence}
    lines = dict.fromkeys(" ".join(line.split()) for line in text.split("\n") if line.strip())
    if gone := have - set(lines):
        told: tuple[Problem, ...] = (problem("L018", cell=cell, lines="；".join(sorted(gone))),)
    else:
        told = ()
    new: list[Evidence] = []
    odd: list[Problem] = []
    for nth, line in enumerate((line for line in lines if line not in have), 1):
        piece, problems = _proof(line, cell, today, f"{one.id}-b{made}-{nth}")
        new.append(piece)
        odd += problems
    return Read(tuple(new), bool(new), (*told, *odd))


def shown(column: Column, value: Typed) -> str:
    """``value`` as the cell of ``column`` shows it."""
    if isinstance(value, tuple):
        return "\n".join(map(proof, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return word(column.listed, value) if column.listed and value else value or ""


def _number(column: Column, text: str, cell: str) -> Read:
    value = number(text)
    if value is None:
        return _wrong("L010", cell=cell, column=column.zh, found=_short(text))
    if column.check == "amount":
        return Read(value) if value >= 0 else _wrong("L012", cell=cell, column=column.zh, found=_short(text))
    if not 0 <= value <= 100:
        return _wrong("L011", cell=cell, column=column.zh, found=_short(text))
    if 0 < value < 1 and "%" not in text and "％" not in text:
        return _wrong("L013", cell=cell, column=column.zh, found=_short(text), percent=f"{(value * 100).normalize():f}")
    return Read(value)


def _choice(column: Column, text: str, cell: str) -> Read:
    for value in values(column.listed):
        if text == word(column.listed, value):
            return Read(value)
    return _wrong("L016", cell=cell, column=column.zh, found=_short(text), choices="、".join(column.choices))


def _proof(line: str, cell: str, today: date, name: str) -> tuple[Evidence, Iterable[Problem]]:
    """One new line: 种类 日期 说明. Without a kind it is the unit's statement, without a day today's; both told."""
    found = max((kind for kind in kinds() if line.startswith(str(kinds()[kind]["zh"]))), key=_length, default="")
    rest = line.removeprefix(str(kinds()[found]["zh"])) if found else line
    said = _DAY.search(rest)
    day = day_of(said[1]) if said else None
    note = " ".join((rest.replace(said[1], " ", 1) if said and day else rest).split())
    problems = []
    if not found:
        known = "、".join(str(row["zh"]) for row in kinds().values())
        problems.append(problem("L017", cell=cell, line=_short(line), kinds=known))
    if day is None:
        problems.append(problem("L019", cell=cell, line=_short(line), day=today))
    return Evidence(id=name, kind=found or _UNKNOWN, day=day or today, note=note), problems


def _length(kind: str) -> int:
    return len(str(kinds()[kind]["zh"]))


def _wrong(code: str, cell: str, **found: str | int) -> Read:
    return Read(used=False, problems=(problem(code, start=None, end=None, cell=cell, **found),))


def _short(text: str) -> str:
    return f"{text[:40]}……" if len(text) > 40 else text
