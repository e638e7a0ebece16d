"""Finding by words: every two neighbouring characters of a matter's words are a row, which any database can index."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from luoshi.store.models import Gram, Matter

if TYPE_CHECKING:
    from luoshi import supervise

_RUN = re.compile(r"[^\W_]+")
_MOST = 12  # grams of a query that are asked for; more would not find less


def grams(words: str) -> list[str]:
    """The pairs of neighbouring letters in ``words``, in order, each once; lower case, punctuation parts."""
    runs = _RUN.findall(words.lower())
    return list(dict.fromkeys(run[at : at + 2] for run in runs for at in range(max(len(run) - 1, 1))))


def index(rows: Iterable[tuple[int, supervise.Matter]]) -> None:
    """Write the index of matters anew. Called within a transaction."""
    rows = list(rows)
    Gram.objects.filter(matter_id__in=[pk for pk, _ in rows]).delete()
    found = (Gram(gram=gram, matter_id=pk) for pk, body in rows for gram in grams(words_of(body)))
    Gram.objects.bulk_create(found, batch_size=500)


def words_of(body: supervise.Matter) -> str:
    """The words that a matter is found by."""
    return "\n".join((body.title, body.number, body.lead, *body.help, body.target, body.person))


def having(matters: QuerySet[Matter], query: str) -> QuerySet[Matter]:
    """Those of ``matters`` whose words hold every pair of neighbouring letters of ``query``."""
    for gram in grams(query)[:_MOST]:
        like = {"gram": gram} if len(gram) > 1 else {"gram__startswith": gram}
        matters = matters.filter(pk__in=Gram.objects.filter(**like).values("matter_id"))
    return matters
