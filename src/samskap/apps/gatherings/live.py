"""The live state: one small document a gathering, the same for every phone, and the fragment that phones show.

`project/wsgi.py` answers these addresses before Django's middleware, from copies that this process holds: at most
half a second old, made anew by one thread while the others get the copy before. No cookie is read and none is set,
so any proxy may keep the answers for the second that `max-age` allows.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from samskap.apps.gatherings import queries, rules

__all__ = ["PREFIX", "Answer", "Copies", "answer", "forget_copies", "live_state", "now_document", "state_document"]

PREFIX = "/live/"
OLDEST_S = 0.5
_UNKNOWN_S = 2.0  # how long "no such code" is believed
_LONGEST_S = 3.0  # an older copy is not given out: one waits for the new one, or for the database's error
_MOST_KNOWN, _MOST_UNKNOWN = 300, 1000

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Copy:
    """A document as it is sent; `body` is None where there is no such gathering. `made_at` is monotonic time."""

    body: bytes | None
    etag: str
    made_at: float

    def is_fresh(self, now: float) -> bool:
        return now - self.made_at < (OLDEST_S if self.body is not None else _UNKNOWN_S)


class _Shelf:
    """The place of one copy, and the lock of the thread that makes it anew."""

    def __init__(self) -> None:
        self.making = threading.Lock()
        self.copy: Copy | None = None


class Copies:
    """Copies of documents by key, in bounded memory; unknown keys are kept apart, so they push out no real one."""

    def __init__(self, make: Callable[[str], bytes | None], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._make = make
        self._clock = clock
        self._lock = threading.Lock()
        self._known: OrderedDict[str, _Shelf] = OrderedDict()
        self._unknown: OrderedDict[str, _Shelf] = OrderedDict()

    def get(self, key: str) -> Copy:
        """The copy of this key. A fault of the database is raised only where no copy is young enough to be given."""
        shelf, now = self._shelf(key), self._clock()
        copy = shelf.copy
        if copy is not None and copy.is_fresh(now):
            return copy
        may_be_given = copy is not None and now - copy.made_at < _LONGEST_S
        if not shelf.making.acquire(blocking=not may_be_given):
            assert copy is not None
            return copy
        try:
            return self._made(key, shelf, fallback=copy if may_be_given else None)
        finally:
            shelf.making.release()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()
            self._unknown.clear()

    def __len__(self) -> int:
        return len(self._known) + len(self._unknown)

    def _made(self, key: str, shelf: _Shelf, *, fallback: Copy | None) -> Copy:
        if shelf.copy is not None and shelf.copy.is_fresh(self._clock()):
            return shelf.copy  # made while this thread waited
        began = self._clock()
        try:
            body = self._make(key)
        except DatabaseError:
            if fallback is None:
                raise
            _log.warning("The live state could not be read; the copy before is given.", exc_info=True)
            return fallback
        shelf.copy = Copy(body, _etag(body), began)
        self._keep(key, shelf)
        return shelf.copy

    def _shelf(self, key: str) -> _Shelf:
        with self._lock:
            for shelves in (self._known, self._unknown):
                if key in shelves:
                    shelves.move_to_end(key)
                    return shelves[key]
            shelf = self._unknown[key] = _Shelf()
            _trim(self._unknown, _MOST_UNKNOWN)
            return shelf

    def _keep(self, key: str, shelf: _Shelf) -> None:
        """Put the shelf where it belongs, now that it is known whether there is such a gathering."""
        with self._lock:
            here, there = self._known, self._unknown
            if shelf.copy is None or shelf.copy.body is None:
                here, there = there, here
            there.pop(key, None)
            here[key] = shelf
            _trim(self._known, _MOST_KNOWN)


def _trim(shelves: OrderedDict[str, _Shelf], most: int) -> None:
    while len(shelves) > most:
        shelves.popitem(last=False)


def _etag(body: bytes | None) -> str:
    return f'"{hashlib.blake2b(body, digest_size=9).hexdigest()}"' if body is not None else ""


def state_document(code: str) -> tuple[bytes, str] | None:
    """The state of the gathering with this code as JSON of less than a kilobyte, and its ETag; None where none is.

    It holds keys and counts and no texts, so that it is the same for every language; a new `version` says that there
    is something new to fetch. Read from the database, without a copy.
    """
    body = _state(code)
    return None if body is None else (body, _etag(body))


def now_document(code: str, language: str) -> bytes | None:
    """What a phone shows at this moment, as an HTML fragment in one language; None where there is no such code."""
    stage = queries.stage_of_code(code)
    if stage is None:
        return None
    with translation.override(language):
        return render_to_string("gatherings/now.html", {"stage": stage}).encode()


def _state(code: str) -> bytes | None:
    stage = queries.stage_of_code(code)
    if stage is None:
        return None
    gathering = stage.gathering
    counts = queries.turnout_of(stage)
    state = {
        "version": stage.version,
        "state": gathering.state,
        "slot": gathering.current_slot_id,
        "kind": stage.slot.kind if stage.slot else None,
        "conversation": stage.conversation.pk if stage.conversation else None,
        "ideas": stage.idea_round.pk if stage.idea_round else None,
        "open": stage.is_open,
        "results": stage.are_results_shown,
        "view": gathering.hall_view,
        "notice": int(gathering.notice_at.timestamp()) if gathering.notice_at else None,
        "present": counts.present,
        "answered": counts.answered,
        "eligible": counts.eligible,
        "phone_ms": rules.phone_interval_ms(gathering.state, present=counts.present or 0),
        "hall_ms": rules.HALL_INTERVAL_MS,
    }
    return json.dumps(state, separators=(",", ":")).encode()


def _read(key: str) -> bytes | None:
    """Make the document of a key, `CODE` or `CODE/language`, with a connection as a request would have it."""
    code, _slash, language = key.partition("/")
    close_old_connections()
    try:
        return now_document(code, language) if language else _state(code)
    finally:
        close_old_connections()


_copies = Copies(_read)


def forget_copies() -> None:
    """Drop every copy of this process."""
    _copies.clear()


@dataclass(frozen=True)
class Answer:
    """An HTTP answer before any framework: status, headers, body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def answer(path: str, *, method: str, if_none_match: str = "") -> Answer:
    """Answer `/live/<code>` (JSON) or `/live/<code>/<language>` (HTML) from the copies of this process."""
    if method not in ("GET", "HEAD"):
        return Answer(405, (("Allow", "GET, HEAD"), ("Content-Length", "0")), b"")
    key = _key(path)
    try:
        copy = _copies.get(key) if key else Copy(None, "", 0)
    except DatabaseError:
        _log.exception("The live state could not be read.")
        return Answer(503, (("Retry-After", "2"), ("Cache-Control", "no-store"), ("Content-Length", "0")), b"")
    if copy.body is None:
        return _reply(404, b'{"error":"unknown_code"}', "", "application/json")
    if copy.etag in if_none_match:
        return Answer(304, (("ETag", copy.etag), ("Cache-Control", "public, max-age=1")), b"")
    kind = "text/html; charset=utf-8" if "/" in key else "application/json"
    return _reply(200, copy.body if method == "GET" else b"", copy.etag, kind, length=len(copy.body))


def _key(path: str) -> str:
    """The key of the copy that a path asks for, or nothing where no gathering can be meant."""
    code, _slash, language = path.removeprefix(PREFIX).strip("/").partition("/")
    code = rules.tidy_code(code)
    if not 0 < len(code) <= 8 or (language and language not in dict(settings.LANGUAGES)):
        return ""
    return f"{code}/{language}" if language else code


def _reply(status: int, body: bytes, etag: str, kind: str, *, length: int | None = None) -> Answer:
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body) if length is None else length)),
        ("Cache-Control", "public, max-age=1"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return Answer(status, tuple(headers + ([("ETag", etag)] if etag else [])), body)


def live_state(request: HttpRequest, code: str, language: str = "") -> HttpResponse:
    """The same answer for a server that enters by another door than `project/wsgi.py`, such as a test server."""
    made = answer(request.path, method=request.method or "GET", if_none_match=request.headers.get("If-None-Match", ""))
    return HttpResponse(made.body, status=made.status, headers=dict(made.headers))
