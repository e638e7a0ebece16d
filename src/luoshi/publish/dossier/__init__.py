"""The dossier (案卷): all that is published from — plan, text, matters, readings, comparison, the day, the office."""

from luoshi.publish.dossier.dossier import Case, Dossier, dossier
from luoshi.publish.dossier.office import Office, office_of
from luoshi.publish.dossier.openness import opened

__all__ = ["Case", "Dossier", "Office", "dossier", "office_of", "opened"]
