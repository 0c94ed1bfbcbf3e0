"""The Polis CSV form: real exports are read, everything is written back, and bad files get a sentence."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samskap.formats import bundle
from samskap.formats.errors import FormatError
from samskap.formats.polis_csv import (
    CastVote,
    Conversation,
    ConversationPerson,
    ConversationStatement,
    conversation_files,
    read_conversation,
    read_zipped_conversation,
    write_conversation,
    zip_conversation,
)

COMMENTS = b"timestamp,comment-id,author-id,moderated,comment-body\n5,1,9,1,More buses\n6,2,9,-1,Rude\n"
VOTES = b"timestamp,comment-id,voter-id,vote\n10,1,a,1\n30,1,a,-1\n20,1,a,0\n10,3,b,0\n"
PEOPLE = b"participant,group-id,sector,n-votes,1,2\na,0,public,2,-1,\nc,,,0,,\n"


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def read(**files: bytes) -> Conversation:
    return read_zipped_conversation(zipped({f"{name.replace('_', '-')}.csv": data for name, data in files.items()}))


def test_a_conversation_is_read_whole() -> None:
    found = read(comments=COMMENTS, votes=VOTES, participants_votes=PEOPLE, summary=b"topic,Buses\n")
    assert found == Conversation(
        title="Buses",
        description="",
        statements=(
            ConversationStatement("1", "More buses", author="9", moderated=1, timestamp=5),
            ConversationStatement("2", "Rude", author="9", moderated=-1, timestamp=6),
            ConversationStatement("3", ""),
        ),
        people=(
            ConversationPerson("a", polis_group="0", sector="public"),
            ConversationPerson("b"),
            ConversationPerson("c"),
        ),
        votes=(CastVote("a", "1", -1, 30), CastVote("b", "3", 0, 10)),
    )
    assert (found.revotes, found.rejected, found.sectors) == (2, frozenset({"2"}), {"a": "public"})


def test_votes_are_taken_from_the_matrix_where_votes_csv_is_missing() -> None:
    found = read(comments=COMMENTS, participants_votes=PEOPLE)
    assert found.votes == (CastVote("a", "1", -1),)


def test_no_votes_and_no_statements_are_a_conversation_too() -> None:
    found = read(comments=b"comment-id,comment-body\n", votes=b"voter-id,comment-id,vote\n")
    assert (found.statements, found.people, found.votes) == ((), (), ())


BAD = {
    "no comments": ({"votes": VOTES}, "format_missing", "comments.csv"),
    "no votes": ({"comments": COMMENTS}, "format_missing", "votes.csv"),
    "empty": ({"comments": b"", "votes": VOTES}, "format_empty", "comments.csv is empty"),
    "column": ({"comments": b"id,text\n", "votes": VOTES}, "format_columns", "comment-id"),
    "two columns": ({"comments": b"comment-id,comment-id\n", "votes": VOTES}, "format_columns", "more than one"),
    "repeated statement": (
        {"comments": b"comment-id,comment-body\n1,x\n1,y\n", "votes": VOTES},
        "format_repeated",
        "row 3",
    ),
    "repeated vote": (
        {"comments": COMMENTS, "votes": b"comment-id,voter-id,vote\n1,a,1\n1,a,1\n"},
        "format_repeated",
        "row 3",
    ),
    "repeated person": (
        {"comments": COMMENTS, "participants_votes": b"participant,1\na,1\na,1\n"},
        "format_repeated",
        "participant a",
    ),
    "value": (
        {"comments": COMMENTS, "votes": b"comment-id,voter-id,vote\n1,a,2\n"},
        "format_value",
        "votes.csv, row 2, column vote: '2'",
    ),
    "matrix value": (
        {"comments": COMMENTS, "participants_votes": b"participant,1\na,yes\n"},
        "format_value",
        "row 2, column 1: 'yes'",
    ),
    "stray column": (
        {"comments": COMMENTS, "participants_votes": b"participant,age\na,50\n"},
        "format_columns",
        "'age'",
    ),
    "no id": ({"comments": COMMENTS, "votes": b"comment-id,voter-id,vote\n1,,1\n"}, "format_value", "voter-id"),
    "cells": ({"comments": COMMENTS, "votes": b"comment-id,voter-id,vote\n1,a\n"}, "format_cells", "2 cells"),
    "quotes": ({"comments": b'comment-id,comment-body\n1,"x', "votes": VOTES}, "format_csv", "row 2"),
    "encoding": (
        {"comments": "comment-id,comment-body\n1,blåbær\n".encode("latin-1"), "votes": VOTES},
        "format_encoding",
        "row 2: the byte 0xE5",
    ),
    "moderated": (
        {"comments": b"comment-id,comment-body,moderated\n1,x,7\n", "votes": VOTES},
        "format_value",
        "moderated",
    ),
    "time": (
        {"comments": COMMENTS, "votes": b"timestamp,comment-id,voter-id,vote\nnoon,1,a,1\n"},
        "format_value",
        "timestamp",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gets_a_sentence_that_names_it(case: str) -> None:
    files, code, part = BAD[case]
    with pytest.raises(FormatError) as caught:
        read(**files)
    assert caught.value.code == code
    assert part in caught.value.message
    assert caught.value.cure


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert read(comments=b"\xef\xbb\xbf" + COMMENTS, votes=VOTES).texts["1"] == "More buses"


def test_a_gzip_that_is_cut_off_is_said_to_be_broken(tmp_path: Path) -> None:
    (tmp_path / "comments.csv").write_bytes(COMMENTS)
    (tmp_path / "votes.csv.gz").write_bytes(gzip.compress(VOTES * 50)[:-12])
    with pytest.raises(FormatError, match=r"votes\.csv\.gz cannot be read") as caught:
        read_conversation(tmp_path)
    assert caught.value.code == "format_broken"


def test_a_bomb_is_stopped_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "LARGEST_BYTES", 1024 * 1024)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("comments.csv", COMMENTS)
        archive.writestr("votes.csv.gz", gzip.compress(b"0" * 50_000_000))
    with pytest.raises(FormatError) as caught:
        read_zipped_conversation(packed.getvalue())
    assert caught.value.code == "format_too_large"


@pytest.mark.parametrize("name", ["../comments.csv", "/etc/comments.csv", "..\\comments.csv", "C:\\x\\comments.csv"])
def test_a_path_out_of_the_zip_is_refused(name: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_zipped_conversation(zipped({name: COMMENTS, "votes.csv": VOTES}))
    assert caught.value.code == "format_zip_path"


def test_a_zip_may_hold_a_folder_and_other_files() -> None:
    files = {"talk/comments.csv": COMMENTS, "talk/votes.csv": VOTES, "talk/notes.txt": b"x", "__MACOSX/votes.csv": b"x"}
    assert len(read_zipped_conversation(zipped(files)).votes) == 2


def test_what_is_neither_folder_nor_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "comments.csv").write_bytes(COMMENTS)
    with pytest.raises(FormatError, match="neither a folder nor a zip"):
        read_conversation(tmp_path / "comments.csv")
    with pytest.raises(FormatError, match="There is no file or folder"):
        read_conversation(tmp_path / "absent")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KEY = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=5)
TIME = st.none() | st.integers(0, 10**15)


@st.composite
def conversations(draw: st.DrawFn) -> Conversation:
    statements = sorted(draw(st.sets(KEY, max_size=5)))
    people = sorted(draw(st.sets(KEY, max_size=5)))
    made = tuple(
        ConversationStatement(key, draw(TEXT), draw(st.none() | KEY), draw(st.sampled_from([-1, 0, 1])), draw(TIME))
        for key in statements
    )
    votes = tuple(
        CastVote(person, statement, value, draw(TIME))
        for person in people
        for statement in statements
        if (value := draw(st.sampled_from([-1, 0, 1, None]))) is not None
    )
    known = tuple(ConversationPerson(key, draw(st.none() | KEY), draw(st.none() | KEY)) for key in people)
    return Conversation(draw(TEXT), draw(TEXT), made, known, votes)


@given(conversations())
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_back_without_loss(conversation: Conversation) -> None:
    assert read_zipped_conversation(zip_conversation(conversation)) == conversation


def test_a_folder_and_a_zip_on_disk_hold_the_same(tmp_path: Path) -> None:
    conversation = read(comments=COMMENTS, votes=VOTES, participants_votes=PEOPLE, summary=b"topic,Buses\n")
    for target in (tmp_path / "new" / "folder", tmp_path / "talk.zip"):
        write_conversation(conversation, target)
        assert read_conversation(target) == conversation
    assert sorted(file.name for file in (tmp_path / "new" / "folder").iterdir()) == [
        "comments.csv",
        "participants-votes.csv",
        "summary.csv",
        "votes.csv",
    ]


def test_the_sector_column_is_only_written_where_a_sector_is_known() -> None:
    without = read(comments=COMMENTS, votes=VOTES)
    header = conversation_files(without)["participants-votes.csv"].splitlines()[0]
    assert header == b"participant,group-id,n-comments,n-votes,n-agree,n-disagree,1,2,3"


def test_a_statement_named_like_a_column_is_refused() -> None:
    conversation = Conversation("", "", (ConversationStatement("sector", "x"),), (), ())
    with pytest.raises(FormatError, match="the name of a column"):
        zip_conversation(conversation)


def attempt(data: bytes) -> None:
    try:
        found = read_zipped_conversation(data)
    except FormatError as error:
        told = bool(error.message and error.cure)
    else:
        told = isinstance(found, Conversation)
    assert told


PIECE = st.sampled_from(
    [b"comment-id", b"voter-id", b"vote", b"participant", b"comment-body", b"timestamp", b",", b"\n"]
)
NOISE = st.lists(PIECE | st.sampled_from([b'"', b"\r", b"1", b"-1", b"0", b"\xff", b"\x00"]) | st.binary(max_size=3))
RAW = st.binary(max_size=60) | st.builds(b"".join, NOISE)


@given(comments=RAW | st.just(COMMENTS), votes=RAW, people=RAW | st.just(PEOPLE), summary=RAW)
@settings(max_examples=300, deadline=None)
def test_any_bytes_in_the_files_give_a_conversation_or_a_format_error(comments, votes, people, summary) -> None:
    files = {"comments.csv": comments, "votes.csv": votes, "participants-votes.csv": people, "summary.csv": summary}
    attempt(zipped(files))
    attempt(zipped({"comments.csv": comments, "participants-votes.csv.gz": people}))


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_as_a_zip_give_a_conversation_or_a_format_error(data: bytes) -> None:
    attempt(data)


WHOLE = zipped({"comments.csv": COMMENTS, "votes.csv.gz": gzip.compress(VOTES, mtime=0)})


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6), st.integers(0, len(WHOLE)))
@example(damage=[(WHOLE.rindex(b"comments.csv"), 0)], length=0)  # an entry without a name
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_zip_gives_a_conversation_or_a_format_error(damage, length) -> None:
    spoiled = bytearray(WHOLE)
    for place, byte in damage:
        spoiled[place] = byte
    attempt(bytes(spoiled))
    attempt(bytes(spoiled[:length]))


@pytest.mark.parametrize(
    ("name", "people", "statements", "votes", "revotes", "rejected"),
    [
        ("brexit-consensus", 204, 50, 5_303, 9, 0),
        ("san-juan-land-bank", 404, 297, 33_463, 67, 105),
        ("austria-energie", 1_756, 1_039, 130_798, 0, 524),
    ],
)
def test_real_exports_are_read_and_written_without_loss(
    shared_data: Path, name, people, statements, votes, revotes, rejected
) -> None:
    found = read_conversation(shared_data / "opinions" / name)
    counts = (len(found.people), len(found.statements), len(found.votes), found.revotes, len(found.rejected))
    assert counts == (people, statements, votes, revotes, rejected)
    assert read_zipped_conversation(zip_conversation(found)) == found


def test_the_two_vote_files_of_an_export_say_the_same(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "opinions" / "san-juan-land-bank"
    for name in ("comments.csv", "participants-votes.csv", "summary.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    assert read_conversation(tmp_path).rows == read_conversation(folder).rows
