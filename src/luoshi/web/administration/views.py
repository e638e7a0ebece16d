"""The first page of administration: what this person may administer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.web.access import access, needs
from luoshi.web.shell.language import say

_PARTS = (
    (("manage_people", "manage_roles"), "people", "人员和角色", "People and roles",
     "建账号、重置密码、停用；授予和收回角色", "Accounts, passwords, roles"),
    (("manage_site",), "calendar", "工作日历", "Calendar",
     "节假日、调休和本地的日子", "Holidays, make-up days, own days"),
    (("manage_site",), "profiles", "亮灯和督查单规则", "Profiles",
     "用哪一套，从哪天起；先看会变多少", "Which rules since when"),
    (("manage_site",), "backups", "备份", "Backups",
     "备份、核验、下载、恢复的办法", "Copy, verify, download, restore"),
    (("manage_site",), "failed", "没发出去的通知", "Failed messages",
     "为什么，再发一次或放下", "Why; try again or put aside"),
    (("manage_site",), "doctor", "体检", "Doctor",
     "磁盘、数据库、密钥、佐证是不是都好", "Disk, database, secret, files"),
    (("manage_roles",), "tokens", "全部接口令牌", "All tokens of the API",
     "谁的程序能进来，作废不该有的", "Whose programs come in; revoke"),
    (("audit",), "record", "查台账", "Search the record",
     "谁在什么时候做了什么，导出，核验", "Who did what and when"),
    (("profile",), "notices", "我的通知", "My messages",
     "提醒发到哪里，发一条试试", "Where reminders go"),
    (("profile",), "my_tokens", "我的接口令牌", "My tokens",
     "给自己的程序用", "For your own programs"),
)  # fmt: skip


def trail() -> list[tuple[str, str]]:
    """The way back to the first page."""
    return [(say("管理", "Administration"), reverse("administration:index"))]


@needs("profile")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The parts of administration that are this person's."""
    may = access(request).may
    parts = [
        {"address": reverse(f"administration:{name}"), "title": say(zh, en), "text": say(zh_text, en_text)}
        for rights, name, zh, en, zh_text, en_text in _PARTS
        if any(map(may, rights))
    ]
    return render(request, "administration/index.html", {"parts": parts})
