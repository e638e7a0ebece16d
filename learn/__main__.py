"""Learn the weights of ``src/luoshi/read/lexicon/weights.csv``: ``python -m learn SHARED [--write]``.

SHARED holds ``gold`` (annotated reports, ``gold/GUIDE.md``) and ``corpus``. Prints how well the promises of each report
are found with weights learned from the other reports, then with those learned from all; ``--write`` keeps the latter.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from learn.logistic import Example, fit
from learn.readings import Feature, Reading, labelled, matched, readings
from luoshi.read.judge import Weights, lexicon, weighing

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "luoshi" / "read" / "lexicon" / "weights.csv"
COST = 1.5
WORTH = 0.5  # of a label of ours, drawn near the border by one person, against a clause of a careful reading
LEAST = 0.08  # a weight below this is left out
INSIDE = "inside"
HEAD = """\
# 一个分句是承诺还是口号：每个特征的分量，大于零偏承诺，小于零偏口号。由 make learn 学得，不要手改。
# What each feature of a clause speaks for: above zero a promise, below a wish. Learned by `make learn`
# from {gold} clauses of {reports} annotated reports and {labels} labels (learn/labels.csv);
# F1 of promises in reports left out: {found:.3f}. How: docs/reading.md.
feature,word,weight
"""

Told = list[tuple[str, str, float]]
Clause = tuple[list[Feature], bool]


def tied(named: Sequence[Feature]) -> list[Feature]:
    """The features of a clause, and for each verb of ``verbs.csv`` inside it one of its class, so that verbs never
    seen in the examples weigh like those of their class; :func:`learned` puts the weight back onto the words."""
    verbs = lexicon().verbs
    return [*named, *((INSIDE, verbs[word]) for feature, word in named if feature == "in" and word in verbs)]


def learned(clauses: Sequence[Clause], labels: Sequence[Clause]) -> Told:
    """The rows of weights.csv that ``clauses`` (whole worth) and ``labels`` teach, sorted, none too small."""
    examples = [Example(tied(named), yes) for named, yes in clauses]
    examples += [Example(tied(named), yes, WORTH) for named, yes in labels]
    weights = fit(examples, COST)
    for word, kind in lexicon().verbs.items():
        if len(word) == 2:
            weights["in", word] = weights.get(("in", word), 0.0) + weights.get((INSIDE, kind), 0.0)
    rows = [(feature, word, round(weight, 2)) for (feature, word), weight in weights.items() if feature != INSIDE]
    return sorted((row for row in rows if abs(row[2]) >= LEAST), key=lambda row: (row[0], -row[2], row[1]))


def counts(reading: Reading, weights: Weights | None) -> tuple[int, int, int]:
    """Of the promises of a report: how many were found, are there, were read."""
    found = reading.report.found(weights)
    return len(matched(reading.promises, found)), len(reading.promises), len(found)


def f1(told: Sequence[tuple[int, int, int]]) -> float:
    """Twice the right ones over those there and those read."""
    right, wanted, found = (sum(column) for column in zip(*told, strict=True))
    return 2 * right / (wanted + found) if wanted + found else 0.0


def left_out(read: Sequence[Reading], labels: Sequence[Clause]) -> float:
    """F1 of the promises when each report is read with weights learned without it; one line for each is printed."""
    told = []
    for one in read:
        others = list(chain.from_iterable(other.examples() for other in read if other is not one))
        told.append(counts(one, weighing(learned(others, labels))))
        print(f"  {one.name:16} {f1(told[-1:]):.3f}", flush=True)
    return f1(told)


def main(shared: Path, *, write: bool) -> int:
    """Learn, print how well, and with ``write`` keep the weights."""
    read = readings(shared)
    if len(read) < 2:
        print(f"没有可学的细读结果 · no annotated reports in {shared / 'gold'}", file=sys.stderr)
        return 2
    labels = list(labelled(shared))
    clauses = list(chain.from_iterable(one.examples() for one in read))
    print(f"{len(read)} 份细读 · readings, {len(clauses)} 分句 · clauses, {len(labels)} 标注 · labels")
    print("留一份不学，读它 · left out, then read:")
    found = left_out(read, labels)
    rows = learned(clauses, labels)
    within = f1([counts(one, weighing(rows)) for one in read])
    kept = f1([counts(one, None) for one in read])
    print(f"  合计 · together   {found:.3f}")
    print(
        f"全部学过再读 · learned from all of them {within:.3f}（现用 · now in use {kept:.3f}）, {len(rows)} 行 · rows"
    )
    if write:
        head = HEAD.format(gold=len(clauses), reports=len(read), labels=len(labels), found=found)
        with WEIGHTS.open("w", encoding="utf-8", newline="") as out:
            out.write(head)
            csv.writer(out, lineterminator="\n").writerows((*row[:2], f"{row[2]:.2f}") for row in rows)
        print(f"写入 · written: {WEIGHTS}")
    return 0


if __name__ == "__main__":
    paths = [word for word in sys.argv[1:] if not word.startswith("-")]
    sys.exit(main(Path(paths[0]) if paths else Path("shared"), write="--write" in sys.argv))
