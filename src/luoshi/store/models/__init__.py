"""The tables, one file an idea. Nothing outside ``store`` imports them; Django finds them here."""

from luoshi.store.models.addresses import Address
from luoshi.store.models.files import EvidenceFile
from luoshi.store.models.lights import LightSpell
from luoshi.store.models.matters import Gram, Matter, MatterBody, MatterUnit
from luoshi.store.models.measures import Path, Reading
from luoshi.store.models.people import ApiToken, Person, Post, PostHolder, RoleGrant
from luoshi.store.models.record import Anchor, Done, LedgerEntry, LedgerHead
from luoshi.store.models.reports import Report, ReportBody
from luoshi.store.models.site import Message, SavedView, Setting
from luoshi.store.models.supervision import Comment, Finding, Visit
from luoshi.store.models.units import Unit, UnitName
from luoshi.store.models.votes import Ballot, BallotMatter, PaperCount, Vote

__all__ = [
    "Address", "Anchor", "ApiToken", "Ballot", "BallotMatter", "Comment", "Done", "EvidenceFile", "Finding", "Gram",
    "LedgerEntry", "LedgerHead", "LightSpell", "Matter", "MatterBody", "MatterUnit", "Message", "PaperCount", "Path",
    "Person", "Post", "PostHolder", "Reading", "Report", "ReportBody", "RoleGrant", "SavedView", "Setting", "Unit",
    "UnitName", "Visit", "Vote",
]  # fmt: skip
