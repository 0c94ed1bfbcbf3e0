"""The wheel: built from the source distribution, installed into an empty environment, it serves the example."""

import os
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT_S = 120


def clean_environment() -> dict[str, str]:
    """Our environment without what would lead the installed package back to this project or its settings."""
    ours = ("SAMSKAP_", "DATABASE_", "DJANGO_", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """Run to the end and hand back what was printed; a failure shows it."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**clean_environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("wheel")


@pytest.fixture(scope="module")
def source(folder) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, folder=ROOT)
    return next(folder.glob("samskap-*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(folder, source) -> Path:
    """Built from the source distribution alone, so that it holds all that the build needs."""
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    run(*pip, "-w", folder, source, folder=folder)
    return next(folder.glob("samskap-*.whl"))


@pytest.fixture(scope="module")
def samskap(folder, wheel) -> Path:
    """The command in an environment of its own, with the pinned dependencies and nothing else."""
    place = folder / "environment"
    run(sys.executable, "-m", "venv", place, folder=folder)
    python = place / "bin" / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt", folder=folder)
    run(*pip, "--no-deps", wheel, folder=folder)
    run(python, "-m", "pip", "check", folder=folder)
    return place / "bin" / "samskap"


@pytest.fixture(scope="module")
def served(folder, samskap, made_town):
    """The address of the example municipality, served by the installed package."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shutil.copytree(made_town, folder / "data")
    environment = {**clean_environment(), "SAMSKAP_DATA": str(folder / "data")}
    command = [samskap, "demo", "--keep", "--host", "127.0.0.1", "--port", str(port)]
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server, folder / "server.log")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    give_up = time.monotonic() + START_LIMIT_S
    while time.monotonic() < give_up:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as answer:
            answer.close()
            pytest.fail(f"The front page answers {answer.code}.\n{log.read_text()}")
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"No answer within {START_LIMIT_S} s.\n{log.read_text()}")


def _get(address: str, **headers: str):
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20)


def test_the_source_distribution_has_the_frontend_but_nothing_foreign_or_built(source):
    with tarfile.open(source) as archive:
        names = [name.split("/", 1)[1] for name in archive.getnames()]
    assert "frontend/package-lock.json" in names
    assert "frontend/src/samskap.css" in names
    assert [name for name in names if "node_modules" in name or name.endswith((".mo", ".br", ".sqlite3"))] == []


def test_the_wheel_holds_assets_templates_and_catalogues_and_no_tests(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = {f"samskap/web/static/samskap/samskap.{kind}{packed}" for kind in ("css", "js") for packed in ("", ".gz")}
    wanted |= {f"samskap/locale/{language}/LC_MESSAGES/django.mo" for language in ("nb", "nn", "en")}
    wanted |= {"samskap/web/static/samskap/samskap.css.br"}
    told = [file for file in (ROOT / "src/samskap").rglob("*") if file.suffix in {".html", ".txt", ".toml", ".typ"}]
    wanted |= {file.relative_to(ROOT / "src").as_posix() for file in told}
    assert {"samskap/web/templates/web/base.html", "samskap/cli/demo_content/town.toml"} < wanted
    assert wanted - names == set()
    assert [name for name in names if not name.startswith(("samskap/", "samskap-"))] == []


def test_the_command_says_its_version(folder, samskap):
    assert run(samskap, "--version", folder=folder).strip() == "samskap, version 0.1.0"


def test_the_example_serves_pages_and_packed_assets(served):
    with _get(f"{served}/", **{"Accept-Language": "nb"}) as page:
        html = page.read().decode()
    assert '<html lang="nb"' in html
    stylesheet = html.split('<link rel="stylesheet" href="', 1)[1].split('"', 1)[0]
    with _get(served + stylesheet, **{"Accept-Encoding": "br"}) as asset:
        assert asset.headers["Content-Encoding"] == "br"
        assert asset.headers["Content-Type"].startswith("text/css")
        assert len(asset.read()) > 5_000


def test_the_example_speaks_three_languages(served):
    titles = []
    for language in ("nb", "nn", "en"):
        with _get(f"{served}/accessibility/", **{"Accept-Language": language}) as page:
            titles.append(page.read().decode().split("<h1>", 1)[1].split("</h1>", 1)[0])
    assert titles == ["Tilgjengelighetserklæring", "Tilgjengelegheitserklæring", "Accessibility statement"]
