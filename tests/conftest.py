"""What every test may ask for: the folder of real reports (skipped when absent) and one settled Hypothesis profile."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from casting import Cast
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_ABSENT = "real reports not here: put the folder `shared` beside the checkout or name it in LUOSHI_SHARED"

_NO_DJANGO = "the web application is not installed: pip install 'luoshi[web]'"
if find_spec("django") is not None and "DJANGO_SETTINGS_MODULE" not in os.environ:
    # Workers of xdist inherit these, so that all of them share one home.
    os.environ["LUOSHI_HOME"] = tempfile.mkdtemp(prefix="luoshi-test-")
    atexit.register(shutil.rmtree, os.environ["LUOSHI_HOME"], ignore_errors=True)
    os.environ["LUOSHI_DATABASE"] = os.environ.get("LUOSHI_TEST_DATABASE", "")
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.web.settings"
    import django

    django.setup()

settings.register_profile(
    "house", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("wide", settings.get_profile("house"), derandomize=False, max_examples=5000)
settings.load_profile(os.environ.get("LUOSHI_HYPOTHESIS", "house"))


sys.path.insert(0, str(Path(__file__).parent / "web"))  # where the cast of store and web stands: casting.py


@pytest.fixture
def cast(db: None) -> Cast:
    """A district with its people and one report; undone after the test."""
    del db
    from casting import make_cast

    return make_cast()


@pytest.fixture
def lasting_cast(transactional_db: None) -> Cast:
    """The same, committed: threads and other processes see it."""
    del transactional_db
    from casting import make_cast

    return make_cast()


class _WithoutDjango(pytest.Module):
    def _getobj(self) -> object:
        pytest.skip(_NO_DJANGO, allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Tests of store and web are skipped, and say why, where Django is not installed."""
    if find_spec("django") is None and {"store", "web"} & {part.name for part in module_path.parents}:
        return _WithoutDjango.from_parent(parent, path=module_path)
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, one a worker: a second loop of Playwright in the same thread would be refused."""
    if find_spec("playwright") is None:
        pytest.skip("no browser tests: playwright is not installed (pip install 'luoshi[dev]')")
    if not CHROMIUM.exists():
        pytest.skip(f"no browser tests: {CHROMIUM} is not there (apt install chromium)")
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, where Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield found
        found.close()


def _shared() -> Path | None:
    """The folder of real reports, from LUOSHI_SHARED or beside the checkout."""
    named = os.environ.get("LUOSHI_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    return folder if (folder / "corpus").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that holds ``corpus`` and ``gold``; the test is skipped where it is absent."""
    folder = _shared()
    if folder is None:
        pytest.skip(_ABSENT)
    return folder


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes ``real_report`` runs once for every real report (a path to its text)."""
    if "real_report" not in metafunc.fixturenames:
        return
    folder = _shared()
    if folder is None:
        metafunc.parametrize("real_report", [pytest.param(None, marks=pytest.mark.skip(reason=_ABSENT))])
        return
    levels = ("national", "province", "city", "county", "news")
    reports = [path for level in levels for path in sorted((folder / "corpus" / level).glob("*.txt"))]
    metafunc.parametrize("real_report", reports, ids=[path.stem for path in reports])
