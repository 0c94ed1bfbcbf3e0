"""Following by e-mail: confirmed, told once, and off with one press."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from tests import factories
from tests.apps.simultaneous import at_once
from tests.apps.viewers import HIDDEN, PUBLIC, Town, make_town
from tests.factories.ideas import make_follower, make_opportunity

from samskap.apps.initiatives import actions, queries
from samskap.apps.initiatives.labels.news import NEWS
from samskap.apps.initiatives.models import Follower, Initiative, News, Opportunity, Told
from samskap.apps.initiatives.rules.digests import next_digest_at
from samskap.kernel import clock

OSLO = ZoneInfo("Europe/Oslo")
MORNING = datetime(2027, 3, 2, 6, 0, tzinfo=UTC)


@pytest.fixture
def opportunity(town: Town) -> Opportunity:
    return make_opportunity(municipality=town.municipality, title="Turfølge")


@pytest.fixture
def _jobs_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs without delay run when they are ordered."""
    from samskap.web import jobs

    def run(job: str, *, delay_s: float = 0, **arguments: object) -> None:
        if not delay_s:
            jobs.run_job.func(job, arguments)

    monkeypatch.setattr("samskap.apps.initiatives.actions.followers.enqueue", run)


def tell(opportunity: Opportunity, town: Town, kind: str = "opportunity_changed", **data: str) -> News:
    path = actions.opportunity_path(opportunity)
    return actions.tell(kind, by=town.facilitator, opportunity=opportunity, path=path, data=data)


def told() -> list[tuple[str, str]]:
    """The mails that went out: to whom, and what they say."""
    return [(one.to[0], str(one.body)) for one in mail.outbox]


# Confirming


@pytest.mark.usefixtures("_jobs_at_once")
def test_an_address_is_told_nothing_before_the_link_was_used(town: Town, opportunity: Opportunity) -> None:
    client, address = town.client("anonymous"), reverse("initiatives:follow_opportunity", args=[opportunity.pk])
    for _press in range(2):
        page = client.post(address, {"email": "Kari@Example.org"})
        assert "Look in your e-mail" in page.content.decode()
    follower = Follower.objects.get()
    link = reverse("initiatives:following", args=[follower.token])
    assert [(one.to, link in str(one.body)) for one in mail.outbox] == [(["kari@example.org"], True)]
    mail.outbox.clear()
    tell(opportunity, town)
    assert actions.send_digests() == 0
    assert "Is this right?" in client.get(link).content.decode()
    follower.refresh_from_db()
    assert follower.confirmed_at is None  # a program that opens links confirms nothing
    client.post(link, {"do": "confirm"})
    tell(opportunity, town, "opportunity_reopened")
    assert actions.send_digests() == 1
    assert "is open for partners again" in told()[0][1]
    assert "was changed" not in told()[0][1]  # it moved before the address was confirmed


@pytest.mark.usefixtures("_jobs_at_once")
def test_following_again_when_one_follows_already_sends_no_letter(town: Town, opportunity: Opportunity) -> None:
    make_follower(opportunity, email="kari@example.org")
    town.client("anonymous").post(
        reverse("initiatives:follow_opportunity", args=[opportunity.pk]), {"email": "kari@example.org"}
    )
    assert (Follower.objects.count(), mail.outbox) == (1, [])


def test_a_wrong_address_is_told_in_a_sentence(town: Town, opportunity: Opportunity) -> None:
    address = reverse("initiatives:follow_opportunity", args=[opportunity.pk])
    page = town.client("anonymous").post(address, {"email": "ikke en adresse"})
    assert "Enter a valid email address." in page.content.decode()
    assert not Follower.objects.exists()


def test_an_address_that_nobody_confirms_is_erased_after_a_week(town: Town, opportunity: Opportunity) -> None:
    town.client("anonymous").post(
        reverse("initiatives:follow_opportunity", args=[opportunity.pk]), {"email": "kari@example.org"}
    )
    ordered = {row.args_kwargs["args"][0]: row.run_after for row in DBTaskResult.objects.all()}
    assert ordered["initiatives.drop_unconfirmed"] - clock.now() > timedelta(days=6, hours=23)
    waiting, kept = Follower.objects.get(), make_follower(opportunity)
    for one in (waiting, kept):
        actions.drop_unconfirmed_follower(one.pk)
    assert list(Follower.objects.all()) == [kept]


def test_somebody_with_an_account_follows_with_one_press(town: Town, opportunity: Opportunity) -> None:
    client, address = town.client("partner"), reverse("initiatives:follow_opportunity", args=[opportunity.pk])
    client.post(address, {"with_account": "yes"})
    tell(opportunity, town)
    assert actions.send_digests() == 1
    assert told()[0][0] == town.partner.email
    assert "You follow this with your account." in client.get(address).content.decode()


# The digest


def test_one_mail_an_address_with_everything_and_each_news_once(town: Town, opportunity: Opportunity) -> None:
    process = factories.make_process(municipality=town.municipality, title="Framtidas tjenester")
    other = make_opportunity(municipality=town.municipality, process=process, title="Felles kjøkken")
    make_follower(opportunity, email="kari@example.org")
    make_follower(opportunity, email="ola@example.org")
    make_follower(process, email="kari@example.org")
    tell(opportunity, town)
    tell(other, town, "opportunity_set_aside", reason="Ikke nå.")
    assert actions.send_digests() == 2
    bodies = dict(told())
    assert "Turfølge" in bodies["kari@example.org"]
    assert "The reason: Ikke nå." not in bodies["ola@example.org"]
    assert "Ikke nå." in bodies["kari@example.org"]
    assert f"https://samskap.example.org{actions.opportunity_path(opportunity)}" in bodies["ola@example.org"]
    assert "Framtidas tjenester" in bodies["kari@example.org"]  # it says why one gets it
    assert actions.send_digests() == 0
    tell(opportunity, town, "opportunity_reopened")
    assert actions.send_digests() == 2
    assert len(mail.outbox) == 4
    assert Told.objects.count() == 5


def test_a_mail_carries_what_one_press_in_a_mail_program_needs(town: Town, opportunity: Opportunity) -> None:
    follower = make_follower(opportunity)
    tell(opportunity, town)
    actions.send_digests()
    letter = mail.outbox[0]
    off = f"https://samskap.example.org{reverse('initiatives:following_off', args=[follower.token])}"
    assert letter.extra_headers == {
        "List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }  # fmt: skip
    assert off in str(letter.body)
    assert "\n" not in letter.subject


def test_the_mail_is_in_the_language_of_the_follower_with_the_title_in_it(town: Town) -> None:
    opportunity = make_opportunity(
        municipality=town.municipality, title="Turfølge", translations={"en": {"title": "A walk together"}}
    )
    make_follower(opportunity, email="a@example.org", language="en")
    make_follower(opportunity, email="b@example.org", language="nb")
    tell(opportunity, town)
    actions.send_digests()
    bodies = dict(told())
    assert "A walk together" in bodies["a@example.org"]
    assert "Turfølge" in bodies["b@example.org"]


def test_an_initiative_is_told_to_its_owner_and_to_those_who_followed_where_it_came_from(
    town: Town, opportunity: Opportunity
) -> None:
    process = factories.make_process(municipality=town.municipality)
    opportunity.process = process
    opportunity.save()
    initiative = Initiative.objects.create(
        municipality=town.municipality, title="Turfølge", next_step="Møte", next_date=date(2027, 1, 1),
        opportunity=opportunity, owner=town.leader, published_at=clock.now(),
    )  # fmt: skip
    make_follower(opportunity, email="mulighet@example.org")
    make_follower(process, email="prosess@example.org")
    make_follower(initiative, email="tiltak@example.org")
    make_follower(make_opportunity(municipality=town.municipality), email="annet@example.org")
    actions.tell("gate_go_on", by=town.facilitator, initiative=initiative, path="/x/", data={"reason": "Klart."})
    actions.send_digests()
    assert sorted(address for address, _body in told()) == sorted(
        ["mulighet@example.org", "prosess@example.org", "tiltak@example.org", town.leader.email]
    )
    own = Follower.objects.get(person=town.leader)
    actions.switch_off(own)
    actions.tell("gate_wait", by=town.facilitator, initiative=initiative, path="/x/", data={"reason": "Vent."})
    mail.outbox.clear()
    actions.send_digests()
    assert town.leader.email not in [address for address, _body in told()]  # off stays off


def test_links_lead_to_the_address_that_others_met_the_server_by(town: Town, opportunity: Opportunity) -> None:
    make_follower(make_opportunity(municipality=town.municipality))
    make_follower(opportunity, person=town.leader, site="")
    tell(opportunity, town)
    actions.send_digests()
    assert f"https://samskap.example.org{actions.opportunity_path(opportunity)}" in told()[0][1]


def test_what_is_not_public_any_more_is_not_told(town: Town, opportunity: Opportunity) -> None:
    make_follower(opportunity)
    tell(opportunity, town)
    actions.hide_opportunity(opportunity, by=town.facilitator)
    assert actions.send_digests() == 0


def test_a_mail_that_fails_is_sent_later_and_the_others_go_out(
    town: Town, opportunity: Opportunity, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_follower(opportunity, email="feil@example.org")
    make_follower(opportunity, email="riktig@example.org")
    tell(opportunity, town)
    send = EmailMessage.send

    def fails(letter: EmailMessage, *args: Any, **kwargs: Any) -> int:
        if letter.to == ["feil@example.org"]:
            raise OSError("The mail server is away.")
        return send(letter, *args, **kwargs)

    with monkeypatch.context() as away:
        away.setattr(EmailMessage, "send", fails)
        assert actions.send_digests() == 1
    again = [row for row in DBTaskResult.objects.all() if row.args_kwargs["args"][1].get("attempt") == 2]
    assert len(again) == 1
    assert actions.send_digests(attempt=2) == 1
    assert sorted(address for address, _body in told()) == ["feil@example.org", "riktig@example.org"]


def test_a_crash_between_marking_and_sending_sends_nothing_twice(
    town: Town, opportunity: Opportunity, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_follower(opportunity)
    tell(opportunity, town)

    def dies(letter: EmailMessage, *args: Any, **kwargs: Any) -> int:
        raise SystemExit

    with monkeypatch.context() as crashing:
        crashing.setattr(EmailMessage, "send", dies)
        with pytest.raises(SystemExit):
            actions.send_digests()
    assert actions.send_digests() == 0
    assert mail.outbox == []


def test_the_first_news_orders_the_digest_of_the_next_morning_and_the_others_join_it(
    town: Town, opportunity: Opportunity
) -> None:
    with clock.showing(datetime(2027, 3, 1, 12, 0, tzinfo=UTC)):
        for _press in range(3):
            tell(opportunity, town)
    with clock.showing(MORNING):
        tell(opportunity, town)
    ordered = [row for row in DBTaskResult.objects.all() if row.args_kwargs["args"][0] == "initiatives.send_digests"]
    assert len(ordered) == 2
    assert list(News.objects.values_list("digest_at", flat=True)) == [MORNING] * 3 + [MORNING + timedelta(days=1)]


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (datetime(2027, 3, 1, 5, 0, tzinfo=UTC), datetime(2027, 3, 1, 6, 0, tzinfo=UTC)),
        (datetime(2027, 3, 1, 5, 50, tzinfo=UTC), datetime(2027, 3, 1, 6, 0, tzinfo=UTC)),
        (datetime(2027, 3, 1, 5, 51, tzinfo=UTC), datetime(2027, 3, 2, 6, 0, tzinfo=UTC)),
        (datetime(2027, 3, 1, 23, 0, tzinfo=UTC), datetime(2027, 3, 2, 6, 0, tzinfo=UTC)),
        (datetime(2027, 3, 27, 12, 0, tzinfo=UTC), datetime(2027, 3, 28, 5, 0, tzinfo=UTC)),  # summer time begins
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),  # and ends
    ],
)
def test_the_digest_goes_at_seven_by_the_clock_on_the_wall(now: datetime, at: datetime) -> None:
    assert next_digest_at(now, zone=OSLO) == at


def test_news_has_a_known_kind_and_one_subject(town: Town, opportunity: Opportunity) -> None:
    with pytest.raises(LookupError):
        tell(opportunity, town, "nonsense")
    with pytest.raises(ValueError, match="about an opportunity, an initiative or a process"):
        actions.tell("opportunity_changed", by=town.facilitator, path="/")


@pytest.mark.parametrize("kind", NEWS)
def test_every_kind_of_news_is_a_whole_sentence_even_where_a_gap_is_missing(
    town: Town, opportunity: Opportunity, kind: str
) -> None:
    sentence = queries.news_sentence(tell(opportunity, town, kind), language="en")
    assert "%(" not in sentence
    assert sentence[-1] in ".–"


# Stopping


def test_one_press_in_a_mail_program_stops_everything_at_once_and_erases_the_address(
    town: Town, opportunity: Opportunity
) -> None:
    one = make_follower(opportunity, email="kari@example.org")
    make_follower(make_opportunity(municipality=town.municipality), email="KARI@example.org")
    other = make_follower(opportunity, email="ola@example.org")
    off = reverse("initiatives:following_off", args=[one.token])
    machine = Client(enforce_csrf_checks=True)
    assert machine.get(off).status_code == 200
    assert Follower.objects.filter(off_at=None).count() == 3  # a program that opens links stops nothing
    answer = machine.post(off, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200  # RFC 8058: no redirect
    assert list(Follower.objects.filter(off_at=None)) == [other]
    assert set(Follower.objects.exclude(pk=other.pk).values_list("email", flat=True)) == {""}
    assert machine.post(off).status_code == 200
    tell(opportunity, town)
    assert actions.send_digests() == 1


def test_the_page_stops_one_thing_and_nobody_else_s(town: Town, opportunity: Opportunity) -> None:
    second = make_opportunity(municipality=town.municipality, title="Felles kjøkken")
    one = make_follower(opportunity, email="kari@example.org")
    two = make_follower(second, email="kari@example.org")
    stranger = make_follower(opportunity, email="ola@example.org")
    client, page = town.client("anonymous"), reverse("initiatives:following", args=[one.token])
    shown = client.get(page).content.decode()
    assert "Felles kjøkken" in shown
    assert "ola@" not in shown
    client.post(page, {"stop": two.token})
    assert client.post(page, {"stop": stranger.token}).status_code == 403
    assert set(Follower.objects.filter(off_at=None)) == {one, stranger}
    client.post(page, {"stop": one.token})
    assert "You are told nothing more" in client.get(page).content.decode()


def test_switched_off_one_can_follow_again(town: Town, opportunity: Opportunity) -> None:
    first = make_follower(opportunity, email="kari@example.org")
    actions.switch_off_everything(first)
    again = actions.follow(opportunity, email="kari@example.org", language="nb", site="https://x.example.org")
    assert (again.pk != first.pk, again.confirmed_at) == (True, None)
    person = actions.follow_as_person(opportunity, person=town.leader)
    actions.switch_off(person)
    assert actions.follow_as_person(opportunity, person=town.leader).off_at is not None
    assert actions.follow_as_person(opportunity, person=town.leader, again="yes").off_at is None


def test_nothing_leads_from_a_follower_to_a_ticket(town: Town) -> None:
    fields = {field.name for field in Follower._meta.get_fields()}
    assert not any("participant" in name or "ticket" in name for name in fields)


def test_addresses_are_on_no_page_and_not_in_the_rows_of_what_was_told(town: Town, opportunity: Opportunity) -> None:
    make_follower(opportunity, email="kari@example.org")
    tell(opportunity, town)
    actions.send_digests()
    assert "kari" not in str(list(Told.objects.values()))
    for address in (
        reverse("initiatives:opportunity", args=[opportunity.pk]),
        reverse("initiatives:opportunity_partners", args=[opportunity.pk]),
        reverse("trail:history", args=["opportunity", opportunity.pk]),
    ):
        assert "kari@" not in town.client("facilitator").get(address).content.decode()


def test_pages_are_public_where_the_thing_is(town: Town) -> None:
    process = factories.make_process(municipality=town.municipality)
    assert town.statuses(reverse("initiatives:follow_process", args=[process.pk])) == PUBLIC
    draft = make_opportunity(municipality=town.municipality, published=False)
    assert town.statuses(reverse("initiatives:follow_opportunity", args=[draft.pk])) == HIDDEN
    follower = make_follower(process)
    for name in ("following", "following_off"):
        assert town.statuses(reverse(f"initiatives:{name}", args=[follower.token])) == PUBLIC
        assert town.client("anonymous").get(reverse(f"initiatives:{name}", args=["feil"])).status_code == 404


# Many at once


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_the_same_moment_send_each_mail_once() -> None:
    town = make_town()
    opportunity = make_opportunity(municipality=town.municipality)
    for _number in range(5):
        make_follower(opportunity)
    tell(opportunity, town)
    assert at_once(*[actions.send_digests] * 4) == []
    addresses = [address for address, _body in told()]
    assert (len(addresses), len(set(addresses))) == (5, 5)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_from_four_connections_is_one_follower() -> None:
    town = make_town()
    opportunity = make_opportunity(municipality=town.municipality)

    def press() -> None:
        actions.follow(opportunity, email="kari@example.org", language="nb", site="https://x.example.org")

    assert at_once(*[press] * 4) == []
    assert Follower.objects.count() == 1


def test_the_clock_on_the_wall_is_the_norwegian_one() -> None:
    assert settings.TIME_ZONE == "Europe/Oslo"
