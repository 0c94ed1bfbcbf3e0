"""A country of two invented places, ageing as Norway does: Fjell with 4,000 people, and the rest."""

from __future__ import annotations

import numpy as np

from samskap.engines.outlook.accounts import Accounts
from samskap.engines.outlook.inputs import Assumptions, Estimate
from samskap.engines.outlook.life_tables import survivorship
from samskap.engines.outlook.norway import NORWAY

PLACES = ("9901", "rest")


def assumptions(*, people: float = 4_000.0, country: float = 5_500_000.0) -> Assumptions:
    """Both places have the country's rates; the first is older, and 1.2 times as many move out of it."""
    alive = np.cumprod(survivorship(NORWAY.mortality), axis=-1)
    ages = np.arange(121)
    shapes = np.stack([alive * (1.0 + 0.004 * ages), alive])
    sizes = np.array([people, country - people])
    population = shapes / shapes.sum(axis=(1, 2), keepdims=True) * sizes[:, None, None]
    weight = sizes / sizes.sum()
    return Assumptions(
        places=PLACES,
        base_year=2026,
        population=population,
        mortality=np.stack([NORWAY.mortality] * 2),
        decline=NORWAY.decline,
        fertility=np.stack([NORWAY.fertility] * 2),
        out_moves=np.stack([NORWAY.out_moves * 1.2, NORWAY.out_moves * np.where(people > 0, 1e-4, 1.0)]),
        abroad=NORWAY.abroad * 0.0,
        share=np.stack([np.full((2, 121), 0.8), np.full((2, 121), 0.2)]),
        immigration=weight[:, None, None] * NORWAY.arrivals * NORWAY.immigration,
        level_sd=np.array([0.004, 0.0001]),
        estimates=(
            Estimate("9901", "fertility", 1.5, 1.6, 0.4, 1.56),
            Estimate("rest", "fertility", 1.6, 1.6, 1.0, 1.6),
        ),
    )


def accounts() -> Accounts:
    """The accounts of Fjell: nothing is missing."""
    return Accounts(
        price_year=2024,
        expenditure={
            "kindergarten": 36e6, "school": 62e6, "child_welfare": 11e6, "health": 22e6, "care": 122e6, "social": 15e6,
            "administration": 28e6,
        },
        posts={
            "kindergarten": 38.0, "school": 66.0, "child_welfare": 8.0, "health": 21.0, "care": 131.0, "social": 9.0,
            "administration": 24.0,
        },
        users={
            "kindergarten": 190.0, "school": 430.0, "child_welfare": 40.0, "health": 4000.0, "care": 240.0,
            "social": 90.0, "administration": 4000.0,
        },
        free_income=300e6,
        tax=120e6,
        other_income=110e6,
        interest_rate=0.04,
        instalments=18e6,
        debt=450e6,
        free_funds=40e6,
        net_result=6e6,
    )  # fmt: skip
