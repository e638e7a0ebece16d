"""The one picture (一图读懂): what a report promises on one page, every number with its sentence."""

from luoshi.publish.onepage.drawing import Format, Width, themes
from luoshi.publish.onepage.picture import Pictures, onepage

__all__ = ["Format", "Pictures", "Width", "onepage", "themes"]
