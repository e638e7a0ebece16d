"""The text of a report and pointers into it; normalises beside the text, never in it."""

from luoshi.source.document import Document, Mark, MarkKind, Span
from luoshi.source.view import View, fold, view

__all__ = ["Document", "Mark", "MarkKind", "Span", "View", "fold", "view"]
