"""Character recognition by RapidOCR, whose models come inside its package: nothing is fetched.

Optional: ``pip install "luoshi[ocr]"``. Importing this module costs nothing; the models load on first use.
"""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from luoshi.intake.layout import Piece, lines

_THREADS = min(4, os.cpu_count() or 1)
_NEEDED = ("rapidocr", "onnxruntime")


def available() -> bool:
    """Whether the optional packages are installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


class Recogniser:
    """Reads pictures of pages. The models are loaded once, with the first picture."""

    def __init__(self) -> None:
        self._engine: Any = None

    def __call__(self, picture: Any) -> list[str]:
        """The lines of a page, from its picture as PDFium draws it (or anything else with ``to_numpy``)."""
        self._engine = self._engine or _engine()
        found = self._engine(picture.to_numpy())
        if found.boxes is None or found.txts is None:
            return []
        pieces = [_piece(box.tolist(), text) for box, text in zip(found.boxes, found.txts, strict=True)]
        return lines(pieces)


def _engine() -> Any:
    rapidocr: Any = import_module("rapidocr")
    drawing: Any = import_module("cv2")
    drawing.setNumThreads(_THREADS)
    # With the folder named, the library looks there first and finds what its wheel brought.
    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.model_root_dir": str(models),
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
        }
    )


def _piece(box: list[list[float]], text: str) -> Piece:
    across, down = [point[0] for point in box], [point[1] for point in box]
    return Piece(min(across), min(down), max(across), max(down), text)
