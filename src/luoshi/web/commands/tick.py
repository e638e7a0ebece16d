"""``luoshi tick``: one pass of the clock, for a timer to call."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from luoshi.problems import Unreadable
from luoshi.web.commands.starting import at_home, start_site


@click.command(epilog="luoshi tick\nluoshi tick --home /srv/luoshi")
@at_home
def verb(*, home: Path | None) -> None:
    """走一遍钟：亮灯、月末留灯、写提醒、发通知；多跑几遍和跑一遍一样。

    One pass of the clock: lights, those kept for a month, digests, messages. Running it again repeats nothing.
    """
    start_site(home)
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from luoshi.notify import places  # noqa: PLC0415
    from luoshi.store.writing import Unavailable  # noqa: PLC0415
    from luoshi.web.clock import today  # noqa: PLC0415

    allowed, problems = places(settings.ENVIRONMENT.notify_allow)
    if problems:
        raise Unreadable(problems)
    try:
        # The clock is no part of the web and knows nothing of it: reached by name, as this verb itself is.
        done = import_module("luoshi.watch").tick(timezone.now(), today(), allowed)
    except Unavailable as error:
        raise Unreadable(error.problems) from error
    click.echo(f"变灯 lights: {done.turned} · 月末留灯 kept: {done.closed} · 提醒 reminded: {done.reminded}")
    if done.forgotten:
        click.echo(f"到期删掉的稿子 drafts forgotten: {done.forgotten}")
    click.echo(f"通知 messages: 发出 sent {done.sent} · 待再发 waiting {done.waiting} · 放弃 failed {done.failed}")
