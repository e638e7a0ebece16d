"""What an uploaded version says differently from the one that is here: worked out once, by the job that reads it.

Two long versions take a quarter of a minute; the page only shows what was kept.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from luoshi.compare import Difference, Edition, diff
from luoshi.plan import Plan
from luoshi.publish.ledger.wording import words
from luoshi.store.fetching import all_reports
from luoshi.store.uploads import Compared, Found, Upload, compared_in
from luoshi.web.reader.known import plan_of

if TYPE_CHECKING:
    from luoshi.store.models import Report


def earlier_of(plan: Plan) -> Report | None:
    """The version of the same report that is here already: of the same place and year."""
    facts = plan.document
    if not facts.year or not facts.place:
        return None
    found = all_reports().filter(place=facts.place[:60], year=facts.year).exclude(file_hash=facts.sha256)
    return found.select_related("body").order_by("-pk").first()


def compared(found: Found) -> Compared | None:
    """What was found against the version that is here; None where there is none."""
    earlier = earlier_of(found.plan) if found.plan is not None else None
    if earlier is None or found.plan is None:
        return None
    made = diff(Edition(plan_of(earlier), earlier.body.text), Edition(found.plan, found.text))
    return Compared(earlier.pk, earlier.revision, made.to_json())


def is_stale(one: Upload, plan: Plan) -> bool:
    """Whether the version that is here is another by now than the one that was compared."""
    kept, earlier = compared_in(one), earlier_of(plan)
    return (earlier and (earlier.pk, earlier.revision)) != (kept and (kept.report, kept.revision))


def shown(one: Upload, plan: Plan) -> dict[str, Any]:
    """The difference as the page shows it; ``stale`` where it has to be worked out anew."""
    kept, stale = compared_in(one), is_stale(one, plan)
    earlier = all_reports().filter(pk=kept.report).first() if kept else None
    if kept is None or earlier is None:
        return {"earlier": None, "stale": stale}
    made = Difference.model_validate_json(kept.difference)
    kinds = words()["difference"]["kinds"]
    counts = Counter(change.kind for change in made.changes)
    told = {
        "same": made.same,
        "counts": [(kinds[kind], count) for kind, count in counts.items()],
        "changes": [(kinds[change.kind], change) for change in made.changes],
    }
    return {"earlier": earlier, "difference": told, "stale": stale}
