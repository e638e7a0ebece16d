"""Indicators on their way: readings, paths, lights by published rules, forecasts, what is still needed."""

from luoshi.measure.breakdown import Part, added_up, broken_down
from luoshi.measure.consistency import consistency
from luoshi.measure.forecast import Forecast, forecast
from luoshi.measure.given import Given, given
from luoshi.measure.light import Light, Override, Profile, State, judge, profile, profile_of, profiles
from luoshi.measure.measuring import Measured, Report, measure, measure_plan, units_of
from luoshi.measure.methods import Question, Refused, Status, methods, status
from luoshi.measure.path import Path
from luoshi.measure.reading import Reading, Series
from luoshi.measure.readings import Readings, readings
from luoshi.measure.standing import Standing, standing
from luoshi.measure.target import Target, targets
from luoshi.measure.telling import sentences
from luoshi.measure.wire import FORMAT, to_json

__all__ = [
    "FORMAT", "Forecast", "Given", "Light", "Measured", "Override", "Part", "Path", "Profile", "Question", "Reading",
    "Readings", "Refused", "Report", "Series", "Standing", "State", "Status", "Target", "added_up", "broken_down",
    "consistency", "forecast", "given", "judge", "measure", "measure_plan", "methods", "profile", "profile_of",
    "profiles", "readings", "sentences", "standing", "status", "targets", "to_json", "units_of",
]  # fmt: skip
