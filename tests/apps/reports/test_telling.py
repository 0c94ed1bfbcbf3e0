"""Headline, lists, table, drawing and sentences say the same."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from tests.apps.reports.conftest import SECRET, Held, hold
from tests.apps.viewers import Town

from samskap.apps.reports import queries
from samskap.apps.reports.labels import sentences
from samskap.apps.reports.queries import Telling, drawing
from samskap.apps.reports.queries.told import Common
from samskap.apps.statements import compute
from samskap.apps.statements.models import Vote
from samskap.formats.opinion_svg import unsure_people

pytestmark = pytest.mark.django_db


def told(held: Held) -> Telling:
    telling = queries.direction(held.conversation, round=1).telling
    assert telling is not None
    return telling


def numbers(found: tuple[Common, ...]) -> list[int]:
    return sorted(one.statement.words.number for one in found)


def test_what_was_planted_is_told(held: Held) -> None:
    telling = told(held)
    assert numbers(telling.agreed) == list(held.agreed)
    assert numbers(telling.rejected) == list(held.rejected)
    assert sorted(one.statement.words.number for one in telling.divided) == list(held.dividing)
    assert telling.headline.endswith("agree on 4 of 14 statements.")
    assert "all three sectors" in telling.headline
    assert telling.rejected_headline == "1 statement is rejected by all alike."
    assert telling.divided_headline == "9 statements divide people."


def test_headline_lists_and_table_agree_on_counts(held: Held) -> None:
    telling = told(held)
    verdicts = [statement.verdict for statement in telling.statements]
    assert len(telling.agreed) == verdicts.count("agreed")
    assert len(telling.rejected) == verdicts.count("rejected")
    assert len(telling.divided) == verdicts.count("divisive")
    assert telling.statement_count == len(telling.statements) == 14


def test_drawing_table_and_sentences_agree_on_groups(held: Held) -> None:
    direction = queries.direction(held.conversation, round=1)
    telling = told(held)
    drawn = drawing.for_page(direction)
    assert len(telling.groups) == 2
    assert sum(group.size for group in telling.groups) == telling.people_in_map == 60
    for group in telling.groups:
        assert f"Group {group.key} is {group.size} people, {group.percent}%" in group.sentence
        assert f"Group {group.key}, {group.size} people, stands {group.place}." in telling.map_alternative
        assert f"{group.label} ({group.size})" in drawn
    assert telling.map_alternative in drawn


def test_drawing_table_and_sentences_agree_on_what_is_uncertain(held: Held) -> None:
    direction = queries.direction(held.conversation, round=1)
    assert direction.result is not None
    telling = told(held)
    drawn = drawing.for_page(direction)
    rings = len(unsure_people(direction.result))
    assert ("Uncertain place" in drawn) == ('class="om-unsure"' in drawn) == bool(rings) == bool(telling.unsure)
    assert ("stroke-dasharray" in drawn) == telling.is_gradual == (direction.result.structure.border == "gradual")
    for statement in telling.statements:
        assert statement.lower <= statement.agree_percent <= statement.upper
        for cell in statement.cells:
            assert None not in (cell.lower, cell.agree, cell.upper)
            assert [cell.lower, cell.agree, cell.upper] == sorted([cell.lower, cell.agree, cell.upper])
            assert f"between {cell.lower}% and {cell.upper}%" in cell.sentence
            assert cell.between == f"{cell.lower}–{cell.upper}%"


def test_the_sentence_of_a_common_statement_says_what_its_bar_draws(held: Held) -> None:
    for common in told(held).agreed:
        assert f"{common.percent}% agree" in common.sentence
        assert f"at least {common.lower}%" in common.sentence
        shares = [cell.agree for cell in common.statement.cells if cell.answered is not None]
        assert common.percent in [*shares, common.statement.agree_percent]
        assert common.lower <= common.percent


def test_a_statement_that_is_rejected_later_is_told_nowhere(held: Held) -> None:
    held.conversation.statements.filter(number=1).update(state="rejected", reason="Om en person.", text=SECRET)
    telling = told(held)
    assert numbers(telling.agreed) == [2, 3, 4]
    assert telling.headline.endswith("agree on 3 of 13 statements.")
    assert SECRET not in repr(telling)


def test_the_headline_speaks_for_no_sector_that_was_not_heard(town: Town) -> None:
    held = hold(town)
    for person in held.people:
        person.sector = "private" if person.sector == "voluntary" else person.sector
        person.save(update_fields=["sector"])
    compute.map_conversation(held.conversation.pk)
    direction = queries.direction(held.conversation, round=1)
    assert direction.telling is not None
    assert "all three" not in direction.telling.headline
    assert "the sectors we have heard enough from" in direction.telling.headline
    assert direction.heard.not_heard == ("We know of no answers from the voluntary sector.",)


def test_nothing_is_claimed_about_sectors_where_nobody_said_theirs(town: Town) -> None:
    held = hold(town)
    held.conversation.process.participants.update(sector="")
    heard = queries.direction(held.conversation, round=1).heard
    assert heard.sectors == ()
    assert heard.not_heard == ("Nobody has said which sector they belong to, so nothing is known about the sectors.",)


def test_a_map_of_an_older_form_is_as_if_it_were_not_there(held: Held) -> None:
    held.conversation.maps.update(document={"format": "samskap-opinion-map", "format_version": 0})
    direction = queries.direction(held.conversation, round=1)
    assert (direction.telling, direction.result, direction.heard.answered) == (None, None, 60)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_language_has_the_same_numbers(held: Held, language: str) -> None:
    english = told(held)
    with translation.override(language):
        other = told(held)
    assert re.findall(r"\d+", other.headline) == re.findall(r"\d+", english.headline)
    assert [re.findall(r"\d+", c.sentence) for c in other.agreed] == [
        re.findall(r"\d+", c.sentence) for c in english.agreed
    ]
    assert [g.size for g in other.groups] == [g.size for g in english.groups]


@pytest.mark.parametrize(
    ("agreed", "groups", "sectors", "reason", "said"),
    [
        (7, 3, 3, "groups_found", "All groups and all three sectors agree on 7 of 32 statements."),
        (7, 2, 3, "sides_found", "Both sides and all three sectors agree on 7 of 32 statements."),
        (7, 2, 0, "sides_found", "Both sides agree on 7 of 32 statements."),
        (7, 3, 0, "groups_found", "All groups agree on 7 of 32 statements."),
        (7, 0, 3, "groups_not_stable", "All three sectors agree on 7 of 32 statements."),
        (7, 0, 1, "too_few_people", "The sectors we have heard enough from agree on 7 of 32 statements."),
        (7, 0, 0, "too_few_people", "A clear majority agrees on 7 of 32 statements."),
        (0, 3, 3, "groups_found", "There is no statement yet that all groups and sectors clearly agree on."),
        (0, 0, 0, "too_few_people", "There is no statement yet that a clear majority agrees on."),
    ],
)
def test_the_headline_speaks_for_those_who_were_heard(
    agreed: int, groups: int, sectors: int, reason: str, said: str
) -> None:
    assert sentences.headline(agreed, of=32, groups=groups, sectors=sectors, reason=reason) == said


def test_whom_a_statement_waits_for_is_named_with_how_many_answers(town: Town) -> None:
    held = hold(town)
    few = [person for person in held.people if person.sector == "voluntary"][6:]
    Vote.objects.filter(statement__number__in=held.agreed, participant__in=few).delete()
    compute.map_conversation(held.conversation.pk)
    telling = told(held)
    assert {one.statement.words.number for one in telling.awaited} == set(held.agreed) - set(numbers(telling.agreed))
    assert telling.awaited
    for waiting in telling.awaited:
        assert re.search(r"from the voluntary sector \(about \d+ in all\)", waiting.sentence)
        assert waiting.statement.verdict == "awaited"
