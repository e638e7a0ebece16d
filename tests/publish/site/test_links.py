"""Every way leads somewhere, every page is sound, and nothing asks another place for anything."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from luoshi.publish.dossier import Dossier
from luoshi.publish.site import site

if TYPE_CHECKING:
    from tests.publish.site.conftest import Files, Page

Parse = Callable[[bytes], "Page"]
ADDRESS = "https://luoshi.example.cn/2023/"


@pytest.fixture(scope="module", params=["lively_files", "bare_files"])
def files(request: pytest.FixtureRequest) -> Files:
    found: Files = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def pages(files: Files, parse: Parse) -> dict[str, Page]:
    return {name: parse(content) for name, content in files.items() if name.endswith(".html")}


def leads(name: str, link: str) -> tuple[str, str]:
    """The file and the place in it that ``link`` of page ``name`` means."""
    link = link.removeprefix(ADDRESS) if link.startswith(ADDRESS) else posixpath.join(posixpath.dirname(name), link)
    path, _, place = link.partition("#")
    return posixpath.normpath(path.partition("?")[0]) if path else name, place


def test_every_link_leads_to_a_file_and_a_place_in_it(files: Files, pages: dict[str, Page]) -> None:
    places = {name: set(one.ids) for name, one in pages.items()}
    lost = []
    for name, one in pages.items():
        for link in dict.fromkeys(one.links):
            path, place = (name, link[1:]) if link.startswith("#") else leads(name, link)
            if (path not in files) or (place and place not in places[path]):
                lost.append((name, link))
    assert lost == []


def test_pages_are_sound(pages: dict[str, Page]) -> None:
    assert {name: one.broken for name, one in pages.items() if one.broken} == {}
    twice = {name: {i for i in one.ids if one.ids.count(i) > 1} for name, one in pages.items()}
    assert {name: found for name, found in twice.items() if found} == {}


def test_no_page_has_script_or_style_of_its_own_and_all_say_so(files: Files, pages: dict[str, Page]) -> None:
    assert {name: one.inline for name, one in pages.items() if one.inline} == {}
    assert [name for name in pages if b"default-src 'self'" not in files[name]] == []


def test_nothing_is_asked_of_another_place(files: Files) -> None:
    words = (b"http:", b"https:", b"//cdn", b"@import", b"fetch(", b"XMLHttpRequest")
    known = (ADDRESS.encode(), b"http://www.w3.org/", b"http://www.sitemaps.org/", ADDRESS.rstrip("/").encode())
    for name, content in files.items():
        bare = content
        for address in known:
            bare = bare.replace(address, b"")
        assert [word for word in words if word in bare] == [], name


def test_links_are_relative_so_that_the_folder_works_from_anywhere(pages: dict[str, Page]) -> None:
    absolute = {
        name: [link for link in one.links if link.startswith(("/", "http"))]
        for name, one in pages.items()
        if name != "404.html"
    }
    assert {name: found for name, found in absolute.items() if found} == {}


def test_every_page_is_reached_from_the_first(pages: dict[str, Page]) -> None:
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [leads(name, link)[0] for link in pages[name].links if leads(name, link)[0] in pages]
    assert set(pages) - reached == {"404.html"}


def test_every_number_of_a_target_leads_to_its_words(lively: Dossier, lively_files: Files, parse: Parse) -> None:
    places = set(parse(lively_files["report.html"]).ids)
    figures = {one.id for one in lively.plan.figures}
    assert figures <= places
    assert {one.id for one in lively.plan.commitments} <= places


def test_the_error_page_works_at_any_depth_where_the_address_is_known(lively_files: Files, parse: Parse) -> None:
    found = parse(lively_files["404.html"])
    assert all(link.startswith(ADDRESS) for link in found.links if not link.startswith("#"))


def test_the_map_names_every_page_with_its_address(lively_files: Files, bare_files: Files) -> None:
    root = ElementTree.fromstring(lively_files["sitemap.xml"])
    named = {one.text for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert named == {ADDRESS + name for name in lively_files if name.endswith(".html") and name != "404.html"}
    assert "sitemap.xml" not in bare_files


def test_the_same_dossier_gives_the_same_bytes(lively: Dossier, lively_files: Files) -> None:
    data = {name.removeprefix("data/"): content for name, content in lively_files.items() if name.startswith("data/")}
    assert dict(site(lively, data)) == lively_files


def test_no_path_is_given_twice_even_where_letters_are_all_alike(lively: Dossier) -> None:
    names = [name.lower() for name, _ in site(lively)]
    assert len(names) == len(set(names))
