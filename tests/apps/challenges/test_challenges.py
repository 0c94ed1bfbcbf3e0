"""Challenges: written in three languages, put in order, published, and seen by those they are for."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests import factories
from tests.apps.viewers import DESK, HIDDEN, LIST, PUBLIC, Town, met, words_of

from samskap.apps.challenges import actions, forms
from samskap.apps.challenges.models import Challenge, DiscussionQuestion
from samskap.kernel.errors import NotAllowed

POST_ONLY = met(302, 405, 405)

PAGES = {
    "challenge": HIDDEN,
    "challenges": LIST,
    "new_challenge": LIST,
    "change_challenge": DESK,
    "delete_challenge": DESK,
    "publish_challenge": POST_ONLY,
    "move_challenge": POST_ONLY,
    "add_figure": POST_ONLY,
    "remove_figure": POST_ONLY,
}

TYPED = {
    "language": "nb",
    "title_nb": "Flere eldre",
    "text_nb": "Det blir **mange**.",
    "known_nb": "Hver femte er over 67.",
    "questions_nb": "Hva gjør vi?\n\n  Hvem hjelper oss?  ",
    "title_en": "More elderly",
    "questions_en": "What do we do?",
}


@pytest.fixture
def challenge(town: Town) -> Challenge:
    return actions.create_challenge(town.municipality, by=town.facilitator, title="Flere eldre", text="Det blir mange.")


def address(page: str, challenge: Challenge) -> str:
    return reverse(f"challenges:{page}", args=[] if page in {"challenges", "new_challenge"} else [challenge.pk])


# --- Who ---


@pytest.mark.parametrize("page", PAGES)
def test_each_page_lets_in_those_it_is_for(town: Town, challenge: Challenge, page: str) -> None:
    assert town.statuses(address(page, challenge)) == PAGES[page]


def test_every_page_of_the_module_is_in_the_grid() -> None:
    from samskap.apps.challenges import urls

    assert {pattern.name for pattern in urls.urlpatterns} == set(PAGES)


def test_a_published_challenge_is_for_everyone(town: Town, challenge: Challenge) -> None:
    actions.publish_challenge(challenge, by=town.leader)
    assert town.statuses(address("challenge", challenge)) == PUBLIC


@pytest.mark.parametrize("page", ["publish_challenge", "move_challenge", "delete_challenge", "change_challenge"])
def test_others_change_nothing_by_sending_the_form(town: Town, challenge: Challenge, page: str) -> None:
    before = Challenge.objects.values().get()
    for kind in ("anonymous", "stranger", "elsewhere", "partner"):
        answer = town.client(kind).post(address(page, challenge), TYPED)
        assert answer.status_code == (302 if kind == "anonymous" else 404)
    assert Challenge.objects.values().get() == before


@pytest.mark.parametrize(
    "act",
    [
        lambda c, by: actions.update_challenge(c, by=by, title="Mitt"),
        lambda c, by: actions.set_questions(c, by=by, questions=[]),
        lambda c, by: actions.publish_challenge(c, by=by),
        lambda c, by: actions.hide_challenge(c, by=by),
        lambda c, by: actions.move_challenge(c, by=by, direction="up"),
        lambda c, by: actions.delete_challenge(c, by=by),
        lambda c, by: actions.create_challenge(c.municipality, by=by, title="Mitt", text="x"),
    ],
)
def test_an_action_is_refused_to_everyone_who_is_not_in_charge_here(town: Town, challenge: Challenge, act: Any) -> None:
    for kind in ("stranger", "elsewhere", "partner"):
        with pytest.raises(NotAllowed):
            act(challenge, town.people[kind])
    act(challenge, town.leader)


# --- What ---


def test_a_challenge_is_written_in_one_language_with_others_beside_it(town: Town) -> None:
    answer = town.client("facilitator").post(reverse("challenges:new_challenge"), TYPED)
    made = Challenge.objects.get()
    assert answer.headers["Location"] == reverse("challenges:change_challenge", args=[made.pk])
    assert (made.language, made.title, made.text, made.known, made.translations) == (
        "nb", "Flere eldre", "Det blir **mange**.", "Hver femte er over 67.", {"en": {"title": "More elderly"}},
    )  # fmt: skip
    assert [(one.text, one.translations) for one in made.questions.all()] == [
        ("Hva gjør vi?", {"en": {"text": "What do we do?"}}),
        ("Hvem hjelper oss?", {}),
    ]
    assert not made.is_published


def test_what_is_stored_comes_back_into_the_form_unchanged(town: Town) -> None:
    town.client("facilitator").post(reverse("challenges:new_challenge"), TYPED)
    made = Challenge.objects.get()
    form = forms.ChallengeForm.of(made)
    again = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    town.client("facilitator").post(reverse("challenges:change_challenge", args=[made.pk]), again)
    assert Challenge.objects.values().get() == {**Challenge.objects.values().get(), "title": "Flere eldre"}
    assert [one.text for one in made.questions.all()] == ["Hva gjør vi?", "Hvem hjelper oss?"]
    assert made.questions.first().translations == {"en": {"text": "What do we do?"}}


def test_the_original_may_be_nynorsk_and_then_bokmal_is_the_translation(town: Town) -> None:
    typed = {"language": "nn", "title_nn": "Fleire eldre", "text_nn": "Det blir mange.", "title_nb": "Flere eldre"}
    town.client("facilitator").post(reverse("challenges:new_challenge"), typed)
    made = Challenge.objects.get()
    assert (made.language, made.title, made.translations) == ("nn", "Fleire eldre", {"nb": {"title": "Flere eldre"}})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title_nb": ""}, "Write this in the original language."),
        ({"language": "en"}, "Write this in the original language."),
        ({"title_en": "x" * 161}, "Ensure this value has at most 160 characters"),
        ({"questions_nb": "\n".join("abcdefghijklm")}, "At most 12 questions"),
        ({"questions_en": "x" * 301}, "A question has at most 300 signs"),
    ],
)
def test_a_form_with_a_mistake_keeps_what_was_typed(town: Town, change: dict[str, str], told: str) -> None:
    page = town.client("facilitator").post(reverse("challenges:new_challenge"), TYPED | change).content.decode()
    assert told in page
    assert "Hver femte er over 67." in page
    assert not Challenge.objects.exists()


def test_the_page_shows_it_in_the_readers_language_and_says_which(town: Town, challenge: Challenge) -> None:
    actions.update_challenge(
        challenge, by=town.leader, known="Kilde: SSB", translations={"en": {"title": "More elderly", "text": "Many."}}
    )
    actions.set_questions(challenge, by=town.leader, questions=[{"language": "nb", "text": "Hva gjør vi?"}])
    actions.publish_challenge(challenge, by=town.leader)
    page = words_of(town.client("anonymous").get(address("challenge", challenge)))
    assert "<h1>More elderly</h1>" in page
    assert 'lang="en"' in page
    assert '<li lang="nb">Hva gjør vi?</li>' in page
    with translation.override("nn"):
        assert challenge.said.lang == "nb"


def test_markdown_becomes_text_and_raw_html_does_not(town: Town, challenge: Challenge) -> None:
    actions.update_challenge(challenge, by=town.leader, text="**Viktig** <script>alert(1)</script>")
    actions.publish_challenge(challenge, by=town.leader)
    page = words_of(town.client("anonymous").get(address("challenge", challenge)))
    assert "<strong>Viktig</strong>" in page
    assert "<script>alert" not in page


def test_which_processes_work_on_it_is_told_and_drafts_are_not(town: Town, challenge: Challenge) -> None:
    actions.publish_challenge(challenge, by=town.leader)
    for title, published in (("Åpen prosess", True), ("Hemmelig kladd", False)):
        process = factories.make_process(municipality=town.municipality, title=title, published=published)
        process.challenges.add(challenge)
    page = words_of(town.client("anonymous").get(address("challenge", challenge)))
    assert "Åpen prosess" in page
    assert "Hemmelig kladd" not in page


def test_a_draft_is_nowhere_in_public(town: Town, challenge: Challenge) -> None:
    process = factories.make_process(municipality=town.municipality)
    process.challenges.add(challenge)
    for page in (
        reverse("actors:municipality", args=[town.municipality.number]),
        reverse("processes:process", args=[process.pk]),
    ):
        assert "Flere eldre" not in words_of(town.client("anonymous").get(page))
    actions.publish_challenge(challenge, by=town.leader)
    assert "Flere eldre" in words_of(town.client("anonymous").get(page))


def test_publishing_on_the_web_and_taking_it_back(town: Town, challenge: Challenge) -> None:
    client = town.client("facilitator")
    client.post(address("publish_challenge", challenge))
    assert Challenge.objects.get().is_published
    client.post(address("publish_challenge", challenge), {"do": "hide"})
    assert not Challenge.objects.get().is_published


# --- Order ---


def test_challenges_change_places_and_the_ends_hold(town: Town) -> None:
    titles = ["A", "B", "C"]
    made = [actions.create_challenge(town.municipality, by=town.leader, title=one, text="x") for one in titles]
    for at, direction, after in [
        (2, "up", "ACB"), (2, "up", "CAB"), (2, "up", "CAB"), (0, "down", "CBA"), (0, "down", "CBA"),
    ]:  # fmt: skip
        client = town.client("leader")
        client.post(reverse("challenges:move_challenge", args=[made[at].pk]), {"direction": direction})
        assert "".join(Challenge.objects.values_list("title", flat=True)) == after


def test_a_question_keeps_its_row_as_long_as_it_keeps_its_place(town: Town, challenge: Challenge) -> None:
    first = actions.set_questions(
        challenge, by=town.leader, questions=[{"language": "nb", "text": text} for text in ("En?", "To?", "Tre?")]
    )
    second = actions.set_questions(
        challenge, by=town.leader, questions=[{"language": "nb", "text": text} for text in ("Én?", "To?")]
    )
    assert [one.pk for one in second] == [one.pk for one in first[:2]]
    assert list(DiscussionQuestion.objects.values_list("text", flat=True)) == ["Én?", "To?"]


def test_deleting_asks_first_and_leaves_the_processes(town: Town, challenge: Challenge) -> None:
    process = factories.make_process(municipality=town.municipality)
    process.challenges.add(challenge)
    client = town.client("leader")
    assert "Delete Flere eldre?" in words_of(client.get(address("delete_challenge", challenge)))
    assert Challenge.objects.exists()
    client.post(address("delete_challenge", challenge))
    assert not Challenge.objects.exists()
    process.refresh_from_db()


@pytest.mark.parametrize("page", ["challenges", "municipality"])
def test_a_list_costs_the_same_for_one_challenge_and_three(town: Town, challenge: Challenge, page: str) -> None:
    actions.publish_challenge(challenge, by=town.leader)
    where = (
        reverse("challenges:challenges")
        if page == "challenges"
        else reverse("actors:municipality", args=[town.municipality.number])
    )
    costs = []
    for more in (0, 2):
        for _one in range(more):
            made = actions.create_challenge(town.municipality, by=town.leader, title="B", text="x")
            actions.publish_challenge(made, by=town.leader)
        with CaptureQueriesContext(connection) as spent:
            assert town.client("facilitator").get(where).status_code == 200
        costs.append(len(spent))
    assert costs[0] == costs[1]
