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
    (("manage_site",), "backups", "备份", "Backups", "现在备份一份，看看有哪些", "Copy the site now, see the copies"),
    (("manage_roles",), "tokens", "全部接口令牌", "All tokens of the API",
     "谁的程序能进来，作废不该有的", "Whose programs come in; revoke"),
    (("audit",), "record", "查台账", "Search the record", "谁在什么时候做了什么，导出，核验", "Who did what and when"),
    (("profile",), "notices", "我的通知", "My messages", "提醒发到哪里，发一条试试", "Where reminders go"),
    (("profile",), "my_tokens", "我的接口令牌", "My tokens", "给自己的程序用", "For your own programs"),
)  # fmt: skip


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
