"""`samskap import conversation` and `samskap export conversation`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests import factories

from samskap.apps.processes.models import Participant, Process
from samskap.apps.statements.models import Conversation, OpinionMap, Statement, Vote
from samskap.apps.trail.queries import checked_chains
from samskap.cli import main
from samskap.formats.polis_csv import (
    CastVote,
    ConversationPerson,
    ConversationStatement,
    read_conversation,
    write_conversation,
)
from samskap.formats.polis_csv import Conversation as OpenConversation

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def small(*, crowd: int = 40, **fields: object) -> OpenConversation:
    """Two camps on eight statements; the ninth was rejected, and nobody answered it."""
    votes = [
        CastVote(f"p{person}", str(number), 1 if number < 4 or person % 2 else -1, 1_510_660_000_000 + number)
        for person in range(crowd)
        for number in range(8)
    ]
    made: dict[str, object] = {
        "title": "Buss eller båt?",
        "description": "Om reisen.",
        "statements": (
            *(ConversationStatement(str(n), f"Påstand «{n}», med komma", moderated=1) for n in range(8)),
            ConversationStatement("8", "Noe om en person", moderated=-1),
        ),
        "people": tuple(sorted((ConversationPerson(f"p{n}") for n in range(crowd)), key=lambda each: each.key)),
        "votes": tuple(sorted(votes)),
    }
    return OpenConversation(**{**made, **fields})  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_conversation(small(), tmp_path / "buss")
    return tmp_path / "buss"


@pytest.fixture
def town(db: None) -> str:
    return factories.make_municipality(number="4016").number


def nothing_stored() -> bool:
    return not any(model.objects.exists() for model in (Process, Conversation, Statement, Participant, Vote))


@pytest.mark.parametrize("command", [["import"], ["export"], ["import", "conversation"], ["export", "conversation"]])
def test_every_command_explains_itself(command: list[str]) -> None:
    answer = run(*command, "--help")
    assert answer.exit_code == 0
    assert answer.output.startswith("Usage:")


def test_an_import_is_a_public_process_with_statements_people_votes_and_a_map(folder: Path, town: str) -> None:
    done = run("import", "conversation", folder, "--municipality", town)
    assert done.exit_code == 0, done.output
    conversation = Conversation.objects.get()
    assert (conversation.title, conversation.intro) == ("Buss eller båt?", "Om reisen.")
    assert conversation.process.is_published
    assert "buss" in conversation.process.summary
    assert list(conversation.statements.values_list("number", "state").order_by("number")) == [
        *((number, "accepted") for number in range(8)), (8, "rejected"),
    ]  # fmt: skip
    assert (Participant.objects.count(), Vote.objects.count()) == (40, 320)
    assert set(Participant.objects.values_list("channel", flat=True)) == {"web"}
    assert OpinionMap.objects.get().votes == 320
    assert f"/conversations/{conversation.pk}/direction/" in done.output
    assert all(chain.broken_at is None for chain in checked_chains())


def test_the_pages_show_an_import(folder: Path, town: str, client) -> None:
    run("import", "conversation", folder, "--municipality", town, "--title", "Reisen")
    conversation = Conversation.objects.get()
    client.cookies["samskap_language"] = "en"
    page = client.get(f"/conversations/{conversation.pk}/direction/").content.decode()
    assert "Reisen" in page
    assert "agree on 4 of 8 statements." in page
    assert "Noe om en person" not in page


def test_an_import_into_a_process_leaves_the_process_as_it_is(folder: Path, town: str) -> None:
    process = factories.make_process(published=False, title="Mitt")
    done = run("import", "conversation", folder, "--process", process.pk)
    assert done.exit_code == 0, done.output
    assert Conversation.objects.get().process == process
    process.refresh_from_db()
    assert (process.title, process.is_published) == ("Mitt", False)


def test_what_goes_in_comes_out(folder: Path, town: str, tmp_path: Path) -> None:
    run("import", "conversation", folder, "--municipality", town)
    done = run("export", "conversation", Conversation.objects.get().pk, tmp_path / "out")
    assert done.exit_code == 0, done.output
    before, after = read_conversation(folder), read_conversation(tmp_path / "out")
    assert {key: text for key, text in after.texts.items() if key != "8"} == {
        key: text for key, text in before.texts.items() if key != "8"
    }
    assert after.rejected == before.rejected == {"8"}
    assert after.texts["8"] == ""
    assert answers(after) == answers(before)
    assert (after.title, after.description) == (before.title, before.description)


def answers(conversation: OpenConversation) -> list[tuple[tuple[str, int], ...]]:
    """The answers of each person, without saying who: people are numbered anew."""
    given: dict[str, list[tuple[str, int]]] = {}
    for person, statement, value in conversation.rows:
        if statement not in conversation.rejected:
            given.setdefault(person, []).append((statement, value))
    return sorted(tuple(sorted(rows)) for rows in given.values())


@pytest.mark.parametrize("name", ["brexit-consensus", "san-juan-land-bank"])
def test_real_conversations_come_out_as_they_went_in(name: str, shared_data: Path, town: str, tmp_path: Path) -> None:
    done = run("import", "conversation", shared_data / "opinions" / name, "--municipality", town, "--language", "en")
    assert done.exit_code == 0, done.output
    run("export", "conversation", Conversation.objects.get().pk, tmp_path / "out.zip")
    before, after = read_conversation(shared_data / "opinions" / name), read_conversation(tmp_path / "out.zip")
    assert answers(after) == answers(before)
    accepted = before.texts.keys() - before.rejected
    assert {key: after.texts[key].split() for key in accepted} == {key: before.texts[key].split() for key in accepted}


@pytest.mark.slow
def test_a_large_real_conversation_is_stored_whole(shared_data: Path, town: str) -> None:
    done = run("import", "conversation", shared_data / "opinions/austria-energie", "--municipality", town)
    assert done.exit_code == 0, done.output
    assert Vote.objects.count() == 130_798


def test_a_zip_is_taken_too(town: str, tmp_path: Path) -> None:
    write_conversation(small(), tmp_path / "buss.zip")
    assert run("import", "conversation", tmp_path / "buss.zip", "--municipality", town).exit_code == 0
    assert Vote.objects.count() == 320


def edit(file: Path, *, row: int, column: str, value: str) -> None:
    with file.open(newline="") as stream:
        rows = list(csv.reader(stream))
    rows[row][rows[0].index(column)] = value
    with file.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)


def test_a_wrong_value_stops_the_import_with_file_row_and_value(folder: Path, town: str) -> None:
    edit(folder / "votes.csv", row=7, column="vote", value="2")
    done = run("import", "conversation", folder, "--municipality", town)
    assert done.exit_code == 1
    assert done.output.startswith("samskap: votes.csv, row 8, column vote: '2' cannot be used.")
    assert "Traceback" not in done.output
    assert nothing_stored()


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "said"),
    [
        ("votes.csv", 0, "vote", "stemme", "votes.csv has no column 'vote'"),
        ("comments.csv", 0, "comment-body", "text", "comments.csv has no column 'comment-body'"),
        ("comments.csv", 2, "comment-id", "0", "comments.csv, row 3: comment-id 0 is there already."),
    ],
)
def test_wrong_files_store_nothing(
    folder: Path, town: str, file: str, row: int, column: str, value: str, said: str
) -> None:
    edit(folder / file, row=row, column=column, value=value)
    done = run("import", "conversation", folder, "--municipality", town)
    assert (done.exit_code, said in done.output, nothing_stored()) == (1, True, True)


def test_an_unknown_sector_stores_nothing(town: str, tmp_path: Path) -> None:
    people = tuple(ConversationPerson(f"p{n}", sector="kirken") for n in range(9))
    votes = tuple(CastVote(f"p{n}", "0", 1) for n in range(9))
    statement = (ConversationStatement("0", "Hei", moderated=1),)
    write_conversation(small(statements=statement, people=people, votes=votes), tmp_path / "x")
    done = run("import", "conversation", tmp_path / "x", "--municipality", town)
    assert (done.exit_code, "“kirken”" in done.output, nothing_stored()) == (1, True, True)


def test_no_statement_and_no_vote(town: str, tmp_path: Path) -> None:
    write_conversation(small(statements=(), people=(), votes=()), tmp_path / "empty")
    done = run("import", "conversation", tmp_path / "empty", "--municipality", town)
    assert (done.exit_code, "holds no statement" in done.output, nothing_stored()) == (1, True, True)
    write_conversation(small(people=(), votes=()), tmp_path / "silent")
    assert run("import", "conversation", tmp_path / "silent", "--municipality", town).exit_code == 0
    assert (Statement.objects.count(), Vote.objects.count()) == (9, 0)


def test_statements_that_are_not_numbered_are_counted(town: str, tmp_path: Path) -> None:
    statements = (ConversationStatement("b7", "Andre", moderated=1), ConversationStatement("a", "Første", moderated=1))
    votes = (CastVote("p", "a", 1), CastVote("p", "b7", -1))
    write_conversation(small(statements=statements, people=(ConversationPerson("p"),), votes=votes), tmp_path / "x")
    assert run("import", "conversation", tmp_path / "x", "--municipality", town).exit_code == 0
    assert list(Statement.objects.values_list("number", "text").order_by("number")) == [(1, "Første"), (2, "Andre")]
    assert set(Vote.objects.values_list("statement__number", "choice")) == {(1, 1), (2, -1)}


def test_where_it_belongs_must_be_said_once(folder: Path, town: str) -> None:
    assert run("import", "conversation", folder).exit_code == 2
    assert run("import", "conversation", folder, "--process", 1, "--municipality", town).exit_code == 2
    assert run("import", "conversation", folder / "not-there", "--municipality", town).exit_code == 2
    done = run("import", "conversation", folder, "--process", 999)
    assert (done.exit_code, "There is no process 999." in done.output) == (1, True)
    done = run("import", "conversation", folder, "--municipality", "0301")
    assert (done.exit_code, "samskap municipality add 0301" in done.output) == (1, True)
    assert nothing_stored()


def test_hidden_results_are_not_written(town: str, tmp_path: Path) -> None:
    conversation = factories.make_conversation(statements=2, window="open")
    factories.make_vote(factories.make_participant(conversation.process), conversation.statements.first())
    for form in ("polis", "json"):
        done = run("export", "conversation", conversation.pk, tmp_path / "out", "--form", form)
        assert (done.exit_code, "hidden until the host shows them" in done.output) == (1, True)
    assert not (tmp_path / "out").exists()
    assert run("export", "conversation", 999, tmp_path / "out").exit_code == 1


def test_the_result_is_written_as_json(folder: Path, town: str, tmp_path: Path) -> None:
    run("import", "conversation", folder, "--municipality", town)
    done = run("export", "conversation", Conversation.objects.get().pk, tmp_path / "result.json", "--form", "json")
    assert done.exit_code == 0, done.output
    document = json.loads((tmp_path / "result.json").read_text())
    assert document["told"]["headline"].endswith("agree on 4 of 8 statements.")


def test_a_place_that_cannot_be_written_is_said(folder: Path, town: str, tmp_path: Path) -> None:
    run("import", "conversation", folder, "--municipality", town)
    (tmp_path / "file").write_text("x")
    done = run("export", "conversation", Conversation.objects.get().pk, tmp_path / "file" / "out.zip")
    assert done.exit_code == 1
    assert "cannot be written" in done.output
    assert "Traceback" not in done.output


def test_a_failed_export_leaves_the_old_file(folder: Path, town: str, tmp_path: Path, monkeypatch) -> None:
    run("import", "conversation", folder, "--municipality", town)
    target = tmp_path / "out.zip"
    target.write_bytes(b"before")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    done = run("export", "conversation", Conversation.objects.get().pk, target)
    assert (done.exit_code, "No space left on device" in done.output) == (1, True)
    assert target.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []
