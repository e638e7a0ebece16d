"""The structures of a Word 97–2003 file beside its text, after [MS-DOC]: properties, styles, lists, fonts.

Every offset comes from a strange file. Slices past the end are simply short, and :func:`number` reads what is missing
as zero, so that damage makes properties disappear instead of stopping the reading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.intake.numbering import Level, Lists, Use

_PAGE = 512
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_LONG_OPERAND = 0xD608
_LEVELS = 9
_MOST = 4096  # styles, lists, fonts
# The numbering formats of [MS-OSHARED] 2.2.1.3 in their order, by the names of ISO/IEC 29500.
_FORMATS = (
    *("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText"),
    *("hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth"),
    *("decimalHalfWidth", "japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle"),
    *("decimalFullWidth2", "aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung"),
    *("decimalEnclosedFullstop", "decimalEnclosedParen", "decimalEnclosedCircleChinese", "ideographEnclosedCircle"),
    *("ideographTraditional", "ideographZodiac", "ideographZodiacTraditional", "taiwaneseCounting"),
    *("ideographLegalTraditional", "taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting"),
    *("chineseLegalSimplified", "chineseCountingThousand"),
)
_NO_NUMBER = 0xFF
_SUFFIXES = ("tab", "space", "nothing")

DELETED, INSERTED, HIDDEN, SYMBOL = 0x0800, 0x0801, 0x083C, 0x6A09
LEVEL, LIST, OUTLINE, IN_TABLE, ROW_END = 0x260A, 0x460B, 0x2640, 0x2416, 0x2417
_ASKED = frozenset((DELETED, INSERTED, HIDDEN, SYMBOL, LEVEL, LIST, OUTLINE, IN_TABLE, ROW_END))


def number(data: bytes, at: int, size: int, signed: bool = False) -> int:
    """A little-endian number; 0 where the data ends."""
    return int.from_bytes(data[at : at + size], "little", signed=signed) if at >= 0 else 0


def properties(grpprl: bytes) -> dict[int, int]:
    """The properties this reader asks for, by their code."""
    found = {}
    at = 0
    while at + 2 < len(grpprl):
        code = number(grpprl, at, 2)
        at += 2
        kind = code >> 13
        if kind != 6:
            size = _OPERAND[kind]
        elif code == _LONG_OPERAND:
            size = number(grpprl, at, 2) + 1
        else:
            size = grpprl[at] + 1
        if code in _ASKED:
            found[code] = number(grpprl, at, size)
        at += size
    return found


@dataclass(slots=True)
class Runs:
    """Properties by place in the file: ``at(place)`` is what applies there."""

    starts: list[int]
    found: list[dict[int, int]]

    def at(self, place: int) -> dict[int, int]:
        index = bisect_right(self.starts, place) - 1
        return self.found[index] if index >= 0 else {}


def character_runs(main: bytes, table: bytes) -> Runs:
    """Direct character formatting."""
    rows: list[tuple[int, dict[int, int]]] = []
    for page in _pages(main, table):
        count = page[_PAGE - 1]
        for index in range(count):
            where = page[4 * (count + 1) + index] * 2
            grpprl = page[where + 1 : where + 1 + page[where]] if where else b""
            rows.append((number(page, 4 * index, 4), properties(grpprl)))
    return _sorted(rows)


def paragraph_runs(main: bytes, table: bytes) -> Runs:
    """Direct paragraph formatting; the index of the style is kept under code 0."""
    rows: list[tuple[int, dict[int, int]]] = []
    for page in _pages(main, table):
        count = page[_PAGE - 1]
        for index in range(count):
            where = page[min(4 * (count + 1) + 13 * index, _PAGE - 1)] * 2
            half = page[where] if where else 0
            begin, size = (where + 1, 2 * half - 1) if half else (where + 2, 2 * number(page, where + 1, 1))
            papx = page[begin : begin + size] if where else b""
            rows.append((number(page, 4 * index, 4), {0: number(papx, 0, 2)} | properties(papx[2:])))
    return _sorted(rows)


def _pages(main: bytes, table: bytes) -> Iterator[bytes]:
    """The formatted disk pages that a bin table lists."""
    count = max(0, (len(table) - 4) // 8)
    for index in range(count):
        at = (number(table, 4 * (count + 1) + 4 * index, 4) & 0x3FFFFF) * _PAGE
        page = main[at : at + _PAGE]
        if len(page) == _PAGE and page[-1] * 5 + 4 < _PAGE:
            yield page


def _sorted(rows: list[tuple[int, dict[int, int]]]) -> Runs:
    rows.sort(key=lambda row: row[0])
    return Runs([start for start, _ in rows], [found for _, found in rows])


# ── styles and fonts ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class OldStyle:
    """A paragraph style: what it is based on, the built-in heading it is (0 for none), its properties."""

    base: int
    heading: int
    found: dict[int, int]


def styles(stsh: bytes) -> dict[int, OldStyle]:
    """The paragraph styles by index, with what they inherit."""
    size = number(stsh, 0, 2)
    count, base_size = min(number(stsh, 2, 2), _MOST), number(stsh, 4, 2)
    at, raw = 2 + size, {}
    for index in range(count):
        length = number(stsh, at, 2)
        if length:
            raw[index] = _style(stsh[at + 2 : at + 2 + length], base_size)
        at += 2 + length + length % 2
    return {index: _inherited(index, raw) for index in raw}


def _style(std: bytes, base_size: int) -> OldStyle:
    identity, kind, base = number(std, 0, 2) & 0xFFF, number(std, 2, 2) & 0xF, number(std, 2, 2) >> 4
    found: dict[int, int] = {}
    if kind == 1:
        at = base_size + 2 + 2 * number(std, base_size, 2) + 2
        at += at % 2
        papx = std[at + 2 : at + 2 + number(std, at, 2)]
        found = properties(papx[2:])
    return OldStyle(base, identity if 1 <= identity <= _LEVELS and kind == 1 else 0, found)


def _inherited(index: int, raw: dict[int, OldStyle]) -> OldStyle:
    chain: list[OldStyle] = []
    at = index
    while at in raw and len(chain) < 20:
        chain.append(raw[at])
        at = raw[at].base
    found: dict[int, int] = {}
    for style in reversed(chain):
        found |= style.found
    return OldStyle(raw[index].base, next((style.heading for style in chain if style.heading), 0), found)


def fonts(sttb: bytes) -> list[str]:
    """The names of the fonts, in order."""
    names = []
    at = 4
    for _ in range(min(number(sttb, 0, 2), _MOST)):
        size = number(sttb, at, 1) + 1
        names.append(sttb[at + 40 : at + size].decode("utf-16-le", "replace").split("\0")[0])
        at += size
    return names


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def lists(table: bytes, plf_lst: tuple[int, int], plf_lfo: tuple[int, int]) -> Lists:
    """The lists; paragraphs refer to them by a number from 1, here as text."""
    definitions = _definitions(table, *plf_lst) if plf_lst[1] else {}
    return Lists(definitions, _uses(table, plf_lfo[0]) if plf_lfo[1] else {})


def _definitions(table: bytes, at: int, size: int) -> dict[str, dict[int, Level]]:
    count = min(number(table, at, 2), _MOST)
    found = {}
    level_at = at + size  # the levels stand behind the list of lists, which does not count them
    for index in range(count):
        entry = at + 2 + 28 * index
        simple = number(table, entry + 26, 1) & 1
        levels = {}
        for depth in range(1 if simple else _LEVELS):
            levels[depth], level_at = _level(table, level_at, number(table, entry + 8 + 2 * depth, 2))
        found[str(number(table, entry, 4))] = levels
    return found


def _level(table: bytes, at: int, style: int) -> tuple[Level, int]:
    """One level and where the next begins."""
    kind, flags, follow = (number(table, at + offset, 1) for offset in (4, 5, 15))
    text_at = at + 28 + number(table, at + 24, 1) + number(table, at + 25, 1)
    length = min(number(table, text_at, 2), 255)
    raw = table[text_at + 2 : text_at + 2 + 2 * length].decode("utf-16-le", "replace")
    form = _FORMATS[kind] if kind < len(_FORMATS) else "none" if kind == _NO_NUMBER else "decimal"
    level = Level(
        start=number(table, at, 4),
        format=form,
        text="".join(f"%{ord(char) + 1}" if ord(char) < _LEVELS else char for char in raw),
        suffix=_SUFFIXES[min(follow, 2)],
        restart=number(table, at + 26, 1) if flags & 0x8 else None,
        legal=bool(flags & 0x4),
        style=str(style),
    )
    return level, text_at + 2 + 2 * length


def _uses(table: bytes, at: int) -> dict[str, Use]:
    count = min(number(table, at, 4), _MOST)
    data_at = at + 4 + 16 * count
    found = {}
    for index in range(count):
        entry = at + 4 + 16 * index
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        data_at += 4
        for _ in range(min(number(table, entry + 12, 1), _LEVELS)):
            flags, start = number(table, data_at + 4, 4), number(table, data_at, 4)
            depth = flags & 0xF
            data_at += 8
            if flags & 0x20:
                levels[depth], data_at = _level(table, data_at, 0xFFF)
                start = levels[depth].start
            if flags & 0x10:
                starts[depth] = start
        found[str(index + 1)] = Use(str(number(table, entry, 4)), starts, levels)
    return found
