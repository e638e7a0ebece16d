"""Web pages (HTML, and MHTML archives): title and text, without menus, scripts and footers.

The page is read into lines that know which elements they stand in. Its text is the smallest element that holds nine
tenths of the running text, so that a page needs no rule of its own. Kept: the title, paragraphs, headings as marks,
numbers of ordered lists, tables flattened. Dropped: what is hidden, and everything outside that element.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from selectolax.lexbor import LexborHTMLParser, LexborNode

from luoshi.intake.limits import Limits
from luoshi.intake.numbering import numeral
from luoshi.intake.reading import Line, Reading, Refusal, Sheet
from luoshi.intake.table import flattened
from luoshi.intake.text import decode

_BREAK = "\0"  # cannot come from a page: the parser replaces it
_WIDE = r"[\u2e80-\u9fff\uff00-\uffef“”‘’—…]"
_WRAP = re.compile(rf"(?<={_WIDE})[ \t\f]*\n[ \t\n\f]*(?={_WIDE})")
_BLANK = re.compile(r"[ \t\n\r\f\xa0]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z]+(?:_[a-z]+)?")
_NUMBERED = re.compile(r"[(（]?[0-9一二三四五六七八九十①-⑳]+[)）、.．]|[①-⑳]")
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]\s+|-(?=[^-]*(?:政府|网|门户|平台)[^-]*$)")
_MARGIN = re.compile(r"[\s【】\[\]（）()|:：·>＞]+")
_LIST = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_RUNNING = 40  # characters from which a line without a full stop is running text too
_MOST = 0.9
_CONTAINERS = frozenset(("body", "div", "article", "section", "main", "center", "form", "td"))
_FRAMED = 3  # running lines in one cell that make a table a frame for text
_FURNITURE_AT_MOST = 0.3
_LOOK = 12  # lines at either end in which buttons are looked for


def read_html(data: bytes, limits: Limits) -> Reading:
    """The text of a web page."""
    return _reading(lines_of_html(decode(data)[0], limits), limits)


def read_mhtml(data: bytes, limits: Limits) -> Reading:
    """The text of a web page archive: its first HTML part."""
    return _reading(lines_of_mhtml(data, limits), limits)


def _reading(lines: list[Line], limits: Limits) -> Reading:
    sheet = Sheet(limits)
    for line in lines:
        sheet.write(*line)
    return sheet.reading()


def lines_of_mhtml(data: bytes, limits: Limits) -> list[Line]:
    """The lines of the first HTML part of an archive; none if there is none."""
    # Loaded only for archives: the two take longer than reading a page.
    from email import message_from_bytes  # noqa: PLC0415
    from email.errors import MessageError  # noqa: PLC0415

    try:
        for part in message_from_bytes(data).walk():
            payload = part.get_payload(decode=True)
            if part.get_content_type() == "text/html" and isinstance(payload, bytes):
                return lines_of_html(decode(payload)[0], limits)
    except (MessageError, ValueError, LookupError, AttributeError) as error:
        raise Refusal("I013", detail="网页归档不完整") from error
    return []


def lines_of_html(text: str, limits: Limits) -> list[Line]:
    """The title and the lines of the page's text."""
    tree = LexborHTMLParser(text)
    page = _Page(limits, _furniture(tree))
    if tree.root is not None:
        page.read(tree.root)
    lines = _within_margins(page.main_lines())
    title = page.title or _title(tree)
    opening = "".join("".join(line.text.split()) for line in lines[:_LOOK])
    if title and "".join(title.split()) not in opening:
        lines.insert(0, Line(title))
    return lines


@dataclass(frozen=True, slots=True)
class _Words:
    dropped: frozenset[str]
    furniture: frozenset[str]
    blocks: frozenset[str]
    margins: frozenset[str]


@cache
def _words() -> _Words:
    raw = tomllib.loads(resources.files("luoshi.intake").joinpath("web.toml").read_text(encoding="utf-8"))
    return _Words(*(frozenset(raw[name]) for name in ("dropped", "furniture", "blocks", "margins")))


@dataclass(slots=True)
class _Placed:
    """A line and the elements it stands in, outermost first; ``weight`` counts its running text."""

    line: Line
    path: tuple[int, ...]
    weight: int


@dataclass(slots=True)
class _Story:
    """The page or a table cell: the lines so far."""

    lines: list[_Placed] = field(default_factory=list)


@dataclass(slots=True)
class _Ordered:
    """A list whose entries are numbered, unless ``form`` is empty."""

    form: str
    next: int = 1


class _Page:
    """A page while it is being read."""

    def __init__(self, limits: Limits, furniture: frozenset[int]) -> None:
        self._limits, self._furniture = limits, furniture
        self.title = ""
        self._stories = [_Story()]
        self._tables: list[list[list[list[_Placed]]]] = []
        self._lists: list[_Ordered] = []
        self._path: list[int] = []
        self._depth = 0
        self._pieces: list[str] = []
        self._linked = 0
        self._links = 0
        self._heading = 0
        self._verbatim = 0
        self._label = ""

    def read(self, root: LexborNode) -> None:
        """Walk through everything under ``root`` without recursion."""
        node: LexborNode | None = root
        while node is not None:
            if node.is_text_node:
                self._text(node.text_content or "")
            elif self._enters(node):
                self._open(node)
                if node.child is not None:
                    node = node.child
                    continue
                self._close(node)
            node = self._onward(node, root)
        self._flush()

    def _onward(self, node: LexborNode, root: LexborNode) -> LexborNode | None:
        while node.next is None:
            parent = node.parent
            if parent is None or parent.mem_id == root.mem_id:
                return None
            self._close(parent)
            node = parent
        return node.next

    def main_lines(self) -> list[Line]:
        """The lines of the smallest element that holds most of the running text."""
        placed = self._stories[0].lines
        total = sum(one.weight for one in placed)
        weights: dict[int, int] = {}
        depths: dict[int, int] = {}
        for one in placed:
            for depth, element in enumerate(one.path):
                weights[element] = weights.get(element, 0) + one.weight
                depths[element] = depth
        enough = [element for element, weight in weights.items() if weight >= _MOST * total]
        if not enough or not total:
            return [one.line for one in placed]
        main = max(enough, key=lambda element: depths[element])
        return [one.line for one in placed if main in one.path]

    def _enters(self, node: LexborNode) -> bool:
        if not node.is_element_node or node.tag in _words().dropped or node.mem_id in self._furniture:
            return False
        attributes = node.attributes
        return "hidden" not in attributes and not _HIDDEN.search(attributes.get("style") or "")

    def _open(self, node: LexborNode) -> None:
        tag = str(node.tag)
        if tag in _CONTAINERS:
            self._path.append(node.mem_id)
        self._depth += 1
        if self._depth > self._limits.depth:
            raise Refusal("I016", limit=self._limits.depth)
        if tag in _words().blocks:
            self._flush()
        match tag:
            case "br":
                self._pieces.append(_BREAK)
            case "a":
                self._links += 1
            case "pre":
                self._verbatim += 1
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._heading = int(tag[1])
            case "table":
                self._tables.append([])
            case "tr" if self._tables:
                self._tables[-1].append([])
            case "td" | "th" if self._tables and self._tables[-1]:
                self._stories.append(_Story())
            case "ul" | "ol":
                self._lists.append(_ordered(node))
            case "li" if self._lists:
                self._label = self._next_label(node)

    def _close(self, node: LexborNode) -> None:
        tag = str(node.tag)
        if tag in _words().blocks:
            self._flush()
        match tag:
            case "a":
                self._links -= 1
            case "pre":
                self._verbatim -= 1
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._heading = 0
            case "table":
                self._end_table()
            case "td" | "th" if len(self._stories) > 1 and self._tables and self._tables[-1]:
                self._tables[-1][-1].append(self._stories.pop().lines)
            case "ul" | "ol" if self._lists:
                self._lists.pop()
        self._depth -= 1
        if tag in _CONTAINERS:
            self._path.pop()

    def _end_table(self) -> None:
        """Put a table's text into the page: as a table, or line by line where it only arranges the page."""
        rows = self._tables.pop()
        cells = [cell for row in rows for cell in row]
        weight = sum(len(one.line.text) for cell in cells for one in cell)
        if any(_frames(cell, weight) for cell in cells) or max(map(len, rows), default=0) <= 1:
            self._stories[-1].lines += [one for cell in cells for one in cell]
            return
        for line in flattened([[[one.line for one in cell] for cell in row] for row in rows]):
            self._place(line, 0)

    def _next_label(self, node: LexborNode) -> str:
        numbers = self._lists[-1]
        given = node.attributes.get("value") or ""
        number = int(given) if re.fullmatch(r"\d{1,5}", given) else numbers.next
        numbers.next = number + 1
        return f"{numeral(number, numbers.form)}. " if numbers.form else ""

    def _text(self, text: str) -> None:
        if self._verbatim:
            text = text.replace("\r\n", "\n").replace("\n", _BREAK)
        self._pieces.append(text)
        if self._links:
            self._linked += len(text.strip())

    def _flush(self) -> None:
        """End a line of text."""
        text = _WRAP.sub("", "".join(self._pieces).replace("\r", ""))
        text = "\n".join(part.strip() for part in _BLANK.sub(" ", text).split(_BREAK)).strip("\n")
        linked, self._linked = self._linked, 0
        self._pieces.clear()
        if not text.strip():
            return
        label, self._label = self._label, ""
        text = text if _NUMBERED.match(text) else label + text
        if self._heading == 1 and not self.title:
            self.title = " ".join(text.split())
        self._place(Line(text, self._heading), linked)

    def _place(self, line: Line, linked: int) -> None:
        size = len(line.text)
        running = linked * 2 < size and (size >= _RUNNING or line.text.rstrip("”’）) ").endswith(("。", "；", "：")))
        self._stories[-1].lines.append(_Placed(line, tuple(self._path), size if running else 0))


def _frames(cell: list[_Placed], whole: int) -> bool:
    """Whether a cell holds most of its table's text, in paragraphs: then the table is there for the layout."""
    return sum(one.weight > 0 for one in cell) >= _FRAMED and 2 * sum(len(one.line.text) for one in cell) > whole


def _ordered(node: LexborNode) -> _Ordered:
    if node.tag == "ul":
        return _Ordered("")
    attributes = node.attributes
    start = attributes.get("start") or ""
    form = "" if "none" in (attributes.get("style") or "") else _LIST.get(attributes.get("type") or "1", "decimal")
    return _Ordered(form, int(start) if re.fullmatch(r"\d{1,5}", start) else 1)


def _furniture(tree: LexborHTMLParser) -> frozenset[int]:
    """The elements whose class or id says they are menus, footers and the like, unless they hold much of the page."""
    whole = len(tree.body.text() if tree.body else "") or 1
    return frozenset(
        node.mem_id
        for node in tree.css("[class], [id]")
        if node.tag not in ("html", "body") and _is_furniture(node) and len(node.text()) < whole * _FURNITURE_AT_MOST
    )


def _is_furniture(node: LexborNode) -> bool:
    return any(token in _words().furniture for token in _tokens(node))


def _tokens(node: LexborNode) -> Iterator[str]:
    for name in ("class", "id"):
        yield from _TOKEN.findall((node.attributes.get(name) or "").lower())


def _title(tree: LexborHTMLParser) -> str:
    """What the page calls itself, without the name of the site."""
    node = tree.css_first("title")
    words = " ".join(node.text().split()) if node else ""
    return _SITE.split(words)[0].strip()


def _within_margins(lines: list[Line]) -> list[Line]:
    """``lines`` without the buttons at their ends."""

    def is_button(line: Line) -> bool:
        words = [word for word in _MARGIN.split(line.text) if word]
        return not words or all(word in _words().margins for word in words)

    tail = len(lines) - _LOOK
    return [line for at, line in enumerate(lines) if not ((at < _LOOK or at >= tail) and is_button(line))]
