"""Bytes to rows: unpacked, hashed and counted as they pass by, so that a large file is never in memory whole."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from itertools import chain
from typing import TYPE_CHECKING

from samskap.formats.pabulib.file import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from samskap.formats.pabulib.problems import Findings

__all__ = ["MOST_BYTES", "Text"]

MOST_BYTES = 512_000_000
_AT_ONCE = 1 << 13  # what a core keeps in its nearest caches, rows of text included
_MARK = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"

_Batch = tuple["Sequence[int]", list[list[str]], int]
"""Lines, rows, and the line after them."""


class Text:
    """The rows of a file, packed or not; when the last has been given, `sha256` and `layout` are whole.

    `is_cut`: whether the last line given so far has no end.
    """

    def __init__(self, stream: io.BufferedReader, *, findings: Findings) -> None:
        self._findings = findings
        self.is_cut = False
        head = stream.peek(len(_GZIP))
        unpacked = gzip.GzipFile(fileobj=stream) if head.startswith(_GZIP) else stream
        self._bytes = _Passing(unpacked, findings=findings)

    @property
    def sha256(self) -> str:
        """Of the unpacked bytes."""
        return self._bytes.hash.hexdigest()

    @property
    def layout(self) -> Layout:
        return Layout(self._mark, self._line_end, last_end=self._bytes.last == b"\n")

    def batches(self) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
        """Some rows at a time, with the lines on which they begin. An empty line is a row of no or one empty cell."""
        stream = io.BufferedReader(self._bytes, _AT_ONCE)
        try:
            head = stream.peek(_AT_ONCE)
            self._mark = head.startswith(_MARK)
            self._line_end = "\r\n" if head.partition(b"\n")[0].endswith(b"\r") else "\n"
            stream.read(len(_MARK) if self._mark else 0)
            line = 1
            while raw := stream.readlines(_AT_ONCE):
                lines, rows, line = self._plain(raw, line=line) or self._quoted(raw, rest=stream, line=line)
                self.is_cut = self._bytes.last != b"\n" and not stream.peek(1)
                yield lines, rows
        except (OSError, EOFError, zlib.error) as error:
            self._findings.fail("broken", reason=str(error).rstrip("."))

    def _plain(self, raw: list[bytes], *, line: int) -> _Batch | None:
        """Lines without quotation marks, which need no reader; None where there are some."""
        joined = b"".join(raw)
        if b'"' in joined:
            return None
        text = self._decoded(joined, line=line).replace("\r\n", "\n").removesuffix("\n")
        after = line + len(raw)
        return None if "\r" in text else (range(line, after), [one.split(";") for one in text.split("\n")], after)

    def _quoted(self, raw: list[bytes], *, rest: Iterable[bytes], line: int) -> _Batch:
        """These lines, and those after them into which the last cell reaches."""
        since: list[str] = []
        reader = csv.reader(self._remembered(chain(raw, rest), line=line, since=since), delimiter=";", strict=True)
        lines: list[int] = []
        rows: list[list[str]] = []
        while reader.line_num < len(raw):
            at = line + reader.line_num
            since.clear()
            try:
                rows.append(next(reader))
                lines.append(at)
            except csv.Error as error:
                self._findings.meet("quotes", line=at, reason=error)
                # A mark that is never closed swallows whole lines: each of them is read anew.
                rows.extend(text.rstrip("\r\n").split(";") for text in since)
                lines.extend(range(at, at + len(since)))
        return lines, rows, line + reader.line_num

    def _remembered(self, raw: Iterable[bytes], *, line: int, since: list[str]) -> Iterator[str]:
        for at, one in enumerate(raw, line):
            text = self._decoded(one, line=at)
            since.append(text)
            yield text

    def _decoded(self, raw: bytes, *, line: int) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            at = line + raw.count(b"\n", 0, error.start)
            self._findings.fail("encoding", line=at, byte=f"0x{raw[error.start]:02X}")


class _Passing(io.RawIOBase):
    def __init__(self, stream: io.BufferedReader | gzip.GzipFile, *, findings: Findings) -> None:
        self._stream = stream
        self._findings = findings
        self._size = 0
        self.hash = hashlib.sha256()
        self.last = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is 3.12's
        found = self._stream.read(len(buffer))
        self._size += len(found)
        if self._size > MOST_BYTES:
            self._findings.fail("too_large", limit=MOST_BYTES // 10**6)
        self.hash.update(found)
        self.last = found[-1:] or self.last
        buffer[: len(found)] = found
        return len(found)
