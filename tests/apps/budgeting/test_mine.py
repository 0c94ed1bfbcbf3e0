"""What came of one's own ballot: by hand the same as by the engine, and seen by nobody too early."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.urls import reverse
from tests.apps.budgeting.test_closing import closed, host_of, voted
from tests.apps.budgeting.test_counting import counted
from tests.apps.viewers import Town, words_of
from tests.factories import budgeting as factories
from tests.factories import make_process

from samskap.apps.budgeting import actions, compute, queries, tasks
from samskap.apps.budgeting.models import Ballot
from samskap.apps.budgeting.queries.examples import EXAMPLE_SUPPORTERS
from samskap.engines.fair_budget import RULES, count
from samskap.engines.fair_budget.story import voter_story
from samskap.formats.ballot_file import counting_in
from samskap.formats.pabulib import election_of

pytestmark = pytest.mark.django_db


def mixed(kind: str, *, voters: int = 25, **fields: Any) -> Ballot:
    """A closed and counted ballot of six projects and voters who chose at random."""
    chance = random.Random(f"{kind}{sorted(fields.items())}")
    costs = [chance.randrange(50_000, 400_000, 1_000) for _ in range(6)]
    ballot = factories.make_ballot(projects=costs, kind=kind, window="closed", state="open", points=100, **fields)
    for _ in range(voters):
        keys = chance.sample([str(n) for n in range(1, 7)], chance.randint(0, 5))
        chosen = {key: chance.randint(1, 9) for key in keys} if kind == "points" else keys
        factories.make_voter_ballot(ballot, chosen, channel="web")
    return counted(ballot)


def same_as_the_engine(ballot: Ballot) -> None:
    """Every voter's purse, worked out from the published files, is that of the engine to the last fraction."""
    file, result = queries.sealed_file(ballot), queries.result_of(ballot)
    assert result is not None
    how = counting_in(file)
    outcome = count(election_of(file), rule=how.rule, satisfaction=how.satisfaction, completion=how.completion,
                    tie_break=how.tie_break, seed=how.seed)  # type: ignore[arg-type]  # fmt: skip
    for place, receipt in enumerate(file.votes.column("voter_id") or ()):
        row, story = queries.sealed_row(ballot, receipt), voter_story(outcome, place)
        assert row is not None
        purses = queries.own_purses(result, row)
        parts = dict(story.areas) if outcome.areas else {"": story}
        assert {name: dict(purse.paid) for name, purse in purses.items()} == {
            name: {one.project: one.paid for one in part.won} for name, part in parts.items()
        }
        assert {name: purse.left for name, purse in purses.items()} == {
            name: part.left for name, part in parts.items()
        }  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", ["approval", "ranking", "points"])
def test_by_hand_it_is_what_the_engine_says(rule: str, kind: str) -> None:
    completion = next(one for one in ("add1u", "utilitarian", "none") if one in RULES[rule].completions)
    same_as_the_engine(mixed(kind, rule=rule, completion=completion))


@pytest.mark.parametrize(
    ("kind", "satisfaction"), [("ranking", "borda"), ("points", "points"), ("approval", "cardinality")]
)
def test_by_hand_under_every_satisfaction(kind: str, satisfaction: str) -> None:
    same_as_the_engine(mixed(kind, satisfaction=satisfaction, minimum_support=12))


def test_by_hand_where_districts_have_budgets_of_their_own() -> None:
    ballot = factories.make_ballot(projects=[100_000] * 6, window="closed", state="open")
    ballot.projects.filter(key__in=["1", "2"]).update(district="Nord")
    ballot.projects.filter(key__in=["3"]).update(district="Sør")
    ballot.district_budgets.create(district="Nord", budget_nok=120_000)
    ballot.district_budgets.create(district="Sør", budget_nok=150_000)
    chance = random.Random(7)
    for _ in range(20):
        factories.make_voter_ballot(ballot, chance.sample("123456", chance.randint(1, 4)), channel="web")
    same_as_the_engine(counted(ballot))


@pytest.mark.parametrize("rule", RULES)
def test_the_worked_example_is_what_the_engine_counts(rule: str) -> None:
    kept, made = queries.example_of(rule), compute.example_count(rule)
    fresh = {key: value for key, value in made.items() if key not in ("versions", "sha256")}
    stored = {key: value for key, value in compute.to_document(kept).items() if key not in ("versions", "sha256")}
    assert stored == fresh
    assert queries.example_told(rule).rounds


def test_the_example_of_equal_shares_can_be_redone_by_hand() -> None:
    told = queries.example_of("equal_shares")
    assert told.winners == ("A", "C")
    assert [(one.paid.least, one.paid.most) for one in told.rounds if one.paid] == [(8000, 8000), (2000, 9000)]
    voters = queries.example_told("equal_shares").voters
    left = [row[-1].replace("\N{NO-BREAK SPACE}", " ") for row in voters]
    assert left == ["NOK 2,000"] * 5 + ["NOK 0"] + ["NOK 1,000"] * 3
    assert len(voters) == len({voter for them in EXAMPLE_SUPPORTERS.values() for voter in them})


def test_a_row_is_found_without_reading_the_whole_file() -> None:
    ballot = counted(voted("points", voters=6))
    for row in queries.sealed_file(ballot).votes.rows:
        found = queries.sealed_row(ballot, row[0])
        assert found == {"voter_id": row[0], "vote": row[1], "points": row[2]}
    for strange in ("", "x", "1", "project_id", "voter_id;vote", "A\nB", "META"):
        assert queries.sealed_row(ballot, strange) is None


def mine(ballot: Ballot, receipt: str) -> str:
    return reverse("budgeting:my_ballot", args=[ballot.pk, receipt])


def test_before_the_result_is_shown_only_that_it_is_received(town: Town) -> None:
    ballot = voted(process=make_process(municipality=town.municipality), voters=6)
    ballot.projects.update(title="En hemmelighet")
    receipt = ballot.voter_ballots.first().receipt
    for step in (lambda: None, lambda: closed(ballot), lambda: tasks.count_ballot(ballot.counts.get().pk)):
        step()
        for kind in ("anonymous", "facilitator"):
            page = town.client(kind).get(mine(ballot, receipt))
            assert page.status_code == 200
            assert "Your ballot is received" in words_of(page)
            assert "hemmelighet" not in page.content.decode()
        assert town.client("anonymous").get(mine(ballot, "2222222222")).status_code == 404
    assert town.client("anonymous").get(reverse("budgeting:find_ballot", args=[ballot.pk])).status_code == 404


def test_after_it_is_shown_what_one_paid_and_why_others_lost(town: Town) -> None:
    ballot = counted(voted(process=make_process(municipality=town.municipality), voters=12, budget_nok=350_000))
    actions.show_result(ballot, by=host_of(ballot))
    both = next(row for row in queries.sealed_file(ballot).votes.rows if row[1] == "1,3")
    page = town.client("anonymous").get(mine(ballot, both[0]))
    words = words_of(page)
    for part in ("1 of the 2 projects that you chose won.", "Your share was", "You paid", "Prosjekt 3", "Did not win"):
        assert part in words
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert town.client("anonymous").get(mine(ballot, "2222222222")).status_code == 404


def test_a_receipt_is_found_however_it_is_typed(town: Town) -> None:
    ballot = counted(voted(process=make_process(municipality=town.municipality)))
    actions.show_result(ballot, by=host_of(ballot))
    receipt = ballot.voter_ballots.first().receipt
    address = reverse("budgeting:find_ballot", args=[ballot.pk])
    for typed in (receipt, f" {receipt[:4].lower()}-{receipt[4:8]}-{receipt[8:]} "):
        answer = town.client("anonymous").post(address, {"receipt": typed})
        assert (answer.status_code, answer.headers["Location"]) == (303, mine(ballot, receipt))
    page = town.client("anonymous").post(address, {"receipt": "22222"})
    assert "No ballot with this receipt is in the published file." in words_of(page)
