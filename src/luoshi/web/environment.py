"""What the environment says: one place reads it, each setting has its row in docs/settings.md."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_BUSY = 20  # seconds a writer waits for another one before it says so


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of this process; ``home`` holds database, secret and evidence files."""

    home: Path
    database: str
    secret_file: Path
    hosts: tuple[str, ...]
    debug: bool
    seal: str
    today: str
    idle: int
    draft_days: int
    https: bool
    proxy: bool
    office: Office | None
    notify_allow: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """The office's own sign-in by OpenID Connect: its address, this site's name and secret there, what it is called."""

    server: str
    client: str
    secret_file: Path
    name: str


def environment() -> Environment:
    """Read the environment; every setting has a default that suits one machine."""
    home = Path(os.environ.get("LUOSHI_HOME", "luoshi-home")).absolute()
    return Environment(
        home=home,
        database=os.environ.get("LUOSHI_DATABASE", ""),
        secret_file=Path(os.environ.get("LUOSHI_SECRET_FILE", home / "secret")),
        hosts=tuple(filter(None, os.environ.get("LUOSHI_HOSTS", "localhost,127.0.0.1,[::1]").split(","))),
        debug=os.environ.get("LUOSHI_DEBUG", "") == "1",
        seal=os.environ.get("LUOSHI_SEAL", "sha256"),
        today=os.environ.get("LUOSHI_TODAY", ""),
        idle=max(1, int(os.environ.get("LUOSHI_IDLE_MINUTES", "30"))),
        draft_days=max(1, int(os.environ.get("LUOSHI_DRAFT_DAYS", "30"))),
        https=os.environ.get("LUOSHI_HTTPS", "") == "1",
        proxy=os.environ.get("LUOSHI_PROXY", "") == "1",
        office=_office(),
        notify_allow=tuple(filter(None, os.environ.get("LUOSHI_NOTIFY_ALLOW", "").split(","))),
    )


def _office() -> Office | None:
    server = os.environ.get("LUOSHI_OIDC_SERVER", "")
    if not server:
        return None
    return Office(
        server=server,
        client=os.environ.get("LUOSHI_OIDC_CLIENT", "luoshi"),
        secret_file=Path(os.environ.get("LUOSHI_OIDC_SECRET_FILE", "")),
        name=os.environ.get("LUOSHI_OIDC_NAME", "统一身份认证"),
    )


def office_sign_in(found: Environment) -> dict[str, Any]:
    """Allauth's words for the office's own sign-in; nothing where none is set."""
    if found.office is None:
        return {}
    app = {
        "provider_id": "office",
        "name": found.office.name,
        "client_id": found.office.client,
        "secret": _word_in(found.office.secret_file),
        "settings": {"server_url": found.office.server},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def _word_in(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def secret(file: Path) -> str:
    """The secret of the site. Without its file each process makes one up: nothing signed outlives it."""
    try:
        return file.read_text(encoding="ascii").strip()
    except OSError:
        return secrets.token_urlsafe(48)


def database(address: str, home: Path) -> dict[str, Any]:
    """Django's words for a database: SQLite in the home folder, or what ``postgres://…`` says."""
    if not address:
        return _sqlite(home / "luoshi.sqlite3")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "luoshi",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "options": f"-c lock_timeout={_BUSY}s"},
    }


def _sqlite(file: Path) -> dict[str, Any]:
    """One writer at a time from the start of its transaction; what was acknowledged survives a power cut."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "TEST": {"NAME": str(file.with_name("test.sqlite3"))},
        "OPTIONS": {"timeout": _BUSY, "transaction_mode": "IMMEDIATE", "init_command": pragmas},
    }
