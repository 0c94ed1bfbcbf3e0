"""Telling a story: what is received, what is asked for, and what is refused with everything typed still there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from tests.apps.viewers import PUBLIC, Town
from tests.factories.benefits import make_benefit
from tests.factories.initiatives import make_initiative
from tests.factories.sounds import mp3_bytes
from tests.factories.stories import make_story, picture_bytes, told_fields, uploaded

from samskap.apps.initiatives.models import Initiative
from samskap.apps.stories import actions
from samskap.apps.stories.models import Consent, Story
from samskap.apps.stories.queries.stories import this_day
from samskap.apps.stories.rules.stories import MOST_WAITING, Words
from samskap.apps.trail.models import Entry
from samskap.kernel.errors import NotAllowed, RuleError

pytestmark = pytest.mark.django_db

WEB = ("show", "web")


def tell(town: Town, initiative: Initiative, *, kind: str = "anonymous", **fields: Any) -> Any:
    return town.client(kind).post(reverse("stories:tell", args=[initiative.pk]), told_fields(**fields))


def test_anybody_tells_a_story_of_a_public_initiative_and_nobody_of_a_draft(town: Town, initiative: Initiative) -> None:
    draft = make_initiative(municipality=town.municipality, published=False)
    assert town.statuses(reverse("stories:tell", args=[initiative.pk])) == PUBLIC
    assert town.statuses(reverse("stories:tell", args=[draft.pk])) == dict.fromkeys(PUBLIC, 404)


def test_a_told_story_waits_with_just_what_was_ticked_and_its_teller_gets_the_private_link(
    town: Town, initiative: Initiative
) -> None:
    benefit = make_benefit(initiative)
    page = tell(town, initiative, shown_name=" Kvinne,  81 år", benefit=str(benefit.pk), allow_learn_package="on")
    story = Story.objects.get()
    assert page["Location"] == reverse("stories:private_link", args=[story.token])
    assert (story.title, story.text, story.shown_name) == ("Bussen kom", "Nå kommer jeg til byen.", "Kvinne, 81 år")
    assert (story.state, story.told_by, story.language, story.benefit) == ("waiting", "self", "nb", benefit)
    days = {(one.purpose, one.channel): one.until for one in story.consents.all()}
    until = this_day().replace(year=this_day().year + 1) if this_day().strftime("%d%m") != "2902" else None
    assert until is None or days == {WEB: until, ("learn", "package"): until}
    link = town.client("anonymous").get(page["Location"])
    assert reverse("stories:my_story", args=[story.token]) in link.content.decode()
    assert "<svg" in link.content.decode()


def test_nothing_is_ticked_beforehand_and_every_question_says_what_a_yes_means(
    town: Town, initiative: Initiative
) -> None:
    page = town.client("anonymous").get(reverse("stories:tell", args=[initiative.pk])).content.decode()
    boxes = [line for line in page.split("<input")[1:] if 'type="checkbox"' in line]
    assert len(boxes) == 4
    assert not [box for box in boxes if "checked" in box.partition(">")[0]]
    assert all("_helptext" in box.partition(">")[0] for box in boxes)


def test_the_same_form_sent_twice_is_one_story(town: Town, initiative: Initiative) -> None:
    key = "5e0c2f0e-91f5-4f63-8c51-0a4a1b7f7a11"
    places = {tell(town, initiative, form_key=key)["Location"] for _ in range(2)}
    assert (Story.objects.count(), len(places)) == (1, 1)


def test_a_picture_and_a_sound_are_kept_clean_under_names_nobody_guesses(
    town: Town, initiative: Initiative, data_folder: Path
) -> None:
    tell(
        town, initiative, picture=uploaded(picture_bytes(comment=b"rognekrattet")), picture_text="En buss.",
        sound=uploaded(mp3_bytes(words="rognekrattet"), "x.mp3"), transcript="Nå kommer den.",
    )  # fmt: skip
    story = Story.objects.get()
    files = sorted(file.name for file in (data_folder / "stories").iterdir())
    assert files == sorted([story.picture, story.sound])
    assert all(len(Path(name).stem) == 32 for name in files)
    assert not [name for name in files if b"rogne" in (data_folder / "stories" / name).read_bytes()]


BAD = {
    "no picture": ({"picture": uploaded(b"not one"), "picture_text": "x"}, "The file is not a picture"),
    "too big": ({"picture": uploaded(bytes(15 * 1024**2 + 1)), "picture_text": "x"}, "larger than 15 MB"),
    "bomb": (
        {"picture": uploaded(picture_bytes("PNG", size=(5100, 5000), mode="1", colour=0)), "picture_text": "x"},
        "more points than can be unpacked",
    ),
    "no sound": ({"sound": uploaded(b"not one", "x.mp3"), "transcript": "x"}, "not sound that can be played"),
    "not described": ({"picture": uploaded(picture_bytes())}, "what the picture shows"),
    "no transcript": ({"sound": uploaded(mp3_bytes(), "x.mp3")}, "Write what is said"),
    "nothing allowed": ({"allow_show_web": ""}, "Tick at least one thing"),
    "no title": ({"title": "  "}, "Give your story a short name."),
    "too long": ({"title": "x" * 121}, "121 characters, and 120 is the most"),
    "no age": ({"age": ""}, "Say how old you are"),
    "other months": ({"months": "36"}, "36"),
    "bad address": ({"email": "kari"}, "e-mail"),
    "benefit of another": ({"benefit": "999"}, ""),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_received_is_said_in_a_sentence_and_nothing_typed_is_lost(
    case: str, town: Town, initiative: Initiative, data_folder: Path
) -> None:
    make_benefit(initiative)
    fields, sentence = BAD[case]
    for file in ("picture", "sound"):
        if file in fields:
            fields[file].seek(0)
    page = tell(town, initiative, **{"text": "Dette er skrevet med omtanke."} | fields)
    said = page.content.decode()
    assert (page.status_code, Story.objects.count()) == (200, 0)
    assert sentence in said
    assert "ds-error-summary" in said
    assert "Dette er skrevet med omtanke." in said
    assert not (data_folder / "stories").exists() or not list((data_folder / "stories").iterdir())


def test_files_go_again_where_the_story_cannot_be_stored(initiative: Initiative, data_folder: Path) -> None:
    from samskap.formats.pictures import clean_picture

    picture = clean_picture(picture_bytes())
    told: dict[str, Any] = {"words": Words("A", "b", picture_text="c"), "consents": [WEB], "months": 12}
    with pytest.raises(ValueError, match="assign"):
        actions.tell_story(initiative, picture=picture, benefit=initiative, **told)
    assert list((data_folder / "stories").iterdir()) == []


def test_the_queue_has_an_end(initiative: Initiative, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samskap.apps.stories.actions.telling.MOST_WAITING", 1)
    assert MOST_WAITING > 50
    make_story(initiative, state="waiting")
    with pytest.raises(RuleError) as refused:
        actions.tell_story(initiative, words=Words("A", "b"), consents=[WEB], months=12)
    assert refused.value.code == "too_many_stories"


def test_the_trail_tells_that_a_story_was_told_and_nothing_of_it(town: Town, initiative: Initiative) -> None:
    tell(town, initiative, email="kari@example.org")
    entry = Entry.objects.get(verb="stories.story_told")
    assert (entry.subject_kind, entry.data, entry.is_public) == (
        "initiatives.initiative", {"story": Story.objects.get().pk}, True,
    )  # fmt: skip


def test_the_private_link_goes_to_the_address_with_no_word_of_the_story(town: Town, initiative: Initiative) -> None:
    tell(town, initiative, email="Kari@example.org")
    story = Story.objects.get()
    jobs = [one.args_kwargs for one in DBTaskResult.objects.all()]
    assert {"args": ["stories.send_letter", {"story_id": story.pk, "kind": "told"}], "kwargs": {}} in jobs
    assert "kari" not in str(jobs)
    actions.deliver_letter(story.pk, kind="told")
    letter = mail.outbox[0]
    assert letter.to == ["kari@example.org"]
    assert f"http://testserver/my-story/{story.token}/withdraw/" in letter.body
    assert "Buss" not in letter.body + letter.subject


# For somebody else


@pytest.mark.parametrize("kind", ["partner", "facilitator"])
def test_somebody_with_a_role_writes_for_a_teller_and_says_how_the_teller_said_yes(
    kind: str, town: Town, initiative: Initiative
) -> None:
    address = reverse("stories:write_for_teller", args=[initiative.pk])
    page = town.client(kind).post(address, told_fields(consent_note="Hun nikket."))
    story = Story.objects.get()
    assert page["Location"] == reverse("stories:private_link", args=[story.token])
    assert (story.told_by, story.written_by, story.consent_note) == ("on_behalf", town.people[kind], "Hun nikket.")
    assert story.state == "waiting"
    assert Entry.objects.filter(verb="stories.story_written_down").count() == 1
    assert "Give this page to its teller." in town.client(kind).get(page["Location"]).content.decode()


def test_without_saying_how_nothing_is_received(town: Town, initiative: Initiative) -> None:
    address = reverse("stories:write_for_teller", args=[initiative.pk])
    assert town.client("partner").post(address, told_fields()).status_code == 200
    with pytest.raises(RuleError) as refused:
        actions.tell_story(initiative, words=Words("A", "b"), consents=[WEB], months=12, by=town.partner)
    assert (refused.value.code, Story.objects.count()) == ("consent_note_missing", 0)


def test_others_do_not_write_for_a_teller(town: Town, initiative: Initiative) -> None:
    address = reverse("stories:write_for_teller", args=[initiative.pk])
    assert town.statuses(address) == {
        "anonymous": 302, "stranger": 404, "elsewhere": 404, "partner": 200, "facilitator": 200, "leader": 200,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.tell_story(
            initiative, words=Words("A", "b"), consents=[WEB], months=12, by=town.stranger, consent_note="Ja."
        )


def test_a_guardian_who_sits_beside_is_written_down(town: Town, initiative: Initiative) -> None:
    address = reverse("stories:write_for_teller", args=[initiative.pk])
    fields = told_fields(age="young", consent_note="Begge sa ja.", guardian_name="Ola")
    town.client("partner").post(address, fields)
    story = Story.objects.get()
    assert (story.guardian_name, story.guardian_recorded_by) == ("Ola", town.partner)
    assert story.guardian_at is not None


def test_the_question_before_the_end_is_ordered_when_a_story_is_told(initiative: Initiative) -> None:
    actions.tell_story(initiative, words=Words("A", "b"), consents=[WEB], months=6)
    until = Consent.objects.get().until
    days = sorted(one.run_after.date() for one in DBTaskResult.objects.all())
    assert days == [until - timedelta(days=30), until + timedelta(days=1), until + timedelta(days=31)]
