"""The frame of every page: names, date, ways to the other pages; and the rendering of a template into bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from luoshi.amounts import plain
from luoshi.publish.dossier import Dossier
from luoshi.publish.labels import label
from luoshi.publish.site.naming import feed_path, group_path, item_path, slug, target_path
from luoshi.publish.site.words import words
from luoshi.supervise.words import word

File = tuple[str, bytes]
_LOST = "404.html"  # shown in place of a page at any depth
# Neither HTML nor XML may hold the first of these; of the last, private use, no reader has a glyph.
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shows. ``lit``: whether anything is under supervision, so that lights mean something.

    ``hidden`` has the sentences about what stayed inside.
    """

    name: str
    place: str
    year: str
    title: str
    today: date
    lit: bool
    licence: str
    government: str
    address: str
    pages: tuple[Mapping[str, str], ...]
    hidden: tuple[str, ...]
    sha256: str

    def page(self, path: str, template: str, **values: Any) -> File:
        """The page at ``path``. Every link of it is relative, so that the folder works from anywhere."""
        root = f"{self.address}/" if path == _LOST and self.address else "../" * path.count("/")
        made = _environment().get_template(template).render(site=self, path=path, root=root, **values)
        return path, encoded(made)

    def absolute(self, path: str) -> str:
        """``path`` under the address of the site; as it is where the site has none."""
        return f"{self.address}/{path}" if self.address else path


def frame(open_: Dossier) -> Frame:
    """The frame of the site of ``open_``."""
    facts, fixed = open_.plan.document, words()
    place, year = facts.place or open_.office.place, str(facts.year or "")
    named = fixed["name"].format(place=place, year=year) if place and year else ""
    lit = any(one.state not in fixed["before"] for one in open_.matters)
    left_out = set() if open_.comparison else {"ledger.html"}
    return Frame(
        name=named or facts.title or fixed["nameless"],
        place=place,
        year=year,
        title=facts.title or (fixed["titled"].format(place=place, year=year) if named else fixed["untitled"]),
        today=open_.today,
        lit=lit,
        licence=open_.office.licence,
        government=open_.office.government,
        address=open_.office.site.rstrip("/"),
        pages=tuple(one for one in fixed["pages"] if one["path"] not in left_out),
        hidden=tuple(one.message for one in open_.problems if one.code in ("O004", "O005", "O006")),
        sha256=facts.sha256,
    )


def encoded(text: str) -> bytes:
    """``text`` in UTF-8, with 〓 for characters that cannot be shown."""
    return _UNSHOWN.sub(words()["instead"], text).encode()


def lost(text: str) -> list[str]:
    """The characters of ``text`` that cannot be shown, as often as they occur."""
    return _UNSHOWN.findall(text)


def said(value: Any) -> str:
    """A day in Chinese, a decimal without needless zeros, anything else as it is."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return plain(value) if isinstance(value, Decimal) else str(value)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_template), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.globals |= {"item_path": item_path, "target_path": target_path, "group_path": group_path}
    made.globals |= {"label": label, "word": word, "slug": slug, "feed_path": feed_path, "words": words()}
    made.filters["said"] = said
    return made


def _template(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
