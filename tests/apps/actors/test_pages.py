"""The pages of municipalities, organisations and people: who sees them, and what they do."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from tests import factories
from tests.apps.viewers import DESK, EVERYONE_SIGNED_IN, LIST, PUBLIC, Town, met, words_of

from samskap.apps.actors.models import Mandate, Municipality, Organisation, Person

OPERATION = met(302, 404, 404)

PAGES = {
    "home": PUBLIC,
    "municipality": PUBLIC,
    "dashboard": EVERYONE_SIGNED_IN,
    "account": EVERYONE_SIGNED_IN,
    "municipality_settings": LIST,
    "organisations": LIST,
    "new_organisation": LIST,
    "organisation": DESK,
    "delete_organisation": DESK,
    "people": LIST,
    "invite_person": LIST,
    "withdraw_mandate": met(302, 404, 200) | {"partner": 200},  # one's own
    "operator": OPERATION,
    "delete_municipality": OPERATION,
    "demo_sign_in": met(404, 404, 404),
    "choose_municipality": met(302, 405, 405),
}


def address(town: Town, page: str) -> str:
    number = town.municipality.number
    body = town.municipality.organisations.get()
    arguments = {
        "municipality": [number],
        "delete_municipality": [number],
        "organisation": [body.pk],
        "delete_organisation": [body.pk],
        "withdraw_mandate": [Mandate.objects.get(person=town.partner).pk],
    }
    return reverse(f"actors:{page}", args=arguments.get(page, []))


@pytest.mark.parametrize("page", PAGES)
def test_each_page_lets_in_those_it_is_for(town: Town, page: str) -> None:
    assert town.statuses(address(town, page)) == PAGES[page]


def test_every_page_of_the_module_is_in_the_grid() -> None:
    from samskap.apps.actors import urls

    assert {pattern.name for pattern in urls.urlpatterns} == set(PAGES)
    assert "account_login" in get_resolver().reverse_dict


def test_absent_and_not_yours_look_alike(town: Town) -> None:
    mine = town.client("elsewhere").get(address(town, "organisation"))
    absent = town.client("elsewhere").get(reverse("actors:organisation", args=[999_999]))
    assert (mine.status_code, words_of(mine)) == (404, words_of(absent))
    assert "There is no such organisation here." in words_of(mine)


# --- Home ---


@pytest.mark.django_db
def test_a_fresh_installation_says_which_commands_to_run(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "samskap municipality add 4016" in page
    assert "samskap user add" in page


def test_the_only_municipality_is_the_front_page(town: Town) -> None:
    Municipality.objects.exclude(pk=town.municipality.pk).delete()
    assert f"<title>{town.municipality.name}" in town.client("anonymous").get("/").content.decode()


def test_several_municipalities_are_listed_and_the_setting_chooses_one(town: Town, settings) -> None:  # type: ignore[no-untyped-def]
    both = town.client("anonymous").get("/").content.decode()
    assert all(reverse("actors:municipality", args=[one.number]) in both for one in Municipality.objects.all())
    settings.SAMSKAP_MUNICIPALITY = town.municipality.number
    assert f"<title>{town.municipality.name}" in town.client("anonymous").get("/").content.decode()


def test_a_municipality_that_the_setting_names_but_nobody_added_is_told(town: Town, settings) -> None:  # type: ignore[no-untyped-def]
    settings.SAMSKAP_MUNICIPALITY = "4016"
    assert "samskap municipality add 4016" in town.client("anonymous").get("/").content.decode()


def test_the_front_page_costs_the_same_for_one_process_and_three(
    town: Town, django_assert_num_queries, settings
) -> None:  # type: ignore[no-untyped-def]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.SAMSKAP_MUNICIPALITY = town.municipality.number
    costs = []
    for _round in range(2):
        for _one in range(1 + 2 * bool(costs)):
            process = factories.make_process(municipality=town.municipality)
            factories.make_activity(process=process)
            factories.make_gathering(process=process)
        with CaptureQueriesContext(
            connection,
        ) as spent:
            assert town.client("anonymous").get("/").status_code == 200
        costs.append(len(spent))
    assert costs[0] == costs[1]


# --- The desk ---


def test_the_desk_tells_the_facilitator_of_a_new_town_what_comes_first(town: Town) -> None:
    page = town.client("facilitator").get("/work/").content.decode()
    assert page.index("Say what the municipality faces") < page.index("Start a process")


def test_someone_without_a_role_is_told_whom_to_ask(town: Town) -> None:
    assert "You have no role here yet" in town.client("stranger").get("/work/").content.decode()


def test_one_who_works_for_two_municipalities_chooses(town: Town) -> None:
    other = factories.make_municipality(name="Åbygda")
    Mandate.objects.create(person=town.facilitator, municipality=other, role="facilitator")
    client = town.client("facilitator")
    client.post(reverse("actors:choose_municipality"), {"number": other.number})
    assert "Åbygda" in client.get("/work/organisations/").content.decode()
    client.post(reverse("actors:choose_municipality"), {"number": town.municipality.number})
    assert town.municipality.organisations.get().name in client.get("/work/organisations/").content.decode()


def test_choosing_a_municipality_that_is_not_ones_own_changes_nothing(town: Town) -> None:
    client = town.client("elsewhere")
    client.post(reverse("actors:choose_municipality"), {"number": town.municipality.number})
    assert town.municipality.organisations.get().name not in client.get("/work/organisations/").content.decode()


# --- Organisations ---


def test_an_organisation_is_added_changed_and_deleted_on_the_web(town: Town) -> None:
    client = town.client("facilitator")
    typed = {"name": "Vassdrag AS", "sector": "private", "second_sector": "", "register_number": "974 760 673"}
    client.post(reverse("actors:new_organisation"), typed)
    made = Organisation.objects.get(name="Vassdrag AS")
    assert made.register_number == "974760673"
    client.post(reverse("actors:organisation", args=[made.pk]), typed | {"sector": "voluntary"})
    made.refresh_from_db()
    assert made.sector == "voluntary"
    client.post(reverse("actors:delete_organisation", args=[made.pk]))
    assert not Organisation.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"register_number": "123456789"}, "This is not an organisation number."),
        ({"second_sector": "private"}, "The second sector must be another than the first."),
        ({"name": ""}, "This field is required."),
        ({"name": "TATT"}, "There is an organisation called TATT already."),
        ({"register_number": "974760673"}, "Tatt has the organisation number 974760673 already."),
    ],
)
def test_a_form_with_a_mistake_keeps_what_was_typed(town: Town, typed: dict[str, str], told: str) -> None:
    factories.make_organisation(municipality=town.municipality, name="Tatt", register_number="974760673")
    factories.make_organisation(name="Elsewhere", register_number="889640782")
    whole = {"name": "Vassdrag AS", "sector": "private", "second_sector": "", "register_number": ""} | typed
    page = town.client("leader").post(reverse("actors:new_organisation"), whole).content.decode()
    assert told in page
    assert all(f'value="{value}"' in page for value in whole.values() if value)
    assert not Organisation.objects.filter(name="Vassdrag AS").exists()


def test_a_list_of_organisations_costs_the_same_for_one_and_three(town: Town) -> None:
    assert_same_cost(town, "/work/organisations/", lambda: factories.make_organisation(municipality=town.municipality))


def test_the_many_organisations_of_the_register_stand_on_pages_and_can_be_searched(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samskap.apps.actors.views.PAGE_SIZE", 3)
    for name, number in (("Ansgar AS", "974760673"), ("Bygdelaget", "889640782"), ("Coop", ""), ("Dølen", "")):
        factories.make_organisation(municipality=town.municipality, name=name, register_number=number)
    client = town.client("facilitator")

    def names(query: str) -> list[str]:
        page = words_of(client.get("/work/organisations/" + query))
        return [one for one in ("Ansgar AS", "Bygdelaget", "Coop", "Dølen") if one in page]

    assert [len(names("")) + len(names("?page=2")), names("?q=bygd"), names("?q=974 760"), names("?q=xyz")] == [
        4, ["Bygdelaget"], ["Ansgar AS"], [],
    ]  # fmt: skip
    assert "No organisation fits." in words_of(client.get("/work/organisations/?q=xyz"))


# --- People ---


def test_a_list_of_people_costs_the_same_for_one_and_three(town: Town) -> None:
    assert_same_cost(
        town, "/work/people/", lambda: factories.make_person(role="facilitator", municipality=town.municipality)
    )


def assert_same_cost(town: Town, page: str, add) -> None:  # type: ignore[no-untyped-def]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for more in (0, 2):
        for _one in range(more):
            add()
        with CaptureQueriesContext(connection) as spent:
            assert town.client("facilitator").get(page).status_code == 200
        costs.append(len(spent))
    assert costs[0] == costs[1]


def test_a_person_is_invited_and_the_role_withdrawn_on_the_web(town: Town) -> None:
    client = town.client("leader")
    client.post(
        reverse("actors:invite_person"), {"email": "facilitator@example.org", "name": "Facilitator", "role": "leader"}
    )
    mandate = Mandate.objects.get(person__email="facilitator@example.org")
    assert (mandate.role, mandate.municipality) == ("leader", town.municipality)
    client.post(reverse("actors:withdraw_mandate", args=[mandate.pk]))
    assert not Mandate.objects.filter(pk=mandate.pk).exists()
    assert Person.objects.filter(email="facilitator@example.org").exists()


def test_a_facilitator_is_not_offered_the_role_of_leader(town: Town) -> None:
    page = town.client("facilitator").get(reverse("actors:invite_person")).content.decode()
    assert 'value="facilitator"' in page
    assert 'value="leader"' not in page
    answer = town.client("facilitator").post(
        reverse("actors:invite_person"), {"email": "k@example.org", "role": "leader"}
    )
    assert "Select a valid choice" in answer.content.decode()


def test_the_last_leader_is_told_why_they_must_stay(town: Town) -> None:
    mandate = Mandate.objects.get(person=town.leader)
    answer = town.client("leader").post(reverse("actors:withdraw_mandate", args=[mandate.pk]))
    assert answer.status_code == 409
    assert "Give the role to someone else first." in answer.content.decode()
    assert Mandate.objects.filter(pk=mandate.pk).exists()


# --- The operator ---


def test_an_operator_adds_and_deletes_a_municipality_on_the_web(town: Town) -> None:
    town.people["operator"] = factories.make_person(is_operator=True)
    client = town.client("operator")
    client.post(reverse("actors:operator"), {"number": "4016", "email": "first@example.org"})
    added = Municipality.objects.get(number="4016")
    assert (added.name, added.mandates.get().person.email) == ("Drangedal", "first@example.org")
    delete = reverse("actors:delete_municipality", args=["4016"])
    refused = client.post(delete, {"confirmed": "yes"})
    assert (refused.status_code, Municipality.objects.filter(number="4016").exists()) == (409, True)
    client.post(delete, {"confirmed": "4016"})
    assert not Municipality.objects.filter(number="4016").exists()


def test_an_operator_has_no_say_in_a_municipality(town: Town) -> None:
    town.people["operator"] = factories.make_person(is_operator=True)
    assert town.client("operator").get("/work/organisations/").status_code == 404


# --- The demonstration ---


def test_the_demo_sign_in_is_not_there_outside_the_demonstration(town: Town) -> None:
    person = factories.make_person(email="anna@demo.invalid", role="leader")
    client = town.client("anonymous")
    assert client.get("/demo/sign-in/").status_code == 404
    assert client.post("/demo/sign-in/", {"person": person.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_one_press_signs_in_a_person_of_the_demonstration_and_nobody_else(town: Town, settings) -> None:  # type: ignore[no-untyped-def]
    settings.SAMSKAP_DEMO = True
    person = factories.make_person(email="anna@demo.invalid", name="Anna", role="leader")
    client = town.client("anonymous")
    page = client.get("/demo/sign-in/").content.decode()
    assert "Sign in as Anna" in page
    assert town.leader.email not in page
    assert client.post("/demo/sign-in/", {"person": town.leader.pk}).status_code == 404
    assert client.post("/demo/sign-in/", {"person": person.pk}).headers["Location"] == "/work/"
    assert client.session["_auth_user_id"] == str(person.pk)
