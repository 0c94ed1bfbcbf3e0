"""`samskap map`: what it prints and writes, and how it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.engines.opinion_map.worlds import planted

from samskap.cli import main
from samskap.formats.opinion_json import from_document
from samskap.formats.polis_csv import (
    CastVote,
    Conversation,
    ConversationPerson,
    ConversationStatement,
    write_conversation,
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["map", *map(str, arguments)])


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    rows, _ = planted(2, people=100, statements=16, density=0.9)
    rows += [(f"p{i}", "all", 1) for i in range(100)]
    conversation = Conversation(
        title="Buses [bold]now\x1b[2J",
        description="",
        statements=tuple(ConversationStatement(key, f"Words of {key}") for key in sorted({row[1] for row in rows})),
        people=tuple(
            ConversationPerson(key, sector="public" if i % 3 else "voluntary")
            for i, key in enumerate(sorted({row[0] for row in rows}))
        ),
        votes=tuple(CastVote(*row) for row in sorted(rows)),
    )
    write_conversation(conversation, tmp_path / "talk")
    return tmp_path / "talk"


def test_groups_and_common_ground_are_printed(talk: Path) -> None:
    done = run(talk)
    assert done.exit_code == 0
    parts = (
        "There are 2 groups",
        "Group A",
        "Group B",
        "Common ground: all agree",
        "Words of all",
        "What divides",
    )
    for part in parts:
        assert part in done.stdout
    assert "[bold]now" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_files_are_written_and_hold_the_map(talk: Path, tmp_path: Path, language: str) -> None:
    files = [tmp_path / f"map.{kind}" for kind in ("json", "svg", "html")]
    done = run(talk, "--json", files[0], "--svg", files[1], "--html", files[2], "--lang", language, "--seed", 7)
    assert done.exit_code == 0
    result = from_document(json.loads(files[0].read_text("utf-8")))
    assert (result.seed, result.structure.groups) == (7, 2)
    assert files[1].read_text("utf-8").startswith("<svg")
    assert f'lang="{language}"' in files[2].read_text("utf-8")


def test_the_same_call_prints_the_same(talk: Path) -> None:
    assert run(talk).stdout == run(talk).stdout


def test_background_is_counted_beside_the_map(talk: Path, tmp_path: Path) -> None:
    done = run(talk, "--background", "all", "--json", tmp_path / "map.json")
    assert done.exit_code == 0
    document = json.loads((tmp_path / "map.json").read_text("utf-8"))
    assert "all" not in {item["statement"] for item in document["common_ground"]}


def test_bad_data_ends_with_one_and_a_sentence(talk: Path) -> None:
    (talk / "votes.csv").write_text("comment-id,voter-id,vote\nall,p1,7\n")
    done = run(talk)
    assert done.exit_code == 1
    assert "votes.csv, row 2, column vote: '7' cannot be used." in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize("arguments", [("absent",), (), (".", "--lang", "xx"), (".", "--seed", "-1")])
def test_wrong_usage_ends_with_two(arguments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).exit_code == 2


def test_a_file_that_cannot_be_written_ends_with_one(talk: Path, tmp_path: Path) -> None:
    done = run(talk, "--json", tmp_path / "absent" / "map.json")
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_an_unknown_background_statement_ends_with_one(talk: Path) -> None:
    done = run(talk, "--background", "nobody")
    assert (done.exit_code, "There is no statement 'nobody'." in done.stderr) == (1, True)


def with_groups(talk: Path, groups: dict[str, str]) -> None:
    """Write the group that Polis published into the file of participants."""
    file = talk / "participants-votes.csv"
    head, *lines = file.read_text("utf-8").splitlines()
    at = head.split(",").index("group-id")
    rows = [line.split(",") for line in lines]
    for row in rows:
        row[at] = groups.get(row[0], "")
    file.write_text("\n".join([head, *(",".join(row) for row in rows)]) + "\n", "utf-8")


def test_polis_is_printed_beside_our_map_and_written_in_its_own_form(talk: Path, tmp_path: Path) -> None:
    done = run(talk, "--polis", tmp_path / "polis.json")
    assert done.exit_code == 0
    plain = run(talk).stdout
    assert done.stdout.startswith(plain)
    told = " ".join(done.stdout[len(plain) :].split())
    assert "Groups of Polis, and where our map has their people" in told
    assert "Words of all agree 99% ≥" in told
    assert "groups in the files" not in told
    document = json.loads((tmp_path / "polis.json").read_text("utf-8"))
    assert (document["n"], document["n-cmts"], len(document["group-clusters"])) == (100, 17, 2)
    assert f"Wrote {tmp_path / 'polis.json'}" in done.stderr


def test_published_groups_are_kept_in_the_file_and_compared(talk: Path, tmp_path: Path) -> None:
    groups = {f"p{i}": "7" if i % 2 else "3" for i in range(90)}
    with_groups(talk, groups)
    done = run(talk, "--polis", tmp_path / "polis.json", "--background", "s0")
    document = json.loads((tmp_path / "polis.json").read_text("utf-8"))
    sizes = {key: group["n-members"] for key, group in document["group-votes"].items()}
    assert (done.exit_code, sizes, document["meta-tids"]) == (0, {"3": 45, "7": 45}, ["s0"])
    lines = done.stdout.splitlines()[-3:]
    assert [line.split(":")[0].strip() for line in lines] == [
        "groups in the files, and ours",
        "groups in the files, and Polis computed here",
        "Polis computed here, and ours",
    ]
    # The published groups are made up, so they agree with others as by chance; the other two find what was planted.
    values = [float(line.split(":")[1]) for line in lines]
    assert max(map(abs, values[:2])) < 0.1
    assert values[2] > 0.8


def test_a_polis_file_that_cannot_be_written_ends_with_one(talk: Path, tmp_path: Path) -> None:
    done = run(talk, "--polis", tmp_path / "absent" / "polis.json")
    assert (done.exit_code, "cannot be written" in done.stderr) == (1, True)


@pytest.mark.parametrize("statements", [0, 1])
def test_polis_of_too_little_is_written_too(tmp_path: Path, statements: int) -> None:
    (tmp_path / "comments.csv").write_text("comment-id,comment-body\n" + "1,x\n" * statements)
    (tmp_path / "votes.csv").write_text("comment-id,voter-id,vote\n" + "1,a,1\n" * statements)
    done = run(tmp_path, "--polis", tmp_path / "polis.json")
    assert done.exit_code == 0
    assert "Polis computed here, and ours: there are none to compare" in done.stdout
    document = json.loads((tmp_path / "polis.json").read_text("utf-8"))
    assert (document["n"], len(document["group-clusters"])) == (statements, statements)


@pytest.mark.parametrize("statements", [0, 1])
def test_too_little_is_a_result(tmp_path: Path, statements: int) -> None:
    (tmp_path / "comments.csv").write_text("comment-id,comment-body\n" + "1,x\n" * statements)
    (tmp_path / "votes.csv").write_text("comment-id,voter-id,vote\n" + "1,a,1\n" * statements)
    done = run(tmp_path, "--html", tmp_path / "map.html")
    assert done.exit_code == 0
    assert "There are too few statements to look for groups." in done.stdout


@pytest.mark.parametrize("name", ["brexit-consensus", "san-juan-land-bank", "austria-energie"])
def test_a_real_conversation_is_mapped(shared_data: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "samskap", "map", str(shared_data / "opinions" / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Common ground: all agree" in done.stdout
    assert "Group A" in done.stdout
