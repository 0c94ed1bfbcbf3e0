from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.engines.outlook.small_world import accounts

from samskap.engines.outlook import PARAMETERS, Accounts, AccountsError
from samskap.engines.outlook.accounts import Books, books_of
from samskap.engines.outlook.services import SERVICES

NEED = np.array([4100.0, 3900.0, 4000.0, 4000.0, 4600.0, 4000.0, 4000.0])
USERS = np.array([180.0, 420.0, 4000.0, 4000.0, 230.0, 4000.0, 4000.0])


def books(known: Accounts) -> Books:
    return books_of(known, PARAMETERS, need=NEED, users=USERS, people=4000.0)


def test_full_accounts_are_taken_as_they_are() -> None:
    known = accounts()
    found = books(known)
    assert found.estimated == frozenset()
    assert found.expenditure.tolist() == [known.expenditure[service] for service in SERVICES]
    assert found.posts.tolist() == [known.posts[service] for service in SERVICES]
    assert found.users.tolist() == [known.users[service] for service in SERVICES]
    assert (found.free_income, found.debt, found.net_result) == (300e6, 450e6, 6e6)


def test_the_other_cost_is_what_makes_the_net_result_come_out() -> None:
    """By hand: 410 million of revenue, 296 for services, interest and instalments on debt worn down by 3 %."""
    found = books(accounts())
    old = 450e6 / 1.03
    assert found.instalment_share == pytest.approx(18e6 / old)
    assert found.other_cost == pytest.approx(410e6 - 296e6 - 0.04 * old - 18e6 - 6e6)


def test_what_is_missing_is_estimated_at_national_cost_and_named() -> None:
    found = books(Accounts(price_year=2025))
    level = 1.03
    weights = np.array([PARAMETERS[f"sector.{service}"] for service in SERVICES])
    assert found.price_level == pytest.approx(level)
    assert found.expenditure == pytest.approx(NEED * weights / weights.sum() * 62_000 * level)
    assert found.posts == pytest.approx(found.expenditure * 0.75 / 850_000)
    assert found.users.tolist() == USERS.tolist()
    index = float(weights @ NEED) / weights.sum() / 4000.0
    assert found.free_income == pytest.approx((72_000 + 62_000 * (index - 1)) * 4000 * level)
    revenue = found.free_income / 0.72
    assert found.other_income == pytest.approx(revenue * 0.28)
    assert found.net_result == pytest.approx(0.0175 * revenue)
    parts = {f"{part}.{service}" for part in ("expenditure", "posts", "users") for service in SERVICES}
    lines = {"free_income", "tax", "other_income", "interest_rate", "instalments", "debt", "free_funds", "net_result"}
    assert found.estimated == parts | lines


def test_one_gap_is_the_only_estimate() -> None:
    known = accounts()
    posts = {service: value for service, value in known.posts.items() if service != "care"}
    found = books(replace(known, posts=posts, debt=None, estimated=frozenset({"tax"})))
    assert found.estimated == {"posts.care", "debt", "tax"}
    assert found.debt == pytest.approx(410e6)


def test_lines_of_figures_become_accounts() -> None:
    lines = {
        "accounts_care": 122e6, "posts_care": 131.0, "users_care": 240.0, "accounts_debt": 450e6,
        "accounts_interest": 18e6, "accounts_free_income": 300e6, "accounts_revenue": 410e6, "population": 4000.0,
    }  # fmt: skip
    assert Accounts.from_lines(2025, lines) == Accounts(
        price_year=2025, expenditure={"care": 122e6}, posts={"care": 131.0}, users={"care": 240.0},
        free_income=300e6, other_income=110e6, interest_rate=0.04, debt=450e6,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"free_income": 300e3}, "The free income of 300,000 for 4,000 people is 75 kroner a head. Give amounts in"),
        ({"expenditure": dict.fromkeys(SERVICES, 3e3)}, "The expenditure of 21,000 for 4,000 people is 5 kroner a"),
        ({"posts": {"care": -1.0}}, "The posts of care in the accounts is -1. Give a number that is not negative."),
        ({"debt": float("nan")}, "The debt in the accounts is nan. Give a number that is not negative."),
        ({"net_result": float("inf")}, "The net result in the accounts is inf. Give a number."),
        ({"interest_rate": 4.2}, "The interest rate in the accounts is 4.2. Give a share of debt: 0.04 for 4 %."),
        ({"least_instalments": 0.5}, "The least instalments in the accounts is 0.5. Give a share of debt"),
        ({"users": {"hospital": 3.0}}, 'The accounts hold a service "hospital" that is not known. Services: k'),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(AccountsError) as caught:
        books(replace(accounts(), **change))
    assert str(caught.value).startswith(sentence)


def test_a_negative_result_and_funds_overdrawn_are_possible() -> None:
    found = books(replace(accounts(), net_result=-9e6, free_funds=-2e6))
    assert (found.net_result, found.free_funds) == (-9e6, -2e6)
