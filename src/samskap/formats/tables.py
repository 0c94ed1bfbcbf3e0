"""CSV text to rows that know where they come from, and back."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace

from samskap.formats.errors import FormatError

MOST_BYTES = 400_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """A file with a header and rows; each row has the line number it ends on and as many cells as the header."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]

    def column(self, name: str) -> int | None:
        """Where a column is, None where there is none."""
        return self.header.index(name) if name in self.header else None

    def needed(self, name: str) -> int:
        """Where a column is; FormatError where there is none."""
        place = self.column(name)
        if place is None:
            raise FormatError(
                f"{self.file} has no column {name!r}. Its columns are: {_listed(self.header)}.",
                code="format_columns",
                cure=f"Name one column {name}.",
            )
        return place

    def wrong(self, line: int, *, column: str, value: str, cure: str) -> FormatError:
        """The error for a value that cannot be right."""
        return FormatError(
            f"{self.file}, row {line}, column {column}: {_short(value)!r} cannot be used.",
            code="format_value",
            cure=cure,
        )


def read_table(data: bytes, *, file: str) -> Table:
    """A table from the bytes of a CSV file in UTF-8, with or without a byte order mark."""
    reader = _rows(decoded(data, file=file), file=file)
    first = next(reader, None)
    if first is None:
        raise FormatError(f"{file} is empty.", code="format_empty", cure="Give the file with its header and rows.")
    header = tuple(first[1])
    for name in header:
        if header.count(name) > 1:
            raise FormatError(
                f"{file} has more than one column {_short(name)!r}.",
                code="format_columns",
                cure="Keep one of them.",
            )
    rows = []
    for line, row in reader:
        if len(row) != len(header):
            raise FormatError(
                f"{file}, row {line}: {len(row)} cells, but the header has {len(header)}.",
                code="format_cells",
                cure="Check the quotation marks and commas of this row.",
            )
        rows.append((line, row))
    return Table(file=file, header=header, rows=tuple(rows))


def read_pairs(data: bytes, *, file: str) -> dict[str, str]:
    """Key and value a line, without a header; the first of equal keys counts."""
    pairs: dict[str, str] = {}
    for _, row in _rows(decoded(data, file=file), file=file):
        pairs.setdefault(row[0], row[1] if len(row) > 1 else "")
    return pairs


def decoded(data: bytes, *, file: str) -> str:
    """The text; FormatError that names the byte where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The position counts from the first byte after a byte order mark, which the message leaves aside.
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FormatError(
            f"{file}, row {line}: the byte 0x{error.object[error.start]:02X} is not UTF-8.",
            code="format_encoding",
            cure="Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”).",
            gaps={"row": line, "byte": f"0x{error.object[error.start]:02X}"},
        ) from error


def written(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV bytes in UTF-8 with line feeds, the form Polis writes."""
    lines: list[str] = []
    # The writer quotes a cell that holds a sign of its line end: with "\n" alone a cell with "\r" would be torn.
    ends_lines = SimpleNamespace(write=lambda line: lines.append(line.removesuffix("\r\n")))
    csv.writer(ends_lines, lineterminator="\r\n").writerows(rows)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def unpacked(data: bytes, *, file: str) -> bytes:
    """The bytes themselves, or what a gzip file holds."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            found = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FormatError(
            f"{file} cannot be unpacked: {error}.", code="format_broken", cure="Fetch or write the file again."
        ) from error
    if len(found) > MOST_BYTES:
        raise FormatError(
            f"{file} is larger than {MOST_BYTES // 10**6} MB when unpacked.",
            code="format_too_large",
            cure="Leave out the years or places that are not needed.",
        )
    return found


def _rows(text: str, *, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise FormatError(
            f"{file}, row {reader.line_num}: {error}.",
            code="format_csv",
            cure="Check the quotation marks and commas of this row.",
        ) from error


def _listed(header: tuple[str, ...]) -> str:
    shown = ", ".join(_short(name) for name in header[:8])
    return f"{shown}, …" if len(header) > 8 else shown


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:59]}…"
