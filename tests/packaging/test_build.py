"""The asset build: quick when nothing changed, and one clear sentence when it cannot go on."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def hatch_build():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sources(tmp_path):
    """A copy of what the build reads, without anything installed or built."""
    shutil.copy(ROOT / "hatch_build.py", tmp_path)
    shutil.copytree(ROOT / "frontend", tmp_path / "frontend", ignore=shutil.ignore_patterns("node_modules"))
    return tmp_path


def build(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "hatch_build.py")]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)


def test_unchanged_sources_are_not_built_again(hatch_build, monkeypatch):
    monkeypatch.setattr(hatch_build, "_fingerprint", hatch_build.STAMP.read_text)
    monkeypatch.setattr(hatch_build, "_node", lambda: pytest.fail("Node was asked for."))
    hatch_build.build_assets()


def test_every_source_is_in_the_fingerprint(hatch_build, sources, monkeypatch):
    monkeypatch.setattr(hatch_build, "FRONTEND", sources / "frontend")
    monkeypatch.setattr(hatch_build, "ROOT", sources)
    monkeypatch.setattr(hatch_build, "__file__", str(sources / "hatch_build.py"))
    seen = {hatch_build._fingerprint()}
    changed = [sources / "hatch_build.py", sources / "frontend" / "package-lock.json"]
    changed += [path for path in sorted((sources / "frontend" / "src").rglob("*")) if path.is_file()]
    for path in changed:
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(hatch_build._fingerprint())
    assert len(seen) == len(changed) + 1


def test_a_registry_out_of_reach_is_told_in_one_sentence(sources):
    answer = build(
        sources, npm_config_registry="http://127.0.0.1:9/", npm_config_cache=str(sources / "cache"), CI="true"
    )
    assert answer.returncode == 1
    assert answer.stderr == (
        "samskap: The npm registry cannot be reached, so the assets cannot be built; connect to the network or set "
        "npm_config_registry to a mirror, and try again.\n"
    )


def test_a_mistake_in_a_source_is_told_with_file_and_line(hatch_build, sources, monkeypatch, tmp_path):
    (sources / "frontend" / "src" / "broken.js").write_text("const = 1;\n")
    (sources / "frontend" / "node_modules").symlink_to(ROOT / "frontend" / "node_modules")
    monkeypatch.setattr(hatch_build, "FRONTEND", sources / "frontend")
    with pytest.raises(hatch_build.BuildError, match=r"src/broken\.js:1:6"):
        hatch_build._bundle(hatch_build._node(), [sources / "frontend" / "src" / "broken.js"], tmp_path / "out")


def test_the_lock_file_names_no_registry():
    lock = (ROOT / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') >= 10
