"""Tables from strange files: Excel in the child, CSV in any Chinese encoding, everything odd a problem."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.intake import Limits, open_table

ROWS = (("指标", "时期", "数值"), ("新增就业", "2023年1—9月", "5700"), ("", "", ""), ("GDP", "2023Q3", "-0.3"))


def book(path: Path, *sheets: list[list[object]]) -> Path:
    made = xlsxwriter.Workbook(path)
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    for rows in sheets:
        page = made.add_worksheet()
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(at, place, cell, day)
                elif isinstance(cell, str) and cell.startswith("="):
                    page.write_formula(at, place, cell, None, 42)
                else:
                    page.write(at, place, cell)
    made.close()
    return path


def codes(path: Path, **limits: int) -> list[str]:
    return [one.code for one in open_table(path, limits=Limits(**limits)).problems]


def test_cells_come_as_they_are_meant(tmp_path: Path) -> None:
    rows = [["a", 0.1 + 0.2, 2023, 1e-7, 123456789012.5, True, date(2023, 9, 30), "=6*7", None]]
    found = open_table(book(tmp_path / "a.xlsx", [], rows))
    assert found.problems == ()
    assert found.name == "Sheet2"
    assert found.rows[0][:8] == ("a", "0.3", "2023", "0.0000001", "123456789012.5", "是", "2023-09-30", "42")


def test_row_numbers_are_those_of_the_sheet(tmp_path: Path) -> None:
    found = open_table(book(tmp_path / "a.xlsx", [[], [], ["指标"]]))
    assert found.rows[2] == ("指标",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_csv_in_any_encoding_and_with_any_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in ROWS).encode(encoding))
    assert open_table(path).rows == ROWS


def test_a_quoted_cell_may_hold_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('指标,数值\n"产值, 规上","1,071.2"\n', encoding="utf-8")
    assert open_table(path).rows[1] == ("产值, 规上", "1,071.2")


def test_what_is_no_table_is_a_problem(tmp_path: Path) -> None:
    good = book(tmp_path / "a.xlsx", [["指标", "数值"]])
    (tmp_path / "cut.xlsx").write_bytes(good.read_bytes()[:2000])
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tmp_path / "blank.csv").write_text("\n\n,,\n", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as parts:
        parts.writestr("a.txt", "x")
    assert codes(tmp_path / "none.csv") == ["I001"]
    assert codes(tmp_path / "cut.xlsx") == ["I013"]
    assert codes(tmp_path / "picture.csv") == ["I041"]
    assert codes(tmp_path / "blank.csv") == ["I040"]
    assert codes(tmp_path / "zip.xlsx") == ["I013"]
    assert codes(book(tmp_path / "empty.xlsx", [])) == ["I040"]
    assert codes(good, cells=1) == ["I042"]
    assert codes(good, file_bytes=100) == ["I006"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["指标"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/zeros.bin", bytes(300_000_000))
    assert codes(path) == ["I014"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_a_problem(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    found = open_table(path)
    assert bool(found.rows) != bool(found.problems)
