"""Time making the public site of a plan with many items: python bench/site.py [ITEMS]

The report is that of the sample, its items over and over, every one under supervision with entries and evidence.
"""

from __future__ import annotations

import sys
import time

from luoshi.door import open_report
from luoshi.examples import sample
from luoshi.publish.dossier import Dossier, dossier
from luoshi.publish.site import site
from luoshi.rehearsal import TODAY, docket
from luoshi.supervise import Docket


def main(arguments: list[str]) -> None:
    for count in [int(arguments[0])] if arguments else [200, 2000, 5000]:
        made = many(count)
        began = time.perf_counter()
        files = {path: len(content) for path, content in site(made)}
        spent = time.perf_counter() - began
        first = sum(files[name] for name in ("index.html", "site.css", "icon.svg"))
        print(f"{count:5} items  {spent:6.2f} s  {len(files):6} files  {sum(files.values()) / 1e6:7.1f} MB", end="  ")
        print(f"overview {first / 1000:.0f} kB  largest {max(files.values()) / 1000:.0f} kB", flush=True)


def many(count: int) -> Dossier:
    """A dossier of ``count`` items."""
    report = open_report(sample("songgang-2023"))
    played = docket(report.plan)
    states = {one.id: one for one in played.items}
    items, matters, entries = [], [], []
    for at in range(count):
        item = report.plan.items[at % len(report.plan.items)]
        name = f"{item.id}x{at}"
        items.append(item.model_copy(update={"id": name, "title": f"{item.title}（{at}）"}))
        matters.append(states[item.id].model_copy(update={"id": name, "title": f"{item.title}（{at}）"}))
        entries += [one.model_copy(update={"matter": name}) for one in played.entries if one.matter == item.id]
    plan = report.plan.model_copy(update={"items": tuple(items)})
    return dossier(plan, report.document, TODAY, docket=Docket(items=tuple(matters), entries=tuple(entries)))


if __name__ == "__main__":
    main(sys.argv[1:])
