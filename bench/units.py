"""How often the unit proposed for a matter is one that a decomposition document states for it.

usage: .venv/bin/python bench/units.py [--show]

Needs real decomposition documents (``shared`` beside the checkout, or LUOSHI_SHARED). For every stretch with stated
units the words before them are given to the proposal; it agrees when a stated unit (lead or helping) is among its first
or its first three.
"""

import os
import sys
from pathlib import Path

from luoshi.read.facts import facts
from luoshi.read.units import proposed, same_unit, stated
from luoshi.source import view
from luoshi.source.outline import outline

HERE = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LUOSHI_SHARED") or HERE.parent / "shared")


def main() -> None:
    total = [0, 0, 0, 0]
    for path in sorted((SHARED / "corpus" / "decomposition").glob("*.txt")):
        text = view(path.read_text(encoding="utf-8")).text
        skeleton = outline(text)
        about = facts(text, skeleton, path.name)
        found = stated(text, skeleton.paragraphs)
        counts = [0, 0, 0, 0]
        for one in found:
            duties = [duty.unit for duty in proposed(text[one.since : one.start], about.level, about.place)]
            named = (*one.lead, *one.help)
            counts[0] += 1
            counts[1] += any(same_unit(duties[0], unit) for unit in one.lead) if duties else 0
            counts[2] += any(same_unit(duties[0], unit) for unit in named) if duties else 0
            counts[3] += any(same_unit(duty, unit) for duty in duties[:3] for unit in named)
            if "--show" in sys.argv:
                print("  ", text[one.since : one.start][-60:].replace("\n", " "), "|", named[:4], "|", duties[:3])
        lead, first, three = counts[1:]
        print(f"{path.stem[:24]:26s} {counts[0]:4d} stated, lead first {lead}, first {first}, of three {three}")
        total = [a + b for a, b in zip(total, counts, strict=True)]
    count = total[0] or 1
    print(f"all {total[0]}: first is the lead {total[1] / count:.2f}, first is named {total[2] / count:.2f}, ", end="")
    print(f"one of three is named {total[3] / count:.2f}")


if __name__ == "__main__":
    main()
