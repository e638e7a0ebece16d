"""The index of the search: everything can be found by any two characters of it, in files of bounded size."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import accumulate

import pytest

from luoshi.door import Report
from luoshi.publish.dossier import dossier
from luoshi.publish.site import finding
from luoshi.publish.site.cards import cards
from luoshi.publish.site.finding import Thing, folded, index, shard, things
from luoshi.publish.site.targets import goals


def parts(files: dict[str, bytes]) -> tuple[dict[str, int], dict[str, list[int]], list[list[str]]]:
    """Head, pairs with the numbers that hold them, things: read as ``search.js`` reads them."""
    head: dict[str, int] = {}
    pairs: dict[str, list[int]] = {}
    rows: list[list[str]] = []
    for content in files.values():
        found = re.fullmatch(r'luoshi\.take\("(\w+)",(\d+),(.*)\);\n', content.decode(), re.DOTALL)
        assert found
        kind, value = found[1], json.loads(found[3])
        if kind == "head":
            head = value
        elif kind == "pairs":
            assert all(shard(pair, head["shards"]) == int(found[2]) for pair in value)
            pairs |= {pair: list(accumulate(steps)) for pair, steps in value.items()}
        else:
            rows += value
    return head, pairs, rows


def thing(title: str, text: str = "") -> Thing:
    return Thing("item/x.html", title, "", "", "", text)


def test_every_item_is_found_by_every_pair_of_its_title(report: Report) -> None:
    made = dossier(report.plan, report.document, date(2023, 6, 30))
    found = cards(made)
    head, pairs, rows = parts(dict(index(things(found, goals(made, found), lit=False))))
    assert head["things"] == len(rows) >= len(found)
    for at, card in enumerate(found):
        title = folded(card.title)
        assert all(at in pairs[title[n : n + 2]] for n in range(len(title) - 1))


def test_large_letters_marks_and_blanks_do_not_matter() -> None:
    _, pairs, _ = parts(dict(index([thing("建设 5G 基站（A区）")])))
    assert {"建设", "5g", "g基", "站a", "a区"} <= set(pairs)


def test_no_pair_runs_from_the_title_into_the_text() -> None:
    _, pairs, _ = parts(dict(index([thing("修路", "桥梁")])))
    assert set(pairs) == {"修路", "桥梁"}


@pytest.mark.parametrize("count", [0, 1, 249, 250, 251, 3000])
def test_nothing_is_lost_when_the_index_is_cut(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PAIRS", 2000)
    found = [thing(f"第{at}号水库除险加固") for at in range(count)]
    files = dict(index(found))
    head, pairs, rows = parts(files)
    assert [row[1] for row in rows] == [one.title for one in found]
    assert sum(name.startswith("search/things") for name in files) == -(-count // 250)
    assert pairs.get("水库", []) == list(range(count))
    assert (head["shards"] > 1) is (count >= 249)


def test_targets_that_are_no_items_are_found_too(report: Report) -> None:
    plan = report.plan.model_copy(update={"items": ()})
    made = dossier(plan, report.document, date(2023, 6, 30))
    aims = goals(made, ())
    assert aims
    assert [one.path for one in things((), aims, lit=False)] == [one.path for one in aims]
