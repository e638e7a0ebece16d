"""A choice of how a draft is checked: as a form, as a ``luoshi.toml``, and back."""

from __future__ import annotations

import json
from dataclasses import replace

from luoshi.check import Settings, Suppression, parsed
from luoshi.problems import Problem, problem
from luoshi.store.drafts import Choice, Draft
from luoshi.web.access import Access
from luoshi.web.checking.checked import offered, settings_of
from luoshi.web.checking.forms import ChooseForm

_LARGEST = 100_000


def form_of(one: Draft, who: Access) -> ChooseForm:
    """The form, with what is chosen now."""
    chosen = {"rules": sorted(settings_of(one.choice).chosen()), "fail": one.choice.fail,
              "earlier": one.choice.earlier, "openness": one.label}  # fmt: skip
    return ChooseForm(offered(one, who), initial=chosen)


def as_toml(choice: Choice) -> str:
    """The choice as the command line takes it."""
    lines = ["[check]"]
    if choice.rules is not None:
        lines.append(f"select = [{', '.join(map(_quoted, choice.rules))}]")
    lines.append(f"fail = {_quoted(choice.fail)}")
    for one in choice.passed:
        which = f"mark = {_quoted(one.mark)}" if one.mark else f"words = {_quoted(one.words)}"
        lines += ["", "[[check.suppress]]", f"rule = {_quoted(one.rule)}", which, f"reason = {_quoted(one.reason)}"]
    return "\n".join(lines) + "\n"


def name_of(one: Suppression) -> str:
    """What an address calls something that is let pass: its mark, or its rule where words are let pass."""
    return one.mark or one.rule


def rules_of(chosen: list[str]) -> tuple[str, ...] | None:
    """None for the rules that are on by default, so that a rule that is added later is asked too."""
    return None if not chosen or frozenset(chosen) == Settings().chosen() else tuple(chosen)


def configured(choice: Choice, file: object) -> tuple[Choice, tuple[Problem, ...]]:
    """The choice as a ``luoshi.toml`` says it, or what is wrong with that."""
    name, data = getattr(file, "name", "luoshi.toml"), file.read(_LARGEST)  # type: ignore[attr-defined]
    try:
        found, wrong = parsed(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        return choice, (problem("K002", name=name, detail=str(error)),)
    chosen = None if found.chosen() == Settings().chosen() else tuple(sorted(found.chosen()))
    return replace(choice, rules=chosen, fail=found.fail, passed=found.suppressions), wrong


def _quoted(text: str) -> str:
    """A string of TOML: a string of JSON is one."""
    return json.dumps(text, ensure_ascii=False)
