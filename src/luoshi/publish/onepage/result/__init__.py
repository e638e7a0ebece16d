"""The second kind of picture: what was said, what came of it, and what did not, each with both its sentences."""

from luoshi.publish.onepage.result.board import Kept
from luoshi.publish.onepage.result.door import result

__all__ = ["Kept", "result"]
