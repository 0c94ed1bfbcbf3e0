"""Seeds, statements from participants, changes of words."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories

from samskap.apps.statements import actions, rules
from samskap.apps.statements.models import Statement
from samskap.apps.trail.models import Entry
from samskap.kernel.errors import Closed, NotAllowed, RuleError


def submit(room: Any, text: str, **more: Any) -> Statement:
    fields = {"activity": room.window, "conversation": room.conversation, **more}
    return actions.submit_statement(room.guest, text=text, **fields)


def test_a_seed_can_be_answered_at_once_and_numbers_go_on(room: Any) -> None:
    seed = actions.add_seed(room.conversation, by=room.host, text="  Vi  må dele lokaler. ")
    assert (seed.number, seed.text, seed.state, seed.is_seed) == (4, "Vi må dele lokaler.", "accepted", True)
    assert seed.language == room.conversation.language
    assert Entry.objects.get(verb="statements.seed_added").data == {"number": 4}


def test_many_seeds_are_added_all_or_none(room: Any) -> None:
    with pytest.raises(RuleError):
        actions.add_seeds(room.conversation, by=room.host, texts=["Først ute.", ""])
    assert room.conversation.statements.count() == 3


@pytest.mark.parametrize("act", ["add_seed", "update_conversation", "attach_activity"])
def test_only_those_who_run_it_may_change_a_conversation(room: Any, act: str) -> None:
    arguments: dict[str, tuple] = {
        "add_seed": ((), {"text": "Hei der."}),
        "update_conversation": ((), {"title": "Ny"}),
        "attach_activity": ((factories.make_activity(process=room.conversation.process),), {}),
    }
    positional, named = arguments[act]
    for stranger in (room.guest, factories.make_person(), factories.make_person(role="facilitator")):
        with pytest.raises(NotAllowed):
            getattr(actions, act)(room.conversation, *positional, by=stranger, **named)


def test_a_conversation_is_created_changed_and_joined_to_a_window_of_its_own_process(room: Any) -> None:
    process = room.conversation.process
    made = actions.create_conversation(process, by=room.host, title="Hva nå?")
    actions.update_conversation(made, by=room.host, title="Hva nå da?", moderation="open")
    activity = factories.make_activity(process=process)
    actions.attach_activity(made, activity, by=room.host)
    actions.attach_activity(made, activity, by=room.host)
    made.refresh_from_db()
    assert (made.title, made.moderation) == ("Hva nå da?", "open")
    assert [window.activity for window in made.windows.all()] == [activity]
    with pytest.raises(RuleError, match="something else already"):
        actions.attach_activity(room.conversation, activity, by=room.host)
    with pytest.raises(RuleError, match="another process"):
        actions.attach_activity(made, factories.make_activity(), by=room.host)


@pytest.mark.parametrize(("moderation", "state"), [("strict", "waiting"), ("open", "accepted")])
def test_a_submitted_statement_waits_under_strict_moderation_only(room: Any, moderation: str, state: str) -> None:
    actions.update_conversation(room.conversation, by=room.host, moderation=moderation)
    statement = submit(room, "Biblioteket bør være åpent på søndager.", language="nn")
    assert (statement.state, statement.author, statement.is_seed) == (state, room.guest, False)
    assert (statement.number, statement.language) == (4, "nn")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "statement_empty"),
        ("\u200b \x00", "statement_empty"),
        ("?!", "statement_empty"),
        ("a" * 181, "statement_too_long"),
    ],
)
def test_empty_and_too_long_statements_are_refused_with_a_sentence(room: Any, text: str, code: str) -> None:
    with pytest.raises(RuleError) as caught:
        submit(room, text)
    assert caught.value.code == code
    assert room.conversation.statements.count() == 3


def test_the_limit_counts_cleaned_characters(room: Any) -> None:
    assert submit(room, "  " + "å" * 180 + " \u200b").text == "å" * 180


def test_hidden_markup_is_kept_as_the_signs_it_is_made_of(room: Any) -> None:
    assert submit(room, "<img src=x onerror=alert(1)> er uenig").text == "<img src=x onerror=alert(1)> er uenig"


def test_the_same_text_from_the_same_participant_is_one_statement(room: Any) -> None:
    first = submit(room, "Vi trenger en ungdomsklubb.")
    assert submit(room, "Vi trenger  en ungdomsklubb.") == first
    assert room.conversation.statements.count() == 4


def test_the_same_text_from_another_is_refused(room: Any) -> None:
    with pytest.raises(RuleError, match="in the conversation already"):
        submit(room, room.statements[0].text.upper())


def test_a_participant_writes_at_most_twenty(room: Any) -> None:
    for number in range(rules.MOST_OWN_STATEMENTS):
        submit(room, f"Tanke nummer {number}.")
    with pytest.raises(RuleError) as caught:
        submit(room, "Enda en.")
    assert caught.value.code == "too_many_statements"


def test_nothing_can_be_written_when_the_window_is_closed_or_the_ticket_too_weak(room: Any) -> None:
    weak = factories.make_window(room.conversation, access="code")
    with pytest.raises(NotAllowed):
        submit(room, "Hei der.", activity=weak)
    type(room.window).objects.update(state="closed")
    with pytest.raises(Closed):
        submit(room, "Hei der.")


def test_an_author_changes_words_until_somebody_has_answered(room: Any) -> None:
    statement = submit(room, "Vi trenger en ungdomsklub.")
    actions.accept_statement(statement, by=room.host)
    changed = actions.edit_statement(statement, by=room.guest, text="Vi trenger en ungdomsklubb.")
    assert (changed.text, changed.state) == ("Vi trenger en ungdomsklubb.", "waiting")
    actions.accept_statement(statement, by=room.host)
    actions.cast_vote(factories.make_participant(room.conversation.process), changed, choice=1, activity=room.window)
    for actor in (room.guest, room.host):
        with pytest.raises(RuleError, match="its words stay"):
            actions.edit_statement(statement, by=actor, text="Noe helt annet.")


def test_the_host_changes_words_and_the_state_stays(room: Any) -> None:
    changed = actions.edit_statement(room.statements[0], by=room.host, text="Nye ord.")
    assert (changed.text, changed.state, changed.translations) == ("Nye ord.", "accepted", {})


def test_nobody_changes_the_words_of_others(room: Any) -> None:
    for stranger in (room.guest, factories.make_person(role="facilitator")):
        with pytest.raises(NotAllowed):
            actions.edit_statement(room.statements[0], by=stranger, text="Nye ord.")


@pytest.mark.parametrize("state", ["rejected", "merged"])
def test_a_decided_statement_is_not_changed(room: Any, state: str) -> None:
    with pytest.raises(RuleError, match="rejected or merged"):
        actions.edit_statement(factories.make_statement(room.conversation, state=state), by=room.host, text="Nye ord.")


def test_translations_are_put_beside_the_words(room: Any) -> None:
    statement = actions.translate_statement(
        room.statements[0], by=room.host, translations={"en": {"text": "New words."}}, is_background=True
    )
    assert statement.said_in("en").text == "New words."
    assert statement.is_background
    with pytest.raises(NotAllowed):
        actions.translate_statement(statement, by=room.guest, translations={})
