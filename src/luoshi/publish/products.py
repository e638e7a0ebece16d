"""Everything that can be published from one dossier: one row a product, and for whom it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from luoshi.problems import Problem, has_errors, problem
from luoshi.publish.dossier import Dossier, opened
from luoshi.publish.ledger import ledger_page, ledger_pdf, ledger_workbook
from luoshi.publish.onepage import Pictures, onepage, result
from luoshi.publish.opendata import opendata
from luoshi.publish.papers import all_papers
from luoshi.publish.register import register_csv_of, register_of, unit_copies
from luoshi.publish.site import site, unshown

Audience = Literal["public", "internal"]
Piece = tuple[str, bytes] | Problem
_PICTURES = {"onepage": "一图读懂", "result": "一图看落实", "compared": "“去年说的，今年做到哪”"}


@dataclass(frozen=True, slots=True)
class Product:
    """A product: its files as (path, content), with what is odd about them in between.

    ``public`` ones are made from what is open and nothing else; ``internal`` ones from everything.
    """

    name: str
    audience: Audience
    zh: str
    en: str
    make: Callable[[Dossier], Iterable[Piece]]


@dataclass(frozen=True)
class Publication:
    """One dossier on its way out. ``problems`` says what of it stays inside."""

    whole: Dossier

    @cached_property
    def open(self) -> Dossier:
        """What the public may see, cut once for all products."""
        return opened(self.whole)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.open.problems

    def pieces(self, product: Product) -> Iterator[Piece]:
        """The files of ``product`` and their problems; no file of a public one where the report itself is closed."""
        if product.audience == "internal":
            yield from product.make(self.whole)
        elif not has_errors(self.problems):
            yield from product.make(self.open)


def _site(cut: Dossier) -> Iterator[Piece]:
    """The site with the data in it, so that the folder can stand alone."""
    yield from site(cut, opendata(cut))
    yield from unshown(cut)


def _data(cut: Dossier) -> Iterator[Piece]:
    yield from opendata(cut).items()


def _picture(cut: Dossier) -> Iterator[Piece]:
    """What was promised; what came of it, once anything did; and of last year's promises, where it is compared."""
    yield from _drawn("onepage", onepage(cut.plan, cut.document))
    if cut.measured or any(one.state != "extracted" for one in cut.matters):
        yield from _drawn("result", result(cut))
    if cut.comparison is not None and cut.texts and (report := _before(cut)):
        yield from _drawn("compared", result(cut.comparison, cut.texts, report=report))


def _before(cut: Dossier) -> str:
    """The report compared just before that of the plan; the plan's own where it is the first."""
    ids = [one.id for one in cut.comparison.reports] if cut.comparison else []
    own = str(cut.plan.document.year or "")
    return ids[max(ids.index(own) - 1, 0)] if own in ids and len(ids) > 1 else ""


def _drawn(name: str, made: Pictures) -> Iterator[Piece]:
    """The pictures; that there is nothing to draw is told and stops nothing else."""
    yield from (problem("W026", picture=_PICTURES[name]) if one.code == "W023" else one for one in made.problems)
    yield from ((f"{name}.{form}", data) for form, data in made.files.items())


def _register(whole: Dossier) -> Iterator[Piece]:
    yield "register.xlsx", register_of(whole)
    yield "register.csv", register_csv_of(whole)
    yield from ((f"units/{name}", data) for name, data in unit_copies(whole).items())


def _ledger(cut: Dossier) -> Iterator[Piece]:
    if cut.comparison is not None:
        yield "ledger.html", ledger_page(cut.comparison)
        yield "ledger.pdf", ledger_pdf(cut.comparison)
        yield "ledger.xlsx", ledger_workbook(cut.comparison)


PRODUCTS = (
    Product("site", "public", "公开网站，一个文件夹，放到哪里都能看", "the public site, a folder of pages", _site),
    Product("data", "public", "开放数据：CSV、Excel 和说明", "open data: CSV, Excel, descriptions", _data),
    Product(
        "picture",
        "public",
        "一图读懂；有状态或读数的，还有一图看落实",
        "the one picture, and what came of it",
        _picture,
    ),
    Product("ledger", "public", "承诺总账（要有 --earlier 或 --later）", "the ledger of promises", _ledger),
    Product("register", "internal", "督查登记表，全区的和各单位的", "the register, whole and by unit", _register),
    Product("papers", "internal", "到了该出的各种文书，Word 和 PDF", "every paper that is due", all_papers),
)
