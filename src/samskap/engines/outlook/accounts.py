"""The accounts as they are known, and filled up: what is missing is estimated at national cost, and named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf, isfinite
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.parameters import Parameters
from samskap.engines.outlook.services import SERVICES

__all__ = ["Accounts", "AccountsError", "Books", "books_of"]

Array = NDArray[np.float64]

# Revenue of a municipality in kroner a head: outside of it the figures are in another unit.
LEAST_A_HEAD, MOST_A_HEAD = 10_000.0, 2_000_000.0
_CURES: Final = {0.0: "Give a number that is not negative.", -inf: "Give a number."}
_LINES: Final = ("free_income", "tax", "other_income", "instalments", "debt", "free_funds", "net_result")


class AccountsError(OutlookError):
    """A line of the accounts cannot be right."""

    code = "outlook_accounts"


@dataclass(frozen=True, slots=True)
class Accounts:
    """One year's accounts of one municipality, kroner of `price_year`. None and absent services are not known.

    `expenditure` net operating expenditure, full-time `posts` and `users` by service; `free_income` tax and block
    grant, `tax` the tax of it; `other_income` all other operating revenue; `interest_rate` a year on `debt`;
    `instalments` paid; `net_result` the net operating result; `new_loans` borrowed a year from now on and
    `least_instalments` that the law asks for, a share of debt (depreciation over what depreciates), where they are
    known; `estimated` names lines that whoever made the accounts has estimated.
    """

    price_year: int
    expenditure: Mapping[str, float] = field(default_factory=dict)
    posts: Mapping[str, float] = field(default_factory=dict)
    users: Mapping[str, float] = field(default_factory=dict)
    free_income: float | None = None
    tax: float | None = None
    other_income: float | None = None
    interest_rate: float | None = None
    instalments: float | None = None
    debt: float | None = None
    free_funds: float | None = None
    net_result: float | None = None
    new_loans: float | None = None
    least_instalments: float = 0.0
    estimated: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def from_lines(cls, price_year: int, lines: Mapping[str, float]) -> Accounts:
        """Accounts from figures by indicator: `accounts_care`, `posts_care`, `users_care`, `accounts_debt` and so on.

        `accounts_interest` (kroner) becomes a rate of the debt, and `accounts_revenue` what is not free income.
        """
        money = {key.removeprefix("accounts_"): value for key, value in lines.items() if key.startswith("accounts_")}
        debt, interest = money.get("debt"), money.get("interest")
        other, free, revenue = (money.get(key) for key in ("other_income", "free_income", "revenue"))
        if other is None and free is not None and revenue is not None:
            other = revenue - free
        return cls(
            price_year=price_year,
            expenditure={service: money[service] for service in SERVICES if service in money},
            posts={service: lines[f"posts_{service}"] for service in SERVICES if f"posts_{service}" in lines},
            users={service: lines[f"users_{service}"] for service in SERVICES if f"users_{service}" in lines},
            free_income=free,
            tax=money.get("tax"),
            other_income=other,
            interest_rate=interest / debt if interest is not None and debt else None,
            instalments=money.get("instalments"),
            debt=debt,
            free_funds=money.get("free_funds"),
            net_result=money.get("net_result"),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Books:
    """Accounts without gaps. `expenditure`, `posts`, `users` (7,) in the order of `SERVICES`; `price_level` is the
    accounts' price year over that of the national kroner; `instalment_share` of last year's debt; `other_cost` all that
    the services do not spend, so that the net result of the base year is met."""

    price_year: int
    price_level: float
    expenditure: Array
    posts: Array
    users: Array
    free_income: float
    tax: float
    other_income: float
    other_cost: float
    interest_rate: float
    instalment_share: float
    debt: float
    free_funds: float
    net_result: float
    new_loans: float | None
    least_instalments: float
    estimated: frozenset[str]


def books_of(accounts: Accounts, parameters: Parameters, *, need: Array, users: Array, people: float) -> Books:
    """Accounts without gaps, for a place with `people`, `need` (7,) in units and `users` (7,) at national coverage.

    Raises AccountsError for a service that does not exist, a value that is not a number, a negative amount, and amounts
    that cannot be in kroner.
    """
    _check(accounts, people=people)
    level = (1.0 + parameters["prices"]) ** (accounts.price_year - parameters["national.prices"])
    weights = _weights(parameters)
    spent = _known(accounts.expenditure, otherwise=need * weights * parameters["national.need"] * level)
    filled = _Filled(accounts)
    shared = parameters["national.free_income"] + parameters["national.need"] * (weights @ need / people - 1.0)
    free = filled.get("free_income", shared * people * level)
    share = parameters["other_income.share"]
    other = filled.get("other_income", free * share / (1.0 - share))
    revenue = free + other
    debt = filled.get("debt", parameters["debt.share"] * revenue)
    old = debt / (1.0 + parameters["prices"])
    paid = filled.get("instalments", old * parameters["instalments"])
    rate = filled.get("interest_rate", parameters["interest"])
    result = filled.get("net_result", parameters["norm"] * revenue)
    return Books(
        price_year=accounts.price_year,
        price_level=level,
        expenditure=spent,
        posts=_known(accounts.posts, otherwise=spent * parameters["wage_share"] / parameters["cost_of_post"]),
        users=_known(accounts.users, otherwise=users),
        free_income=free,
        tax=filled.get("tax", parameters["national.tax"] * level * people),
        other_income=other,
        other_cost=revenue - float(spent.sum()) - rate * old - paid - result,
        interest_rate=rate,
        instalment_share=paid / old if old else 0.0,
        debt=debt,
        free_funds=filled.get("free_funds", parameters["funds.share"] * revenue),
        net_result=result,
        new_loans=accounts.new_loans,
        least_instalments=accounts.least_instalments,
        estimated=accounts.estimated | filled.missing | _missing_services(accounts),
    )


def _weights(parameters: Parameters) -> Array:
    weights = np.array([parameters[f"sector.{service}"] for service in SERVICES])
    return np.asarray(weights / weights.sum())


class _Filled:
    """Lines of accounts, with a value for what is not known; remembers which those were."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.missing: frozenset[str] = frozenset()

    def get(self, line: str, otherwise: float) -> float:
        known: float | None = getattr(self.accounts, line)
        if known is None:
            self.missing |= {line}
            return float(otherwise)
        return float(known)


def _known(given: Mapping[str, float], *, otherwise: Array) -> Array:
    return np.array([given.get(service, value) for service, value in zip(SERVICES, otherwise, strict=True)])


def _missing_services(accounts: Accounts) -> frozenset[str]:
    parts = {"expenditure": accounts.expenditure, "posts": accounts.posts, "users": accounts.users}
    return frozenset(
        f"{part}.{service}" for part, given in parts.items() for service in SERVICES if service not in given
    )


def _check(accounts: Accounts, *, people: float) -> None:
    for part in ("expenditure", "posts", "users"):
        for service, value in getattr(accounts, part).items():
            if service not in SERVICES:
                raise AccountsError(
                    f'The accounts hold a service "{service}" that is not known.',
                    cure=f"Services: {', '.join(SERVICES)}.",
                )
            _check_amount(f"{part} of {service}", value)
    for line in (*_LINES, "interest_rate", "new_loans"):
        if (value := getattr(accounts, line)) is not None:
            _check_amount(line.replace("_", " "), value, least=-inf if line in {"net_result", "free_funds"} else 0.0)
    _check_rate("interest rate", accounts.interest_rate or 0.0)
    _check_rate("least instalments", accounts.least_instalments)
    for line, value in (("free income", accounts.free_income), ("expenditure", _all_spent(accounts))):
        if value is not None and not LEAST_A_HEAD <= value / people <= MOST_A_HEAD:
            raise AccountsError(
                f"The {line} of {value:,.0f} for {people:,.0f} people is {value / people:,.0f} kroner a head.",
                cure="Give amounts in kroner (not in thousands), and accounts of the same place as the people.",
            )


def _all_spent(accounts: Accounts) -> float | None:
    return sum(accounts.expenditure.values()) if set(SERVICES) <= set(accounts.expenditure) else None


def _check_amount(what: str, value: float, *, least: float = 0.0) -> None:
    if not isfinite(value) or value < least:
        raise AccountsError(f"The {what} in the accounts is {value:g}.", cure=_CURES[least])


def _check_rate(what: str, rate: float) -> None:
    if not 0.0 <= rate <= 0.3:
        raise AccountsError(f"The {what} in the accounts is {rate:g}.", cure="Give a share of debt: 0.04 for 4 %.")
