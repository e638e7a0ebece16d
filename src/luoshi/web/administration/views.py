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
    (("manage_units",), "units", "单位", "Units",
     "单位树、叫法、改名、并入别处", "The tree of units, their names, mergers"),
    (("manage_units",), "posts", "岗位", "Posts",
     "谁从哪天起担任哪个岗位", "Who holds which post since when"),
    (("manage_site",), "calendar", "工作日历", "Calendar",
     "节假日、调休和本地的日子", "Holidays, make-up days, own days"),
    (("manage_site",), "profiles", "亮灯和督查单规则", "Profiles",
     "用哪一套，从哪天起；先看会变多少", "Which rules since when"),
    (("manage_site",), "settings", "网站设置", "Site settings",
     "地名、发文机关、公开的缺省", "Place, papers, what counts as open"),
    (("manage_site",), "backups", "备份", "Backups",
     "备份、核验、下载、恢复的办法", "Copy, verify, download, restore"),
    (("manage_site",), "failed", "没发出去的通知", "Failed messages",
     "为什么，再发一次或放下", "Why; try again or put aside"),
    (("manage_site",), "doctor", "体检", "Doctor",
     "磁盘、数据库、密钥、佐证是不是都好", "Disk, database, secret, files"),
    (("manage_roles",), "security", "登录和授权一览", "Security at a glance",
     "锁定、登录、第二道验证、角色到期，要看的都在这里", "What needs a look, with a number each"),
    (("manage_roles",), "accounts", "账号的登录安全", "How accounts sign in",
     "第二道验证：谁没有、哪些角色必须有、丢了手机怎么办", "Second keys: who has none, who must, a lost phone"),
    (("manage_roles",), "sessions", "正在登录", "Who is signed in", "谁在哪里登录着，可以结束", "End one, or all"),
    (("manage_roles",), "lockouts", "锁定", "Lockouts", "谁登不进来，解锁；密码输错的记录", "Unlock; wrong passwords"),
    (("manage_roles",), "grants", "全部角色", "All roles", "谁有什么角色，从哪天到哪天", "Who has which, until when"),
    (("manage_roles",), "tokens", "全部接口令牌", "All tokens of the API",
     "谁的程序能进来，作废不该有的", "Whose programs come in; revoke"),
    (("manage_labels",), "labels", "公开属性", "Labels",
     "给事项、报告、佐证标公开、内部、工作秘密", "Public, internal, working secret: items, reports, evidence"),
    (("manage_roles", "manage_labels"), "label_history", "公开属性变更", "Changes of labels",
     "谁把什么从什么改成什么，为什么", "Who changed which label, and why"),
    (("manage_roles",), "auditors", "审计员做了什么", "What the auditors did",
     "审计员也有人看", "Somebody looks at the auditor, too"),
    (("audit",), "record", "查台账", "Search the record", "谁在什么时候做了什么，导出", "Who did what and when"),
    (("audit",), "verified", "核验台账", "Verify the record", "从头到尾走一遍，改过、删过都查得出", "From end to end"),
    (("audit",), "seal", "今天的封条", "Today's seal", "抄到网站以外；和以前抄下的对照", "Note it outside; compare"),
    (("profile",), "my_sessions", "我的登录", "Where I am signed in", "在哪些地方登录着，结束别处的", "End the others"),
    (("profile",), "notices", "我的通知", "My messages", "提醒发到哪里，发一条试试", "Where reminders go"),
    (("profile",), "my_tokens", "我的接口令牌", "My tokens", "给自己的程序用", "For your own programs"),
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
