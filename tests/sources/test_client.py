"""The client is polite, patient and honest, and keeps what it got."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from tests.sources.servers import Behaviour, Clock, Server, answer, chunk_that_ends, hang_up, packed, serving

from samskap.sources.client import Cached, Client, Progress
from samskap.sources.errors import SourceError

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)
GOOD = b'{"class": "dataset", "n": 1}'
OK = answer(200, GOOD)


def client(folder: Path, clock: Clock | None = None, **options: object) -> Client:
    clock = clock or Clock()
    return Client(folder, sleep=clock.sleep, monotonic=clock.monotonic, **options)  # type: ignore[arg-type]


def ask(who: Client, server: Server, path: str = "/a", *, now: datetime = NOW, **more: object) -> object:
    return who.json(server.url + path, subject="SSB 07459", licence="CC BY 4.0", now=now, **more).data  # type: ignore[arg-type]


def refusal(who: Client, server: Server) -> SourceError:
    with pytest.raises(SourceError) as caught:
        ask(who, server)
    return caught.value


# Politeness and patience


def test_requests_keep_half_a_second_apart(tmp_path: Path) -> None:
    clock = Clock()
    who = client(tmp_path, clock)
    with serving(OK) as server:
        for path in ("/a", "/b", "/c"):
            ask(who, server, path)
    assert clock.slept == [0.5, 0.5]


def test_a_question_is_asked_as_json_and_packed_answers_are_wanted(tmp_path: Path) -> None:
    with serving(packed(GOOD)) as server:
        assert ask(client(tmp_path), server, "/data", body={"a": ["æ"]}) == {"class": "dataset", "n": 1}
    [(method, path, body, headers)] = server.asked
    assert (method, path, body) == ("POST", "/data", '{"a": ["æ"]}'.encode())
    assert (headers["Accept-Encoding"], headers["Content-Type"]) == ("gzip", "application/json")
    assert headers["User-Agent"].startswith("samskap")


@pytest.mark.parametrize(
    ("failures", "waits"),
    [
        ([answer(429, Retry_After="7")], [7.0]),
        ([answer(429), answer(503), answer(504)], [1.0, 2.0, 4.0]),
        ([answer(503, Retry_After="Sun, 29 Nov 2026 08:00:30 GMT", Date="Sun, 29 Nov 2026 08:00:00 GMT")], [30.0]),
        ([answer(503, Retry_After="soon")], [1.0]),
        ([hang_up], [1.0]),
        ([chunk_that_ends], [1.0]),
        ([packed(GOOD * 100, cut=20)], [1.0]),
        ([answer(200, GOOD, Content_Length="4000")], [1.0]),
        ([answer(200, b"not packed", Content_Encoding="gzip")], [1.0]),
    ],
    ids=["429", "429-503-504", "until", "unreadable", "hangs up", "chunk", "half packed", "short", "damaged"],
)
def test_a_server_that_is_busy_or_breaks_off_is_asked_again(
    tmp_path: Path, failures: list[Behaviour], waits: list[float]
) -> None:
    clock, told = Clock(), list[Progress]()
    with serving(*failures, OK) as server:
        assert ask(client(tmp_path, clock, pause=0.0, on_progress=told.append), server) == {"class": "dataset", "n": 1}
    assert [one.waiting for one in told] == [*waits, 0.0]
    assert clock.slept == waits
    assert len(server.asked) == len(failures) + 1


def test_patience_ends_and_what_is_fetched_stays(tmp_path: Path) -> None:
    clock = Clock()
    with serving(OK, answer(503)) as server:
        who = client(tmp_path, clock, tries=3)
        ask(who, server, "/first")
        error = refusal(who, server)
        assert ask(who, server, "/first") == {"class": "dataset", "n": 1}
    assert (error.code, str(error)) == (
        "source_busy",
        "SSB 07459 answered with status 503. It is busy. Try again in some minutes: what is fetched already is kept.",
    )
    assert [path for _method, path, _body, _headers in server.asked] == ["/first", "/a", "/a", "/a"]


def test_a_wait_of_an_hour_is_not_waited(tmp_path: Path) -> None:
    clock = Clock()
    with serving(answer(429, Retry_After="3600")) as server:
        assert refusal(client(tmp_path, clock), server).code == "source_busy"
    assert clock.slept == []


def test_a_server_that_does_not_answer_is_left(tmp_path: Path) -> None:
    done = threading.Event()

    def never(handler: BaseHTTPRequestHandler) -> None:
        done.wait(20)

    with serving(never) as server:
        error = refusal(client(tmp_path, timeout=0.1, tries=2), server)
        done.set()
    assert (error.code, error.message) == ("source_no_answer", "SSB 07459 gave no answer: it does not answer.")


# What is not asked again


@pytest.mark.parametrize(
    ("behaviour", "code", "said"),
    [
        (answer(400, b'{"title": "Non-existent value", "status": 400}'), "source_refused",
         "SSB 07459 answered with status 400 (“Non-existent value”)."),
        (answer(404), "source_gone", "SSB 07459 answered with status 404."),
        (answer(500, b"<h1>Error</h1>"), "source_refused", "SSB 07459 answered with status 500."),
        (answer(200, b"<!DOCTYPE html><p>Nede</p>"), "source_html",
         "SSB 07459 answered with a web page, not with figures."),
        (answer(200, GOOD[:9]), "source_json", "The answer of SSB 07459 is not whole JSON."),
        (answer(200, GOOD, Content_Length="9"), "source_json", "The answer of SSB 07459 is not whole JSON."),
    ],
)  # fmt: skip
def test_a_refusal_is_told_at_once_and_not_kept(tmp_path: Path, behaviour: Behaviour, code: str, said: str) -> None:
    clock = Clock()
    with serving(behaviour) as server:
        who = client(tmp_path, clock)
        error = refusal(who, server)
    assert (error.code, error.message, clock.slept, who.cached()) == (code, said, [], ())
    assert error.cure


def test_another_host_is_not_followed(tmp_path: Path) -> None:
    with serving(OK) as other, serving(answer(302, Location=f"{other.url}/a")) as server:
        error = refusal(client(tmp_path, tries=1), server)
        assert "it sends us on to another place" in error.message
        assert other.asked == []


def test_a_redirect_inside_the_host_is_followed(tmp_path: Path) -> None:
    with serving(answer(302, Location="/b"), OK) as server:
        assert ask(client(tmp_path), server) == {"class": "dataset", "n": 1}
    assert [path for _method, path, _body, _headers in server.asked] == ["/a", "/b"]


@pytest.mark.parametrize("url", ["http://data.ssb.no/x", "ftp://data.ssb.no/x", "file:///etc/passwd"])
def test_only_https_is_spoken_outside_this_machine(tmp_path: Path, url: str) -> None:
    with pytest.raises(SourceError) as caught:
        client(tmp_path).json(url, subject="x", licence="", now=NOW)
    assert caught.value.code == "source_address"


def test_an_answer_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samskap.sources.client.LIMIT", 1_000_000)
    with serving(packed(b" " * 3_000_000)) as server:
        error = refusal(client(tmp_path, tries=1), server)
    assert error.message == "SSB 07459 gave no answer: the answer is larger than 1 MB."
    with serving(answer(200, b" " * 1_200_000)) as server:
        error = refusal(client(tmp_path, tries=1), server)
    assert error.message == "SSB 07459 gave no answer: the answer is larger than 1 MB."


# The cache


def test_a_fresh_copy_is_used_and_an_old_one_is_fetched_again(tmp_path: Path) -> None:
    with serving(OK) as server:
        who = client(tmp_path, max_age=timedelta(hours=1))
        for hours in (0, 1, 2):
            ask(who, server, now=NOW + timedelta(hours=hours))
    assert len(server.asked) == 2
    assert who.cached() == (Cached("SSB 07459", server.url + "/a", NOW + timedelta(hours=2), "CC BY 4.0", len(GOOD)),)


def test_get_and_each_question_have_copies_of_their_own(tmp_path: Path) -> None:
    with serving(OK) as server:
        who = client(tmp_path)
        for body in (None, {"a": 1}, {"a": 2}, {"a": 1}, None):
            ask(who, server, body=body)
    assert [method for method, _path, _body, _headers in server.asked] == ["GET", "POST", "POST"]


def damaged(text: Path, about: Path) -> None:
    text.write_bytes(text.read_bytes()[:-1])


def without_text(text: Path, about: Path) -> None:
    text.unlink()


def without_sense(text: Path, about: Path) -> None:
    about.write_text("{")


def of_another_form(text: Path, about: Path) -> None:
    about.write_text('{"sha256": "x", "fetched_at": "2026-01-01T00:00:00+00:00"}')


@pytest.mark.parametrize("harm", [damaged, without_text, without_sense, of_another_form])
def test_a_damaged_copy_is_fetched_again(tmp_path: Path, harm: Callable[[Path, Path], None]) -> None:
    with serving(OK) as server:
        who = client(tmp_path)
        ask(who, server)
        [about] = tmp_path.glob("*.about.json")
        harm(about.with_name(about.name.replace(".about", "")), about)
        assert ask(who, server) == {"class": "dataset", "n": 1}
    assert len(server.asked) == 2


def test_without_a_network_an_old_copy_is_named_and_offline_uses_it(tmp_path: Path) -> None:
    with serving(OK) as server:
        ask(client(tmp_path), server)
    later = NOW + timedelta(days=400)
    with pytest.raises(SourceError) as caught:
        ask(client(tmp_path, tries=1), server, now=later)
    assert caught.value.code == "source_no_network"
    assert caught.value.cure == (
        "Look at the network connection. A copy from 2026-11-29 is on this machine: fetch offline to use it."
    )
    told = list[Progress]()
    assert ask(client(tmp_path, offline=True, on_progress=told.append), server, now=later) == {
        "class": "dataset",
        "n": 1,
    }
    assert told == [Progress("SSB 07459", 1, from_cache=True)]


def test_offline_says_what_is_here_and_from_when(tmp_path: Path) -> None:
    with serving(OK) as server:
        error = refusal(client(tmp_path, offline=True), server)
        assert (error.code, error.cure) == (
            "source_offline", "Nothing has been fetched yet: fetch it once with a network.",
        )  # fmt: skip
        ask(client(tmp_path), server, "/other")
        ask(client(tmp_path), server, "/third", now=NOW + timedelta(days=1))
        error = refusal(client(tmp_path, offline=True), server)
        assert error.cure == "Here are: SSB 07459 from 2026-11-30."
        assert len(server.asked) == 2


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with serving(OK) as server:
        error = refusal(client(blocked), server)
    assert (error.code, str(blocked) in error.message) == ("source_cache", True)


def test_a_run_that_is_broken_off_leaves_no_half_file(tmp_path: Path) -> None:
    with serving(OK) as server:
        ask(client(tmp_path), server)
    assert sorted(file.name.partition(".")[2] for file in tmp_path.iterdir()) == ["about.json", "json"]
