"""Every address that shows somebody a page, in a real browser at both widths: axe, nothing too wide, no complaint."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from sweeps.walking import PEOPLE, settled

from luoshi.rehearsal import TODAY
from luoshi.store.models import Ballot, EvidenceFile, Finding, Matter, Person, Report, Unit, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = Path(__file__).parents[1]
MOST_SCRIPT = 100 * 1024
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCRIPT = """performance.getEntriesByType('resource').filter(one => one.initiatorType === 'script')
    .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
WIDTHS = ((1440, 900), (390, 844))
# Who of the district plays a part of the tables of addresses; the first that may is the one who looks.
PARTS = {
    "everybody": "director", "see_matters": "director", "office": "director", "inspection": "director",
    "units": "liaison", "leaders": "leader", "administrators": "system_admin", "outsider": "liaison",
}  # fmt: skip
# What stands in an address, where the table of addresses has only an example that is not there.
GIVEN = {"move": "report", "target": "f166"}


def asked_for() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address that is asked for with GET by somebody who has signed in, with its row of the tables."""
    for file in sorted(FOLDER.glob("*/addresses.toml")):
        for name, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if row.get("method", "get") == "get" and not row.get("open") and file.parent.name != "api":
                yield name, row


def address_of(name: str, row: dict[str, Any], number: int | None) -> str:
    """The address called ``name``, with what the district has in place of the examples."""
    space, _, short = name.rpartition(":")
    patterns = get_resolver().namespace_dict[space][1] if space else get_resolver()
    wanted = patterns.reverse_dict.getlist(short)[0][0][0][1]
    given = row.get("given", {}) | GIVEN | ({} if number is None else {"pk": number})
    return reverse(name, kwargs={key: given[key] for key in wanted})


def districts_things(home: Path) -> dict[str, int]:
    """The district, filled, and one thing of each kind."""
    from luoshi.web.rehearse import filling

    with settled(home):
        filling.fill(home)
    lead = Unit.objects.get(name="区交通运输局")
    mine = Matter.objects.filter(report__year=2023, state="running")
    return {
        "matter": mine.filter(lead=lead)[0].pk,
        "elsewhere": mine.exclude(lead=lead)[0].pk,
        "report": Report.objects.get(year=2023).pk,
        "unit": lead.pk,
        "evidence": EvidenceFile.objects.all()[0].pk,
        "visit": Visit.objects.create(unit=lead, title="到现场看跑道", day=TODAY).pk,
        "finding": Finding.objects.create(unit=lead, text="台账不全", due=TODAY).pk,
        "ballot": Ballot.objects.get().pk,
        "person": Person.objects.get(username="shilei").pk,
    }


class Browsing:
    """A browser at one width, in which each role has signed in, and what the pages complained of."""

    def __init__(self, browser: Browser, width: tuple[int, int], site: str, clients: dict[str, Client]) -> None:
        self.complaints: list[str] = []
        self._pages: dict[str, Page] = {}
        for role, client in clients.items():
            context = browser.new_context(viewport={"width": width[0], "height": width[1]}, locale="zh-CN")
            context.add_cookies(
                [{"name": name, "value": one.value, "url": site} for name, one in client.cookies.items()]
            )
            page = self._pages[role] = context.new_page()
            page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
            page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def faults(self, role: str, address: str) -> Iterator[str]:
        from axe_playwright_python.sync_playwright import Axe

        page = self._pages[role]
        self.complaints.clear()
        page.goto(address)
        for one in Axe().run(page, options=AXE).response["violations"]:
            yield f"{one['id']}: {one['help']}: {[node['html'][:150] for node in one['nodes']][:2]}"
        if (wider := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            yield f"{wider} px wider than the window"
        if (script := page.evaluate(SCRIPT)) > MOST_SCRIPT:
            yield f"{script} bytes of script"
        yield from (f"the browser says: {one}" for one in self.complaints)

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()


@pytest.mark.parametrize("width", WIDTHS, ids=["desktop", "phone"])
def test_every_page_is_clean_and_fits(  # noqa: PLR0917 -- pytest hands these in
    browser: Browser, live_server: Any, settings: Any, home: Path, width: tuple[int, int], transactional_db: None
) -> None:
    del transactional_db
    things, clients = districts_things(home), {}
    for role, name in PEOPLE.items():
        clients[role] = Client()
        clients[role].force_login(Person.objects.get(username=name), settings.AUTHENTICATION_BACKENDS[1])
    browsing, looked, told = Browsing(browser, width, live_server.url, clients), 0, []
    for name, row in asked_for():
        role = PARTS.get(row["who"][0], row["who"][0])
        address = address_of(name, row, things.get(row.get("object", "")))
        answer = clients[role].get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            looked += 1
            told += [f"{address} as {role}: {fault}" for fault in browsing.faults(role, live_server.url + address)]
    browsing.close()
    assert looked > 40
    assert told == [], "\n".join(told)
