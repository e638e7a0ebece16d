"""A bar while work takes long: on standard error, gone when the work ends, none where nobody watches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

from luoshi.cli.terminal import aside


class Bar:
    """The stages of a job as they pass, ``total`` of them."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._task: TaskID | None = None
        self._stage = 0

    def next(self, stage: str) -> None:
        """Enter ``stage``; the one before is done."""
        self._show(self._stage, stage)
        self._stage += 1

    def say(self, words: str) -> None:
        """Say more of this stage while it lasts."""
        self._show(max(self._stage - 1, 0), words)

    def part(self, done: int, total: int) -> None:
        """``done`` of ``total`` steps of this stage (the pages of a scan) are over."""
        name = f"识别扫描件 recognising {done}/{total}"
        self._show(max(self._stage - 1, 0) + done / max(total, 1), name)

    def _show(self, completed: float, words: str) -> None:
        if self._task is None:
            self._task = self._progress.add_task(words, total=self._total)
        self._progress.update(self._task, description=words, completed=completed, refresh=True)


@contextmanager
def bar(*, stages: int = 1, quiet: bool = False) -> Iterator[Bar]:
    """A bar of ``stages``; it appears with the first of them, or with the first page of a scan."""
    console = aside()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        yield Bar(progress, stages)
