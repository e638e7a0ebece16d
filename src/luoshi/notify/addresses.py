"""Addresses of messages: which channel one is for, and whether it can be used."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from luoshi.problems import Problem, problem

_SECRET_PARTS = re.compile(r"(?<=://)[^/?#@]+(?=@)|(?<=token=)[^&]+|(?<=key=)[^&]+|(?<=pass=)[^&]+")
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to send: its names, what its addresses begin with, and one as an example."""

    name: str
    title: str
    en: str
    schemes: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a known channel; ``url`` holds secrets and is shown to nobody."""

    channel: str
    url: str

    def __repr__(self) -> str:
        return f"Address({self.channel}, {with_secrets_hidden(self.url)})"


@cache
def channels() -> tuple[Channel, ...]:
    """Every channel, in the order of ``channels.toml``."""
    raw = tomllib.loads(resources.files(__package__).joinpath("channels.toml").read_text(encoding="utf-8"))
    return tuple(Channel(name, **{**row, "schemes": tuple(row["schemes"])}) for name, row in raw.items())


def address_of(text: str) -> tuple[Address | None, tuple[Problem, ...]]:
    """The address that ``text`` is; None with N001 (no known channel) or N002 (nothing after ``://``)."""
    url = text.strip()
    scheme, _, rest = url.partition("://")
    found = next((one for one in channels() if scheme.lower() in one.schemes), None)
    if found is None:
        known = "、".join(f"{one.title}（{one.schemes[0]}://）" for one in channels())
        return None, (problem("N001", scheme=scheme[:20] or "（空）", known=known),)
    if not rest.strip("/") or not _splits(url):
        return None, (problem("N002", channel=found.title, example=found.example),)
    return Address(found.name, url), ()


def with_secrets_hidden(url: str) -> str:
    """``url`` as a log or a page may show it: the channel and the last characters of what identifies it."""
    shown = _SECRET_PARTS.sub("***", url)
    scheme, mark, rest = shown.partition("://")
    known = next((one for one in channels() if scheme.lower() in one.schemes), None)
    if known is not None and known.name in ("wecom", "dingtalk", "feishu"):
        return f"{scheme}{mark}***{rest[-_KEPT:]}"
    return shown


def _splits(url: str) -> bool:
    try:
        return bool(urlsplit(url).netloc)
    except ValueError:
        return False
