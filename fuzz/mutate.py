"""Damage to bytes, texts, containers and JSON, drawn from a seeded source of chance."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from typing import Any

_MOST = 100_000  # bytes or characters of what is made: long enough for what grows with the square to show
_TIMES = (1, 2, 3, 17, 300, 5_000)
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_BITS = b"\x00\xff\x80\x7f<>&\"'/\\()[]{}\r\n\t%=;\x0c\x1b\xef\xbb\xbf"
# What markup, PDF and JSON are made of, and what has broken readers before.
_TOKENS = (
    *(
        b"<!DOCTYPE x>",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"&#x0;",
        b"&#xD800;",
        b"&lt;",
        b"<p>",
        b"</p>",
        b"<table><tr>",
    ),
    *(
        b"%PDF-1.7",
        b"endobj",
        b"stream",
        b"endstream",
        b"/Length -1",
        b"startxref",
        b"1 0 R",
        b"PK\x03\x04",
        b"PK\x05\x06",
    ),
    *(
        b'w:val="-1"',
        b'w:val="99999999999"',
        b'w:ilvl="9"',
        b"NaN",
        b"1e999",
        b"-0",
        b"Infinity",
        b"\\ud800",
        b"[",
        b'{"a":',
        b'"":',
        b"[",
        b'{"a":',
    ),
)
# What reports are made of, and characters that change their length or their place when they are folded.
_WORDS = (
    *(
        "一、",
        "（一）",
        "1.",
        "①",
        "第一，",
        "一是",
        "二是",
        "2025年",
        "今后五年",
        "年底前",
        "6月底前",
        "各位代表：",
        "——",
    ),
    *(
        "５００亿元",
        "百分之七点二",
        "三分之二",
        "翻一番",
        "第64位",
        "1.8:39.8:58.4",
        "5%—6%",
        "120余个",
        "以上",
        "左右",
        "力争",
    ),
    *(
        "全区生产总值",
        "增长",
        "达到",
        "新建",
        "推进",
        "确保",
        "“三高四新”",
        "（下同）",
        "分别",
        "三大目标",
        "项目",
        "、",
        "，",
        "；",
        "：",
        "。",
    ),
    *(
        "\n",
        "\n\n",
        " ",
        "\u3000",
        "㎡",
        "㈠",
        "⼀",
        "𠮷",
        "…",
        "\u200b",
        "\u202e",
        "\ud800",
        "\x00",
        "\t",
        "|---|",
        "# ",
        "9" * 40,
    ),
)


def damaged(data: bytes, chance: Random, others: Sequence[bytes] = ()) -> bytes:
    """``data`` with one to four kinds of damage."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randint(0, len(made))
        end = min(len(made), at + chance.choice((0, 1, 2, 4, 16, 64, 512)))
        made[at:end] = _piece(bytes(made[at:end]), chance, others)
    return bytes(made[:_MOST])


def _piece(old: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """What stands where ``old`` stood."""
    other = chance.choice(others or (old,))
    at = chance.randint(0, len(other))
    odd: tuple[Callable[[], bytes], ...] = (
        lambda: bytes(byte ^ (1 << chance.randrange(8)) for byte in old),
        lambda: b"",
        lambda: old * chance.choice(_TIMES),
        lambda: chance.choice(_TOKENS) * chance.choice(_TIMES),
        lambda: chance.choice(_NUMBERS).to_bytes(4, chance.choice(("little", "big"))),
        lambda: other[at : at + chance.choice((4, 64, 1024))],
        lambda: bytes(chance.choice(_BITS) for _ in range(chance.randint(1, 8))),
    )
    return chance.choice(odd)()


def scrambled(text: str, chance: Random, others: Sequence[str] = ()) -> str:
    """``text`` with pieces taken out, put in, repeated, or moved."""
    for _ in range(chance.choice((1, 2, 4, 8))):
        at = chance.randint(0, len(text))
        end = min(len(text), at + chance.choice((0, 1, 2, 5, 20, 100)))
        kind = chance.randrange(5)
        new = "".join(chance.choices(_WORDS, k=chance.randint(1, 8))) if kind < 2 else ""
        if kind == 2:
            new = text[at:end] * chance.choice(_TIMES)
        elif kind == 3 and others:
            other = chance.choice(others)
            start = chance.randint(0, len(other))
            new = other[start : start + chance.choice((5, 50, 500))]
        text = text[:at] + new + text[end:]
    return text[:_MOST]


def repacked(data: bytes, chance: Random, others: Sequence[bytes] = ()) -> bytes:
    """A zip container with one of its parts damaged, taken out, renamed or doubled; or its own bytes damaged."""
    parts = _parts(data)
    if not parts or chance.random() < 0.2:
        return damaged(data, chance, others)
    name = chance.choice(sorted(parts))
    kind = chance.randrange(8)
    if kind == 0:
        parts.pop(name)
    elif kind == 1:
        parts[damaged(name.encode(), chance).decode("utf-8", "replace")[:200]] = parts.pop(name)
    else:
        parts[name] = damaged(parts[name], chance, sorted(parts.values()))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for each, content in parts.items():
            made.writestr(zipfile.ZipInfo(each, (2023, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return {name: package.read(name)[:_MOST] for name in package.namelist()[:50]}
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, NotImplementedError, EOFError, KeyError):
        return {}


def restructured(data: bytes, chance: Random, others: Sequence[bytes] = ()) -> bytes:
    """JSON with one of its values put elsewhere, taken out, nested or made odd; or its own bytes damaged."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        tree = None
    if tree is None or chance.random() < 0.2:
        return damaged(data, chance, others)
    for _ in range(chance.choice((1, 2, 3))):
        places = list(_places(tree))
        if not places:
            break
        holder, key = chance.choice(places)
        _change(holder, key, chance, places)
    return json.dumps(tree, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")[:_MOST]


def _places(tree: Any, depth: int = 0) -> list[tuple[Any, Any]]:
    if depth > 40 or not isinstance(tree, dict | list):
        return []
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    return [(tree, key) for key in keys] + [place for key in keys for place in _places(tree[key], depth + 1)]


def _change(holder: Any, key: Any, chance: Random, places: Sequence[tuple[Any, Any]]) -> None:
    """One change at ``holder[key]``; an earlier one may have taken it away."""
    try:
        old = holder[key]
    except (KeyError, IndexError):
        return
    odd: tuple[Callable[[], Any], ...] = (
        lambda: None,
        lambda: chance.choice((-1, 0, 10**30, 1.5, True, "", [], {}, "\ud800", "二〇二五", "2025-02-30", [[]])),
        lambda: json.loads(json.dumps(chance.choice(places)[0])),
        lambda: [old],
        lambda: scrambled(old, chance) if isinstance(old, str) else str(old),
        lambda: old + chance.choice((-1, 1, 1000)) if isinstance(old, int) else old,
    )
    if chance.random() < 0.15:
        del holder[key]
    else:
        holder[key] = chance.choice(odd)()
