"""Addresses within the site: the same for the same thing every time it is published, safe on every file system."""

from __future__ import annotations

import re
from hashlib import sha1

_PLAIN = re.compile(r"[a-z0-9]")
_LONGEST = 80


def slug(name: str) -> str:
    """``name`` as part of a file's name: small letters and digits stay, everything else is written as its number."""
    made = "".join(char if _PLAIN.match(char) else f"_{ord(char):x}" for char in name)
    return made if 0 < len(made) <= _LONGEST else f"_{digest(name)}"


def digest(name: str) -> str:
    """Twelve hexadecimal digits that stand for ``name``."""
    return sha1(name.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:12]


def item_path(name: str) -> str:
    """The page of the item called ``name``."""
    return f"item/{slug(name)}.html"


def target_path(name: str) -> str:
    """The page of the target that is figure ``name``."""
    return f"target/{slug(name)}.html"


def group_path(sort: str, name: str, page: int = 1) -> str:
    """The list of the items of one group: those of a unit, a theme, a light …; long lists have several pages."""
    key = name if re.fullmatch(r"[a-z0-9]{1,12}", name) else digest(name)
    return f"items/{sort}-{key}{'' if page == 1 else f'-{page}'}.html"


def feed_path(sort: str, name: str) -> str:
    """The feed of one unit or theme."""
    return f"feeds/{sort}-{digest(name)}.xml"


def uuid(*parts: str) -> str:
    """A UUID of version 5's form made from ``parts``: the same parts always give the same."""
    made = sha1("\x1f".join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
    variant = f"{int(made[16], 16) & 0x3 | 0x8:x}"
    return f"urn:uuid:{made[:8]}-{made[8:12]}-5{made[13:16]}-{variant}{made[17:20]}-{made[20:32]}"
