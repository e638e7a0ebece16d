"""A looser judge of whether two names are one, for the extra ``match``: character n-grams weighed by how rare they are.

This is not meaning: it sees that 生活污水集中收集率 and 污水收集率 share their rare characters, not that two different
words are the same thing. A model of meaning would have to be downloaded, and luoshi works where nothing can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from luoshi.compare.candidates import Meaning
from luoshi.compare.editions import Edition
from luoshi.compare.names import SAME, bare, told_apart

_LONGEST = 3
_ENOUGH = 0.55


def by_ngrams(editions: Sequence[Edition]) -> Meaning:
    """A judge that weighs n-grams by all indicator names of ``editions``. Raises ImportError without scikit-learn.

    Its answer is the cosine, scaled so that ``0.55`` is just enough to be taken for the same.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 — an extra

    figures = [one for edition in editions for one in edition.plan.figures]
    names = sorted({bare(one.indicator.text) for one in figures if one.indicator})
    weigher = TfidfVectorizer(analyzer="char", ngram_range=(1, _LONGEST), sublinear_tf=True)
    weigher.fit(names or ["无"])

    @lru_cache(maxsize=100_000)
    def same(one: str, other: str) -> float:
        mine, theirs = bare(one), bare(other)
        if not mine or not theirs or told_apart(mine, theirs):
            return 0.0
        vectors = weigher.transform([mine, theirs])
        return min(1.0, float((vectors[0] @ vectors[1].T).sum()) * SAME / _ENOUGH)

    return same
