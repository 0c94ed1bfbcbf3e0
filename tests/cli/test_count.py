"""`samskap count` and `samskap audit`: what they print and write, and how they refuse."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.engines.fair_budget.village import PABULIB

from samskap.cli import main
from samskap.formats.count_json import digest, from_document


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture
def ballots(tmp_path: Path) -> Path:
    file = tmp_path / "village.pb"
    file.write_text(PABULIB, "utf-8")
    return file


@pytest.fixture
def result(ballots: Path, tmp_path: Path) -> Path:
    file = tmp_path / "result.json"
    assert run("count", ballots, "--json", file).exit_code == 0
    return file


def test_a_count_without_options_is_that_of_the_file(ballots: Path) -> None:
    done = run("count", ballots)
    assert done.exit_code == 0
    for part in (
        "Count: The village",
        "2 of 3 projects won. They cost 72,000 of 90,000 NOK. 9 ballots were counted.",
        "Rule: Equal Shares.",
        "1. 1 Playground",
        "supporters had too little left",
        "The file names the same winners.",
    ):
        assert part in done.stdout


def test_options_of_the_caller_count(ballots: Path) -> None:
    done = run("count", ballots, "--rule", "greedy", "--tie-break", "lottery", "--seed", "7", "--lang", "nn")
    assert done.exit_code == 0
    text = " ".join(done.stdout.split())
    for part in ("flest røyster først", "Frø for loddtrekninga: 7.", "Fila nemner andre vinnarar: òg 3, og ikkje 2."):
        assert part in text


def test_the_result_is_the_same_bytes_each_time_and_packed_or_not(ballots: Path, tmp_path: Path) -> None:
    written = []
    for number, content in enumerate([ballots.read_bytes(), ballots.read_bytes(), gzip.compress(ballots.read_bytes())]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "village.pb").write_bytes(content)
        done = run("count", folder / "village.pb", "--json", folder / "result.json")
        assert (done.exit_code, f"Wrote {folder / 'result.json'}" in done.stderr) == (0, True)
        written.append((folder / "result.json").read_bytes())
    assert written[0] == written[1] == written[2]
    assert from_document(json.loads(written[0])).winners == ("1", "3")


def test_json_to_the_standard_output_is_all_that_is_printed(ballots: Path, result: Path) -> None:
    assert run("count", ballots, "--json", "-").stdout_bytes == result.read_bytes()


def test_repairs_are_told_and_without_lenient_refused(ballots: Path) -> None:
    ballots.write_text(PABULIB.replace("num_votes;9", "num_votes;8"), "utf-8")
    refused = run("count", ballots)
    assert (refused.exit_code, "META says that num_votes is 8, and 9 are there." in refused.stderr) == (1, True)
    done = run("count", ballots, "--lenient")
    assert (done.exit_code, "num_votes is 8" in done.stderr, "9 ballots" in done.stdout) == (0, True, True)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--rule", "lots"], "There is no rule called lots."),
        (["--satisfaction", "points"], "Ballots of the kind approval have no points."),
        (["--rule", "greedy", "--completion", "add1"], "The rule greedy does not take the completion add1."),
        (["--tie-break", "lottery"], "A lottery needs a public seed."),
        (["--tie-break", "luck"], "There is no order called luck."),
    ],
)
def test_what_cannot_be_counted_ends_with_one_and_a_sentence(options: list[str], sentence: str, ballots: Path) -> None:
    done = run("count", ballots, *options)
    assert (done.exit_code, done.stderr.startswith("samskap: "), sentence in done.stderr) == (1, True, True)


def test_what_cannot_be_written_ends_with_one(ballots: Path, tmp_path: Path) -> None:
    done = run("count", ballots, "--json", tmp_path / "absent/result.json")
    assert (done.exit_code, "cannot be written" in done.stderr) == (1, True)


@pytest.mark.parametrize("arguments", [("count",), ("count", "absent.pb"), ("audit", "absent.json")])
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_an_honest_result_is_the_same(ballots: Path, result: Path) -> None:
    done = run("audit", result, ballots)
    assert (done.exit_code, done.stdout) == (
        0,
        "The same. The ballots give this result: 2 of 3 projects, and every other number of it.\n",
    )


def changed(result: Path, **fields: Any) -> Path:
    """The result with other fields, and its hash made anew, as one would who wants to hide it."""
    document = json.loads(result.read_text("utf-8")) | fields
    result.write_text(json.dumps(document | {"sha256": digest(document)}), "utf-8")
    return result


def test_a_changed_winner_is_different(ballots: Path, result: Path) -> None:
    done = run("audit", changed(result, winners=["1", "2"]), ballots)
    assert (done.exit_code, done.stdout.splitlines()) == (
        1,
        ["Different.", "Winners: only in the result 2; only in the recount 3."],
    )


def test_a_changed_option_is_different(ballots: Path, result: Path) -> None:
    options = json.loads(result.read_text("utf-8"))["options"] | {"satisfaction": "cardinality"}
    done = run("audit", changed(result, options=options), ballots)
    told = " ".join(done.stdout.split())
    assert done.exit_code == 1
    assert "the result says equal_shares, cardinality, none, lexicographic, the file of ballots says" in told


def test_changed_ballots_are_different(ballots: Path, result: Path) -> None:
    ballots.write_text(PABULIB.replace("9;3\n", "9;1,3\n").replace("42000;6", "42000;7"), "utf-8")
    done = run("audit", result, ballots)
    assert (done.exit_code, "Ballots: the result is of the file" in done.stdout) == (1, True)


def test_a_result_that_was_changed_by_hand_says_so(ballots: Path, result: Path) -> None:
    result.write_text(result.read_text("utf-8").replace('"votes": 5', '"votes": 4'), "utf-8")
    done = run("audit", result, ballots)
    told = " ".join(done.stdout.split())
    assert done.exit_code == 1
    assert "The result was changed after it was written" in told
    assert "what the result says of 2 is not what the recount gives" in told


def test_another_version_is_told(ballots: Path, result: Path) -> None:
    done = run("audit", changed(result, versions={"samskap": "0.0.1", "engine": 1}), ballots)
    assert (done.exit_code, "It was counted with Samskap 0.0.1, engine 1." in done.stdout) == (0, True)


def test_what_is_no_result_ends_with_one_and_a_sentence(ballots: Path) -> None:
    done = run("audit", ballots, ballots)
    assert (done.exit_code, "village.pb is not JSON" in done.stderr) == (1, True)


def test_it_runs_without_database_and_settings(ballots: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from samskap.cli import main; main(standalone_mode=False); assert 'django.apps' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "count", str(ballots), "--json", str(tmp_path / "r.json")],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={"PATH": "/usr/bin", "LANG": "C"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, f"Wrote {tmp_path / 'r.json'}\n")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["r.json", "village.pb"]
