"""Files of votes that were held elsewhere: imported whole, or as projects only; refused with a sentence."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.apps.budgeting.test_closing import closed, voted
from tests.factories import budgeting as factories
from tests.factories import make_person, make_process

from samskap.apps.budgeting import actions, compute, queries, tasks
from samskap.apps.budgeting.models import Ballot, Project, VoterBallot
from samskap.apps.processes.models import Process
from samskap.apps.trail.models import Entry
from samskap.formats.ballot_file import Counting, counting_in
from samskap.formats.errors import FormatError
from samskap.formats.pabulib import read_pabulib
from samskap.kernel.errors import NotAllowed, NotFound, RuleError

pytestmark = pytest.mark.django_db

HOW = Counting("greedy", "cardinality", "none", "lottery")
FILE = b"""META
key;value
description;Vote; held
num_projects;3
num_votes;6
budget;100
vote_type;approval
min_length;1
max_length;2
currency;NOK
PROJECTS
project_id;cost;name;category;votes
p/1;60;Park;green,sport;4
p.2;40;Library;;3
p3;30;;;1
VOTES
voter_id;vote;voting_method
a;p/1,p.2;internet
b;p/1;internet
c;p/1,p.2;internet
d;p/1;internet
e;p.2,p3;internet
f;;internet
"""


def of(content: bytes = FILE.replace(b"Vote; held", b"Vote held"), **how: Any) -> Any:
    return read_pabulib(content, name="vote.pb", **how)


@pytest.fixture
def process(db: None) -> Process:
    return make_process()


def host(process: Process) -> Any:
    return make_person(role="facilitator", municipality=process.municipality)


def test_a_vote_is_imported_closed_sealed_and_counted(process: Process) -> None:
    ballot = actions.import_sealed(process, of(), by=host(process), title="Vote", language="en", counting=HOW)
    fields = (ballot.state, ballot.kind, ballot.budget_nok, ballot.min_choices, ballot.max_choices, ballot.rule)
    assert fields == ("closed", "approval", 100, 1, 2, "greedy")
    assert list(ballot.projects.values_list("key", "title", "cost_nok", "theme")) == [
        ("p/1", "Park", 60, "green, sport"),
        ("p.2", "Library", 40, ""),
        ("p3", "p3", 30, ""),
    ]
    sealed = queries.sealed_file(ballot)
    assert (ballot.seal.voters, sealed.votes) == (6, of().votes)
    assert counting_in(sealed) == queries.counting_of(ballot)
    assert not VoterBallot.objects.exists()
    entry = Entry.objects.get(verb="budgeting.ballot_imported")
    assert (entry.is_public, entry.data["file"]) == (True, of().sha256)
    tasks.count_ballot(ballot.counts.get().pk)
    assert queries.winners_of(ballot) == ["p/1", "p.2"]


def test_our_own_file_comes_back_as_it_was_closed(process: Process) -> None:
    ballot = voted(voters=8)
    first, second, third = ballot.projects.all()
    Project.objects.filter(pk=third.pk).update(sector="private", theme="Idrett", district="Nord")
    Project.objects.filter(pk=second.pk).update(requires=first)
    fourth = factories.make_project(ballot)
    group = ballot.exclusive_groups.create(title="x")
    Project.objects.filter(pk__in=[first.pk, fourth.pk]).update(exclusive_group=group)
    ballot.district_budgets.create(district="Nord", budget_nok=400_000)
    closed(ballot)
    file = queries.sealed_file(ballot)
    copy = actions.import_sealed(
        process, file, by=host(process), title="Kopi", language="nb", counting=counting_in(file)
    )
    assert bytes(copy.seal.content) == bytes(ballot.seal.content)
    assert queries.file_to_seal(copy, closed_at=ballot.closed_at).constraints == file.constraints
    first, again = json.loads(compute.recounted(ballot)), json.loads(compute.recounted(copy))
    assert (first["sha256"], first["ballot_file"]["sha256"]) == (again["sha256"], again["ballot_file"]["sha256"])


def test_projects_alone_become_a_draft(process: Process) -> None:
    ballot = actions.import_draft(process, of(), by=host(process), title="Vote", language="en")
    assert (ballot.state, ballot.projects.count(), VoterBallot.objects.count()) == ("draft", 3, 0)
    assert not Ballot.objects.filter(seal__isnull=False).exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"budget;100", b"budget;100.50", "amounts with decimals"),
        (b"p3", b"p" * 41, "more than 40 signs"),
    ],
)
def test_what_a_ballot_cannot_hold_is_refused_and_never_rounded(
    process: Process, old: bytes, new: bytes, words: str
) -> None:
    content = FILE.replace(b"Vote; held", b"Vote held").replace(old, new)
    with pytest.raises(RuleError, match=words):
        actions.import_draft(process, of(content), by=host(process), title="Vote", language="en")
    assert not Ballot.objects.exists()


def test_a_way_of_counting_that_does_not_go_with_the_ballots_is_refused(process: Process) -> None:
    how = Counting("equal_shares", "points", "add1u", "lottery")
    with pytest.raises(RuleError, match="points are known only where"):
        actions.import_sealed(process, of(), by=host(process), title="Vote", language="en", counting=how)
    with pytest.raises(NotAllowed):
        actions.import_sealed(process, of(), by=make_person(), title="Vote", language="en", counting=HOW)


def test_a_file_without_votes_is_nothing_to_count(process: Process) -> None:
    head = FILE.replace(b"Vote; held", b"Vote held").replace(b"num_votes;6", b"num_votes;0").partition(b"a;p/1")[0]
    content = re.sub(rb"(\np.?\d;.*;)\d", rb"\g<1>0", head)
    with pytest.raises(RuleError, match="no ballot in the file"):
        actions.import_sealed(process, of(content), by=host(process), title="V", language="en", counting=HOW)


def test_an_upload_is_read_strictly_first_and_then_with_its_repairs_told(settings: Any, tmp_path: Path) -> None:
    settings.SAMSKAP_DATA = tmp_path
    good = actions.keep_upload(gzip.compress(FILE.replace(b"Vote; held", b"Vote held")), person_pk=7)
    upload = queries.read_upload(queries.upload_path(7, good))
    assert (upload.problem, upload.title, upload.file.repairs) == ("", "Vote held", ())
    bad = actions.keep_upload(
        FILE.replace(b"Vote; held", b"Vote held").replace(b"num_votes;6", b"num_votes;9"), person_pk=7
    )
    upload = queries.read_upload(queries.upload_path(7, bad))
    assert "num_votes" in upload.problem
    assert len(upload.file.repairs) == 1
    assert not queries.upload_path(7, good).exists()
    with pytest.raises(NotFound):
        queries.read_upload(queries.upload_path(8, bad))
    actions.drop_upload(7, bad)
    assert not queries.upload_path(7, bad).exists()


def test_half_a_file_is_refused(settings: Any, tmp_path: Path) -> None:
    settings.SAMSKAP_DATA = tmp_path
    token = actions.keep_upload(b"META\nkey;value\nbudget;1", person_pk=7)
    with pytest.raises(FormatError):
        queries.read_upload(queries.upload_path(7, token))


def test_a_token_leads_nowhere_else(settings: Any, tmp_path: Path) -> None:
    settings.SAMSKAP_DATA = tmp_path
    assert queries.upload_path(7, "../../etc/passwd").parent == tmp_path / "imports"


def test_ninety_thousand_ballots_are_imported_and_counted(process: Process, shared_data: Path) -> None:
    path = shared_data / "budgets" / "Poland_Lodz_2022.pb.gz"
    if not path.is_file():
        pytest.skip("The file of Łódź 2022 is not in ../shared/data/budgets.")
    file = read_pabulib(path, mode="lenient")
    ballot = actions.import_sealed(process, file, by=host(process), title="Łódź", language="en", counting=HOW)
    tasks.count_ballot(ballot.counts.get().pk)
    assert ballot.counts.get().state == "done"
    assert ballot.seal.voters == 90_494
