"""An appraisal as a JSON document, and back.

    format            "samskap-appraisal"     version   1
    title             what it is of
    effects           the effect list, under the names of `samskap.engines.appraisal.Effect`
    options           how they were appraised, under the names of `Options`
    parameters        the whole edition as it was: an old answer needs no newer list
    answer            everything that was found, under the names of `Answer`; absent in a file that asks for one
    versions          samskap, engine
    input_hash        SHA-256 of effects, options and parameters
    sha256            of all this but itself and the title

In a file that one writes oneself, whatever has a usual value in `Effect` or `Options` may be left out, and so may
`parameters`, which are then those of the edition that the options name. Numbers of the answer are rounded to the sixth
decimal. The same effects, options, edition and seed give the same bytes on every machine. Hashes are of the canonical
form: keys sorted, no spaces, UTF-8.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from samskap import __version__
from samskap.engines.appraisal import (
    Answer,
    Correlation,
    Effect,
    Options,
    Parameters,
    PriceIndex,
    Shares,
    Spread,
    parameters_of,
)
from samskap.formats import frozen
from samskap.formats.errors import FormatError

__all__ = [
    "FORMAT",
    "FORMAT_VERSION",
    "answer_from",
    "canonical",
    "digest",
    "effects_from",
    "input_hash",
    "is_untouched",
    "options_from",
    "parameters_from",
    "read_document",
    "rounded",
    "to_document",
    "written",
]

FORMAT = "samskap-appraisal"
FORMAT_VERSION = 1
PLACES = 6

T = TypeVar("T")

_INSIDE: Mapping[type, Mapping[str, type]] = {
    Effect: {"shares": Shares, "spread": Spread},
    Options: {"price_index": PriceIndex},
}
_LISTS: Mapping[type, Mapping[str, type]] = {Options: {"correlations": Correlation}}


def to_document(
    effects: Sequence[Effect],
    options: Options,
    answer: Answer | None = None,
    *,
    title: str = "",
    parameters: Parameters | None = None,
) -> dict[str, Any]:
    """The document, ready for `json.dumps`. `parameters` are those of the options' edition unless others are given."""
    edition = parameters_of(options.edition) if parameters is None else parameters
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "title": title,
        "effects": [_plain(Effect, effect) for effect in effects],
        "options": _plain(Options, options),
        "parameters": _plain(Parameters, edition),
    }
    if answer is not None:
        document["answer"] = rounded(_plain(Answer, answer))
        document["versions"] = {"samskap": __version__, "engine": answer.engine_version}
    document["input_hash"] = input_hash(document)
    return {**document, "sha256": digest(document)}


def written(document: Mapping[str, Any]) -> bytes:
    """The file: equal documents are equal bytes."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def canonical(value: object) -> bytes:
    """The bytes that hashes are of."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def input_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 of what was appraised and how."""
    return hashlib.sha256(canonical([document.get(key) for key in ("effects", "options", "parameters")])).hexdigest()


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of what a document says, whatever it is called."""
    said = {key: value for key, value in document.items() if key not in {"sha256", "title"}}
    return hashlib.sha256(canonical(said)).hexdigest()


def is_untouched(document: Mapping[str, Any]) -> bool:
    """Whether a document still says what it said when it was written."""
    return bool(document.get("sha256") == digest(document))


def rounded(value: Any) -> Any:
    """Plain values with every float rounded to six decimals, and no minus before nothing."""
    if isinstance(value, float):
        return round(value, PLACES) + 0.0
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


def read_document(data: bytes, *, file: str) -> dict[str, Any]:
    """The document in a file. FormatError where it is not JSON, or not an appraisal of this version."""
    try:
        document = json.loads(data)
        canonical(document)  # a sign that UTF-8 cannot write could be neither hashed nor shown
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{file} is not JSON: {error}.", code="format_appraisal", cure=_CURE) from error
    fields = document if isinstance(document, dict) else {}
    if (fields.get("format"), fields.get("version")) != (FORMAT, FORMAT_VERSION):
        raise FormatError(
            f"{file} is not an appraisal of version {FORMAT_VERSION}.", code="format_appraisal", cure=_CURE
        )
    return fields


def effects_from(document: Mapping[str, Any]) -> tuple[Effect, ...]:
    """The effect list of a document. FormatError that names the effect and the field."""
    items = document.get("effects")
    if not isinstance(items, list):
        raise _wrong("effects", "a list")
    return tuple(_read(Effect, item, at=f"effects[{place}]") for place, item in enumerate(items))


def options_from(document: Mapping[str, Any]) -> Options:
    """The options of a document. FormatError that names the field."""
    return _read(Options, document.get("options"), at="options")


def parameters_from(document: Mapping[str, Any]) -> Parameters:
    """The edition as the document has it, else the one that its options name. FormatError that names the field;
    AppraisalError where nobody knows the edition."""
    if document.get("parameters") is None:
        return parameters_of(options_from(document).edition)
    return frozen.read(Parameters, document["parameters"], wrong=_wrong, at="parameters")


def answer_from(document: Mapping[str, Any]) -> Answer | None:
    """What was found; None in a document that only asks. FormatError that names the field."""
    if document.get("answer") is None:
        return None
    return frozen.read(Answer, document["answer"], wrong=_wrong, at="answer")


def _plain(kind: type, value: object) -> Any:
    """Plain values in which a number that may have decimals always is written with them: 1.0, never 1."""
    return frozen.plain(frozen.read(kind, frozen.plain(value), wrong=_wrong))


def _read(kind: type[T], value: object, *, at: str) -> T:
    return frozen.read(kind, _filled(kind, value, at=at), wrong=_wrong, at=at)


def _filled(kind: type, value: object, *, at: str) -> object:
    """An object with the usual values of what it leaves out. FormatError for a name that nobody knows."""
    if not isinstance(value, dict):
        return value
    known = {field.name: field for field in dataclasses.fields(kind)}
    for name in value:
        if name not in known:
            raise _wrong(f"{at}.{name}", f"one of {', '.join(known)}")
    usual = {
        name: frozen.plain(field.default) for name, field in known.items() if field.default is not dataclasses.MISSING
    }
    found = usual | value
    for name, inner in _INSIDE.get(kind, {}).items():
        found[name] = _filled(inner, found[name], at=f"{at}.{name}")
    for name, inner in _LISTS.get(kind, {}).items():
        if isinstance(found[name], list):
            found[name] = [_filled(inner, item, at=f"{at}.{name}[{place}]") for place, item in enumerate(found[name])]
    return found


_CURE = "Give a file written by `samskap appraise --json`, or downloaded from the page of an appraisal."


def _wrong(at: str, expected: str) -> FormatError:
    return FormatError(
        f"The appraisal cannot be read: {at} must be {expected}.",
        code="format_appraisal",
        cure="The page of exports lists all fields.",
        gaps={"at": at, "expected": expected},
    )
