"""OFD (GB/T 33190-2016), the Chinese fixed-layout format: a zip of XML pages whose text stands at places.

Kept: the text of pages and of the templates they use, in reading order by position; each page marked. Dropped: objects
that are not visible, annotations, seals, attachments. Two columns side by side are read straight across.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

from luoshi.intake.layout import Piece, lines
from luoshi.intake.limits import Limits
from luoshi.intake.markup import Attributes, Walker
from luoshi.intake.package import Package
from luoshi.intake.reading import Reading, Refusal, Sheet

_ANY = {"*": ""}
_ROOT = "OFD.xml"
_LOCKS = ("encryptions.xml", "ofdentries.xml", "decryptseed.dat")
_WIDE_FROM = 0x2E80  # from here characters are as wide as they are high
_JUMP = 2.0  # an advance of so many sizes leaves a gap between cells
_LONGEST = 100_000  # repeats of one advance


def read_ofd(package: Package, limits: Limits) -> Reading:
    """The text of an OFD file. Raises :class:`Refusal` for encryption, DOCTYPE, depth, damage and length."""
    if any(name.lower().endswith(_LOCKS) for name in package.names):
        raise Refusal("I018")
    sheet = Sheet(limits)
    root = _Text(limits, "DocRoot")
    root.walk(package.read(package.resolve("", _ROOT)))
    number = 0
    for place in root.found:
        index = _Index(limits, package.resolve(_ROOT, place))
        index.walk(package.read(index.place))
        if number + len(index.pages) > limits.pages:
            raise Refusal("I022", count=number + len(index.pages), limit=limits.pages)
        for page in index.pages:
            number += 1
            start = sheet.position
            for text in lines(_pieces(package, page, index, limits)):
                sheet.write(text)
            sheet.mark(start, "page", number)
    return sheet.reading(pages=number)


def _pieces(package: Package, place: str, index: _Index, limits: Limits) -> Iterator[Piece]:
    """The pieces of a page and of its templates (each read once)."""
    content = _Page(limits)
    content.walk(package.read(package.resolve(index.place, place)))
    yield from content.pieces
    for identity in content.templates:
        if identity not in index.read:
            index.read[identity] = _Page(limits)
            if found := package.resolve(index.place, index.templates.get(identity, "")):
                index.read[identity].walk(package.read(found))
        yield from index.read[identity].pieces


class _Text(Walker):
    """The text of every element of one name."""

    def __init__(self, limits: Limits, wanted: str) -> None:
        super().__init__(limits, _ANY)
        self._wanted = wanted
        self._open = False
        self.found: list[str] = []

    def start(self, name: str, _: Attributes) -> bool:
        self._open = name == self._wanted
        if self._open:
            self.found.append("")
        return True

    def end(self, _: str) -> None:
        self._open = False

    def text(self, data: str) -> None:
        if self._open:
            self.found[-1] += data.strip()


class _Index(Walker):
    """Document.xml, the part ``place``: where pages and templates are, and the templates read so far."""

    def __init__(self, limits: Limits, place: str) -> None:
        super().__init__(limits, _ANY)
        self.place = place
        self.read: dict[str, _Page] = {}
        self.pages: list[str] = []
        self.templates: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> bool:
        place = attributes.get("BaseLoc", "")
        if name == "Page":
            self.pages.append(place)
        elif name == "TemplatePage":
            self.templates[attributes.get("ID", "")] = place
        return True


@dataclass(slots=True)
class _Object:
    """A text object: its box, its transformation and its font size, in millimetres."""

    left: float
    top: float
    matrix: tuple[float, float, float, float, float, float]
    size: float
    stretch: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return self.left + a * x + c * y + e, self.top + b * x + d * y + f

    @property
    def scale(self) -> float:
        return hypot(self.matrix[2], self.matrix[3]) or 1.0


class _Page(Walker):
    """The content of a page or a template."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits, _ANY)
        self.pieces: list[Piece] = []
        self.templates: list[str] = []
        self._object: _Object | None = None
        self._code: Attributes | None = None
        self._at = (0.0, 0.0)
        self._said = ""

    def start(self, name: str, attributes: Attributes) -> bool:
        if attributes.get("Visible") == "false":
            return False
        if name == "Template":
            self.templates.append(attributes.get("TemplateID", ""))
        elif name == "TextObject":
            self._object = _object(attributes)
            self._at = (0.0, 0.0)
        elif name == "TextCode" and self._object:
            self._code, self._said = attributes, ""
        return True

    def end(self, name: str) -> None:
        if name == "TextObject":
            self._object = None
        elif name == "TextCode" and self._object and self._code is not None:
            self._at = (_number(self._code.get("X"), self._at[0]), _number(self._code.get("Y"), self._at[1]))
            self.pieces += _spread(self._object, self._at, self._said.strip("\r\n"), self._code)
            self._code = None

    def text(self, data: str) -> None:
        if self._code is not None:
            self._said += data


def _object(attributes: Attributes) -> _Object:
    box = _numbers(attributes.get("Boundary", ""))
    matrix = _numbers(attributes.get("CTM", ""))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    left, top = box[:2] if len(box) == 4 else (0.0, 0.0)
    size = _number(attributes.get("Size"), 0.0) or 4.0
    return _Object(left, top, (a, b, c, d, e, f), size, _number(attributes.get("HScale"), 1.0))


def _spread(made: _Object, at: tuple[float, float], text: str, code: Attributes) -> Iterator[Piece]:
    """The characters of one TextCode as pieces: one for each line that its advances make."""
    across, down = (_advances(code.get(name, ""), len(text)) for name in ("DeltaX", "DeltaY"))
    x, y = start = at
    run = ""
    for index, char in enumerate(text):
        run += char
        width = made.size * made.stretch * (1 if ord(char) >= _WIDE_FROM else 0.5)
        right = across[index] if index < len(across) else (0.0 if index < len(down) else width)
        lower = down[index] if index < len(down) else 0.0
        if index + 1 == len(text) or abs(lower) > made.size / 2:
            yield _piece(made, start, (x + width, y), run)
            run, start = "", (x + right, y + lower)
        elif right > _JUMP * made.size:
            run += " "
        x, y = x + right, y + lower


def _piece(made: _Object, start: tuple[float, float], end: tuple[float, float], text: str) -> Piece:
    left, bottom = made.place(*start)
    right, _ = made.place(*end)
    return Piece(min(left, right), bottom - made.size * made.scale, max(left, right), bottom, text)


def _advances(written: str, most: int) -> list[float]:
    """A list of advances; ``g 3 2.5`` stands for three times 2.5."""
    words = written.split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        if words[at] == "g" and at + 2 < len(words):
            times = min(int(_number(words[at + 1], 0.0)), most, _LONGEST)
            found += [_number(words[at + 2], 0.0)] * times
            at += 3
        else:
            found.append(_number(words[at], 0.0))
            at += 1
    return found


def _numbers(written: str) -> list[float]:
    return [_number(word, 0.0) for word in written.split()]


def _number(written: str | None, otherwise: float) -> float:
    """A finite number; anything else is ``otherwise``."""
    try:
        value = float(written) if written else otherwise
    except ValueError:
        return otherwise
    return value if abs(value) < 1e9 else otherwise
