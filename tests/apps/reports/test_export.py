"""The open files: exact data, and nothing that leads to a person."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import factories
from tests.apps.reports.conftest import SECRET, Held, hold
from tests.apps.viewers import Town

from samskap.apps.reports import queries
from samskap.apps.statements import queries as statements
from samskap.apps.statements.models import Vote
from samskap.cli import main
from samskap.formats.polis_csv import Conversation as OpenConversation
from samskap.formats.polis_csv import read_zipped_conversation
from samskap.kernel import clock

pytestmark = pytest.mark.django_db


def packed(held: Held, town: Town) -> bytes:
    answer = town.client("anonymous").get(f"/conversations/{held.conversation.pk}/export.zip")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    return answer.content


def exported(held: Held, town: Town) -> OpenConversation:
    return read_zipped_conversation(packed(held, town))


def test_every_vote_that_counts_is_in_the_files(held: Held, town: Town) -> None:
    found = exported(held, town)
    stored = Vote.objects.filter(statement__conversation=held.conversation)
    assert sorted((vote.statement, vote.value) for vote in found.votes) == sorted(
        (str(number), choice) for number, choice in stored.values_list("statement__number", "choice")
    )
    assert found.title == "Hva skal vi gjøre sammen?"


def test_a_rejected_statement_stands_without_its_words_and_a_waiting_one_not_at_all(held: Held, town: Town) -> None:
    factories.make_statement(held.conversation, text="Venter.", state="waiting", number=40)
    found = {statement.key: (statement.moderated, statement.text) for statement in exported(held, town).statements}
    assert found["15"] == (-1, "")
    assert "40" not in found
    assert found["1"] == (1, held.conversation.statements.get(number=1).text)
    names = zipfile.ZipFile(io.BytesIO(packed(held, town)))
    assert not [name for name in names.namelist() if SECRET.encode() in names.read(name)]


def test_people_are_numbered_and_lead_to_no_ticket(held: Held, town: Town) -> None:
    found = exported(held, town)
    assert sorted(int(person.key) for person in found.people) == list(range(60))
    content = b"".join(
        zipfile.ZipFile(io.BytesIO(packed(held, town))).read(name) for name in ("votes.csv", "participants-votes.csv")
    )
    for person in held.people:
        for name in (
            str(person.key),
            person.key.hex,
            person.alias,
            statements.pseudonym(held.conversation, person.key.hex),
        ):
            assert name.encode() not in content


def test_sectors_are_told_where_every_combination_is_five_or_more(held: Held, town: Town) -> None:
    assert set(exported(held, town).sectors.values()) == {"public", "private", "voluntary"}


def test_sectors_are_left_out_where_a_combination_would_be_small(town: Town) -> None:
    held = hold(town)
    for person in [person for person in held.people if person.sector == "voluntary"][4:]:
        person.sector = "public"
        person.save(update_fields=["sector"])
    assert exported(held, town).sectors == {}
    readme = zipfile.ZipFile(io.BytesIO(packed(held, town))).read("README.txt").decode()
    assert "There is no column sector" in readme


def test_times_are_cut_to_the_hour_and_lonely_hours_left_out(held: Held, town: Town) -> None:
    noon = datetime(2017, 11, 14, 12, 34, 56, tzinfo=UTC)
    votes = Vote.objects.filter(statement__conversation=held.conversation)
    votes.update(cast_at=noon)
    lonely = held.people[0]
    votes.filter(participant=lonely).update(cast_at=noon + timedelta(hours=9))
    times = {vote.timestamp for vote in exported(held, town).votes}
    assert times == {int(datetime(2017, 11, 14, 12, tzinfo=UTC).timestamp() * 1000), None}


def test_authors_are_left_out(held: Held, town: Town) -> None:
    factories.make_statement(held.conversation, text="Skrevet av en deltaker.", author=held.people[0], number=50)
    assert {statement.author for statement in exported(held, town).statements} == {None}


def test_a_statement_that_looks_like_a_formula_is_kept_exactly(held: Held, town: Town) -> None:
    held.conversation.statements.filter(number=1).update(text='=HYPERLINK("x"),1')
    assert exported(held, town).texts["1"] == '=HYPERLINK("x"),1'
    assert "import the columns as text" in zipfile.ZipFile(io.BytesIO(packed(held, town))).read("README.txt").decode()


def test_the_map_of_the_files_is_the_map_of_the_page(held: Held, town: Town, tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_bytes(packed(held, town))
    ran = CliRunner().invoke(main, ["map", str(tmp_path / "export.zip"), "--json", str(tmp_path / "map.json")])
    assert ran.exit_code == 0
    again = json.loads((tmp_path / "map.json").read_text())
    telling = queries.direction(held.conversation, round=1).telling
    assert telling is not None
    assert sorted(group["size"] for group in again["groups"]) == sorted(group.size for group in telling.groups)
    assert [ground["statement"] for ground in again["common_ground"]] == [
        str(one.statement.words.number)
        for one in sorted([*telling.agreed, *telling.rejected], key=lambda one: again_order(again, one))
    ]
    readme = zipfile.ZipFile(tmp_path / "export.zip").read("README.txt").decode()
    assert re.search(r"input_hash is then: (\w+)", readme)[1] == again["input_hash"]  # type: ignore[index]


def again_order(again: dict, one: object) -> int:
    keys = [ground["statement"] for ground in again["common_ground"]]
    return keys.index(str(one.statement.words.number))  # type: ignore[attr-defined]


def test_the_same_votes_give_the_same_bytes(held: Held, town: Town) -> None:
    assert packed(held, town) == packed(held, town)


def test_background_statements_are_named_for_those_who_compute_again(held: Held, town: Town) -> None:
    held.conversation.statements.filter(number=3).update(is_background=True)
    readme = zipfile.ZipFile(io.BytesIO(packed(held, town))).read("README.txt").decode()
    assert "samskap map FOLDER --json FILE --background 3" in readme


def test_a_round_is_exported_alone(held: Held, town: Town) -> None:
    window = factories.make_activity(
        process=held.conversation.process, state="closed", round=2, results="when_shown", opens_at=clock.now()
    )
    factories.make_window(held.conversation, activity=window)
    factories.make_vote(held.people[0], held.conversation.statements.get(number=1), round=2)
    address = f"/conversations/{held.conversation.pk}/export.zip"
    client = town.client("anonymous")
    assert client.get(address, {"round": "2"}).status_code == 403
    assert len(read_zipped_conversation(client.get(address).content).votes) == 60 * 14
