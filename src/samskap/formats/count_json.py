"""A count of a budget election as a JSON document, and back.

    format            "samskap-count"     version   1
    ballot_file       name, sha256 of the unpacked file
    election          projects, voters, budget, kind, currency, scale, sha256 of what is counted
    options           rule, satisfaction, completion, tie_break, seed, constraints
    winners, cost     ids in the order in which they were chosen, and what they cost together
    rounds            project, how, cost, supporters, tied; where voters pay: price of a unit of utility,
                      effective_votes, paid (average, least, most), paid_out, left with its supporters, overspent
    start             money of each voter in the run that was kept; increments, stopped, compared
    areas             with budgets of districts: name, voters, budget, cost, start, increments, stopped of each
    losers            project, cost, votes, why, because, over_budget; where voters pay: money, missing, spent_on
                      [round, project, amount], out_of_reach, more_supporters, highest_cost
    comparison        the common rule: rule, winners, cost, only_this, only_other, better, worse, same
    coverage          voters, with_choice, at_least {"1", "2", "3": share of the voters}, share_of_choices
    audit             key, holds (null: not decided), promised, why, values
    versions          samskap, engine
    sha256            of all this but for itself and the name of the file

Money is in units, `scale` of them are one of the currency. `price`, `effective_votes` and `start` are exact, "a/b" or
"a"; amounts and shares are rounded to the sixth decimal. The same file and options give the same bytes on every
machine. `sha256` is of the document without `sha256` and `ballot_file.name`, keys sorted, no spaces, UTF-8.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from samskap.formats import frozen
from samskap.formats.count_told import CountTold
from samskap.formats.errors import FormatError

__all__ = [
    "FORMAT",
    "FORMAT_VERSION",
    "digest",
    "from_document",
    "is_untouched",
    "read_document",
    "to_document",
    "written_count",
]

FORMAT = "samskap-count"
FORMAT_VERSION = 1


def to_document(count: CountTold) -> dict[str, Any]:
    """The document, ready for `json.dumps`."""
    document = {"format": FORMAT, "version": FORMAT_VERSION, **frozen.plain(count)}
    return {**document, "sha256": digest(document)}


def written_count(count: CountTold) -> bytes:
    """The file: equal counts are equal bytes."""
    return (json.dumps(to_document(count), ensure_ascii=False, indent=1) + "\n").encode()


def digest(document: dict[str, Any]) -> str:
    """SHA-256 of what a document says, whatever it and the file of ballots are called."""
    said = {key: value for key, value in document.items() if key != "sha256"}
    said["ballot_file"] = {key: value for key, value in said["ballot_file"].items() if key != "name"}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def from_document(document: object) -> CountTold:
    """The count in a document. FormatError that names the field."""
    fields = document if isinstance(document, dict) else {}
    if (fields.get("format"), fields.get("version")) != (FORMAT, FORMAT_VERSION):
        raise FormatError(
            f"The document is not a count of version {FORMAT_VERSION}.",
            code="format_count",
            cure="Give a file written by `samskap count --json`, or downloaded from the page of a result.",
        )
    return frozen.read(CountTold, fields, wrong=_wrong, at="count")


def is_untouched(document: dict[str, Any]) -> bool:
    """Whether a document still says what it said when it was written."""
    return bool(document.get("sha256") == digest(document))


def read_document(data: bytes, *, file: str) -> dict[str, Any]:
    """The document in a file, which `from_document` reads. FormatError where it is not JSON."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FormatError(
            f"{file} is not JSON: {error}.",
            code="format_count",
            cure="Give a file written by `samskap count --json`, or downloaded from the page of a result.",
        ) from error
    return document if isinstance(document, dict) else {}


def _wrong(at: str, expected: str) -> FormatError:
    return FormatError(
        f"The count is damaged: {at} must be {expected}.",
        code="format_count",
        cure="Download it again, or count the ballots again with `samskap count`.",
    )
