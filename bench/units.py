"""How often the unit proposed for a matter is one that a decomposition document states for it.

usage: .venv/bin/python bench/units.py [--show] [FOLDER]

Needs real decomposition documents (``shared`` beside the checkout, or LUOSHI_SHARED; or a folder of texts). For every
stretch with stated units the words that it is said of, without those that state, are given to the proposal, with the
titles above; it agrees when a stated unit is among its first or its first three. "Knowable" leaves out what states only
units that are no bureau of the catalogue (各地区、各部门, a company) and those of towns and counties.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from luoshi.read.facts import About, facts
from luoshi.read.units import Stated, codes, proposed, same_unit, statements
from luoshi.source import View, fold, view
from luoshi.source.outline import Outline, outline

HERE = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LUOSHI_SHARED") or HERE.parent / "shared")
SHOWN = 70


def matters(text: str, seen: View, skeleton: Outline) -> Iterator[tuple[str, str, Stated]]:
    """Of every statement its matter, the titles above it, and who it names."""
    said = statements(text, seen, skeleton)
    for one in said:
        inner = [other for other in said if other is not one and one.since <= other.since and other.until <= one.until]
        cut = sorted((max(one.since, start), end) for start, end in ((s.start, s.end) for s in (one, *inner)))
        words, at = "", one.since
        for start, end in cut:
            words += text[at : max(at, min(start, one.until))]
            at = max(at, end)
        words += text[at : one.until]
        above = [
            heading.title
            for heading in skeleton.headings
            if seen.offset(heading.start) < one.since < seen.offset(heading.until - 1) + 1
        ]
        yield fold(words), " ".join(above), one


def counted(path: Path, show: bool) -> list[int]:
    text = path.read_text(encoding="utf-8")
    seen = view(text)
    skeleton = outline(seen.text)
    about: About = facts(seen.text, skeleton, path.name)
    counts = [0] * 6
    for words, above, one in matters(text, seen, skeleton):
        duties = [duty.unit for duty in proposed(words, about.level, about.place, above)]
        named = (*one.lead, *one.help)
        first = duties[:1]
        found = (
            True,
            any(codes(unit) - {"towns"} for unit in named),
            any(same_unit(duty, unit) for duty in first for unit in one.lead),
            any(same_unit(duty, unit) for duty in first for unit in named),
            any(same_unit(duty, unit) for duty in duties for unit in one.lead),
            any(same_unit(duty, unit) for duty in duties for unit in named),
        )
        counts = [a + b for a, b in zip(counts, found, strict=True)]
        if show:
            mark = "√" if found[3] else "+" if found[5] else "×"
            print(mark, words[-SHOWN:].replace("\n", " "), "|", *one.lead, "+", *one.help, "|", *duties)
    return counts


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    folders = folders or [SHARED / "corpus" / "decomposition", SHARED / "corpus" / "plan"]
    total = [0] * 6
    for path in sorted(path for folder in folders for path in folder.glob("*.txt")):
        counts = counted(path, "--show" in sys.argv)
        total = [a + b for a, b in zip(total, counts, strict=True)]
        print(f"{path.stem[:22]:24s} {counts[0]:4d} stated, {counts[1]} knowable, first: lead {counts[2]}", end="")
        print(f" any {counts[3]}, three: lead {counts[4]} any {counts[5]}")
    known = total[1] or 1
    print(f"all {total[0]}, knowable {total[1]}: ", end="")
    print(f"first is the lead {total[2] / known:.2f}, first is named {total[3] / known:.2f}, ", end="")
    print(f"lead among three {total[4] / known:.2f}, one of three is named {total[5] / known:.2f}")


if __name__ == "__main__":
    main()
