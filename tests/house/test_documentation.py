"""The books are checked like code: every verb, option, member, value and term stands on its page; links lead on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import get_args

import click
import pytest
from jsonschema import Draft202012Validator

from luoshi.cli.frame import load
from luoshi.cli.start import VERBS
from luoshi.plan import model, schema
from luoshi.plan.model import Node

NODES = {name: found for name, found in vars(model).items() if isinstance(found, type) and issubclass(found, Node)}
ENUMS = {
    "role": model.Role, "level": model.Level, "comparator": model.Comparator, "measure": model.Measure,
    "direction": model.Direction, "tense": model.Tense, "kind": model.Kind, "strength": model.Strength,
    "date_basis": model.DateBasis, "unit_basis": model.UnitBasis, "precision": model.Precision,
    "qualifier_kind": model.QualifierKind, "every": model.Every, "voice": model.Voice,
}  # fmt: skip
HEADINGS = {
    "Plan": "最外层", "Facts": "`document`", "Section": "`sections[]`", "Figure": "`figures[]`",
    "Indicator": "`indicator`", "Period": "`period`", "Commitment": "`commitments[]`", "Deadline": "`deadline`",
    "Item": "`items[]`", "Duty": "`items[]`", "Rung": "`ladder[]`", "Member": "`ladder[]`",
    "Qualifier": "`qualifiers[]`", "Speech": "`voices[]`", "Unread": "`unread[]`", "Finding": "`problems[]`",
}  # fmt: skip


def docs(root: Path, name: str) -> str:
    return (root / "docs" / name).read_text(encoding="utf-8")


def test_the_generated_pages_are_up_to_date(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, root / "scripts" / "docs.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"run `make docs`: {done.stdout}{done.stderr}"


def test_the_schema_in_the_package_is_that_of_the_model() -> None:
    """``make schema`` writes it anew after the model has changed."""
    packed = json.loads(resources.files("luoshi.plan").joinpath("plan.schema.json").read_text(encoding="utf-8"))
    assert packed == json.loads(json.dumps(schema()))
    Draft202012Validator.check_schema(packed)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_and_option_is_documented(root: Path, verb: str) -> None:
    page = docs(root, "cli.md")
    part = page.split(f"\n## `luoshi {verb}`\n")[1].split("\n## ")[0]
    command = load(verb)
    for parameter in command.params:
        names = (
            parameter.opts if isinstance(parameter, click.Option) else [parameter.make_metavar(click.Context(command))]
        )
        assert all(name.strip("[]") in part for name in names), names


@pytest.mark.parametrize("name", [name for name in NODES if name != "Node"])
def test_every_member_of_the_plan_is_documented_with_its_object(root: Path, name: str) -> None:
    heading = HEADINGS[name]
    parts = re.split(r"\n(?=##+ )", docs(root, "plan-format.md"))
    (part,) = (part for part in parts if re.match(rf"##+ {re.escape(heading)}", part))
    for member, field in NODES[name].model_fields.items():
        assert f"`{field.serialization_alias or field.alias or member}`" in part


@pytest.mark.parametrize("group", ENUMS)
def test_every_value_of_the_plan_is_documented(root: Path, group: str) -> None:
    page = docs(root, "plan-format.md")
    assert [value for value in get_args(ENUMS[group]) if f"`{value}`" not in page] == []


def glossary(root: Path) -> dict[str, str]:
    """English → Chinese, from the tables of the glossary; the value of an enumeration as ``group.value``."""
    terms = {}
    for line in docs(root, "glossary.md").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) >= 2:
            terms[cells[0].strip("`")] = cells[1]
    return terms


def test_every_value_of_the_plan_has_the_chinese_term_that_the_products_use(root: Path) -> None:
    from luoshi.publish.labels import label

    terms = glossary(root)
    for group, enum in ENUMS.items():
        for value in get_args(enum):
            assert terms.get(f"{group}.{value}") == label(group, value), f"{group}.{value}"


def test_every_thing_of_the_plan_has_a_chinese_term(root: Path) -> None:
    terms = glossary(root)
    things = {name.lower() for name in NODES} - {"node", "facts"}
    members = {member for name in ("Plan", "Item") for member in NODES[name].model_fields}
    lists = {"sections", "figures", "commitments", "items", "problems"}
    wanted = things | {member.removesuffix("s") if member in lists else member for member in members}
    missing = sorted(wanted - set(terms) - {"format", "id", "title", "kind"})
    assert missing == []
    assert [name for name, chinese in terms.items() if not re.search(r"[\u4e00-\u9fff]", chinese)] == []


def pages(root: Path) -> list[Path]:
    return [*root.glob("*.md"), *(root / "docs").glob("*.md")]


def links(page: Path) -> list[str]:
    """Where the page's links lead, addresses of other places left out."""
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    return [target for target in targets if not target.startswith(("https://", "mailto:"))]


def test_links_between_pages_lead_somewhere(root: Path) -> None:
    every = [(page, target) for page in pages(root) for target in links(page)]
    assert [(page.name, target) for page, target in every if not (page.parent / target).exists()] == []


def test_every_page_is_reached_from_the_index(root: Path) -> None:
    reached = set(links(root / "docs" / "index.md"))
    assert {page.name for page in (root / "docs").glob("*.md")} - reached == {"index.md"}


def test_both_readmes_name_the_two_commands_and_every_verb(root: Path) -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (root / name).read_text(encoding="utf-8")
        for words in ("make demo", "make test", "Apache", *(f"luoshi {verb}" for verb in VERBS)):
            assert words in text, f"{name}: {words}"
