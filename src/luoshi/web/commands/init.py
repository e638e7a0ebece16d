"""``luoshi init``: set up a site — home folder, secret, database, and the three administrators."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from luoshi.problems import Unreadable, problem
from luoshi.web.commands.starting import at_home, start_django

_THREE = (
    ("admin", "系统管理员", "system_admin", "人员、单位、设置、备份"),
    ("security", "安全保密管理员", "security_admin", "授予和收回角色"),
    ("audit", "安全审计员", "auditor", "台账"),
)


@click.command(epilog="luoshi init\nluoshi init --home 我县落实 --ask")
@at_home
@click.option("--ask", is_flag=True, help="自己设密码，不生成 · ask for the passwords instead of making them up")
def verb(*, home: Path | None, ask: bool) -> None:
    """建立网站：主目录、密钥、数据库，和三个互相分开的管理员；没有默认密码。

    Sets up a site: home, secret, database and the three separated administrators. There is no default password;
    those that are made up are shown this once.
    """
    start_django(home)
    from django.conf import settings  # noqa: PLC0415

    environment = settings.ENVIRONMENT
    if environment.secret_file.exists():
        raise Unreadable([problem("T030", home=environment.home)])
    asked = {name: _ask(title) if ask else "" for name, title, _, _ in _THREE}
    environment.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate()
    keep_secret(environment.secret_file)
    made = [(name, title, _add(name, title, role, asked[name]), does) for name, title, role, does in _THREE]
    click.echo(f"网站建好了 · set up: {environment.home}\n")
    for name, title, password, does in made:
        shown = "（您设的密码 · as you chose）" if ask else password
        click.echo(f"  {name:<9} {shown:<22} {title}：{does}")
    click.echo("\n密码只显示这一次，请交给三个不同的人 · the passwords are shown this once: give them to three people")
    click.echo("下一步 · next:  luoshi serve")


def _ask(title: str) -> str:
    password: str = click.prompt(f"{title}的密码 · password", hide_input=True, confirmation_prompt=True)
    return password


def migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import DatabaseError  # noqa: PLC0415

    from luoshi.store.writing import why  # noqa: PLC0415

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise Unreadable([why(error)]) from error


def _add(username: str, title: str, role: str, password: str) -> str:
    """The administrator, and the password as it was set."""
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    from luoshi.store.acting import SYSTEM  # noqa: PLC0415
    from luoshi.store.people import add_person, generated_password, grant_role  # noqa: PLC0415

    password = password or generated_password()
    try:
        person = add_person(SYSTEM, username, title, password)
    except ValidationError as error:
        raise click.UsageError("；".join(error.messages)) from error
    grant_role(person, role, SYSTEM)
    return password


def keep_secret(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
        handle.write(secrets.token_urlsafe(48))
