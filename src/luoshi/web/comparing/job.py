"""Comparing the reports of a place: done by the process that works through the queue, whole or not at all."""

from __future__ import annotations

from django_tasks import task

from luoshi.compare import Comparison, Edition, compare
from luoshi.problems import Problem, has_errors, problem
from luoshi.store import comparing, working
from luoshi.store.comparing import Place
from luoshi.store.fetching import all_people, all_reports
from luoshi.store.reports import plan_of
from luoshi.web.access import access_of
from luoshi.web.beating import beating


@task()
def compare_place(pk: int, attempt: int, person: int) -> bool:
    """Compare the reports of the place ``pk`` as ``person`` asked. False where it was refused or is not wanted now."""
    place = next(one for one in comparing.places(all_reports()) if one.pk == pk)
    try:
        with beating(lambda: working.going(place.folder, attempt)):
            found = _compared(place, attempt)
    except Exception as error:
        working.end(place.folder, attempt, [problem("T102", detail=f"{type(error).__name__}: {error}")])
        raise
    odd = tuple(Problem(one.code, one.message, one.why, one.advice) for one in found.problems)
    if has_errors(odd):
        working.end(place.folder, attempt, odd)
        return False
    return comparing.keep(place, attempt, found, access_of(all_people().get(pk=person)).acting())


def _compared(place: Place, attempt: int) -> Comparison:
    """Every report read, one step each; comparing them is the last."""
    steps = len(place.chosen) + 1
    editions = []
    for nth, one in enumerate(place.chosen, 1):
        report = all_reports().select_related("body").get(pk=one.pk)
        editions.append(Edition(plan_of(report), report.body.text))
        working.going(place.folder, attempt, nth, steps)
    return compare(editions)
