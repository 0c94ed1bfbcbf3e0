"""The live state: what it holds, how old it may be, and what it costs."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection
from tests.apps.gatherings.conftest import Day, plan_day
from tests.factories import make_vote

from samskap.apps.gatherings import actions, live
from samskap.apps.gatherings.models import Gathering
from samskap.apps.processes.models import Activity, Process
from samskap.project.wsgi import application

KEYS = {
    "version", "state", "slot", "kind", "conversation", "ideas", "open", "results", "view", "notice", "present",
    "answered", "eligible", "phone_ms", "hall_ms",
}  # fmt: skip


def ask(path: str, **environ: str) -> tuple[str, dict[str, str], bytes]:
    """Knock at the door the server opens, below all middleware."""
    told: list[Any] = []
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_COOKIE": "samskap_session=stolen", **environ}
    body = b"".join(application(request, lambda status, headers: told.extend([status, headers])))
    return told[0], dict(told[1]), body


# The document


@pytest.mark.django_db
def test_the_state_tells_keys_and_counts_and_no_texts(day: Day) -> None:
    Gathering.objects.update(eligible=180)
    day.to(day.voting)
    actions.open_conversation(day.gathering, by=day.host)
    actions.send_notice(day.gathering, text="Kaffe i foajeen", by=day.host)
    make_vote(day.come(), day.conversation.statements.first())
    day.come()
    body, _etag = live.state_document("BCD234") or (b"", "")
    state = json.loads(body)
    assert set(state) == KEYS
    assert len(body) <= 1024
    assert {key: state[key] for key in ("state", "slot", "kind", "conversation", "open", "results", "view")} == {
        "state": "open",
        "slot": day.voting.pk,
        "kind": "conversation",
        "conversation": day.conversation.pk,
        "open": True,
        "results": False,
        "view": "slot",
    }
    assert (state["present"], state["answered"], state["eligible"]) == (2, 1, 180)
    assert (state["phone_ms"], state["hall_ms"]) == (1500, 1000)
    texts = [day.gathering.title, "Samtalen", "Kaffe", day.conversation.title]
    assert [text for text in texts if text in body.decode()] == []


@pytest.mark.django_db
def test_the_version_changes_with_what_is_shown_and_not_with_the_counts(day: Day) -> None:
    day.to(day.voting)

    def version() -> str:
        return str(json.loads((live.state_document("BCD234") or (b"", ""))[0])["version"])

    versions = [version()]
    day.come()
    assert version() == versions[0]
    Activity.objects.update(state="open")  # opened from the pages of the process
    versions.append(version())
    actions.send_notice(day.gathering, text="Kaffe!", by=day.host)
    versions.append(version())
    actions.show_results(day.gathering, by=day.host)
    versions.append(version())
    assert len(set(versions)) == 4


@pytest.mark.django_db
def test_a_gathering_that_is_not_public_has_no_state(day: Day) -> None:
    Process.objects.update(published_at=None)
    assert live.state_document("BCD234") is None
    assert live.now_document("BCD234", "nb") is None


@pytest.mark.django_db
def test_the_fragment_speaks_the_language_of_its_address(day: Day) -> None:
    day.gathering.translated("en", {"title": "The day"})
    day.talk.translated("en", {"title": "The talk"})
    day.talk.save()
    day.to(day.talk)
    assert "The talk" in (live.now_document("BCD234", "en") or b"").decode()
    assert "Foredraget" in (live.now_document("BCD234", "nb") or b"").decode()


@pytest.mark.django_db
def test_the_fragment_holds_no_form_and_nothing_about_one_person(day: Day) -> None:
    day.to(day.voting)
    actions.open_conversation(day.gathering, by=day.host)
    fragment = (live.now_document("BCD234", "nb") or b"").decode()
    assert f"/conversations/{day.conversation.pk}/" in fragment
    assert [word for word in ("csrf", "<form", "token") if word in fragment] == []


# The door


@pytest.mark.django_db
def test_the_door_answers_without_cookies_and_lets_caches_keep_it_a_second(day: Day) -> None:
    status, headers, body = ask("/live/bcd234")
    assert status == "200 OK"
    assert headers == {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Cache-Control": "public, max-age=1",
        "X-Content-Type-Options": "nosniff",
        "ETag": headers["ETag"],
    }
    assert json.loads(body)["state"] == "open"


@pytest.mark.django_db
def test_an_unchanged_state_is_three_hundred_and_four(day: Day) -> None:
    _status, headers, _body = ask("/live/BCD234")
    status, again, body = ask("/live/BCD234", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body, again) == (
        "304 Not Modified", b"", {"ETag": headers["ETag"], "Cache-Control": "public, max-age=1"}
    )  # fmt: skip
    day.come()
    live.forget_copies()
    assert ask("/live/BCD234", HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "200 OK"


@pytest.mark.django_db
def test_the_door_wakes_no_middleware_and_no_session(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    def woken(*_arguments: object) -> None:
        raise AssertionError("Django made a request of it.")

    monkeypatch.setattr(WSGIRequest, "__init__", woken)
    assert ask("/live/BCD234")[0] == "200 OK"
    assert ask("/live/BCD234/nb")[1]["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.django_db
def test_head_gives_the_length_and_no_body_and_nothing_else_is_allowed(day: Day) -> None:
    _status, headers, body = ask("/live/BCD234", REQUEST_METHOD="HEAD")
    assert (body, int(headers["Content-Length"]) > 100) == (b"", True)
    assert ask("/live/BCD234", REQUEST_METHOD="POST")[0] == "405 Method Not Allowed"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/live/NNNNNN", "/live/", "/live/../x", "/live/BCD234/xx", "/live/" + "B" * 5000])
def test_unknown_codes_are_not_found(day: Day, path: str) -> None:
    status, headers, body = ask(path)
    assert (status, json.loads(body)) == ("404 Not Found", {"error": "unknown_code"})
    assert "ETag" not in headers


@pytest.mark.django_db
def test_a_code_that_cannot_be_one_costs_no_query(django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(0):
        ask("/live/æøå")
        ask("/live/" + "B" * 9)


@pytest.mark.django_db
def test_a_database_that_fails_is_told_as_busy_and_not_as_missing(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_key: str) -> bytes | None:
        raise DatabaseError("gone")

    monkeypatch.setattr(live, "_copies", live.Copies(broken))
    status, headers, _body = ask("/live/BCD234")
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == ("503 Service Unavailable", "2", "no-store")


@pytest.mark.django_db
def test_a_server_with_another_door_gets_the_same_answer(day: Day, client: Any) -> None:
    answer = client.get("/live/BCD234")
    assert (answer.status_code, answer.headers["ETag"]) == (200, ask("/live/BCD234")[1]["ETag"])
    assert answer.content == ask("/live/BCD234")[2]
    assert client.get("/live/NNNNNN").status_code == 404


# The copies


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_copy_is_kept_for_half_a_second_and_then_made_anew() -> None:
    clock, made = Clock(), []
    copies = live.Copies(lambda key: made.append(key) or str(len(made)).encode(), clock=clock)
    seen = []
    for moment in (0.0, 0.2, 0.49, 0.51, 0.9, 1.02):
        clock.now = 100 + moment
        seen.append(copies.get("BCD234").body)
    assert seen == [b"1", b"1", b"1", b"2", b"2", b"3"]


def test_an_unknown_code_is_asked_about_once_in_two_seconds() -> None:
    clock, made = Clock(), []
    copies = live.Copies(made.append, clock=clock)
    for moment in (0.0, 0.6, 1.9, 2.1):
        clock.now = 100 + moment
        assert copies.get("NNNNNN").body is None
    assert len(made) == 2


def test_guessed_codes_fill_a_bounded_place_and_push_out_no_real_one() -> None:
    made: list[str] = []
    copies = live.Copies(lambda key: made.append(key) or (b"{}" if key == "BCD234" else None), clock=Clock())
    copies.get("BCD234")
    for number in range(5000):
        copies.get(f"N{number}")
    assert len(copies) <= live._MOST_KNOWN + live._MOST_UNKNOWN
    copies.get("BCD234")
    assert made.count("BCD234") == 1


def test_while_one_thread_makes_a_copy_the_others_get_the_one_before() -> None:
    clock, begun, go_on = Clock(), threading.Event(), threading.Event()
    made: list[str] = []

    def make(key: str) -> bytes:
        made.append(key)
        if len(made) > 1:
            begun.set()
            assert go_on.wait(5)
        return str(len(made)).encode()

    copies = live.Copies(make, clock=clock)
    assert copies.get("BCD234").body == b"1"
    clock.now += 0.6
    fresh: list[bytes | None] = []
    thread = threading.Thread(target=lambda: fresh.append(copies.get("BCD234").body))
    thread.start()
    assert begun.wait(5)
    assert [copies.get("BCD234").body for _ in range(20)] == [b"1"] * 20
    go_on.set()
    thread.join(5)
    assert (fresh, len(made)) == ([b"2"], 2)


def test_a_copy_that_is_too_old_is_waited_for_and_made_once() -> None:
    clock, made = Clock(), []
    start = threading.Barrier(8)
    copies = live.Copies(lambda key: made.append(key) or str(len(made)).encode(), clock=clock)
    copies.get("BCD234")
    clock.now += 60
    seen: list[bytes | None] = []

    def look() -> None:
        start.wait(5)
        seen.append(copies.get("BCD234").body)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert (seen, len(made)) == ([b"2"] * 8, 2)


def test_a_fault_of_the_database_is_bridged_by_the_copy_before_for_three_seconds() -> None:
    clock, works = Clock(), [True]

    def make(_key: str) -> bytes:
        if not works[0]:
            raise DatabaseError("locked")
        return b"{}"

    copies = live.Copies(make, clock=clock)
    copies.get("BCD234")
    works[0] = False
    clock.now += 2
    assert copies.get("BCD234").body == b"{}"
    clock.now += 2
    with pytest.raises(DatabaseError):
        copies.get("BCD234")


@pytest.mark.django_db
def test_reading_outside_a_request_treats_the_connection_as_a_request_would(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(live, "close_old_connections", lambda: calls.append("tidied"))
    monkeypatch.setattr(live, "_state", lambda code: calls.append(code) or b"{}")
    ask("/live/BCD234")
    ask("/live/BCD234")
    assert calls == ["tidied", "BCD234", "tidied"]


@pytest.mark.django_db(transaction=True)
def test_many_threads_at_once_get_one_answer() -> None:
    plan_day()
    answers: list[tuple[str, str]] = []
    start = threading.Barrier(8)

    def look() -> None:
        start.wait(5)
        status, headers, _body = ask("/live/BCD234")
        answers.append((status, headers["ETag"]))
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(answers) == 8
    assert {status for status, _etag in answers} == {"200 OK"}
    assert len({etag for _status, etag in answers}) == 1
