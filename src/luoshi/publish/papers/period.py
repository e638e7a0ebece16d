"""What was done within a period, counted by move from the ledger, for a paper that is about one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from luoshi.publish.dossier import Case, Dossier
from luoshi.publish.papers.wording import words


def period_values(pairs: Sequence[tuple[Case, dict[str, Any]]], whole: Dossier, since: date | None) -> dict[str, Any]:
    """The days of the period and how often each move of ``[acts]`` was made in it; empty where none was asked for."""
    if since is None:
        return {"period_from": None, "period_to": None, "acts": []}
    done = Counter(entry.move for case, _ in pairs for entry in case.entries if since <= entry.day <= whole.today)
    moves = whole.rules.workflow.moves
    acts = [{"title": moves[name].zh, "count": done[name]} for name in words()["acts"]["moves"] if done[name]]
    return {"period_from": since, "period_to": whole.today, "acts": acts}
