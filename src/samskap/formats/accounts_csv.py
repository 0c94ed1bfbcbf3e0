"""Accounts of municipalities as CSV: the documented form of figures, of which the lines of accounts are taken.

    indicator,place,period,value           and further columns, which are left alone

Indicators are `accounts_care` and so on for each service, `posts_care`, `users_care`, and the lines of `LINES`; others
may stand in the file. Kroner, not thousands. Lines that begin with `#` say where the figures come from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from samskap.engines.outlook import SERVICES
from samskap.formats.errors import FormatError
from samskap.formats.tables import Table, decoded, read_table

__all__ = ["LINES", "AccountsTable", "read_accounts"]

LINES: Final = (
    "free_income", "tax", "other_income", "interest", "instalments", "net_finance", "debt", "free_funds", "net_result",
    "revenue",
)  # fmt: skip
_KNOWN: Final = frozenset(
    [f"{kind}_{service}" for kind in ("accounts", "posts", "users") for service in SERVICES]
    + [f"accounts_{line}" for line in LINES]
)
_KINDS: Final = ("accounts_", "posts_", "users_")


@dataclass(frozen=True, slots=True)
class AccountsTable:
    """Lines by place and year, and by indicator. What a file says to be missing is not in it."""

    file: str
    lines: Mapping[tuple[str, int], Mapping[str, float]]

    def newest_of(self, place: str) -> tuple[int, Mapping[str, float]] | None:
        """The newest year of a place with its lines; None where the file has none of it."""
        years = [year for where, year in self.lines if where == place]
        return (max(years), self.lines[place, max(years)]) if years else None


def read_accounts(data: bytes, *, file: str) -> AccountsTable:
    """The lines of accounts in a file. FormatError names the row and the value that cannot be right."""
    text = decoded(data, file=file)
    # Said lines become empty ones, so that rows keep their numbers.
    table = read_table(re.sub(r"(?m)^#.*$", "", text).encode(), file=file)
    columns = [table.needed(name) for name in ("indicator", "place", "period", "value")]
    found: dict[tuple[str, int], dict[str, float]] = {}
    for line, row in table.rows:
        indicator, place, period, value = (row[column].strip() for column in columns)
        if not indicator.startswith(_KINDS) or not value:
            continue
        _check_indicator(table, line, indicator)
        if not re.fullmatch(r"\d{4}", place):
            raise table.wrong(line, column="place", value=place, cure="Write a municipality as four digits.")
        if not re.fullmatch(r"\d{4}", period):
            raise table.wrong(line, column="period", value=period, cure="Write the year of the accounts.")
        lines = found.setdefault((place, int(period)), {})
        if indicator in lines:
            raise FormatError(
                f"{file}, row {line}: {indicator} of {place} in {period} is there already.",
                code="accounts_repeated",
                cure="Keep one of them. Two editions of the same figures go into two files.",
            )
        lines[indicator] = _number(table, line, value)
    return AccountsTable(file, found)


def _check_indicator(table: Table, line: int, indicator: str) -> None:
    if indicator not in _KNOWN:
        near = get_close_matches(indicator, sorted(_KNOWN), n=1)
        cure = f"Did you mean {near[0]}?" if near else "The reference of exports lists the lines of accounts."
        raise table.wrong(line, column="indicator", value=indicator, cure=cure)


def _number(table: Table, line: int, value: str) -> float:
    if not re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", value):
        raise table.wrong(line, column="value", value=value, cure="Write a number, with a point before decimals.")
    return float(value)
