"""Evidence files: checked, hashed, kept in the home folder under an id of our own."""

from __future__ import annotations

import hashlib
import os
import tempfile
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from luoshi.problems import Problem, problem
from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import EvidenceFile, Matter
from luoshi.store.writing import writing

LARGEST = 20 * 1024 * 1024
# What a file may begin with → its media type; a name proves nothing.
_KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came: where it waits, its size, its SHA-256 and its first bytes."""

    place: Path
    size: int
    digest: str
    first: bytes

    @property
    def kind(self) -> str | None:
        """Its media type by its first bytes; None for one that is not taken, or not of a size that is."""
        known = next((kind for start, kind in _KINDS if self.first.startswith(start)), None)
        return known if 0 < self.size <= LARGEST else None


def keep_evidence(
    matter: Matter, name: str, chunks: Iterable[bytes], evidence: str, by: By
) -> tuple[EvidenceFile | None, tuple[Problem, ...]]:
    """Keep a file as the evidence ``evidence`` of ``matter``, or say why not: empty, too large, of no known kind.

    The file is written and synced before its row is; a row that cannot be written leaves no file behind.
    """
    came = _received(_folder(), chunks)
    kept = _folder() / uuid.uuid4().hex
    try:
        if came.kind is None:
            size = f"{came.size / 1048576:.1f}"
            return None, (problem("T016", name=name, size=size, largest=LARGEST // 1048576),)
        came.place.replace(kept)
        return _row(matter, name, kept.name, came, evidence, by), ()
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    finally:
        came.place.unlink(missing_ok=True)


def path_of(file: EvidenceFile) -> Path:
    """Where the file lies."""
    return _folder() / file.key


def _row(matter: Matter, name: str, key: str, came: Received, evidence: str, by: By) -> EvidenceFile:  # noqa: PLR0917
    shown = name.replace("\\", "/").rsplit("/", 1)[-1][:200]
    facts = {"key": key, "size": came.size, "evidence": evidence[:60]}
    with writing():
        made = EvidenceFile.objects.create(
            matter=matter, name=shown, media_type=came.kind or "", digest=came.digest, by=by.person, **facts
        )
        record(by, "evidence.keep", f"matter:{matter.pk}", shown, sha256=came.digest, **facts)
    return made


def _received(folder: Path, chunks: Iterable[bytes]) -> Received:
    """Write what comes to a waiting file; stop soon after the limit."""
    size, hashed, first = 0, hashlib.sha256(), b""
    handle, place = tempfile.mkstemp(prefix="waiting-", dir=folder)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                break
            first = first or chunk[:16]
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Received(Path(place), size, hashed.hexdigest(), first)


def _folder() -> Path:
    folder = Path(settings.LUOSHI_HOME) / "evidence"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
