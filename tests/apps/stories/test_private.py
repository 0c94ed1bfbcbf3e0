"""The private link: everything is seen by it, changed by it and allowed by it; and the guardian's, beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from tests.apps.viewers import PUBLIC, Town, words_of
from tests.factories.stories import make_story, picture_bytes, uploaded

from samskap.apps.initiatives.models import Initiative
from samskap.apps.stories import actions, queries
from samskap.apps.stories.models import Story, StoryChange
from samskap.apps.stories.rules.stories import Words

pytestmark = pytest.mark.django_db

PAGES = ("my_story", "private_link", "change", "withdraw")


@pytest.mark.parametrize("name", PAGES)
def test_whoever_has_the_link_is_the_teller_and_no_other_link_leads_anywhere(name: str, town: Town) -> None:
    story = make_story()
    assert town.statuses(reverse(f"stories:{name}", args=[story.token])) == PUBLIC
    answer = town.client("anonymous").get(reverse(f"stories:{name}", args=[story.token]))
    assert (answer["Cache-Control"], "noindex" in answer["X-Robots-Tag"]) == ("private, no-store", True)
    for wrong in (story.guardian_token, "x", story.token.lower() + "x"):
        assert town.client("anonymous").get(reverse(f"stories:{name}", args=[wrong])).status_code == 404


def test_the_page_says_where_the_story_stands_what_is_allowed_and_what_is_kept(town: Town) -> None:
    story = make_story(state="rejected", consents=(("show", "web"),), email="kari@example.org")
    page = words_of(town.client("anonymous").get(reverse("stories:my_story", args=[story.token])))
    assert "It is not shown. The reason: Den handler om en annen." in page
    assert page.count("Take this back") == 1
    assert page.count("Say yes to this") == 3
    assert "kari@example.org" in page
    assert "it is erased after" in page


def test_a_yes_is_given_later_and_for_longer(town: Town) -> None:
    story = make_story(consents=(("show", "web"),), in_days=10)
    address, client = reverse("stories:consent", args=[story.token]), town.client("anonymous")
    client.post(address, {"give": "show.web", "months": "24"})
    client.post(address, {"give": "learn.package", "months": "6"})
    lines = {line.key: line for line in queries.consent_lines(story)}
    assert {key: line.state for key, line in lines.items()} == {
        "show.web": "in_force", "show.report": "not_given", "show.open_data": "not_given", "learn.package": "in_force",
    }  # fmt: skip
    assert lines["show.web"].until > lines["learn.package"].until


@pytest.mark.parametrize("fields", [{"give": "sell.web", "months": "6"}, {"give": "show.web", "months": "60"}, {}])
def test_what_is_not_offered_cannot_be_given(fields: dict[str, str], town: Town) -> None:
    story = make_story(consents=())
    client = town.client("anonymous")
    page = client.post(reverse("stories:consent", args=[story.token]), fields, follow=True)
    assert 'data-color="danger"' in page.content.decode().partition("s-messages")[2][:200]
    assert story.consents.count() == 0


def test_the_teller_changes_the_story_and_a_moderator_reads_it_again(
    town: Town, initiative: Initiative, data_folder: Path
) -> None:
    story = make_story(initiative, shown_name="Kari")
    StoryChange.objects.create(story=story, title="x", text="y", reason="z")
    fields = {"title": "Ny tittel", "text": "Nye ord.", "shown_name": "", "email": "kari@example.org",
              "picture": uploaded(picture_bytes()), "picture_text": "Et tre."}  # fmt: skip
    page = town.client("anonymous").post(reverse("stories:change", args=[story.token]), fields)
    story = Story.objects.get()
    assert (page.status_code, story.state, story.title, story.shown_name) == (302, "waiting", "Ny tittel", "")
    assert [file.name for file in (data_folder / "stories").iterdir()] == [story.picture]
    assert queries.stories_for(initiative) == ()
    assert StoryChange.objects.count() == 0


def test_a_picture_is_deleted_with_its_description_and_a_new_one_takes_its_place(
    town: Town, data_folder: Path, django_capture_on_commit_callbacks: object
) -> None:
    (data_folder / "stories").mkdir()
    (data_folder / "stories/a.jpg").write_bytes(b"x")
    story = make_story(picture="a.jpg", picture_text="Et tre.")
    fields = {"title": story.title, "text": story.text, "picture_text": "Et tre.", "drop_picture": "on"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        town.client("anonymous").post(reverse("stories:change", args=[story.token]), fields)
    story.refresh_from_db()
    assert (story.picture, story.picture_text) == ("", "")
    assert list((data_folder / "stories").iterdir()) == []


def test_only_a_new_address_leaves_the_story_shown(town: Town) -> None:
    story = make_story()
    fields = {"title": story.title, "text": story.text, "email": "ny@example.org"}
    town.client("anonymous").post(reverse("stories:change", args=[story.token]), fields)
    story.refresh_from_db()
    assert (story.email, story.state) == ("ny@example.org", "accepted")


def test_a_bad_change_is_said_and_nothing_typed_is_lost(town: Town) -> None:
    story = make_story()
    fields = {"title": "", "text": "Nye ord med omtanke.", "picture": uploaded(b"no"), "picture_text": "x"}
    page = town.client("anonymous").post(reverse("stories:change", args=[story.token]), fields).content.decode()
    story.refresh_from_db()
    assert "Give your story a short name." in page
    assert "Nye ord med omtanke." in page
    assert "must be chosen again" in page
    assert story.state == "accepted"


# Others propose, the teller decides


def proposed(town: Town, story: Story) -> None:
    words = Words("Klarere tittel", story.text)
    actions.propose_change(story, words=words, reason="Det er klarere.", by=town.leader)


def test_a_proposed_change_stands_side_by_side_and_changes_nothing_before_the_yes(
    town: Town, initiative: Initiative
) -> None:
    story = make_story(initiative, title="Gammel tittel")
    proposed(town, story)
    assert queries.stories_for(initiative)[0].title == "Gammel tittel"
    page = words_of(town.client("anonymous").get(reverse("stories:my_story", args=[story.token])))
    assert all(words in page for words in ("Gammel tittel", "Klarere tittel", "Det er klarere."))


@pytest.mark.parametrize(("do", "title"), [("accept", "Klarere tittel"), ("refuse", "Gammel tittel")])
def test_the_teller_says_yes_or_no(do: str, title: str, town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, title="Gammel tittel")
    proposed(town, story)
    sent = {"do": do, "read": queries.mark_of(story)}
    town.client("anonymous").post(reverse("stories:proposal", args=[story.token]), sent)
    assert [one.title for one in queries.stories_for(initiative)] == [title]
    assert StoryChange.objects.count() == 0


def test_nobody_says_yes_to_a_proposal_that_was_not_read(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, title="Gammel tittel")
    proposed(town, story)
    sent = {"do": "accept", "read": queries.mark_of(story)}
    actions.propose_change(story, words=Words("Noe annet", "Andre ord."), reason="Kortere.", by=town.leader)
    page = town.client("anonymous").post(reverse("stories:proposal", args=[story.token]), sent, follow=True)
    assert "This has changed since you read it." in words_of(page)
    assert "Noe annet" in words_of(page)
    assert [one.title for one in queries.stories_for(initiative)] == ["Gammel tittel"]


# Under age


def test_a_guardian_reads_the_story_and_says_yes_with_a_name(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, state="waiting", is_under_age=True)
    address, client = reverse("stories:guardian", args=[story.guardian_token]), town.client("anonymous")
    assert town.statuses(address) == PUBLIC
    assert story.title in client.get(address).content.decode()
    assert "Tick this if you agree." in client.post(address, {"name": "Ola"}).content.decode()
    sent = {"name": "Ola", "agrees": "on", "read": queries.mark_of(story)}
    actions.give_consent(story, purpose="show", channel="report", months=24)
    assert "This has changed since you read it." in words_of(client.post(address, sent))
    client.post(address, sent | {"read": queries.mark_of(story)})
    story.refresh_from_db()
    assert (story.guardian_name, story.guardian_at is not None, story.guardian_recorded_by) == ("Ola", True, None)
    actions.accept_story(story, by=town.leader)
    assert len(queries.stories_for(initiative)) == 1


def test_a_guardian_says_no_and_the_story_is_erased(town: Town) -> None:
    story = make_story(is_under_age=True)
    address = reverse("stories:withdraw_as_guardian", args=[story.guardian_token])
    assert town.client("anonymous").get(address).status_code == 200
    town.client("anonymous").post(address)
    story.refresh_from_db()
    assert (story.state, story.text) == ("withdrawn", "")
    page = town.client("anonymous").get(reverse("stories:guardian", args=[story.guardian_token]))
    assert "The story is erased" in page.content.decode()


def test_the_guardian_of_nobody_leads_nowhere(town: Town) -> None:
    story = make_story()
    assert town.client("anonymous").get(reverse("stories:guardian", args=[story.guardian_token])).status_code == 404


def test_other_words_or_more_uses_need_the_guardian_again(town: Town, initiative: Initiative) -> None:
    first = make_story(initiative, is_under_age=True)
    actions.change_story(first, words=Words("Ny", "Nye ord."), email="")
    second = make_story(initiative, is_under_age=True, consents=(("show", "web"),))
    actions.give_consent(second, purpose="show", channel="report", months=6)
    third = make_story(initiative, is_under_age=True)
    proposed(town, third)
    actions.accept_change(third)
    stories = Story.objects.filter(pk__in=[first.pk, second.pk, third.pk])
    assert list(stories.values_list("state", "guardian_at", "guardian_name")) == [("waiting", None, "")] * 3
    assert queries.stories_for(initiative) == ()
