"""Learning the weights: what can be told apart is told apart, the same input gives the same file, no words are kept."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from learn.logistic import Example, fit  # noqa: E402
from learn.readings import LABELS, fingerprint, labelled, matched, readings  # noqa: E402

from learn import __main__ as learn  # noqa: E402
from luoshi.read.judge import lexicon, weighing, weights  # noqa: E402

REPORT = "政府工作报告\n\n一、2024年工作回顾\n\n过去一年，全县上下克难奋进。\n\n二、2025年工作安排\n\n{text}\n"
KEPT = ["新建村卫生室12所", "改造农村公路80公里", "开工建设城北水厂", "完善医保结算办法", "整治占道经营行为"]
WISHED = ["让群众更有盼头", "奋力谱写崭新篇章", "不断开创美好未来", "凝聚起奋进的力量", "展现全新气象"]
SPAN = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports, every promise of which is annotated, as people keep them: ``gold`` and ``corpus``."""
    for at in range(3):
        text = REPORT.format(text="，".join([*KEPT[at:], *WISHED[: 5 - at], *KEPT[:at]]) + "。")
        rows = [{"start": text.index(one), "end": text.index(one) + len(one), "kind": "action"} for one in KEPT]
        rows += [{"start": text.index(one), "end": text.index(one) + 5, "kind": "slogan"} for one in WISHED[:2]]
        for part in ("gold", "corpus"):
            (tmp_path / part / "county").mkdir(parents=True, exist_ok=True)
        (tmp_path / "corpus" / "county" / f"松岗区-{at}.txt").write_text(text, encoding="utf-8")
        gold = tmp_path / "gold" / "county" / f"松岗区-{at}.commitments.jsonl"
        gold.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return tmp_path


def test_what_decides_gets_the_weight_and_what_stands_in_few_examples_none() -> None:
    examples = [Example(("always", "good" if at % 2 else "bad", f"only {at}"), bool(at % 2)) for at in range(40)]
    weights_ = fit(examples, 1.0)
    assert weights_["good"] > 1 > abs(weights_["always"]) + 0.5
    assert weights_["bad"] < -1
    assert all(not name.startswith("only") for name in weights_)
    assert fit(examples, 1.0) == weights_


def test_the_weights_are_where_the_loss_is_least() -> None:
    """One feature, three for and one against: the slope of ½w² + Σ cost × log(1 + exp(∓w)) is zero there."""
    from math import exp

    weight = fit([Example(("x",), yes) for yes in (True, True, True, False)], 2.0)["x"]
    assert weight + 2 * (-3 / (1 + exp(weight)) + 1 / (1 + exp(-weight))) == pytest.approx(0, abs=1e-3)


def test_worth_is_as_if_an_example_stood_there_more_often() -> None:
    twice = fit([Example(("x",), True), Example(("x",), True), Example(("x",), False)], 1.0)
    assert fit([Example(("x",), True, 2.0), Example(("x",), False)], 1.0)["x"] == pytest.approx(twice["x"], abs=1e-3)


def test_promises_left_out_are_found_by_what_the_others_taught(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert learn.left_out(readings(folder), []) > 0.9
    assert "松岗区-2" in capsys.readouterr().out


def test_a_report_teaches_every_clause_that_is_judged_and_slogans_are_no_promises(folder: Path) -> None:
    told = readings(folder)[0].examples()
    assert sum(yes for _, yes in told) == len(KEPT)
    assert len(told) == len(KEPT) + len(WISHED)
    assert all(("constant", "") in named for named, _ in told)


def test_a_verb_never_seen_weighs_like_its_class(folder: Path) -> None:
    clauses = [clause for one in readings(folder) for clause in one.examples()]
    rows = {(feature, word): weight for feature, word, weight in learn.learned(clauses, [])}
    assert lexicon().verbs["新建"] == lexicon().verbs["扩建"]
    assert ("in", "扩建") in rows
    assert rows["in", "扩建"] > 0


def test_writing_gives_the_file_that_the_engine_reads(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(learn, "WEIGHTS", tmp_path / "weights.csv")
    assert learn.main(folder, write=False) == 0
    assert not learn.WEIGHTS.exists()
    assert learn.main(folder, write=True) == 0
    first = learn.WEIGHTS.read_bytes()
    assert learn.main(folder, write=True) == 0
    assert learn.WEIGHTS.read_bytes() == first
    lines = first.decode().splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert {"verb", "in", "end"} <= {row["feature"] for row in rows}
    assert weighing((row["feature"], row["word"], float(row["weight"])) for row in rows).by["verb"]
    assert "合计 · together" in capsys.readouterr().out


def test_nothing_to_learn_from_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert learn.main(tmp_path, write=True) == 2
    assert "没有可学的细读结果" in capsys.readouterr().err


def test_labels_point_into_reports_and_one_that_was_changed_teaches_nothing(folder: Path) -> None:
    path = folder / "corpus" / "county" / "松岗区-0.txt"
    start = path.read_text(encoding="utf-8").index(KEPT[0])
    labels = folder / "labels.csv"
    head = "report,sha256,start,end,label\n"
    row = f"county/松岗区-0.txt,{{}},{start},{start + len(KEPT[0])},promise\n"
    labels.write_text(head + row.format(fingerprint(path)) + row.format("0" * 12), encoding="utf-8")
    ((named, yes),) = labelled(folder, labels)
    assert yes
    assert ("verb", "新建") in named


def test_the_labels_hold_pointers_and_no_words() -> None:
    rows = list(csv.DictReader(LABELS.read_text(encoding="utf-8").splitlines()))
    assert len(rows) > 500
    assert {row["label"] for row in rows} == {"promise", "wish"}
    assert rows == sorted(rows, key=lambda row: (row["report"], int(row["start"])))
    assert all(len(row["sha256"]) == 12 and row["start"].isdigit() and row["end"].isdigit() for row in rows)
    assert len({(row["report"], row["start"]) for row in rows}) == len(rows)


def test_the_labels_still_point_at_clauses(shared: Path) -> None:
    assert len(list(labelled(shared))) > 0.98 * len(LABELS.read_text(encoding="utf-8").splitlines())


def test_the_weights_in_the_package_are_those_that_the_readings_teach(shared: Path) -> None:
    """``make learn ARGS=--write`` after a change of features, labels or cutting; words that tell little may differ."""
    clauses = [clause for one in readings(shared) for clause in one.examples()]
    rows = learn.learned(clauses, list(labelled(shared)))
    kept = {(feature, word): weight for feature, found in weights().by.items() for word, weight in found.items()}
    strong = [row for row in rows if abs(row[2]) >= 0.5]
    assert sum(abs(kept.get(row[:2], 0.0) - row[2]) <= 0.1 for row in strong) >= 0.97 * len(strong)


@given(st.lists(SPAN, max_size=8), st.lists(SPAN, max_size=8))
def test_spans_are_matched_one_to_one_by_half_their_union(
    wanted: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    pairs = matched(wanted, found)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    for i, j in pairs:
        both = set(range(*wanted[i])) & set(range(*found[j]))
        assert 2 * len(both) >= len(set(range(*wanted[i])) | set(range(*found[j])))
    assert len(matched(wanted, wanted)) == len(wanted)
