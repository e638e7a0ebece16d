"""What is the matter with this site: database, tables, record, files, one finding a line."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from luoshi.store.models import EvidenceFile
from luoshi.store.seal import available

_LITTLE = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at: whether it is well, and what was seen."""

    well: bool
    what: str
    seen: str


def examine() -> list[Sign]:
    """Look at everything; a look that fails is a sign itself."""
    return [sign for look in _LOOKS for sign in _looked(look)]


def unapplied() -> list[str]:
    """The migrations that this version brings and the database does not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _looked(look: Callable[[], Iterator[Sign]]) -> list[Sign]:
    try:
        return list(look())
    except (DatabaseError, OSError) as error:
        return [Sign(False, look.__name__.strip("_"), str(error).strip() or type(error).__name__)]


def _home() -> Iterator[Sign]:
    home = Path(settings.LUOSHI_HOME)
    yield Sign(home.is_dir() and os.access(home, os.W_OK), "主目录 home", str(home))
    free = shutil.disk_usage(home).free
    yield Sign(free > _LITTLE, "磁盘剩余 free space", f"{free // 1048576} MB")
    secret = settings.ENVIRONMENT.secret_file
    private = secret.is_file() and secret.stat().st_mode & 0o077 == 0
    yield Sign(private, "密钥文件，只许本人读 secret file", str(secret))


def _database() -> Iterator[Sign]:
    connection.ensure_connection()
    shown = str(connection.settings_dict["NAME"])
    yield Sign(True, "数据库 database", f"{connection.vendor} {'.'.join(map(str, _version()))} · {shown}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            asked = {}
            for name in ("journal_mode", "synchronous", "quick_check"):
                cursor.execute(f"PRAGMA {name}")
                asked[name] = str(cursor.fetchone()[0])
        yield Sign(asked["journal_mode"] == "wal", "先写日志 write-ahead log", asked["journal_mode"])
        yield Sign(asked["synchronous"] == "2", "断电不丢 synchronous=FULL", asked["synchronous"])
        yield Sign(asked["quick_check"] == "ok", "数据库完好 quick check", asked["quick_check"])


def _tables() -> Iterator[Sign]:
    missing = unapplied()
    yield Sign(not missing, "表结构 migrations", "、".join(missing) or "最新 up to date")


def _seals() -> Iterator[Sign]:
    yield Sign(available(settings.LUOSHI_SEAL), "封条算法 seal", settings.LUOSHI_SEAL)


def _files() -> Iterator[Sign]:
    folder = Path(settings.LUOSHI_HOME) / "evidence"
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    known = set(EvidenceFile.objects.values_list("key", flat=True))
    yield Sign(not known - there, "佐证文件齐全 evidence files", f"{len(known)}，缺 missing {len(known - there)}")
    strays = there - known
    yield Sign(not strays, "没有无主的文件 no strays", "、".join(sorted(strays)[:3]) or "0")


def _version() -> tuple[int, ...]:
    return sqlite3.sqlite_version_info if connection.vendor == "sqlite" else connection.get_database_version()


_LOOKS = (_home, _database, _tables, _seals, _files)
