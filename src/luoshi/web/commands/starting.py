"""Django made ready for a verb of the command line: which home, which database, are its tables there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from luoshi.problems import Unreadable, problem

C = TypeVar("C", bound=Callable[..., Any])


def at_home(command: C) -> C:
    """The option that says where the site lives."""
    words = "网站的主目录 · the site's home"
    option = click.option("--home", type=click.Path(path_type=Path), metavar="DIR", envvar="LUOSHI_HOME", help=words)
    return option(command)


def start_django(home: Path | None) -> None:
    """Make Django ready for the site at ``home`` (else LUOSHI_HOME, else ``luoshi-home`` here)."""
    if home is not None:
        os.environ["LUOSHI_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.web.settings")
    import django  # noqa: PLC0415 — only verbs of the site load it

    django.setup()


def start_site(home: Path | None) -> None:
    """As :func:`start_django`, of a site that was set up and is up to date. Raises Unreadable where it is not."""
    start_django(home)
    from django.conf import settings  # noqa: PLC0415

    if not settings.ENVIRONMENT.secret_file.is_file():
        raise Unreadable([problem("T035", home=settings.LUOSHI_HOME)])
    check_tables()


def check_tables() -> None:
    """Raises Unreadable where the database cannot be reached or lacks tables of this version."""
    from django.db import DatabaseError  # noqa: PLC0415

    from luoshi.store.doctor import unapplied  # noqa: PLC0415
    from luoshi.store.writing import why  # noqa: PLC0415

    try:
        missing = unapplied()
    except DatabaseError as error:
        raise Unreadable([why(error)]) from error
    if missing:
        raise Unreadable([problem("T034", missing="、".join(missing))])
