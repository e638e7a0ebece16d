"""A comparison with what people decided, as pages and exports take it up; and what has changed since it was made."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.compare import Comparison, Meant, Promise, meant
from luoshi.store import comparing
from luoshi.store.comparing import Kept, Place
from luoshi.web.comparing.rows import name_of
from luoshi.web.shell.language import say


@dataclass(frozen=True, slots=True)
class Opened:
    """The comparison kept of ``place``, what people made of it, and each promise by the name that addresses have."""

    place: Place
    kept: Kept
    comparison: Comparison
    names: dict[str, str]
    meant: dict[str, Meant]

    def promise(self, name: str) -> tuple[Promise, Promise] | None:
        """The promise ``name`` as decided, and as it was found; None where the comparison has none."""
        number = next((id_ for id_, known in self.names.items() if known == name), None)
        if number is None:
            return None
        pairs = zip(self.comparison.promises, self.kept.comparison.promises, strict=True)
        return next((one, found) for one, found in pairs if one.id == number)


def opened(place: Place) -> Opened | None:
    """The comparison of ``place`` with people's decisions; None where none was made yet."""
    kept = comparing.kept(place)
    if kept is None:
        return None
    found = kept.comparison.promises
    by_id = {one.id: known for one, known in zip(found, meant(found), strict=True)}
    judged = comparing.judged_of(place)
    made = comparing.with_decisions(place, kept, judged)
    return Opened(place, kept, made, {id_: name_of(one) for id_, one in by_id.items()}, by_id)


def changes(place: Place, kept: Kept) -> list[str]:
    """What is different since the comparison was made, in words; nothing where it still stands."""
    if kept.stamp == place.stamp:
        return []
    now = {one.pk: one for one in place.chosen}
    new = [one for pk, one in now.items() if pk not in kept.revisions]
    corrected = [one for pk, one in now.items() if pk in kept.revisions and kept.revisions[pk] != one.revision]
    told = [say(f"{one.year} 年的报告是新来的", f"the report of {one.year} is new") for one in new]
    told += [say(f"{one.year} 年的报告更正过", f"the report of {one.year} was corrected") for one in corrected]
    return told or [say("软件更新过", "the software was updated")]
