"""Those in charge decide whether a story is shown, propose, and never change a word of it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from tests.apps.viewers import DESK, LIST, Town, words_of
from tests.factories.stories import make_story

from samskap.apps.initiatives.models import Initiative
from samskap.apps.stories import actions, queries
from samskap.apps.stories.models import Story, StoryChange
from samskap.apps.stories.rules.stories import Words
from samskap.apps.trail.models import Entry
from samskap.kernel.errors import NotAllowed, RuleError

pytestmark = pytest.mark.django_db

ONE = ("story_at_work", "propose_change", "new_link", "withdraw_at_work")


@pytest.mark.parametrize("name", ONE)
def test_the_desk_of_a_story_is_for_those_in_charge(name: str, town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, state="waiting")
    assert town.statuses(reverse(f"stories:{name}", args=[story.pk])) == DESK


def test_each_sees_the_stories_of_the_own_municipality(town: Town, initiative: Initiative) -> None:
    make_story(initiative, state="waiting", title="Ringduebrillene")
    address = reverse("stories:stories_at_work")
    assert town.statuses(address) == LIST
    assert "Ringduebrillene" in words_of(town.client("facilitator").get(address))
    assert "Ringduebrillene" not in words_of(town.client("elsewhere").get(address))


@pytest.mark.parametrize("name", ["accept_story", "reject_story", "guardian_on_paper"])
def test_decisions_are_for_those_in_charge_and_sent_by_a_form(name: str, town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, state="waiting")
    address = reverse(f"stories:{name}", args=[story.pk])
    assert set(town.statuses(address).values()) == {302, 405}
    others = ("stranger", "elsewhere", "partner")
    assert {kind: town.client(kind).post(address, {"reason": "x"}).status_code for kind in others} == dict.fromkeys(
        others, 404
    )
    story.refresh_from_db()
    assert story.state == "waiting"


def test_an_accepted_story_is_shown_and_its_teller_is_told(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, state="waiting", email="kari@example.org", site="https://x.example.org")
    town.client("facilitator").post(reverse("stories:accept_story", args=[story.pk]), {"read": queries.mark_of(story)})
    assert [one.pk for one in queries.stories_for(initiative)] == [story.pk]
    job = DBTaskResult.objects.get(args_kwargs__args__0="stories.send_letter")
    assert job.args_kwargs["args"][1] == {"story_id": story.pk, "kind": "news"}
    actions.deliver_letter(story.pk, kind="news")
    assert f"https://x.example.org/my-story/{story.token}/" in mail.outbox[0].body
    assert story.title not in mail.outbox[0].body
    assert Entry.objects.filter(verb="stories.story_accepted", is_public=True).count() == 1


def test_what_its_teller_changed_while_it_was_read_is_not_accepted(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, state="waiting")
    address, client = reverse("stories:accept_story", args=[story.pk]), town.client("leader")
    read = queries.mark_of(story)
    actions.change_story(story, words=Words("Ny tittel", "Helt andre ord."), email="")
    for sent in ({"read": read}, {}):
        assert "This has changed since you read it." in words_of(client.post(address, sent, follow=True))
        assert queries.stories_for(initiative) == ()
    story.refresh_from_db()
    client.post(address, {"read": queries.mark_of(story)})
    assert [one.title for one in queries.stories_for(initiative)] == ["Ny tittel"]


def test_a_rejected_story_needs_a_reason_that_its_teller_reads(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, state="waiting")
    address, client = reverse("stories:reject_story", args=[story.pk]), town.client("leader")
    page = client.post(address, {"reason": " "}, follow=True)
    assert "needs a reason" in page.content.decode()
    client.post(address, {"reason": "Den handler om en annen."})
    story.refresh_from_db()
    assert (story.state, story.reason) == ("rejected", "Den handler om en annen.")
    mine = town.client("anonymous").get(reverse("stories:my_story", args=[story.token])).content.decode()
    assert "Den handler om en annen." in mine


def test_a_story_that_was_shown_can_be_hidden_with_a_reason(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative)
    actions.reject_story(story, by=town.leader, reason="Den nevner en annen.")
    assert queries.stories_for(initiative) == ()


def test_one_under_age_is_not_accepted_before_a_guardian_has_agreed(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, state="waiting", is_under_age=True)
    with pytest.raises(RuleError) as refused:
        actions.accept_story(story, by=town.leader)
    assert refused.value.code == "guardian_missing"
    client = town.client("facilitator")
    client.post(reverse("stories:guardian_on_paper", args=[story.pk]), {"guardian_name": "Ola"})
    client.post(reverse("stories:accept_story", args=[story.pk]), {"read": queries.mark_of(story)})
    story.refresh_from_db()
    assert (story.state, story.guardian_name, story.guardian_recorded_by) == ("accepted", "Ola", town.facilitator)


def test_the_page_points_at_what_may_tell_who_somebody_is(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, state="waiting", text="Ring Kari på 912 34 567.")
    page = words_of(town.client("leader").get(reverse("stories:story_at_work", args=[story.pk])))
    assert "May be a telephone number" in page
    assert "912 34 567</strong>" in page


def test_a_moderator_proposes_and_cannot_change(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, title="Gammel", sound="a.mp3", transcript="Hei.")
    address, client = reverse("stories:propose_change", args=[story.pk]), town.client("leader")
    fields = {"title": "Ny", "text": story.text, "transcript": "Hei, hei."}
    assert "This field is required." in client.post(address, fields | {"reason": ""}).content.decode()
    client.post(address, fields | {"reason": "Klarere."})
    change = StoryChange.objects.get()
    story.refresh_from_db()
    assert (story.title, change.title, change.transcript, change.proposed_by) == (
        "Gammel", "Ny", "Hei, hei.", town.leader,
    )  # fmt: skip
    with pytest.raises(RuleError) as refused:
        actions.propose_change(story, words=queries.words_of(story), reason="x", by=town.leader)
    assert refused.value.code == "change_empty"
    with pytest.raises(NotAllowed):
        actions.propose_change(story, words=Words("X", "y"), reason="x", by=town.partner)


def test_a_lost_link_is_replaced_and_everybody_can_read_that_it_was(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative)
    page = town.client("leader").post(reverse("stories:new_link", args=[story.pk]))
    fresh = Story.objects.get()
    assert fresh.token != story.token
    assert page["Location"] == reverse("stories:private_link", args=[fresh.token])
    assert town.client("anonymous").get(reverse("stories:my_story", args=[story.token])).status_code == 404
    assert Entry.objects.get(verb="stories.link_renewed").is_public


def test_nothing_is_decided_about_a_withdrawn_story(town: Town, initiative: Initiative) -> None:
    story = actions.withdraw_story(make_story(initiative), by=actions.TELLER)
    for refused in (
        lambda: actions.accept_story(story, by=town.leader),
        lambda: actions.reject_story(story, by=town.leader, reason="x"),
        lambda: actions.new_link(story, by=town.leader),
        lambda: actions.give_consent(story, purpose="show", channel="web", months=6),
        lambda: actions.change_story(story, words=Words("A", "b"), email=""),
    ):
        with pytest.raises(RuleError) as error:
            refused()
        assert error.value.code == "story_withdrawn"
    page = words_of(town.client("leader").get(reverse("stories:story_at_work", args=[story.pk])))
    assert "Nothing of it is left here." in page


def test_stories_that_wait_are_among_what_is_next(town: Town, initiative: Initiative) -> None:
    assert queries.story_steps(town.municipality, town.leader) == []
    make_story(initiative, state="waiting")
    (step,) = queries.story_steps(town.municipality, town.leader)
    assert (step.text, step.title) == ("1 story waits.", "Read the stories that wait")
    assert queries.story_steps(town.municipality, town.partner) == []
