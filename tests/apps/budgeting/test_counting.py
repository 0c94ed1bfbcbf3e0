"""Counts: from the sealed file to a stored document, the same each time; failures, showing, and the reserve list."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.apps.budgeting.test_closing import closed, host_of, voted
from tests.factories import budgeting as factories
from tests.factories import make_person

from samskap.apps.budgeting import actions, compute, queries, tasks
from samskap.apps.budgeting.models import Ballot, Count, Seal
from samskap.apps.initiatives.models import News
from samskap.apps.trail.models import Entry
from samskap.engines.fair_budget import count
from samskap.formats.count_json import from_document
from samskap.formats.pabulib import election_of
from samskap.kernel.errors import NotAllowed, RuleError

pytestmark = pytest.mark.django_db


def counted(ballot: Ballot) -> Ballot:
    ballot = closed(ballot)
    tasks.count_ballot(ballot.counts.get().pk)
    return Ballot.objects.get(pk=ballot.pk)


def test_a_closed_ballot_is_counted_from_its_sealed_file() -> None:
    ballot = counted(voted(voters=12, budget_nok=350_000))
    stored = ballot.counts.get()
    election = election_of(queries.sealed_file(ballot))
    expected = count(election, rule="equal_shares", satisfaction="cost", completion="add1u", tie_break="lottery",
                     seed="5eed")  # fmt: skip
    told = from_document(json.loads(bytes(stored.content)))
    assert (ballot.state, stored.state, stored.done_share, stored.problem) == ("counted", "done", 1, "")
    assert told.winners == expected.winners
    assert told.ballot_file.sha256 == ballot.seal.sha256
    assert stored.sha256 == json.loads(bytes(stored.content))["sha256"]
    assert not [one for one in told.audit if one.is_broken]
    assert queries.winners_of(ballot) == list(expected.winners)
    entry = Entry.objects.get(verb="budgeting.ballot_counted")
    assert (entry.is_public, entry.data) == (True, {"sha256": stored.sha256})


def test_counting_again_gives_the_same_bytes() -> None:
    ballot = counted(voted(voters=12))
    first = bytes(ballot.counts.get().content)
    assert compute.recounted(ballot) == first
    again = actions.order_count(ballot, by=host_of(ballot))
    tasks.count_ballot(again.pk)
    assert bytes(Count.objects.get(pk=again.pk).content) == first


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("ranking", {"satisfaction": "borda"}),
        ("points", {"satisfaction": "points"}),
        ("knapsack", {}),
        ("approval", {"rule": "phragmen", "completion": "utilitarian"}),
        ("approval", {"rule": "greedy", "completion": "none"}),
        ("approval", {"rule": "greedy", "satisfaction": "cardinality", "completion": "none"}),
        ("approval", {"rule": "bounded_overspending", "completion": "none"}),
    ],
)
def test_every_kind_of_ballot_is_counted(kind: str, fields: dict[str, Any]) -> None:
    ballot = counted(voted(kind, voters=9, **fields))
    stored = ballot.counts.get()
    assert (stored.state, stored.problem) == ("done", "")
    assert from_document(json.loads(bytes(stored.content))).audit


def test_other_rules_are_comparisons_and_groups_are_never_under_five() -> None:
    ballot = voted(voters=7)
    for _ in range(3):
        factories.make_voter_ballot(ballot, ["2"], channel="desk", tied=False, sector="private")
    ballot = counted(ballot)
    extras = ballot.counts.get().document
    assert [one["rule"] for one in extras["others"]] == ["bounded_overspending_plus", "phragmen", "greedy_per_cost"]
    # Three private voters are hidden, and the public ones with them: the total would give the three away.
    assert {(one["label"], one["coverage"]) for one in extras["groups"]["sector"]} == {
        ("private", None),
        ("public", None),
    }
    assert "district" not in extras["groups"]


def test_a_count_that_cannot_be_made_says_why_and_can_be_ordered_again() -> None:
    ballot = closed(voted())
    Seal.objects.filter(ballot=ballot).update(content=b"META\n")
    tasks.count_ballot(ballot.counts.get().pk)
    failed = ballot.counts.get()
    assert failed.state == "failed"
    assert "The ballots cannot be counted in this way: ballot-" in failed.problem
    again = actions.order_count(ballot, by=host_of(ballot))
    assert (again.pk != failed.pk, again.state) == (True, "ordered")


def test_what_nobody_foresaw_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ballot = closed(voted())
    monkeypatch.setattr(compute, "election_of", lambda _file: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.count_ballot(ballot.counts.get().pk)
    assert "The ballots are safe" in ballot.counts.get().problem


def test_one_count_at_a_time_and_a_finished_one_is_not_made_again() -> None:
    ballot = closed(voted())
    first = ballot.counts.get()
    assert actions.order_count(ballot, by=host_of(ballot)) == first
    tasks.count_ballot(first.pk)
    stored = Count.objects.get(pk=first.pk)
    tasks.count_ballot(first.pk)
    tasks.count_ballot(0)
    assert Count.objects.get(pk=first.pk).done_at == stored.done_at


def test_a_count_with_other_winners_does_not_replace_the_first() -> None:
    ballot = counted(voted(voters=12))
    other = actions.order_count(ballot, by=host_of(ballot))
    actions.store_count(other, content=json.dumps({"winners": ["3"], "sha256": "x"}).encode(), document={})
    other.refresh_from_db()
    assert (other.state, "other winners" in other.problem) == ("failed", True)
    assert queries.winners_of(ballot) != ["3"]


def test_only_a_closed_ballot_is_counted_and_only_by_those_who_run_it() -> None:
    ballot = voted()
    with pytest.raises(RuleError, match="not closed"):
        actions.order_count(ballot, by=host_of(ballot))
    with pytest.raises(NotAllowed):
        actions.order_count(closed(ballot), by=make_person())


def test_the_result_is_shown_and_hidden_by_those_who_run_it() -> None:
    ballot = closed(voted())
    host = host_of(ballot)
    with pytest.raises(RuleError, match="not counted"):
        actions.show_result(ballot, by=host)
    tasks.count_ballot(ballot.counts.get().pk)
    with pytest.raises(NotAllowed):
        actions.show_result(ballot, by=make_person())
    ballot = actions.show_result(ballot, by=host)
    assert ballot.shown_at is not None
    assert actions.show_result(ballot, by=host).shown_at == ballot.shown_at
    assert actions.hide_result(ballot, by=host).shown_at is None
    verbs = list(Entry.objects.filter(verb__startswith="budgeting.result").values_list("verb", "is_public"))
    assert verbs == [("budgeting.result_shown", True), ("budgeting.result_hidden", True)]
    assert set(News.objects.values_list("kind", flat=True)) >= {"ballot_closed", "ballot_result"}


def test_who_moves_up_when_a_winner_falls_out() -> None:
    ballot = voted(voters=12, budget_nok=350_000)
    factories.make_voter_ballot(ballot, ["2"])
    ballot = counted(ballot)
    before = bytes(ballot.counts.get().content)
    assert queries.winners_of(ballot) == ["1", "2"]
    first = ballot.projects.get(key="1")
    with pytest.raises(RuleError, match="Say why"):
        actions.drop_project(first, by=host_of(ballot), reason=" ")
    actions.drop_project(first, by=host_of(ballot), reason="Tomten er solgt.")
    tasks.make_reserve(ballot.pk)
    stored = ballot.counts.get()
    assert stored.document["reserve"]["dropped"] == ["1"]
    assert "1" not in stored.document["reserve"]["winners"]
    assert (bytes(stored.content), queries.winners_of(ballot)) == (before, ["1", "2"])
    again = actions.order_count(ballot, by=host_of(ballot))
    tasks.count_ballot(again.pk)
    assert Count.objects.get(pk=again.pk).document["reserve"] == stored.document["reserve"]
