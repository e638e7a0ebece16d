"""A draft checked as its owner chose, and the version before by the same rules: what is gone, what is new."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from luoshi.check import Diagnostic, Result, Settings, check
from luoshi.plan import Plan
from luoshi.store import drafts
from luoshi.store.drafts import Choice, Draft
from luoshi.store.reports import plan_of
from luoshi.web import access
from luoshi.web.access import Access
from luoshi.web.shell.language import say

_KEPT = 4  # results a process


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was read, what was found in it, and what was found in the version before, if there is one."""

    draft: Draft
    text: str
    plan: Plan
    result: Result
    before: Result | None
    passes: bool

    @property
    def fresh(self) -> frozenset[str]:
        """The marks of what the version before did not have."""
        known = {one.mark for one in self.before.found} if self.before else set()
        return frozenset(one.mark for one in self.result.found if one.mark not in known) if self.before else frozenset()

    @property
    def gone(self) -> tuple[Diagnostic, ...]:
        """What the version before had and this one has not."""
        known = {one.mark for one in (*self.result.found, *(two[0] for two in self.result.passed))}
        return tuple(one for one in self.before.found if one.mark not in known) if self.before else ()


def checked(one: Draft, who: Access) -> Checked | None:
    """The draft as its owner chose to have it checked; None before it was read."""
    now = drafts.version_of(one, one.version)
    if now is None:
        return None
    stamp, plan, text = _earlier(one.choice.earlier, who)
    result = _result(one.key, one.version, one.choice, _Earlier(stamp, plan, text))
    before = _result(one.key, one.version - 1, one.choice, _Earlier(stamp, plan, text)) if one.version > 1 else None
    passes = not settings_of(one.choice).fails(found.severity for found in result.found) if result else True
    assert result is not None
    return Checked(one, *now, result, before, passes)


def settings_of(choice: Choice) -> Settings:
    """The choice as the engine has it."""
    return Settings(select=choice.rules, fail=choice.fail, suppressions=choice.passed)


def offered(one: Draft, who: Access) -> list[tuple[str, str]]:
    """What the draft may be compared with: reports of the site that its owner may see, and the owner's other drafts."""
    reports = [(f"report:{each.pk}", f"{each.year or ''} {each.title}".strip()) for each in access.reports(who)]
    own = [each for each in drafts.drafts_of(who.person.pk) if each.key != one.key and each.version]
    return [*reports, *((f"draft:{each.key}", say(f"我的稿子：{each.name}", f"my draft: {each.name}")) for each in own)]


class _Earlier:
    """An earlier report as a key for what was worked out: equal where its stamp is."""

    def __init__(self, stamp: str, plan: Plan | None, text: str) -> None:
        self.stamp, self.plan, self.text = stamp, plan, text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Earlier) and other.stamp == self.stamp

    def __hash__(self) -> int:
        return hash(self.stamp)


def _earlier(named: str, who: Access) -> tuple[str, Plan | None, str]:
    """The earlier report that is named, where its owner may still see it; stamp, plan and text."""
    kind, _, name = named.partition(":")
    if kind == "report":
        report = access.reports(who).select_related("body").filter(pk=int(name)).first()
        return (f"{named}:{report.revision}", plan_of(report), report.body.text) if report else ("", None, "")
    other = drafts.draft(name) if kind == "draft" else None
    if other is None or other.person != who.person.pk:
        return "", None, ""
    read = drafts.version_of(other, other.version)
    return (f"{named}:{other.version}", read[1], read[0]) if read else ("", None, "")


@lru_cache(maxsize=_KEPT)
def _result(key: str, version: int, choice: Choice, earlier: _Earlier) -> Result | None:
    one = drafts.draft(key)
    read = drafts.version_of(one, version) if one else None
    if read is None:
        return None
    text, plan = read
    return check(plan, text, earlier=earlier.plan, earlier_text=earlier.text or None, settings=settings_of(choice))
