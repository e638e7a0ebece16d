"""Copies of the site: which there are, and one more now."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.backing import copies, copy_now
from luoshi.web.access import access, needs
from luoshi.web.shell.language import say


def _folder() -> Path:
    return Path(settings.LUOSHI_HOME) / "backups"


@needs("manage_site")
@require_GET
def backups(request: HttpRequest) -> HttpResponse:
    """The copies in the home of the site, the newest first."""
    return render(request, "administration/backups.html", {"copies": copies(_folder()), "folder": _folder()})


@needs("manage_site")
@require_POST
def back_up_now(request: HttpRequest) -> HttpResponse:
    """Copy the site now; it goes on meanwhile."""
    made = copy_now(_folder(), timezone.localtime(), access(request).acting())
    if isinstance(made, str):
        messages.error(request, say(f"没有备份成：{made}", f"Not copied: {made}"))
    else:
        messages.success(request, say(f"备份好了：{made.rows} 行", f"Copied: {made.rows} rows"))
    return redirect("administration:backups")
