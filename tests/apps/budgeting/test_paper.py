"""Paper and desk: numbered, typed by two, settled where they differ, and counted in the same total."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.apps.budgeting.conftest import Vote, make_vote, shown
from tests.factories import budgeting as factories
from tests.factories import make_person

from samskap.apps.budgeting import actions, queries
from samskap.apps.budgeting.actions import ReadForm
from samskap.apps.budgeting.models import PaperBallot, PaperEntry, VoterBallot
from samskap.apps.budgeting.rules import Chosen
from samskap.kernel.errors import Closed, NotAllowed, NotFound, RuleError

pytestmark = pytest.mark.django_db


def read(*keys: str, **more: Any) -> ReadForm:
    return ReadForm(chosen=tuple(Chosen(key) for key in keys), **more)


@pytest.fixture
def colleague(vote: Vote) -> Any:
    return make_person(role="facilitator", municipality=vote.ballot.process.municipality)


@pytest.fixture
def paper(vote: Vote) -> PaperBallot:
    return actions.print_forms(vote.ballot, by=vote.host, size=2)[0]


def page_of(vote: Vote, person: Any) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person)
    return client


def test_forms_get_the_next_numbers(vote: Vote) -> None:
    first = actions.print_forms(vote.ballot, by=vote.host, size=2)
    desk = actions.register_desk_ballot(vote.ballot, by=vote.host)
    second = actions.print_forms(vote.ballot, by=vote.host, size=1)
    assert [(one.number, one.channel) for one in (*first, desk, *second)] == [
        (1, "paper"), (2, "paper"), (3, "desk"), (4, "paper"),
    ]  # fmt: skip
    with pytest.raises(RuleError, match="1 to 500 forms"):
        actions.print_forms(vote.ballot, by=vote.host, size=501)


def test_a_ballot_typed_once_counts_nowhere(vote: Vote, paper: PaperBallot) -> None:
    actions.type_paper(paper, by=vote.host, read=read("1", "2"))
    assert (VoterBallot.objects.count(), queries.unfinished_paper(vote.ballot)) == (0, 1)
    actions.type_paper(paper, by=vote.host, read=read("1", "2"))
    assert (VoterBallot.objects.count(), queries.unfinished_paper(vote.ballot)) == (0, 1)


def test_two_people_who_read_the_same_make_it_count(vote: Vote, paper: PaperBallot, colleague: Any) -> None:
    actions.type_paper(paper, by=vote.host, read=read("1", "2", sector="public"))
    after = actions.type_paper(paper, by=colleague, read=read("2", "1", sector="public"))
    own = VoterBallot.objects.get()
    assert (after.voter_ballot, after.settled_by) == (own, None)
    assert (own.channel, own.sector, own.participant) == ("paper", "public", None)
    assert vote.stored() == [[("1", None), ("2", None)]]
    assert queries.unfinished_paper(vote.ballot) == 0
    with pytest.raises(RuleError, match="Ballot 1 is settled"):
        actions.type_paper(paper, by=vote.host, read=read("3"))


@pytest.mark.parametrize("other", [read("1"), read("1", "3"), read("1", "2", sector="private"), read(spoilt="unclear")])
def test_where_they_differ_it_waits_and_a_third_look_settles_it(
    vote: Vote, paper: PaperBallot, colleague: Any, other: ReadForm
) -> None:
    actions.type_paper(paper, by=vote.host, read=read("1", "2"))
    actions.type_paper(paper, by=colleague, read=other)
    assert (VoterBallot.objects.count(), queries.unfinished_paper(vote.ballot)) == (0, 1)
    third = make_person(role="leader", municipality=vote.ballot.process.municipality)
    with pytest.raises(RuleError, match="Two others have typed ballot 1"):
        actions.type_paper(paper, by=third, read=read("1"))
    after = actions.settle_paper(paper, by=third, read=read("2"))
    assert (after.settled_by, vote.stored()) == (third, [[("2", None)]])
    assert queries.unfinished_paper(vote.ballot) == 0


def test_who_sees_the_own_slip_types_again_and_they_agree(vote: Vote, paper: PaperBallot, colleague: Any) -> None:
    actions.type_paper(paper, by=vote.host, read=read("1"))
    actions.type_paper(paper, by=colleague, read=read("2"))
    actions.type_paper(paper, by=vote.host, read=read("2"))
    assert vote.stored() == [[("2", None)]]


def test_a_spoilt_ballot_counts_apart_whatever_the_two_call_it(vote: Vote, paper: PaperBallot, colleague: Any) -> None:
    actions.type_paper(paper, by=vote.host, read=read(spoilt="too_many"))
    after = actions.type_paper(paper, by=colleague, read=read(spoilt="unclear"))
    assert (after.spoilt_reason, VoterBallot.objects.count()) == ("unclear", 0)
    counts = queries.paper_counts(vote.ballot)
    assert (counts.printed, counts.untouched, counts.spoilt, counts.counted, counts.unfinished) == (2, 1, 1, 0, 0)


def test_a_reading_that_no_ballot_may_hold_is_refused(paper: PaperBallot, vote: Vote) -> None:
    for wrong in (read(), read("1", "1"), read("9")):
        with pytest.raises(RuleError):
            actions.type_paper(paper, by=vote.host, read=wrong)
    assert PaperEntry.objects.count() == 0


def test_paper_is_taken_up_again_before_closing(vote: Vote, paper: PaperBallot, colleague: Any) -> None:
    for person in (vote.host, colleague):
        actions.type_paper(paper, by=person, read=read("1"))
    actions.reopen_paper(paper, by=vote.host)
    assert (VoterBallot.objects.count(), PaperEntry.objects.count()) == (0, 0)
    for person in (colleague, vote.host):
        actions.type_paper(paper, by=person, read=read("3"))
    assert vote.stored() == [[("3", None)]]


def test_after_closing_nothing_is_typed_and_before_opening_neither(vote: Vote, paper: PaperBallot) -> None:
    type(vote.ballot).objects.update(state="closed")
    for act in (
        lambda: actions.type_paper(paper, by=vote.host, read=read("1")),
        lambda: actions.reopen_paper(paper, by=vote.host),
        lambda: actions.print_forms(vote.ballot, by=vote.host, size=1),
        lambda: actions.register_desk_ballot(vote.ballot, by=vote.host),
    ):
        with pytest.raises(Closed):
            act()
    type(vote.ballot).objects.update(state="draft")
    with pytest.raises(RuleError, match="not open yet"):
        actions.print_forms(vote.ballot, by=vote.host, size=1)


def test_strangers_type_nothing(vote: Vote, paper: PaperBallot) -> None:
    for person in (make_person(), make_person(role="facilitator")):
        with pytest.raises(NotAllowed):
            actions.type_paper(paper, by=person, read=read("1"))


@pytest.mark.parametrize(
    ("kind", "values"),
    [("approval", [None, None]), ("ranking", [2, 1]), ("points", [3, 5]), ("knapsack", [None, None])],
)
def test_every_kind_is_typed_on_the_page_and_counts(kind: str, values: list[Any]) -> None:
    vote = make_vote(kind)
    colleague = make_person(role="facilitator", municipality=vote.ballot.process.municipality)
    actions.print_forms(vote.ballot, by=vote.host, size=1)
    numbers = {"p1": values[0], "p2": values[1]} if kind in {"ranking", "points"} else {}
    sent = vote.fields(**numbers) if numbers else vote.fields("1", "2")
    first, second = page_of(vote, vote.host), page_of(vote, colleague)
    said = shown(first.post(vote.address("type_paper", number=1), sent | {"sector": "public"}, follow=True))
    assert "Ballot 1 is typed once. Now another person types it" in said
    blind = second.get(vote.address("type_paper", number=1)).content.decode()
    assert "checked" not in blind
    assert 'value="3"' not in blind or kind not in {"ranking", "points"}
    said = shown(second.post(vote.address("type_paper", number=1), sent | {"sector": "public"}, follow=True))
    assert "Ballot 1 was read the same by two people and counts." in said
    assert sorted(vote.stored()[0]) == [("1", values[0]), ("2", values[1])]


def test_the_second_reader_does_not_see_what_the_first_typed(vote: Vote, paper: PaperBallot, colleague: Any) -> None:
    actions.type_paper(paper, by=vote.host, read=read("1", "2", sector="private"))
    for person in (vote.host, colleague):
        html = page_of(vote, person).get(vote.address("type_paper", number=1)).content.decode()
        assert "checked" not in html
        assert "selected>Private" not in html


def test_differences_stand_side_by_side_and_one_reading_is_taken(
    vote: Vote, paper: PaperBallot, colleague: Any
) -> None:
    actions.type_paper(paper, by=vote.host, read=read("1", "2"))
    client = page_of(vote, colleague)
    sent = vote.fields("1", "3")
    said = shown(client.post(vote.address("type_paper", number=1), sent, follow=True))
    assert "was read differently by two people" in said
    third = page_of(vote, make_person(role="leader", municipality=vote.ballot.process.municipality))
    page = third.get(vote.address("type_paper", number=1), follow=True)
    assert page.redirect_chain == [(vote.address("settle_paper", number=1), 303)]
    assert shown(page).count("Differs") == 2
    entry = PaperEntry.objects.get(person=colleague)
    said = shown(third.post(vote.address("settle_paper", number=1), {"entry": entry.pk}, follow=True))
    assert "Ballot 1 is settled." in said
    assert vote.stored() == [[("1", None), ("3", None)]]


def test_a_third_reading_can_be_typed_when_neither_is_right(vote: Vote, paper: PaperBallot, colleague: Any) -> None:
    actions.type_paper(paper, by=vote.host, read=read("1"))
    actions.type_paper(paper, by=colleague, read=read("2"))
    client = page_of(vote, vote.host)
    page = client.post(vote.address("settle_paper", number=1), {})
    assert "You have chosen nothing." in shown(page)
    client.post(vote.address("settle_paper", number=1), vote.fields("4"))
    assert vote.stored() == [[("4", None)]]


def test_a_number_that_was_never_printed_is_told(vote: Vote, paper: PaperBallot) -> None:
    client = page_of(vote, vote.host)
    said = shown(client.post(vote.address("find_paper"), {"number": "77"}, follow=True))
    assert "No form with number 77 was printed. Look at the number again. The highest is 2." in said
    said = shown(client.post(vote.address("find_paper"), {"number": "x"}, follow=True))
    assert "Write the number that stands on the form." in said
    with pytest.raises(NotFound):
        queries.paper_by_number(vote.ballot, 77)
    assert client.post(vote.address("find_paper"), {"number": "1"})["Location"] == vote.address("type_paper", number=1)


def test_the_desk_registers_and_goes_on_to_type(vote: Vote, colleague: Any) -> None:
    client = page_of(vote, vote.host)
    address = client.post(vote.address("desk_ballot"))["Location"]
    assert address == vote.address("type_paper", number=1)
    for browser in (client, page_of(vote, colleague)):
        browser.post(address, vote.fields("1"))
    assert list(VoterBallot.objects.values_list("channel", flat=True)) == ["desk"]


@pytest.mark.parametrize("kind", ["approval", "points"])
def test_forms_are_printed_with_everything_and_without_what_fell_out(kind: str) -> None:
    vote = make_vote(kind, min_choices=0, title="Åpen ☃ $x$")
    project = vote.projects[0]
    project.district, project.full_cost_nok = "Nord", 500_000
    project.save()
    actions.let_fall_out(vote.projects[3], by=vote.host, reason="Solgt.")
    document = queries.forms_document(vote.ballot, numbers=[1, 2], site="https://x.example")
    assert [one["key"] for one in document["projects"]] == ["1", "2", "3"]
    assert document["districts"] == ["Nord"]
    assert document["blank"]
    client = page_of(vote, vote.host)
    answer = client.post(vote.address("print_papers"), {"size": 2})
    assert answer.content.startswith(b"%PDF")
    assert PaperBallot.objects.count() == 2
    refused = client.post(vote.address("print_papers"), {"size": "0"}, follow=True)
    assert "Print 1 to 500 forms at a time." in shown(refused)


def test_the_list_costs_the_same_for_one_form_and_nine(
    vote: Vote, colleague: Any, django_assert_num_queries: Any
) -> None:
    client = page_of(vote, vote.host)
    client.get(vote.address("paper"))
    for forms in (1, 8):
        for made in actions.print_forms(vote.ballot, by=vote.host, size=forms):
            factories.make_paper_entry(made, ["1"], person=colleague)
        with django_assert_num_queries(9):
            client.get(vote.address("paper"))
