"""Text that was decoded wrongly before it reached us: it has characters, but nobody can read them."""

from __future__ import annotations

import re

from luoshi.intake.reading import Reading, Remark
from luoshi.intake.text import usual

# What repeated replacement bytes, uninitialised memory and a byte order mark look like when read as GBK.
_TELLTALE = re.compile("锟斤拷|烫烫烫|屯屯屯|葺葺葺|锘縘|锘挎")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LATIN = re.compile("[\u0080-\u00ff\u0152-\u0178\u2018-\u203a\u20ac\u2122]")
_HAN = re.compile("[\u3400-\u9fff]")
_ENOUGH = 12  # characters below which a share says nothing
_LOST_SHARE = 0.005
_LOST_FEW = 3
_PRIVATE_SHARE = 0.05
_QUESTION_SHARE = 0.3
_READABLE = 0.6
_SAMPLE = 20_000
# (what the text was wrongly read as, what it was)
_MIXED_UP = (
    *(("gb18030", "utf-8"), ("big5", "utf-8"), ("cp1252", "utf-8"), ("latin-1", "utf-8")),
    *(("latin-1", "gb18030"), ("cp1252", "gb18030"), ("big5", "gb18030"), ("gb18030", "big5")),
)


def judge(reading: Reading) -> tuple[Remark, ...]:
    """What is wrong with the characters of a text: nothing in it, garbled (both errors), or some characters lost."""
    text = reading.text
    if not text.strip():
        return (Remark("I008", {}),)
    if sign := _garbled(text):
        return (Remark("I024", {"sample": sign}),)
    if lost := text.count("\ufffd"):
        return (Remark("I025", {"count": lost, "sample": _around(text, text.index("\ufffd"))}),)
    return ()


def _garbled(text: str) -> str:
    """A sample of what nobody can read, or an empty string."""
    size = len(text)
    lost = text.count("\ufffd")
    if lost > _LOST_FEW and lost > size * _LOST_SHARE:
        return _around(text, text.index("\ufffd"))
    told = list(_TELLTALE.finditer(text))
    if len(told) > 2 or (told and size < 200):
        return _around(text, told[0].start())
    if (private := _PRIVATE.search(text)) and len(_PRIVATE.findall(text)) > size * _PRIVATE_SHARE:
        return _around(text, private.start())
    if size >= _ENOUGH and text.count("?") > size * _QUESTION_SHARE:
        return _around(text, text.index("?"))
    return _around(text, 0) if _mixed_up(text[:_SAMPLE]) else ""


def _mixed_up(text: str) -> bool:
    """Whether ``text`` turns into ordinary Chinese when its characters are taken for bytes of another encoding."""
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    if han + latin < _ENOUGH or (latin < len(text) * 0.3 and usual(text) > _READABLE and not _rare(text)):
        return False
    enough = max(0.9, usual(text) + 0.15)
    for written, meant in _MIXED_UP:
        undone = text.encode(written, "ignore").decode(meant, "ignore")
        if len(undone) < len(text) / 4:
            continue
        if usual(undone) > enough and len(_HAN.findall(undone)) > len(undone) * 0.3:
            return True
    return usual(text) < _READABLE / 2 and han > latin


def _rare(text: str) -> bool:
    """Whether the text has far more second-level characters than people write."""
    return usual(text) < 0.9


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 10) : at + 20].split())
