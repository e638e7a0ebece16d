"""Characters that pages show as 〓, told once for the whole site."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.problems import Problem, problem
from luoshi.publish.dossier import Dossier
from luoshi.publish.site.frame import lost


def unshown(open_: Dossier) -> Iterator[Problem]:
    """One problem O007 with every such character of the report and of the matters; none where there is none."""
    matters = (text for one in open_.matters for text in _texts(one.model_dump()))
    found = dict.fromkeys(lost("\n".join((open_.document.text, open_.plan.document.title, *matters))))
    if found:
        yield problem("O007", points=" ".join(f"U+{ord(char):04X}" for char in found))


def _texts(value: object) -> Iterator[str]:
    """Every string in what a model dumps."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
