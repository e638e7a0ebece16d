"""N: numbers that disagree with each other, one file a kind of disagreement."""

from luoshi.check.numbers import derived, earlier, paths, repeats, shares, sizes, sums

RULES = (*paths.RULES, *sizes.RULES, *shares.RULES, *sums.RULES, *derived.RULES, *repeats.RULES, *earlier.RULES)

__all__ = ["RULES"]
