"""Preparing a ballot: the check before opening, what opening freezes, and the pages of those who prepare."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.apps.budgeting.conftest import Vote, make_vote, shown
from tests.factories import budgeting as factories
from tests.factories import make_activity, make_conversation, make_person, make_process, make_window
from tests.factories.initiatives import make_initiative

from samskap.apps.budgeting import actions, labels, queries
from samskap.apps.budgeting.labels.opening import finding_sentence
from samskap.apps.budgeting.models import Ballot, DistrictBudget, ExclusiveGroup, Project
from samskap.apps.budgeting.rules import fitting
from samskap.apps.initiatives.queries import BallotInitiative
from samskap.engines.fair_budget.rules import RULES
from samskap.kernel.errors import NotAllowed, RuleError

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Ballot:
    return factories.make_ballot(projects=3)


def host_of(ballot: Ballot) -> Any:
    return make_person(role="facilitator", municipality=ballot.process.municipality)


def stopping(ballot: Ballot) -> list[str]:
    found = [finding_sentence(one) for one in queries.findings_of(ballot) if one.stops]
    return [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in found]


def signed_in(ballot: Ballot) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(host_of(ballot))
    return client


# ---- The check before opening


@pytest.mark.parametrize(
    ("projects", "fields", "said"),
    [
        ([100], {}, ["A ballot needs at least two projects to choose between."]),
        ([100, 2_000_000], {}, ["“Prosjekt 2” costs NOK 2,000,000, more than the whole budget of NOK 1,000,000."]),
        ([900, 800], {"budget_nok": 700},
         ["The budget is NOK 700, and the cheapest project costs NOK 800: nothing could win."]),
        ([100, 100], {"min_choices": 3}, ["Voters must choose at least 3 projects, and there are 2."]),
        ([100, 100], {"kind": "points", "min_choices": 2, "points": 1},
         ["Voters must give points to at least 2 projects and have 1 points."]),
        ([600_000, 700_000], {"kind": "knapsack", "min_choices": 2},
         ["Voters must choose at least 2 projects, and even the cheapest cost more than the budget."]),
        ([100, 100], {"satisfaction": "points"},
         ["The way of measuring what a voter gets does not go with this kind of ballot."]),
        ([100, 100], {"rule": "greedy"}, ["The way of using what is left does not go with this rule."]),
        ([100, 100], {"seed": ""}, ["A lottery needs a seed that is public before the vote."]),
        ([10**12, 10**12], {"budget_nok": 10**12}, []),
    ],
)  # fmt: skip
def test_what_stands_against_opening_is_told(projects: list[int], fields: Any, said: list[str]) -> None:
    ballot = factories.make_ballot(projects=projects, **fields)
    assert stopping(ballot) == said
    if said:
        with pytest.raises(RuleError) as refused:
            actions.open_ballot(ballot, by=host_of(ballot))
        assert refused.value.message.replace("\N{NO-BREAK SPACE}", " ") == said[0]
        ballot.refresh_from_db()
        assert ballot.state == "draft"


def test_budgets_of_districts_are_checked(draft: Ballot) -> None:
    north, south, _rest = draft.projects.all()
    Project.objects.filter(pk=north.pk).update(district="Nord", cost_nok=300_000)
    actions.set_district_budgets(draft, by=host_of(draft), budgets={"Nord": 250_000, "Sør": 500_000})
    assert stopping(draft) == [
        "“Prosjekt 1” costs NOK 300,000, and Nord has NOK 250,000.",
        "“Prosjekt 3” costs NOK 300,000, and NOK 250,000 is left when the districts and themes have theirs.",
    ]
    actions.set_district_budgets(draft, by=host_of(draft), budgets={"Nord": 900_000, "Sør": 500_000})
    assert stopping(draft) == ["The districts and themes have NOK 1,400,000 in all, and the budget is NOK 1,000,000."]
    assert DistrictBudget.objects.filter(ballot=draft).count() == 2
    assert south.district == ""


def test_projects_that_need_each_other_in_a_circle_or_a_rival_are_found(draft: Ballot) -> None:
    one, two, three = draft.projects.all()
    Project.objects.filter(pk=one.pk).update(requires=two)
    Project.objects.filter(pk=two.pk).update(requires=three)
    Project.objects.filter(pk=three.pk).update(requires=one)
    assert stopping(draft) == ["These projects need each other in a circle: “Prosjekt 1”, “Prosjekt 2”, “Prosjekt 3”."]
    Project.objects.filter(pk=three.pk).update(requires=None)
    group = ExclusiveGroup.objects.create(ballot=draft, title="Samme tomt")
    Project.objects.filter(pk__in=[one.pk, three.pk]).update(exclusive_group=group)
    assert stopping(draft) == ["“Prosjekt 1” needs “Prosjekt 3”, and at most one of the two can win."]


def test_what_is_worth_a_look_does_not_stop(draft: Ballot) -> None:
    ExclusiveGroup.objects.create(ballot=draft, title="Alene").projects.add(draft.projects.all()[0])
    DistrictBudget.objects.create(ballot=draft, district="Øst", budget_nok=1000)
    said = [finding_sentence(one) for one in queries.findings_of(draft)]
    assert said == [
        "4 texts are missing in Nynorsk. The originals are shown instead.",
        "4 texts are missing in English. The originals are shown instead.",
        "3 projects have no description.",
        "A group of projects that exclude each other has only one project.",
        "Øst has a budget, and no project belongs there.",
        "There is no window yet, so nobody can vote online.",
        "It is not said how many can vote, so the turnout has no share.",
    ]
    assert actions.open_ballot(draft, by=host_of(draft)).state == "open"


@pytest.mark.parametrize(("least", "is_said"), [(0, True), (1, True), (2, False)])
def test_a_ballot_with_one_place_is_worth_nothing_where_places_count(draft: Ballot, least: int, is_said: bool) -> None:
    Ballot.objects.filter(pk=draft.pk).update(kind="ranking", satisfaction="borda", min_choices=least)
    draft.refresh_from_db()
    found = [one for one in queries.findings_of(draft) if one.key == "last_is_worth_nothing"]
    assert [(one.stops, finding_sentence(one)) for one in found] == (
        [
            (
                False,
                "Counted by the place, the project that is last on a ballot is worth nothing to its voter. Whoever "
                "ranks only one is counted as if the ballot were blank: let voters rank at least two.",
            )
        ]
        if is_said
        else []
    )


def test_the_tables_of_what_fits_are_those_of_the_engine() -> None:
    assert set(fitting.COMPLETIONS_OF) == set(labels.RULES) == set(RULES)
    assert set(fitting.SATISFACTIONS_OF) == set(labels.KINDS)
    for key, rule in RULES.items():
        assert set(fitting.COMPLETIONS_OF[key]) == set(rule.completions), key


# ---- What opening freezes


def test_opening_freezes_projects_and_rules_and_leaves_texts(draft: Ballot) -> None:
    host = host_of(draft)
    project = draft.projects.all()[0]
    opened = actions.open_ballot(draft, by=host)
    assert (opened.state, opened.opened_at is not None) == ("open", True)
    frozen: list[Any] = [
        lambda: actions.update_ballot(draft, by=host, rule="phragmen"),
        lambda: actions.update_ballot(draft, by=host, seed="another"),
        lambda: actions.update_ballot(draft, by=host, budget_nok=5),
        lambda: actions.add_project(draft, by=host, title="Ny", cost_nok=5),
        lambda: actions.update_project(project, by=host, cost_nok=5),
        lambda: actions.delete_project(project, by=host),
        lambda: actions.move_project(project, by=host, way="down"),
        lambda: actions.set_district_budgets(draft, by=host, budgets={"Nord": 5}),
        lambda: actions.add_exclusive_group(draft, by=host, title="Ny"),
        lambda: actions.delete_ballot(draft, by=host),
    ]
    for change in frozen:
        with pytest.raises(RuleError, match="its projects and its rules stay as they are"):
            change()
    assert actions.update_ballot(draft, by=host, title="Nytt navn", rule=draft.rule).title == "Nytt navn"
    type(draft).objects.update(state="closed")
    with pytest.raises(RuleError, match="nothing in it changes any more"):
        actions.update_ballot(draft, by=host, title="For sent")


def test_the_opening_can_be_taken_back_while_nobody_has_voted(vote: Vote) -> None:
    assert actions.take_back_opening(vote.ballot, by=vote.host).state == "draft"
    actions.open_ballot(vote.ballot, by=vote.host)
    factories.make_voter_ballot(vote.ballot, ["1"])
    with pytest.raises(RuleError, match="Somebody has voted"):
        actions.take_back_opening(vote.ballot, by=vote.host)


def test_a_paper_ballot_that_is_typed_once_holds_the_opening_too(vote: Vote) -> None:
    factories.make_paper_entry(factories.make_paper(vote.ballot), ["1"], person=vote.host)
    with pytest.raises(RuleError, match="Somebody has voted"):
        actions.take_back_opening(vote.ballot, by=vote.host)


def test_only_those_in_charge_prepare(draft: Ballot) -> None:
    for person in (make_person(), make_person(role="facilitator"),
                   make_person(role="partner", municipality=draft.process.municipality)):  # fmt: skip
        for change in (
            lambda who: actions.update_ballot(draft, by=who, title="X"),
            lambda who: actions.open_ballot(draft, by=who),
            lambda who: actions.make_batch(draft, by=who, title="X", size=1),
            lambda who: actions.create_ballot(draft.process, by=who, title="X", budget_nok=1),
        ):
            with pytest.raises(NotAllowed):
                change(person)


# ---- Projects


def initiative(ballot: Ballot, **fields: Any) -> BallotInitiative:
    row = make_initiative(municipality=ballot.process.municipality, title="Bru", summary="Over elva.")
    plain: dict[str, Any] = {
        "pk": row.pk, "municipality_id": ballot.process.municipality_id, "title": "Bru", "summary": "Over elva.",
        "language": "nb", "stage": "planned", "net_cost_nok": 300_000, "full_cost_nok": 500_000, "unconfirmed_nok": 0,
        "sector": "voluntary", "organisation": "Velforeningen", "is_published": True,
        "translations": {"en": {"title": "Bridge"}},
    }  # fmt: skip
    return BallotInitiative(**(plain | fields))


def test_an_initiative_is_copied_with_the_cost_that_is_left(draft: Ballot) -> None:
    project = actions.add_initiative(draft, initiative(draft), by=host_of(draft))
    assert (project.key, project.order) == ("4", 4)
    assert (project.title, project.text, project.cost_nok, project.full_cost_nok, project.sector) == (
        "Bru", "Over elva.", 300_000, 500_000, "voluntary",
    )  # fmt: skip
    assert project.translations == {"en": {"title": "Bridge"}}
    with pytest.raises(RuleError, match="on the ballot already"):
        actions.add_initiative(draft, initiative(draft, pk=project.initiative_id), by=host_of(draft))


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"net_cost_nok": 0}, "nothing to vote on"), ({"municipality_id": 0}, "belongs to another municipality")],
)
def test_what_cannot_be_voted_on_is_refused(draft: Ballot, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(RuleError, match=said):
        actions.add_initiative(draft, initiative(draft, **fields), by=host_of(draft))
    assert draft.projects.count() == 3


@pytest.mark.parametrize("cost", [0, -5, None, 1.5, "100"])
def test_a_project_costs_whole_kroner_above_nothing(draft: Ballot, cost: Any) -> None:
    with pytest.raises(RuleError, match="at least 1 krone"):
        actions.add_project(draft, by=host_of(draft), title="Gratis", cost_nok=cost)


def test_keys_are_numbers_that_nobody_else_has(draft: Ballot) -> None:
    host = host_of(draft)
    actions.delete_project(draft.projects.get(key="2"), by=host)
    made = actions.add_project(draft, by=host, title="Ny", cost_nok=5)
    assert [one.key for one in queries.projects_of(draft)] == ["1", "3", "4"]
    assert made.key == "4"


def test_projects_change_places(draft: Ballot) -> None:
    host, last = host_of(draft), draft.projects.get(key="3")
    for _press in range(3):
        actions.move_project(last, by=host, way="up")
    assert [one.key for one in queries.projects_of(draft)] == ["3", "1", "2"]


def test_a_circle_of_needs_is_refused_when_it_is_made(draft: Ballot) -> None:
    host, (one, two, _three) = host_of(draft), draft.projects.all()
    actions.update_project(one, by=host, requires=two)
    with pytest.raises(RuleError, match="in a circle"):
        actions.update_project(two, by=host, requires=one)


def test_a_project_falls_out_with_a_reason_and_can_come_back(vote: Vote) -> None:
    project = vote.projects[0]
    with pytest.raises(RuleError, match="Say why"):
        actions.let_fall_out(project, by=vote.host, reason="  ")
    fallen = actions.let_fall_out(project, by=vote.host, reason="Tomten er solgt.")
    assert (fallen.fell_out_at is not None, fallen.fell_out_reason) == (True, "Tomten er solgt.")
    back = actions.take_back_fall(project, by=vote.host)
    assert (back.fell_out_at, back.fell_out_reason) == (None, "")


def test_in_a_draft_a_project_is_deleted_and_does_not_fall(draft: Ballot) -> None:
    with pytest.raises(RuleError, match="not open yet"):
        actions.let_fall_out(draft.projects.all()[0], by=host_of(draft), reason="Nei")


def test_a_window_opens_one_ballot_of_its_own_process(draft: Ballot) -> None:
    host = host_of(draft)
    taken = make_activity(process=draft.process)
    actions.attach_window(draft, taken, by=host)
    other = factories.make_ballot(process=draft.process)
    with pytest.raises(RuleError, match="opens something else"):
        actions.attach_window(other, taken, by=host)
    conversation = make_conversation(process=draft.process)
    with pytest.raises(RuleError, match="opens something else"):
        actions.attach_window(draft, make_window(conversation), by=host)
    with pytest.raises(RuleError, match="another process"):
        actions.attach_window(draft, make_activity(), by=host)
    assert queries.windows_of(draft) == [taken]


# ---- Pages


def test_a_ballot_is_made_prepared_and_opened_from_the_pages() -> None:
    process = make_process()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(make_person(role="facilitator", municipality=process.municipality))
    made = client.post(
        f"/work/processes/{process.pk}/ballots/new/",
        {"language": "nb", "title_nb": "Nærmiljø", "intro_nb": "Velg.", "kind": "ranking", "budget_nok": "500 000 kr"},
        follow=True,
    )
    ballot = Ballot.objects.get()
    assert (ballot.kind, ballot.budget_nok, ballot.state) == ("ranking", 500_000, "draft")
    assert "No project yet" in shown(made)
    for title, cost in (("Bru", "300 000"), ("Park", "kr 200.000")):
        client.post(f"/work/ballots/{ballot.pk}/projects/new/", {"language": "nb", "title_nb": title, "cost_nok": cost})
    assert list(ballot.projects.values_list("title", "cost_nok")) == [("Bru", 300_000), ("Park", 200_000)]
    client.post(f"/work/ballots/{ballot.pk}/windows/new/", {"title": "På nett", "access": "open"})
    client.post(f"/work/ballots/{ballot.pk}/windows/{queries.windows_of(ballot)[0].pk}/open/")
    preview = shown(client.get(f"/work/ballots/{ballot.pk}/preview/"))
    assert "This is how a voter sees the ballot." in preview
    assert "Bru" in preview
    page = client.post(f"/work/ballots/{ballot.pk}/order/open/", follow=True)
    assert "The ballot is open." in shown(page)
    assert queries.open_window(Ballot.objects.get()) is not None


def rules_of(ballot: Ballot, **changed: Any) -> dict[str, Any]:
    plain = {
        "kind": "approval", "budget_nok": "1 000 000", "min_choices": 1, "points": 10, "rule": "equal_shares",
        "satisfaction": "cost", "completion": "add1u", "tie_break": "lottery", "seed": ballot.seed,
        "minimum_support": 0,
    }  # fmt: skip
    return plain | changed


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"budget_nok": "12,50"}, "whole kroner"),
        ({"budget_nok": "-5"}, "must be above 0"),
        ({"min_choices": 3, "max_choices": 2}, "The most cannot be below the fewest."),
        ({"seed": ""}, "A lottery needs a seed."),
        ({"satisfaction": "points"}, "This does not go with how people vote"),
        ({"rule": "greedy"}, "This does not go with the rule."),
        ({"lines": "Nord"}, "“Nord” has no name and amount."),
        ({"lines": "Nord 5\nNord 6"}, "Nord stands there twice."),
    ],
)
def test_rules_that_cannot_be_are_told_and_nothing_is_saved(draft: Ballot, changed: Any, said: str) -> None:
    client = signed_in(draft)
    page = client.post(f"/work/ballots/{draft.pk}/rules/", rules_of(draft, **changed))
    assert said in shown(page)
    after = Ballot.objects.get()
    assert (after.budget_nok, after.min_choices, after.rule) == (1_000_000, 1, "equal_shares")


def test_rules_and_districts_are_saved(draft: Ballot) -> None:
    client = signed_in(draft)
    sent = rules_of(draft, kind="points", satisfaction="points", eligible=3300, lines="Nord 200 000\nSør: 1 000 kr")
    page = client.post(f"/work/ballots/{draft.pk}/rules/", sent, follow=True)
    assert "The rules are saved." in shown(page)
    after = Ballot.objects.get()
    assert (after.kind, after.satisfaction, after.eligible, after.asks_sector) == ("points", "points", 3300, False)
    assert queries.district_budgets_of(after) == {"Nord": 200_000, "Sør": 1_000}


def test_after_opening_the_rules_are_shown_and_not_asked(vote: Vote) -> None:
    page = signed_in(vote.ballot).get(vote.address("rules"))
    assert "The ballot has been opened" in shown(page)
    assert "5eed" in shown(page)
    assert 'name="rule"' not in page.content.decode()


def test_initiatives_are_put_on_the_ballot_from_a_list(draft: Ballot) -> None:
    client = signed_in(draft)
    page = client.get(f"/work/ballots/{draft.pk}/projects/initiatives/")
    assert "No initiative to add" in shown(page)
    page = client.post(f"/work/ballots/{draft.pk}/projects/initiatives/", {}, follow=True)
    assert "Choose at least one initiative." in shown(page)


def test_the_process_lists_ballots_when_they_are_open_and_the_work_before() -> None:
    vote = make_vote()
    draft = factories.make_ballot(process=vote.ballot.process, title="Hemmelig utkast")
    public = shown(Client(HTTP_ACCEPT_LANGUAGE="en").get(f"/processes/{vote.ballot.process_id}/"))
    assert vote.ballot.title in public
    assert "You can vote now" in public
    assert draft.title not in public
    [part] = queries.process_work_parts(vote.ballot.process, vote.host)
    assert [card.title for card in part.cards] == [vote.ballot.title, draft.title]
    steps = queries.work_steps(vote.ballot.process.municipality, vote.host)
    assert [step.title for step in steps] == ["Make “Hemmelig utkast” ready"]


def test_the_history_of_a_vote_is_told_in_sentences(vote: Vote) -> None:
    actions.let_fall_out(vote.projects[0], by=vote.host, reason="Solgt.")
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(f"/history/ballot/{vote.ballot.pk}/")
    assert page.status_code == 200
    assert "as fallen out." in shown(page)
