"""How often each rule of `luoshi check` fires on real reports, and a draw of findings to be read by hand.

    python scripts/measure_check.py CORPUS                      counts by rule
    python scripts/measure_check.py CORPUS --draw 60 --seed 7   and 60 findings with both sentences, a third of them N
    python scripts/measure_check.py CORPUS --judged FILE        and the share that was right, by family

CORPUS is a folder with ``<level>/<place>-<year>.txt``; a report is compared with that of the year before, where it is
there. FILE has a line a finding that was read: document,start,code,right,why. A judgement of a finding that is no
longer made is told and counted all the same.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from luoshi.check import Diagnostic, Place, check, rules
from luoshi.plan import Plan
from luoshi.read import read
from luoshi.source import Document

LEVELS = ("national", "province", "city", "county")
CONTEXT = 110


class Report(NamedTuple):
    """A report of the corpus, read."""

    name: str
    text: str
    plan: Plan


class Hit(NamedTuple):
    """A finding in a report, and the report of the year before."""

    report: Report
    earlier: Report | None
    found: Diagnostic


def reports(corpus: Path) -> Iterator[Report]:
    for path in sorted(path for level in LEVELS for path in (corpus / level).glob("*.txt")):
        document = Document.from_text(path.read_text(encoding="utf-8"), path.name)
        yield Report(f"{path.parent.name}/{path.stem}", document.text, read(document))


def before(name: str, known: dict[str, Report]) -> Report | None:
    """The report of the same place and the year before."""
    found = re.fullmatch(r"(.*)-(\d{4})", name)
    return known.get(f"{found[1]}-{int(found[2]) - 1}") if found else None


def hits(known: dict[str, Report]) -> list[Hit]:
    """Every finding of the rules that are on by default."""
    made = []
    for name, one in known.items():
        old = before(name, known)
        result = check(one.plan, one.text, earlier=old and old.plan, earlier_text=old and old.text)
        made += [Hit(one, old, found) for found in result.found]
    return made


def drawn(every: list[Hit], count: int, seed: int) -> list[Hit]:
    """A third of the draw from N, the rest in equal parts from the families that fire, all by chance."""
    chance = random.Random(seed)
    families: dict[str, list[Hit]] = defaultdict(list)
    for one in every:
        families[one.found.code[0]].append(one)
    numbers = families.pop("N", [])
    picked = chance.sample(numbers, min(count // 3, len(numbers)))
    left = count - len(picked)
    order = sorted(families, key=lambda family: len(families[family]))
    for at, family in enumerate(order):
        share = min(left // (len(order) - at), len(families[family]))
        picked += chance.sample(families[family], share)
        left -= share
    return picked


def show(one: Hit) -> None:
    found = one.found
    print(f"\n{one.report.name},{found.place.start},{found.code}  {found.message}  {found.sum}")
    print(f"    > {around(one.report, found.place)}")
    for place in found.related:
        report = one.earlier if place.earlier and one.earlier else one.report
        print(f"    {place.note}: {around(report, place)}")


def around(report: Report, place: Place) -> str:
    """The words of a place between ⟦ ⟧, with what stands around them."""
    start = max(report.text.rfind("\n", 0, place.start) + 1, place.start - CONTEXT)
    end = min(place.end + CONTEXT // 2, len(report.text))
    words = f"{report.text[start : place.start]}⟦{place.text}⟧{report.text[place.end : end]}"
    return words.replace("\n", "/")


def counts(every: list[Hit], total: int) -> None:
    fired, where = Counter(one.found.code for one in every), defaultdict(set)
    for one in every:
        where[one.found.code].add(one.report.name)
    print(f"{total} reports, {len(every)} findings of the rules that are on by default")
    for code in rules():
        if rules()[code].on:
            print(f"{code}  {fired[code]:5d} findings  {len(where[code]):4d} reports  {rules()[code].title_en}")


def judged(every: list[Hit], path: Path) -> None:
    """The share of the findings read by hand that were right; what is no longer found is told and counted."""
    still = {(one.report.name, str(one.found.place.start), one.found.code) for one in every}
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["document"], row["start"], row["code"]) not in still:
                print(f"no longer found, counted all the same: {row['document']} {row['start']} {row['code']}")
            for family in (row["code"][0], row["code"]):
                tally[family][0] += 1
                tally[family][1] += row["right"] == "yes"
    for family, (read_, right) in sorted(tally.items()):
        print(f"{family:4s} read {read_:3d}  right {right:3d}  {right / read_:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--draw", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--judged", type=Path)
    given = parser.parse_args()
    known = {one.name: one for one in reports(given.corpus)}
    every = hits(known)
    counts(every, len(known))
    for one in drawn(every, given.draw, given.seed) if given.draw else ():
        show(one)
    if given.judged:
        judged(every, given.judged)


if __name__ == "__main__":
    main()
