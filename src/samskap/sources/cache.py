"""Answers kept on disk, with when they were fetched and under which licence."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from samskap.sources.errors import SourceError

__all__ = ["Cache", "Cached"]


@dataclass(frozen=True, slots=True)
class Cached:
    """What is known about an answer that is kept. `subject` is as "SSB 07459"; `size` is in bytes."""

    subject: str
    url: str
    fetched_at: datetime
    licence: str
    size: int


class Cache:
    """A folder with two files an answer: the body as it came, and what is known about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, url: str, body: bytes | None) -> tuple[Cached, bytes] | None:
        """A kept answer, whole; None where there is none or it is damaged."""
        about = self._about(self._stem(url, body).with_suffix(".about.json"))
        if about is None:
            return None
        known, digest = about
        content = self._stem(url, body).with_suffix(".json")
        data = content.read_bytes() if content.exists() else b""
        return (known, data) if hashlib.sha256(data).hexdigest() == digest else None

    def put(self, known: Cached, body: bytes | None, data: bytes) -> None:
        """Keep an answer: the body first, so that what is described is always there."""
        stem = self._stem(known.url, body)
        about = {
            **asdict(known),
            "fetched_at": known.fetched_at.isoformat(),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(stem.with_suffix(".json"), data)
            _write(stem.with_suffix(".about.json"), json.dumps(about, ensure_ascii=False, indent=1).encode())
        except OSError as error:
            raise SourceError(
                f"The answer cannot be kept in {self.folder}: {error.strerror}.",
                code="source_cache",
                cure="Give a folder that can be written to.",
            ) from error

    def listed(self) -> tuple[Cached, ...]:
        """All that is kept, by subject, the newest first."""
        return tuple(sorted(self._all(), key=lambda known: (known.subject, -known.fetched_at.timestamp(), known.url)))

    def _all(self) -> Iterator[Cached]:
        for file in self.folder.glob("*.about.json") if self.folder.is_dir() else ():
            about = self._about(file)
            if about is not None:
                yield about[0]

    def _stem(self, url: str, body: bytes | None) -> Path:
        return self.folder / hashlib.sha256(url.encode() + b"\n" + (body or b"")).hexdigest()[:32]

    @staticmethod
    def _about(file: Path) -> tuple[Cached, str] | None:
        try:
            about = json.loads(file.read_text(encoding="utf-8"))
            digest = str(about.pop("sha256"))
            return Cached(**{**about, "fetched_at": datetime.fromisoformat(about["fetched_at"])}), digest
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None


def _write(file: Path, data: bytes) -> None:
    """Put a file in its place whole: a run that is broken off leaves no half of one."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as stream:
        stream.write(data)
    Path(stream.name).replace(file)
