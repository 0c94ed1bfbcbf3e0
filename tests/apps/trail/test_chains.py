"""The chains: append-only, and a change from outside is found, on whichever database the tests run."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories

from samskap.apps.trail import actions, queries
from samskap.apps.trail.models import Entry
from samskap.apps.trail.rules import FIRST_HASH, Sealed, who_acted
from samskap.kernel.acting import SYSTEM_CLOCK, SYSTEM_OPERATOR

pytestmark = pytest.mark.django_db

TRICKY = {"whole": 5.0, "huge": 1e16, "small": 1e-7, "nothing": -0.0, "list": (1, 2), 7: "a number as key", "æ": "ø"}


def change(number: int, **columns: Any) -> None:
    """Change a row from outside, past the model."""
    sets = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE trail_entry SET {sets} WHERE number = %s", [*columns.values(), number])


@pytest.fixture
def chain() -> str:
    town = factories.make_municipality()
    for at in range(4):
        actions.record("actors.municipality_changed", town, by=SYSTEM_OPERATOR, data={"fields": [str(at)]})
    return town.number


def test_entries_are_numbered_and_each_names_the_one_before(chain: str) -> None:
    entries = list(Entry.objects.filter(chain=chain))
    assert [entry.number for entry in entries] == [1, 2, 3, 4]
    assert [entry.previous_hash for entry in entries] == [FIRST_HASH, *(entry.hash for entry in entries[:-1])]
    assert list(queries.checked_chains()) == [queries.ChainCheck(chain, 4, None)]


def test_each_municipality_and_the_system_have_a_chain_of_their_own(chain: str) -> None:
    actions.record("actors.person_added", factories.make_person(), by=SYSTEM_CLOCK)
    assert list(queries.checked_chains()) == [
        queries.ChainCheck("0000", 1, None),
        queries.ChainCheck(chain, 4, None),
    ]


@pytest.mark.parametrize(
    "columns",
    [
        {"actor": "person:7"},
        {"verb": "actors.organisation_added"},
        {"subject_id": "999"},
        {"is_public": True},
        {"data": json.dumps({"fields": ["another"]})},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"hash": "f" * 64},
        {"previous_hash": "e" * 64},
    ],
    ids=lambda columns: next(iter(columns)),
)
def test_a_planted_change_is_found_where_it_was_made(chain: str, columns: dict[str, Any]) -> None:
    change(2, **columns)
    assert list(queries.checked_chains()) == [queries.ChainCheck(chain, 4, 2)]


def test_a_change_of_one_microsecond_is_found(chain: str) -> None:
    at = Entry.objects.get(number=3).at
    change(3, at=at + timedelta(microseconds=1))
    assert queries.checked_chain(chain).broken_at == 3


@pytest.mark.parametrize(("gone", "broken"), [(1, 1), (2, 2), (3, 3)])
def test_a_deleted_entry_is_found(chain: str, gone: int, broken: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_entry WHERE number = %s", [gone])
    assert queries.checked_chain(chain).broken_at == broken


def test_one_who_seals_a_changed_entry_anew_is_found_at_the_next(chain: str) -> None:
    entry = Entry.objects.get(number=2)
    forged = Sealed(**{name: getattr(entry, name) for name in Sealed.__dataclass_fields__} | {"actor": "person:7"})
    change(2, actor="person:7", hash=forged.seal())
    assert queries.checked_chain(chain).broken_at == 3


def test_entries_cannot_be_changed_or_deleted_through_the_model(chain: str) -> None:
    entry = Entry.objects.get(number=2)
    for forbidden in (
        entry.save,
        entry.delete,
        Entry.objects.filter(number=2).delete,
        lambda: Entry.objects.filter(number=2).update(actor="person:7"),
    ):
        with pytest.raises(TypeError, match="never"):
            forbidden()
    assert queries.checked_chain(chain).broken_at is None


def test_data_that_databases_give_back_in_another_form_does_not_break_the_chain() -> None:
    town = factories.make_municipality()
    actions.record("actors.municipality_changed", town, by=SYSTEM_OPERATOR, data=TRICKY)  # type: ignore[arg-type]
    assert queries.checked_chain(town.number) == queries.ChainCheck(town.number, 1, None)


def test_data_that_is_no_json_is_refused_before_anything_is_written() -> None:
    town = factories.make_municipality()
    for data in ({"share": float("nan")}, {"who": object()}):
        with pytest.raises((TypeError, ValueError)):
            actions.record("actors.municipality_changed", town, by=SYSTEM_OPERATOR, data=data)
    assert not Entry.objects.exists()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    data=st.dictionaries(
        st.text(max_size=8),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.text(max_size=8),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
            max_leaves=6,
        ),
        max_size=4,
    )
)
def test_the_seal_is_the_same_after_a_round_trip_through_json(data: dict[str, Any]) -> None:
    frame = Sealed("4016", 1, datetime(2026, 11, 14, 9, tzinfo=UTC), "person:1", "v", "k", "1", True, data, FIRST_HASH)
    again = Sealed(**vars(frame) | {"data": json.loads(json.dumps(data))})
    assert frame.seal() == again.seal()


def test_the_seal_does_not_depend_on_the_time_zone_a_time_is_told_in() -> None:
    here = datetime(2026, 11, 14, 9, 0, 0, 7, tzinfo=UTC)
    there = here.astimezone(timezone(timedelta(hours=1)))
    seals = {Sealed("4016", 1, at, "person:1", "v", "k", "1", True, {}, FIRST_HASH).seal() for at in (here, there)}
    assert len(seals) == 1


@pytest.mark.parametrize(
    ("actor", "kind"),
    [("person:3", "facilitator"), ("ticket:k7f2", "participant"), ("system:clock", "system"), ("odd", "system")],
)
def test_the_public_knows_the_kind_of_actor_and_no_more(actor: str, kind: str) -> None:
    assert who_acted(actor) == kind
