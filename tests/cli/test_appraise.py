"""`samskap appraise`: what it prints and writes, and how it refuses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.formats.appraisals import EFFECTS, OPTIONS, document

from samskap.cli import main
from samskap.formats.appraisal_json import to_document, written


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["appraise", *map(str, arguments)])


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("appraisal") / "stored.json"
    file.write_bytes(written(document()))
    return file


def test_a_stored_answer_is_computed_again_and_is_the_same(stored: Path) -> None:
    done = run(stored)
    assert done.exit_code == 0
    assert "Net present value: 2,187,842 kroner" in done.stdout
    assert done.stdout.endswith("\nThe same answer as the one that is stored.\n")


def test_another_edition_is_told_beside_the_stored_one(stored: Path) -> None:
    done = run(stored, "--edition", "uk-2026", "--lang", "nn")
    assert done.exit_code == 0
    assert "Det lagra svaret vart laga etter no-r109-2021" in done.stdout


def test_a_changed_file_ends_with_one(stored: Path, tmp_path: Path) -> None:
    changed = json.loads(stored.read_bytes())
    changed["effects"][2]["quantity"][0] = 200.0
    file = tmp_path / "changed.json"
    file.write_bytes(written(changed))
    done = run(file)
    assert done.exit_code == 1
    assert "The file was changed after it was written." in done.stdout
    assert "Another answer than the one that is stored." in done.stdout


def test_a_file_that_asks_is_answered_and_written(stored: Path, tmp_path: Path) -> None:
    asks, out = tmp_path / "asks.json", tmp_path / "out.json"
    asks.write_bytes(written(to_document(EFFECTS, OPTIONS, title="Walking group")))
    done = run(asks, "--json", out)
    assert done.exit_code == 0
    assert "stored" not in done.stdout
    assert out.read_bytes() == stored.read_bytes()


def test_the_answer_alone_goes_to_standard_output(stored: Path) -> None:
    done = run(stored, "--json", "-")
    assert done.exit_code == 0
    assert done.stdout_bytes == stored.read_bytes()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"version": 2}, "is not an appraisal of version 1."),
        ({"effects": []}, "There is no effect to appraise."),
        ({"options": {"comparison_year": 2026, "edition": "x"}, "parameters": None}, "There is no edition x of the"),
    ],
)
def test_what_cannot_be_appraised_is_one_sentence_and_a_cure(
    change: dict[str, object], sentence: str, stored: Path, tmp_path: Path
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(json.loads(stored.read_bytes()) | change), "utf-8")
    done = run(file)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.output


def test_the_file_that_the_guide_shows_is_enough(tmp_path: Path) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs/how-to/recompute-an-appraisal.md").read_text("utf-8")
    shown = re.search(r"```json\n(.*?)```", guide, re.DOTALL)
    file = tmp_path / "shown.json"
    file.write_text(shown[1], "utf-8")
    done = run(file)
    assert done.exit_code == 0
    assert "Net present value: −1,000,385 kroner" in done.stdout
    assert "In 100,000 draws (seed 7)" in done.stdout


def test_a_folder_that_is_not_there_is_said(stored: Path, tmp_path: Path) -> None:
    done = run(stored, "--json", tmp_path / "nowhere" / "out.json")
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_no_database_and_no_django_are_needed(stored: Path) -> None:
    code = (
        "import sys; from click.testing import CliRunner; from samskap.cli import main; "
        f"done = CliRunner().invoke(main, ['appraise', {str(stored)!r}]); "
        "assert done.exit_code == 0, done.output; "
        "assert not {'django', 'scipy', 'numba'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
