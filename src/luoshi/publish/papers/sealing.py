"""A zip made anew so that the same content is the same bytes: entries in order, each dated with the paper's day."""

from __future__ import annotations

import io
import zipfile
from datetime import date

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_LEVEL = 6


def sealed(package: bytes, day: date) -> bytes:
    """``package`` (a .docx) with its parts sorted and dated ``day``."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        names = sorted(set(old.namelist()), key=lambda name: (name not in _FIRST, name))
        for name in names:
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(entry, old.read(name), compresslevel=_LEVEL)
    return kept.getvalue()
