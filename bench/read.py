"""How fast a report is read on one core, beside a floor in the same process; how time grows; what hostile lines take.

usage: make bench    or    .venv/bin/python bench/read.py

Seconds are those of the processor, so that a busy machine changes little. The floor is one compiled pattern (a number
and its unit) over the same text: no reader can be faster, and the ratio is worth more than the speed.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

from luoshi.examples import sample
from luoshi.read import read
from luoshi.source import Document

HERE = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LUOSHI_SHARED") or HERE.parent / "shared")
FLOOR = re.compile(
    r"(?:\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千两]+)(?:[万亿]?(?:元|吨|亩|户|人|家|个|项|套|条|公里|平方米|立方米|千瓦时|斤|所|座"
    r"|处|件|台|辆|张|名|次|倍|天|位|批|类|种|千瓦|公顷|平方公里|人次|微克|美元)|%|‰|个百分点|[万亿])"
)
REPEATS = 60
LEAST_SECONDS = 0.5
MEGABYTE = 1_000_000
HOSTILE = (
    *("1", "一", "1.", "1:", "2021年", "11月85日上午", "增长5%、", "三大目标：一是", "（", "“", "，", "建设", "。\n"),
    *("一、建设\n", "一、建设\n今年要修路，办好事情。\n"),
)


def seconds(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def documents() -> list[Document]:
    """Every real report, else the samples many times over."""
    real = [
        path
        for level in ("national", "province", "city", "county", "news")
        for path in sorted((SHARED / "corpus" / level).glob("*.txt"))
    ]
    paths = real or [sample("songgang-2021"), sample("songgang-2023"), sample("songgang-2021-news")] * REPEATS
    return [Document.from_text(path.read_text(encoding="utf-8"), path.name) for path in paths]


def speed(reports: list[Document]) -> None:
    read(reports[0])
    taken = [seconds(lambda one=one: read(one)) for one in reports]
    floor = seconds(lambda: [sum(1 for _ in FLOOR.finditer(one.text)) for one in reports])
    characters = sum(len(one.text) for one in reports)
    pace = [spent / len(one.text) for spent, one in zip(taken, reports, strict=True)]
    slowest = max(range(len(reports)), key=pace.__getitem__)
    print(f"{len(reports)} reports, {characters:,} characters")
    print(f"  read      {characters / sum(taken):12,.0f} characters/s")
    print(f"  floor     {characters / floor:12,.0f} characters/s   read takes {sum(taken) / floor:.0f} times the floor")
    name, rate = reports[slowest].source, 1 / pace[slowest]
    print(f"  slowest   {rate:12,.0f} characters/s   {name} ({len(reports[slowest].text):,} characters)")


def growth() -> None:
    """One line of dense text, short and long: a reader whose time grows with the square shows it here."""
    dense = re.sub(r"\s", "", sample().read_text(encoding="utf-8"))
    rates = []
    for length in (1_000, 100_000):
        one = Document.from_text((dense * (length // len(dense) + 1))[:length])
        rounds, spent = 0, 0.0
        while spent < LEAST_SECONDS:
            spent += seconds(lambda one=one: read(one))
            rounds += 1
        rates.append(length * rounds / spent)
        print(f"  one line of {length:9,}   {rates[-1]:12,.0f} characters/s")
    print(f"  long against short  {rates[1] / rates[0]:.2f}")


def hostile(lines: Iterable[str]) -> None:
    for line in lines:
        one = Document.from_text(line * (MEGABYTE // len(line.encode())))
        spent = seconds(lambda one=one: read(one))
        print(f"  {line!r:20} × {len(one.text) // len(line):9,}   {spent:6.2f} s")


def main() -> None:
    speed(documents())
    print("growth")
    growth()
    print("hostile lines of one megabyte")
    hostile(sys.argv[1:] or HOSTILE)


if __name__ == "__main__":
    main()
