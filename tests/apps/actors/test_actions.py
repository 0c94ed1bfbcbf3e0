"""Municipalities, organisations, people and mandates, changed by those who may."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult
from tests import factories
from tests.apps.viewers import Town

from samskap.apps.actors import actions, tasks
from samskap.apps.actors.models import Mandate, Municipality, Organisation, Person
from samskap.apps.trail.models import Entry
from samskap.kernel.acting import SYSTEM_OPERATOR
from samskap.kernel.errors import NotAllowed, RuleError
from samskap.kernel.municipalities import MUNICIPALITY_NAMES


@pytest.mark.django_db
def test_each_of_the_357_municipalities_can_be_added_by_its_number() -> None:
    for number in MUNICIPALITY_NAMES:
        actions.add_municipality(number, by=SYSTEM_OPERATOR)
    assert dict(Municipality.objects.values_list("number", "name")) == MUNICIPALITY_NAMES
    assert len(MUNICIPALITY_NAMES) == 357


@pytest.mark.django_db
def test_an_unknown_number_and_a_second_time_are_refused() -> None:
    with pytest.raises(RuleError, match="No municipality in Norway has the number 9999"):
        actions.add_municipality("9999", by=SYSTEM_OPERATOR)
    actions.add_municipality("4016", by=SYSTEM_OPERATOR)
    with pytest.raises(RuleError, match=r"Drangedal \(4016\) is here already"):
        actions.add_municipality("4016", by=SYSTEM_OPERATOR)


def test_only_an_operator_adds_and_deletes_municipalities(town: Town) -> None:
    with pytest.raises(NotAllowed):
        actions.add_municipality("4016", by=town.leader)
    operator = factories.make_person(is_operator=True)
    added = actions.add_municipality("4016", by=operator)
    with pytest.raises(NotAllowed):
        actions.delete_municipality(added, confirmed="4016", by=town.leader)
    with pytest.raises(RuleError, match="The number 4017 is not the number of Drangedal"):
        actions.delete_municipality(added, confirmed="4017", by=operator)
    actions.delete_municipality(added, confirmed=" 4016 ", by=operator)
    assert not Municipality.objects.filter(number="4016").exists()


def test_a_deleted_municipality_takes_everything_with_it_but_the_record(town: Town) -> None:
    conversation = factories.make_conversation(
        process=factories.make_process(municipality=town.municipality), statements=2, window="open"
    )
    guest = factories.make_participant(conversation.process)
    factories.make_vote(guest, conversation.statements.first())
    factories.make_gathering(process=conversation.process)
    number = town.municipality.number
    actions.delete_municipality(town.municipality, confirmed=number, by=SYSTEM_OPERATOR)
    assert not Municipality.objects.filter(number=number).exists()
    assert Person.objects.filter(pk=town.leader.pk).exists()
    assert Entry.objects.filter(chain=number).values_list("verb", flat=True).last() == "actors.municipality_deleted"


def test_the_language_and_the_colour_are_the_municipalitys_own(town: Town) -> None:
    changed = actions.update_municipality(town.municipality, by=town.facilitator, language="nn", colour="#14595a")
    assert (changed.language, changed.colour) == ("nn", "#14595a")
    with pytest.raises(NotAllowed):
        actions.update_municipality(town.municipality, by=town.elsewhere, language="en")


def test_a_hybrid_names_a_second_sector_that_differs(town: Town) -> None:
    hybrid = actions.create_organisation(
        town.municipality, by=town.facilitator, name="Verkstedet", sector="private", second_sector="voluntary"
    )
    assert hybrid.is_hybrid
    with pytest.raises(RuleError, match="second sector must be another"):
        actions.update_organisation(hybrid, by=town.facilitator, second_sector="private")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=hybrid.pk).update(second_sector="private")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": "Ny", "sector": "church"}, "belongs to the public, the private or the voluntary sector"),
        ({"name": "Ny", "sector": "public", "register_number": "123456789"}, "123456789 is not an organisation number"),
        ({"name": "VERKSTEDET", "sector": "public"}, "There is an organisation called VERKSTEDET already"),
    ],
)
def test_a_wrong_organisation_is_told_and_not_stored(town: Town, fields: dict[str, str], message: str) -> None:
    actions.create_organisation(town.municipality, by=town.leader, name="Verkstedet", sector="public")
    before = Organisation.objects.count()
    with pytest.raises(RuleError, match=message):
        actions.create_organisation(town.municipality, by=town.leader, **fields)
    assert Organisation.objects.count() == before


def test_a_partner_and_a_stranger_change_no_organisation(town: Town) -> None:
    body = town.municipality.organisations.get()
    for person in (town.partner, town.stranger, town.elsewhere):
        with pytest.raises(NotAllowed):
            actions.update_organisation(body, by=person, name="Mitt")
        with pytest.raises(NotAllowed):
            actions.delete_organisation(body, by=person)
    actions.delete_organisation(body, by=town.facilitator)
    assert not Mandate.objects.filter(person=town.partner).exists()


def test_an_invited_person_gets_an_account_a_mandate_and_a_letter(town: Town) -> None:
    body = town.municipality.organisations.get()
    mandate = actions.invite_person(
        "Facilitator@Example.org",
        town.municipality,
        role="partner",
        by=town.facilitator,
        organisation=body,
        address="https://s.no/",
    )
    assert (mandate.person.email, mandate.organisation, mandate.person.has_usable_password()) == (
        "facilitator@example.org", body, False,
    )  # fmt: skip
    order = DBTaskResult.objects.get(args_kwargs__args__0="actors.send_invitation")
    tasks.send_invitation(**order.args_kwargs["args"][1])
    letter = mail.outbox[0]
    assert letter.to == ["facilitator@example.org"]
    assert "https://s.no/accounts/login/" in letter.body
    assert body.name in letter.body


def test_a_letter_is_not_sent_where_the_mandate_was_withdrawn_meanwhile(town: Town) -> None:
    mandate = actions.invite_person("facilitator@example.org", town.municipality, role="facilitator", by=town.leader)
    actions.withdraw_mandate(mandate, by=town.leader)
    tasks.send_invitation(mandate_id=mandate.pk, address="")
    assert mail.outbox == []


def test_the_same_invitation_twice_gives_one_person_and_one_mandate(town: Town) -> None:
    for email in ("facilitator@example.org", "FACILITATOR@example.org"):
        actions.invite_person(email, town.municipality, role="facilitator", by=town.leader)
    facilitator = Person.objects.get(email="facilitator@example.org")
    assert facilitator.mandates.count() == 1


def test_a_facilitator_names_no_leader_and_nobody_elsewhere_names_anyone(town: Town) -> None:
    for by, role in [
        (town.facilitator, "leader"),
        (town.partner, "partner"),
        (town.elsewhere, "facilitator"),
        (town.stranger, "partner"),
        (factories.make_person(is_operator=True), "facilitator"),
    ]:
        with pytest.raises(NotAllowed):
            actions.invite_person("facilitator@example.org", town.municipality, role=role, by=by)
    assert not Person.objects.filter(email="facilitator@example.org").exists()


@pytest.mark.django_db
def test_an_operator_names_the_first_in_charge_and_no_more() -> None:
    operator = factories.make_person(is_operator=True)
    empty = actions.add_municipality("4016", by=operator)
    with pytest.raises(NotAllowed):
        actions.invite_person("a@example.org", empty, role="partner", by=operator)
    actions.invite_person("a@example.org", empty, role="facilitator", by=operator)
    with pytest.raises(NotAllowed):
        actions.invite_person("b@example.org", empty, role="facilitator", by=operator)
    assert [one.person.email for one in empty.mandates.all()] == ["a@example.org"]


@pytest.mark.parametrize(
    ("role", "with_body", "message"),
    [
        ("partner", False, "speaks for an organisation"),
        ("unit_manager", False, "speaks for an organisation"),
        ("leader", True, "act for the municipality itself"),
        ("king", False, "no role called king"),
    ],
)
def test_a_mandate_has_an_organisation_if_and_only_if_its_role_needs_one(
    town: Town, role: str, with_body: bool, message: str
) -> None:
    body = town.municipality.organisations.get() if with_body else None
    with pytest.raises(RuleError, match=message):
        actions.give_mandate(town.stranger, town.municipality, role=role, by=SYSTEM_OPERATOR, organisation=body)


def test_an_organisation_of_another_municipality_is_refused(town: Town) -> None:
    foreign = factories.make_organisation()
    with pytest.raises(RuleError, match="belongs to another municipality"):
        actions.give_mandate(town.stranger, town.municipality, role="partner", by=town.leader, organisation=foreign)


def test_the_same_mandate_twice_is_one(town: Town) -> None:
    body = town.municipality.organisations.get()
    for role, organisation in (("facilitator", None), ("partner", body)):
        first, second = (
            actions.give_mandate(town.stranger, town.municipality, role=role, by=town.leader, organisation=organisation)
            for _ in range(2)
        )
        assert first == second
    assert Mandate.objects.filter(person=town.stranger).count() == 2
    assert Entry.objects.filter(verb="actors.mandate_given").count() == 2


@pytest.mark.parametrize("kind", ["facilitator", "partner"])
def test_the_store_refuses_the_same_mandate_twice(town: Town, kind: str) -> None:
    held = Mandate.objects.get(person=town.people[kind])
    assert (held.organisation is None) == (kind == "facilitator")
    again = {"person": held.person, "municipality": held.municipality, "role": held.role}
    with pytest.raises(IntegrityError, match=r"(?i)unique constraint"), transaction.atomic():
        Mandate.objects.create(**again, organisation=held.organisation)
    other = factories.make_organisation(municipality=town.municipality)
    assert Mandate.objects.create(**again, organisation=other).pk


def test_the_last_leader_and_the_last_in_charge_cannot_be_withdrawn(town: Town) -> None:
    leading = Mandate.objects.get(person=town.leader)
    with pytest.raises(RuleError, match="is the last leader"):
        actions.withdraw_mandate(leading, by=town.leader)
    actions.withdraw_mandate(Mandate.objects.get(person=town.facilitator), by=town.leader)
    alone = Mandate.objects.get(person=town.elsewhere)
    for by in (town.elsewhere, SYSTEM_OPERATOR):
        with pytest.raises(RuleError, match="is the last facilitator"):
            actions.withdraw_mandate(alone, by=by)


def test_someone_who_is_not_active_does_not_count_as_in_charge(town: Town) -> None:
    other = factories.make_person(role="leader", municipality=town.municipality, is_active=False)
    with pytest.raises(RuleError, match="is the last leader"):
        actions.withdraw_mandate(Mandate.objects.get(person=town.leader), by=town.leader)
    Person.objects.filter(pk=other.pk).update(is_active=True)
    actions.withdraw_mandate(Mandate.objects.get(person=town.leader), by=town.leader)


def test_everyone_may_give_up_their_own_role_and_a_facilitator_takes_no_leaders(town: Town) -> None:
    factories.make_person(role="leader", municipality=town.municipality)
    with pytest.raises(NotAllowed):
        actions.withdraw_mandate(Mandate.objects.get(person=town.leader), by=town.facilitator)
    actions.withdraw_mandate(Mandate.objects.get(person=town.partner), by=town.partner)
    assert not Mandate.objects.filter(person=town.partner).exists()


@pytest.mark.django_db
def test_an_e_mail_address_is_one_person_whatever_its_case() -> None:
    first = actions.add_person(" Facilitator@Example.ORG ", by=SYSTEM_OPERATOR, name="Facilitator")
    again = actions.add_person("facilitator@example.org", by=SYSTEM_OPERATOR, is_operator=True)
    assert (first.pk, again.email, again.is_operator) == (again.pk, "facilitator@example.org", True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="FACILITATOR@example.org")


def test_one_changes_ones_own_name_and_language_only(town: Town) -> None:
    changed = actions.update_person(town.partner, by=town.partner, name=" Helper ", language="nn")
    assert (changed.name, changed.language) == ("Helper", "nn")
    with pytest.raises(NotAllowed):
        actions.update_person(town.partner, by=town.leader, name="Per", language="nb")


def test_the_record_holds_no_name_and_no_address(town: Town) -> None:
    actions.invite_person(
        "someone@example.org", town.municipality, role="facilitator", by=town.leader, name="Someone N"
    )
    told = [f"{entry.actor} {entry.verb} {entry.subject_id} {entry.data}" for entry in Entry.objects.all()]
    assert len(told) == 2
    assert not any("someone" in line.lower() or "@" in line for line in told)
