"""What a measured run came to: a table for people, JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from luoshi.web.measuring.driving import Told, percentile

LIMIT = 0.3  # seconds: what p95 of every page should stay under
MOST_QUERIES = 30
_SHARES = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured. ``memory`` are the server's MB over time, ``missing`` pages that the site does not have."""

    database: str
    told: Told
    queries: Mapping[str, int]
    memory: Sequence[float]
    missing: Sequence[str]

    @property
    def good(self) -> bool:
        """Whether every page kept to its limits and nothing went wrong."""
        slow = any(percentile(times, 0.95) >= LIMIT for times in self.told.times.values())
        return not (slow or self.told.faults or any(count > MOST_QUERIES for count in self.queries.values()))

    def written(self) -> dict[str, Any]:
        """As JSON; times in milliseconds."""
        pages = {
            page: {
                "requests": len(times),
                **{name: round(1000 * percentile(times, share), 1) for name, share in _SHARES},
                "slowest": round(1000 * max(times), 1),
                "queries": self.queries.get(page),
            }
            for page, times in sorted(self.told.times.items())
        }
        faults = Counter(f"{page} {fault}" for page, fault in self.told.faults)
        ends = {"start": self.memory[0], "end": self.memory[-1], "most": max(self.memory)} if self.memory else {}
        return {
            "database": self.database, "pages": pages, "errors": dict(faults), "memory_mb": ends,
            "not_built": list(self.missing), "good": self.good,
        }  # fmt: skip

    def table(self) -> Table:
        """For the terminal."""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for heading in ("页面 page", "次数 n", "p50 ms", "p95 ms", "p99 ms", "最慢 slowest", "查询 queries"):
            table.add_column(heading, justify="left" if heading.startswith("页面") else "right")
        for page, said in self.written()["pages"].items():
            cells = (said[name] for name in ("requests", "p50", "p95", "p99", "slowest", "queries"))
            table.add_row(page, *("" if cell is None else str(cell) for cell in cells))
        return table
