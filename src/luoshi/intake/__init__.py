"""The only room that opens a strange file: from a path to a document, with whatever is odd about the file named."""

from luoshi.intake.door import Opened, open_document
from luoshi.intake.limits import DEFAULT, Limits

__all__ = ["DEFAULT", "Limits", "Opened", "open_document"]
