"""Comparing a register that came back with how things stand: done by the process that works through the queue."""

from __future__ import annotations

from dataclasses import replace

from django_tasks import task

from luoshi.intake import open_table
from luoshi.problems import has_errors, problem
from luoshi.store.fetching import all_people
from luoshi.store.uploads import Upload, alive, finish_table, upload
from luoshi.web import access
from luoshi.web.beating import beating
from luoshi.web.register.coming import Preview, preview, report_of
from luoshi.web.register.working import side_of

_STEPS = 3  # open the file, find its report, compare


@task()
def compare_returned(key: str, attempt: int) -> bool:
    """Find out what the upload ``key`` would change. False where that attempt is not wanted."""
    one = upload(key)
    if one is None or not alive(key, attempt, 0, _STEPS):
        return False
    with beating(lambda: alive(key, attempt)):
        found = _compared(one, attempt)
    return finish_table(key, attempt, found.kept(), readable=found.report != 0)


def _compared(one: Upload, attempt: int) -> Preview:
    who = access.access_of(all_people().get(pk=one.person))
    side = side_of(who)
    table = open_table(one.file)
    if side is None or has_errors(table.problems):
        return Preview(problems=table.problems or (problem("T112"),))
    alive(one.key, attempt, 1, _STEPS)
    reports = access.reports(who).select_related("body")
    report = reports.filter(pk=one.report).first() if one.report else report_of(table.rows, who)
    if report is None:
        return Preview(problems=(problem("T113", name=one.name),))
    alive(one.key, attempt, 2, _STEPS)
    # A workbook's sheet has a name, a CSV file has none.
    found = preview(table.rows, who, side, report, guards=not table.name)
    alive(one.key, attempt, _STEPS, _STEPS)
    return replace(found, problems=(*table.problems, *found.problems))
