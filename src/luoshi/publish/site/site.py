"""The site as files: which pages there are, in which order they are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import resources

from luoshi.publish.dossier import Dossier, opened
from luoshi.publish.site.cards import cards
from luoshi.publish.site.covering import coverage_page
from luoshi.publish.site.downloads import FOLDER, listed
from luoshi.publish.site.feeds import change_pages, feed_files, news, sitemap
from luoshi.publish.site.finding import index, things
from luoshi.publish.site.frame import File, Frame, frame
from luoshi.publish.site.groups import group_pages, groups
from luoshi.publish.site.method import english_page, method_page
from luoshi.publish.site.overview import counts, overview_page
from luoshi.publish.site.reader import report_page
from luoshi.publish.site.story import item_pages
from luoshi.publish.site.targets import goals, target_pages
from luoshi.publish.site.years import ledger_pages

_STATIC = ("site.css", "search.js", "report.js", "icon.svg")


def site(dossier: Dossier, data: Mapping[str, bytes] | None = None) -> Iterator[File]:
    """The public site of ``dossier`` as (path, content), file by file; the same dossier always gives the same bytes.

    Only what is open goes in, whatever is handed over. Where the report itself is not public there is no site at all
    (``opened`` says why, O001). Nothing refers to another server but to the site's own address, where the office has
    named one. ``data`` are the files of the open data, by their paths: they go in under ``data/`` and the page of the
    data lists them.
    """
    open_ = _open(dossier)
    if any(one.code == "O001" for one in open_.problems):
        return
    around = frame(open_)
    pages = []
    for path, content in _files(around, open_, data or {}):
        if path.endswith(".html") and path != "404.html":
            pages.append(path)
        yield path, content
    if around.address:
        yield sitemap(around, pages)


def _open(dossier: Dossier) -> Dossier:
    """What is open; how much stayed inside is still known of a dossier that was opened before."""
    open_ = opened(dossier)
    codes = {one.code for one in open_.problems}
    before = tuple(one for one in dossier.problems if one.code not in codes)
    return replace(open_, problems=(*open_.problems, *before))


def _files(around: Frame, open_: Dossier, data: Mapping[str, bytes]) -> Iterator[File]:
    found = cards(open_)
    sorts, aims, fresh = groups(found), goals(open_, found), news(open_, found)
    yield overview_page(around, open_, cards=found, goals=aims, found=fresh, sorts=sorts)
    yield report_page(around, open_, found)
    yield from group_pages(around, found, sorts)
    yield from item_pages(around, found, sorts)
    yield from target_pages(around, open_, aims)
    yield from change_pages(around, fresh, sorts)
    yield from ledger_pages(around, open_.comparison)
    yield coverage_page(around, open_)
    yield method_page(around, open_)
    yield around.page("data.html", "data.html", sorts=sorts, files=listed(data))
    yield from ((f"{FOLDER}/{path}", content) for path, content in data.items())
    yield around.page("search.html", "search.html")
    yield english_page(around, open_, **counts(found, aims, open_))
    yield around.page("404.html", "404.html")
    yield from feed_files(around, fresh, sorts)
    yield from index(things(found, aims, lit=around.lit))
    for name in _STATIC:
        yield name, resources.files(__package__).joinpath("static", name).read_bytes()
