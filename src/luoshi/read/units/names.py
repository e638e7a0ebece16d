"""The names in a list of units: 省教育厅、省民政厅，各州、市人民政府 → three."""

from __future__ import annotations

import re

from luoshi.read.units.bureaus import codes
from luoshi.read.units.wording import wording

LONGEST = 40
# 各州、市人民政府 and 各镇（街道）are one name each.
_PIECE = re.compile(
    r"(?:各|相关|有关)[省州盟市县区旗乡镇街道场园()、及和]{1,14}(?:人民政府|政府|办事处|管委会)"
    r"|(?:[^、,;/。()]|\([^()]*\))+"
)
_AND = re.compile(r"(?:以及|及其|及|和|与)(?=各|相关|有关|国务院)")
_JOINED = re.compile(r"(?<=[局委部厅办院会署府行])(?:以及|及|和|与)(?=..)")
_NOTE = re.compile(r"\([^()]*\)")
_ALL_OF = re.compile("各|相关|有关")


def names(words: str, *, sure: bool = False) -> tuple[str, ...]:
    """The units named in ``words`` (folded), in order, each once.

    ``sure`` says that the words are a list of units (they stand behind 责任单位：); else only what ends as units do
    counts.
    """
    found = []
    for piece in _PIECE.findall(_JOINED.sub("、", _AND.sub("、", _blanks(words)))):
        name = _clean(piece)
        if 1 < len(name) <= LONGEST and (sure or is_unit(name)):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _blanks(words: str) -> str:
    """A blank between two names divides them; one inside a name (县 教育局) is nothing."""
    if " " not in words:
        return words
    pieces = [piece for piece in re.split(r" +", words) if piece]
    if len(pieces) > 1 and all(is_unit(piece.strip("、,;")) for piece in pieces):
        return "、".join(pieces)
    return "".join(pieces)


def _clean(piece: str) -> str:
    made = wording()
    name = piece.strip(" .。:\"'")
    if not _ALL_OF.match(name):
        name = _NOTE.sub("", name)
    name = made.rest.sub("", made.shared.sub("", name)).strip()
    return name if name and not made.general.fullmatch(name) else ""


def is_unit(words: str) -> bool:
    """Whether ``words`` (folded) end as the name of a unit does, or are one that the catalogue knows."""
    return bool(wording().ending.search(words)) or bool(codes(words))


def all_units(words: str) -> bool:
    """Whether ``words`` are nothing but names of units."""
    pieces = [_clean(piece) for piece in _PIECE.findall(_AND.sub("、", _blanks(words)))]
    return bool(pieces) and all(len(piece) > 1 and is_unit(piece) for piece in pieces if piece) and any(pieces)
