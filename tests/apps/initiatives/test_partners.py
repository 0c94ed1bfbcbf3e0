"""Joining, promising, and what becomes of a promise; residents who are counted and never named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from tests import factories
from tests.apps.viewers import Town, met, words_of
from tests.factories.ideas import make_commitment, make_follower, make_opportunity, make_partner

from samskap.apps.actors.models import Organisation
from samskap.apps.initiatives import actions, queries
from samskap.apps.initiatives.models import Commitment, Follower, Initiative, News, Opportunity, Partner
from samskap.apps.initiatives.rules.commitments import Promised, Sum, commitment_problem, sums_by_kind
from samskap.apps.trail.models import Entry
from samskap.kernel import clock
from samskap.kernel.errors import NotAllowed, NotFound, RuleError

pytestmark = pytest.mark.usefixtures("_jobs_at_once")


@pytest.fixture
def _jobs_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs without delay run when they are ordered."""
    from samskap.web import jobs

    def run(job: str, *, delay_s: float = 0, **arguments: object) -> None:
        if not delay_s:
            jobs.run_job.func(job, arguments)

    for module in ("partners", "followers"):
        monkeypatch.setattr(f"samskap.apps.initiatives.actions.{module}.enqueue", run)


@pytest.fixture
def opportunity(town: Town) -> Opportunity:
    return make_opportunity(municipality=town.municipality, title="Turfølge")


@pytest.fixture
def body(town: Town) -> Organisation:
    """The organisation that the partner of the town speaks for."""
    return town.partner.mandates.get().organisation  # type: ignore[return-value]


def make_initiative(town: Town, **fields: object) -> Initiative:
    said = {"title": "Turfølge", "next_step": "Møte", "next_date": date(2027, 1, 1), "published_at": clock.now()}
    return Initiative.objects.create(municipality=town.municipality, **(said | fields))


# Organisations


def test_an_organisation_joins_once_and_is_told_of(town: Town, opportunity: Opportunity, body: Organisation) -> None:
    client, address = town.client("partner"), reverse("initiatives:join_opportunity", args=[opportunity.pk])
    for _press in range(2):
        client.post(address, {"organisation": body.pk, "note": "Vi har biler."})
    partner = Partner.objects.get()
    assert (partner.organisation, partner.person, partner.note) == (body, town.partner, "Vi har biler.")
    assert Follower.objects.get().person == town.partner
    news = News.objects.get()
    assert (news.kind, news.data) == ("partner_joined", {"partner": body.name})
    page = words_of(town.client("anonymous").get(reverse("initiatives:opportunity", args=[opportunity.pk])))
    assert body.name in page
    assert "Vi har biler." in page


def test_nobody_joins_for_an_organisation_that_they_do_not_speak_for(
    town: Town, opportunity: Opportunity, body: Organisation
) -> None:
    for person in (town.stranger, town.facilitator, town.elsewhere):
        with pytest.raises(NotAllowed):
            actions.join_as_organisation(opportunity, organisation=body, by=person)
    foreign = factories.make_organisation()
    speaker = factories.make_person(role="partner", municipality=foreign.municipality, organisation=foreign)
    with pytest.raises(RuleError, match="another municipality"):
        actions.join_as_organisation(opportunity, organisation=foreign, by=speaker)
    page = town.client("stranger").get(reverse("initiatives:join_opportunity", args=[opportunity.pk]))
    assert "does not speak for an organisation" in page.content.decode()


@pytest.mark.parametrize("state", ["set_aside", "taken_up"])
def test_nobody_joins_what_is_not_open(town: Town, body: Organisation, state: str) -> None:
    closed = make_opportunity(municipality=town.municipality, state=state, reason="Nei.")
    with pytest.raises(RuleError, match="not open for partners"):
        actions.join_as_organisation(closed, organisation=body, by=town.partner)
    page = town.client("anonymous").post(
        reverse("initiatives:join_opportunity", args=[closed.pk]), {"name": "Kari", "email": "kari@example.org"}
    )
    assert "not open for partners" in page.content.decode()


def test_an_initiative_is_joined_in_the_same_way(town: Town, body: Organisation) -> None:
    initiative = make_initiative(town)
    partner = actions.join_as_organisation(initiative, organisation=body, by=town.partner)
    assert partner.subject == initiative
    assert queries.partnership(initiative).sectors[0].partners == (partner,)


# Residents


def test_a_resident_joins_by_a_link_and_leaves_with_nothing_left_behind(town: Town, opportunity: Opportunity) -> None:
    client, address = town.client("anonymous"), reverse("initiatives:join_opportunity", args=[opportunity.pk])
    said = {"name": "Kari Nordmann", "email": "Kari@Example.org"}
    assert "Look in your e-mail" in client.post(address, said).content.decode()
    client.post(address, said)
    assert len(mail.outbox) == 1  # the same address gets one letter an hour
    letter = mail.outbox[0]
    assert letter.to == ["kari@example.org"]
    assert queries.partnership(opportunity).residents == 0
    partner = Partner.objects.get()
    link = reverse("initiatives:resident", args=[partner.token])
    assert link in letter.body
    client.get(link)
    partner.refresh_from_db()
    assert partner.confirmed_at is None  # a program that opens links joins nobody
    client.post(link, {"do": "confirm"})
    client.post(link, {"do": "confirm"})
    assert queries.partnership(opportunity).residents == 1
    assert Follower.objects.get().email == "kari@example.org"
    client.post(link, {"do": "leave"})
    partner.refresh_from_db()
    assert (partner.name, partner.email, partner.left_at is not None) == ("", "", True)
    assert queries.partnership(opportunity).residents == 0
    assert not Follower.objects.exclude(email="").exists()
    assert [entry.verb for entry in Entry.objects.filter(is_public=True).order_by("number")] == [
        "initiatives.resident_joined", "initiatives.resident_left",
    ]  # fmt: skip
    again = client.post(address, said)
    assert again.status_code == 200
    assert Partner.objects.filter(left_at=None).count() == 1


def test_a_resident_is_named_to_those_who_run_it_and_to_nobody_else(town: Town, opportunity: Opportunity) -> None:
    make_partner(opportunity, email="kari@example.org", name="Kari Nordmann")
    make_partner(opportunity)
    at_work = reverse("initiatives:opportunity_partners", args=[opportunity.pk])
    assert "Kari Nordmann" in town.client("facilitator").get(at_work).content.decode()
    for address in (
        reverse("initiatives:opportunity", args=[opportunity.pk]),
        reverse("initiatives:opportunities", args=[town.municipality.number]),
        reverse("trail:history", args=["opportunity", opportunity.pk]),
        reverse("initiatives:join_opportunity", args=[opportunity.pk]),
    ):
        for kind in ("anonymous", "partner", "facilitator"):
            page = town.client(kind).get(address).content.decode()
            assert "Kari" not in page
            assert "kari@" not in page


def test_what_is_not_confirmed_is_erased(town: Town, opportunity: Opportunity) -> None:
    waiting = make_partner(opportunity, email="a@example.org", confirmed_at=None)
    kept = make_partner(opportunity, email="b@example.org")
    for partner in (waiting, kept):
        actions.drop_unconfirmed_partner(partner.pk)
    assert list(Partner.objects.all()) == [kept]


def test_an_unknown_link_leads_nowhere(town: Town, opportunity: Opportunity) -> None:
    assert town.client("anonymous").get(reverse("initiatives:resident", args=["feil"])).status_code == 404
    body = make_partner(opportunity)  # the token of an organisation is no resident's link
    assert town.client("anonymous").get(reverse("initiatives:resident", args=[body.token])).status_code == 404


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": "", "email": "kari@example.org"}, "This field is required."),
        ({"name": "Kari", "email": "ikke en adresse"}, "Enter a valid email address."),
    ],
)
def test_what_is_wrong_with_the_form_is_told(
    town: Town, opportunity: Opportunity, said: dict[str, str], sentence: str
) -> None:
    page = town.client("anonymous").post(reverse("initiatives:join_opportunity", args=[opportunity.pk]), said)
    assert sentence in page.content.decode()
    assert not Partner.objects.exists()


# Promises


@pytest.fixture
def partner(town: Town, opportunity: Opportunity, body: Organisation) -> Partner:
    return actions.join_as_organisation(opportunity, organisation=body, by=town.partner)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "money", "amount": ""}, "Write how many whole kroner, above zero."),
        ({"kind": "money", "amount": "0"}, "Write how many whole kroner, above zero."),
        ({"kind": "money", "amount": "-5"}, "Write a whole number with digits only"),
        ({"kind": "money", "amount": "100,50"}, "Write a whole number with digits only"),
        ({"kind": "money", "amount": "1000000000001"}, "That is more than"),
        ({"kind": "hours", "amount": ""}, "Write how many whole hours, above zero."),
        ({"kind": "hours", "amount": "1000001"}, "That is more than 1000000 hours."),
        ({"kind": "premises", "amount": "", "text": " … "}, "Say in words what you bring."),
        ({"kind": "hours", "amount": "5", "due_on": "2020-01-01"}, "That day is over."),
        ({"kind": "hours", "amount": "5", "due_on": "2101-01-01"}, "That year is too far away."),
        ({"kind": "gull", "amount": "5"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_promised_is_told_in_a_sentence(
    town: Town, partner: Partner, said: dict[str, str], sentence: str
) -> None:
    page = town.client("partner").post(reverse("initiatives:partner", args=[partner.pk]), said)
    assert sentence in page.content.decode()
    assert not Commitment.objects.exists()


def test_a_promise_is_confirmed_and_delivered_and_a_wrong_press_is_undone(town: Town, partner: Partner) -> None:
    said = {"kind": "money", "amount": "20 000", "text": "Fra fondet", "due_on": ""}
    town.client("partner").post(reverse("initiatives:partner", args=[partner.pk]), said)
    promise = Commitment.objects.get()
    assert (promise.amount, promise.text, promise.state) == (20_000, "Fra fondet", "promised")
    client, address = town.client("facilitator"), reverse("initiatives:decide_commitment", args=[promise.pk])
    states = []
    for to in ("confirmed", "delivered", "confirmed", "promised", "confirmed"):
        client.post(address, {"to": to})
        promise.refresh_from_db()
        states.append(promise.state)
    assert states == ["confirmed", "delivered", "confirmed", "promised", "confirmed"]
    assert client.post(address, {"to": "nonsense"}).status_code == 404
    client.post(address, {"to": "not_delivered", "reason": " "})
    client.post(address, {"to": "not_delivered", "reason": "Fondet er tomt."})
    promise.refresh_from_db()
    assert (promise.state, promise.reason) == ("not_delivered", "Fondet er tomt.")
    kinds = list(News.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        "partner_joined", "commitment_promised", "commitment_confirmed", "commitment_delivered",
        "commitment_confirmed", "commitment_failed",
    ]  # fmt: skip


def test_a_promise_changes_freely_until_it_is_confirmed_and_with_a_reason_after_that(
    town: Town, partner: Partner
) -> None:
    promise = make_commitment(partner, amount=20_000)
    address = reverse("initiatives:change_commitment", args=[promise.pk])
    client = town.client("partner")
    client.post(address, {"kind": "hours", "amount": "40", "text": "", "due_on": ""})
    promise.refresh_from_db()
    assert (promise.kind, promise.amount, promise.state) == ("hours", 40, "promised")
    actions.decide_commitment(promise, to="confirmed", by=town.facilitator)
    refused = client.post(address, {"kind": "hours", "amount": "10", "text": "", "due_on": ""})
    assert "This field is required." in refused.content.decode()
    with pytest.raises(RuleError, match="others count on it"):
        actions.change_commitment(promise, by=town.partner, kind="hours", amount=10)
    client.post(address, {"kind": "hours", "amount": "10", "text": "", "due_on": "", "reason": "Sykdom."})
    promise.refresh_from_db()
    assert (promise.amount, promise.state, promise.reason) == (10, "promised", "Sykdom.")


def test_a_promise_is_withdrawn_freely_until_it_is_confirmed_and_with_a_reason_after_that(
    town: Town, partner: Partner
) -> None:
    one, two = make_commitment(partner), make_commitment(partner, state="confirmed")
    client = town.client("partner")
    client.post(reverse("initiatives:withdraw_commitment", args=[one.pk]))
    assert not Commitment.objects.filter(pk=one.pk).exists()
    address = reverse("initiatives:withdraw_commitment", args=[two.pk])
    client.post(address, {"reason": ""})
    two.refresh_from_db()
    assert two.state == "confirmed"
    client.post(address, {"reason": "Fondet er tomt."})
    two.refresh_from_db()
    assert (two.state, two.reason) == ("not_delivered", "Fondet er tomt.")
    with pytest.raises(RuleError, match="whether this came"):
        actions.withdraw_commitment(two, by=town.partner)


def test_leaving_drops_what_is_not_confirmed_and_says_why_what_is_did_not_come(town: Town, partner: Partner) -> None:
    make_commitment(partner)
    confirmed = make_commitment(partner, state="confirmed")
    delivered = make_commitment(partner, kind="hours", amount=12, state="delivered")
    with pytest.raises(RuleError, match="Others count on"):
        actions.leave_as_organisation(partner, by=town.partner)
    town.client("partner").post(reverse("initiatives:leave_partner", args=[partner.pk]), {"reason": "Vi legges ned."})
    assert set(Commitment.objects.values_list("pk", "state", "reason")) == {
        (confirmed.pk, "not_delivered", "Vi legges ned."), (delivered.pk, "delivered", ""),
    }  # fmt: skip
    told = queries.partnership(partner.subject)
    assert (told.sectors, [one.delivered for one in told.sums]) == ((), ["12 hours"])


def test_pages_of_promises_are_for_the_partner_and_those_in_charge(town: Town, partner: Partner) -> None:
    promise = make_commitment(partner)
    both = met(302, 404, 200) | {"partner": 200}
    own = met(302, 404, 404) | {"partner": 200}
    statuses = {
        name: town.statuses(reverse(f"initiatives:{name}", args=[key]))
        for name, key in [
            ("partner", partner.pk), ("leave_partner", partner.pk), ("change_commitment", promise.pk),
            ("withdraw_commitment", promise.pk),
        ]
    }  # fmt: skip
    assert statuses == {
        "partner": both, "leave_partner": both, "change_commitment": own, "withdraw_commitment": own,
    }  # fmt: skip
    decide = reverse("initiatives:decide_commitment", args=[promise.pk])
    assert town.statuses(decide, method="post", to="confirmed") == met(302, 404, 302)


def test_the_rules_of_promises_on_plain_values() -> None:
    today = date(2027, 3, 1)
    assert commitment_problem("money", amount=1, text="", due_on=today, today=today) is None
    assert commitment_problem("data", amount=None, text="Tall", due_on=None, today=today) is None
    yesterday = today - timedelta(days=1)
    assert commitment_problem("hours", amount=1, text="", due_on=yesterday, today=today) == "date_past"
    promises = [
        Promised("hours", "confirmed", 5), Promised("money", "promised", 100), Promised("money", "delivered", 50),
        Promised("money", "not_delivered", 7), Promised("skills", "confirmed"),
    ]  # fmt: skip
    assert sums_by_kind(promises) == [
        Sum("money", 150, 50, 50), Sum("hours", 5, 5, 0), Sum("skills", 1, 1, 0),
    ]  # fmt: skip


# From opportunity to initiative


def test_partners_and_promises_are_carried_over_once(town: Town, opportunity: Opportunity, partner: Partner) -> None:
    make_commitment(partner, amount=100)
    resident = make_partner(opportunity, email="kari@example.org")
    left = make_partner(opportunity, left_at=clock.now())
    twice = make_partner(opportunity)
    make_commitment(twice, amount=50)
    initiative = make_initiative(town, opportunity=opportunity)
    there = make_partner(initiative, organisation=twice.organisation)
    follower = make_follower(opportunity)
    assert actions.carry_partners(opportunity, initiative, by=town.facilitator) == 3
    assert actions.carry_partners(opportunity, initiative, by=town.facilitator) == 0
    opportunity.refresh_from_db()
    assert (opportunity.state, list(opportunity.partners.all())) == ("taken_up", [left])
    assert set(initiative.partners.all()) == {partner, resident, there}
    assert there.commitments.get().amount == 50
    told = queries.partnership(opportunity)
    assert (sum(len(one.partners) for one in told.sectors), told.residents) == (2, 1)
    assert Follower.objects.filter(pk=follower.pk, off_at=None).exists()


def test_the_desk_of_a_partner_leads_to_what_it_has_joined(town: Town, partner: Partner) -> None:
    page = town.client("partner").get(reverse("actors:dashboard")).content.decode()
    assert reverse("initiatives:partner", args=[partner.pk]) in page
    assert reverse("initiatives:opportunities_at_work") in page
    assert "What we have joined" not in town.client("stranger").get(reverse("actors:dashboard")).content.decode()


def test_a_missing_partner_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        queries.partner_at_work(10**9, viewer=town.facilitator)
