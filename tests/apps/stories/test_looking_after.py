"""What time does: the question before a yes ends, and the erasing a month after nothing is allowed any more."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.conf import settings as project
from django.core import mail
from django.utils import translation
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from tests.factories.stories import make_consent, make_story

from samskap.apps.initiatives.models import Initiative
from samskap.apps.stories import actions, queries
from samskap.apps.stories.models import Consent, Story
from samskap.apps.trail.models import Entry
from samskap.kernel import clock

pytestmark = pytest.mark.django_db

Ordered = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def ordered(monkeypatch: pytest.MonkeyPatch) -> Ordered:
    """The jobs that were ordered, by name."""
    jobs: Ordered = []
    for place in ("telling", "media"):
        monkeypatch.setattr(
            f"samskap.apps.stories.actions.{place}.enqueue",
            lambda job, *, delay_s=0, **arguments: jobs.append((job, arguments)),
        )
    return jobs


def letters(ordered: Ordered) -> list[dict[str, Any]]:
    return [arguments for job, arguments in ordered if job == "stories.send_letter"]


def test_the_teller_is_asked_once_within_thirty_days_of_the_end(ordered: Ordered) -> None:
    soon = make_story(in_days=30, email="kari@example.org")
    make_story(in_days=31, email="ola@example.org")
    actions.look_after_stories()
    actions.look_after_stories()
    assert letters(ordered) == [{"story_id": soon.pk, "kind": "renewal"}]
    assert Consent.objects.filter(asked_at__isnull=False).count() == 4


def test_one_who_told_two_stories_of_an_initiative_is_asked_about_each(
    ordered: Ordered, initiative: Initiative
) -> None:
    told = [make_story(initiative, in_days=30, email="kari@example.org") for _ in range(2)]
    actions.look_after_stories()
    assert letters(ordered) == [{"story_id": one.pk, "kind": "renewal"} for one in told]


def test_the_letter_names_the_next_end_and_none_that_is_past(ordered: Ordered) -> None:
    story = make_story(consents=(("show", "web"),), in_days=-3, email="kari@example.org", language="en")
    soon = make_consent(story, "show", "report", in_days=30)
    make_consent(story, "learn", "package", in_days=60)
    actions.deliver_letter(story.pk, kind="renewal")
    with translation.override("en"):
        assert f"ends on {date_format(soon.until)}." in mail.outbox[0].body


def test_the_letter_asks_on_the_private_page_and_says_what_happens_else(ordered: Ordered) -> None:
    story = make_story(in_days=30, email="kari@example.org", site="https://x.example.org", language="en")
    actions.deliver_letter(story.pk, kind="renewal")
    letter = mail.outbox[0]
    assert letter.subject == "May we still use your story?"
    assert f"https://x.example.org/my-story/{story.token}/" in letter.body
    assert "erased a month later" in letter.body


def test_an_address_that_is_refused_is_not_kept_with_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    story = make_story(email="kari@example.org")

    def refused(*_letter: object) -> None:
        raise SMTPRecipientsRefused({"kari@example.org": (550, b"kari@example.org is unknown")})

    monkeypatch.setattr("samskap.apps.stories.actions.looking_after.send_mail", refused)
    with pytest.raises(RuntimeError) as failed:
        actions.deliver_letter(story.pk, kind="told")
    told = "".join(traceback.format_exception(failed.value))
    assert "could not be sent: SMTPRecipientsRefused" in told
    assert "kari" not in told


def test_one_who_left_no_address_gets_no_letter(ordered: Ordered) -> None:
    story = make_story(in_days=3)
    actions.look_after_stories()
    assert letters(ordered) == []
    actions.deliver_letter(story.pk, kind="renewal")
    assert mail.outbox == []


@pytest.mark.parametrize(("in_days", "state"), [(-30, "accepted"), (-31, "withdrawn")])
def test_a_story_whose_last_yes_ended_is_erased_when_a_month_is_over(in_days: int, state: str) -> None:
    story = make_story(in_days=in_days)
    actions.look_after_stories()
    story.refresh_from_db()
    assert story.state == state
    assert Entry.objects.filter(verb="stories.story_erased").count() == int(state == "withdrawn")


def test_one_yes_that_stands_keeps_the_whole_story() -> None:
    story = make_story(in_days=-100)
    story.consents.filter(channel="package").update(until=queries.stories.this_day())
    actions.look_after_stories()
    story.refresh_from_db()
    assert story.state == "accepted"


@pytest.mark.parametrize(("days", "state"), [(30, "rejected"), (31, "withdrawn")])
def test_a_rejected_story_is_kept_a_month_for_its_teller(days: int, state: str) -> None:
    story = make_story(state="rejected", decided_at=clock.now() - timedelta(days=days))
    actions.look_after_stories()
    story.refresh_from_db()
    assert story.state == state


def test_copies_made_while_a_yes_was_in_force_are_let_go_when_it_has_ended(
    settings: Any, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:  # fmt: skip
    told: list[int] = []
    monkeypatch.setattr(queries, "forgets_one", lambda story: told.append(story.pk), raising=False)
    settings.SAMSKAP_FORGETTERS = ["samskap.apps.stories.queries.forgets_one"]
    ended = make_story(in_days=-1)
    make_story(in_days=0)
    with django_capture_on_commit_callbacks(execute=True):
        actions.look_after_stories()
    assert told == [ended.pk]


def test_the_jobs_of_the_wiring_run(ordered: Ordered) -> None:
    make_story(in_days=-60)
    for job, arguments in (("look_after", {}), ("clean_up", {}), ("send_letter", {"story_id": 0, "kind": "told"})):
        import_string(project.SAMSKAP_JOBS[f"stories.{job}"])(**arguments)
    assert Story.objects.get().state == "withdrawn"
