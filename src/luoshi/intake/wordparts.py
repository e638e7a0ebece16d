"""The parts of a docx beside its body: relationships, styles and lists."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace

from luoshi.intake.limits import Limits
from luoshi.intake.markup import Attributes, Chosen, Walker
from luoshi.intake.numbering import Level, Lists, Use
from luoshi.intake.package import Package

# Transitional and strict addresses of the same vocabularies.
PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/package/2006/relationships": "",
    "http://schemas.openxmlformats.org/package/2006/content-types": "",
}
BODY_LEVEL = 9  # the outline level that means body text
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])$", re.IGNORECASE)
_CHAIN = 20  # styles based on each other


def on(attributes: Attributes) -> bool:
    """Whether a switch (``w:vanish`` and the like) is on."""
    return attributes.get("w:val", "true") not in ("0", "false", "off", "none")


def integer(attributes: Attributes, name: str = "w:val", otherwise: int = 0) -> int:
    """A whole number attribute; nonsense counts as ``otherwise``."""
    text = attributes.get(name, "")
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else otherwise


def relations(package: Package, part: str, limits: Limits) -> dict[str, tuple[str, str]]:
    """What ``part`` points to inside the package: id → (kind, name of the part)."""
    folder, name = posixpath.split(part)
    where = package.resolve("", posixpath.join(folder, "_rels", f"{name}.rels"))
    if not where:
        return {}
    chosen = Chosen(limits, PREFIXES, ["Relationship"])
    chosen.walk(package.read(where))
    found = {}
    for _, row in chosen.found:
        target = package.resolve(part, row.get("Target", ""))
        if target and row.get("TargetMode") != "External":
            found[row.get("Id", "")] = (row.get("Type", "").rpartition("/")[2], target)
    return found


def content_type(package: Package, part: str, limits: Limits) -> str:
    """What the package says ``part`` is."""
    where = package.resolve("", "[Content_Types].xml")
    if not where:
        return ""
    chosen = Chosen(limits, PREFIXES, ["Override"])
    chosen.walk(package.read(where))
    types = {row.get("PartName", "").lstrip("/"): row.get("ContentType", "") for _, row in chosen.found}
    return types.get(part, "")


@dataclass(slots=True)
class Style:
    """One style, as far as it bears on the text: ``None`` means it says nothing and its base decides."""

    base: str = ""
    outline: int | None = None
    numbered: str | None = None  # the list
    level: int | None = None
    hidden: bool | None = None
    source: str = ""  # the style in the chain that names the list


class Styles(Walker):
    """The styles part."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits, PREFIXES)
        self.default = ""
        self._all: dict[str, Style] = {}
        self._made = Style()
        self._inside = ""

    def start(self, name: str, attributes: Attributes) -> bool:
        style = self._made
        match name:
            case "w:style":
                self._begin(attributes)
            case "w:name" if match := _HEADING.match(attributes.get("w:val", "")):
                style.outline = int(match[1]) - 1
            case "w:basedOn":
                style.base = attributes.get("w:val", "")
            case "w:outlineLvl":
                style.outline = integer(attributes, otherwise=BODY_LEVEL)
            case "w:numId":
                style.numbered = attributes.get("w:val", "")
            case "w:ilvl":
                style.level = integer(attributes)
            case "w:vanish":
                style.hidden = on(attributes)
        # Conditional formatting of tables and what a tracked change replaced say nothing about the style itself.
        return name not in ("w:tblStylePr", "w:pPrChange", "w:rPrChange", "w:docDefaults")

    def _begin(self, attributes: Attributes) -> None:
        identity = attributes.get("w:styleId", "")
        self._made = self._all[identity] = Style()
        if attributes.get("w:type") == "paragraph" and on({"w:val": attributes.get("w:default", "0")}):
            self.default = identity

    def resolved(self, identity: str) -> Style:
        """The style with what it inherits."""
        made = Style()
        for _ in range(_CHAIN):
            style = self._all.get(identity)
            if style is None:
                break
            made.outline = style.outline if made.outline is None else made.outline
            made.hidden = style.hidden if made.hidden is None else made.hidden
            made.level = style.level if made.level is None else made.level
            if made.numbered is None and style.numbered is not None:
                made.numbered, made.source = style.numbered, identity
            identity = style.base
        return made


@dataclass(slots=True)
class _Definition:
    levels: dict[int, Level] = field(default_factory=dict)
    link: str = ""


class Numbering(Walker):
    """The numbering part."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits, PREFIXES)
        self._definitions: dict[str, _Definition] = {}
        self._uses: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        self._definition = ""
        self._use = ""
        self._at = 0
        self._level = Level()
        self._override = 0

    def lists(self, styles: Styles) -> Lists:
        """The finished lists; a definition that is only a link takes the levels of the style it names."""
        definitions = {name: self._linked(one, styles).levels for name, one in self._definitions.items()}
        uses = {name: Use(definition, starts, levels) for name, (definition, starts, levels) in self._uses.items()}
        return Lists(definitions, uses)

    def _linked(self, definition: _Definition, styles: Styles) -> _Definition:
        if definition.levels or not definition.link:
            return definition
        use = self._uses.get(styles.resolved(definition.link).numbered or "")
        return self._definitions.get(use[0], definition) if use else definition

    def start(self, name: str, attributes: Attributes) -> bool:
        match name:
            case "w:abstractNum":
                self._use, self._definition = "", attributes.get("w:abstractNumId", "")
                self._definitions[self._definition] = _Definition()
            case "w:numStyleLink" if self._definition in self._definitions:
                self._definitions[self._definition].link = attributes.get("w:val", "")
            case "w:num":
                self._use = attributes.get("w:numId", "")
                self._uses[self._use] = ("", {}, {})
            case "w:abstractNumId" if self._use:
                self._uses[self._use] = (attributes.get("w:val", ""), *self._uses[self._use][1:])
            case "w:lvlOverride":
                self._override = integer(attributes, "w:ilvl")
            case "w:startOverride" if self._use:
                self._uses[self._use][1][self._override] = integer(attributes)
            case "w:lvl":
                self._at, self._level = integer(attributes, "w:ilvl"), Level()
            case _:
                self._level = _with(self._level, name, attributes)
        return name != "mc:Fallback"

    def end(self, name: str) -> None:
        if name == "w:lvl" and self._use:
            self._uses[self._use][2][self._at] = self._level
        elif name == "w:lvl" and self._definition in self._definitions:
            self._definitions[self._definition].levels[self._at] = self._level


def _with(level: Level, name: str, attributes: Attributes) -> Level:
    """``level`` with what the element ``name`` says about it."""
    value = attributes.get("w:val", "")
    match name:
        case "w:start":
            level = replace(level, start=integer(attributes))
        case "w:numFmt":
            padded = value == "custom" and re.match(r"0+1\b", attributes.get("w:format", ""))
            level = replace(level, format="decimalZero" if padded else value)
        case "w:lvlText":
            level = replace(level, text=value)
        case "w:suff":
            level = replace(level, suffix=value)
        case "w:lvlRestart":
            level = replace(level, restart=integer(attributes))
        case "w:isLgl":
            level = replace(level, legal=on(attributes))
        case "w:pStyle":
            level = replace(level, style=value)
        case "w:rFonts":
            level = replace(level, font=attributes.get("w:ascii", "") or attributes.get("w:hAnsi", ""))
    return level
