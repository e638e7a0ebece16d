"""Writing results so that a file is either the old one or the new one, and a folder of results belongs together."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import click

from luoshi.cli.faults import Unwritable
from luoshi.problems import problem

if TYPE_CHECKING:
    from luoshi.plan import Plan

_REASONS = {
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "那里是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EFBIG: "文件比这里允许的大",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOENT: "上级文件夹不存在",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
}


class Output(click.Path):
    """A file to write; an ending that says another format than ``endings`` is refused before any work (W004)."""

    def __init__(self, *endings: str) -> None:
        super().__init__(path_type=Path)
        self.endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Raises :class:`Unwritable`."""
        path = super().convert(value, param, ctx)
        fitting(Path(os.fsdecode(path)), *self.endings)
        return path


def fitting(path: Path, *endings: str) -> None:
    """Stop where the file's ending, if it has one, is none of ``endings``. Raises :class:`Unwritable`."""
    if path.suffix and path.suffix.lower() not in endings:
        raise Unwritable([problem("W004", path=path, found=path.suffix, wanted="、".join(endings))])


def plan_file(plan: Plan) -> bytes:
    """The plan as every verb writes it: indented, UTF-8, Chinese as it is, a line end at the end."""
    return (plan.to_json(indent=2) + "\n").encode("utf-8")


def write_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` whole or not at all. Raises :class:`Unwritable`."""
    with whole_file(path) as new:
        _put(new, data)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A new file to write piece by piece; it becomes ``path`` when the block ends well. Raises :class:`Unwritable`."""
    if path.is_dir():
        raise Unwritable([problem("W002", path=path)])
    with refusals(path):
        folder = Path(mkdtemp(prefix=".luoshi-", dir=path.parent))
        try:
            yield folder / "new"
            (folder / "new").replace(path)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write every one of ``files`` into ``folder``, or leave it as it was. Raises :class:`Unwritable`.

    Everything is first written to a hidden folder on the same disk; then the old files are set aside and the new ones
    moved in. If a move fails (a table that is open elsewhere, say) the old ones go back. Other files are left alone.
    """
    if folder.exists() and not folder.is_dir():
        raise Unwritable([problem("W003", path=folder)])
    with refusals(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=".luoshi-", dir=folder if folder.exists() else folder.parent))
        try:
            new, old = beside / "new", beside / "old"
            new.mkdir()
            old.mkdir()
            for name, data in files.items():
                _put(new / name, data)
            if folder.exists():
                _swap(new, folder, old, files)
            else:
                new.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _swap(new: Path, folder: Path, old: Path, names: Mapping[str, bytes]) -> None:
    """Move ``names`` from ``new`` into ``folder``, keeping what they replace in ``old`` until all have moved."""
    moved: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                (folder / name).rename(old / name)
            moved.append(name)
            (new / name).rename(folder / name)
    except BaseException:
        for name in moved:
            (folder / name).unlink(missing_ok=True)
        for kept in old.iterdir():
            kept.rename(folder / kept.name)
        raise


def _put(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write at ``path`` into a problem."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
        raise Unwritable([problem("W001", path=path, reason=reason)]) from error
