"""The sites that are tested: the lively sample, and the sample's report alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from luoshi.compare import compare
from luoshi.door import Report, open_edition, open_report
from luoshi.examples import sample
from luoshi.measure import readings
from luoshi.publish.dossier import Dossier, dossier, office_of
from luoshi.publish.site import site
from luoshi.rehearsal import TODAY, docket, readings_table

Files = dict[str, bytes]
_SLIM = 20  # items and promises that the browser looks at


VOID = {"meta", "link", "input", "br", "hr", "img", "rect", "line", "polyline", "polygon", "path"}


@dataclass
class Page(HTMLParser):
    """Ids, links (href, src, action, cite), scripts and style found, text outside of scripts, and broken nesting."""

    content: str
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    text: str = ""
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.content)
        self.close()
        self.broken += [f"never closed: {tag}" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._seen(tag, attrs)

    def _seen(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) != len(attrs):
            self.broken.append(f"an attribute twice: {tag}")
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given[name] or "" for name in ("href", "src", "action", "cite") if name in given]
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.broken.append(f"</{tag}> closes {self._open[-1] if self._open else 'nothing'}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="session")
def parse() -> Callable[[bytes], Page]:
    """From the bytes of a page to what is in it."""
    return lambda content: Page(content.decode())


DATA = {
    "items.csv": b"id,title\n",
    "datapackage.json": json.dumps({"resources": [{"path": "items.csv", "title": "事项表"}]}).encode(),
}


@pytest.fixture(scope="session")
def report() -> Report:
    """The sample report of 2023."""
    return open_report(sample("songgang-2023"))


@pytest.fixture(scope="session")
def lively(report: Report) -> Dossier:
    """The sample in October: matters in all states, readings, and the report of 2021 beside it."""
    return dossier(
        report.plan,
        report.document,
        TODAY,
        docket=docket(report.plan),
        readings=readings(readings_table(), TODAY),
        comparison=compare([open_edition(sample("songgang-2021")), open_edition(sample("songgang-2023"))]),
        office=office_of(report.plan, 'site = "https://luoshi.example.cn/2023"'),
    )


@pytest.fixture(scope="session")
def bare(report: Report) -> Dossier:
    """The report and nothing else: no docket, no readings, no comparison, no address."""
    return dossier(report.plan, report.document, date(2023, 6, 30))


@pytest.fixture(scope="session")
def lively_files(lively: Dossier) -> Files:
    """The lively site."""
    return dict(site(lively, DATA))


@pytest.fixture(scope="session")
def bare_files(bare: Dossier) -> Files:
    """The site of the report alone."""
    return dict(site(bare))


@pytest.fixture(scope="session")
def folder(lively: Dossier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site on disk, under a path of its own: every kind of page, not too many of a kind, no address."""
    assert lively.comparison is not None
    names = {item.id for item in lively.plan.items[:_SLIM]}
    slim = replace(
        lively,
        plan=lively.plan.model_copy(update={"items": lively.plan.items[:_SLIM]}),
        matters=tuple(one for one in lively.matters if one.id in names),
        entries=tuple(one for one in lively.entries if one.matter in names),
        comparison=lively.comparison.model_copy(update={"promises": lively.comparison.promises[:_SLIM]}),
        office=lively.office.model_copy(update={"site": ""}),
    )
    return written(dict(site(slim, DATA)), tmp_path_factory.mktemp("site") / "sub" / "path")


def written(files: Files, root: Path) -> Path:
    """``files`` as a folder."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root
