"""What must hold of an experience package besides its form: lengths, dates, numbers, addresses, and what points where.

Each breach is a FormatError that names the field. The form itself (which fields, of which type) is read by `frozen`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from samskap.formats.errors import FormatError

if TYPE_CHECKING:
    from samskap.formats.experience_values import BenefitTold, ChainTold, Origin, Parts

__all__ = ["LANGUAGES", "LONGEST", "MOST", "check", "wrong"]

LANGUAGES = ("nb", "nn", "en")
LONGEST = {
    "title": 160, "who": 160, "how": 300, "gainer": 160, "measure": 200, "unit": 40, "response": 300, "mechanism": 300,
    "assumption": 300, "source": 300, "cause": 500, "ended_reason": 500, "name": 120, "payer": 160, "key": 120,
    "address": 300, "check": 300, "edition": 60, "stage": 12, "language": 2, "kind": 16,
}  # fmt: skip
LONGEST_TEXT = 20_000
LONGEST_SHORT_TEXT = {"CostWords": 200, "RiskWords": 300, "LinkWords": 500}  # what these call `text`
MOST = 200  # of anything there are several of
YEARS = range(2000, 2101)

# Line breaks and tabs are the only control characters that texts have; a half of a pair is no character at all.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_DECIMAL = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,4})?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_NAMES_WITH_DATE = frozenset({"on", "until", "starts_on", "computed_on"})


def check(parts: Parts, *, origin: Origin, key: str, exported_at: str) -> None:
    """Stop at the first thing that cannot be right."""
    _values(parts, at="parts")
    _values(origin, at="origin")
    _text("key", key, at="key", owner="")
    _need(
        re.fullmatch(r"[0-9]{4}-[0-9]{1,9}", key) and key[:4] == origin.number,
        "key",
        "number of the municipality-number",
    )
    _need(re.fullmatch(r"[0-9]{4}", origin.number), "origin.number", "four digits")
    _need(origin.name.strip(), "origin.name", "a name")
    for name in ("address", "check"):
        _need(_is_address(getattr(origin, name)), f"origin.{name}", "an address that begins with https:// or http://")
    _need(_is_moment(exported_at), "exported_at", "a time such as 2026-11-20T12:00:00Z")
    _check_titles(parts)
    _check_numbers(parts)
    _check_chain(parts.chain)
    _check_benefits(parts.benefits, links={one.key for one in parts.chain.links})
    _unique((one.key for one in parts.stories), at="parts.stories")
    for place, one in enumerate(parts.stories):
        _need(one.text.strip(), f"parts.stories[{place}].text", "what was told")


def _values(value: Any, *, at: str, name: str = "", owner: str = "") -> None:
    """Every text, list and set of languages below a value."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            _values(inner, at=f"{at}.{field.name}", name=field.name, owner=type(value).__name__)
        words: Any = getattr(value, "words", None)
        if words is not None:
            original = getattr(value, "language", "")
            _need(original in words, f"{at}.words", f"there in {original}")
    elif isinstance(value, Mapping):
        _need(set(value) <= set(LANGUAGES), at, "in nb, nn or en")
        for language, inner in value.items():
            _values(inner, at=f"{at}.{language}")
    elif isinstance(value, tuple):
        _need(len(value) <= MOST, at, f"a list of at most {MOST}")
        for place, inner in enumerate(value):
            _values(inner, at=f"{at}[{place}]", name=name, owner=owner)
    elif isinstance(value, str):
        _text(name, value, at=at, owner=owner)


def _text(name: str, value: str, *, at: str, owner: str) -> None:
    longest = LONGEST.get(name, LONGEST_TEXT)
    if name == "text":
        longest = LONGEST_SHORT_TEXT.get(owner, LONGEST_TEXT)
    _need(len(value) <= longest, at, f"at most {longest} characters long")
    _need(not _CONTROL.search(value), at, "text without control characters")
    if name in _NAMES_WITH_DATE:
        _need(_is_date(value), at, "a date such as 2026-11-20")
    if name == "value":
        _need(_DECIMAL.fullmatch(value), at, "a number such as 12.5")
    if name == "language":
        _need(value in LANGUAGES, at, "nb, nn or en")


def _check_titles(parts: Parts) -> None:
    """Whatever is shown by its title has one in the language it was written in."""
    titled: Iterator[tuple[str, Any, str]] = iter(
        [
            ("parts.initiative", parts.initiative, "title"),
            *((f"parts.costs[{place}]", one, "text") for place, one in enumerate(parts.costs)),
            *((f"parts.risks[{place}]", one, "text") for place, one in enumerate(parts.risks)),
            *((f"parts.affected[{place}]", one, "who") for place, one in enumerate(parts.affected)),
            *((f"parts.chain.links[{place}]", one, "title") for place, one in enumerate(parts.chain.links)),
            *((f"parts.benefits[{place}]", one, "title") for place, one in enumerate(parts.benefits)),
            *((f"parts.benefits[{place}]", one, "unit") for place, one in enumerate(parts.benefits)),
        ]
    )
    for at, one, field in titled:
        _need(getattr(one.words[one.language], field).strip(), f"{at}.words.{one.language}.{field}", "written")


def _check_numbers(parts: Parts) -> None:
    for place, cost in enumerate(parts.costs):
        _need(cost.year in YEARS, f"parts.costs[{place}].year", "a year from 2000 to 2100")
        _need(0 < cost.amount_nok < 10**13, f"parts.costs[{place}].amount_nok", "whole kroner above 0")
    for place, risk in enumerate(parts.risks):
        levels = {risk.likelihood, risk.consequence}
        _need(levels <= {1, 2, 3}, f"parts.risks[{place}]", "with likelihood and consequence from 1 to 3")
    if parts.appraisal is not None:
        for name in ("comparison_year", "price_year"):
            _need(getattr(parts.appraisal, name) in YEARS, f"parts.appraisal.{name}", "a year from 2000 to 2100")


def _check_chain(chain: ChainTold) -> None:
    keys = _unique((one.key for one in chain.links), at="parts.chain.links")
    for place, arrow in enumerate(chain.arrows):
        is_right = {arrow.source, arrow.target} <= keys and arrow.source != arrow.target
        _need(is_right, f"parts.chain.arrows[{place}]", "between two links of the chain")
    _unique((f"{one.source} {one.target}" for one in chain.arrows), at="parts.chain.arrows")


def _check_benefits(benefits: tuple[BenefitTold, ...], *, links: set[str]) -> None:
    _unique((one.key for one in benefits), at="parts.benefits")
    for place, one in enumerate(benefits):
        _need(one.link in links | {""}, f"parts.benefits[{place}].link", "a link of the chain")


def _unique(keys: Iterable[str], *, at: str) -> set[str]:
    found = list(keys)
    _need("" not in found and len(set(found)) == len(found), at, "a list with a key of its own for each")
    return set(found)


def _is_address(value: str) -> bool:
    """A web address and nothing else: no script, no name with a password, no space that hides where it leads."""
    if not re.fullmatch(r"[\x21-\x7e]+", value):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_moment(value: str) -> bool:
    if not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _need(is_right: object, at: str, expected: str) -> None:
    if not is_right:
        raise wrong(at, expected)


def wrong(at: str, expected: str) -> FormatError:
    """What is said of a field that is not what it must be."""
    return FormatError(
        f"The package does not hold what it must: {at} must be {expected}.",
        code="format_experience_field",
        cure="Ask the municipality that made it to export it again.",
        gaps={"at": at, "expected": expected},
    )
