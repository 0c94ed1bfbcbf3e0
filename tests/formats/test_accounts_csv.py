"""Accounts from a file of figures: the newest year of each place, and nothing that is not accounts."""

from __future__ import annotations

import pytest

from samskap.engines.outlook import Accounts
from samskap.formats.accounts_csv import read_accounts
from samskap.formats.errors import FormatError

ROWS = [
    "# table: 12362",
    "indicator,place,period,value,missing",
    "accounts_care,4016,2024,140000000,",
    "accounts_care,4016,2025,148000000.5,",
    "posts_care,4016,2025,158,",
    "users_school,4016,2025,404,",
    "accounts_debt,4016,2025,,hidden",
    "neet_share,4016,2025,8.9,",
    "accounts_debt,3407,2023,-1,",
]


def test_the_newest_year_of_a_place_is_taken() -> None:
    table = read_accounts("\n".join(ROWS).encode(), file="accounts.csv")
    lines = {"accounts_care": 148_000_000.5, "posts_care": 158.0, "users_school": 404.0}
    assert table.newest_of("4016") == (2025, lines)
    assert table.newest_of("3407") == (2023, {"accounts_debt": -1.0})
    assert table.newest_of("0301") is None
    accounts = Accounts.from_lines(2025, lines)
    assert (accounts.expenditure, accounts.users, accounts.debt) == ({"care": 148_000_000.5}, {"school": 404.0}, None)


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("accounts_cares,4016,2025,1", "row 3, column indicator: 'accounts_cares' cannot be used."),
        ("accounts_care,4016,2025K1,1", "row 3, column period: '2025K1'"),
        ('accounts_care,4016,2025,"1,5"', "row 3, column value: '1,5'"),
        ("accounts_care,4016,2025,1\naccounts_care,4016,2025,1", "row 4: accounts_care of 4016 in 2025 is there"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(row: str, part: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_accounts(f"# said\nindicator,place,period,value\n{row}\n".encode(), file="accounts.csv")
    assert part in caught.value.message
    assert caught.value.cure


def test_a_file_without_the_columns_is_refused() -> None:
    with pytest.raises(FormatError, match="has no column 'value'"):
        read_accounts(b"indicator,place,period\n", file="accounts.csv")
