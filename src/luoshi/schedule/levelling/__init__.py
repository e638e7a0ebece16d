"""Levelling: who does what when, where a unit can do only so much at once."""

from luoshi.schedule.levelling.hunt import Effort
from luoshi.schedule.levelling.optimise import Levelled, optimise

__all__ = ["Effort", "Levelled", "optimise"]
