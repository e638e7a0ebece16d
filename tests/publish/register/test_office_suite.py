"""LibreOffice opens the register, keeps it locked and filtered, and what it saves comes back as no change."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from county import CAST, docket, from_csv, from_xlsx, type_in, whole, workbook

from luoshi.publish.register import applied, register_csv_of, register_of, returned
from luoshi.supervise import Docket

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (libreoffice-calc-nogui)")
NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
TRAPS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", " 前后 ", "首\n\n尾", "00123", "1e5", "TRUE", "#REF!", "<r>",
    "_x0041_", "&amp;", '"引号"', "１２３％", "2024-1-5", "45657", "\U0001f600", "末尾\n", "a\u200bb", "％", "-",
)  # fmt: skip


def tricky() -> Docket:
    """The county with a trap in every text of it."""
    said = dict(zip(("progress", "difficulties", "next_step", "ask", "remark"), ("\n".join(TRAPS),) * 5, strict=True))
    quarters = {"stages": TRAPS[:4], "person": TRAPS[4], "leader": TRAPS[5], "number": TRAPS[6]}
    more = {
        f"t{at}": {"progress": text, "difficulties": text, "remark": text, "person": text}
        for at, text in enumerate(TRAPS)
    }
    base = docket(i4=said | quarters)
    extra = [
        base.items[2].model_copy(update=fields | {"id": name, "carried_from": "i0"}) for name, fields in more.items()
    ]
    return base.model_copy(update={"items": (*base.items, *extra)})


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], bytes]:
    """What LibreOffice makes of a workbook when it saves it as ``form``."""

    def convert(data: bytes, form: str) -> bytes:
        folder = tmp_path_factory.mktemp("office")
        (folder / "in.xlsx").write_bytes(data)
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
        command = [str(SOFFICE), home, "--headless", "--convert-to", form, "--outdir", str(folder / "out")]
        subprocess.run([*command, str(folder / "in.xlsx")], check=True, capture_output=True, timeout=120)
        (made,) = (folder / "out").iterdir()
        return made.read_bytes()

    return convert


@pytest.fixture(scope="module")
def book(saved: Callable[[bytes, str], bytes]) -> bytes:
    """The register with every trap, as LibreOffice saves it."""
    return saved(register_of(whole(tricky())), "xlsx")


@pytest.mark.parametrize("side", ["lead", "office"])
def test_what_libreoffice_saves_is_no_change(book: bytes, side: str) -> None:
    found = returned(from_xlsx(book), whole(tricky()), side)  # type: ignore[arg-type]
    assert (found.changes, found.conflicts, found.problems) == ((), (), ())
    assert found.rows == 7 + len(TRAPS)


def test_it_stays_locked_filtered_and_its_code_hidden(
    book: bytes, parts: Callable[[bytes], dict[str, Element]]
) -> None:
    sheet = parts(book)["xl/worksheets/sheet1.xml"]
    lock = sheet.find("x:sheetProtection", NS)
    assert lock is not None
    assert lock.attrib["sheet"] in ("1", "true")
    assert sheet.find("x:autoFilter", NS) is not None
    assert [one for one in sheet.iter(f"{{{NS['x']}}}col") if one.attrib.get("hidden") in ("1", "true")]
    assert list(sheet.iter(f"{{{NS['x']}}}f")) == []


def test_a_change_made_in_between_is_found_and_made(saved: Callable[[bytes, str], bytes]) -> None:
    rows = type_in(from_xlsx(register_of(whole())), "i4", **{"自报%": "45", "下一步措施": "=铺装"})
    rows = from_xlsx(saved(workbook(rows), "xlsx"))
    found = returned(rows, whole(), "lead")
    assert {one.after for one in found.changes} == {"45", "=铺装"}
    assert applied(found.changes, whole(), CAST["lead"]).problems == ()


def test_the_csv_that_libreoffice_makes_of_it_is_no_change(saved: Callable[[bytes, str], bytes]) -> None:
    data = saved(register_of(whole()), "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false")
    found = returned(from_csv(data), whole(), "lead")
    assert (found.changes, found.conflicts) == ((), ())
    assert len(from_csv(register_csv_of(whole()))) == len(from_csv(data)) - 2, "two rows of headings more"
