"""How long a register of 5,000 matters takes: out as xlsx and CSV, read back, compared, and half of it applied.

usage: .venv/bin/python bench/register.py [MATTERS]
"""

import resource
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from time import perf_counter
from typing import TypeVar

from luoshi.intake.limits import DEFAULT
from luoshi.intake.sheet import _sheet
from luoshi.intake.workbook import read_sheet
from luoshi.plan import Deadline, Duty, Facts, Item, Plan
from luoshi.publish.dossier import dossier
from luoshi.publish.register import applied, register_csv_of, register_of, returned
from luoshi.source import Document
from luoshi.supervise import Actor, Docket, Evidence, Matter

TODAY, YEAR_END, UNIT = date(2024, 6, 3), date(2024, 12, 31), "县交通运输局"
T = TypeVar("T")


def timed(name: str, work: Callable[[], T]) -> T:
    began = perf_counter()
    done = work()
    print(f"  {name:12} {perf_counter() - began:6.2f} s")
    return done


def states(count: int) -> Docket:
    proof = Evidence(id="e1", kind="papers", day=date(2024, 5, 20), note="招标公告")
    one = Matter(
        id="i", title="建成城北大桥", state="running", since=date(2024, 2, 1), started=date(2024, 2, 1), lead=UNIT,
        begin=date(2024, 2, 1), due=YEAR_END, first_due=YEAR_END, due_basis="approved", reported=Decimal(30),
        reported_on=date(2024, 5, 28), progress="桩基完工\n架梁过半", difficulties="征拆剩两户", next_step="六月底合龙",
        cause="land", evidence=(proof,),
    )  # fmt: skip
    return Docket(items=tuple(one.model_copy(update={"id": f"i{at}"}) for at in range(count)))


def main(count: int) -> None:
    duty = Duty(unit=UNIT, basis="proposed")
    due = Deadline(date=YEAR_END, basis="term")
    items = tuple(
        Item(id=f"i{at}", title="建成城北大桥", kind="project", deadline=due, lead=duty) for at in range(count)
    )
    plan = Plan(document=Facts(place="山城县", year=2024), items=items)
    print(f"{count:,} matters")
    whole = timed("dossier", lambda: dossier(plan, Document.from_text(""), TODAY, docket=states(count)))
    book = timed("xlsx", lambda: register_of(whole))
    text = timed("csv", lambda: register_csv_of(whole))
    print(f"  {len(book) / 1e6:.1f} MB xlsx, {len(text) / 1e6:.1f} MB csv")
    rows = [list(row) for row in timed("open", lambda: _sheet(read_sheet(book, DEFAULT).text)[1])]
    reported, progress = rows[2].index("自报%"), rows[2].index("进展情况")
    for row in rows[3::2]:
        row[reported], row[progress] = "45", "合龙"
    found = timed("compare", lambda: returned(rows, whole, "lead"))
    made = timed("apply", lambda: applied(found.changes, whole, Actor(role="lead", unit=UNIT)))
    print(f"  {len(found.changes):,} changes, {len(made.entries):,} moves, {len(made.problems)} problems")
    print(f"  peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
