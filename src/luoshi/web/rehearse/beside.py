"""What stands beside the matters: files of evidence that say what they prove, and the discussion."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from luoshi.publish.typesetting import pdf
from luoshi.store.balloting import advance_ballot, cast_votes, draft_ballot, matters_on
from luoshi.store.columns import body_of
from luoshi.store.discussing import say
from luoshi.store.evidence import keep_evidence
from luoshi.store.finding import all_matters
from luoshi.store.moment import playing
from luoshi.web.rehearse.data import district, morning
from luoshi.web.rehearse.people import People

if TYPE_CHECKING:
    from luoshi.store.models import Matter, Report
    from luoshi.supervise import Evidence

_PAGE = """
#set page(width: 148mm, height: 105mm, margin: 14mm)
#set text(font: sys.inputs.font, lang: "zh", region: "cn", size: 11pt)
#let lines = json(bytes(sys.inputs.lines))
#align(center, text(15pt, weight: "bold", lines.first()))
#v(6mm)
#for line in lines.slice(1) [#line \\ #v(1mm)]
#place(bottom + center, text(8pt, fill: gray)[示范材料，单位和数字都是虚构的])
"""


def add_files(report: Report, people: People) -> None:
    """The evidence files of ``district.toml``, each kept by the liaison of the unit that leads the matter."""
    for said in district()["files"]:
        matter = _matter(report, said["find"])
        given = next(one for one in _evidence(matter) if one.id == said["evidence"])
        with playing(morning(given.day)):
            by = people.for_unit(matter.lead_name)
            paper = _paper(tuple(said["lines"]))
            kept, problems = keep_evidence(matter, said["name"], [paper], given.id, by, label=said["label"])
            assert kept is not None, problems


def add_comments(report: Report, people: People) -> None:
    """The discussion of ``district.toml``."""
    for said in district()["comments"]:
        with playing(morning(said["day"], 60)):
            say(_matter(report, said["find"]), said["text"], people.by_name(said["who"]))


def add_ballot(report: Report, people: People) -> None:
    """The ballot of ``district.toml``, open, with the votes of some of the deputies."""
    said = district()["ballot"]
    with playing(morning(said["drafted"], 120)):
        by = people.by_name(said["by"])
        of = [_matter(report, find) for find in said["finds"]]
        ballot = draft_ballot(report, said["title"], (said["opens"], said["closes"]), of, by)
        assert not advance_ballot(ballot, "open", by, expected=0)
        rows = [row.pk for row in matters_on(ballot)]
        for name, votes in said["votes"]:
            chosen = {row: said["choices"][int(vote)] for row, vote in zip(rows, votes, strict=True)}
            assert not cast_votes(ballot, chosen, said["opens"], people.by_name(name))


def _matter(report: Report, find: str) -> Matter:
    return all_matters().select_related("body").filter(report=report, title__startswith=find)[0]


def _evidence(matter: Matter) -> tuple[Evidence, ...]:
    return body_of(matter).evidence


def _paper(lines: tuple[str, ...]) -> bytes:
    """A small page that says ``lines``, as PDF."""
    return pdf(_PAGE.encode(), {"lines": json.dumps(lines, ensure_ascii=False)}, tagged=False)
