"""Character recognition by RapidOCR, whose models come inside its package: nothing is fetched.

Optional: ``pip install "luoshi[ocr]"``. Importing this module costs nothing; the models load on first use.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from luoshi.intake.layout import Piece, lines

_NEEDED = ("rapidocr", "onnxruntime")


def available() -> bool:
    """Whether the optional packages are installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


class Recogniser:
    """Reads pictures of pages. The models are loaded once, with the first picture."""

    def __init__(self) -> None:
        self._engine: Any = None

    def __call__(self, picture: Any) -> list[str]:
        """The lines of a page, from an array of grey or BGR pixels."""
        self._engine = self._engine or _engine()
        found = self._engine(picture)
        if found.boxes is None or found.txts is None:
            return []
        pieces = [_piece(box.tolist(), text) for box, text in zip(found.boxes, found.txts, strict=True)]
        return lines(pieces)


def _engine() -> Any:
    import rapidocr  # noqa: PLC0415

    models = Path(rapidocr.__file__).parent / "models"
    # With the folder named, the library looks there first and finds what its wheel brought.
    return rapidocr.RapidOCR(params={"Global.log_level": "critical", "Global.model_root_dir": str(models)})


def _piece(box: list[list[float]], text: str) -> Piece:
    across, down = [point[0] for point in box], [point[1] for point in box]
    return Piece(min(across), min(down), max(across), max(down), text)
