"""Files that belong together, from a folder or a zip, read with a limit and never unpacked to disk.

A file may be gzipped (`votes.csv.gz`). In a zip the files may lie in one folder; everything else is left alone.
"""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

from samskap.formats.errors import FormatError

LARGEST_BYTES = 256 * 1024 * 1024
BROKEN = (
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)

Files = dict[str, bytes]
Result = TypeVar("Result")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def files_in(path: Path, *, names: tuple[str, ...]) -> Files:
    """The bytes of those of `names` that lie in a folder or a zip, gzip undone. Raises FormatError."""
    if path.is_dir():
        return _folder_files(path, names=names)
    if not path.exists():
        raise FormatError(
            f"There is no file or folder {path.name!r}.",
            code="format_missing",
            cure="Give the folder or the zip that holds the conversation.",
        )
    return zipped_files(_guarded(path.read_bytes, name=path.name), names=names, zip_name=path.name)


def zipped_files(data: bytes, *, names: tuple[str, ...], zip_name: str) -> Files:
    """The same from the bytes of a zip."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise FormatError(
            f"{zip_name} is neither a folder nor a zip file.",
            code="format_zip",
            cure="Give the folder or the zip that holds comments.csv and the votes.",
        )
    return _guarded(lambda: _read_zip(data, names=names, zip_name=zip_name), name=zip_name)


def _folder_files(folder: Path, *, names: tuple[str, ...]) -> Files:
    found: Files = {}
    for name in names:
        for candidate in (folder / name, folder / f"{name}.gz"):
            if candidate.is_file():
                stored = _guarded(partial(_limited_file, candidate), name=candidate.name)
                _add(found, name=name, stored=stored, shown=candidate.name)
    return found


def _limited_file(file: Path) -> bytes:
    with file.open("rb") as stream:
        return _limited(stream, shown=file.name)


def _read_zip(data: bytes, *, names: tuple[str, ...], zip_name: str) -> Files:
    found: Files = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            place = PurePosixPath(entry.filename.replace("\\", "/"))
            name = place.name.removesuffix(".gz")
            # A damaged zip may hold an entry without a name, of which is_dir cannot tell.
            if name not in names or entry.is_dir() or "__MACOSX" in place.parts:
                continue
            if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
                raise FormatError(
                    f"{zip_name} holds a file with the path {entry.filename!r}, which leads out of the zip.",
                    code="format_zip_path",
                    cure="Make the zip again from the folder of the conversation.",
                )
            with archive.open(entry) as stream:
                _add(found, name=name, stored=_limited(stream, shown=place.name), shown=place.name)
    return found


def _add(found: Files, *, name: str, stored: bytes, shown: str) -> None:
    if name in found:
        raise FormatError(
            f"{name} is there twice.",
            code="format_twice",
            cure="Keep one of the two, plain or gzipped.",
        )
    found[name] = _guarded(lambda: _unzipped(stored, shown=shown), name=shown) if shown.endswith(".gz") else stored


def _unzipped(stored: bytes, *, shown: str) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(stored)) as stream:
        return _limited(stream, shown=shown)


def _limited(stream: _Readable, *, shown: str) -> bytes:
    # One byte more than allowed is read and no further: what a zip says about its sizes proves nothing.
    data = stream.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise FormatError(
            f"{shown} is larger than {LARGEST_BYTES // 1024 // 1024} MB when unpacked.",
            code="format_too_large",
            cure="Split the conversation, or check that the file is what it says.",
        )
    return data


def _guarded(read: Callable[[], Result], *, name: str) -> Result:
    try:
        return read()
    except BROKEN as error:
        raise FormatError(
            f"{name} cannot be read: {error or type(error).__name__}.",
            code="format_broken",
            cure="The file is damaged or not readable. Download or export it again.",
        ) from error
