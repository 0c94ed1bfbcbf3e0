"""Initiatives: begun, written section by section, published, followed up, and seen by those they are for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests import factories
from tests.apps.viewers import DESK, HIDDEN, LIST, PUBLIC, Town, met, words_of
from tests.factories.initiatives import make_cost, make_gate, make_initiative, make_organisation_partner

from samskap.apps.challenges.models import Challenge
from samskap.apps.initiatives import actions, queries, rules
from samskap.apps.initiatives.models import Commitment, Initiative, Opportunity, Partner
from samskap.apps.trail.models import Entry
from samskap.kernel import clock
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.kernel.errors import NotAllowed, NotFound, RuleError

POST_ONLY = met(302, 405, 405)

PAGES = {
    "initiatives": PUBLIC,
    "initiative": HIDDEN,
    "initiatives_json": PUBLIC,
    "initiatives_csv": PUBLIC,
    "portfolio": LIST,
    "portfolio_table": LIST,
    "portfolio_csv": LIST,
    "portfolio_balance": LIST,
    "new_initiative": LIST,
    "take_up": DESK,
    "work_initiative": DESK,
    "publish_initiative": POST_ONLY,
    "delete_initiative": DESK,
    "decide_gate": DESK,
    "restore_part": POST_ONLY,
    "edit_section": DESK,
    "change_part": DESK,
    "remove_part": POST_ONLY,
    "set_done": POST_ONLY,
}
_PLAIN = {"initiatives", "portfolio", "portfolio_table", "portfolio_csv", "portfolio_balance", "new_initiative"}
_OWNERS_TOO = {"initiative", "work_initiative", "edit_section", "change_part"}


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(
        municipality=town.municipality, published=False, title="Følgevenn", owner=town.facilitator, costs={2027: 5}
    )


def in_days(days: int) -> date:
    return queries.today() + timedelta(days=days)


def address(page: str, one: Initiative) -> str:
    if page == "take_up":
        opportunity = Opportunity.objects.get_or_create(municipality=one.municipality, title="Mulighet", text="x")[0]
        return reverse("initiatives:take_up", args=[opportunity.pk])
    values: list[Any] = [] if page in _PLAIN else [one.pk]
    if page in {"initiatives_json", "initiatives_csv"}:
        values = [one.municipality.number]
    if page in {"edit_section", "change_part", "remove_part"}:
        values.append("costs")
    if page in {"change_part", "remove_part", "set_done"}:
        values.append(one.cost_lines.get().pk)
    return reverse(f"initiatives:{page}", args=values)


# --- Who ---


@pytest.mark.parametrize("page", PAGES)
def test_each_page_lets_in_those_it_is_for(town: Town, initiative: Initiative, page: str) -> None:
    assert town.statuses(address(page, initiative)) == PAGES[page]


def test_every_page_of_initiatives_is_in_the_grid() -> None:
    from samskap.apps.initiatives.urls import initiatives

    assert {pattern.name for pattern in initiatives.urlpatterns} == set(PAGES)


def test_a_published_initiative_is_for_everyone(town: Town, initiative: Initiative) -> None:
    actions.publish_initiative(initiative, by=town.leader)
    assert town.statuses(address("initiative", initiative)) == PUBLIC


@pytest.mark.parametrize("page", sorted(_OWNERS_TOO))
def test_the_owner_comes_in_and_not_after_losing_the_role(town: Town, initiative: Initiative, page: str) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(owner=town.partner)
    assert town.client("partner").get(address(page, initiative)).status_code == 200
    town.partner.mandates.all().delete()
    assert town.client("partner").get(address(page, initiative)).status_code == 404


@pytest.mark.parametrize("page", ["decide_gate", "delete_initiative", "portfolio"])
def test_the_owner_does_not_decide_delete_or_see_the_portfolio(town: Town, initiative: Initiative, page: str) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(owner=town.partner)
    assert town.client("partner").get(address(page, initiative)).status_code == 404


@pytest.mark.parametrize(
    "act",
    [
        lambda i, by: actions.update_initiative(i, by=by, title="Mitt"),
        lambda i, by: actions.set_challenges(i, by=by, challenges=[]),
        lambda i, by: actions.publish_initiative(i, by=by),
        lambda i, by: actions.hide_initiative(i, by=by),
        lambda i, by: actions.add_part(i, "affected", by=by, who="Alle"),
        lambda i, by: actions.change_part(i.cost_lines.get(), by=by, amount_nok=7),
        lambda i, by: actions.remove_part(i.cost_lines.get(), by=by),
        lambda i, by: actions.delete_initiative(i, by=by),
        lambda i, by: actions.create_initiative(
            i.municipality, by=by, title="Mitt", next_step="x", next_date=in_days(1)
        ),
    ],
)
def test_an_action_is_refused_to_everyone_who_is_not_in_charge_here(
    town: Town, initiative: Initiative, act: Any
) -> None:
    for kind in ("stranger", "elsewhere", "partner"):
        with pytest.raises(NotAllowed):
            act(initiative, town.people[kind])
    act(initiative, town.leader)


def test_no_page_names_a_person_to_the_public(town: Town) -> None:
    owner = factories.make_person(role="unit_manager", municipality=town.municipality, name="Kari Hemmelig")
    one = make_initiative(municipality=town.municipality, owner=owner, costs={2027: 10})
    make_gate(one, recorded_by=owner)
    Partner.objects.create(initiative=one, name="Ola Skjult", email="ola@example.org", confirmed_at=clock.now())
    pages = [address(page, one) for page in ("initiatives", "initiative", "initiatives_json", "initiatives_csv")]
    pages.append(reverse("trail:history", args=["initiative", one.pk]))
    for page in pages:
        text = town.client("anonymous").get(page).content.decode()
        assert one.title in text or "history" in page
        for secret in ("Kari Hemmelig", "Ola Skjult", "ola@example.org", owner.email):
            assert secret not in text


def test_a_draft_is_nowhere_in_public(town: Town) -> None:
    challenge = Challenge.objects.create(
        municipality=town.municipality, title="Flere eldre", text="x", published_at=clock.now()
    )
    process = factories.make_process(municipality=town.municipality)
    opportunity = Opportunity.objects.create(
        municipality=town.municipality, process=process, title="Mulighet", text="x", published_at=clock.now()
    )
    one = make_initiative(
        municipality=town.municipality, published=False, title="Hemmelig kladd", challenges=[challenge],
        opportunity=opportunity,
    )  # fmt: skip
    pages = [
        reverse("initiatives:initiatives"),
        address("initiatives_json", one),
        address("initiatives_csv", one),
        reverse("actors:municipality", args=[town.municipality.number]),
        reverse("challenges:challenge", args=[challenge.pk]),
        reverse("processes:process", args=[process.pk]),
    ]
    for page in pages:
        assert "Hemmelig kladd" not in town.client("anonymous").get(page).content.decode()
    Initiative.objects.filter(pk=one.pk).update(published_at=clock.now())
    for page in pages:
        assert "Hemmelig kladd" in town.client("anonymous").get(page).content.decode(), page


# --- Begun ---

TYPED = {
    "language": "nb", "title_nb": "Følgevenn", "summary_nb": "Frivillige følger.", "next_step_nb": "Spør de frivillige",
    "title_en": "Companion", "owner_organisation": "", "starts_on": "",
}  # fmt: skip


def test_an_initiative_is_begun_with_owner_next_step_and_date(town: Town) -> None:
    challenge = Challenge.objects.create(municipality=town.municipality, title="Flere eldre", text="x")
    body = factories.make_organisation(municipality=town.municipality)
    typed = TYPED | {
        "next_date": in_days(3).isoformat(), "owner": town.partner.pk, "owner_organisation": body.pk,
        "challenges": [challenge.pk],
    }  # fmt: skip
    answer = town.client("facilitator").post(reverse("initiatives:new_initiative"), typed)
    made = Initiative.objects.get()
    assert answer.headers["Location"] == reverse("initiatives:work_initiative", args=[made.pk])
    assert (made.title, made.summary, made.next_step, made.next_date) == (
        "Følgevenn", "Frivillige følger.", "Spør de frivillige", in_days(3),
    )  # fmt: skip
    assert (made.owner, made.owner_organisation, made.stage) == (town.partner, body, "idea")
    assert made.translations == {"en": {"title": "Companion"}}
    assert list(made.challenges.all()) == [challenge]
    assert not made.is_published


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title_nb": ""}, "Write this in the original language."),
        ({"next_step_nb": ""}, "Write this in the original language."),
        ({"next_date": ""}, "This field is required."),
        ({"next_date": "2020-01-01"}, "Choose today or a later day."),
        ({"owner": ""}, "This field is required."),
        ({"owner": "999999"}, "Select a valid choice."),
        ({"owner_organisation": "999999"}, "Select a valid choice."),
    ],
)
def test_a_form_with_a_mistake_keeps_what_was_typed(town: Town, change: dict[str, str], told: str) -> None:
    typed = TYPED | {"next_date": in_days(3).isoformat(), "owner": str(town.leader.pk)} | change
    page = town.client("facilitator").post(reverse("initiatives:new_initiative"), typed).content.decode()
    assert told in page
    assert "Frivillige følger." in page
    assert not Initiative.objects.exists()


def test_somebody_of_another_municipality_is_no_owner(town: Town, initiative: Initiative) -> None:
    stranger = factories.make_organisation()
    with pytest.raises(RuleError) as refused:
        actions.update_initiative(initiative, by=town.leader, owner=town.elsewhere)
    assert refused.value.code == "owner_foreign"
    with pytest.raises(RuleError) as refused:
        actions.update_initiative(initiative, by=town.leader, owner_organisation=stranger)
    assert refused.value.code == "organisation_foreign"
    foreign = Challenge.objects.create(municipality=stranger.municipality, title="x", text="x")
    with pytest.raises(RuleError) as refused:
        actions.set_challenges(initiative, by=town.leader, challenges=[foreign])
    assert refused.value.code == "challenge_foreign"


# --- From an opportunity ---


@pytest.fixture
def opportunity(town: Town) -> Opportunity:
    made = Opportunity.objects.create(
        municipality=town.municipality, title="Følgevenn", text="Første avsnitt.\n\nAndre avsnitt.",
        translations={"en": {"title": "Companion", "text": "First paragraph.\n\nSecond."}}, published_at=clock.now(),
    )  # fmt: skip
    made.challenges.add(Challenge.objects.create(municipality=town.municipality, title="Flere eldre", text="x"))
    return made


def test_an_opportunity_gives_the_initiative_all_it_has(town: Town, opportunity: Opportunity) -> None:
    body = factories.make_organisation(municipality=town.municipality, sector="voluntary")
    partner = Partner.objects.create(opportunity=opportunity, organisation=body, confirmed_at=clock.now())
    Commitment.objects.create(partner=partner, kind="money", amount=40_000, state="confirmed")
    page = town.client("leader").get(reverse("initiatives:take_up", args=[opportunity.pk])).content.decode()
    assert "From the opportunity “Companion”." in page
    assert "Første avsnitt.</textarea>" in page
    made = actions.create_initiative_from(
        opportunity, by=town.leader, owner=town.leader, next_step="Spør", next_date=in_days(5)
    )
    make_cost(made, amount_nok=100_000)
    opportunity.refresh_from_db()
    assert (made.opportunity, opportunity.state) == (opportunity, "taken_up")
    assert (made.title, made.summary, made.problem) == (
        "Følgevenn", "Første avsnitt.", "Første avsnitt.\n\nAndre avsnitt.",
    )  # fmt: skip
    assert made.translations["en"] == {
        "title": "Companion", "summary": "First paragraph.", "problem": "First paragraph.\n\nSecond.",
    }  # fmt: skip
    assert list(made.challenges.all()) == list(opportunity.challenges.all())
    assert [one.organisation for one in made.partners.all()] == [body]
    assert queries.money_by_initiative([made.pk])[made.pk].net_nok == 60_000


def test_an_opportunity_becomes_an_initiative_once(town: Town, opportunity: Opportunity) -> None:
    actions.create_initiative_from(opportunity, by=town.leader, next_step="Spør", next_date=in_days(5))
    with pytest.raises(RuleError) as refused:
        actions.create_initiative_from(opportunity, by=town.leader, next_step="Spør", next_date=in_days(5))
    assert refused.value.code == "opportunity_taken_up"
    typed = TYPED | {"next_date": in_days(3).isoformat(), "owner": town.leader.pk}
    answer = town.client("leader").post(reverse("initiatives:take_up", args=[opportunity.pk]), typed)
    assert answer.status_code == 409
    assert Initiative.objects.count() == 1


def test_what_is_typed_goes_before_what_the_opportunity_says(town: Town, opportunity: Opportunity) -> None:
    typed = {
        "language": "en", "title_en": "Companions", "summary_en": "", "next_step_en": "Ask", "title_nb": "Følge",
        "next_date": in_days(3).isoformat(), "owner": town.leader.pk, "owner_organisation": "", "starts_on": "",
    }  # fmt: skip
    town.client("leader").post(reverse("initiatives:take_up", args=[opportunity.pk]), typed)
    made = Initiative.objects.get()
    assert (made.language, made.title, made.summary, made.problem) == (
        "en", "Companions", "", "First paragraph.\n\nSecond.",
    )  # fmt: skip
    assert made.translations["nb"]["title"] == "Følge"
    assert made.translations["nb"]["problem"] == "Første avsnitt.\n\nAndre avsnitt."


# --- Written section by section ---


def section(one: Initiative, name: str) -> str:
    return reverse("initiatives:edit_section", args=[one.pk, name])


@pytest.mark.parametrize("name", ["problem", "measures", "effects", "recommendation", "learned", "about", "next"])
def test_what_is_stored_comes_back_into_each_section_unchanged(town: Town, initiative: Initiative, name: str) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(
        problem="P", zero_alternative="Z", measures="M", principles="R", effects="E", recommendation="A",
        conditions="V", learned="L", summary="S",
        translations={"en": {"title": "Companion", "problem": "P in English", "next_step": "Ask"}},
    )  # fmt: skip
    before = Initiative.objects.values().get()
    page = town.client("facilitator").get(section(initiative, name))
    form = page.context["form"]
    sent = {key: value for key in form.fields if (value := form[key].value()) is not None}
    sent = {key: value.isoformat() if isinstance(value, date) else value for key, value in sent.items()}
    answer = town.client("facilitator").post(section(initiative, name), sent)
    assert answer.status_code == 302
    assert Initiative.objects.values().get() == before


def test_a_section_is_saved_by_itself_and_leaves_the_rest(town: Town, initiative: Initiative) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(translations={"nn": {"title": "Følgje"}}, measures="Som før")
    client = town.client("facilitator")
    sent = {"problem_nb": "Mange er **alene**.", "zero_alternative_en": "Taxi as today.", "then": "next"}
    answer = client.post(section(initiative, "problem"), sent)
    assert answer.headers["Location"] == section(initiative, "measures")
    initiative.refresh_from_db()
    assert (initiative.problem, initiative.zero_alternative, initiative.measures) == (
        "Mange er **alene**.",
        "",
        "Som før",
    )
    assert initiative.translations == {"en": {"zero_alternative": "Taxi as today."}, "nn": {"title": "Følgje"}}


def test_an_unknown_section_is_not_there(town: Town, initiative: Initiative) -> None:
    assert town.client("leader").get(section(initiative, "nothing")).status_code == 404


def test_a_date_that_has_passed_may_stand_but_not_be_chosen(town: Town, initiative: Initiative) -> None:
    late = in_days(-4)
    Initiative.objects.filter(pk=initiative.pk).update(next_date=late)
    sent = {"next_step_nb": "Nytt", "next_date": late.isoformat(), "owner": town.leader.pk}
    assert town.client("leader").post(section(initiative, "next"), sent).status_code == 302
    page = town.client("leader").post(section(initiative, "next"), sent | {"next_date": in_days(-3).isoformat()})
    assert "Choose today or a later day." in page.content.decode()
    with pytest.raises(RuleError) as refused:
        actions.update_initiative(initiative, by=town.leader, next_date=in_days(-1))
    assert refused.value.code == "next_date_passed"


def test_an_owner_who_has_lost_the_role_is_followed_by_another(town: Town) -> None:
    one = make_initiative(municipality=town.municipality, owner=town.stranger, next_step="Spør")
    sent = {"next_step_nb": "Nytt", "next_date": in_days(5).isoformat()}
    for owner in ("", town.stranger.pk):
        page = town.client("leader").post(section(one, "next"), sent | {"owner": owner})
        assert page.context["form"].errors["owner"]
    town.client("leader").post(section(one, "next"), sent | {"owner": town.partner.pk})
    one.refresh_from_db()
    assert (one.owner, one.next_step) == (town.partner, "Nytt")


# --- What is still unanswered ---


@pytest.mark.parametrize(
    ("amount", "level"),
    [
        (0, "minimum"),
        (1_000_000, "minimum"),
        (1_000_001, "simplified"),
        (10_000_000, "simplified"),
        (10_000_001, "full"),
    ],
)
def test_the_more_it_costs_the_more_is_expected(amount: int, level: str) -> None:
    assert rules.level_of(amount) == level


def test_each_level_asks_all_that_the_one_before_asks() -> None:
    small, middle, large = (set(rules.asked_of(level)) for level in ("minimum", "simplified", "full"))
    assert small < middle < large
    assert {"problem", "measures", "principles", "effects", "recommendation", "conditions", "zero_alternative"} <= small


def test_the_desk_says_what_is_unanswered_until_nothing_is(town: Town, initiative: Initiative) -> None:
    basis = queries.desk_context(initiative, viewer=town.leader)["basis"]
    assert [one.key for one in basis.lacking] == [
        "problem", "zero_alternative", "measures", "principles", "effects", "recommendation", "conditions",
        "challenge", "owner_organisation",
    ]  # fmt: skip
    page = words_of(town.client("leader").get(address("work_initiative", initiative)))
    assert "What happens if we do nothing?" in page
    texts = dict.fromkeys(
        ("problem", "zero_alternative", "measures", "principles", "effects", "recommendation", "conditions"), "Svar"
    )
    body = factories.make_organisation(municipality=town.municipality)
    actions.update_initiative(initiative, by=town.leader, owner_organisation=body, **texts)
    challenge = Challenge.objects.create(municipality=town.municipality, title="x", text="x")
    actions.set_challenges(initiative, by=town.leader, challenges=[challenge])
    initiative.refresh_from_db()
    page = words_of(town.client("leader").get(address("work_initiative", initiative)))
    assert "Nothing: everything that is expected of an initiative of this price is answered." in page


def test_the_zero_alternative_and_all_six_questions_stand_on_the_page_answered_or_not(town: Town) -> None:
    one = make_initiative(municipality=town.municipality, measures="Frivillige")
    page = words_of(town.client("anonymous").get(address("initiative", one)))
    for question in (
        "What is the problem, and what do we want to achieve?", "What happens if we do nothing?",
        "Which measures are relevant?", "Which questions of principle does it raise?",
        "What are the effects, how lasting are they, and who is affected?",
        "Which measure is recommended, and why?", "What must be in place for it to succeed?",
    ):  # fmt: skip
        assert question in page
    assert page.count("Not answered yet.") == 6


# --- The page and the list ---


def test_the_page_speaks_the_readers_language_and_no_html_of_writers(town: Town) -> None:
    one = make_initiative(
        municipality=town.municipality, problem="**Viktig** <script>alert(1)</script>",
        translations={"en": {"title": "Companion"}},
    )  # fmt: skip
    page = words_of(town.client("anonymous").get(address("initiative", one)))
    assert '<h1 lang="en">Companion</h1>' in page
    assert "<strong>Viktig</strong>" in page
    assert "<script>alert" not in page


def test_the_list_is_filtered_by_stage_challenge_sector_and_words(town: Town) -> None:
    body = factories.make_organisation(municipality=town.municipality, sector="private")
    challenge = Challenge.objects.create(
        municipality=town.municipality, title="Flere eldre", text="x", published_at=clock.now()
    )
    one = make_initiative(municipality=town.municipality, title="Alfa", stage="pilot", owner_organisation=body)
    two = make_initiative(municipality=town.municipality, title="Beta", challenges=[challenge])
    three = make_initiative(
        municipality=town.municipality, title="Gamma", translations={"en": {"summary": "A bus to school"}}
    )
    for wanted, found in (
        ({}, [one, two, three]), ({"stage": "pilot"}, [one]), ({"sector": "private"}, [one]),
        ({"challenge": str(challenge.pk)}, [two]), ({"q": "bus"}, [three]), ({"q": "alf"}, [one]), ({"q": "zzz"}, []),
        ({"stage": "nonsense"}, [one, two, three]), ({"q": "alf", "stage": "idea"}, []),
    ):  # fmt: skip
        page = town.client("anonymous").get(
            reverse("initiatives:initiatives"), {"municipality": town.municipality.number, **wanted}
        )
        assert [card.title for card in page.context["cards"]] == [each.title for each in found], wanted


def test_an_empty_list_says_what_will_stand_there(town: Town) -> None:
    page = words_of(town.client("anonymous").get(reverse("initiatives:initiatives")))
    assert "No initiatives yet" in page


@pytest.mark.parametrize("page", ["initiatives", "initiatives_json", "initiatives_csv", "portfolio", "portfolio_table",
                                  "portfolio_balance", "municipality", "dashboard"])  # fmt: skip
def test_a_list_costs_the_same_for_one_initiative_and_three(town: Town, page: str) -> None:
    challenge = Challenge.objects.create(municipality=town.municipality, title="x", text="x", published_at=clock.now())

    def more() -> Initiative:
        body = factories.make_organisation(municipality=town.municipality)
        made = make_initiative(
            municipality=town.municipality, owner=town.facilitator, owner_organisation=body, challenges=[challenge],
            costs={2027: 10, 2028: 20}, in_days=-3,
        )  # fmt: skip
        make_organisation_partner(made, money=5, hours=3)
        make_gate(made)
        return made

    first = more()
    where = {
        "municipality": reverse("actors:municipality", args=[town.municipality.number]),
        "dashboard": reverse("actors:dashboard"),
    }.get(page) or address(page, first)
    client = town.client("facilitator")
    client.get(where)
    costs = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as spent:
            assert client.get(where).status_code == 200
        costs.append(len(spent))
        more(), more()
    assert costs[0] == costs[1]


@pytest.mark.parametrize("page", ["initiative", "work_initiative", "costs", "decide_gate"])
def test_a_page_costs_the_same_for_one_of_everything_and_for_three(town: Town, page: str) -> None:
    one = make_initiative(municipality=town.municipality)
    where = section(one, page) if page == "costs" else address(page, one)

    def more() -> None:
        body = factories.make_organisation(municipality=town.municipality, sector="private")
        partner = make_organisation_partner(one, organisation=body, money=5, hours=3)
        assert partner.organisation == body
        make_cost(one, payer=body)
        make_gate(one, missing=["problem"])
        one.challenges.add(
            Challenge.objects.create(municipality=town.municipality, title="x", text="x", published_at=clock.now())
        )
        for kind, fields in (
            ("risks", {"text": "x"}), ("affected", {"who": "x"}), ("milestones", {"text": "x", "due_on": in_days(1)}),
        ):  # fmt: skip
            actions.add_part(one, kind, by=SYSTEM_DEMO, **fields)

    more()
    client = town.client("facilitator")
    client.get(where)
    costs = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as spent:
            assert client.get(where).status_code == 200
        costs.append(len(spent))
        more(), more()
    assert costs[0] == costs[1]


# --- Published, hidden, deleted ---


def test_publishing_on_the_web_and_taking_it_back(town: Town, initiative: Initiative) -> None:
    client = town.client("facilitator")
    client.post(address("publish_initiative", initiative))
    assert Initiative.objects.get().is_published
    client.post(address("publish_initiative", initiative), {"do": "hide"})
    assert not Initiative.objects.get().is_published
    verbs = [entry.verb for entry in Entry.objects.filter(is_public=True).order_by("number")]
    assert verbs == ["initiatives.initiative_published", "initiatives.initiative_hidden"]


def test_a_draft_is_deleted_and_its_opportunity_is_open_again(town: Town, opportunity: Opportunity) -> None:
    made = actions.create_initiative_from(
        opportunity, by=town.leader, owner=town.leader, next_step="Spør", next_date=in_days(5)
    )
    client = town.client("leader")
    assert "Delete Companion?" in words_of(client.get(address("delete_initiative", made)))
    client.post(address("delete_initiative", made))
    assert not Initiative.objects.exists()
    opportunity.refresh_from_db()
    assert opportunity.state == "open"


@pytest.mark.parametrize("what", ["published", "decided", "joined"])
def test_what_people_have_seen_or_joined_is_not_deleted(town: Town, initiative: Initiative, what: str) -> None:
    if what == "published":
        actions.publish_initiative(initiative, by=town.leader)
    elif what == "decided":
        make_gate(initiative)
    else:
        make_organisation_partner(initiative, hours=5)
    with pytest.raises(RuleError) as refused:
        actions.delete_initiative(initiative, by=town.leader)
    assert refused.value.code == "initiative_used"
    page = town.client("leader").post(address("delete_initiative", initiative), follow=True).content.decode()
    assert "It then stays in the story." in page
    assert Initiative.objects.filter(pk=initiative.pk).exists()


def test_the_history_tells_what_happened_to_those_who_may_see_it(town: Town, initiative: Initiative) -> None:
    history = reverse("trail:history", args=["initiative", initiative.pk])
    assert town.statuses(history) == HIDDEN
    actions.publish_initiative(initiative, by=town.leader)
    actions.add_part(initiative, "affected", by=town.leader, who="Pårørende")
    page = words_of(town.client("anonymous").get(history))
    assert "published the initiative “Følgevenn”." in page
    assert "said whom the initiative “Følgevenn” affects." in page


# --- Followed up ---


def run_reminder(one: Initiative, *, on: date) -> list[tuple[str, int]]:
    """Run the job on a day; who would be written to."""
    from datetime import datetime

    from django.utils.timezone import get_current_timezone
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.all().delete()
    with clock.showing(datetime(on.year, on.month, on.day, 9, tzinfo=get_current_timezone())):
        actions.remind(one.pk, site="https://samskap.example")
        wanted = [row.args_kwargs["args"] for row in DBTaskResult.objects.order_by("enqueued_at")]
        letters = [arguments for job, arguments in wanted if job == "initiatives.send_next_step"]
        for arguments in letters:
            from samskap.apps.initiatives.tasks import initiatives as tasks

            tasks.send_next_step(**arguments)
    return [(arguments["due"], arguments["person_id"]) for arguments in letters]


def test_the_owner_is_reminded_at_the_date_and_those_in_charge_a_week_later(town: Town) -> None:
    one = make_initiative(municipality=town.municipality, owner=town.partner, in_days=10, next_step="Spør noen")
    due = one.next_date
    assert run_reminder(one, on=due - timedelta(days=1)) == []
    assert run_reminder(one, on=due) == [(due.isoformat(), town.partner.pk)]
    assert run_reminder(one, on=due) == []
    assert run_reminder(one, on=due + timedelta(days=6)) == []
    late = run_reminder(one, on=due + timedelta(days=7))
    assert sorted(late) == sorted((due.isoformat(), person.pk) for person in (town.facilitator, town.leader))
    assert run_reminder(one, on=due + timedelta(days=30)) == []
    assert len(mail.outbox) == 3
    first = mail.outbox[0]
    assert first.to == [town.partner.email]
    assert f"https://samskap.example/work/initiatives/{one.pk}/" in first.body
    assert "Spør noen" in first.body


def test_an_initiative_without_an_owner_who_may_act_reminds_those_in_charge(town: Town) -> None:
    one = make_initiative(municipality=town.municipality, owner=town.stranger, in_days=0)
    told = run_reminder(one, on=one.next_date)
    assert {person for _due, person in told} == {town.facilitator.pk, town.leader.pk}


@pytest.mark.parametrize("what", ["moved", "stopped", "deleted"])
def test_nobody_is_reminded_of_what_was_moved_stopped_or_deleted(town: Town, what: str) -> None:
    one = make_initiative(municipality=town.municipality, owner=town.leader, in_days=1)
    due = one.next_date
    if what == "moved":
        actions.update_initiative(one, by=town.leader, next_date=due + timedelta(days=20))
    elif what == "stopped":
        Initiative.objects.update(stage="stopped", stopped_reason="x", learned="y")
    else:
        Initiative.objects.all().delete()
    assert run_reminder(one, on=due) == []
    assert mail.outbox == []


def test_a_letter_that_waited_too_long_is_not_sent(town: Town) -> None:
    one = make_initiative(municipality=town.municipality, owner=town.leader, in_days=1)
    actions.deliver_next_step(one.pk, person_id=town.leader.pk, due="2020-01-01", site="")
    actions.deliver_next_step(one.pk, person_id=town.stranger.pk, due=one.next_date.isoformat(), site="")
    actions.deliver_next_step(999_999, person_id=town.leader.pk, due=one.next_date.isoformat(), site="")
    assert mail.outbox == []


def test_the_desk_of_work_says_which_initiatives_need_a_next_step(town: Town) -> None:
    for number in range(5):
        make_initiative(municipality=town.municipality, title=f"Sen {number}", in_days=-number - 1)
    make_initiative(municipality=town.municipality, title="I tide", in_days=3)
    make_initiative(municipality=town.municipality, title="Stoppet", stage="stopped", in_days=-9)
    steps = queries.initiative_steps(town.municipality, town.leader)
    assert [step.title for step in steps] == [
        "“Sen 4” needs a next step", "“Sen 3” needs a next step", "“Sen 2” needs a next step",
        "More initiatives whose date has passed: 2",
    ]  # fmt: skip


def test_an_owner_who_is_not_in_charge_finds_the_own_initiatives(town: Town) -> None:
    make_initiative(municipality=town.municipality, title="Mitt eget", owner=town.partner, in_days=-1)
    page = words_of(town.client("partner").get(reverse("actors:dashboard")))
    assert "Mitt eget" in page
    assert "The date has passed" in page


# --- For a ballot ---


def test_a_ballot_reads_what_the_municipality_pays_and_whose_it_is(town: Town) -> None:
    body = factories.make_organisation(municipality=town.municipality, sector="voluntary", name="Laget")
    challenge = Challenge.objects.create(
        municipality=town.municipality, title="Flere eldre", text="x", published_at=clock.now()
    )
    one = make_initiative(
        municipality=town.municipality, title="Alfa", summary="Kort", owner_organisation=body,
        costs={2027: 300_000}, challenges=[challenge],
        translations={"en": {"title": "Alpha", "problem": "Not for a ballot"}},
    )  # fmt: skip
    make_cost(one, amount_nok=100_000, payer=body)
    make_organisation_partner(one, organisation=body, money=60_000, hours=900)
    read = queries.initiative_for_ballot(one.pk)
    assert read == queries.BallotInitiative(
        pk=one.pk, municipality_id=town.municipality.pk, title="Alfa", summary="Kort", language="nb", stage="idea",
        net_cost_nok=340_000, full_cost_nok=400_000, unconfirmed_nok=40_000, sector="voluntary", organisation="Laget",
        is_published=True, translations={"en": {"title": "Alpha"}}, challenges=((challenge.pk, "Flere eldre"),),
    )  # fmt: skip
    assert read.has_cost
    with pytest.raises(NotFound):
        queries.initiative_for_ballot(999_999)


def test_only_what_is_public_and_not_over_is_voted_on_and_that_of_the_process_first(town: Town) -> None:
    process = factories.make_process(municipality=town.municipality)
    opportunity = Opportunity.objects.create(municipality=town.municipality, process=process, title="m", text="x")
    make_initiative(municipality=town.municipality, title="Alfa")
    make_initiative(municipality=town.municipality, title="Beta", opportunity=opportunity)
    make_initiative(municipality=town.municipality, title="Kladd", published=False)
    make_initiative(municipality=town.municipality, title="Ferdig", stage="in_operation")
    make_initiative(municipality=town.municipality, title="Stoppet", stage="stopped")
    make_initiative(title="Andre steder")
    assert [one.title for one in queries.initiatives_to_vote_on(town.municipality)] == ["Alfa", "Beta"]
    first = queries.initiatives_to_vote_on(town.municipality, process=process)
    assert [one.title for one in first] == ["Beta", "Alfa"]


def test_the_system_may_make_one_and_texts_are_told_in_the_language_they_are_in(town: Town) -> None:
    made = actions.create_initiative(
        town.municipality, by=SYSTEM_DEMO, title="Tiltak", next_step="Spør", next_date=in_days(1)
    )
    with translation.override("nn"):
        assert made.said.lang == "nb"
