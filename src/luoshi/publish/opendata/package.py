"""What describes the data to programs: a Frictionless data package, schema.org metadata, a citation file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from luoshi.publish.dossier import Dossier
from luoshi.publish.opendata.tables import Column, Name, Table, words

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")  # of a licence in the list of SPDX, as CC-BY-4.0
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_TYPES = {"csv": "text/csv", "json": "application/json", "txt": "text/plain",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


def title(cut: Dossier) -> Name:
    """What the data is called."""
    return Name(
        *(words()["text"][f"title_{lang}"].format(place=_place(cut), year=_year(cut, lang)) for lang in ("zh", "en"))
    )


def about(cut: Dossier) -> Name:
    """What the data is, in a sentence."""
    return Name(*(words()["text"][f"about_{lang}"].format(day=cut.today) for lang in ("zh", "en")))


def licence(cut: Dossier) -> str:
    """The identifier of the licence; empty where the office gives none."""
    return cut.office.licence if _IDENTIFIER.fullmatch(cut.office.licence) else ""


def site(cut: Dossier) -> str:
    """The address of the public site; empty where the office gives none."""
    return cut.office.site if _ADDRESS.fullmatch(cut.office.site) else ""


def _place(cut: Dossier) -> str:
    return cut.office.place or cut.plan.document.place or ""


def _year(cut: Dossier, lang: str) -> str:
    year = cut.plan.document.year
    return words()["text"][f"year_{lang}"].format(year=year) if year else ""


# ── Frictionless ─────────────────────────────────────────────────────────────────────────────────────────────────────


def datapackage(cut: Dossier, tables: Mapping[str, Table], files: Mapping[str, bytes]) -> bytes:
    """``datapackage.json``, Data Package v1: a resource a file of ``files``, with the schema of those in ``tables``."""
    facts, named, said = cut.plan.document, title(cut), about(cut)
    whole: dict[str, Any] = {
        "profile": "data-package",
        "name": f"luoshi-{facts.sha256[:12]}" if facts.sha256 else "luoshi",
        "title": " · ".join(named),
        "description": "\n\n".join(said),
        "version": cut.today.isoformat(),
        "created": f"{cut.today.isoformat()}T00:00:00Z",
        "keywords": words()["text"]["keywords"],
        "contributors": [{"title": cut.office.government, "role": "publisher"}],
        "sources": [{"title": facts.title or facts.source or named.zh, "file": facts.source, "sha256": facts.sha256}],
        "resources": [_resource(path, data, tables.get(path)) for path, data in files.items()],
    }
    whole |= {"licenses": [{"name": licence(cut)}]} if licence(cut) else {}
    whole |= {"homepage": site(cut)} if site(cut) else {}
    return _json(whole)


def _resource(path: str, data: bytes, table: Table | None) -> dict[str, Any]:
    name, _, form = path.rpartition(".")
    file = {"path": path, "format": form, "mediatype": _TYPES[form], "bytes": len(data),
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}  # fmt: skip
    if table is None:
        return {"type": "file", "name": f"{name}-{form}", **file}
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": " · ".join(table.title),
        "description": "\n".join(table.about),
        **file,
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    links = [
        {"fields": column, "reference": {"resource": "" if to == table.name else to, "fields": field}}
        for column, (to, field) in table.links.items()
    ]
    fields = [_field(column, required=column.name in table.required) for column in table.columns]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    return schema | ({"foreignKeys": links} if links else {})


def _field(column: Column, *, required: bool) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if required else {}
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.form,
        "title": " · ".join(column.title),
        "description": "\n".join(column.about),
    }
    if column.values:
        limits["enum"] = list(column.values)
        field["labels"] = {value: " · ".join(name) for value, name in column.values.items()}
    return field | ({"constraints": limits} if limits else {})


# ── catalogues and citation ──────────────────────────────────────────────────────────────────────────────────────────


def dataset(cut: Dossier, files: Mapping[str, bytes]) -> bytes:
    """``dataset.jsonld``: the data as schema.org describes data sets, for search engines and catalogues."""
    named, said, facts = title(cut), about(cut), cut.plan.document
    address = f"{site(cut).rstrip('/')}/" if site(cut) else ""
    whole: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": _both(named),
        "description": _both(said),
        "inLanguage": ["zh-CN", "en"],
        "version": cut.today.isoformat(),
        "dateModified": cut.today.isoformat(),
        "keywords": words()["text"]["keywords"],
        "isAccessibleForFree": True,
        "publisher": {"@type": "GovernmentOrganization", "name": cut.office.government},
        "spatialCoverage": _place(cut),
        "isBasedOn": {"@type": "CreativeWork", "name": facts.title, "identifier": f"sha256:{facts.sha256}"},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{address and f'{address}data/'}{path}",
             "encodingFormat": _TYPES[path.rpartition(".")[2]], "contentSize": f"{len(data)} B"}
            for path, data in files.items()
        ],
    }  # fmt: skip
    whole |= {"license": licence(cut)} if licence(cut) else {}
    whole |= {"url": address} if address else {}
    return _json(whole)


def _both(name: Name) -> list[dict[str, str]]:
    return [{"@language": "zh-CN", "@value": name.zh}, {"@language": "en", "@value": name.en}]


def citation(cut: Dossier) -> bytes:
    """``CITATION.cff`` 1.2.0. Strings are written as JSON, which YAML reads as they are."""
    named = title(cut)
    lines: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "引用时请注明发布单位和日期。 To cite, name the publisher and the day.",
        "type": "dataset",
        "title": " · ".join(named),
        "abstract": " ".join(about(cut)),
        "authors": [{"name": cut.office.government or named.zh}],
        "version": cut.today.isoformat(),
        "date-released": cut.today.isoformat(),
        "keywords": words()["text"]["keywords"],
    }
    lines |= {"license": licence(cut)} if licence(cut) else {}
    lines |= {"url": site(cut)} if site(cut) else {}
    text = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())
    return text.encode("utf-8", "backslashreplace")


def _json(whole: Mapping[str, Any]) -> bytes:
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
