"""以督查倒逼落实: the workflow as one table, lights with their reasons, reminders, slips, samples; pure."""

from luoshi.supervise.agenda import Agenda, agenda, units
from luoshi.supervise.burden import Ask, Load, asked, burden
from luoshi.supervise.carry import carry_over
from luoshi.supervise.coverage import Coverage, coverage
from luoshi.supervise.decide import Outcome, decide, possible
from luoshi.supervise.docket import DOCKET, Docket, matters
from luoshi.supervise.evidence import completion_proved, counted, grade, verified_cap
from luoshi.supervise.facts import Facts, facts
from luoshi.supervise.ground import Rules, rules
from luoshi.supervise.inspections import Inspections, Visit, inspections
from luoshi.supervise.lights import Light, Profile, judge, light, profiles
from luoshi.supervise.model import Actor, Entry, Event, Evidence, Matter, Milestone, Notice
from luoshi.supervise.obligations import Obligation, obligations
from luoshi.supervise.posts import Handover, Holder, Post, handover, holder, succeed
from luoshi.supervise.progress import progress_class
from luoshi.supervise.reminders import Digest, reminders
from luoshi.supervise.rollup import Roll, rollup
from luoshi.supervise.sampling import Sample, lookback_sample
from luoshi.supervise.slips import SlipProfile, may_issue, next_slip, slip_profiles
from luoshi.supervise.workdays import WorkingDays
from luoshi.supervise.workflow import Move, State, Workflow, workflow

__all__ = [
    "DOCKET",
    "Actor",
    "Agenda",
    "Ask",
    "Coverage",
    "Digest",
    "Docket",
    "Entry",
    "Event",
    "Evidence",
    "Facts",
    "Handover",
    "Holder",
    "Inspections",
    "Light",
    "Load",
    "Matter",
    "Milestone",
    "Move",
    "Notice",
    "Obligation",
    "Outcome",
    "Post",
    "Profile",
    "Roll",
    "Rules",
    "Sample",
    "SlipProfile",
    "State",
    "Visit",
    "Workflow",
    "WorkingDays",
    "agenda",
    "asked",
    "burden",
    "carry_over",
    "completion_proved",
    "counted",
    "coverage",
    "decide",
    "facts",
    "grade",
    "handover",
    "holder",
    "inspections",
    "judge",
    "light",
    "lookback_sample",
    "matters",
    "may_issue",
    "next_slip",
    "obligations",
    "possible",
    "profiles",
    "progress_class",
    "reminders",
    "rollup",
    "rules",
    "slip_profiles",
    "succeed",
    "units",
    "verified_cap",
    "workflow",
]  # fmt: skip
