"""Time comparing reports over the years, and making the ledger of them: python bench/compare.py [FOLDER]

FOLDER holds reports of one place (by default the national ones of the real reports, else the worked example).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from luoshi.compare import compare
from luoshi.door import open_edition
from luoshi.publish.ledger import ledger_page, ledger_pdf, ledger_workbook

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LUOSHI_SHARED", ROOT.parent / "shared")) / "corpus" / "national"
EXAMPLE = [ROOT / "docs" / "comparing" / f"qinghe-{year}.txt" for year in (2023, 2024)]
T = TypeVar("T")


def timed(name: str, make: Callable[[], T]) -> T:
    began = time.perf_counter()
    made = make()
    print(f"{name:12} {time.perf_counter() - began:7.2f} s")
    return made


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0]) if arguments else SHARED
    paths = sorted(folder.glob("*.txt")) if folder.is_dir() else EXAMPLE
    editions = timed("reading", lambda: [open_edition(path) for path in paths])
    found = timed("comparing", lambda: compare(editions))
    for name, make in (("page", ledger_page), ("pdf", ledger_pdf), ("workbook", ledger_workbook)):
        data = timed(name, lambda make=make: make(found))  # type: ignore[misc]
        print(f"{'':12} {len(data) / 1e6:7.2f} MB")
    print(f"{len(paths)} reports, {len(found.promises)} promises")


if __name__ == "__main__":
    main(sys.argv[1:])
