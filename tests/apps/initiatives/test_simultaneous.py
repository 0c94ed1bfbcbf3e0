"""Many at once: every support and every idea is kept once, and nobody blocks anybody for good."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from tests import factories
from tests.apps.simultaneous import at_once
from tests.factories.ideas import make_idea_round

from samskap.apps.initiatives import actions, queries
from samskap.apps.initiatives.models import Idea, IdeaSupport
from samskap.apps.statements import actions as statements
from samskap.kernel.acting import SYSTEM_DEMO

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_press_on_either_of_two_merged_ideas_is_one_support_and_people_are_counted() -> None:
    idea_round = make_idea_round(ideas=2, window="open")
    window = queries.idea_windows(idea_round)[0]
    kept, merged = queries.kept_ideas(idea_round)
    actions.merge_idea(merged, into=kept, by=SYSTEM_DEMO)
    one = factories.make_participant(idea_round.process)
    others = [factories.make_participant(idea_round.process) for _number in range(3)]
    presses = [lambda idea=idea: actions.support_idea(one, idea, activity=window) for idea in (kept, merged) * 2]
    presses += [lambda who=who: actions.support_idea(who, kept, activity=window) for who in others]
    assert at_once(*presses) == []
    assert IdeaSupport.objects.filter(participant=one).count() == 1
    assert queries.supporters_by_idea(idea_round) == {kept.pk: 4}


def test_the_same_form_from_eight_connections_is_one_idea() -> None:
    idea_round = make_idea_round(window="open")
    window = queries.idea_windows(idea_round)[0]
    one, key = factories.make_participant(idea_round.process), uuid.uuid4()

    def send() -> None:
        actions.submit_idea(one, activity=window, idea_round=idea_round, title="En benk", form_key=key)

    assert at_once(*[send] * 8) == []
    assert list(Idea.objects.values_list("number", "title")) == [(1, "En benk")]


def test_writing_merging_and_taking_all_back_do_not_block_each_other_for_good() -> None:
    idea_round = make_idea_round(ideas=2, window="open")
    window = queries.idea_windows(idea_round)[0]
    one, two = queries.kept_ideas(idea_round)
    people = [factories.make_participant(idea_round.process) for _number in range(4)]
    acts: list[Callable[[], Any]] = [
        lambda who=who: actions.submit_idea(who, activity=window, idea_round=idea_round, title=f"Idé av {who.pk}")
        for who in people[:2]
    ]
    acts += [lambda who=who: actions.support_idea(who, two, activity=window) for who in people[:2]]
    acts += [lambda: actions.merge_idea(one, into=two, by=SYSTEM_DEMO)]
    acts += [lambda who=who: statements.withdraw_everything(who) for who in people[2:]]
    assert at_once(*acts) == []
    assert queries.supporters_by_idea(idea_round) == {two.pk: 2}
    assert idea_round.ideas.count() == 4
