"""What administration lets the process of jobs do: copies made and verified, lights lit anew."""

from __future__ import annotations

from datetime import date

from django_tasks import task

from luoshi.store import backing
from luoshi.store.fetching import all_people
from luoshi.store.watching import refresh_lights
from luoshi.web.access import access_of


@task()
def work_on_copy(key: str, person: int) -> bool:
    """Make or verify a copy, as the job ``key`` says, for ``person``. False where it went wrong."""
    return backing.do(key, access_of(all_people().get(pk=person)).acting())


@task()
def light_again(day: str) -> int:
    """Light every matter of ``day`` by the rules now in force; how many turned."""
    return refresh_lights(date.fromisoformat(day))
