"""The reports that come with luoshi: a district that does not exist, its five-year report and what followed."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Literal

Sample = Literal["songgang-2021", "songgang-2021-news", "songgang-2023"]


def sample(name: Sample = "songgang-2021") -> Path:
    """The file of a sample: the five-year report, the newspaper's digest of it, or the annual report after it."""
    return Path(str(resources.files(__name__).joinpath(f"{name}.txt")))
