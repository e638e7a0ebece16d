"""The kernel's engine: numba where the extra ``fast`` is installed, else the same code as plain Python on lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
FAST = find_spec("numba") is not None

if FAST:
    from numba import njit


def compiled(function: F) -> F:
    """``function`` compiled (kept on disk for the next start, free of Python's lock), or as it is."""
    made: F = njit(cache=True, nogil=True)(function) if FAST else function
    return made


def whole(values: Sequence[int]) -> Any:
    """A copy of ``values`` as the kernel wants them: an array of int64, or a list."""
    if not FAST:
        return list(values)
    import numpy as np  # noqa: PLC0415

    return np.array(values, dtype=np.int64)


def zeros(count: int) -> Any:
    """``count`` zeros as the kernel wants them."""
    if not FAST:
        return [0] * count
    import numpy as np  # noqa: PLC0415 — an extra

    return np.zeros(count, dtype=np.int64)


__all__ = ["FAST", "compiled", "whole", "zeros"]
