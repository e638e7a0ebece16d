"""Score the reading of figures form by form against careful readings: python scripts/forms.py GOLD CORPUS [--markdown]

GOLD and CORPUS are folders with ``<level>/<name>.figures.jsonl`` and ``<level>/<name>.txt``. A row is right when span,
value, second value, unit, comparator, measure and tense all are; what was invented is counted at the end.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from luoshi.read import read
from luoshi.source import Document

FIELDS = ("start", "end", "value", "value2", "unit", "comparator", "measure", "tense")
# The first form whose pattern is found in the words of a figure is its form; the measure decides where words do not.
FORMS = (
    ("ratio 1.8:39.8:58.4", re.compile(r"\d[:：∶]\d")),
    ("range 5%—6%", re.compile(r"\d[%亿万个家]?[—~～-]+\d|\d至\d")),
    ("rank 第一, 前三", re.compile(r"^[第前首]")),
    ("multiple 翻番, 倍", re.compile(r"番|倍$")),
    ("fraction 三分之二, 一半, 七成", re.compile(r"分之(?!.*百)|一半|成半?$")),
    ("百分之, ‰", re.compile(r"^[百千]分之|[‰]")),
    ("余, 多", re.compile(r"[余多]")),
    ("Chinese numeral 三万五千人", re.compile(r"^[零一二三四五六七八九十百千两]")),
    ("百分点", re.compile("百分点")),
    ("percent", re.compile("[%％]$")),
    ("scale 亿元, 万人", re.compile("[亿万]")),
    ("count 27个", re.compile("")),
)


def form(words: str) -> str:
    return next(name for name, pattern in FORMS if pattern.search(words))


def plans(gold: Path, corpus: Path) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Gold rows and figures read, a report at a time."""
    for path in sorted(gold.glob("*/*.figures.jsonl")):
        name = path.name.removesuffix(".figures.jsonl")
        text = (corpus / path.parent.name / f"{name}.txt").read_text(encoding="utf-8")
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        yield rows, [figure.model_dump() for figure in read(Document.from_text(text, f"{name}.txt")).figures]


def main(gold: Path, corpus: Path, *, markdown: bool) -> None:
    counts: dict[str, list[int]] = {}
    invented = 0
    for rows, figures in plans(gold, corpus):
        found = {(figure["start"], figure["end"]): figure for figure in figures}
        for row in rows:
            figure = found.pop((row["start"], row["end"]), None)
            tally = counts.setdefault(form(row["text"]), [0, 0, 0])
            tally[0] += 1
            tally[1] += figure is not None and figure["value"] == row["value"] and figure["unit"] == row["unit"]
            tally[2] += figure is not None and all(figure[key] == row.get(key) for key in FIELDS)
        invented += len(found)
    line = "| {} | {} | {} | {} |" if markdown else "{:34s} {:>6} {:>8} {:>8}"
    print(line.format("form", "n", "found", "all"))
    if markdown:
        print("|---|---|---|---|")
    for name, _ in FORMS:
        if name in counts:
            total, right, whole = counts[name]
            print(line.format(name, total, f"{right / total:.3f}", f"{whole / total:.3f}"))
    print(line.format("read, but no figure", invented, "", ""))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), markdown="--markdown" in sys.argv)
