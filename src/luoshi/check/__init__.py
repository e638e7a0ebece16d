"""Lint for reports: numbers that disagree, targets nobody can hold to, promises nobody can sign off.

from luoshi.check import check

result = check(plan, document.text)        # a luoshi.check.Result
"""

from luoshi.check.catalogue import Rule, rules
from luoshi.check.engine import Result, check
from luoshi.check.finding import Diagnostic, Place
from luoshi.check.settings import Settings, Suppression, parsed, unknown

__all__ = ["Diagnostic", "Place", "Result", "Rule", "Settings", "Suppression", "check", "parsed", "rules", "unknown"]
