"""The seal of an entry: a digest over the seal before it and the entry's canonical bytes.

SHA-256 (FIPS 180-4) or SM3 (GB/T 32905-2016); SM3 comes with OpenSSL, so it needs no package. A seal shows that
something was changed, it does not prevent it: whoever owns the database can seal everything anew, which only an
anchor kept elsewhere shows.
"""

from __future__ import annotations

import hashlib

ALGORITHMS = ("sha256", "sm3")
GENESIS = "0" * 64  # the seal before the first entry


def available(algorithm: str) -> bool:
    """Whether this machine can make seals by ``algorithm``; an old OpenSSL has no SM3."""
    return algorithm in ALGORITHMS and algorithm in hashlib.algorithms_available


def seal(previous: str, body: bytes, algorithm: str) -> str:
    """The seal of ``body`` after ``previous``, 64 hexadecimal digits. Raises ValueError for another algorithm."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"{algorithm}: the algorithms are {', '.join(ALGORITHMS)}")
    return hashlib.new(algorithm, previous.encode("ascii") + b"\n" + body).hexdigest()


def digest(text: str) -> str:
    """What stands in an entry for a text that is kept elsewhere: its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()
