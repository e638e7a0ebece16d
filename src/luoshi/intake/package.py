"""A zip container that is looked at before anything in it is unpacked. Nothing is ever written to disk."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections import Counter
from io import BytesIO

from luoshi.intake.limits import Limits
from luoshi.intake.reading import Refusal

_LOCKED = 0x1
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


class Package:
    """The parts of a zip file by name. Raises :class:`Refusal` for bombs, passwords and damage."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except _FAULTS as error:
            raise Refusal("I013", detail="不是完整的 zip 容器") from error
        self.names = frozenset(entry.filename for entry in entries)
        self._folded = {name.casefold(): name for name in sorted(self.names)}
        self._twice = {name for name, count in Counter(entry.filename for entry in entries).items() if count > 1}
        _weigh(entries, len(data), limits)

    def read(self, name: str) -> bytes:
        """The bytes of a part; never more than its header declares."""
        if name in self._twice:
            raise Refusal("I013", detail="容器里有两个同名的部件")
        try:
            entry = self._zip.getinfo(name)
            if entry.flag_bits & _LOCKED:
                raise Refusal("I018")
            return self._zip.read(entry)
        except KeyError as error:
            raise Refusal("I013", detail="容器里缺少必要的部件") from error
        except _FAULTS as error:
            raise Refusal("I013", detail="容器里有损坏的部件") from error

    def resolve(self, base: str, target: str) -> str:
        """The name of the part that ``target``, written in part ``base``, points to; an empty string if none.

        A target that climbs out of the container names no part of it.
        """
        target = target.replace("\\", "/")
        joined = target if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
        name = posixpath.normpath(joined).lstrip("/")
        if name in self.names:
            return name
        return self._folded.get(name.casefold(), "")


def _weigh(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    """Refuse what would unpack to too much. Python's zipfile never reads past a declared size, so these hold."""
    if len(entries) > limits.parts:
        raise Refusal("I014", detail=f"{len(entries)} 个部件（上限 {limits.parts}）")
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_bytes:
        raise Refusal("I014", detail=f"解开后有 {total >> 20} MB（上限 {limits.unpacked_bytes >> 20} MB）")
    if sum(entry.compress_size for entry in entries) > size:
        raise Refusal("I014", detail="部件互相重叠")
    for entry in entries:
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > limits.small_part_bytes and ratio > limits.part_ratio:
            raise Refusal("I014", detail=f"压缩比 {ratio:.0f} 倍（上限 {limits.part_ratio} 倍）")
        if entry.compress_type not in _PLAIN_METHODS:
            raise Refusal("I013", detail="使用了办公文档不用的压缩方法")
