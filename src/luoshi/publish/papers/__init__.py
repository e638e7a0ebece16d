"""Official papers (文书): Word files in the form of GB/T 9704-2012 that an office can edit, and tagged PDF."""

from luoshi.publish.papers.kinds import Kind, kinds
from luoshi.publish.papers.paper import FORMATS, Format, Papers, Wish, all_papers, own_templates, papers, templates

__all__ = ["FORMATS", "Format", "Kind", "Papers", "Wish", "all_papers", "kinds", "own_templates", "papers", "templates"]
