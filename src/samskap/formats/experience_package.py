"""An initiative, what it brought and what was learned, as one file that another municipality can begin from.

A package is one JSON document, in UTF-8, keys sorted, indented by one space, with a line break at its end. There is no
archive to unpack, no path in it and no code: reading it is reading a text of limited length.

    format            "samskap-experience"     version   1
    key               what the initiative is called among packages: numbers of municipality and initiative, "4016-12"
    origin            number, name, address, check
    exported_at       UTC, to the second
    notice            what whoever holds the file must know of the stories
    parts             initiative, costs, risks, affected, chain, benefits, appraisal, stories (`experience_values`)
    sums              SHA-256 of each part
    sha256            SHA-256 of all this but for itself

A sum is of the part in the same form as the file. `fingerprint` is of key, origin and sums, so that the same content
exported twice is recognised. The sums show that a file is whole, not who made it: the address of the origin tells that.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, NoReturn

from samskap.formats import frozen
from samskap.formats.errors import FormatError
from samskap.formats.experience_checks import check, wrong
from samskap.formats.experience_values import Origin, Parts

__all__ = [
    "FORMAT",
    "LARGEST_BYTES",
    "NOTICE",
    "VERSION",
    "Package",
    "Received",
    "origin_in",
    "parts_in",
    "read",
    "written",
]

FORMAT = "samskap-experience"
VERSION = 1
LARGEST_BYTES = 2 * 1024 * 1024
NOTICE = (
    "Stories are lent by those who tell them, each through the day in its field `until`. A consent that is withdrawn "
    "before that cannot be pulled back from this file: the address in `origin.check` tells which stories may still be "
    "used. Delete the others."
)
_FIELDS = frozenset({"format", "version", "key", "origin", "exported_at", "notice", "parts", "sums", "sha256"})


@dataclass(frozen=True, slots=True)
class Package:
    """What is written to a file. `key` is the same each time the same initiative is exported."""

    key: str
    origin: Origin
    exported_at: str
    parts: Parts


@dataclass(frozen=True, slots=True)
class Received:
    """What was read from a file: checked values, and the names of fields that this version does not know."""

    package: Package
    fingerprint: str
    unknown: tuple[str, ...]


def written(package: Package) -> bytes:
    """The file: equal packages are equal bytes. FormatError where it would not be read again."""
    check(package.parts, origin=package.origin, key=package.key, exported_at=package.exported_at)
    document = {
        "format": FORMAT,
        "version": VERSION,
        "key": package.key,
        "origin": frozen.plain(package.origin),
        "exported_at": package.exported_at,
        "notice": NOTICE,
        "parts": frozen.plain(package.parts),
    }
    document["sums"] = {name: _sum(part) for name, part in document["parts"].items()}
    data = _canonical({**document, "sha256": _sum(document)})
    if len(data) > LARGEST_BYTES:
        _too_large()
    return data


def read(data: bytes) -> Received:
    """The package in a file, with everything checked. FormatError with a code for each kind of thing that is wrong."""
    if len(data) > LARGEST_BYTES:
        _too_large()
    document = _document(data)
    _check_whole(document, data)
    _check_version(document)
    package = _package(document)
    check(package.parts, origin=package.origin, key=package.key, exported_at=package.exported_at)
    said = {"key": package.key, "origin": document["origin"], "sums": document["sums"]}
    unknown = (*_unknown(document, dict.fromkeys(_FIELDS), inside=False), *_unknown_inside(document, package))
    return Received(package, _sum(said), unknown)


def parts_in(parts: object) -> Parts:
    """The parts that were stored as `frozen.plain` gives them."""
    return frozen.read(Parts, parts, wrong=wrong, at="parts")


def origin_in(origin: object) -> Origin:
    """The origin that was stored in the same way."""
    return frozen.read(Origin, origin, wrong=wrong, at="origin")


def _package(document: dict[str, Any]) -> Package:
    values = {name: document.get(name) for name in ("key", "origin", "exported_at", "parts")}
    return frozen.read(Package, values, wrong=wrong, at="package")


def _canonical(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()


def _sum(value: Any) -> str:
    return hashlib.sha256(_canonical(value)).hexdigest()


def _document(data: bytes) -> dict[str, Any]:
    try:
        # Numbers with a fraction are not in the form; read as floats they would not come back as they were.
        document = json.loads(data.decode(), parse_float=_no_number, parse_constant=_no_number)
        _canonical(document)
    except (ValueError, RecursionError) as error:
        raise FormatError(
            "The file cannot be read as an experience package.",
            code="format_experience_unreadable",
            cure="Fetch the file again, and see that nothing between opens and saves it.",
        ) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise FormatError(
            "The file is not an experience package.",
            code="format_experience",
            cure="Choose a file that was made under “Share the experience” on the page of an initiative.",
        )
    return document


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _check_whole(document: dict[str, Any], data: bytes) -> None:
    parts, sums = document.get("parts"), document.get("sums")
    if not isinstance(parts, dict) or not isinstance(sums, dict):
        _changed("sums")
    for name in sorted({*parts, *sums}):
        if name not in parts or sums.get(name) != _sum(parts[name]):
            _changed(name)
    rest = {name: value for name, value in document.items() if name != "sha256"}
    if document.get("sha256") != _sum(rest) or _canonical(document) != data:
        _changed("sha256")


def _check_version(document: dict[str, Any]) -> None:
    version = document.get("version")
    if type(version) is int and version > VERSION:
        raise FormatError(
            f"The package is of version {version}, and this Samskap knows version {VERSION}.",
            code="format_experience_newer",
            cure="Upgrade Samskap here, or ask for a package from an older one.",
            gaps={"version": version, "known": VERSION},
        )
    if version != VERSION or type(version) is not int:
        raise wrong("version", f"{VERSION}")


def _unknown_inside(document: dict[str, Any], package: Package) -> tuple[str, ...]:
    known = frozen.plain(package)
    parts = _unknown(document["parts"], known["parts"], at="parts")
    return (*_unknown(document["origin"], known["origin"], at="origin"), *parts)


def _unknown(value: Any, known: Any, *, at: str = "", inside: bool = True) -> tuple[str, ...]:
    """The names of fields that are in `value` and not in `known`, with the way to them."""
    if isinstance(value, dict) and isinstance(known, dict):
        here = {name: f"{at}.{name}" if at else name for name in value}
        found = tuple(path for name, path in here.items() if name not in known)
        below = (_unknown(value[name], known[name], at=path) for name, path in here.items() if name in known and inside)
        return found + tuple(path for paths in below for path in paths)
    if isinstance(value, list) and isinstance(known, list):
        pairs = enumerate(zip(value, known, strict=True))
        return tuple(path for place, (one, two) in pairs for path in _unknown(one, two, at=f"{at}[{place}]"))
    return ()


def _changed(part: str) -> NoReturn:
    raise FormatError(
        f"The package has been changed since it was made: its sum of “{part}” is another.",
        code="format_experience_changed",
        cure="Fetch the file again from the municipality that made it.",
        gaps={"part": part},
    )


def _too_large() -> NoReturn:
    raise FormatError(
        f"The package is larger than {LARGEST_BYTES // 1024 // 1024} MB.",
        code="format_experience_large",
        cure="A package holds texts only, and none of ours is that long.",
        gaps={"limit": LARGEST_BYTES // 1024 // 1024},
    )
