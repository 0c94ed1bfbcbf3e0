"""Rules of stories on plain values: words, consents and their days, and what a moderator is to look at twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.apps.stories.labels import CHANNELS, PURPOSES
from samskap.apps.stories.labels.stories import CONSENT_COLOURS, CONSENT_STATES, CONSENTS, HINTS, MONTH_CHOICES
from samskap.apps.stories.rules import consents
from samskap.apps.stories.rules.consents import Given
from samskap.apps.stories.rules.moderation import personal_hints
from samskap.apps.stories.rules.stories import LIMITS, Words, tidied, word_problems

DAY = date(2026, 11, 29)


@given(day=st.dates(date(1990, 1, 1), date(2200, 1, 1)), months=st.sampled_from(consents.MONTHS))
@settings(max_examples=50)
def test_the_last_day_is_the_one_that_another_library_counts(day: date, months: int) -> None:
    assert consents.until_after(day, months=months) == day + relativedelta(months=months)


def test_a_consent_lasts_two_years_at_most_and_every_one_has_its_words() -> None:
    assert max(consents.MONTHS) == 24
    assert [months for months, _words in MONTH_CHOICES] == list(consents.MONTHS)
    assert list(CONSENTS) == list(consents.OFFERED)
    assert {purpose for purpose, _c in consents.OFFERED} == set(PURPOSES)
    assert {channel for _p, channel in consents.OFFERED} == set(CHANNELS)
    assert set(CONSENT_STATES) == set(CONSENT_COLOURS)


@pytest.mark.parametrize(
    ("wanted", "months", "problem"),
    [
        ([("show", "web")], 12, None),
        ([], 12, "none"),
        ([("sell", "web")], 12, "unknown"),
        ([("learn", "web")], 12, "unknown"),
        ([("show", "web")], 25, "too_long"),
        ([("show", "web")], 0, "too_long"),
    ],
)
def test_only_what_is_offered_can_be_given(wanted: list[tuple[str, str]], months: int, problem: str | None) -> None:
    assert consents.consent_problem(wanted, months=months) == problem


@pytest.mark.parametrize(
    ("given_", "state", "in_force"),
    [
        (None, "not_given", False),
        (Given("show", "web", DAY), "ends_soon", True),
        (Given("show", "web", DAY + timedelta(days=30)), "ends_soon", True),
        (Given("show", "web", DAY + timedelta(days=31)), "in_force", True),
        (Given("show", "web", DAY - timedelta(days=1)), "ended", False),
        (Given("show", "web", DAY + timedelta(days=99), withdrawn_on=DAY), "withdrawn", False),
    ],
)
def test_a_consent_is_in_force_through_its_last_day(given_: Given | None, state: str, in_force: bool) -> None:
    assert consents.state_of(given_, today=DAY) == state
    assert (given_ is not None and consents.is_in_force(given_, today=DAY)) == in_force


def test_a_story_is_kept_thirty_days_after_the_last_yes_or_after_it_was_rejected() -> None:
    long, short = Given("show", "web", date(2027, 5, 1)), Given("show", "report", date(2026, 12, 1))
    assert consents.erased_after([long, short], rejected_on=None) == date(2027, 5, 31)
    taken = Given("show", "web", date(2027, 5, 1), withdrawn_on=date(2026, 12, 10))
    assert consents.erased_after([taken, short], rejected_on=None) == date(2027, 1, 9)
    assert consents.erased_after([long], rejected_on=DAY) == date(2026, 12, 29)
    assert consents.erased_after([], rejected_on=None) is None


def test_words_are_tidied_and_each_lack_is_named() -> None:
    assert tidied(Words(" A\u200b  b ", " x \n\n\n y ", "", "seen", "said")) == Words("A b", "x\n\ny")
    assert word_problems(Words("A", "b")) == {}
    assert word_problems(Words("…", "")) == {"title": "no_title", "text": "nothing_told"}
    with_files = Words("A", has_picture=True, has_sound=True)
    assert word_problems(with_files) == {"picture_text": "no_description", "transcript": "no_transcript"}
    long = Words(**{name: "x" * (most + 1) for name, most in LIMITS.items()}, has_picture=True, has_sound=True)
    assert word_problems(long) == dict.fromkeys(LIMITS, "too_long")


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("Ring meg på 912 34 567 eller +47 91234567.", [("phone", "912 34 567"), ("phone", "+47 91234567")]),
        ("Skriv til kari@example.org i dag.", [("email", "kari@example.org")]),
        ("Nummeret er 010190 12345.", [("national_number", "010190 12345")]),
        ("Jeg bor i Storveien 12 B nå.", [("street", "Storveien 12 B")]),
        ("Naboen min Kari Nordmann hjalp meg.", [("name", "Kari Nordmann")]),
        ("Se https://example.org/meg for mer.", [("link", "https://example.org/meg")]),
        ("Etter at jeg fikk kreft, ble det stille.", [("health", "kreft")]),
        ("Bussen kom klokka 11.30. Det var 17 av oss i 2026, og det kostet 1200 kroner.", []),
    ],
)
def test_what_may_tell_who_somebody_is_is_pointed_at(text: str, hints: list[tuple[str, str]]) -> None:
    assert personal_hints(text) == hints
    assert {kind for kind, _place in hints} <= set(HINTS)
