"""Stories in a real browser: told and withdrawn without script, fetched with one, and with nothing too wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.viewers import Town, make_town
from tests.chromium import barriers, is_too_wide
from tests.factories.benefits import make_benefit
from tests.factories.sounds import wav_bytes
from tests.factories.stories import make_story, picture_bytes

from samskap.apps.initiatives.models import Initiative
from samskap.apps.stories import actions
from samskap.apps.stories.models import Story
from samskap.apps.stories.rules.stories import Words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
Open = Callable[..., Any]

TEXT = (
    "Jeg har bodd alene siden mannen min døde. Da bilen kom første gang, ble jeg sittende inne og se på.\n\n"
    "Tredje gangen gikk jeg ut, mest fordi sjåføren vinket. Nå tar vi følge. Ring meg på 912 34 567."
)


@pytest.fixture
def town(transactional_db: None) -> Town:
    return make_town()


@pytest.fixture
def story(initiative: Initiative, data_folder: Path) -> Story:
    """A story with a picture and sound, and others beside it."""
    (data_folder / "stories").mkdir()
    (data_folder / "stories/a.jpg").write_bytes(picture_bytes(size=(900, 600), colour=(60, 120, 90)))
    (data_folder / "stories/b.wav").write_bytes(wav_bytes())
    benefit = make_benefit(initiative, title="Flere som møtes")
    for n in range(3):
        make_story(initiative, title=f"Torsdag er dagen min {n}", text=TEXT, language="nb", shown_name="Kvinne, 81 år")
    return make_story(
        initiative, title="Jeg visste ikke at de bodde så nær", text=TEXT, language="nb", shown_name="Kvinne, 81 år",
        picture="a.jpg", picture_text="Tre kopper på et bord ved en varebil.", sound="b.wav",
        transcript="Torsdag er dagen min.", benefit=benefit, email="kari@example.org",
    )  # fmt: skip


@pytest.fixture
def open_page(chromium: Any, live_server: Any, town: Town) -> Iterator[Open]:
    contexts: list[Any] = []

    def opened(path: str, *, who: str = "", **kind: Any) -> Any:
        options: dict[str, Any] = {"locale": "en", "viewport": PHONE, "base_url": live_server.url} | kind
        context = chromium.new_context(**options)
        contexts.append(context)
        if who:
            client = Client()
            client.force_login(getattr(town, who))
            cookie = client.cookies["samskap_session"].value
            context.add_cookies([{"name": "samskap_session", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_story_is_told_and_withdrawn_without_script_and_by_keyboard(
    open_page: Open, initiative: Initiative, data_folder: Path
) -> None:
    page = open_page(reverse("stories:tell", args=[initiative.pk]), java_script_enabled=False)
    page.get_by_label("A short name for your story").fill("Bussen kom")
    page.get_by_role("textbox", name="Your story", exact=True).fill("Nå kommer jeg til byen.")
    picture = {"name": "x.png", "mimeType": "image/png", "buffer": picture_bytes("PNG")}
    page.locator("input[name=picture]").set_input_files(picture)
    page.get_by_label("18 years or more").focus()
    page.keyboard.press("Space")
    page.get_by_label("It may be shown on these pages.").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Send the story").click()
    # The picture lacks its description: what was typed and ticked is still there.
    page.get_by_role("heading", name="To go on, correct this:").wait_for()
    assert page.get_by_role("textbox", name="Your story", exact=True).input_value() == "Nå kommer jeg til byen."
    assert page.get_by_label("It may be shown on these pages.").is_checked()
    page.locator("input[name=picture]").set_input_files(picture)
    page.get_by_label("What does the picture show?").fill("En buss.")
    page.get_by_role("button", name="Send the story").click()
    page.get_by_role("heading", name="Thank you. Keep this link.").wait_for()
    page.get_by_role("link", name="See my story").click()
    page.get_by_role("link", name="Withdraw the story").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Withdraw and erase").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your story is erased").wait_for()
    assert (Story.objects.get().title, list((data_folder / "stories").iterdir())) == ("", [])


def test_the_page_of_an_initiative_fetches_stories_and_without_script_links_to_them(
    open_page: Open, initiative: Initiative, story: Story
) -> None:
    page = open_page(f"/initiatives/{initiative.pk}/", viewport=DESKTOP)
    page.get_by_role("link", name=story.title).wait_for()
    assert page.errors == []
    plain = open_page(f"/initiatives/{initiative.pk}/", java_script_enabled=False)
    plain.get_by_role("link", name="Read what people tell").click()
    plain.get_by_role("link", name=story.title).click()
    plain.get_by_role("heading", name=story.title).wait_for()


def test_sound_plays_and_can_be_moved_in(open_page: Open, story: Story) -> None:
    page = open_page(reverse("stories:story", args=[story.pk]))
    seconds = page.evaluate(
        "async () => {const a = document.querySelector('audio'); a.preload = 'auto'; a.load();"
        "await new Promise((yes, no) => {a.oncanplaythrough = yes; a.onerror = () => no(a.error.message);});"
        "a.currentTime = 0.5; await new Promise(yes => a.onseeked = yes); return a.duration;}"
    )
    assert round(seconds) == 1
    assert page.errors == []


def pages(initiative: Initiative, story: Story, town: Town) -> list[tuple[str, str]]:
    """Every page of stories, with who looks at it."""
    young = make_story(initiative, state="waiting", is_under_age=True, text=TEXT, language="nb")
    gone = actions.withdraw_story(make_story(initiative), by=actions.TELLER)
    words = Words("Klarere", "Kortere ord.", picture_text=story.picture_text, transcript=story.transcript)
    actions.propose_change(story, words=words, reason="Det er klarere.", by=town.leader)
    public: list[tuple[str, list[Any]]] = [
        ("stories", [town.municipality.number]), ("initiative_stories", [initiative.pk]), ("story", [story.pk]),
        ("tell", [initiative.pk]), ("my_story", [story.token]), ("my_story", [young.token]), ("my_story", [gone.token]),
        ("private_link", [young.token]), ("change", [story.token]), ("withdraw", [story.token]),
        ("guardian", [young.guardian_token]), ("withdraw_as_guardian", [young.guardian_token]),
    ]  # fmt: skip
    desk: list[tuple[str, list[Any]]] = [
        ("stories_at_work", []), ("story_at_work", [story.pk]), ("story_at_work", [young.pk]),
        ("propose_change", [story.pk]), ("new_link", [story.pk]), ("withdraw_at_work", [story.pk]),
        ("write_for_teller", [initiative.pk]),
    ]  # fmt: skip
    found = [(reverse(f"stories:{name}", args=args), "") for name, args in public]
    return found + [(reverse(f"stories:{name}", args=args), "facilitator") for name, args in desk]


def test_no_page_is_too_wide_or_breaks_the_rules_of_access(
    open_page: Open, initiative: Initiative, story: Story, town: Town, axe: str
) -> None:
    wrong: list[str] = []
    windows = {who: open_page("/", who=who) for who in ("", "facilitator")}
    for path, who in [*pages(initiative, story, town), (f"/initiatives/{initiative.pk}/", "")]:
        page = windows[who]
        page.goto(path)
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            if is_too_wide(page):
                wrong.append(f"{path} is wider than {size['width']} pixels")
        wrong += [f"{path}: {each}" for each in barriers(page, axe)]
    assert wrong == []
    assert [page.errors for page in windows.values()] == [[], []]
