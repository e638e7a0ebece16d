"""The page about publishing names every product and table, and shows the office's file as it is."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from luoshi.publish.opendata.tables import tables
from luoshi.publish.products import PRODUCTS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "publishing.md").read_text(encoding="utf-8")


def test_every_product_stands_on_the_page_with_its_audience() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| `")]
    missing = [
        one.name for one in PRODUCTS if not any(f"`{one.name}`" in line and one.audience in line for line in lines)
    ]
    assert missing == []


def test_every_table_stands_on_the_page() -> None:
    assert [one.name for one in tables() if f"`{one.name}`" not in PAGE] == []


def test_the_office_file_on_the_page_is_the_one_that_comes_with_luoshi() -> None:
    shown = PAGE.split("<!-- office.toml -->\n```toml\n")[1].split("```")[0]
    assert shown == resources.files("luoshi.publish.dossier").joinpath("office.toml").read_text(encoding="utf-8")
