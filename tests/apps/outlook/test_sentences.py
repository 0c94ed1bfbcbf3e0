"""What a councillor reads: whole sentences with the right numbers, whichever way things go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation
from tests.factories.outlook import YEARS, make_band, make_closing, make_money, make_outlook

from samskap.apps.outlook import labels
from samskap.apps.outlook.labels import sentences

RATIO = "Prøvedal has 8.6 people of working age for each person over 80 and will have 4.5 in 2051"


@pytest.mark.parametrize(
    ("first", "end"),
    [
        (2032, "; from 2032 the room for manoeuvre is more likely gone than not."),
        (2026, "; there is no room for manoeuvre already now."),
        (None, "; there is more likely than not room for manoeuvre all the way."),
    ],
)
def test_the_headline_is_one_sentence_about_people_and_money(first, end) -> None:
    outlook = make_outlook(money=make_money(first_likely_negative=first))
    assert sentences.headline(outlook, name="Prøvedal") == RATIO + end


def test_without_accounts_the_headline_says_nothing_of_money() -> None:
    assert sentences.headline(make_outlook(money=None), name="Prøvedal") == RATIO + "."


def test_a_ratio_that_stays_is_said_to_stay() -> None:
    outlook = make_outlook(support_ratio=make_band(4.0, 4.01), money=make_money(first_likely_negative=2040))
    assert sentences.headline(outlook, name="Prøvedal") == (
        "Prøvedal will have 4.0 people of working age for each person over 80 in 2051, as now. "
        "From 2040 the room for manoeuvre is more likely gone than not."
    )


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (800.0, "The municipality needs about 100 more posts in 2051, most of them in health."),
        (650.0, "The municipality needs about 50 fewer posts in 2051, most of them in kindergarten."),
        (700.2, "With today's standard the municipality needs as many posts in 2051 as now."),
    ],
)
def test_posts_are_told_with_the_service_that_changes_most(end, sentence) -> None:
    assert sentences.need_sentence(make_outlook(posts=make_band(700.0, end))) == sentence


def test_the_room_is_told_after_ten_years_and_at_the_end() -> None:
    assert sentences.room_sentences(make_money(), years=YEARS) == (
        "In 2036 the room for manoeuvre is about −12.0 million kroner a year (−13.7 to −10.3 in four of five futures); "
        "the chance that it is below zero is 90%.",
        "In 2051 the room for manoeuvre is about −42.0 million kroner a year (−46.2 to −37.8 in four of five futures); "
        "the chance that it is below zero is more than 99%.",
        "The free funds are used up by 2038 in half of the futures.",
    )
    lasting = sentences.room_sentences(make_money(funds_last=None), years=YEARS)[-1]
    assert lasting == "The free funds last as long as this outlook, in at least half of the futures."


def test_a_gap_is_told_as_what_must_be_found_or_what_is_to_spare() -> None:
    found = sentences.gap_sentences(make_money(gap_for_ever=(-1.2, -2.0, 0.4)), years=YEARS)
    assert found == (
        "To have no more debt for each krone of revenue in 2051 than now, 3.2% of the revenue must be found each year "
        "from now on (1.1%–5.6%).",
        "The accounts hold for ever, with 1.2% of the revenue to spare each year (−0.4% to 2.0%).",
    )


@pytest.mark.parametrize(
    ("must", "chosen", "sentence"),
    [
        (70e6, 0.0, "Number and age of people make the services 70.0 million kroner dearer in 2051 than now."),
        (-5e6, 3e6, "Number and age of people make the services 5.0 million kroner cheaper in 2051 than now. "
                    "What is chosen adds 3.0 million kroner."),
        (70e6, -12e6, "Number and age of people make the services 70.0 million kroner dearer in 2051 than now. "
                      "What is chosen takes away 12.0 million kroner."),
    ],
)  # fmt: skip
def test_must_and_chosen_are_told_apart(must, chosen, sentence) -> None:
    money = make_money(must=make_band(0.0, must), chosen=make_band(0.0, chosen))
    assert sentences.stacked_sentence(money, years=YEARS) == sentence


def test_cash_and_freed_time_are_never_one_sum() -> None:
    assert sentences.closing_sentences(make_closing(), years=YEARS) == (
        "With these changes there is 12.0 million kroner more a year in 2051 than without (10.8–13.2).",
        "They also free time worth 5.0 posts, which is no money until somebody decides so.",
    )
    costs = replace(make_closing(), cash=make_band(0.0, -2e6), freed_posts=make_band(0.0, 0.0))
    assert sentences.closing_sentences(costs, years=YEARS) == (
        "With these changes there is 2.0 million kroner less a year in 2051 than without (1.8–2.2).",
    )


def test_what_changes_nothing_is_said_to_change_nothing() -> None:
    nothing = replace(make_closing(), cash=make_band(0.0, 1.0), freed_posts=make_band(0.0, 0.0))
    assert sentences.closing_sentences(nothing, years=YEARS) == (
        "With these changes there is as much money in 2051 as without them.",
    )


def test_differences_are_told_the_way_they_go() -> None:
    told = sentences.difference_sentences(
        names=("As it is", "More jobs"), year=2051, persons=(20.0, 31.0, 44.0), posts=(-2.0, -1.5, 0.5), room=None
    )
    assert told == (
        "In 2051 “More jobs” has 31 more people than “As it is” (20–44).",
        "It needs 1.5 fewer posts (−0.5 to 2.0).",
    )


def test_no_difference_is_said_to_be_none() -> None:
    nothing = (0.0, 0.2, 0.4), (0.0, 0.0, 0.04), (0.0, 1.0, 2.0)
    told = sentences.difference_sentences(
        names=("As it is", "The same"), year=2051, persons=nothing[0], posts=nothing[1], room=nothing[2]
    )
    assert told == (
        "In 2051 “The same” has as many people as “As it is”.", "It needs as many posts.",
        "It has as much room for manoeuvre.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0%"), (0.004, "less than 1%"), (0.5, "50%"), (0.996, "more than 99%"), (1.0, "100%")],
)
def test_a_chance_is_never_surer_than_the_draws(value, words) -> None:
    assert labels.chance(value) == words


def test_numbers_follow_the_language_and_are_no_finer_than_they_can_be() -> None:
    with translation.override("nb"):
        assert [labels.persons(4123.4), labels.persons(712_345.0), labels.persons(87.6)] == [
            "4\u202f120", "712\u202f300", "88",
        ]  # fmt: skip
        assert [labels.millions(12.34e6), labels.millions(-250.4e6), labels.posts(9.96)] == ["12,3", "−250", "10"]
    assert labels.persons(4123.4) == "4,120"


def test_what_had_to_be_assumed_is_named() -> None:
    assert labels.filled_notes({"posts.care", "expenditure.health", "debt"}, has_accounts=True) == (
        "Kroner not in the accounts are those of the country for people of these ages: health.",
        "Posts are reckoned from the kroner: care.",
        "These are not in the accounts, and are assumed: debt.",
    )
    assert labels.filled_notes((), has_accounts=True) == ()
    assert len(labels.filled_notes((), has_accounts=False)) == 1
