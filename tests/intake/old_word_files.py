"""Small files of the OLE formats: a container writer, and a Word 97 document with what the reader looks at."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALL = 4096  # streams below this would live in the mini stream; these are padded
_TEXT_AT = 0x800
_PAIRS = 93


# ── the container ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Entry:
    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    data: bytes = b""
    children: list[_Entry] = field(default_factory=list)
    start: int = _END
    child: int = _FREE
    right: int = _FREE


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container; a slash in a name makes a storage."""
    root = _Entry("Root Entry", 5)
    for path, data in streams.items():
        at = root
        *storages, name = path.split("/")
        for storage in storages:
            at = next((one for one in at.children if one.name == storage), None) or _added(at, _Entry(storage, 1))
        _added(at, _Entry(name, 2, data.ljust(_SMALL, b"\0")))
    entries = _numbered(root)
    sectors: list[bytes] = []
    chains: list[int] = []
    for entry in entries:
        if entry.kind == 2:
            entry.start = _store(entry.data, sectors, chains)
    directory = _store(b"".join(map(_packed, entries)), sectors, chains)
    return _header(directory, sectors, chains)


def _added(parent: _Entry, child: _Entry) -> _Entry:
    parent.children.append(child)
    return child


def _numbered(root: _Entry) -> list[_Entry]:
    """Every entry in the order of the directory, with links to its first child and its next sibling."""
    entries = [root]
    for entry in entries:
        for at, child in enumerate(entry.children):
            if at == 0:
                entry.child = len(entries)
            else:
                entry.children[at - 1].right = len(entries)
            entries.append(child)
    return entries


def _store(data: bytes, sectors: list[bytes], chains: list[int]) -> int:
    first = len(sectors)
    count = -(-len(data) // _SECTOR)
    sectors += [data[at * _SECTOR : (at + 1) * _SECTOR].ljust(_SECTOR, b"\0") for at in range(count)]
    chains += [*range(first + 1, first + count), _END]
    return first


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    links = struct.pack("<3I", _FREE, entry.right, entry.child)
    size = len(entry.data)
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", len(name) + 2, entry.kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", entry.start, size)
    )


def _header(directory: int, sectors: list[bytes], chains: list[int]) -> bytes:
    table_sectors = 1
    while table_sectors * 128 < len(chains) + table_sectors:
        table_sectors += 1
    first = len(sectors)
    table = [*chains, *[_FAT] * table_sectors]
    table += [_FREE] * (table_sectors * 128 - len(table))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, table_sectors, directory, 0, _SMALL, _END, 0, _END, 0)
    places = [first + at for at in range(table_sectors)] + [_FREE] * (109 - table_sectors)
    return head + struct.pack("<109I", *places) + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


# ── the document ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _units(text: str) -> int:
    """How many characters Word counts: one beyond the first plane is two."""
    return len(text.encode("utf-16-le")) // 2


def sprm(code: int, value: int, size: int) -> bytes:
    """One property."""
    return struct.pack("<H", code) + value.to_bytes(size, "little")


@dataclass
class OldWord:
    """A Word 97 document. ``pieces`` are (text, one byte a character?); offsets count characters of the whole text.

    ``formats`` are (start, end, properties) of characters; ``paragraphs`` give each paragraph's style and properties in
    order; ``lists`` are definitions of levels (format number, text with ``\\0`` … for the levels' numbers).
    """

    pieces: Sequence[tuple[str, bool]]
    counts: Sequence[int] = ()
    formats: Sequence[tuple[int, int, bytes]] = ()
    paragraphs: Sequence[tuple[int, bytes]] = ()
    lists: Sequence[Sequence[tuple[int, str]]] = ()
    styles: Sequence[tuple[int, bytes]] = ()
    fonts: Sequence[str] = ()
    flags: int = 0
    version: int = 0xC1
    identity: int = 0xA5EC

    def streams(self) -> dict[str, bytes]:
        """The two streams of the document."""
        text, places = b"", []
        for piece, narrow in self.pieces:
            places.append((_TEXT_AT + len(text), narrow, _units(piece)))
            text += piece.encode("cp1252" if narrow else "utf-16-le")
        main = bytearray(bytes(_TEXT_AT) + text)
        main += bytes(-len(main) % _SECTOR)
        table = bytearray(b"\0")
        parts = {
            33: _clx(places),
            1: _style_sheet(self.styles),
            15: _font_table(self.fonts),
            12: _bin_table(main, self._character_page(places)),
            13: _bin_table(main, self._paragraph_page(places)),
        }
        pairs = [(0, 0)] * _PAIRS
        for index, part in parts.items():
            pairs[index] = (len(table), len(part))
            table += part
        if self.lists:
            pairs[73], pairs[74] = _list_tables(table, self.lists)
        counts = [*(self.counts or [sum(_units(piece) for piece, _ in self.pieces)]), *[0] * 8][:8]
        main[:_TEXT_AT] = self._head(counts, pairs).ljust(_TEXT_AT, b"\0")
        return {"WordDocument": bytes(main), "0Table": bytes(table)}

    def file(self, more: Mapping[str, bytes] | None = None) -> bytes:
        """The whole file, with ``more`` streams beside."""
        return ole(self.streams() | dict(more or {}))

    def _head(self, counts: Sequence[int], pairs: Iterable[tuple[int, int]]) -> bytes:
        base = struct.pack("<5HH", self.identity, self.version, 0, 0x0804, 0, self.flags).ljust(32, b"\0")
        longs = bytes(12) + struct.pack("<8I", *counts)
        return (
            base
            + struct.pack("<H", 14)
            + bytes(28)
            + struct.pack("<H", 22)
            + longs.ljust(88, b"\0")
            + struct.pack("<H", _PAIRS)
            + b"".join(struct.pack("<2I", *pair) for pair in pairs)
        )

    def _place(self, places: list[tuple[int, bool, int]], at: int) -> int:
        for place, narrow, length in places:
            if at < length or (at == length and (place, narrow, length) == places[-1]):
                return place + at * (1 if narrow else 2)
            at -= length
        raise ValueError(at)

    def _character_page(self, places: list[tuple[int, bool, int]]) -> bytes:
        cuts: list[tuple[int, bytes]] = [(0, b"")]
        for start, end, grpprl in self.formats:
            cuts += [(start, grpprl), (end, b"")]
        rows = [(self._place(places, at), bytes((len(grpprl),)) + grpprl if grpprl else b"") for at, grpprl in cuts]
        end = self._place(places, sum(length for _, _, length in places))
        return _formatted_page(rows, end, 1)

    def _paragraph_page(self, places: list[tuple[int, bool, int]]) -> bytes:
        text = "".join(piece for piece, _ in self.pieces)
        starts = [0, *(_units(text[: at + 1]) for at, char in enumerate(text) if char in "\r\x07")][:-1] or [0]
        given = [*self.paragraphs, *[(0, b"")] * len(starts)]
        rows = []
        for start, (style, grpprl) in zip(starts, given, strict=False):
            papx = struct.pack("<H", style) + grpprl
            papx += bytes(len(papx) % 2)
            rows.append((self._place(places, start), bytes((0, len(papx) // 2)) + papx))
        return _formatted_page(rows, self._place(places, _units(text)), 13)


def _clx(places: Iterable[tuple[int, bool, int]]) -> bytes:
    ends, entries, at = [0], b"", 0
    for place, narrow, length in places:
        at += length
        ends.append(at)
        entries += struct.pack("<HIH", 0, place * 2 | 0x40000000 if narrow else place, 0)
    plc = struct.pack(f"<{len(ends)}I", *ends) + entries
    # A property modifier stands first, as Word writes it after a fast save; readers must step over it.
    return b"\x01\x02\x00\xff\xff\x02" + struct.pack("<I", len(plc)) + plc


def _formatted_page(rows: Sequence[tuple[int, bytes]], end: int, width: int) -> bytes:
    page = bytearray(_SECTOR)
    page[-1] = len(rows)
    struct.pack_into(f"<{len(rows) + 1}I", page, 0, *(place for place, _ in rows), end)
    at = _SECTOR - 2
    for index, (_, data) in enumerate(rows):
        if data:
            at = (at - len(data)) // 2 * 2
            page[at : at + len(data)] = data
            page[4 * (len(rows) + 1) + width * index] = at // 2
    return bytes(page)


def _bin_table(main: bytearray, page: bytes) -> bytes:
    main += page
    return struct.pack("<3I", 0, len(main), len(main) // _SECTOR - 1)


def _style_sheet(styles: Sequence[tuple[int, bytes]]) -> bytes:
    """Styles (built-in number, paragraph properties), each based on the first."""
    out = struct.pack("<H", 18) + struct.pack("<2H", len(styles), 10).ljust(18, b"\0")
    for at, (identity, grpprl) in enumerate(styles):
        papx = struct.pack("<H", at) + grpprl
        std = struct.pack("<5H", identity, 1 | (0 if at else 0xFFF) << 4, 2, 0, 0) + struct.pack("<HHH", 1, ord("a"), 0)
        std += struct.pack("<H", len(papx)) + papx
        out += struct.pack("<H", len(std)) + std + bytes(len(std) % 2)
    return out


def _font_table(names: Sequence[str]) -> bytes:
    out = struct.pack("<2H", len(names), 0)
    for name in names:
        data = bytes(39) + name.encode("utf-16-le") + b"\0\0"
        out += bytes((len(data),)) + data
    return out


def _list_tables(
    table: bytearray, lists: Sequence[Sequence[tuple[int, str]]]
) -> tuple[tuple[int, int], tuple[int, int]]:
    heads = struct.pack("<H", len(lists))
    levels = b""
    for at, definition in enumerate(lists):
        heads += struct.pack("<II9H2B", at + 1, 0, *[0xFFF] * 9, 0, 0)
        rows = [*definition, *[(0, "")] * (9 - len(definition))]
        for form, text in rows:
            levels += struct.pack("<IBB9BB", 1, form, 0, *[0] * 9, 2).ljust(28, b"\0")
            levels += struct.pack("<H", len(text)) + text.encode("utf-16-le")
    first = (len(table), len(heads))
    table += heads + levels
    uses = struct.pack("<I", len(lists)) + b"".join(struct.pack("<I12x", at + 1) for at in range(len(lists)))
    uses += struct.pack("<I", 0xFFFFFFFF) * len(lists)
    second = (len(table), len(uses))
    table += uses
    return first, second


def text_doc(text: str) -> bytes:
    """A document of plain paragraphs, one for each line of ``text``."""
    return OldWord([(text.replace("\n", "\r") + "\r", False)]).file()
