"""Editions: whole or not at all, the newest before the others, and only what belongs to a place is shown there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.apps.viewers import Town

from samskap.apps.actors.models import Organisation
from samskap.apps.figures import actions, queries
from samskap.apps.figures.models import Edition, Indicator, Observation, Population, Series, Source
from samskap.apps.trail.models import Entry
from samskap.kernel.acting import SYSTEM_IMPORT
from samskap.kernel.errors import NotAllowed, RuleError
from samskap.sources.brreg import RegisteredOrganisation
from samskap.sources.values import Fetched, Figure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NEET = Figure("neet_share", "4016", "2024", 8.9)


def table(*figures: Figure, **fields: Any) -> Fetched:
    said: dict[str, Any] = {
        "publisher": "SSB", "table": "13556", "title": "NEET", "url": "", "licence": "CC BY 4.0", "fetched_at": NOW,
        "updated_at": None,
    }  # fmt: skip
    return Fetched(**(said | fields), figures=figures)


def shown(place: str = "4016", key: str = "neet_share") -> dict[str, float | None]:
    found = queries.current_series([key], places=[place], page_of=place)
    return {point.period: point.value for one in found for point in one.points}


def test_everything_of_a_table_is_stored() -> None:
    hidden = Figure("neet_share", "0000", "2024", None, "hidden", "age=15-29")
    stored = actions.store_edition(table(NEET, hidden), by=SYSTEM_IMPORT)
    assert (stored.figures, stored.profiles, stored.is_new) == (2, 0, True)
    rows = Observation.objects.values_list("series__indicator__key", "series__place", "series__breakdown", "period",
                                           "value", "missing").order_by("series__place")  # fmt: skip
    assert list(rows) == [
        ("neet_share", "0000", "age=15-29", "2024", None, "hidden"),
        ("neet_share", "4016", "", "2024", 8.9, ""),
    ]
    indicator = Indicator.objects.get()
    assert (indicator.topic, indicator.unit, indicator.decimals, indicator.concept) == (
        "youth", "percent", 1, "youth_outside",
    )  # fmt: skip
    assert Entry.objects.get().verb == "figures.edition_stored"


def test_people_are_stored_with_their_sum() -> None:
    profiles = [factories.make_people("4016", year) for year in (2025, 2026)]
    factories.make_edition(profiles=profiles)
    assert queries.population_of("4016") == tuple(profiles)
    assert shown(key="population") == {"2025": 1704.0, "2026": 1704.0}


def test_where_anything_is_wrong_nothing_is_stored() -> None:
    wrong = Figure("neet_share", "4014", "2024", 101.0)
    with pytest.raises(RuleError) as refused:
        actions.store_edition(table(NEET, wrong), by=SYSTEM_IMPORT)
    assert "neet_share 4014 2024 is 101. A share is given in per cent, 0 to 100." in refused.value.message
    assert refused.value.code == "figures_wrong"
    for model in (Edition, Series, Observation, Population, Indicator, Source, Entry):
        assert model.objects.count() == 0, model


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(actions.editions, "_store_profiles", fail)
    with pytest.raises(OSError, match="full"):
        actions.store_edition(table(NEET), by=SYSTEM_IMPORT)
    assert (Edition.objects.count(), Series.objects.count(), Source.objects.count()) == (0, 0, 0)


def test_the_newest_edition_stands_before_the_others_and_only_for_what_it_holds() -> None:
    factories.make_edition(NEET, Figure("neet_share", "4014", "2024", 9.5), fetched_at=NOW)
    newer = factories.make_edition(Figure("neet_share", "4016", "2024", 9.0), fetched_at=NOW + timedelta(days=1))
    assert (shown("4016"), shown("4014")) == ({"2024": 9.0}, {"2024": 9.5})
    actions.delete_edition(newer, by=SYSTEM_IMPORT)
    assert shown("4016") == {"2024": 8.9}


def test_an_illustrative_edition_never_stands_before_a_real_one() -> None:
    factories.make_edition(NEET, fetched_at=NOW)
    later = {"fetched_at": NOW + timedelta(days=9), "standing": "illustrative"}
    factories.make_edition(Figure("neet_share", "4016", "2024", 1.0), **later)
    factories.make_edition(profiles=[factories.make_people("4016", 2026)], fetched_at=NOW)
    factories.make_edition(profiles=[factories.make_people("4016", 2026, each=9)], **later)
    assert shown() == {"2024": 8.9}
    assert queries.population_of("4016")[0].women[0] == 10


def test_people_of_a_place_come_whole_from_one_edition() -> None:
    factories.make_edition(profiles=[factories.make_people("4016", y) for y in (2024, 2025)], fetched_at=NOW)
    newest = factories.make_people("4016", 2026, each=11)
    factories.make_edition(profiles=[newest], fetched_at=NOW + timedelta(days=1))
    assert queries.population_of("4016") == (newest,)


def test_the_same_figures_again_are_no_new_edition() -> None:
    first = actions.store_edition(table(NEET), by=SYSTEM_IMPORT)
    again = actions.store_edition(table(NEET, fetched_at=NOW + timedelta(days=3)), by=SYSTEM_IMPORT)
    assert (again.edition.pk, again.is_new, Edition.objects.count()) == (first.edition.pk, False, 1)
    assert Edition.objects.get().fetched_at == NOW + timedelta(days=3)
    actions.store_edition(table(NEET), by=SYSTEM_IMPORT)
    assert Edition.objects.get().fetched_at == NOW + timedelta(days=3)


def test_the_same_figures_of_another_standing_are_another_edition() -> None:
    actions.store_edition(table(NEET, standing="illustrative"), by=SYSTEM_IMPORT)
    assert actions.store_edition(table(NEET), by=SYSTEM_IMPORT).is_new


# --- Who ---


def test_those_in_charge_store_for_their_own_pages_only(drangedal: Town) -> None:
    own = drangedal.municipality
    stored = actions.store_edition(table(NEET), by=drangedal.facilitator, municipality=own)
    assert stored.edition.municipality == own
    assert shown("4016") == {"2024": 8.9}
    country = Figure("neet_share", "0000", "2024", 1.0)
    actions.store_edition(table(country), by=drangedal.leader, municipality=own)
    found = queries.current_series(["neet_share"], places=["0000"], page_of="4014")
    assert found == []
    assert [one.place for one in queries.current_series(["neet_share"], places=["0000"], page_of="4016")] == ["0000"]


@pytest.mark.parametrize("kind", ["stranger", "elsewhere", "partner"])
def test_others_store_nothing(drangedal: Town, kind: str) -> None:
    with pytest.raises(NotAllowed):
        actions.store_edition(table(NEET), by=drangedal.people[kind], municipality=drangedal.municipality)


def test_nobody_stores_what_is_shown_everywhere_but_the_system(drangedal: Town) -> None:
    with pytest.raises(NotAllowed):
        actions.store_edition(table(NEET), by=drangedal.leader)


def test_a_file_from_another_place_is_refused(drangedal: Town) -> None:
    other = Figure("neet_share", "4014", "2024", 9.0)
    with pytest.raises(RuleError, match="from another place"):
        actions.store_edition(table(other), by=drangedal.leader, municipality=drangedal.municipality)


@pytest.mark.parametrize(("kind", "may"), [("stranger", False), ("elsewhere", False), ("partner", False),
                                           ("facilitator", True), ("leader", True)])  # fmt: skip
def test_who_may_delete_an_edition(drangedal: Town, kind: str, may: bool) -> None:
    own = factories.make_edition(NEET, municipality=drangedal.municipality)
    shared = factories.make_edition(Figure("neet_share", "4016", "2023", 9.9))
    person = drangedal.people[kind]
    with pytest.raises(NotAllowed):
        actions.delete_edition(shared, by=person)
    if may:
        actions.delete_edition(own, by=person)
    else:
        with pytest.raises(NotAllowed):
            actions.delete_edition(own, by=person)
    assert Edition.objects.filter(pk=own.pk).exists() is not may


def test_own_indicators_are_made_changed_and_deleted_by_those_in_charge(drangedal: Town) -> None:
    own = drangedal.municipality
    fields = {"title": "Frivillige i sykehjem", "topic": "services", "unit": "persons"}
    for kind in ("stranger", "elsewhere", "partner"):
        with pytest.raises(NotAllowed):
            actions.create_indicator(own, by=drangedal.people[kind], **fields)
    made = actions.create_indicator(own, by=drangedal.leader, **fields)
    again = actions.create_indicator(own, by=drangedal.leader, **fields)
    assert (made.key, again.key) == ("4016-frivillige-i-sykehjem", "4016-frivillige-i-sykehjem-2")
    mine = Figure(made.key, "4016", "2026", 14.0)
    actions.store_edition(table(mine, standing="ours"), by=drangedal.facilitator, municipality=own)
    with pytest.raises(RuleError, match="persons already"):
        actions.update_indicator(made, by=drangedal.leader, unit="jobs")
    for kind in ("stranger", "elsewhere", "partner"):
        with pytest.raises(NotAllowed):
            actions.update_indicator(made, by=drangedal.people[kind], title="X")
        with pytest.raises(NotAllowed):
            actions.delete_indicator(made, by=drangedal.people[kind])
    assert actions.update_indicator(made, by=drangedal.leader, title="Frivillige").title == "Frivillige"
    actions.delete_indicator(made, by=drangedal.leader)
    assert (Indicator.objects.count(), Series.objects.count()) == (1, 0)


def test_an_indicator_of_the_catalogue_is_nobodys(drangedal: Town) -> None:
    factories.make_edition(NEET)
    with pytest.raises(NotAllowed):
        actions.update_indicator(Indicator.objects.get(), by=drangedal.leader, title="X")


def test_the_indicator_of_another_municipality_cannot_be_used(drangedal: Town) -> None:
    other = actions.create_indicator(
        factories.make_municipality(number="4014"), by=SYSTEM_IMPORT, title="Vårt", topic="services", unit="persons"
    )
    with pytest.raises(RuleError, match="is not known"):
        actions.store_edition(
            table(Figure(other.key, "4016", "2026", 1.0)), by=drangedal.leader, municipality=drangedal.municipality
        )


# --- Reading ---


def test_accounts_are_of_the_newest_year_with_a_service() -> None:
    factories.make_edition(
        Figure("accounts_care", "4016", "2024", 180e6), Figure("accounts_care", "4016", "2025", 190e6),
        Figure("accounts_school", "4016", "2025", None, "not_published"), Figure("accounts_debt", "4016", "2026", 5e8),
        Figure("users_care", "4016", "2025", 120.0, "", "kind=home"),
        Figure("users_care", "4016", "2025", 40.0, "", "kind=institution"),
    )  # fmt: skip
    found = queries.accounts_of("4016")
    assert found is not None
    assert (found.year, found.values, found.missing) == (
        2025, {"accounts_care": 190e6, "users_care": 160.0}, {"accounts_school": "not_published"},
    )  # fmt: skip
    assert queries.accounts_of("4014") is None


def test_a_kind_that_is_hidden_leaves_no_sum() -> None:
    factories.make_edition(
        Figure("accounts_care", "4016", "2025", 190e6),
        Figure("users_care", "4016", "2025", 120.0, "", "kind=home"),
        Figure("users_care", "4016", "2025", None, "hidden", "kind=institution"),
    )
    found = queries.accounts_of("4016")
    assert found is not None
    assert (found.values, found.missing) == ({"accounts_care": 190e6}, {"users_care": "hidden"})


def test_yearly_figures_leave_out_what_is_missing_and_what_is_no_year() -> None:
    factories.make_edition(
        Figure("births", "4016", "2023", 41.0), Figure("births", "4016", "2024", None, "hidden"),
        Figure("births", "4016", "2025K1", 9.0),
    )  # fmt: skip
    assert queries.yearly("4016", "births") == {2023: 41.0}


@pytest.mark.parametrize("places", [1, 5])
def test_people_of_many_places_cost_two_queries(places: int) -> None:
    numbers = ["4016", "4014", "4001", "4003", "4005"][:places]
    factories.make_edition(profiles=[factories.make_people(one, y) for one in numbers for y in (2025, 2026)])
    with CaptureQueriesContext(connection) as asked:
        found = queries.populations()
    assert (set(found), len(asked)) == (set(numbers), 2)


# --- Organisations ---


def test_organisations_of_a_register_are_added_beside_those_that_are_here(drangedal: Town) -> None:
    own = drangedal.municipality
    factories.make_organisation(municipality=own, name="Drangedal Frivilligsentral", sector="voluntary")
    factories.make_organisation(municipality=own, name="Egen", sector="private", register_number="974760673")
    found = [
        RegisteredOrganisation("995525828", "DRANGEDAL FRIVILLIGSENTRAL", "voluntary", "", "FLI"),
        RegisteredOrganisation("974760673", "ANNET NAVN", "private", "", "AS"),
        RegisteredOrganisation("889640782", "SANITETEN", "voluntary", "private", "FLI"),
    ]
    made = actions.register_organisations(own, found=found, by=SYSTEM_IMPORT)
    assert (made.added, made.known) == (1, 2)
    new = Organisation.objects.get(register_number="889640782")
    assert (new.name, new.sector, new.second_sector) == ("SANITETEN", "voluntary", "private")
    assert actions.register_organisations(own, found=found, by=SYSTEM_IMPORT).added == 0


def test_a_namesake_gets_its_number_behind_its_name(drangedal: Town) -> None:
    own = drangedal.municipality
    found = [
        RegisteredOrganisation("889640782", "LAGET", "voluntary", "", "FLI"),
        RegisteredOrganisation("974760673", "LAGET", "voluntary", "", "FLI"),
    ]
    made = actions.register_organisations(own, found=[*found, *found], by=SYSTEM_IMPORT)
    assert (made.added, made.known) == (2, 2)
    names = set(Organisation.objects.filter(register_number__gt="").values_list("name", flat=True))
    assert names == {"LAGET", "LAGET (974760673)"}


def test_others_register_nothing(drangedal: Town) -> None:
    found = [RegisteredOrganisation("889640782", "LAGET", "voluntary", "", "FLI")]
    for kind in ("stranger", "elsewhere", "partner"):
        with pytest.raises(NotAllowed):
            actions.register_organisations(drangedal.municipality, found=found, by=drangedal.people[kind])
