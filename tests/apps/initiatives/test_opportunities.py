"""Opportunities: from ideas or written directly, published, set aside; the public list and page; what leaks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.apps.viewers import HIDDEN, PUBLIC, Town, met, words_of
from tests.factories.ideas import (
    make_commitment,
    make_idea,
    make_idea_round,
    make_idea_window,
    make_opportunity,
    make_partner,
    make_support,
)

from samskap.apps.actors.models import Person
from samskap.apps.challenges.models import Challenge
from samskap.apps.initiatives import actions, queries
from samskap.apps.initiatives.models import News, Opportunity
from samskap.apps.trail.models import Entry
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.kernel.errors import NotAllowed, RuleError
from samskap.web.parts import next_steps, parts_of


@pytest.fixture
def opportunity(town: Town) -> Opportunity:
    return make_opportunity(municipality=town.municipality, title="Turfølge")


def unit_manager(town: Town) -> Person:
    body = factories.make_organisation(municipality=town.municipality)
    return factories.make_person(role="unit_manager", municipality=town.municipality, organisation=body)


def make_challenge(town: Town, *, published: bool = True) -> Challenge:
    at = clock.now() if published else None
    return Challenge.objects.create(municipality=town.municipality, title="Flere eldre", text="…", published_at=at)


# Writing


def test_an_opportunity_is_made_of_ticked_ideas_and_the_trace_goes_both_ways(town: Town) -> None:
    process = factories.make_process(municipality=town.municipality)
    idea_round = make_idea_round(process=process)
    make_idea_window(idea_round, results="always")
    one, two = make_idea(idea_round, title="Turfølge", text="Hver tirsdag"), make_idea(idea_round, title="Gåvenn")
    both = factories.make_participant(process)
    for idea in (one, two):
        make_support(idea, both)
    make_support(two)
    client = town.client("facilitator")
    address = reverse("initiatives:new_opportunity") + f"?process={process.pk}&idea={one.pk}&idea={two.pk}"
    initial = client.get(address).context["form"].initial
    assert (initial["ideas"], initial["title_nb"]) == ([one.pk, two.pk], "Turfølge")
    said = {"language": "nb", "title_nb": "Turfølge", "text_nb": "Vi går **sammen**.", "ideas": [one.pk, two.pk]}
    client.post(address, said)
    made = Opportunity.objects.get()
    assert (made.process, made.written_by, made.is_published) == (process, town.facilitator, False)
    assert "It became the opportunity" not in idea_page(town, one)
    actions.publish_opportunity(made, by=town.facilitator)
    assert "It became the opportunity" in idea_page(town, one)
    page = words_of(town.client("anonymous").get(reverse("initiatives:opportunity", args=[made.pk])))
    assert "<strong>sammen</strong>" in page
    assert "2 people stand behind these ideas" in page
    assert "Gåvenn" in page


def idea_page(town: Town, idea: object) -> str:
    address = reverse("initiatives:idea", args=[idea.idea_round_id, idea.pk])  # type: ignore[attr-defined]
    return words_of(town.client("anonymous").get(address))


def test_the_sum_is_hidden_where_one_of_the_rounds_hides_its_support(town: Town) -> None:
    process = factories.make_process(municipality=town.municipality)
    shown, hidden = make_idea_round(process=process), make_idea_round(process=process)
    make_idea_window(shown, results="always")
    make_idea_window(hidden, results="when_shown")
    opportunity = make_opportunity(municipality=town.municipality)
    for idea_round in (shown, hidden):
        idea = make_idea(idea_round, opportunity=opportunity)
        for _person in range(6):
            make_support(idea)
    origin = queries.origin_of(opportunity)
    assert (origin.supporters, [count for _i, _m, count in origin.ideas]) == (None, [6, None])
    page = words_of(town.client("anonymous").get(reverse("initiatives:opportunity", args=[opportunity.pk])))
    assert "stand behind these ideas" not in page
    assert page.count("6 people support it") == 1


def test_an_idea_becomes_one_opportunity_and_only_when_it_is_accepted(town: Town, opportunity: Opportunity) -> None:
    process = factories.make_process(municipality=town.municipality)
    idea_round = make_idea_round(process=process)
    taken = make_idea(idea_round, opportunity=opportunity)
    waiting = make_idea(idea_round, state="waiting")
    foreign = make_idea()
    for idea in (taken, waiting, foreign):
        with pytest.raises(RuleError, match="not accepted, or became another"):
            actions.write_opportunity(
                town.municipality, by=town.facilitator, title="Ny", text="…", ideas=[idea], language="nb"
            )
    assert queries.free_ideas(town.municipality) == []


def test_a_unit_manager_writes_and_changes_a_draft_and_those_in_charge_publish_it(town: Town) -> None:
    manager = unit_manager(town)
    made = actions.write_opportunity(town.municipality, by=manager, title="Felles kjøkken", text="…")
    actions.update_opportunity(made, by=manager, text="Ny tekst")
    with pytest.raises(NotAllowed):
        actions.publish_opportunity(made, by=manager)
    actions.publish_opportunity(made, by=town.leader)
    with pytest.raises(NotAllowed):
        actions.update_opportunity(made, by=manager, text="For sent")
    with pytest.raises(NotAllowed):
        actions.write_opportunity(town.municipality, by=town.stranger, title="Fremmed", text="…")


def test_the_form_tells_what_is_missing(town: Town) -> None:
    client = town.client("facilitator")
    page = client.post(reverse("initiatives:new_opportunity"), {"language": "nb", "title_nb": "", "text_nb": ""})
    assert page.content.decode().count("Write this in the original language.") >= 2
    assert not Opportunity.objects.exists()


# States


def test_it_is_set_aside_with_a_reason_that_everybody_reads_and_opened_again(
    town: Town, opportunity: Opportunity
) -> None:
    client, address = town.client("facilitator"), reverse("initiatives:set_opportunity_aside", args=[opportunity.pk])
    client.post(address, {"reason": "  "})
    opportunity.refresh_from_db()
    assert opportunity.state == "open"
    client.post(address, {"reason": "Ingen lokaler i år."})
    page = words_of(town.client("anonymous").get(reverse("initiatives:opportunity", args=[opportunity.pk])))
    assert "Ingen lokaler i år." in page
    assert "Do you want to be part of it?" not in page
    client.post(reverse("initiatives:order_opportunity", args=[opportunity.pk, "reopen"]))
    opportunity.refresh_from_db()
    assert (opportunity.state, opportunity.reason) == ("open", "")
    assert list(News.objects.values_list("kind", flat=True)) == ["opportunity_set_aside", "opportunity_reopened"]


def test_one_that_was_taken_up_is_not_set_aside(town: Town, opportunity: Opportunity) -> None:
    actions.take_up_opportunity(opportunity, by=town.facilitator)
    with pytest.raises(RuleError, match="taken up as an initiative"):
        actions.set_opportunity_aside(opportunity, by=town.facilitator, reason="Nei.")


def test_a_draft_is_deleted_and_its_ideas_are_free_again_but_not_what_others_have_seen(town: Town) -> None:
    process = factories.make_process(municipality=town.municipality)
    draft = make_opportunity(municipality=town.municipality, published=False)
    idea = make_idea(make_idea_round(process=process), opportunity=draft)
    town.client("facilitator").post(reverse("initiatives:delete_opportunity", args=[draft.pk]))
    idea.refresh_from_db()
    assert (Opportunity.objects.count(), idea.opportunity) == (0, None)
    seen = make_opportunity(municipality=town.municipality)
    with pytest.raises(RuleError, match="Set it aside"):
        actions.delete_opportunity(seen, by=town.facilitator)


def test_what_happened_is_recorded_in_public_words(town: Town, opportunity: Opportunity) -> None:
    actions.set_opportunity_aside(opportunity, by=town.facilitator, reason="Ikke nå.")
    page = words_of(town.client("anonymous").get(reverse("trail:history", args=["opportunity", opportunity.pk])))
    assert "The facilitator set the opportunity “Turfølge” aside, with a reason." in page
    assert Entry.objects.get(is_public=True).verb == "initiatives.opportunity_set_aside"


# Pages


def test_the_page_tells_partners_by_sector_and_sums_that_never_mix_kinds(town: Town, opportunity: Opportunity) -> None:
    voluntary = factories.make_organisation(municipality=town.municipality, sector="voluntary", name="Turlaget")
    walking = make_partner(opportunity, organisation=voluntary, note="Vi går gjerne.")
    make_commitment(walking, amount=20_000)
    make_commitment(walking, amount=30_000, state="confirmed")
    make_commitment(walking, kind="hours", amount=120, state="delivered")
    make_commitment(walking, kind="premises", amount=None, text="Klubbhuset")
    make_commitment(walking, amount=999_999, state="not_delivered", reason="Nei.")
    make_partner(opportunity, email="kari@example.org", name="Kari Nordmann")
    make_partner(opportunity, email="venter@example.org", name="Ubekreftet", confirmed_at=None)
    page = words_of(town.client("anonymous").get(reverse("initiatives:opportunity", args=[opportunity.pk])))
    said = queries.partnership(opportunity)
    assert [(one.promised, one.confirmed, one.delivered) for one in said.sums[1:]] == [
        ("120 hours", "120 hours", "120 hours"),
        ("1 promise", "–", "–"),
    ]
    assert "Turlaget" in page
    assert "1 resident has joined." in page
    for secret in ("Kari Nordmann", "kari@example.org", "Ubekreftet", "999"):
        assert secret not in page


def test_money_sums_are_whole_kroner(town: Town, opportunity: Opportunity) -> None:
    partner = make_partner(opportunity)
    make_commitment(partner, amount=20_000)
    make_commitment(partner, amount=30_000, state="confirmed")
    digits = ["".join(sign for sign in text if sign.isdigit()) for text in (
        queries.partnership(opportunity).sums[0].promised, queries.partnership(opportunity).sums[0].confirmed
    )]  # fmt: skip
    assert digits == ["50000", "30000"]


def test_the_list_is_filtered_by_challenge_sector_and_state(town: Town, opportunity: Opportunity) -> None:
    challenge = make_challenge(town)
    answering = make_opportunity(municipality=town.municipality, title="Svarer")
    answering.challenges.add(challenge)
    body = factories.make_organisation(municipality=town.municipality, sector="voluntary")
    make_partner(answering, organisation=body)
    make_opportunity(municipality=town.municipality, title="Lagt bort", state="set_aside", reason="Nei.")
    make_opportunity(municipality=town.municipality, title="Utkast", published=False)
    address = reverse("initiatives:opportunities", args=[town.municipality.number])

    def titles(query: str = "") -> set[str]:
        return {one.title for one, *_rest in town.client("anonymous").get(address + query).context["rows"]}

    assert titles() == {"Turfølge", "Svarer", "Lagt bort"}
    assert titles(f"?challenge={challenge.pk}") == {"Svarer"}
    assert titles("?sector=voluntary") == {"Svarer"}
    assert titles("?state=set_aside") == {"Lagt bort"}
    assert titles("?state=nonsense&challenge=x") == {"Turfølge", "Svarer", "Lagt bort"}
    empty = town.client("anonymous").get(address + "?sector=private").content.decode()
    assert "No opportunity fits." in empty


def test_an_empty_list_says_how_opportunities_come(town: Town) -> None:
    address = reverse("initiatives:opportunities", args=[town.municipality.number])
    assert "No opportunities yet" in town.client("anonymous").get(address).content.decode()


def test_a_draft_is_seen_by_those_in_charge_alone_and_leaks_nowhere(town: Town) -> None:
    challenge = make_challenge(town)
    process = factories.make_process(municipality=town.municipality)
    draft = make_opportunity(municipality=town.municipality, process=process, title="Hemmelig utkast", published=False)
    draft.challenges.add(challenge)
    idea = make_idea(make_idea_round(process=process), opportunity=draft)
    assert town.statuses(reverse("initiatives:opportunity", args=[draft.pk])) == HIDDEN
    public = [
        reverse("initiatives:opportunities", args=[town.municipality.number]),
        reverse("challenges:challenge", args=[challenge.pk]),
        reverse("processes:process", args=[process.pk]),
        reverse("actors:municipality", args=[town.municipality.number]),
        reverse("initiatives:idea", args=[idea.idea_round_id, idea.pk]),
        reverse("initiatives:idea_round", args=[idea.idea_round_id]),
    ]
    for address in public:
        assert "Hemmelig utkast" not in town.client("anonymous").get(address).content.decode()


def test_pages_are_for_those_they_are_for(town: Town, opportunity: Opportunity) -> None:
    def statuses(name: str, *args: object) -> dict[str, int]:
        return town.statuses(reverse(f"initiatives:{name}", args=args))

    number, pk = town.municipality.number, opportunity.pk
    assert statuses("opportunities", number) == PUBLIC
    assert statuses("opportunity", pk) == PUBLIC
    assert statuses("join_opportunity", pk) == PUBLIC
    assert statuses("follow_opportunity", pk) == PUBLIC
    works_here = {
        "anonymous": 302,
        "stranger": 404,
        "elsewhere": 200,
        "partner": 200,
        "facilitator": 200,
        "leader": 200,
    }
    assert statuses("opportunities_at_work") == works_here
    assert statuses("new_opportunity") == works_here
    in_charge = met(302, 404, 200)
    for name in ("change_opportunity", "set_opportunity_aside", "delete_opportunity", "opportunity_partners"):
        assert statuses(name, pk) == in_charge
    address = reverse("initiatives:order_opportunity", args=[pk, "hide"])
    assert town.statuses(address, method="post") == met(302, 404, 302)


def test_at_work_a_partner_sees_what_is_published_and_own_drafts(town: Town, opportunity: Opportunity) -> None:
    make_opportunity(municipality=town.municipality, title="Andres utkast", published=False)
    make_opportunity(municipality=town.municipality, title="Eget utkast", published=False, written_by=town.partner)
    page = town.client("partner").get(reverse("initiatives:opportunities_at_work")).content.decode()
    assert "Turfølge" in page
    assert "Eget utkast" in page
    assert "Andres utkast" not in page


def test_lists_cost_the_same_for_one_and_for_many(town: Town, opportunity: Opportunity) -> None:
    challenge = make_challenge(town)
    public = reverse("initiatives:opportunities", args=[town.municipality.number])
    desk = reverse("initiatives:opportunities_at_work")

    def cost(kind: str, address: str) -> int:
        client = town.client(kind)
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    opportunity.challenges.add(challenge)
    make_commitment(make_partner(opportunity))
    page = reverse("initiatives:opportunity", args=[opportunity.pk])
    few = [cost("anonymous", public), cost("facilitator", desk), cost("anonymous", page)]
    for _number in range(4):
        other = make_opportunity(municipality=town.municipality)
        other.challenges.add(challenge)
        make_partner(other)
        make_commitment(make_partner(opportunity))
    assert [cost("anonymous", public), cost("facilitator", desk), cost("anonymous", page)] == few


# Parts and steps


def test_parts_of_other_pages_and_steps_at_work(town: Town) -> None:
    challenge = make_challenge(town)
    process = factories.make_process(municipality=town.municipality)
    idea_round = make_idea_round(process=process, ideas=1)
    make_idea(idea_round, state="waiting")
    published = make_opportunity(municipality=town.municipality, process=process)
    published.challenges.add(challenge)
    make_opportunity(municipality=town.municipality, published=False)
    partner = make_partner(published)
    make_commitment(partner)
    make_commitment(partner, state="confirmed", due_on="2020-01-01")
    assert {"Ideas", "Opportunities"} <= {part.title for part in parts_of("process", process, None)}
    assert "Idea rounds" in {part.title for part in parts_of("process_work", process, town.facilitator)}
    assert "Opportunities that answer it" in {part.title for part in parts_of("challenge", challenge, None)}
    assert "Opportunities to join" in {part.title for part in parts_of("municipality", town.municipality, None)}
    steps = {step.title for step in next_steps(town.municipality, town.facilitator)}
    assert {
        "Read the ideas that wait",
        "Publish the opportunities that are ready",
        "Confirm what partners promise",
        "Say whether what was promised came",
    } <= steps
    assert queries.opportunity_steps(town.municipality, town.partner) == []


def test_the_system_writes_too(town: Town) -> None:
    made = actions.write_opportunity(town.municipality, by=SYSTEM_DEMO, title="Vist", text="…")
    assert actions.publish_opportunity(made, by=SYSTEM_DEMO).is_published
