"""Templates of procedures: the steps of a kind of matter, how long they take, and who says so. Data in ``*.toml``."""

from luoshi.schedule.procedures.templates import After, Days, Limit, Step, Template, Validity, template, templates

__all__ = ["After", "Days", "Limit", "Step", "Template", "Validity", "template", "templates"]
