"""``luoshi compare`` and ``luoshi diff`` as people use them: what is shown, what is written, what is refused."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

PAGES = Path(__file__).resolve().parents[2] / "docs" / "comparing"
FIRST, SECOND, DRAFT = (PAGES / f"qinghe-{name}.txt" for name in ("2023", "2024", "2024-draft"))
FILES = {"ledger.html", "ledger.pdf", "ledger.xlsx", "comparison.json"}


def test_the_table_shows_promise_verdict_outcome_and_sum(luoshi: Any) -> None:
    done = luoshi("compare", FIRST, SECOND)
    assert done.code == 0
    for words in ("● 达到", "■ 未达到", "◆ 换口径达到", "7.6% ＜ 8%", "城东污水处理厂9月动工", "又承诺了 1 次"):
        assert words in done.text
    assert "▢ 未报告   " not in done.text
    assert "▢ 未报告   " in luoshi("compare", FIRST, SECOND, "--all").text


def test_every_result_is_written(luoshi: Any, tmp_path: Path) -> None:
    done = luoshi("compare", FIRST, SECOND, "--out", tmp_path / "总账")
    assert done.code == 0
    assert {path.name for path in (tmp_path / "总账").iterdir()} == FILES
    assert json.loads((tmp_path / "总账" / "comparison.json").read_bytes())["format"] == "luoshi.comparison/1"


def test_json_is_json_and_nothing_else(luoshi: Any) -> None:
    found = json.loads(luoshi("compare", FIRST, SECOND, "--json").out)
    verdicts = {one["quote"]["text"]: one["verdict"] for one in found["promises"] if one["report"] == "2023"}
    assert verdicts["地区生产总值增长6.5%左右"] == "met"
    assert verdicts["一般公共预算收入增长5%"] == "met_other_basis"
    assert verdicts["10月底前柳湾大桥二期建成通车"] == "missed"


def test_a_folder_stands_for_its_reports(luoshi: Any, tmp_path: Path) -> None:
    for path in (FIRST, SECOND):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert luoshi("compare", tmp_path, "--json").out == luoshi("compare", FIRST, SECOND, "--json").out


def test_plans_are_as_good_as_reports(luoshi: Any, tmp_path: Path) -> None:
    """A plan finds the text it was read from beside it; alone, its numbers are compared and that is said."""
    for path in (FIRST, SECOND):
        (tmp_path / path.name).write_bytes(path.read_bytes())
        luoshi("read", path, "--out", tmp_path / f"{path.stem}.json", "--quiet")
    plans = [tmp_path / f"{path.stem}.json" for path in (FIRST, SECOND)]
    assert luoshi("compare", *plans, "--json").out == luoshi("compare", FIRST, SECOND, "--json").out
    (tmp_path / SECOND.name).write_text("别的文字", encoding="utf-8")
    alone = json.loads(luoshi("compare", *plans, "--json").out)
    assert [problem["code"] for problem in alone["problems"]] == ["V008"]
    assert "met" in {one["verdict"] for one in alone["promises"]}


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        ([FIRST], "V002"),
        ([FIRST, FIRST], "V003"),
        ([FIRST, "songgang-2023"], "V004"),
        ([SECOND, DRAFT], "V005"),
        ([FIRST, "nothing.txt"], "I001"),
        ([FIRST, "nothing.json"], "I001"),
    ],
)
def test_what_cannot_be_compared_is_said_and_nothing_written(
    luoshi: Any, tmp_path: Path, paths: list[Any], code: str
) -> None:
    sample = Path(str(resources.files("luoshi.examples").joinpath("songgang-2023.txt")))
    given = [sample if path == "songgang-2023" else path for path in paths]
    done = luoshi("compare", *given, "--out", tmp_path / "out")
    assert done.code == 2
    assert code in done.err
    assert not (tmp_path / "out").exists()


def test_years_out_of_order_are_compared_all_the_same(luoshi: Any) -> None:
    done = luoshi("compare", SECOND, FIRST)
    assert (done.code, "V006" in done.err, "■ 未达到" in done.text) == (0, True, True)


def test_a_persons_decision_is_used(luoshi: Any, tmp_path: Path) -> None:
    one = {"report": "2023", "quote": "建成南坪农贸市场", "verdict": "not_reported", "who": "督查室"}
    path = tmp_path / "判定.json"
    path.write_text(json.dumps({"format": "luoshi.decisions/1", "decisions": [one]}), encoding="utf-8")
    found = json.loads(luoshi("compare", FIRST, SECOND, "--decisions", path, "--json").out)
    (market,) = (each for each in found["promises"] if each["report"] == "2023" and "农贸" in each["quote"]["text"])
    assert (market["verdict"], market["decided"]["read_as"]) == ("not_reported", "missed")


def test_about_may_be_wider_by_a_file(luoshi: Any, tmp_path: Path) -> None:
    own = resources.files("luoshi.compare").joinpath("bands.toml").read_text(encoding="utf-8")
    path = tmp_path / "bands.toml"
    path.write_text(own.replace('growth = "0.3"', 'growth = "0.1"'), encoding="utf-8")
    found = json.loads(luoshi("compare", FIRST, SECOND, "--bands", path, "--json").out)
    assert found["promises"][0]["verdict"] == "missed"


@pytest.mark.parametrize("text", ["", "approx = 3", "[approx]\ngrowth = 'x'"])
def test_a_file_of_bands_that_is_none_is_refused(luoshi: Any, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bands.toml"
    path.write_text(text, encoding="utf-8")
    done = luoshi("compare", FIRST, SECOND, "--bands", path)
    assert (done.code, "V014" in done.err) == (2, True)


def test_looser_names_need_the_extra_and_say_so(luoshi: Any) -> None:
    done = luoshi("compare", FIRST, SECOND, "--match", "--json")
    try:
        import sklearn  # noqa: F401
    except ImportError:
        assert (done.code, 'pip install "luoshi[match]"' in done.err) == (2, True)
    else:
        assert json.loads(done.out)["promises"]


# ── two versions ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_versions_are_shown_with_what_was_softened_first(luoshi: Any) -> None:
    done = luoshi("diff", DRAFT, SECOND)
    assert done.code == 0
    lines = done.text.splitlines()
    assert "▼ 说软了" in lines[1]
    for words in ("6.5% → 6%", "以上 → 左右", "2024-03-31 → 2024-06-30", "✖ 去掉了", "一样的 same"):
        assert words in done.text


def test_two_versions_as_json_and_as_a_workbook(luoshi: Any, tmp_path: Path) -> None:
    path = tmp_path / "不同.xlsx"
    done = luoshi("diff", DRAFT, SECOND, "--json", "--out", path)
    found = json.loads(done.out)
    assert {one["kind"] for one in found["changes"]} == {"softened", "dropped"}
    assert path.read_bytes()[:2] == b"PK"


def test_versions_of_two_places_are_refused(luoshi: Any, tmp_path: Path) -> None:
    other = tmp_path / "云水县-2024.txt"
    other.write_text(SECOND.read_text(encoding="utf-8").replace("清河县", "云水县"), encoding="utf-8")
    done = luoshi("diff", SECOND, other, "--out", tmp_path / "不同.xlsx")
    assert (done.code, "V004" in done.err, (tmp_path / "不同.xlsx").exists()) == (2, True, False)
