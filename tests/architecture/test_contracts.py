"""The import contracts hold, and none of them has been loosened away."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_import_contract_is_kept() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "0 broken" in run.stdout, run.stdout + run.stderr
    assert run.returncode == 0


def test_the_eight_contracts_are_there_and_no_import_is_excused() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert [contract["id"] for contract in linter["contracts"]] == [
        "floors", "steps", "roles", "pure", "silent-engines", "islands", "engine-callers", "one-path",
    ]  # fmt: skip
    assert not any("ignore_imports" in contract for contract in linter["contracts"])
    assert all(c["exhaustive"] for c in linter["contracts"] if c["type"] == "layers")
