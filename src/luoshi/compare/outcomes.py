"""What became of one promise in one later report: the verdict, the sum, the words that decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from luoshi.compare.candidates import Meaning, Rated, Shelf, shown
from luoshi.compare.editions import Edition
from luoshi.compare.figures import Reading
from luoshi.compare.found import Found
from luoshi.compare.judging import Bands, Judged, comparable, judge, written
from luoshi.compare.model import Candidate, Outcome, State, Verdict
from luoshi.compare.names import members
from luoshi.compare.pledges import Pledge
from luoshi.compare.quoting import quote_of, quotes_of
from luoshi.compare.relative import relative
from luoshi.compare.statements import Said, Statements, asked, reached
from luoshi.compare.words import pattern, said, table


class Witness:
    """One later report, asked about promises."""

    def __init__(self, edition: Edition, rules: Bands, meaning: Meaning | None = None) -> None:
        self.edition, self.rules = edition, rules
        self.shelf, self.statements = Shelf(edition, meaning), Statements(edition)

    def asked_about(self, pledge: Pledge) -> Found:
        """What this report says of ``pledge``, whose time it covers."""
        if pledge.reading is not None:
            return self._number(pledge)
        return relative(pledge, self.shelf, self.rules) or self._named(pledge)

    # ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _number(self, pledge: Pledge) -> Found:
        rated = self.shelf.rated(pledge)
        fitting = [one for one in rated if one.of_the_years]
        same = [one for one in fitting if self._comparable(pledge, one) is None]
        if same:
            return self._judged(pledge, same, rated)
        if parts := self._parts(pledge):
            return self._judged(pledge, parts, rated, parts=True)
        if other := [*fitting, *(one for one in rated if _of_several(pledge, one.reading))]:
            return self._incomparable(pledge, other[0], rated)
        return self._in_words(pledge, shown(rated))

    def _comparable(self, pledge: Pledge, one: Rated) -> str | None:
        assert pledge.reading is not None
        return comparable(pledge.reading, one.reading)

    def _parts(self, pledge: Pledge) -> list[Rated]:
        """The best candidate of every part of the indicator, where the whole is not reported (城镇 and 农村)."""
        found = []
        for code in table("parts").get(pledge.code or "", ()):
            rated = [
                one for one in self.shelf.rated(pledge, code)
                if one.of_the_years and self._comparable(pledge, one) is None
            ]  # fmt: skip
            if not rated:
                return []
            found.append(rated[0])
        return found

    def _judged(self, pledge: Pledge, same: list[Rated], rated: list[Rated], *, parts: bool = False) -> Found:
        best = same[0].reading
        beside = [one.reading for one in same] if parts else _beside(best, [one.reading for one in same])
        plain = [one for one in beside if not _other_basis(pledge, one)]
        other = [one for one in beside if _other_basis(pledge, one)]
        first = [judge(pledge, one, self.rules) for one in plain]
        second = [judge(pledge, one, self.rules) for one in other]
        verdict, because = _verdict(first, second, plain, other)
        if parts or len(plain) > 1:
            because = f"{because}；{said('parts')}"
        decisive = [*plain, *other]
        outcome = Outcome(
            report=self.edition.id,
            quotes=quotes_of(decisive),
            numbers=tuple(one.number() for one in decisive),
            arithmetic="；".join(one.arithmetic for one in (*first, *second)),
            because=because,
            notes=tuple(self._notes(pledge, decisive)),
        )
        return Found(verdict, outcome, shown(rated))

    def _notes(self, pledge: Pledge, decisive: Sequence[Reading]) -> Iterator[str]:
        words = table("because_notes")
        for one in decisive:
            if one.figure.hedge and pattern("estimate", "words").search(one.figure.hedge):
                yield words["estimate"].format(words=one.figure.hedge)
                break
        if pledge.reading and pledge.reading.figure.hedge in self.rules.soft:
            yield words["hedged"].format(words=pledge.reading.figure.hedge)

    def _incomparable(self, pledge: Pledge, one: Rated, rated: list[Rated]) -> Found:
        """A number of the thing that is no answer: a rate was promised and an amount reported, or another unit."""
        assert pledge.reading is not None
        reason = self._comparable(pledge, one) or ("span" if _of_several(pledge, one.reading) else "form")
        names = table("measures")
        both = {"promised": pledge.reading, "reported": one.reading}
        if reason == "span":
            told = {"reported": f"{'年均' if one.reading.average else ''}{written(one.reading)}"}
        elif reason == "rate_amount":
            told = {key: f"{names[each.figure.measure]}（{written(each)}）" for key, each in both.items()}
        else:
            told = {key: each.figure.unit or each.figure.text for key, each in both.items()}
        outcome = Outcome(
            report=self.edition.id,
            quotes=(quote_of(one.reading),),
            numbers=(one.reading.number(),),
            because=said(reason, **told),
        )
        return Found("not_comparable", outcome, shown(rated))

    def _in_words(self, pledge: Pledge, candidates: tuple[Candidate, ...]) -> Found:
        """No number at all: a sentence that only compares (高于全市平均水平) is no answer to a number either."""
        assert pledge.reading is not None
        known: dict[str, list[str]] = table("statement")["names"]
        if _counted(pledge.reading):
            return self.silent(candidates)
        own = {pledge.reading.name} if len(pledge.reading.name) >= table("statement")["shortest"] else set()
        names = {*own, *self._called(pledge.code), *known.get(pledge.code or "", ())}
        for clause in self.edition.clauses:
            spoken = clause.role in ("review", "") and any(name in clause.text for name in names)
            if spoken and pattern("statement", "compared").search(clause.text):
                outcome = Outcome(
                    report=self.edition.id,
                    quotes=(self.edition.quote(clause.start, clause.end),),
                    because=said("words_only"),
                )
                return Found("not_comparable", outcome, candidates)
        return self.silent(candidates)

    def _called(self, code: str | None) -> set[str]:
        """What this report calls the indicator elsewhere, its catalogue name included."""
        figures = self.edition.plan.figures if code else ()
        named = [one.indicator for one in figures if one.indicator and one.indicator.code == code]
        return {name for one in named for name in (one.name, one.text) if name and len(name) > 3}

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _named(self, pledge: Pledge) -> Found:
        told = self._told(pledge, pledge.name)
        candidates = tuple(one.candidate(self.edition) for one in told[:6])
        decisive = next((one for one in told if one.state is not None), None)
        if decisive is None or decisive.state is None:
            return self._members(pledge) or self.silent(candidates)
        if short := self.statements.short_of(decisive):
            quotes = (self.edition.quote(decisive.clause.start, decisive.end),)
            return Found(
                "missed", Outcome(report=self.edition.id, state="partly", quotes=quotes, because=short), candidates
            )
        verdict, because = _of_state(pledge, decisive, decisive.state)
        outcome = Outcome(
            report=self.edition.id,
            state="claimed" if pledge.kind in ("target", "action") and verdict == "met" else decisive.state,
            quotes=(self.edition.quote(decisive.clause.start, decisive.end),),
            because=because,
        )
        return Found(verdict, outcome, candidates)

    def _told(self, pledge: Pledge, name: str) -> list[Said]:
        return self.statements.about(name, pledge.kind, pledge.edition.reviewed + 1)

    def _members(self, pledge: Pledge) -> Found | None:
        """Of a promise of several named things (甲、乙、丙建成) what is said of each; None where nothing is."""
        names = members(pledge.text)
        told = {name: next((one for one in self._told(pledge, name) if one.state), None) for name in names}
        known = {name: one for name, one in told.items() if one is not None}
        if len(names) < 2 or not known:
            return None
        verdicts = {name: _of_state(pledge, one, one.state) for name, one in known.items() if one.state}
        quotes = tuple(self.edition.quote(one.clause.start, one.end) for one in known.values())
        bad = next((found for found in verdicts.values() if found[0] != "met"), None)
        if bad is None and len(known) < len(names):
            bad = "not_reported", said("part_only", names="、".join(known))
        verdict, because = bad or ("met", "；".join(dict.fromkeys(why for _, why in verdicts.values())))
        states = {one.state for one in known.values()}
        state = states.pop() if len(states) == 1 else "partly"
        return Found(verdict, Outcome(report=self.edition.id, state=state, quotes=quotes, because=because))

    def silent(self, candidates: tuple[Candidate, ...] = ()) -> Found:
        """Nothing was found; where the text is not at hand that cannot be held against the report."""
        if not self.edition.text:
            return Found("pending", Outcome(report=self.edition.id, because=said("no_text")), candidates)
        return Found("not_reported", Outcome(report=self.edition.id, because=said("not_reported")), candidates)


def _of_several(pledge: Pledge, one: Reading) -> bool:
    """Whether a number is of several years, or their average, where that of one was promised."""
    promised = pledge.reading
    assert promised is not None
    single = not promised.average and not (promised.years and promised.years[0] < promised.years[1])
    average = one.average and one.figure.measure == promised.figure.measure
    return single and not one.since and (one.sums_years or average)


def _counted(promised: Reading) -> bool:
    """Whether the number counts things (20家): then a sentence that only compares says nothing of it."""
    return promised.figure.measure == "level" and promised.figure.unit != "%" and not promised.unit[0].endswith("元")


def _beside(best: Reading, same: Sequence[Reading]) -> list[Reading]:
    """The best reading and the others of its sentence about the same thing: 5.8%和6.8%, 1.7%（同口径2.5%）."""
    low, high = best.edition.sentence(best.figure.start, best.figure.end)
    if low == high:
        low, high = best.figure.start - 12, best.figure.end + 12
    near = [one for one in same if low <= one.figure.start < high and one.name == best.name]
    return [one for one in near if one is best or one.basis != best.basis or _touching(one, best)]


def _touching(one: Reading, other: Reading) -> bool:
    first, second = sorted((one.figure, other.figure), key=lambda figure: figure.start)
    return second.start - first.end <= 1


def _other_basis(pledge: Pledge, one: Reading) -> bool:
    """Whether the number is counted another way than was promised."""
    if one.basis is None or (pledge.reading and pledge.reading.basis):
        return False
    words = table("basis")
    return not (one.code in words["constant"] and one.basis in words["same_price"])


def _verdict(
    first: Sequence[Judged], second: Sequence[Judged], plain: Sequence[Reading], other: Sequence[Reading]
) -> tuple[Verdict, str]:
    """The verdict of the numbers on the promised basis, then of those on another."""
    basis = other[0].basis if other else None
    if first and all(one.kept for one in first):
        return "met", said("met")
    if second and all(one.kept for one in second):
        return "met_other_basis", said("other_basis" if first else "only_other_basis", basis=basis)
    if first and not all(one.shown for one in first if not one.kept):
        unclear = next(one for one, sum_ in zip(plain, first, strict=True) if not sum_.shown)
        words = {"ge": "以上", "gt": "超过", "le": "以内", "lt": "不到"}[unclear.figure.comparator]
        return "missed", said("not_shown", words=f"{unclear.figure.text}{words}")
    return "missed", said("missed") if first else said("other_basis_missed", basis=basis)


def _of_state(pledge: Pledge, one: Said, state: State) -> tuple[Verdict, str]:
    wanted = asked(pledge.text, pledge.kind)
    if state == "failed":
        return "missed", said("state", words=one.words)
    if state == "built_late":
        return "missed", said("late", words=one.words)
    if pledge.kind == "target":
        return ("met", said("claimed")) if state == "built" else ("not_comparable", said("words_only"))
    if reached(state, wanted):
        return "met", said("state", words=one.words)
    return "missed", said("too_little", asked=table("steps")[wanted], words=one.words)
