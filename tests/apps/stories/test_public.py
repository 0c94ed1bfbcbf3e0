"""What everybody may read: one door, asked by the day, and answers that nobody keeps."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from tests.apps.viewers import PUBLIC, Town, words_of
from tests.factories.benefits import make_benefit
from tests.factories.initiatives import make_initiative
from tests.factories.sounds import mp3_bytes
from tests.factories.stories import make_story, picture_bytes

from samskap.apps.initiatives import actions as initiatives
from samskap.apps.initiatives.models import Initiative
from samskap.apps.stories import queries
from samskap.apps.stories.queries.stories import this_day
from samskap.apps.stories.rules.consents import OFFERED

pytestmark = pytest.mark.django_db


def addresses(town: Town, initiative: Initiative, pk: int) -> dict[str, str]:
    number = town.municipality.number
    return {
        "story": reverse("stories:story", args=[pk]),
        "list": reverse("stories:stories", args=[number]),
        "open data": reverse("stories:stories_json", args=[number]),
        "of the initiative": reverse("stories:initiative_stories", args=[initiative.pk]),
        "part": reverse("stories:part_of_initiative", args=[initiative.pk]),
    }


@pytest.mark.parametrize("place", ["story", "list", "open data", "of the initiative", "part"])
def test_every_answer_with_words_of_a_story_is_public_kept_by_nobody_and_listed_nowhere(
    place: str, town: Town, initiative: Initiative
) -> None:
    story = make_story(initiative, title="Ringduebrillene")
    address = addresses(town, initiative, story.pk)[place]
    assert town.statuses(address) == PUBLIC
    answer = town.client("anonymous").get(address)
    assert "Ringduebrillene" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_pages_of_others_tell_how_many_stories_there_are_and_hold_no_word_of_them(
    town: Town, initiative: Initiative
) -> None:
    benefit = make_benefit(initiative)
    make_story(initiative, title="Ringduebrillene", benefit=benefit)
    client = town.client("anonymous")
    for address in (f"/municipalities/{town.municipality.number}/", f"/initiatives/{initiative.pk}/"):
        page = client.get(address).content.decode()
        assert "1 person tells what has changed." in page
        assert "Ringdue" not in page
    page = client.get(f"/initiatives/{initiative.pk}/").content.decode()
    assert f'data-fill="{reverse("stories:part_of_initiative", args=[initiative.pk])}"' in page
    assert reverse("stories:tell", args=[initiative.pk]) in page
    part = client.get(reverse("stories:part_of_benefit", args=[benefit.pk])).content.decode()
    assert "Ringduebrillene" in part
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *", "Disallow: /stories/part/", "Disallow: /work/",
    ]  # fmt: skip


def test_an_initiative_that_nobody_can_have_met_yet_asks_for_no_stories(town: Town) -> None:
    early = make_initiative(municipality=town.municipality, stage="explored")
    assert "Tell your story" not in town.client("anonymous").get(f"/initiatives/{early.pk}/").content.decode()


def test_a_story_of_an_initiative_that_was_hidden_is_hidden_and_stays_so_when_that_is_deleted(
    town: Town, initiative: Initiative
) -> None:
    story = make_story(initiative, title="Ringduebrillene")
    client, address = town.client("anonymous"), reverse("stories:story", args=[story.pk])
    assert client.get(address).status_code == 200
    initiatives.hide_initiative(initiative, by=town.leader)
    assert client.get(address).status_code == 410
    initiatives.delete_initiative(initiative, by=town.leader)
    assert client.get(address).status_code == 410
    assert queries.stories_for(town.municipality) == ()


@pytest.mark.parametrize(("state", "status"), [("waiting", 404), ("rejected", 404), ("accepted", 200)])
def test_only_an_accepted_story_is_seen(state: str, status: int, town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, state=state)
    assert town.statuses(reverse("stories:story", args=[story.pk])) == dict.fromkeys(PUBLIC, status)
    assert len(queries.stories_for(initiative)) == int(status == 200)


def test_a_consent_that_ended_hides_its_story_at_once_by_the_day_alone(town: Town, initiative: Initiative) -> None:
    last = make_story(initiative, in_days=0)
    over = make_story(initiative, in_days=-1)
    assert [one.pk for one in queries.stories_for(initiative)] == [last.pk]
    assert queries.stories_for(initiative, today=this_day() + timedelta(days=1)) == ()
    assert town.client("anonymous").get(reverse("stories:story", args=[over.pk])).status_code == 410


@pytest.mark.parametrize("pair", OFFERED)
def test_a_yes_to_one_use_is_a_yes_to_no_other(pair: tuple[str, str], initiative: Initiative) -> None:
    make_story(initiative, consents=(pair,))
    found = {one: len(queries.stories_for(initiative, purpose=one[0], channel=one[1])) for one in OFFERED}
    assert found == {one: int(one == pair) for one in OFFERED}


def test_stories_of_an_initiative_that_is_taken_away_from_the_public_are_hidden_with_it(town: Town) -> None:
    draft = make_initiative(municipality=town.municipality, published=False)
    story = make_story(draft)
    assert queries.stories_for(town.municipality) == ()
    assert town.client("anonymous").get(reverse("stories:story", args=[story.pk])).status_code == 410


def test_stories_of_a_benefit_an_initiative_and_a_municipality_are_its_own(town: Town, initiative: Initiative) -> None:
    benefit, other = make_benefit(initiative), make_benefit(initiative)
    story = make_story(initiative, benefit=benefit)
    make_story()
    told = {subject: [one.pk for one in queries.stories_for(subject)] for subject in (benefit, other, initiative)}
    assert told == {benefit: [story.pk], other: [], initiative: [story.pk]}
    assert [one.pk for one in queries.stories_for(town.municipality)] == [story.pk]


def test_open_data_have_the_text_and_no_files(town: Town, initiative: Initiative) -> None:
    make_story(initiative, picture="a.jpg", picture_text="Et tre.", shown_name="Kvinne, 81 år", language="nn")
    make_story(initiative, consents=(("show", "web"),))
    document = queries.stories_document(town.municipality, site="https://x.example.org")
    (line,) = document.pop("stories")
    assert (line["language"], line["teller"], line["initiative"]) == (
        "nn", "Kvinne, 81 år", f"https://x.example.org/initiatives/{initiative.pk}/",
    )  # fmt: skip
    assert set(line) == {"id", "language", "title", "text", "transcript", "teller", "month", "written_for_teller",
                         "initiative", "benefit", "until"}  # fmt: skip
    assert document["format"] == "samskap-stories/1"


def test_a_list_costs_the_same_for_one_story_and_three(
    town: Town, initiative: Initiative, django_assert_num_queries: Any
) -> None:
    address, client = reverse("stories:stories", args=[town.municipality.number]), town.client("anonymous")
    make_story(initiative)
    client.get(address)
    with django_assert_num_queries(4):
        client.get(address)
    for _ in range(2):
        make_story(initiative, benefit=make_benefit(initiative))
    with django_assert_num_queries(4):
        client.get(address)


def test_words_are_plain_text_and_harmless(town: Town, initiative: Initiative) -> None:
    story = make_story(initiative, title="<b>Hei</b>", text="<script>alert(1)</script>\n[x](javascript:y)")
    page = words_of(town.client("anonymous").get(reverse("stories:story", args=[story.pk])))
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "javascript:y" in page
    assert 'href="javascript' not in page


# Pictures and sound


@pytest.fixture
def with_files(initiative: Initiative, data_folder: Path) -> Any:
    (data_folder / "stories").mkdir()
    (data_folder / "stories/a.jpg").write_bytes(picture_bytes())
    (data_folder / "stories/b.mp3").write_bytes(mp3_bytes())
    return make_story(initiative, picture="a.jpg", picture_text="Et tre.", sound="b.mp3", transcript="Hei.")


def test_a_picture_is_described_and_sound_has_its_words_beside_it(town: Town, with_files: Any) -> None:
    page = words_of(town.client("anonymous").get(reverse("stories:story", args=[with_files.pk])))
    assert 'alt="Et tre."' in page
    assert "<audio controls" in page
    assert "Hei." in page


@pytest.mark.parametrize(("name", "kind"), [("picture", "image/jpeg"), ("sound", "audio/mpeg")])
def test_files_are_given_only_while_a_consent_allows_it(name: str, kind: str, town: Town, with_files: Any) -> None:
    address, client = reverse(f"stories:{name}", args=[with_files.pk]), town.client("anonymous")
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, kind, "private, no-store")
    assert answer["X-Content-Type-Options"] == "nosniff"
    with_files.consents.filter(channel="web").update(until=this_day() - timedelta(days=1))
    assert client.get(address).status_code == 404
    assert client.get(reverse(f"stories:own_{name}", args=[with_files.token])).status_code == 200
    assert town.statuses(reverse(f"stories:{name}_at_work", args=[with_files.pk])) == {
        "anonymous": 302, "stranger": 404, "elsewhere": 404, "partner": 404, "facilitator": 200, "leader": 200,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "status", "told", "first", "last"),
    [
        ("bytes=0-9", 206, "bytes 0-9/{n}", 0, 10),
        ("bytes=10-", 206, "bytes 10-{m}/{n}", 10, None),
        ("bytes=-5", 206, "bytes {t}-{m}/{n}", -5, None),
        ("bytes=0-999999999", 206, "bytes 0-{m}/{n}", 0, None),
        ("bytes=999999999-", 416, "bytes */{n}", 0, 0),
        (f"bytes={'9' * 5000}-", 200, "", 0, None),
        ("nonsense", 200, "", 0, None),
    ],
)
def test_a_player_gets_the_piece_that_it_asks_for(
    asked: str, status: int, told: str, first: int, last: int | None, town: Town, with_files: Any
) -> None:
    data = mp3_bytes()
    answer = town.client("anonymous").get(reverse("stories:sound", args=[with_files.pk]), headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, data[first:last])
    assert answer.get("Content-Range", "") == told.format(n=len(data), m=len(data) - 1, t=len(data) - 5)


def test_a_story_without_files_has_none_to_give(town: Town) -> None:
    story = make_story()
    assert town.client("anonymous").get(reverse("stories:picture", args=[story.pk])).status_code == 404


def test_a_place_without_stories_says_how_they_come(town: Town) -> None:
    page = words_of(town.client("anonymous").get(reverse("stories:stories", args=[town.municipality.number])))
    assert "Nobody has told anything yet" in page
    assert town.client("anonymous").get(reverse("stories:stories", args=["0001"])).status_code == 404
