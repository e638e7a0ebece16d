"""What stands in the tables of supervision: by column the text, number or day, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from luoshi.plan import Plan
from luoshi.publish.supervision.sheets import Cell
from luoshi.supervise import Agenda, Coverage, Matter, Roll, Rules
from luoshi.supervise.agenda import Row
from luoshi.supervise.words import values, word


def agenda_rows(made: Agenda, rules: Rules) -> list[dict[str, Cell]]:
    """A row an obligation."""
    return [_owed(row, rules) for row in made.rows]


def roll_rows(rolls: Iterable[Roll]) -> list[dict[str, Cell]]:
    """A row a group: means to a tenth of a percent, lights by colour, the green ones on the unit's word alone."""
    return [
        {
            "key": roll.key or "（未定）",
            "count": len(roll.matters),
            "weight": float(roll.weight),
            "reported": _tenth(roll.reported),
            "verified": _tenth(roll.verified),
            **{colour: roll.lights.get(colour, 0) for colour in values("light")},
            "hollow": roll.hollow,
            "classes": _counts("class", roll.classes),
            "causes": _counts("cause", roll.causes),
        }
        for roll in rolls
    ]


def fate_rows(made: Coverage, plan: Plan, matters: Iterable[Matter], rules: Rules) -> list[dict[str, Cell]]:
    """A row a promise of the report: where it stands, what became of it, which items carry it in which state."""
    by_id = {matter.id: matter for matter in matters}
    titles = {section.id: f"{section.number}{section.title}" for section in plan.sections}
    rows: list[dict[str, Cell]] = []
    for one in made.fates:
        carriers = [by_id[name] for name in one.matters]
        rows.append(
            {
                "commitment": one.commitment,
                "path": titles.get(one.section or "", ""),
                "text": "".join(one.text.split("\n")),
                "fate": word("fate", one.fate),
                "matters": "、".join(one.matters),
                "states": "、".join(dict.fromkeys(rules.workflow.states[matter.state].zh for matter in carriers)),
                "lead": "、".join(dict.fromkeys(matter.lead for matter in carriers if matter.lead)),
                "start": one.start,
                "end": one.end,
            }
        )
    return rows


def _owed(row: Row, rules: Rules) -> dict[str, Cell]:
    owed = row.owed
    state = rules.workflow.states.get(owed.detail)
    return {
        "bucket": word("bucket", row.bucket),
        "due": owed.due,
        "days": row.days,
        "matter": owed.matter,
        "title": "".join(owed.title.split("\n")),
        "what": word("owed", owed.what),
        "detail": state.zh if owed.what == "limit" and state else "" if owed.what == "report" else owed.detail,
        "unit": row.unit,
        "part": word("part", row.part),
        "who": owed.who or rules.workflow.roles[owed.role]["zh"],
        "light": f"{row.light.shape}{row.light.name}",
        "why": row.light.why,
        "prepare": "、".join(row.prepare),
    }


def _counts(group: str, counts: dict[str, int]) -> str:
    return "、".join(f"{word(group, name)} {counts[name]}" for name in values(group) if name in counts)


def _tenth(value: Fraction | None) -> float | None:
    """To a tenth, halves to the even neighbour as everywhere in Python."""
    return None if value is None else float(round(value, 1))
