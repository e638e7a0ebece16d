"""Drafts that somebody has checked: a secret of whoever brought them, kept for some days and then forgotten.

A draft is a folder of the home under an id that nobody can guess: ``facts.json``, and a folder a version
(``2/text.txt``, ``2/plan.json``), of which the last two are kept. The file itself is gone once it was read. The record
says that a draft came and went, never what it is called or says; no backup holds one.
"""

from __future__ import annotations

import json
import re
import shutil
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from django.conf import settings

from luoshi.check import Suppression
from luoshi.plan import Plan
from luoshi.problems import Problem, problem
from luoshi.store import working
from luoshi.store.acting import SYSTEM, By
from luoshi.store.ledger import record
from luoshi.store.writing import writing

LARGEST = 20 * 1024 * 1024
LONGEST = 300_000  # characters; a report of a province has some 30,000
_DAY = 24 * 3600
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Choice:
    """How a draft is checked: the rules (None: those that are on by default), what counts as failing, what is let pass.

    ``earlier`` is last year's report: ``report:12`` of the site, or ``draft:<key>`` of the same person; empty for none.
    """

    rules: tuple[str, ...] | None = None
    fail: str = "warning"
    earlier: str = ""
    passed: tuple[Suppression, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands: ``version`` counts the files that were read, 0 before the first; ``came`` is in seconds."""

    key: str
    name: str
    person: int
    label: str
    coming: str = ""
    version: int = 0
    came: float = 0.0
    choice: Choice = field(default_factory=Choice)

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return _home() / self.key

    @property
    def file(self) -> Path:
        """The file that waits to be read, under its own ending."""
        return self.folder / f"came{Path(self.coming).suffix.lower()[:8]}"

    @property
    def work(self) -> working.Work:
        """How far the reading is."""
        return working.work_in(self.folder)

    @property
    def ends(self) -> float:
        """When it is forgotten."""
        return self.came + settings.LUOSHI_DRAFT_DAYS * _DAY


def keep_draft(name: str, chunks: Iterable[bytes], label: str, by: By) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Keep a draft that somebody brought, or say why not: empty, or larger than 20 MB."""
    assert by.person is not None
    forget_old(time.time())
    made = Draft(uuid.uuid4().hex, _shown(name), by.person.pk, label, came=time.time())
    made.folder.mkdir(mode=0o700, parents=True)
    problems = bring(made, name, chunks, by)
    if problems:
        shutil.rmtree(made.folder, ignore_errors=True)
        return None, problems
    return draft(made.key), ()


def bring(one: Draft, name: str, chunks: Iterable[bytes], by: By) -> tuple[Problem, ...]:
    """A new file for a draft, to be read; what was read before stands until it has been."""
    shown, data = _shown(name), _limited(chunks)
    if not 0 < len(data) <= LARGEST:
        size, limit = f"{len(data) / (1 << 20):.1f} MB", f"{LARGEST >> 20} MB"
        return (problem("I006" if data else "I005", name=shown, size=size, limit=limit),)
    coming = replace(one, coming=shown)
    working.write(coming.file, data)
    _save(coming)
    working.begin(coming.folder)
    with writing():
        record(by, "draft.keep", f"draft:{one.key}", "", size=len(data))
    return ()


def draft(key: str) -> Draft | None:
    """The draft ``key``; None where there is none, or none any more."""
    facts = _home() / key / "facts.json" if _KEY.fullmatch(key) else None
    if facts is None or not facts.is_file():
        return None
    raw = json.loads(facts.read_text(encoding="utf-8"))
    choice = raw["choice"]
    rules = None if choice["rules"] is None else tuple(choice["rules"])
    passed = tuple(Suppression(**each) for each in choice["passed"])
    return Draft(**raw | {"choice": Choice(**choice | {"rules": rules, "passed": passed})})


def drafts_of(person: int) -> Sequence[Draft]:
    """The drafts of ``person``, newest first."""
    found = (draft(folder.name) for folder in _home().iterdir())
    return sorted((one for one in found if one is not None and one.person == person), key=lambda one: -one.came)


def keep_read(key: str, attempt: int, text: str, plan: Plan) -> bool:
    """Keep what ``attempt`` read as the next version; False, and nothing kept, where it is not wanted any more."""
    one = draft(key)
    if one is None or not working.going(one.folder, attempt):
        return False
    made = replace(one, version=one.version + 1, name=one.coming or one.name, came=time.time())
    folder = one.folder / str(made.version)
    folder.mkdir(mode=0o700, exist_ok=True)
    working.write(folder / "text.txt", text.encode("utf-8", "surrogatepass"))
    working.write(folder / "plan.json", plan.to_json().encode("utf-8", "surrogatepass"))
    _save(made)
    one.file.unlink(missing_ok=True)
    shutil.rmtree(one.folder / str(made.version - 2), ignore_errors=True)
    return working.end(one.folder, attempt)


def refuse(key: str, attempt: int, problems: Iterable[Problem]) -> None:
    """Say why the file cannot be read, and take it away; what was read before stands."""
    one = draft(key)
    if one is not None and working.end(one.folder, attempt, problems):
        one.file.unlink(missing_ok=True)


def version_of(one: Draft, version: int) -> tuple[str, Plan] | None:
    """Text and plan of a version; None where it is not kept."""
    folder = one.folder / str(version)
    if version < 1 or not (folder / "plan.json").is_file():
        return None
    text = (folder / "text.txt").read_bytes().decode("utf-8", "surrogatepass")
    return text, Plan.from_json((folder / "plan.json").read_bytes())


def choose(one: Draft, choice: Choice, label: str = "") -> Draft:
    """Check it another way from now on."""
    return _save(replace(one, choice=choice, label=label or one.label))


def forget(one: Draft, by: By) -> None:
    """Take a draft away, with everything that was read of it."""
    with writing():
        record(by, "draft.forget", f"draft:{one.key}", "")
        shutil.rmtree(one.folder, ignore_errors=True)


def forget_old(now: float) -> int:
    """Take away what has been kept for as long as the site keeps drafts; how many."""
    found = [one for folder in _home().iterdir() if (one := draft(folder.name)) is not None]
    old = [one for one in found if one.ends <= now]
    for one in old:
        forget(one, SYSTEM)
    return len(old)


def _limited(chunks: Iterable[bytes]) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > LARGEST:
            break
    return bytes(data)


def _shown(name: str) -> str:
    return re.sub(r"[^\w.()（）《》·\- ]", "_", name.replace("\\", "/").rsplit("/", 1)[-1])[-120:]


def _save(one: Draft) -> Draft:
    told = {name: getattr(one, name) for name in Draft.__dataclass_fields__} | {"choice": asdict(one.choice)}
    working.write(one.folder / "facts.json", json.dumps(told, ensure_ascii=False).encode())
    return one


def _home() -> Path:
    home = Path(settings.LUOSHI_HOME) / "drafts"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home
