"""The one picture (一图读懂): what a report promises, or what came of it, every number with its sentence."""

from luoshi.publish.onepage.drawing import Format, Width, themes, widths
from luoshi.publish.onepage.picture import Pictures, onepage
from luoshi.publish.onepage.result import result

__all__ = ["Format", "Pictures", "Width", "onepage", "result", "themes", "widths"]
