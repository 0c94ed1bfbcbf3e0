"""Windows in words, and who may enter them, on plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from tests import factories

from samskap.apps.processes import queries, rules
from samskap.apps.processes.labels import COUNTS, WINDOWS
from samskap.apps.processes.queries import activity_lines
from samskap.kernel import clock

NOW = datetime(2026, 11, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "opens", "closes", "phase", "is_open"),
    [
        ("planned", None, None, "planned", False),
        ("planned", NOW + HOUR, None, "opens_later", False),
        ("planned", NOW - HOUR, None, "planned", False),
        ("open", None, None, "open", True),
        ("open", NOW - HOUR, NOW + HOUR, "open", True),
        ("open", NOW, None, "open", True),
        ("open", NOW + HOUR, None, "opens_later", False),
        ("open", None, NOW, "closed", False),
        ("closed", None, None, "closed", False),
        ("closed", NOW - HOUR, NOW + HOUR, "closed", False),
    ],
)
def test_the_phase_of_a_window_and_whether_it_is_open_agree(
    state: str, opens: datetime | None, closes: datetime | None, phase: str, is_open: bool
) -> None:
    assert rules.window_phase(state, opens_at=opens, closes_at=closes, now=NOW) == phase
    assert rules.is_open(state, opens_at=opens, closes_at=closes, now=NOW) is is_open
    assert (phase == "open") is is_open


@pytest.mark.parametrize("assurance", rules.ASSURANCE_RANK)
@pytest.mark.parametrize("access", rules.ASSURANCE_RANK)
def test_a_stronger_ticket_enters_where_a_weaker_may(assurance: str, access: str) -> None:
    order = ["open", "code", "invited", "verified"]
    assert rules.is_strong_enough(assurance, access=access) is (order.index(assurance) >= order.index(access))


@pytest.mark.parametrize(
    ("results", "shown", "voted", "seen"),
    [
        ("never", True, True, False),
        ("always", False, False, True),
        ("after_voting", False, False, False),
        ("after_voting", False, True, True),
        ("after_voting", True, False, True),
        ("when_shown", False, True, False),
        ("when_shown", True, False, True),
    ],
)
def test_results_are_seen_when_the_window_says_so(results: str, shown: bool, voted: bool, seen: bool) -> None:
    assert rules.are_results_visible(results, shown_at=NOW if shown else None, voted=voted) is seen


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "planned"}, "Planned"),
        ({"state": "open"}, "Open now"),
        ({"state": "closed"}, "Closed"),
        ({"state": "open", "closes_at": 1}, "Open until"),
        ({"state": "planned", "opens_at": 1}, "Opens "),
        ({"state": "open", "opens_at": 1}, "Opens "),
        ({"state": "open", "closes_at": -1}, "Closed "),
        ({"state": "closed", "closes_at": 1}, "Closed"),
    ],
)
def test_every_window_has_words(fields: dict, words: str) -> None:  # type: ignore[type-arg]
    times = {name: clock.now() + value * HOUR for name, value in fields.items() if name != "state"}
    process = factories.make_process()
    factories.make_activity(process=process, state=fields["state"], **times)
    with translation.override("en"):
        line = activity_lines(process)[0]
    assert line.words.startswith(words)
    assert "%(" not in line.words
    assert (line.words == words) is (words[-1] != " " and words != "Open until")


def test_every_phase_has_words() -> None:
    assert {phase for phase, _tells in WINDOWS} == {"planned", "opens_later", "open", "closed"}


def test_the_five_counts_are_defined_once_and_in_order() -> None:
    assert list(COUNTS) == ["eligible", "invited", "registered", "present", "answered"]


@pytest.mark.django_db
def test_a_participant_is_led_to_the_window_that_lets_them_in() -> None:
    guest = factories.make_participant()
    coded = factories.make_activity(process=guest.process, access="code")
    free = factories.make_activity(process=guest.process)
    assert queries.window_for([coded, free], participant=guest) == free
    assert queries.window_for([coded, free], participant=None) == free
    assert queries.window_for([coded], participant=guest) == coded


@pytest.mark.django_db
def test_what_is_told_where_nothing_is_open_is_the_next_one_else_the_last() -> None:
    closed, planned = factories.make_activity(state="closed"), factories.make_activity(state="planned")
    assert queries.shown_window([closed, planned]) == planned
    assert queries.shown_window([closed]) == closed
    assert queries.shown_window([]) is None


@pytest.mark.django_db
@pytest.mark.parametrize("access", ["open", "code", "invited", "verified"])
def test_a_ticket_lacks_what_a_window_asks_until_it_has_it(access: str) -> None:
    window = factories.make_activity(access=access)
    nobody, person = AnonymousUser(), factories.make_person()
    told = "" if access == "open" else access
    known = factories.make_participant(window.process)
    strong = factories.make_participant(window.process, assurance="verified")
    assert [
        queries.access_lacking(None, participant=None, viewer=nobody),
        queries.access_lacking(window, participant=None, viewer=nobody),
        queries.access_lacking(window, participant=known, viewer=nobody),
        queries.access_lacking(window, participant=strong, viewer=nobody),
        queries.access_lacking(window, participant=None, viewer=person),
    ] == ["", told, told, "", ""]
