"""A copy of everything in one file, and everything back from it: the same file for every database.

``luoshi.backup/1`` is a zip: ``manifest.json`` (what was copied, with the SHA-256 of each part, and the head of the
record), one ``tables/*.jsonl`` a table, ``files/*`` the evidence. What can be made anew (the index of words) and what
must not outlive a moment (who is signed in) stays out.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from luoshi.problems import Problem, Unreadable, problem
from luoshi.store import grams, ledger
from luoshi.store.columns import body_of
from luoshi.store.models import LedgerHead, Matter, Person
from luoshi.store.verifying import verify
from luoshi.store.writing import one_moment

T = TypeVar("T")
Progress = Callable[[int, int], None]
FORMAT = "luoshi.backup/1"
_APPS = ("store", "account", "mfa", "socialaccount")
_BATCH = 200
_LEFT_OUT = {"store.Gram"}


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds: rows and files, and the head of the record."""

    rows: int
    files: int
    sequence: int
    seal: str


def back_up(target: Path, progress: Progress | None = None) -> Copy:
    """Copy everything to ``target``, as it stands at one moment, while others go on working.

    Written beside it and renamed when whole and synced. ``progress`` is told how many parts of how many are written.
    Raises OSError where that cannot be.
    """
    waiting = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with waiting.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, one_moment():
                copy = _write(archive, progress or _silent)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(target)
    finally:
        waiting.unlink(missing_ok=True)
    return copy


def restore(source: Path) -> Copy:
    """Bring everything back from ``source`` into an empty database with its tables made.

    Every part is checked before anything is written; then all of it or nothing, and the record is verified. Raises
    :class:`luoshi.problems.Unreadable`.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _checked(archive, _silent)
            _fits(manifest)
            with transaction.atomic():
                _load(archive, manifest)
                if found := verify().problems:
                    raise Unreadable(found)
            _files(archive, manifest)
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, EOFError) as error:
        raise Unreadable((problem("T031", name=source.name, detail=error),)) from error
    return _copy(manifest)


def check(source: Path, progress: Progress | None = None) -> Copy:
    """What the copy at ``source`` holds, every part as it was written. Raises :class:`luoshi.problems.Unreadable`."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _checked(archive, progress or _silent)
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, EOFError) as error:
        raise Unreadable((problem("T031", name=source.name, detail=error),)) from error
    return _copy(manifest)


def _copy(manifest: dict[str, Any]) -> Copy:
    rows = sum(one["rows"] for one in manifest["tables"].values())
    return Copy(rows, len(manifest["files"]), *manifest["head"])


def _silent(_done: int, _total: int) -> None:
    """Nobody asks how far it is."""


def _write(archive: zipfile.ZipFile, progress: Progress) -> Copy:
    models, paths = _models(), sorted(_evidence().glob("[0-9a-f]*"))
    total, tables, files = len(models) + len(paths), dict[str, Any](), dict[str, str]()
    for model in models:
        progress(len(tables), total)
        tables[model._meta.label] = _table(archive, model)
    for path in paths:
        progress(len(tables) + len(files), total)
        files[path.name] = _file(archive, path)
    head = ledger.head()
    manifest = {
        "format": FORMAT,
        "luoshi": version("luoshi"),
        "at": timezone.now().isoformat(),
        "migrations": _migrations(),
        "head": head,
        "tables": tables,
        "files": files,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    archive.writestr("manifest.json", text)
    archive.writestr("manifest.sha256", hashlib.sha256(text).hexdigest())
    return Copy(sum(one["rows"] for one in tables.values()), len(files), *head)


def _table(archive: zipfile.ZipFile, model: type[models.Model]) -> dict[str, Any]:
    hashed, rows = hashlib.sha256(), 0
    with archive.open(f"tables/{model._meta.label}.jsonl", "w") as part:
        for batch in _batches(model._default_manager.order_by("pk").iterator(chunk_size=500)):
            rows_as_text = (
                json.dumps(row, ensure_ascii=False, default=_word) for row in serializers.serialize("python", batch)
            )
            text = "".join(f"{row}\n" for row in rows_as_text).encode()
            part.write(text)
            hashed.update(text)
            rows += len(batch)
    return {"rows": rows, "sha256": hashed.hexdigest()}


def _word(value: object) -> str:
    """Days and times to the microsecond, decimals exactly: Django's own encoder would cut the times."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    rows = iter(rows)
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _digest(part: IO[bytes]) -> str:
    hashed = hashlib.sha256()
    while chunk := part.read(1 << 20):
        hashed.update(chunk)
    return hashed.hexdigest()


def _file(archive: zipfile.ZipFile, path: Path) -> str:
    archive.write(path, f"files/{path.name}")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _checked(archive: zipfile.ZipFile, progress: Progress) -> dict[str, Any]:
    """The manifest, when it and every part is as it was written."""
    text = archive.read("manifest.json")
    if hashlib.sha256(text).hexdigest() != archive.read("manifest.sha256").decode():
        raise ValueError("manifest.json")
    manifest: dict[str, Any] = json.loads(text)
    if manifest["format"] != FORMAT:
        raise ValueError(manifest["format"])
    parts = {f"tables/{label}.jsonl": one["sha256"] for label, one in manifest["tables"].items()}
    parts |= {f"files/{key}": sha256 for key, sha256 in manifest["files"].items()}
    for done, (name, wanted) in enumerate(parts.items()):
        progress(done, len(parts))
        with archive.open(name) as part:
            if _digest(part) != wanted:
                raise ValueError(name)
    return manifest


def _fits(manifest: dict[str, Any]) -> None:
    """The database is empty and its tables are those of the copy."""
    found: list[Problem] = []
    if Person.objects.exists() or LedgerHead.objects.exists():
        found.append(problem("T032"))
    if manifest["migrations"] != _migrations():
        found.append(problem("T033", version=manifest["luoshi"]))
    if found:
        raise Unreadable(found)


def _load(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    loaded = _models()
    for model in loaded:
        if model._meta.label in manifest["tables"]:
            with archive.open(f"tables/{model._meta.label}.jsonl") as part:
                raw = (json.loads(line) for line in part)
                for batch in _batches(one.object for one in serializers.deserialize("python", raw)):
                    model._default_manager.bulk_create(batch)
    for matters in _batches(Matter.objects.select_related("body").order_by("pk").iterator(chunk_size=500)):
        grams.index((matter.pk, body_of(matter)) for matter in matters)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), loaded):
            cursor.execute(statement)


def _files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    _evidence().mkdir(mode=0o700, parents=True, exist_ok=True)
    for key in manifest["files"]:
        if not key.isalnum():
            raise ValueError(key)
        (_evidence() / key).write_bytes(archive.read(f"files/{key}"))


def _models() -> list[type[models.Model]]:
    every: Iterable[type[models.Model]] = apps.get_models()
    return [model for model in every if model._meta.app_label in _APPS and model._meta.label not in _LEFT_OUT]


def _migrations() -> list[str]:
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done if app in _APPS)


def _evidence() -> Path:
    return Path(settings.LUOSHI_HOME) / "evidence"
