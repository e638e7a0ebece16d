"""Which part of a report a stretch is: review, targets, plan, … The words that tell are in ``lexicon/roles.toml``.

A role is always a property of a section. Where it changes without a heading (the paragraph on problems at the end of a
review, the sentence with the targets) the stretch becomes a section of its own, with neither number nor title.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby, pairwise, takewhile

from luoshi.plan.model import Role
from luoshi.source.outline import Outline

_YEAR = re.compile(r"(?:19|20)\d\d")
_FORWARD = frozenset(("plan", "guidance", "targets", "livelihood", "government", "box"))
_AHEAD = frozenset(("plan", "guidance", "targets"))
_BESIDE = frozenset(("glossary", "annex", "box"))
_LEAST_REVIEW = 300
_GREETING_BY = 1500
_LISTED_LINE = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A section; ``number`` and ``title`` are empty where no heading opens it; ``body`` is where its text begins."""

    id: str
    parent: str | None
    number: str
    title: str
    role: Role
    start: int
    end: int
    body: int


@dataclass(frozen=True, slots=True)
class _TitleRule:
    role: Role
    match: re.Pattern[str]
    keep: frozenset[str]


@dataclass(frozen=True, slots=True)
class _TextRule:
    role: Role
    match: re.Pattern[str]
    where: frozenset[str]
    head: int
    to: str


@dataclass(frozen=True, slots=True)
class _Rules:
    titles: tuple[_TitleRule, ...]
    texts: tuple[_TextRule, ...]
    cut: dict[str, tuple[re.Pattern[str], dict[str, float]]]
    forward: re.Pattern[str]
    past: re.Pattern[str]
    look: int
    below: tuple[re.Pattern[str], re.Pattern[str]]
    text: re.Pattern[str]


@cache
def _rules() -> _Rules:
    raw = tomllib.loads(resources.files("luoshi.read").joinpath("lexicon/roles.toml").read_text(encoding="utf-8"))
    titles = (_TitleRule(r["role"], re.compile(r["match"]), frozenset(r.get("keep", ()))) for r in raw["title"])
    texts = (
        _TextRule(r["role"], re.compile(r["match"]), frozenset(r["where"]), r["head"], r["to"]) for r in raw["text"]
    )
    text = re.compile(raw["cut"]["document"].pop("ends"))
    cut = {name: (re.compile(rule.pop("match")), rule) for name, rule in raw["cut"].items()}
    forward, past = (re.compile(raw["tense"][key]) for key in ("forward", "past"))
    below = (re.compile(raw["below"]["chapter"]), re.compile(raw["below"]["goals"]))
    return _Rules(tuple(titles), tuple(texts), cut, forward, past, raw["tense"]["look"], below, text)


@dataclass(slots=True)
class _Node:
    """A section in the making; ``aimed``: what it aims at has been said, so what follows is work, no guidance."""

    start: int
    end: int
    body: int
    number: str = ""
    title: str = ""
    role: Role | None = None
    aimed: bool = False


def parts(text: str, outline: Outline) -> tuple[Part, ...]:
    """The sections of the report in text order, every one inside its parent. ``text`` is the folded view."""
    rules = _rules()
    nodes = [_Node(h.start, h.until, h.body, h.number, h.title) for h in outline.headings]
    whole = _whole(text, rules)
    nodes = _opening(text, outline, whole or "review") + nodes
    for start, end, role in _cuts(text, outline, rules):
        for node in nodes:
            if node.start <= start < node.end and not (node.title and node.start == start):
                node.end = start
        nodes.append(_Node(start, end, start, role=role))
    nodes = _ordered(nodes)
    _assign(text, nodes, whole, rules)
    for node, paragraphs in _own(nodes, outline.paragraphs):
        nodes += _inside(text, node, paragraphs, rules)
    return _numbered(_ordered(nodes))


def part_at(found: Sequence[Part], position: int) -> int:
    """Index of the innermost of ``found`` that holds ``position``; −1 if none does."""
    at = bisect_right(found, position, key=lambda part: part.start) - 1
    while at >= 0 and found[at].end <= position:
        at -= 1
    return at


def _whole(text: str, rules: _Rules) -> Role | None:
    """The role of a whole document that by its title is no report but a list of tasks; None for a report."""
    match, limits = rules.cut["document"]
    lines = [line.replace(" ", "") for line in text[: int(limits["head"])].split("\n")]
    top = takewhile(lambda line: len(line) <= limits["line"] and not rules.text.search(line), lines)
    found = match.search("\n".join(top))
    return None if not found or found["report"] else "livelihood" if found["livelihood"] else "plan"


def _opening(text: str, outline: Outline, role: Role) -> list[_Node]:
    """What stands above the first heading: the greeting, and what follows it if that is long."""
    first = outline.headings[0].start if outline.headings else len(text)
    if not text[:first].strip():
        return []
    limit = min(first, _GREETING_BY)
    greeted = max((a.end for a in outline.aside if a.why in ("front", "greeting") and a.end <= limit), default=0)
    if first - greeted < _LEAST_REVIEW:
        return [_Node(0, first, 0, role="opening")]
    rest = next((start for start, _ in outline.paragraphs if start >= greeted), first)
    opening = [_Node(0, rest, 0, role="opening")] if rest else []
    return [*opening, _Node(rest, first, rest, role=role)] if rest < first else opening


def _cuts(text: str, outline: Outline, rules: _Rules) -> Iterator[tuple[int, int, Role]]:
    """Where a new part begins without a heading: (start, end, role), at the highest level."""
    tops = [h.start for h in outline.headings if h.depth == 0]
    latest = _latest(h.title for h in outline.headings)
    kinds = {h.start: _said(h.title, None, latest, rules) for h in outline.headings}
    beside = (
        h.start for h in outline.headings if kinds[h.start] in _BESIDE and h.depth == 0 and h.start > len(text) / 3
    )
    notes = _notes(text, outline, rules)
    end = min(next(beside, len(text)), notes)
    if notes == end < len(text):
        yield notes, len(text), "glossary"
    body = [paragraph for paragraph in outline.paragraphs if paragraph[0] < end]
    greetings = [a.start for a in outline.aside if a.why == "greeting"]
    closing = _with_greeting(_closing(text, body, rules), greetings)
    turns: list[tuple[int, Role]] = []
    if not _AHEAD & set(kinds.values()):
        turns += _first(text, body, "turn", "plan", rules)
    if not any(kinds[h.start] == "government" and h.start > end / 2 for h in outline.headings):
        found = _late(text, body, closing, "government", rules) or _late(text, body, closing, "office", rules)
        turns += found
        turns += [(g, "plan") for g in greetings if found and found[0][0] < g < closing][:1]
    turns = [(_with_greeting(start, greetings), role) for start, role in turns]
    if closing < end:
        turns.append((closing, "closing"))
    turns.sort()
    for (start, role), (after, _) in pairwise([*turns, (end, "closing")]):
        top = next((t for t in tops if t > start), end)
        yield start, min(top, after) if start < after else after, role


def _with_greeting(start: int, greetings: list[int]) -> int:
    return next((g for g in reversed(greetings) if start - 9 <= g < start), start)


def _closing(text: str, body: list[tuple[int, int]], rules: _Rules) -> int:
    """Where the last words begin: at the last paragraph that sounds like them, or at one like it just before."""
    match, limits = rules.cut["closing"]
    last, behind = int(limits["last"]), 0
    for at in range(len(body) - 1, 0, -1):
        if match.search(text[slice(*body[at])]):
            return next(start for start, end in body[max(1, at - last + 1) :] if match.search(text[start:end]))
        behind += body[at][1] - body[at][0]
        if len(body) - at >= last and behind > limits["behind"]:
            break
    parting = len(body) > last and rules.cut["parting"][0].search(text[slice(*body[-1])])
    return body[-1][0] if parting else len(text)


def _notes(text: str, outline: Outline, rules: _Rules) -> int:
    """Where explained words in numbered lines begin that go on to the end of the text without a heading above them."""
    match, limits = rules.cut["glossary"]
    first, count, gap = len(text), 0, 0
    for start, end in reversed(outline.paragraphs):
        if match.search(text[start:end]):
            first, count, gap = start, count + 1, 0
        elif gap >= limits["gap"]:
            break
        else:
            gap += 1
    return first if count >= limits["least"] else len(text)


def _late(text: str, body: list[tuple[int, int]], until: int, name: str, rules: _Rules) -> list[tuple[int, Role]]:
    """Where the part on the government itself begins without a heading, near the last words at ``until``."""
    least = min(until, body[-1][1] if body else 0) * rules.cut[name][1]["after"]
    return _first(text, [p for p in body if least < p[0] < until], name, "government", rules)


def _first(text: str, body: list[tuple[int, int]], name: str, role: Role, rules: _Rules) -> list[tuple[int, Role]]:
    match, limits = rules.cut[name]
    for start, end in body:
        if match.search(text[start : min(end, start + int(limits["head"]))]):
            return [(start, role)]
    return []


def _by_title(title: str, parent: Role | None, rules: _Rules) -> Role | None:
    if parent == "box":
        return parent
    plain = title.replace(" ", "")
    for rule in rules.titles:
        if not rule.match.search(plain):
            continue
        if parent in rule.keep or (parent == "review" and rule.role == "plan"):
            return parent
        if not (rule.role == "review" and parent in _FORWARD):
            return rule.role
    return None


def _assign(text: str, nodes: list[_Node], whole: Role | None, rules: _Rules) -> None:
    """Give every node a role: by its title, else its parent's, else by year, else by what its sentences look at.

    In a list of tasks (``whole`` is its role) nothing looks back but what is said to.
    """
    open_: list[_Node] = []
    latest = _latest(node.title for node in nodes)
    before: Role = "review"
    boxed = False
    told = [(node.start, _said(node.title, None, latest, rules)) for node in nodes]
    ahead = next((start for start, role in told if role in _AHEAD), 0)
    reviewed = any(role == "review" for _, role in told)
    for node in nodes:
        while open_ and open_[-1].end <= node.start:
            open_.pop()
        parent = _inherited(open_[-1], node, rules) if open_ else None
        if node.role is None and whole:
            node.role = _by_title(node.title, parent, rules) or parent or whole
        elif node.role is None:
            node.role = _said(node.title, parent, latest, rules) or parent
        if node.role == "government" and node.start < ahead:
            node.role = "review"
        if boxed and not open_ and not node.number and node.end - node.start < _LISTED_LINE:
            node.role = "box"
        if node.role is None:
            settled = before == "plan" or (node.start < ahead and not reviewed)
            node.role = before if settled else _by_tense(text, node, rules)
        if not open_ and node.role not in _BESIDE and node.role not in ("opening", "closing"):
            before = "review" if node.role == "review" else "plan"
        boxed = node.role == "box"
        open_.append(node)


def _inherited(above: _Node, node: _Node, rules: _Rules) -> Role | None:
    """The role a section takes from the one above it; chapters below general requirements describe the work."""
    chapter, goals = rules.below
    if above.role == "guidance" and (chapter.match(node.number) or (node.title and goals.search(above.title))):
        return "plan"
    return above.role


def _said(title: str, parent: Role | None, latest: int, rules: _Rules) -> Role | None:
    """The role a title tells: by its words, by its year where they say nothing or only speak of tasks."""
    role, year = _by_title(title, parent, rules), _by_year(title, latest)
    return "review" if role == "plan" and year == "review" and parent is None else role or year


def _by_year(title: str, latest: int) -> Role | None:
    years = [int(year) for year in _YEAR.findall(title)]
    return None if not years else "plan" if max(years) == latest else "review"


def _latest(titles: Iterable[str]) -> int:
    return max((int(year) for title in titles for year in _YEAR.findall(title)), default=0)


def _by_tense(text: str, node: _Node, rules: _Rules) -> Role:
    end = min(node.end, node.start + rules.look)
    ahead = sum(1 for _ in rules.forward.finditer(text, node.start, end))
    return "plan" if ahead > sum(1 for _ in rules.past.finditer(text, node.start, end)) else "review"


def _own(nodes: list[_Node], paragraphs: Sequence[tuple[int, int]]) -> Iterator[tuple[_Node, list[tuple[int, int]]]]:
    """Every node with the paragraphs of its own text, runs between headings apart."""
    at, open_ = 0, list[int]()
    owned: list[tuple[int, tuple[int, int]]] = []
    for paragraph in paragraphs:
        while at < len(nodes) and nodes[at].start <= paragraph[0]:
            open_.append(at)
            at += 1
        while open_ and nodes[open_[-1]].end <= paragraph[0]:
            open_.pop()
        if open_:
            owned.append((open_[-1], paragraph))
    for index, group in groupby(owned, key=lambda row: row[0]):
        yield nodes[index], [paragraph for _, paragraph in group]


def _inside(text: str, node: _Node, paragraphs: list[tuple[int, int]], rules: _Rules) -> list[_Node]:
    """Sections without a heading inside ``node``: paragraphs, or ends of paragraphs, with a role of their own."""
    made: list[_Node] = []
    for start, end in _listed(text, paragraphs, node.end):
        role: Role = "plan" if node.aimed else node.role or "plan"
        marks = _marks(text, start, end, role, rules)
        if node.aimed and not (marks and marks[0][0] == start):
            marks.insert(0, (start, role))
        for (begin, told), (after, _) in pairwise([*marks, (end, "plan")]):
            if node.aimed and made and made[-1].role == told == role:
                made[-1].end = after
            elif begin < after:
                made.append(_Node(begin, after, begin, role=told))
        node.aimed |= bool(node.title) and role == "guidance" and any(told == "targets" for _, told in marks)
    if len(made) == 1 and not node.title and made[0].start <= node.body and made[0].end >= node.end:
        node.role = made[0].role
        return []
    return made


def _marks(text: str, start: int, end: int, role: Role, rules: _Rules) -> list[tuple[int, Role]]:
    """Where in a paragraph of a section with ``role`` something else begins, and what."""
    marks: list[tuple[int, Role]] = []
    for rule in rules.texts:
        if role not in rule.where or rule.role in {told for _, told in marks}:
            continue
        found = rule.match.search(text[start : min(end, start + rule.head)])
        if found:
            begin = start if rule.to == "paragraph" else _sentence_start(text, start, start + found.start())
            marks.append((begin, rule.role))
    return sorted(marks)


def _listed(text: str, paragraphs: list[tuple[int, int]], limit: int) -> Iterator[tuple[int, int]]:
    """Paragraphs, one that ends with a colon together with the list of short lines below it."""
    at = 0
    while at < len(paragraphs):
        start, end = paragraphs[at]
        at += 1
        colon = text[end - 1] == ":"
        while colon and at < len(paragraphs) and paragraphs[at][1] <= limit and text[paragraphs[at][1] - 1] in ";。":
            if paragraphs[at][1] - paragraphs[at][0] > _LISTED_LINE:
                break
            end = paragraphs[at][1]
            at += 1
            if text[end - 1] == "。":
                break
        yield start, end


def _sentence_start(text: str, start: int, position: int) -> int:
    return max(start, text.rfind("。", start, position) + 1, text.rfind("!", start, position) + 1)


def _ordered(nodes: list[_Node]) -> list[_Node]:
    return sorted((node for node in nodes if node.start < node.end), key=lambda node: (node.start, -node.end))


def _numbered(nodes: list[_Node]) -> tuple[Part, ...]:
    made: list[Part] = []
    open_: list[Part] = []
    for at, node in enumerate(nodes, 1):
        while open_ and open_[-1].end <= node.start:
            open_.pop()
        parent = open_[-1].id if open_ else None
        role: Role = node.role or "plan"
        open_.append(Part(f"s{at}", parent, node.number, node.title, role, node.start, node.end, node.body))
        made.append(open_[-1])
    return tuple(made)
