"""One request over HTTPS and its whole answer: bounded in size and time, unpacked, never redirected to another host."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Final, Protocol
from urllib.parse import urlsplit

from samskap.sources.errors import SourceError

__all__ = ["Broken", "Reply", "Transport", "over_https"]

CHUNK: Final = 1 << 16
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class Broken(Exception):
    """No whole answer came: the line is dead, slow or cut off. `reason` ends a sentence."""

    def __init__(self, reason: str, *, is_offline: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_offline = is_offline


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of any status: its headers in lower case, its body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Sends one request: GET where `body` is None, else POST of JSON. Raises Broken where no whole answer came."""

    def __call__(self, url: str, body: bytes | None, *, timeout: float, limit: int) -> Reply: ...


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect inside one host only."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise Broken(f"it sends us on to another place ({new.scheme}://{new.netloc})")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER: Final = urllib.request.build_opener(_SameHost)


def over_https(url: str, body: bytes | None, *, timeout: float, limit: int) -> Reply:
    """One request by urllib. HTTP without S is for this machine only.

    `timeout` in seconds holds for each wait and, four times, for the whole; `limit` in bytes for the body as it comes
    and unpacked.
    """
    request = _request(url, body)
    deadline = time.monotonic() + 4 * timeout
    try:
        answer = _OPENER.open(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        answer = error
    except urllib.error.URLError as error:
        raise _no_line(error.reason) from error
    except (http.client.HTTPException, OSError) as error:
        raise _no_line(error) from error
    with answer:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        packed = _read(answer, limit=limit, deadline=deadline)
    expected = headers.get("content-length", "")
    if expected.isdecimal() and int(expected) != len(packed):
        raise Broken(f"the answer was cut off after {len(packed)} of {expected} bytes")
    body_read = _unpacked(packed, limit=limit) if headers.get("content-encoding") == "gzip" else packed
    return Reply(answer.status or 0, headers, body_read)


def _request(url: str, body: bytes | None) -> urllib.request.Request:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise SourceError(f"{url} is not an https address.", code="source_address", cure="Use an https address.")
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        "User-Agent": "samskap (figures of a municipality)",
    }
    if body is not None:
        headers["Content-Type"] = "application/json"
    return urllib.request.Request(url, data=body, headers=headers)  # noqa: S310  # the scheme is checked above


def _read(answer: http.client.HTTPResponse | urllib.error.HTTPError, *, limit: int, deadline: float) -> bytes:
    parts, size = [], 0
    try:
        while part := answer.read(CHUNK):
            parts.append(part)
            size += len(part)
            if size > limit:
                raise Broken(f"the answer is larger than {limit // 1_000_000} MB")
            if time.monotonic() > deadline:
                raise Broken("the answer came too slowly")
    except http.client.IncompleteRead as error:
        raise Broken("the answer was cut off") from error
    except OSError as error:
        raise _no_line(error) from error
    return b"".join(parts)


def _unpacked(packed: bytes, *, limit: int) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        body = unpacking.decompress(packed, limit + 1)
    except zlib.error as error:
        raise Broken("the answer is damaged") from error
    if len(body) > limit:
        raise Broken(f"the answer is larger than {limit // 1_000_000} MB")
    if not unpacking.eof:
        raise Broken("the answer was cut off")
    return body


def _no_line(reason: object) -> Broken:
    if isinstance(reason, TimeoutError):
        return Broken("it does not answer")
    return Broken(f"it cannot be reached ({reason})", is_offline=True)
