"""`luoshi paper`: what is written where, what is refused, and what a clerk is told."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.door import open_report
from luoshi.examples import sample
from luoshi.publish.papers import kinds
from luoshi.rehearsal import TODAY, docket, readings_table

Command = Callable[..., Any]


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The states of the sample's items on the last day of its story."""
    path = tmp_path_factory.mktemp("states") / "状态.json"
    path.write_text(docket(open_report(sample("songgang-2023")).plan).to_json(), encoding="utf-8")
    return path


@pytest.fixture
def paper(luoshi: Command, states: Path) -> Command:
    """``paper("notice", "--to", out)`` for the sample on that day."""
    return lambda kind, *more: luoshi(
        "paper", kind, sample("songgang-2023"), "--items", states, "--today", TODAY.isoformat(), *more
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def codes(err: str) -> list[str]:
    return [line.split()[3] for line in err.splitlines() if line.startswith(("✖", "▲", "•"))]


def test_the_list_names_every_kind_in_both_languages(luoshi: Command) -> None:
    done = luoshi("paper", "--list")
    assert done.code == 0
    for name, kind in kinds().items():
        assert name in done.text
        assert kind.zh in done.text


@pytest.mark.parametrize("name", ["bulletin", "通报"])
def test_a_paper_is_written_as_word_and_as_pdf(paper: Command, tmp_path: Path, name: str) -> None:
    done = paper(name, "--to", tmp_path / "文书")
    assert done.code == 0
    assert names(tmp_path / "文书") == ["通报.docx", "通报.pdf"]
    assert "F007" in codes(done.err)


def test_readings_of_a_table_stand_in_the_notice(paper: Command, tmp_path: Path) -> None:
    table = tmp_path / "读数.csv"
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(readings_table())
    done = paper("通报", "--readings", table, "--format", "docx", "--to", tmp_path / "通报.docx")
    assert done.code == 0
    bare = paper("通报", "--format", "docx", "--to", tmp_path / "没有读数.docx")
    assert bare.code == 0
    assert (tmp_path / "通报.docx").stat().st_size > (tmp_path / "没有读数.docx").stat().st_size


def test_one_item_goes_into_one_file_of_the_form_it_is_named(paper: Command, tmp_path: Path) -> None:
    for ending, begins in ((".docx", b"PK"), (".pdf", b"%PDF")):
        target = tmp_path / f"通知单{ending}"
        assert paper("notice", "--item", "i16", "--to", target).code == 0
        assert target.read_bytes().startswith(begins)


def test_several_papers_do_not_go_into_one_file(paper: Command, tmp_path: Path) -> None:
    done = paper("chaser", "--format", "docx", "--to", tmp_path / "催办.docx")
    assert done.code == 2
    assert codes(done.err) == ["F009"]
    assert names(tmp_path) == []


def test_nothing_due_writes_nothing_and_is_no_failure(paper: Command, tmp_path: Path) -> None:
    done = paper("change", "--to", tmp_path / "申请")
    assert done.code == 0
    assert not (tmp_path / "申请").exists()
    assert "F006" in codes(done.err)


def test_a_unit_gets_its_own(paper: Command, tmp_path: Path) -> None:
    done = paper("催办通知书", "--unit", "区商务局", "--format", "docx", "--to", tmp_path / "催办")
    assert done.code == 0
    assert names(tmp_path / "催办") == ["催办通知书-i31.docx"]


def test_the_same_command_writes_the_same_bytes(paper: Command, tmp_path: Path) -> None:
    for folder in ("一", "二"):
        assert paper("deputies", "--to", tmp_path / folder).code == 0
    for name in names(tmp_path / "一"):
        assert (tmp_path / "一" / name).read_bytes() == (tmp_path / "二" / name).read_bytes()


def test_templates_are_written_edited_and_used(luoshi: Command, paper: Command, tmp_path: Path) -> None:
    import docx

    assert luoshi("paper", "--templates-to", tmp_path / "模板").code == 0
    assert len(names(tmp_path / "模板")) == len(kinds())
    path = tmp_path / "模板" / "通报.docx"
    document = docx.Document(str(path))
    document.paragraphs[0].insert_paragraph_before("本区加的一句，共{{ 总数 }}项")
    document.save(str(path))
    (tmp_path / "模板" / "~$通报.docx").write_bytes(b"Word's own")
    (tmp_path / "模板" / "通告.docx").write_bytes(path.read_bytes())
    done = paper("通报", "--templates", tmp_path / "模板", "--format", "docx", "--to", tmp_path / "通报.docx")
    assert done.code == 0
    assert codes(done.err).count("F008") == 1
    assert docx.Document(str(tmp_path / "通报.docx")).paragraphs[0].text == "本区加的一句，共108项"


def test_a_slip_in_a_template_leaves_nothing_behind(luoshi: Command, paper: Command, tmp_path: Path) -> None:
    import docx

    assert luoshi("paper", "--templates-to", tmp_path / "模板").code == 0
    path = tmp_path / "模板" / "通报.docx"
    document = docx.Document(str(path))
    document.paragraphs[0].insert_paragraph_before("共{{ 总树 }}项")
    document.save(str(path))
    done = paper("通报", "--templates", tmp_path / "模板", "--to", tmp_path / "文书")
    assert done.code == 2
    assert codes(done.err) == ["F001"]
    assert "总树" in done.err
    assert not (tmp_path / "文书").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("paper",), "文书种类"),
        (("paper", "通告", "x.txt", "--to", "y"), "没有文书 通告"),
        (("paper", "bulletin"), "文书种类"),
        (("paper", "bulletin", "x.txt", "--format", "odt", "--to", "y"), "docx,pdf"),
    ],
)
def test_what_is_missing_or_unknown_is_said(luoshi: Command, arguments: tuple[str, ...], words: str) -> None:
    done = luoshi(*arguments)
    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err


def test_an_item_that_is_not_there_is_refused(paper: Command, tmp_path: Path) -> None:
    done = paper("notice", "--item", "i999", "--to", tmp_path / "x")
    assert done.code == 2
    assert codes(done.err) == ["F005"]


def test_a_folder_of_templates_that_is_not_there_is_refused(paper: Command, tmp_path: Path) -> None:
    done = paper("notice", "--templates", tmp_path / "没有", "--to", tmp_path / "x")
    assert done.code == 2
    assert codes(done.err) == ["I004"]


def test_every_name_of_a_template_is_in_the_book() -> None:
    from luoshi.publish.papers.naming import names as known

    page = (Path(__file__).resolve().parents[2] / "docs" / "papers.md").read_text(encoding="utf-8")
    for row in known()["names"].values():
        assert f"| `{row['zh']}` |" in page
    for name in known()["filters"]:
        assert f"| `{name}` |" in page
