"""One polite client: a request at a time and with a pause, answers kept on disk, patience when a server is busy."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

from samskap.sources.cache import Cache, Cached
from samskap.sources.errors import SourceError
from samskap.sources.jsonstat import Json
from samskap.sources.transport import Broken, Reply, Transport, over_https

__all__ = ["Answer", "Cached", "Client", "Progress", "SourceError"]

BUSY: Final = (429, 502, 503, 504)
LONGEST_WAIT: Final = 120.0  # seconds; a server that asks for more is asked another day
LIMIT: Final = 128_000_000  # bytes of one answer; a table of 800,000 cells is about 10 MB


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the client is: how many requests of it are answered, and the seconds it waits before the next try."""

    subject: str
    done: int
    from_cache: bool = False
    waiting: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the json module made of an answer, and when it was fetched. `url` has no body of a POST in it."""

    data: Json
    url: str
    fetched_at: datetime
    from_cache: bool


class Client:
    """Asks publishers for JSON. Not for more than one thread.

    `cache` is a folder, made when needed: an answer there that is at most `max_age` old is used, so that a run that
    was broken off goes on where it stopped. With `offline` every answer there is used, and none other. `pause` is the
    seconds between two requests (half a second is what SSB bears), `tries` how often one is tried while the server is
    busy or the line is bad. `sleep`, `monotonic` and `transport` are for tests.
    """

    def __init__(
        self,
        cache: Path,
        *,
        offline: bool = False,
        max_age: timedelta = timedelta(days=1),
        pause: float = 0.5,
        tries: int = 5,
        timeout: float = 60.0,
        on_progress: Callable[[Progress], None] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        transport: Transport = over_https,
    ) -> None:
        self._cache = Cache(cache)
        self._offline = offline
        self._max_age = max_age
        self._pause = pause
        self._tries = tries
        self._timeout = timeout
        self._on_progress = on_progress
        self._sleep = sleep
        self._monotonic = monotonic
        self._transport = transport
        self._done = 0
        self._free_at = 0.0

    def json(
        self,
        url: str,
        *,
        subject: str,
        licence: str,
        now: datetime,
        body: Mapping[str, Any] | None = None,
        keep: bool = True,
    ) -> Answer:
        """The JSON at an address: GET, or POST of `body`. Raises SourceError with a sentence that names the subject.

        Only answers that are JSON are kept on disk, and none without `keep`: one with personal data in it.
        """
        posted = None if body is None else json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
        kept = self._cache.get(url, posted)
        if kept and (self._offline or now - kept[0].fetched_at <= self._max_age):
            return self._answered(kept[0], json.loads(kept[1]), from_cache=True)
        if self._offline:
            raise self._not_kept(subject)
        text = self._fetched(url, posted, subject=subject, kept=kept[0] if kept else None)
        data = _read(text, subject=subject)
        known = Cached(subject, url, now, licence, len(text))
        if keep:
            self._cache.put(known, posted, text)
        return self._answered(known, data, from_cache=False)

    def cached(self) -> tuple[Cached, ...]:
        """What is kept on this machine, and from when."""
        return self._cache.listed()

    def _answered(self, known: Cached, data: Json, *, from_cache: bool) -> Answer:
        self._done += 1
        self._tell(Progress(known.subject, self._done, from_cache=from_cache))
        return Answer(data, known.url, known.fetched_at, from_cache)

    def _fetched(self, url: str, body: bytes | None, *, subject: str, kept: Cached | None) -> bytes:
        """The body of an answer with status 200, after as many tries as it takes and are allowed."""
        for tried in range(1, self._tries + 1):
            self._keep_pace()
            try:
                reply = self._transport(url, body, timeout=self._timeout, limit=LIMIT)
            except Broken as broken:
                failure = _no_answer(subject, broken, kept)
                wait = 2.0 ** (tried - 1)
            else:
                if reply.status == 200:
                    return reply.body
                failure = _refused(subject, url, reply)
                if reply.status not in BUSY:
                    raise failure
                wait = _asked_to_wait(reply) or 2.0 ** (tried - 1)
            if wait > LONGEST_WAIT:
                raise failure
            if tried < self._tries:
                self._tell(Progress(subject, self._done, waiting=wait))
                self._sleep(wait)
        raise failure

    def _keep_pace(self) -> None:
        """Wait until the pause since the last request is over."""
        ahead = self._free_at - self._monotonic()
        if ahead > 0:
            self._sleep(ahead)
        self._free_at = self._monotonic() + self._pause

    def _tell(self, progress: Progress) -> None:
        if self._on_progress:
            self._on_progress(progress)

    def _not_kept(self, subject: str) -> SourceError:
        have = {known.subject: known.fetched_at for known in reversed(self.cached())}
        listed = ", ".join(f"{name} from {_day(when)}" for name, when in have.items())
        return SourceError(
            f"There is no copy of what we ask {subject} for on this machine.",
            code="source_offline",
            cure=f"Here are: {listed}." if listed else "Nothing has been fetched yet: fetch it once with a network.",
        )


def _read(text: bytes, *, subject: str) -> Json:
    """The JSON of an answer; what is none is stopped before it is kept."""
    if text.lstrip()[:1] == b"<":
        raise SourceError(
            f"{subject} answered with a web page, not with figures.",
            code="source_html",
            cure="The service may be down for a while. Try again later.",
        )
    try:
        return json.loads(text)
    except ValueError as error:
        raise SourceError(
            f"The answer of {subject} is not whole JSON.", code="source_json", cure="Fetch it again."
        ) from error


def _asked_to_wait(reply: Reply) -> float:
    """The seconds in Retry-After, given as a number or as a moment; 0 where nothing useful is given."""
    given = reply.headers.get("retry-after", "").strip()
    if given.isdecimal():
        return float(given)
    try:
        until, asked = parsedate_to_datetime(given), parsedate_to_datetime(reply.headers.get("date", ""))
        return max(0.0, (until - asked).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def _refused(subject: str, url: str, reply: Reply) -> SourceError:
    what = f"{subject} answered with status {reply.status}{_said(reply)}."
    if reply.status in BUSY:
        cure = "It is busy. Try again in some minutes: what is fetched already is kept."
        return SourceError(what, code="source_busy", cure=cure)
    if reply.status == 404:
        cure = f"There is nothing at {url.partition('?')[0]}: the table may have been closed or moved."
        return SourceError(what, code="source_gone", cure=cure)
    cure = "The codes of the table may have changed. Look at the table at the publisher, and tell us."
    return SourceError(what, code="source_refused", cure=cure)


def _said(reply: Reply) -> str:
    """What the server says about it, short; PxWebApi and FHI answer with a problem in JSON."""
    try:
        problem = json.loads(reply.body)
        said = problem.get("detail") or problem.get("title") or problem.get("message")
    except (ValueError, AttributeError):
        return ""
    return f" (“{' '.join(str(said).split())[:200]}”)" if said else ""


def _no_answer(subject: str, broken: Broken, kept: Cached | None) -> SourceError:
    what = f"{subject} gave no answer: {broken.reason}."
    copy = f" A copy from {_day(kept.fetched_at)} is on this machine: fetch offline to use it." if kept else ""
    if broken.is_offline:
        return SourceError(what, code="source_no_network", cure=f"Look at the network connection.{copy}")
    return SourceError(what, code="source_no_answer", cure=f"Try again later.{copy}")


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
