"""Closing is final: what is sealed, what is cut, and what stands against it."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest
from tests.factories import budgeting as factories
from tests.factories import make_participant, make_person

from samskap.apps.budgeting import actions, queries, rules
from samskap.apps.budgeting.models import Ballot, Choice, Count, PaperBallot, Seal, VoterBallot, VotingCode
from samskap.apps.budgeting.rules import Chosen, Standing
from samskap.apps.trail.models import Entry
from samskap.formats.ballot_file import Counting, counting_in
from samskap.formats.pabulib import read_pabulib
from samskap.kernel import clock
from samskap.kernel.errors import Closed, NotAllowed, RuleError

pytestmark = pytest.mark.django_db


def host_of(ballot: Ballot) -> Any:
    return make_person(role="facilitator", municipality=ballot.process.municipality)


def voted(kind: str = "approval", *, voters: int = 6, **fields: Any) -> Ballot:
    """An open ballot without an open window: voter n chose project 1 and, if n is even, project 3 before it."""
    ballot = factories.make_ballot(projects=3, kind=kind, window="closed", state="open", **fields)
    for number in range(voters):
        keys = ["3", "1"] if number % 2 == 0 else ["1"]
        chosen = dict.fromkeys(keys, 4) if kind == "points" else keys
        factories.make_voter_ballot(ballot, chosen, channel="web" if number else "paper", sector="public")
    return ballot


def closed(ballot: Ballot) -> Ballot:
    return actions.close_ballot(ballot, by=host_of(ballot), counted=ballot.voter_ballots.count())


@pytest.mark.parametrize(
    ("kind", "vote", "points"),
    [("approval", "1,3", None), ("ranking", "3,1", None), ("points", "1,3", "4,4"), ("knapsack", "1,3", None)],
)
def test_the_sealed_file_holds_every_ballot_and_nothing_about_the_voter(
    kind: str, vote: str, points: str | None
) -> None:
    ballot = voted(kind, title="Nærmiljø;\n2026", rule="phragmen", completion="none")
    receipts = sorted(ballot.voter_ballots.values_list("receipt", flat=True))
    both = set(Choice.objects.filter(project__key="3").values_list("voter_ballot__receipt", flat=True))
    closed(ballot)
    seal = Seal.objects.get(ballot=ballot)
    content = bytes(seal.content)
    assert (seal.sha256, seal.voters) == (hashlib.sha256(content).hexdigest(), 6)
    file = read_pabulib(content)
    assert file.votes.header == (("voter_id", "vote", "points") if points else ("voter_id", "vote"))
    rows = [tuple(row) for row in file.votes.rows]
    assert [row[0] for row in rows] == receipts
    assert {row[1:] for row in rows if row[0] in both} == {(vote, points) if points else (vote,)}
    assert {row[1] for row in rows if row[0] not in both} == {"1"}
    assert file.meta["description"] == "Nærmiljø; 2026"
    assert counting_in(file) == Counting("phragmen", "cost", "none", "lottery", "5eed")
    assert file.constraints.kinds == frozenset()


def test_what_binds_the_choice_is_in_the_file() -> None:
    ballot = voted(minimum_support=2)
    first, second, third = ballot.projects.all()
    group = ballot.exclusive_groups.create(title="Ett av dem")
    ballot.projects.filter(pk__in=[first.pk, second.pk]).update(exclusive_group=group)
    ballot.projects.filter(pk=third.pk).update(requires=first, district="Nord")
    ballot.district_budgets.create(district="Nord", budget_nok=300_000)
    found = queries.file_to_seal(ballot, closed_at=clock.now()).constraints
    assert (found.minimum_support, found.district_budgets) == (2, (("Nord", 300_000),))
    assert (found.exclusive, found.requires) == ((("1", "2"),), (("3", "1"),))


def test_how_ballots_came_in_is_told_only_where_no_way_has_fewer_than_five() -> None:
    ballot = voted(voters=5)
    for channel in ("paper", "desk", "paper", "paper"):
        factories.make_voter_ballot(ballot, ["2"], channel=channel, tied=False)
    file = queries.file_to_seal(ballot, closed_at=clock.now())
    assert file.votes.header == ("voter_id", "vote")
    factories.make_voter_ballot(ballot, ["2"], channel="web")
    file = queries.file_to_seal(ballot, closed_at=clock.now())
    assert file.votes.header == ("voter_id", "vote", "voting_method")
    assert sorted(file.votes.column("voting_method") or ()) == ["internet"] * 5 + ["paper"] * 5


def test_projects_that_fell_out_and_those_that_need_them_are_on_no_ballot() -> None:
    ballot = voted()
    first, second, _third = ballot.projects.all()
    ballot.projects.filter(pk=second.pk).update(requires=first)
    factories.make_voter_ballot(ballot, ["2", "3"])
    actions.let_fall_out(first, by=host_of(ballot), reason="Tomten er solgt.")
    file = queries.file_to_seal(ballot, closed_at=clock.now())
    assert file.keys == ("3",)
    assert sorted(file.votes.column("vote") or ()) == ["", "", "", "3", "3", "3", "3"]
    assert "min_length" not in file.meta


def test_after_closing_nothing_leads_from_a_voter_to_a_ballot() -> None:
    ballot = voted()
    batch = factories.make_batch(ballot)
    voter = ballot.voter_ballots.filter(channel="web").first().participant
    VotingCode.objects.create(batch=batch, number=1, digest="d", participant=voter, used_at=clock.now())
    paper_voter = factories.make_voter_ballot(ballot, ["2"], tied=False)
    paper = factories.make_paper(ballot, voter_ballot=paper_voter, settled_at=clock.now())
    before = {one.receipt: (one.pk, one.changed_at, one.channel, one.sector) for one in ballot.voter_ballots.all()}
    closed(ballot)
    after = list(VoterBallot.objects.filter(ballot=ballot).order_by("pk"))
    assert [one.receipt for one in after] == sorted(before)
    assert {(one.receipt, one.channel, one.sector) for one in after} == {(r, *v[2:]) for r, v in before.items()}
    assert not {one.pk for one in after} & {pk for pk, *_rest in before.values()}
    ballot.refresh_from_db()
    assert {(one.participant, one.form_key, one.changed_at) for one in after} == {(None, None, ballot.closed_at)}
    assert not Choice.objects.filter(project__ballot=ballot).exists()
    code = VotingCode.objects.get(batch=batch)
    assert (code.participant, code.used_at) == (None, ballot.closed_at)
    assert PaperBallot.objects.get(pk=paper.pk).voter_ballot.receipt == paper_voter.receipt


def test_the_hash_stands_in_the_public_trail_and_the_count_is_ordered() -> None:
    ballot = closed(voted())
    entry = Entry.objects.get(verb="budgeting.ballot_closed")
    assert (entry.is_public, entry.data) == (True, {"sha256": ballot.seal.sha256, "voters": 6})
    assert Count.objects.get(ballot=ballot).state == "ordered"
    trail = " ".join(str(one.data) for one in Entry.objects.all())
    assert not any(receipt in trail for receipt in ballot.voter_ballots.values_list("receipt", flat=True))


@pytest.mark.parametrize(
    ("standing", "keys"),
    [
        (Standing("open", 3), []),
        (Standing("draft", 0), ["not_opened"]),
        (Standing("closed", 3), ["closed_before"]),
        (Standing("counted", 3), ["closed_before"]),
        (Standing("open", 3, ("Dagen", "Nettet"), 2), ["window_open", "window_open", "paper_unfinished"]),
        (Standing("open", 0), ["nobody_voted"]),
    ],
)
def test_what_stands_against_closing(standing: Standing, keys: list[str]) -> None:
    assert [one.key for one in rules.closing_problems(standing)] == keys


def test_paper_that_is_typed_once_stops_closing_with_a_sentence() -> None:
    ballot = voted()
    paper = factories.make_paper(ballot)
    factories.make_paper_entry(paper, ["1"], person=host_of(ballot))
    with pytest.raises(RuleError, match=re.escape("1 ballot on paper is typed once only")) as caught:
        closed(ballot)
    assert caught.value.code == "ballot_paper_unfinished"
    assert ballot.voter_ballots.count() == 6


def test_an_open_window_stops_closing() -> None:
    ballot = voted()
    factories.make_ballot_window(ballot, title="Dagen")
    with pytest.raises(RuleError, match="People can still vote in “Dagen”"):
        closed(ballot)


def test_whoever_closes_must_have_seen_how_many_there_are() -> None:
    ballot = voted()
    with pytest.raises(RuleError, match="There are 6 ballots, and you wrote 5"):
        actions.close_ballot(ballot, by=host_of(ballot), counted=5)
    assert Ballot.objects.get(pk=ballot.pk).state == "open"


def test_only_those_who_run_it_close_it_and_only_once() -> None:
    ballot = voted()
    with pytest.raises(NotAllowed):
        actions.close_ballot(ballot, by=make_person(), counted=6)
    closed(ballot)
    with pytest.raises(RuleError, match="closed already"):
        closed(ballot)
    assert Seal.objects.filter(ballot=ballot).count() == 1


def test_a_ballot_after_closing_is_refused() -> None:
    ballot = voted()
    window = factories.make_ballot_window(ballot, state="closed")
    closed(ballot)
    type(window).objects.filter(pk=window.pk).update(state="open")
    with pytest.raises(Closed):
        actions.cast_ballot(make_participant(ballot.process), ballot, activity=window, chosen=[Chosen("1")])
    assert queries.seal_of(ballot).voters == 6


def test_a_district_whose_projects_fell_out_keeps_its_money_from_the_others() -> None:
    ballot = voted(budget_nok=900_000)
    only = ballot.projects.get(key="2")
    ballot.projects.filter(pk=only.pk).update(district="Nord")
    ballot.district_budgets.create(district="Nord", budget_nok=250_000)
    actions.let_fall_out(only, by=host_of(ballot), reason="Tomten er solgt.")
    file = queries.file_to_seal(ballot, closed_at=clock.now())
    assert (file.budget, file.constraints.district_budgets) == (650_000, ())


def test_a_ballot_that_the_count_would_refuse_is_neither_opened_nor_closed() -> None:
    ballot = factories.make_ballot(projects=3, rule="phragmen", completion="none")
    first, second, _third = ballot.projects.all()
    ballot.projects.filter(pk=second.pk).update(requires=first)
    with pytest.raises(RuleError, match="does not take the constraint requires") as caught:
        actions.open_ballot(ballot, by=host_of(ballot))
    assert caught.value.code == "ballot_uncountable"
    ballot.projects.update(requires=None)
    ballot.projects.filter(pk=second.pk).update(district="Nord", exclusive_group=None)
    ballot.district_budgets.create(district="Nord", budget_nok=250_000)
    assert actions.open_ballot(ballot, by=host_of(ballot)).state == "open"
    held = voted(rule="phragmen", completion="none")
    one, other, _last = held.projects.all()
    held.projects.filter(pk=other.pk).update(requires=one)
    with pytest.raises(RuleError, match="cannot be counted by its rules"):
        closed(held)
    assert held.voter_ballots.count() == 6
