"""Where words can be met: on every page that links lead to, in every file of the data folder, in every table.

    found = places_with(["ringdue"], readers={"anybody": Client(), "facilitator": client})
    assert found == []

Give words that occur nowhere else. Pages are followed from link to link, with what they fetch, play and download;
archives are opened, PDF files read, and the files of the database searched byte by byte where `database_files` says so.
"""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client

__all__ = ["in_database", "in_files", "on_pages", "places_with", "text_of", "visited"]

_LINKS = re.compile(r"""(?:href|src|data-fill|data-[\w-]*url|action)=["']([^"'#][^"']*)["']""")
# What changes something, or has no end: forms are not sent, and the pages of signing in and of choices are left alone.
_NOT_FOLLOWED = re.compile(r"^/(?:static|accounts|language|colours|theme|demo)/|/(?:off|qr)/?$")
# Pages of official figures, alike for every place in the country: a few stand for all.
_ALIKE = re.compile(r"^/places/\d{4}/$")
_MOST_ALIKE = 3
_MOST_PAGES = 4000
_DATABASE = re.compile(r"\.sqlite3(?:-wal|-shm|-journal)?$")


def places_with(
    words: Iterable[str],
    *,
    readers: Mapping[str, Client],
    starts: Iterable[str] = ("/",),
    database_files: bool = False,
) -> list[str]:
    """Every place that holds one of these words, in words a person can look it up by."""
    wanted = Wanted(words)
    found = [place for who, client in readers.items() for place in on_pages(wanted, client, who=who, starts=starts)]
    found += in_files(wanted, database_files=database_files)
    return found + in_database(wanted)


class Wanted:
    """Words in every form in which a file or a page may write them."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        forms = {form for word in self.words for form in _forms(word)}
        self._texts = {form.casefold() for form in forms}
        self._bytes = {
            form.encode(code) for word in self.words for form in (word, word.lower()) for code in ("utf-8", "utf-16-le")
        } | {word.encode("latin-1", "ignore") for word in self.words}

    def are_in(self, text: str) -> bool:
        folded = text.casefold()
        return any(form in folded for form in self._texts)

    def are_in_bytes(self, data: bytes) -> bool:
        return any(form in data for form in self._bytes if form)


def _forms(word: str) -> set[str]:
    return {word, html.escape(word), json.dumps(word)[1:-1], quote(word)}


def on_pages(wanted: Wanted, client: Client, *, who: str, starts: Iterable[str] = ("/",)) -> Iterator[str]:
    """The addresses whose answer holds the words."""
    for address, kind, body in visited(client, starts=starts):
        if wanted.are_in(text_of(body, kind)) or wanted.are_in_bytes(body):
            yield f"page {address} ({who})"


def visited(
    client: Client, *, starts: Iterable[str] = ("/",), leave: str = r"(?!)"
) -> Iterator[tuple[str, str, bytes]]:
    """Address, content type and body of everything that links lead to from these pages; those of `leave` are not."""
    seen: set[str] = set()
    waiting = list(starts)
    while waiting and len(seen) < _MOST_PAGES:
        address = waiting.pop()
        if (
            address in seen
            or re.match(leave, address)
            or (_ALIKE.match(address) and sum(map(bool, map(_ALIKE.match, seen))) >= _MOST_ALIKE)
        ):
            continue
        seen.add(address)
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
        kind = response.headers.get("Content-Type", "")
        if 300 <= response.status_code < 400:
            waiting.append(_inside(address, response.headers["Location"]) or address)
        yield address, kind, body
        if kind.startswith("text/html"):
            links = _LINKS.findall(body.decode("utf-8", "replace"))
            waiting += [link for raw in links if (link := _inside(address, html.unescape(raw)))]
    assert len(seen) < _MOST_PAGES, f"There are more than {_MOST_PAGES} pages, and not all were looked at."


def _inside(address: str, link: str) -> str | None:
    """The address that a link on a page leads to, where that is ours and to be followed."""
    target = urldefrag(urljoin(f"http://testserver{address}", link)).url
    parts = urlsplit(target)
    if parts.netloc != "testserver" or _NOT_FOLLOWED.search(parts.path):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def in_files(wanted: Wanted, *, database_files: bool = False) -> list[str]:
    """The files of the data folder that hold the words, archives and PDF files opened."""
    found = []
    for file in sorted(Path(settings.SAMSKAP_DATA).rglob("*")):
        if not file.is_file() or (_DATABASE.search(file.name) and not database_files) or "postgresql" in file.parts:
            continue
        body = file.read_bytes()
        if wanted.are_in_bytes(body) or wanted.are_in(text_of(body, file.suffix)) or wanted.are_in(file.name):
            found.append(f"file {file.relative_to(settings.SAMSKAP_DATA)}")
    return found


def in_database(wanted: Wanted) -> list[str]:
    """The tables that hold the words, whatever wrote them."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor:
                texts = (value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in row)
                if any(wanted.are_in(text) for text in texts):
                    found.append(f"table {table}, row {row[0]}")
    return found


def text_of(body: bytes, kind: str) -> str:
    """What a person or a program reads in this: the text itself, what is in an archive, the words of a PDF."""
    if body[:4] == b"%PDF":
        return _text_of_pdf(body)
    if body[:2] == b"\x1f\x8b":
        try:
            return text_of(gzip.decompress(body), kind)
        except (OSError, EOFError, zlib.error):
            return ""
    if body[:4] == b"PK\x03\x04":
        try:
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                names = archive.namelist()
                return "\n".join([*names, *(text_of(archive.read(name), name) for name in names)])
        except zipfile.BadZipFile:  # left by a test of files that are broken
            return ""
    return html.unescape(body.decode("utf-8", "replace"))


def _text_of_pdf(body: bytes) -> str:
    """The words of a PDF: what its letters stand for by its own tables, and every text beside the pages."""
    import pikepdf

    with pikepdf.open(io.BytesIO(body)) as pdf:
        beside = [str(one) for one in _strings(pdf)]
        pages = []
        for page in pdf.pages:
            fonts = page.obj.get("/Resources", {}).get("/Font", {})
            tables = {name: _letters(font) for name, font in fonts.items()}
            pages.append("".join(_said(page, tables)))
    return "\n".join([*pages, *beside])


def _strings(pdf: object) -> Iterator[object]:
    import pikepdf

    for one in pdf.objects:  # type: ignore[attr-defined]
        if isinstance(one, pikepdf.Dictionary):
            yield from (value for value in one.values() if isinstance(value, pikepdf.String))


def _letters(font: object) -> dict[int, str]:
    """What each code of a font stands for (its ToUnicode table)."""
    stream = font.get("/ToUnicode")  # type: ignore[attr-defined]
    if stream is None:
        return {}
    said = stream.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", said, re.DOTALL):
        for code, letter in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be", "replace")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", said, re.DOTALL):
        for first, last, letter in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            start = int(letter, 16)
            found |= {code: chr(start + at) for at, code in enumerate(range(int(first, 16), int(last, 16) + 1))}
    return found


def _said(page: object, tables: dict[str, dict[int, str]]) -> Iterator[str]:
    import pikepdf

    letters: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):  # type: ignore[arg-type]
        if str(operator) == "Tf":
            letters = tables.get(str(operands[0]), {})
        elif str(operator) in {"Tj", "TJ", "'"}:
            pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else operands[-1:]
            for piece in pieces:  # type: ignore[union-attr]
                if isinstance(piece, pikepdf.String):
                    raw = bytes(piece)
                    codes = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
                    yield "".join(letters.get(code, "") for code in codes)
        elif str(operator) in {"Td", "TD", "T*", "Tm", "ET"}:
            yield " "
