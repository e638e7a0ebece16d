"""What a child process does in the tests of faults: writes until it is killed. Run as a program, with a task's name."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))


def label_for_ever(pk: int) -> None:
    """Label a matter again and again; each revision is printed once it is acknowledged."""
    from luoshi.store.acting import SYSTEM
    from luoshi.store.models import Matter
    from luoshi.store.moving import label_matter

    while True:
        seen = Matter.objects.get(pk=pk).revision
        if label_matter(pk, ("public", "internal")[seen % 2], SYSTEM, expected=seen, reason="x").entry:
            print(seen + 1, flush=True)  # noqa: T201


def bring_in_and_die(stage: str) -> None:
    """Bring the sample in, and be killed when ``stage`` is reached."""
    from casting import TODAY, sample_plan

    from luoshi.store import grams, reports
    from luoshi.store.acting import SYSTEM

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def after(real: Callable[..., object]) -> Callable[..., object]:
        return lambda *given, **more: (real(*given, **more), die())

    places = {"checked": "_report", "half": "_bodies", "sealed": "record"}
    plan, text = sample_plan()
    if stage == "received":
        die()
    if stage in places:
        setattr(reports, places[stage], after(getattr(reports, places[stage])))
    if stage == "indexed":
        grams.index = after(grams.index)  # type: ignore[assignment]
    reports.bring_in(plan, text, TODAY, SYSTEM)
    die()


if __name__ == "__main__":
    import django

    django.setup()
    task, given = sys.argv[1:]
    if task == "label":
        label_for_ever(int(given))
    else:
        bring_in_and_die(given)
