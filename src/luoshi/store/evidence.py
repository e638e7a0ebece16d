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
from luoshi.store.moment import now
from luoshi.store.writing import writing

LARGEST = 20 * 1024 * 1024
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".docx", ".xlsx", ".pptx", ".doc", ".xls", ".ppt", ".wps", ".et", ".zip")
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
    key: str

    @property
    def kept(self) -> Path:
        """Where it goes when it is kept, under an id of our own."""
        return self.place.parent / self.key

    @property
    def kind(self) -> str | None:
        """Its media type by its first bytes; None for one that is not taken, or not of a size that is."""
        known = next((kind for start, kind in _KINDS if self.first.startswith(start)), None)
        return known if 0 < self.size <= LARGEST else None


def keep_evidence(  # noqa: PLR0917 -- a file, what it belongs to and who brings it
    matter: Matter, name: str, chunks: Iterable[bytes], evidence: str, by: By, label: str = "internal"
) -> tuple[EvidenceFile | None, tuple[Problem, ...]]:
    """Keep a file as the evidence ``evidence`` of ``matter``, or say why not: empty, too large, of no known kind.

    The file is written and synced before its row is; a row that cannot be written leaves no file behind.
    """
    came, problems = receive(name, chunks)
    if came is None:
        return None, problems
    try:
        return keep_received(matter, came, name, evidence, by, label=label), ()
    except BaseException:
        discard([came])
        raise
    finally:
        came.place.unlink(missing_ok=True)


def receive(name: str, chunks: Iterable[bytes]) -> tuple[Received | None, tuple[Problem, ...]]:
    """Take a file in, outside any transaction: it waits to be kept. None with the problems where it is not taken."""
    came = _received(_folder(), chunks)
    if came.kind is not None:
        return came, ()
    came.place.unlink(missing_ok=True)
    size = f"{came.size / 1048576:.1f}"
    return None, (problem("T016", name=name, size=size, largest=LARGEST // 1048576),)


def keep_received(
    matter: Matter, came: Received, name: str, evidence: str, by: By, *, label: str = "internal"
) -> EvidenceFile:
    """Give a file that was received its place and its row. Where that fails, :func:`discard` it."""
    came.place.replace(came.kept)
    return _row(matter, name, came, evidence, by, label)


def discard(files: Iterable[Received]) -> None:
    """Leave nothing of ``files``, wherever they have got to."""
    for one in files:
        one.place.unlink(missing_ok=True)
        one.kept.unlink(missing_ok=True)


def path_of(file: EvidenceFile) -> Path:
    """Where the file lies."""
    return _folder() / file.key


def _row(matter: Matter, name: str, came: Received, evidence: str, by: By, label: str) -> EvidenceFile:  # noqa: PLR0917
    shown = name.replace("\\", "/").rsplit("/", 1)[-1][:200]
    facts = {"key": came.key, "size": came.size, "evidence": evidence[:60], "label": label}
    with writing():
        made = EvidenceFile.objects.create(
            matter=matter,
            name=shown,
            media_type=came.kind or "",
            digest=came.digest,
            by=by.person,
            created=now(),
            **facts,
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
    return Received(Path(place), size, hashed.hexdigest(), first, uuid.uuid4().hex)


def _folder() -> Path:
    folder = Path(settings.LUOSHI_HOME) / "evidence"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
