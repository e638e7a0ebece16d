"""The job that makes many papers: for the items chosen, report by report, into one archive."""

from __future__ import annotations

from datetime import date

from django_tasks import task

from luoshi.problems import Problem, Unreadable
from luoshi.publish.papers import Wish, papers
from luoshi.store import making
from luoshi.store.dossiers import dossier_of
from luoshi.store.fetching import all_people
from luoshi.web import access


@task()
def make_papers(key: str, day: str) -> bool:
    """Make the papers that were asked for under ``key``. False where it is not wanted any more or came to nothing."""
    one = making.making(key)
    if one is None or one.state == "done":
        return False
    one = making.at_work(one)
    try:
        files, problems = made(one, date.fromisoformat(day))
    except Unreadable as error:
        files, problems = {}, list(error.problems)
    except Exception as error:
        making.gave_up(one, f"{type(error).__name__}: {error}")
        raise
    if not files:
        making.gave_up(one, "；".join(problem.message for problem in problems) or "没有可以出的文书 · nothing to make")
        return False
    making.finished(one, files)
    return True


def made(one: making.Making, day: date) -> tuple[dict[str, bytes], list[Problem]]:
    """The papers by name, as far as whoever asked may see the items; what is to be known of them."""
    who = access.access_of(all_people().get(pk=one.person))
    rows = access.matters(who).filter(pk__in=one.items).select_related("report__body").order_by("report_id", "place")
    by_report: dict[int, list[str]] = {}
    reports = {}
    for row in rows:
        by_report.setdefault(row.report_id, []).append(row.item)
        reports[row.report_id] = row.report
    files, problems = dict[str, bytes](), list[Problem]()
    for pk, items in by_report.items():
        found = papers(dossier_of(reports[pk], day), one.kind, Wish(tuple(items), formats=(one.form,)))  # type: ignore[arg-type]
        folder = f"{reports[pk].year or pk}/" if len(by_report) > 1 else ""
        files |= {f"{folder}{name}": content for name, content in found.files.items()}
        problems += found.problems
        making.at_work(one, len(files))
    return files, problems
