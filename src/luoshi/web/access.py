"""The only way from a request to an object: who asks, what they may do, and 404 for what is another unit's affair.

A page says its right with :func:`needs`, and gets what it shows from the functions below. Whoever is not signed in is
sent to sign in; whoever lacks the right gets 403; an object that is not theirs to see does not exist for them (404).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from luoshi.store import comparing, discussing, drafts, fetching, finding, inspecting, people, posts
from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.units import branch
from luoshi.store.writing import writing
from luoshi.web.clock import today
from luoshi.web.roles import Sees, may, roles

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.store.models import Ballot, Comment, EvidenceFile, Finding, Matter, Person, Post, Report, Unit, Visit

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
_WIDEST: tuple[Sees, ...] = ("all", "own", "public", "none")
NAME_OF_RIGHT = "luoshi_right"


@dataclass(frozen=True)
class Access:
    """What one person may see and do today; ``units`` are the ids of their units and of all below them."""

    person: Person
    roles: frozenset[str]
    units: frozenset[int]
    home: Unit | None
    posts: tuple[str, ...] = ()
    day: date = field(default_factory=today)

    def may(self, right: str) -> bool:
        """Whether the person has ``right``."""
        return may(self.roles, right)

    @property
    def sees(self) -> Sees:
        """Whose matters: the widest that any of the roles sees."""
        seen: set[Sees] = {roles()[name].sees for name in self.roles}
        return next((one for one in _WIDEST if one in seen), "none")

    def acting(self, matter: Matter | None = None) -> By:
        """The person as the record and the engine know whoever acts, on ``matter`` in the part that is theirs."""
        best = next((name for name in roles() if name in self.roles), "")
        acts = roles()[best].acts if best else "outsider"
        unit = self.home.name if self.home else ""
        if matter is not None and acts == "lead":
            acts, unit = self._part(matter)
        post = self.posts[0] if self.posts else ""
        if matter is not None and acts == "leader" and matter.leader in self.posts:
            post = matter.leader
        return By(self.person, acts, unit, post)

    def _part(self, matter: Matter) -> tuple[str, str]:
        """Whether a unit's person acts for the lead or as one that helps, by the name that the matter uses."""
        if matter.lead_id in self.units:
            return "lead", matter.lead_name
        name = fetching.helping_name(matter, self.units)
        return ("help", name) if name else ("outsider", "")


def access(request: HttpRequest) -> Access:
    """What the person of ``request`` may; asked of the database once a request."""
    found: Access | None = getattr(request, "luoshi_access", None)
    if found is None:
        found = access_of(request.user)  # type: ignore[arg-type]
        request.luoshi_access = found  # type: ignore[attr-defined]
    return found


def access_of(person: Person) -> Access:
    """What ``person`` may today: roles, the units they are for, and the posts held."""
    grants = people.roles_of(person)
    held = people.posts_of(person, today())
    units = {grant.unit for grant in grants if grant.unit} | {post.unit for post in held if not grants}
    below = frozenset(pk for unit in units for pk in branch(unit))
    home = next((grant.unit for grant in grants if grant.unit), held[0].unit if held else None)
    return Access(person, frozenset(grant.role for grant in grants), below, home, tuple(post.code for post in held))


def needs(*rights: str) -> Callable[[V], V]:
    """A page that needs one of ``rights``. Refusals are kept in the record."""

    def wrap(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not any(map(access(request).may, rights)):
                refuse(request, rights[0])
            return view(request, *args, **kwargs)

        setattr(guarded, NAME_OF_RIGHT, " ".join(rights))
        return guarded  # type: ignore[return-value]

    return wrap


def refuse(request: HttpRequest, right: str) -> None:
    """Keep the refusal in the record, then raise PermissionDenied."""
    with writing():
        record(access(request).acting(), "access.refused", request.path[:60], request.method or "", right=right)
    raise PermissionDenied(right)


def matters(who: Access) -> QuerySet[Matter]:
    """The matters that ``who`` may see. Deputies see what is labelled 公开."""
    match who.sees:
        case "all":
            return finding.all_matters()
        case "own":
            return finding.matters_of(sorted(who.units))
        case "public":
            return finding.all_matters().filter(label="public")
        case _:
            return finding.all_matters().none()


def matter(request: HttpRequest, pk: int) -> Matter:
    """The matter ``pk``, or 404 where there is none that the person may see."""
    return _the(matters(access(request)).select_related("report", "lead", "body"), pk)


def reports(who: Access) -> QuerySet[Report]:
    """The reports that ``who`` may see: with the right to matters all of them, deputies those that are public."""
    found = fetching.all_reports()
    match who.sees:
        case "all" | "own":
            return found
        case "public":
            return found.filter(label="public")
        case _:
            return found.none()


def report(request: HttpRequest, pk: int) -> Report:
    """The report ``pk`` with its body, or 404."""
    return _the(reports(access(request)).select_related("body"), pk)


def places(who: Access) -> tuple[comparing.Place, ...]:
    """The places whose reports ``who`` may see, with those reports."""
    return comparing.places(reports(who))


def place(request: HttpRequest, pk: int) -> comparing.Place:
    """The place of the report ``pk``, or 404."""
    for one in places(access(request)):
        if any(report.pk == pk for report in one.reports):
            return one
    raise Http404


def draft(request: HttpRequest, key: str) -> drafts.Draft:
    """The draft ``key`` of the person of the request; to everybody else, whatever their role, there is none."""
    one = drafts.draft(key)
    if one is None or one.person != access(request).person.pk:
        raise Http404
    return one


def units(who: Access) -> QuerySet[Unit]:
    """The units that ``who`` may look at: all, or the own branch."""
    found = fetching.all_units()
    if who.sees == "all" or who.may("manage_units") or who.may("manage_roles"):
        return found
    return found.filter(pk__in=who.units)


def unit(request: HttpRequest, pk: int) -> Unit:
    """The unit ``pk``, or 404."""
    return _the(units(access(request)), pk)


def evidence(request: HttpRequest, pk: int) -> EvidenceFile:
    """An evidence file of a matter that the person may see, or 404; to deputies only what is public."""
    who = access(request)
    found = fetching.all_files().filter(matter__in=matters(who))
    return _the(found.filter(label="public") if who.sees == "public" else found, pk)


def files_of(who: Access, matter: Matter) -> QuerySet[EvidenceFile]:
    """The evidence files of ``matter`` that ``who`` may have; deputies those labelled 公开."""
    found = fetching.all_files().filter(matter=matter)
    return found.filter(label="public") if who.sees == "public" else found


def comment(request: HttpRequest, pk: int, number: int) -> Comment:
    """What the person of the request said about the matter ``pk``; or 404."""
    return _the(discussing.comments_of(matter(request, pk)).filter(person=access(request).person), number)


def post(request: HttpRequest, pk: int, number: int) -> Post:
    """A post of the unit ``pk``, or 404."""
    return _the(posts.posts_in([unit(request, pk).pk]), number)


def visit(request: HttpRequest, pk: int) -> Visit:
    """An inspection: of any unit for whoever sees all, of the own branch for others; or 404."""
    return _the(visits(access(request)), pk)


def visits(who: Access) -> QuerySet[Visit]:
    """The inspections that ``who`` may see: of any unit for whoever sees all, of the own branch for others."""
    found = fetching.all_visits()
    return found if who.sees == "all" else found.filter(unit_id__in=who.units)


def findings(who: Access) -> QuerySet[Finding]:
    """What inspections found: of any unit for whoever sees all, of the own branch for others."""
    found = inspecting.all_findings()
    return found if who.sees == "all" else found.filter(unit_id__in=who.units)


def finding_of(request: HttpRequest, pk: int) -> Finding:
    """A finding, or 404."""
    return _the(findings(access(request)), pk)


def ballots(who: Access) -> QuerySet[Ballot]:
    """The ballots that ``who`` may see: whoever runs ballots all, deputies those that are no drafts."""
    found = fetching.all_ballots()
    if who.may("ballots"):
        return found
    return found.exclude(state="draft") if who.may("vote") else found.none()


def ballot(request: HttpRequest, pk: int) -> Ballot:
    """A ballot, or 404."""
    return _the(ballots(access(request)), pk)


def person(request: HttpRequest, pk: int) -> Person:
    """A person: for those who manage people or roles any, else only oneself; or 404."""
    who = access(request)
    found = fetching.all_people()
    return _the(found if who.may("manage_people") or who.may("manage_roles") else found.filter(pk=who.person.pk), pk)


M = TypeVar("M", bound="Any")


def _the(found: QuerySet[M], pk: int) -> M:
    one: M | None = found.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one
