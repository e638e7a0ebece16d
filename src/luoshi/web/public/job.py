"""The job that publishes a report: the site and the data of what is open, whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django_tasks import task

from luoshi.problems import Problem, Unreadable, has_errors
from luoshi.publish.products import PRODUCTS, Publication
from luoshi.store import publishing
from luoshi.store.dossiers import dossier_of
from luoshi.store.fetching import all_people, all_reports
from luoshi.store.outside import outside
from luoshi.web.access import access_of

if TYPE_CHECKING:
    from luoshi.store.models import Report

_SITE = next(one for one in PRODUCTS if one.name == "site")  # the data go into it


@task()
def publish_report(pk: int, attempt: int, person: int, day: str) -> bool:
    """Publish report ``pk`` as ``person`` asked on ``day``. False where it was refused or is not wanted any more."""
    try:
        return _published(pk, attempt, person, date.fromisoformat(day))
    except Unreadable as error:
        publishing.failed(pk, attempt, _told(error.problems))
    except Exception as error:
        publishing.failed(pk, attempt, [f"{type(error).__name__}: {error}"])
        raise
    return False


def _published(pk: int, attempt: int, person: int, day: date) -> bool:
    report = all_reports().select_related("body").get(pk=pk)
    by = access_of(all_people().get(pk=person)).acting()
    with publishing.beside(pk) as new:
        going = Publication(dossier_of(report, day))
        if has_errors(going.problems):
            raise Unreadable(going.problems)
        files = _write(report, attempt, going, new)
        out = outside(going.open)
        counts = {"items": len(out.items), "files": files}
        done = files > 0 and publishing.put_in_place(report, attempt, new, out, by, **counts)
    if not done:
        publishing.failed(pk, attempt, ["报告已不是公开的，没有发布 · the report is no longer public"])
    return done


def _write(report: Report, attempt: int, going: Publication, new: Path) -> int:
    """Write the files; how many, 0 where another attempt has begun meanwhile. Raises where one is an error."""
    count = 0
    for piece in going.pieces(_SITE):
        if isinstance(piece, Problem):
            if has_errors([piece]):
                raise Unreadable([piece])
            continue
        publishing.put(new, *piece)
        count += 1
        if count % 20 == 0 and not publishing.going(report.pk, attempt, count):
            return 0
    return count


def _told(problems: tuple[Problem, ...] | list[Problem]) -> list[str]:
    return [f"{one.message}（{one.code}）" for one in problems]
