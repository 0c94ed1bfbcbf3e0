"""Processes and activities: made, published, run, and seen by those they are for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.apps.viewers import DESK, HIDDEN, LIST, PUBLIC, Town, met, words_of

from samskap.apps.challenges import actions as challenges
from samskap.apps.processes import actions
from samskap.apps.processes.models import Activity, Process
from samskap.kernel import clock
from samskap.kernel.errors import NotAllowed, RuleError

POST_ONLY = met(302, 405, 405)

PAGES = {
    "process": HIDDEN,
    "processes": LIST,
    "new_process": LIST,
    "work_process": DESK,
    "change_process": DESK,
    "choose_challenges": DESK,
    "new_activity": DESK,
    "change_activity": DESK,
    "publish_process": POST_ONLY,
    "switch_activity": POST_ONLY,
    "delete_activity": POST_ONLY,
}


@pytest.fixture
def process(town: Town) -> Process:
    return actions.create_process(
        town.municipality, by=town.facilitator, title="Uforløste muligheter", summary="En dag."
    )


@pytest.fixture
def activity(town: Town, process: Process) -> Activity:
    return actions.create_activity(process, by=town.facilitator, title="Samtalen")


def address(page: str, activity: Activity) -> str:
    arguments = {"processes": [], "new_process": []}
    both = [activity.process_id, activity.pk] if page.endswith("_activity") and page != "new_activity" else None
    return reverse(f"processes:{page}", args=arguments.get(page, both or [activity.process_id]))


# --- Who ---


@pytest.mark.parametrize("page", PAGES)
def test_each_page_lets_in_those_it_is_for(town: Town, activity: Activity, page: str) -> None:
    assert town.statuses(address(page, activity)) == PAGES[page]


def test_every_page_of_the_module_is_in_the_grid() -> None:
    from samskap.apps.processes import urls

    assert {pattern.name for pattern in urls.urlpatterns} == set(PAGES)


def test_a_published_process_is_for_everyone(town: Town, activity: Activity) -> None:
    actions.publish_process(activity.process, by=town.leader)
    assert town.statuses(address("process", activity)) == PUBLIC


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page not in {"process", "processes", "new_process", "work_process"}]
)
def test_others_change_nothing_by_sending_the_form(town: Town, activity: Activity, page: str) -> None:
    before = (Process.objects.values().get(), list(Activity.objects.values()))
    typed = {
        "language": "nb",
        "title_nb": "Mitt",
        "do": "open",
        "promise": "inform",
        "access": "open",
        "results": "always",
        "round": 1,
    }
    for kind in ("anonymous", "stranger", "elsewhere", "partner"):
        answer = town.client(kind).post(address(page, activity), typed)
        assert answer.status_code == (302 if kind == "anonymous" else 404)
    assert (Process.objects.values().get(), list(Activity.objects.values())) == before


@pytest.mark.parametrize(
    "act",
    [
        lambda a, by: actions.create_process(a.process.municipality, by=by, title="Mitt"),
        lambda a, by: actions.update_process(a.process, by=by, title="Mitt"),
        lambda a, by: actions.publish_process(a.process, by=by),
        lambda a, by: actions.hide_process(a.process, by=by),
        lambda a, by: actions.choose_challenges(a.process, by=by, challenges=[]),
        lambda a, by: actions.create_activity(a.process, by=by, title="Mitt"),
        lambda a, by: actions.update_activity(a, by=by, title="Mitt"),
        lambda a, by: actions.open_activity(a, by=by),
        lambda a, by: actions.close_activity(a, by=by),
        lambda a, by: actions.show_results(a, by=by),
        lambda a, by: actions.hide_results(a, by=by),
        lambda a, by: actions.delete_activity(a, by=by),
    ],
)
def test_an_action_is_refused_to_everyone_who_is_not_in_charge_here(town: Town, activity: Activity, act: Any) -> None:
    for kind in ("stranger", "elsewhere", "partner"):
        with pytest.raises(NotAllowed):
            act(activity, town.people[kind])
    act(activity, town.leader)


def test_an_activity_of_another_process_is_not_there(town: Town, activity: Activity) -> None:
    other = actions.create_process(town.municipality, by=town.leader, title="En annen")
    page = reverse("processes:change_activity", args=[other.pk, activity.pk])
    assert town.client("leader").get(page).status_code == 404


# --- The process ---


def test_a_process_is_started_changed_and_published_on_the_web(town: Town) -> None:
    client = town.client("facilitator")
    typed = {"language": "nb", "title_nb": "Uforløste muligheter", "summary_nb": "En dag.", "promise": "involve"}
    client.post(reverse("processes:new_process"), typed)
    made = Process.objects.get()
    assert (made.title, made.promise, made.is_illustrative, made.is_published) == (
        "Uforløste muligheter", "involve", False, False,
    )  # fmt: skip
    changed = typed | {"title_nn": "Uforløyste moglegheiter", "is_illustrative": "on"}
    client.post(reverse("processes:change_process", args=[made.pk]), changed)
    made.refresh_from_db()
    assert (made.translations, made.is_illustrative) == ({"nn": {"title": "Uforløyste moglegheiter"}}, True)
    client.post(reverse("processes:publish_process", args=[made.pk]))
    made.refresh_from_db()
    assert made.is_published
    client.post(reverse("processes:publish_process", args=[made.pk]), {"do": "hide"})
    made.refresh_from_db()
    assert not made.is_published


def test_the_page_tells_the_promise_the_windows_and_that_it_is_an_example(town: Town, activity: Activity) -> None:
    actions.update_process(activity.process, by=town.leader, promise="consult", is_illustrative=True)
    actions.publish_process(activity.process, by=town.leader)
    actions.open_activity(activity, by=town.leader)
    page = words_of(town.client("anonymous").get(address("process", activity)))
    for told in (
        "We ask for your advice.",
        "Illustrative: not real answers",
        "Samtalen",
        "Open now",
        "Open to everyone",
    ):
        assert told in page
    assert activity.access_code == ""


def test_the_access_code_is_never_on_the_public_page(town: Town, activity: Activity) -> None:
    actions.update_activity(activity, by=town.leader, access="code", access_code="HEMMELIG")
    actions.publish_process(activity.process, by=town.leader)
    assert "HEMMELIG" not in town.client("anonymous").get(address("process", activity)).content.decode()
    assert "HEMMELIG" in words_of(town.client("leader").get(address("work_process", activity)))


def test_challenges_are_chosen_among_ones_own(town: Town, activity: Activity) -> None:
    own = challenges.create_challenge(town.municipality, by=town.leader, title="Vår", text="x")
    foreign = challenges.create_challenge(
        town.elsewhere.mandates.get().municipality, by=town.elsewhere, title="Deres", text="x"
    )
    client = town.client("leader")
    client.post(address("choose_challenges", activity), {"challenges": [own.pk]})
    assert list(activity.process.challenges.all()) == [own]
    client.post(address("choose_challenges", activity), {"challenges": [own.pk, foreign.pk]})
    assert list(activity.process.challenges.all()) == [own]
    with pytest.raises(RuleError, match="belongs to another municipality"):
        actions.choose_challenges(activity.process, by=town.leader, challenges=[foreign])
    client.post(address("choose_challenges", activity), {})
    assert list(activity.process.challenges.all()) == []


def test_later_modules_fill_the_page_through_the_table(town: Town, activity: Activity, settings: Any) -> None:
    settings.SAMSKAP_PARTS = settings.SAMSKAP_PARTS | {"process": ["tests.apps.processes.test_processes.planted_parts"]}
    actions.publish_process(activity.process, by=town.leader)
    page = words_of(town.client("anonymous").get(address("process", activity)))
    assert page.index("Først") < page.index("Planted") < page.index("Sist")
    assert "Tomt" not in page


def planted_parts(process: Process, viewer: Any) -> list[Any]:
    from samskap.web.parts import Card, Part

    return [
        Part("Sist", (Card("x", "/"),), order=90),
        Part("Først", (Card("Planted", "/", text="**Fet**"),), order=1),
        Part("Tomt"),
    ]


# --- Activities ---


def test_an_activity_is_planned_changed_and_deleted_on_the_web(town: Town, process: Process) -> None:
    client = town.client("facilitator")
    typed = {
        "language": "nb", "title_nb": "En uke", "opens_at": "2026-11-15T08:00", "closes_at": "2026-11-22T20:00",
        "access": "code", "access_code": "", "results": "after_voting", "round": "2",
    }  # fmt: skip
    client.post(reverse("processes:new_activity", args=[process.pk]), typed)
    made = Activity.objects.get()
    assert (made.title, made.round, made.results) == ("En uke", 2, "after_voting")
    assert made.opens_at is not None
    assert made.opens_at.isoformat() == "2026-11-15T07:00:00+00:00"
    assert len(made.access_code) == 6
    form = client.get(reverse("processes:change_activity", args=[process.pk, made.pk])).content.decode()
    assert 'value="2026-11-15T08:00"' in form
    client.post(reverse("processes:change_activity", args=[process.pk, made.pk]), typed | {"access": "open"})
    made.refresh_from_db()
    assert (made.access, made.access_code) == ("open", "")
    client.post(reverse("processes:delete_activity", args=[process.pk, made.pk]))
    assert not Activity.objects.exists()


def test_a_window_that_closes_before_it_opens_is_told_and_not_stored(town: Town, process: Process) -> None:
    typed = {
        "language": "nb", "title_nb": "En uke", "opens_at": "2026-11-22T08:00", "closes_at": "2026-11-15T20:00",
        "access": "open", "results": "always", "round": "1",
    }  # fmt: skip
    page = town.client("leader").post(reverse("processes:new_activity", args=[process.pk]), typed).content.decode()
    assert "It must close after it opens." in page
    assert not Activity.objects.exists()


def test_buttons_open_close_show_and_hide(town: Town, activity: Activity) -> None:
    client = town.client("facilitator")
    seen = []
    for do in ("open", "show", "hide", "close", "open"):
        client.post(address("switch_activity", activity), {"do": do})
        activity.refresh_from_db()
        seen.append((activity.state, activity.results_shown_at is not None))
    assert seen == [("open", False), ("open", True), ("open", False), ("closed", False), ("open", False)]
    assert client.post(address("switch_activity", activity), {"do": "explode"}).status_code == 404


def test_a_window_past_its_time_does_not_open_and_says_what_to_do(town: Town, activity: Activity) -> None:
    actions.update_activity(activity, by=town.leader, closes_at=clock.now() - timedelta(hours=1))
    answer = town.client("leader").post(address("switch_activity", activity), {"do": "open"}, follow=True)
    assert "Set a later closing time" in words_of(answer)
    activity.refresh_from_db()
    assert activity.state == "planned"


def test_results_that_are_never_shown_cannot_be_shown(town: Town, activity: Activity) -> None:
    actions.update_activity(activity, by=town.leader, results="never")
    with pytest.raises(RuleError, match="never shown"):
        actions.show_results(activity, by=town.leader)


def test_an_activity_that_has_been_open_is_not_deleted(town: Town, activity: Activity) -> None:
    actions.open_activity(activity, by=town.leader)
    actions.close_activity(activity, by=town.leader)
    answer = town.client("leader").post(address("delete_activity", activity), follow=True)
    assert "Close it instead." in words_of(answer)
    assert Activity.objects.filter(pk=activity.pk).exists()


@pytest.mark.parametrize("page", ["processes", "work_process", "process", "dashboard", "municipality"])
def test_a_list_costs_the_same_for_one_and_three(town: Town, activity: Activity, page: str) -> None:
    actions.publish_process(activity.process, by=town.leader)
    where = {
        "dashboard": reverse("actors:dashboard"),
        "municipality": reverse("actors:municipality", args=[town.municipality.number]),
    }.get(page) or address(page, activity)
    costs = []
    for more in (0, 2):
        for _one in range(more):
            other = factories.make_process(municipality=town.municipality)
            factories.make_activity(process=other)
            factories.make_activity(process=activity.process)
        with CaptureQueriesContext(connection) as spent:
            assert town.client("facilitator").get(where).status_code == 200
        costs.append(len(spent))
    assert costs[0] == costs[1]
