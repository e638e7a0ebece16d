"""Score comparing against rows made by hand: python scripts/score_compare.py CORPUS [--rows]

CORPUS holds ``<level>/<name>.txt`` and ``datasets/pairs-*.tsv``: a promise, the words that tell its outcome, and (in
the rows of many indicators) the verdict. A growth row is linked when the deciding quote covers the outcome's words; its
verdict is right when it is what the promised number, its modifier and the reported number say by the stated bands.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from luoshi.compare import Comparison, Edition, Promise, Quote, bands, compare
from luoshi.door import open_report

VERDICTS = {"reported_not_comparable": "not_comparable", "met_changed_basis": "met_other_basis"}
Row = dict[str, str]


def rows(corpus: Path, name: str) -> list[Row]:
    with (corpus / "datasets" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@cache
def edition(path: Path) -> Edition:
    document, plan = open_report(path)
    return Edition(plan, document.text)


@cache
def compared(earlier: Path, later: Path) -> Comparison:
    return compare([edition(earlier), edition(later)])


def overlap(quote: Quote, start: int, end: int) -> bool:
    return quote.start < end and start < quote.end


def promised(found: Comparison, row: Row) -> Promise | None:
    """The promise at the row's target words; of several the one whose words overlap most."""
    start, end = int(row["target_start"]), int(row["target_start"]) + len(row["target_text"])
    here = [one for one in found.promises if any(overlap(quote, start, end) for quote in (one.quote, *one.also))]
    return max(here, key=lambda one: _shared(one, start, end), default=None)


def _shared(one: Promise, start: int, end: int) -> float:
    return max(
        (min(end, quote.end) - max(start, quote.start)) / max(end - start, quote.end - quote.start)
        for quote in (one.quote, *one.also)
    )


def linked(one: Promise | None, row: Row) -> bool:
    start = int(row["outcome_start"])
    end = start + len(row["outcome_text"])
    return one is not None and any(overlap(quote, start, end) and quote.end <= end + 12 for quote in one.outcome.quotes)


def wanted(row: Row) -> str:
    """The verdict that a growth row's numbers and its modifier say."""
    target, outcome = Decimal(row["target_value"]), Decimal(row["outcome_value"])
    room = bands().growth if row["target_modifier"] == "左右" else Decimal(0)
    return "met" if outcome >= target - room else "missed"


def judged(corpus: Path, name: str) -> Iterator[tuple[Row, Promise | None]]:
    """Every row with the promise found for it; a row without an outcome is asked of the later report of its place."""
    given = rows(corpus, name)
    later = {(row["place"], row["target_file"]): row["outcome_file"] for row in given if row["outcome_file"]}
    for row in given:
        file = row["outcome_file"] or later[row["place"], row["target_file"]]
        yield row, promised(compared(corpus / row["target_file"], corpus / file), row)


def main(corpus: Path, *, show: bool) -> None:
    growth = list(judged(corpus, "pairs-gdp-growth.tsv"))
    found = [(row, one) for row, one in growth if linked(one, row)]
    right = [(row, one) for row, one in found if one is not None and one.verdict == wanted(row)]
    many = list(judged(corpus, "pairs-multi.tsv"))
    good = [(row, one) for row, one in many if one and one.verdict == VERDICTS.get(row["verdict"], row["verdict"])]
    print(
        f"GDP linked to the right words  {len(found):3} of {len(growth):3}  {len(found) / len(growth):.3f}  goal 0.95"
    )
    print(f"GDP verdict right, of linked   {len(right):3} of {len(found):3}  {len(right) / len(found):.3f}  goal 0.95")
    print(f"many indicators, verdict right {len(good):3} of {len(many):3}  {len(good) / len(many):.3f}  goal 0.85")
    if show:
        wrong = [pair for pair in growth if pair not in right] + [pair for pair in many if pair not in good]
        for row, one in wrong:
            said = [quote.text for quote in one.outcome.quotes] if one else []
            print(
                "  ",
                row["place"],
                row["target_text"],
                row.get("verdict"),
                row["outcome_text"],
                "→",
                one and one.verdict,
                said,
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), show="--rows" in sys.argv)
