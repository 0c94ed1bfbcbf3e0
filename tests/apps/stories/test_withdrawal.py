"""A withdrawn story is gone from every page, export, file and table; only that it was withdrawn is left."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from tests.apps.stories.searching import Wanted, in_database, in_files, places_with, text_of
from tests.apps.viewers import Town
from tests.factories.benefits import make_benefit
from tests.factories.sounds import mp3_bytes
from tests.factories.stories import make_story, picture_bytes

from samskap.apps.initiatives.models import Initiative
from samskap.apps.stories import actions, queries
from samskap.apps.stories.models import Consent, Story, StoryChange
from samskap.apps.stories.rules.consents import OFFERED
from samskap.apps.stories.rules.stories import Words
from samskap.apps.trail.models import Entry
from samskap.formats import typesetting
from samskap.formats.pictures import clean_picture
from samskap.formats.sounds import clean_sound
from samskap.kernel.errors import NotAllowed

Capture = Callable[..., AbstractContextManager[Any]]

# Words that stand nowhere else, one in each field.
TITLE, TEXT, NAME = "Ringduebrillene", "spindelvevmetoden", "Rognekrattfaren"
SEEN, SAID, OTHER, ADDRESS = "blåskimmerskapet", "trillebårvisa", "sukkertangpropellen", "rypejeger@example.org"
WORDS = (TITLE, TEXT, NAME, SEEN, SAID, OTHER, ADDRESS)


def tell_everything(town: Town, initiative: Initiative) -> Story:
    """A story with every kind of content, allowed everywhere, accepted, with a change that is proposed."""
    story = actions.tell_story(
        initiative,
        words=Words(TITLE, f"Jeg brukte {TEXT}.", NAME, f"Et {SEEN}.", f"Hør {SAID}."),
        picture=clean_picture(picture_bytes()),
        sound=clean_sound(mp3_bytes()),
        consents=OFFERED,
        months=24,
        email=ADDRESS,
        benefit=make_benefit(initiative),
        site="http://testserver",
    )
    actions.accept_story(story, by=town.leader)
    said = Words(TITLE, f"Jeg brukte {TEXT} og {OTHER}.", NAME, f"Et {SEEN}.", f"Hør {SAID}.")
    actions.propose_change(story, words=said, reason="Det er klarere.", by=town.leader)
    story.refresh_from_db()
    return story


def places_of(story: Story) -> list[str]:
    """Where its words stand while it is shown."""
    town = f"/municipalities/{story.municipality.number}/stories"
    part = f"/stories/part/initiative/{story.initiative_id}/"
    return [f"{town}/", f"{town}.json", f"/initiatives/{story.initiative_id}/stories/", part,
            f"/stories/{story.pk}/", f"/my-story/{story.token}/"]  # fmt: skip


@pytest.mark.django_db
def test_a_withdrawn_story_is_found_on_no_page_in_no_file_and_in_no_table(
    town: Town, initiative: Initiative, django_capture_on_commit_callbacks: Capture, data_folder: Path
) -> None:
    story = tell_everything(town, initiative)
    anybody, facilitator = town.client("anonymous"), town.client("facilitator")
    wanted, places = Wanted(WORDS), places_of(story)
    assert [place for place in places if not wanted.are_in(text_of(anybody.get(place).content, ""))] == []
    assert wanted.are_in(facilitator.get(f"/work/stories/{story.pk}/").content.decode())
    assert f"table stories_story, row {story.pk}" in in_database(wanted)
    with django_capture_on_commit_callbacks(execute=True):
        town.client("anonymous").post(reverse("stories:withdraw", args=[story.token]))
    starts = ["/", "/work/", f"/municipalities/{town.municipality.number}/", *places, f"/work/stories/{story.pk}/"]
    assert places_with(WORDS, readers={"anybody": anybody, "facilitator": facilitator}, starts=starts) == []
    assert list((data_folder / "stories").iterdir()) == []
    for address in (f"/stories/{story.pk}/picture", f"/stories/{story.pk}/sound"):
        assert town.client("anonymous").get(address).status_code == 404


@pytest.mark.django_db
def test_what_is_left_is_that_something_was_withdrawn_and_when(town: Town, initiative: Initiative) -> None:
    story = actions.withdraw_story(tell_everything(town, initiative), by=actions.TELLER)
    empty = {field.name for field in Story._meta.concrete_fields if not getattr(story, field.attname)}
    left = {field.name for field in Story._meta.concrete_fields} - empty
    assert left == {"id", "municipality", "initiative", "benefit", "token", "guardian_token", "language", "told_by",
                    "state", "withdrawn_at", "created_at"}  # fmt: skip
    assert (Consent.objects.count(), StoryChange.objects.count()) == (0, 0)
    assert queries.story_counts(town.municipality)["withdrawn"] == 1
    entry = Entry.objects.get(verb="stories.story_withdrawn")
    assert (entry.data, entry.actor) == ({"story": story.pk}, "system:teller")
    page = town.client("anonymous").get(reverse("trail:history", args=["initiative", initiative.pk]))
    assert "A story about “Kaffebilen” was withdrawn and erased." in page.content.decode()


@pytest.mark.django_db
def test_a_withdrawn_story_answers_gone_with_a_sentence(town: Town) -> None:
    story = actions.withdraw_story(make_story(), by=actions.TELLER)
    page = town.client("anonymous").get(reverse("stories:story", args=[story.pk]))
    assert page.status_code == 410
    assert "has taken it back" in page.content.decode()
    mine = town.client("anonymous").get(reverse("stories:my_story", args=[story.token]))
    assert "Your story is erased" in mine.content.decode()


@pytest.mark.django_db
def test_a_look_at_the_button_withdraws_nothing(town: Town) -> None:
    story = make_story()
    page = town.client("anonymous").get(reverse("stories:withdraw", args=[story.token]))
    story.refresh_from_db()
    assert (page.status_code, story.state) == (200, "accepted")
    middle = page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert middle.count("<button") == 1


@pytest.mark.django_db
def test_one_yes_is_taken_back_with_one_press_and_the_others_stand(town: Town) -> None:
    story = make_story()
    town.client("anonymous").post(reverse("stories:consent", args=[story.token]), {"withdraw": "show.web"})
    channels = {(purpose, channel): len(queries.stories_for(story.initiative, purpose=purpose, channel=channel))
                for purpose, channel in OFFERED}  # fmt: skip
    assert channels == {pair: int(pair != ("show", "web")) for pair in OFFERED}
    assert town.client("anonymous").get(reverse("stories:story", args=[story.pk])).status_code == 410
    assert Entry.objects.filter(verb="stories.consent_withdrawn").count() == 1


@pytest.mark.django_db
def test_later_modules_are_told_to_forget_after_the_commit_and_one_that_fails_stops_nobody(
    settings: Any, django_capture_on_commit_callbacks: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr(queries, "forgets_one", lambda story: told.append(story.pk), raising=False)
    monkeypatch.setattr(queries, "fails", lambda story: 1 / 0, raising=False)
    settings.SAMSKAP_FORGETTERS = ["samskap.apps.stories.queries.fails", "samskap.apps.stories.queries.forgets_one"]
    story = make_story()
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_story(story, by=actions.TELLER)
        assert told == []
    assert told == [story.pk]


@pytest.mark.django_db
def test_those_in_charge_erase_a_story_when_the_teller_asks_them_to(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative)
    address = reverse("stories:withdraw_at_work", args=[story.pk])
    assert town.client("partner").post(address).status_code == 404
    with pytest.raises(NotAllowed):
        actions.withdraw_story(story, by=town.partner)
    town.client("facilitator").post(address)
    story.refresh_from_db()
    assert (story.state, story.title) == ("withdrawn", "")


@pytest.mark.django_db
def test_a_file_that_no_story_names_is_found_and_deleted(data_folder: Path) -> None:
    import os

    folder = data_folder / "stories"
    (folder / "waiting/4016").mkdir(parents=True)
    story = make_story(picture="a.jpg", picture_text="x")
    for name in ("a.jpg", "lost.jpg", "now.jpg", "waiting/4016/looked-at", "waiting/4016/now"):
        (folder / name).write_bytes(b"x")
    for name in ("a.jpg", "lost.jpg", "waiting/4016/looked-at", "waiting/4016", "waiting"):
        os.utime(folder / name, (1, 1))
    assert actions.clean_up() == 2
    assert sorted(file.name for file in folder.rglob("*") if file.is_file()) == ["a.jpg", "now", "now.jpg"]
    assert story.picture == "a.jpg"


@pytest.mark.django_db(transaction=True)
def test_the_words_are_gone_from_the_files_of_the_database_too(town: Town, initiative: Initiative) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("The files of another database are not ours to read.")
    files = [Path(connection.settings_dict["NAME"] + end) for end in ("", "-wal")]
    story = tell_everything(town, initiative)
    wanted = Wanted(WORDS)
    assert any(wanted.are_in_bytes(file.read_bytes()) for file in files if file.exists())
    actions.withdraw_story(story, by=actions.TELLER)
    actions.clean_up()
    assert [file.name for file in files if file.exists() and wanted.are_in_bytes(file.read_bytes())] == []
    assert in_database(wanted) == []
    assert timezone.is_aware(Story.objects.get().withdrawn_at)


# The search itself finds what is there


@pytest.mark.django_db
def test_the_search_opens_archives_reads_pdf_files_and_looks_into_every_table(
    town: Town, initiative: Initiative, data_folder: Path
) -> None:
    import gzip
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inne/fil.json", f'"{TEXT}"')
    (data_folder / "x.zip").write_bytes(packed.getvalue())
    (data_folder / "x.gz").write_bytes(gzip.compress(NAME.encode()))
    (data_folder / "x.txt").write_text("nothing")
    assert in_files(Wanted(WORDS)) == ["file x.gz", "file x.zip"]
    make_story(initiative, title=TITLE)
    assert [place.partition(",")[0] for place in in_database(Wanted([TITLE]))] == ["table stories_story"]
    assert text_of(b"plain &aring;", "") == "plain å"


def test_the_search_reads_the_words_of_a_pdf() -> None:
    source = f"#set document(title: [x])\nJeg brukte {TEXT}, og så {SEEN}.".encode()
    pdf = typesetting.typeset(source, {"lang": "nb"}, name="x")
    assert Wanted([TEXT]).are_in(text_of(pdf, "application/pdf"))
    assert Wanted([SEEN]).are_in(text_of(pdf, "application/pdf"))
    assert not Wanted([OTHER]).are_in(text_of(pdf, "application/pdf"))
