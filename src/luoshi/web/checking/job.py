"""Reading a draft: done by the process that works through the queue; the file is gone when it is read or refused."""

from __future__ import annotations

from dataclasses import replace

from django_tasks import task

from luoshi.door import open_text, read_corrected
from luoshi.problems import Unreadable, problem
from luoshi.store import drafts, working
from luoshi.store.drafts import LONGEST, Draft
from luoshi.web.beating import beating


@task()
def read_draft(key: str, attempt: int) -> bool:
    """Read the file of the draft ``key``. False where it is refused, or that attempt is not wanted any more."""
    one = drafts.draft(key)
    if one is None or not working.going(one.folder, attempt):
        return False
    try:
        with beating(lambda: working.going(one.folder, attempt)):
            return _read(one, attempt)
    except Unreadable as error:
        drafts.refuse(key, attempt, error.problems)
    except Exception as error:
        drafts.refuse(key, attempt, [problem("I033", name=one.coming, detail=f"{type(error).__name__}: {error}")])
        raise
    return False


def _read(one: Draft, attempt: int) -> bool:
    def progress(done: int, total: int) -> None:
        working.going(one.folder, attempt, done, total)

    document, notes = open_text(one.file, progress=progress)
    if len(document.text) > LONGEST:
        size, limit = f"{len(document.text):,} 字", f"{LONGEST:,} 字"
        raise Unreadable([problem("I006", name=one.coming, size=size, limit=limit)])
    document = replace(document, source=one.coming)
    return drafts.keep_read(one.key, attempt, document.text, read_corrected(document, notes))
