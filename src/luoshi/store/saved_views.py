"""Views of lists that people kept under a name: one's own, and those that everybody of the site has."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from luoshi.problems import Problem, problem
from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import Person, SavedView
from luoshi.store.writing import writing


def views_of(person: Person, page: str) -> QuerySet[SavedView]:
    """The views of ``page`` that ``person`` has: shared ones and own ones, by name."""
    return SavedView.objects.filter(Q(person=person) | Q(person__isnull=True), page=page)


def save_view(person: Person, page: str, name: str, query: str, by: By, *, shared: bool) -> tuple[Problem, ...]:
    """Keep ``query`` as a view called ``name``; an own one of that name is replaced, a shared one is not."""
    owner = None if shared else person
    with writing():
        same = SavedView.objects.filter(person=owner, page=page, name=name)
        if shared and same.exists():
            return (problem("T060", name=name),)
        if not same.update(query=query):
            SavedView.objects.create(person=owner, page=page, name=name, query=query)
        if shared:
            record(by, "view.share", f"view:{page}", name, query=query)
    return ()


def change_view(view: SavedView, person: Person, name: str, query: str, by: By, *, shared: bool) -> tuple[Problem, ...]:
    """Give a view another name, other filters, or to everybody; refused where that name is taken."""
    owner = None if shared else person
    with writing():
        if SavedView.objects.filter(person=owner, page=view.page, name=name).exclude(pk=view.pk).exists():
            return (problem("T060", name=name),)
        SavedView.objects.filter(pk=view.pk).update(name=name, query=query, person=owner)
        if shared or view.person_id is None:
            record(by, "view.share", f"view:{view.page}", name, query=query, shared=shared, before=view.name)
    return ()


def forget_view(view: SavedView, by: By) -> None:
    """Forget a view."""
    with writing():
        SavedView.objects.filter(pk=view.pk).delete()
        if view.person_id is None:
            record(by, "view.forget", f"view:{view.page}", view.name)
