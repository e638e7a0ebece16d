"""The open data of a dossier that is already cut to what is open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from luoshi.plan import Plan
from luoshi.plan.model import Node
from luoshi.publish.dossier import Dossier
from luoshi.publish.opendata.cells import Row, as_csv
from luoshi.publish.opendata.package import about, citation, datapackage, dataset, licence, title
from luoshi.publish.opendata.rows import filled
from luoshi.publish.opendata.tables import Table, words
from luoshi.publish.opendata.workbook import workbook

_KEPT = ("read_as",)  # members beside the model that go out: what had been read before a person corrected it


def opendata(cut: Dossier) -> dict[str, bytes]:
    """Every file by name: CSV tables, one workbook of the same, the plan, the text, and what describes them.

    ``cut`` must come from :func:`luoshi.publish.dossier.opened`. The same dossier always gives the same bytes.
    """
    made = list(filled(cut))
    described = {f"{table.name}.csv": table for table, _ in made}
    files = {f"{table.name}.csv": as_csv(table.columns, rows) for table, rows in made}
    files["tables.xlsx"] = workbook(title(cut).zh, words()["text"]["workbook"].format(day=cut.today), cut.today, made)
    files["plan.json"] = _plan(cut.plan)
    files["report.txt"] = cut.document.text.encode("utf-8", "replace")
    return {
        **files,
        "datapackage.json": datapackage(cut, described, files),
        "dataset.jsonld": dataset(cut, files),
        "CITATION.cff": citation(cut),
        "README.md": _readme(cut, made),
    }


def _plan(plan: Plan) -> bytes:
    """The plan with the members of its format and no others: what somebody added to the file stays inside."""
    return (json.dumps(_members(plan), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _members(node: Any) -> Any:
    if isinstance(node, Node):
        extra = node.model_extra or {}
        own = {field.alias or name: _members(getattr(node, name)) for name, field in type(node).model_fields.items()}
        return own | {name: extra[name] for name in _KEPT if name in extra}
    if isinstance(node, tuple):
        return [_members(one) for one in node]
    return node.isoformat() if isinstance(node, date) else node


def _readme(cut: Dossier, made: Iterable[tuple[Table, Sequence[Row]]]) -> bytes:
    said, none = words()["text"], {"zh": words()["text"]["none_zh"], "en": words()["text"]["none_en"]}
    lists = {"zh": "", "en": ""}
    for table, rows in made:
        lists["zh"] += f"- `{table.name}.csv` {table.title.zh}（{len(rows)} 行）：{table.about.zh}\n"
        lists["en"] += f"- `{table.name}.csv` {table.title.en} ({len(rows)} rows): {table.about.en}\n"
    text = said["readme"].format(
        day=cut.today,
        **{f"title_{lang}": getattr(title(cut), lang) for lang in lists},
        **{f"about_{lang}": getattr(about(cut), lang) for lang in lists},
        **{f"publisher_{lang}": cut.office.government or none[lang] for lang in lists},
        **{f"licence_{lang}": licence(cut) or cut.office.licence or none[lang] for lang in lists},
        **{f"tables_{lang}": rows.rstrip() for lang, rows in lists.items()},
    )
    return str(text).encode("utf-8", "replace")
