"""Outlooks made by hand, for tests of files: plain numbers that are easy to find again."""

from __future__ import annotations

from typing import Any

from samskap.engines.outlook import (
    SERVICES,
    Band,
    Closing,
    Estimate,
    Explained,
    Levers,
    MoneyPath,
    Outlook,
    ServicePath,
    Share,
)
from samskap.formats.outlook_basis import Assumed, Basis

YEARS = tuple(range(2026, 2052))
UNITS = {"kindergarten": "children", "school": "pupils", "care": "recipients"}


def band(first: float, last: float, *, spread: float = 0.1) -> Band:
    """From `first` straight to `last`, with a spread that grows from none to so large a share of the middle."""
    steps = len(YEARS) - 1
    middle = [first + (last - first) * step / steps for step in range(steps + 1)]

    def away(share: float) -> tuple[float, ...]:
        return tuple(value * (1 + share * spread * step / steps) for step, value in enumerate(middle))

    return Band(away(0.1), *(away(share) for share in (-2.0, -1.3, -0.7, 0.0, 0.7, 1.3, 2.0)))


def outlook(**changes: Any) -> Outlook:
    """An outlook with everything in it, but for what is changed."""
    parts: dict[str, Any] = {
        "place": "4016",
        "base_year": 2026,
        "years": YEARS,
        "draws": 1000,
        "seed": 2026,
        "engine_version": "outlook 1",
        "input_hash": "ab" * 32,
        "population": band(4034, 3700),
        "groups": {
            "0-5": band(191, 150), "6-15": band(422, 340), "16-66": band(2487, 2150), "67-79": band(617, 580),
            "80-89": band(257, 320), "90+": band(60, 110), "80+": band(317, 430),
        },
        "births": band(33, 28),
        "deaths": band(44, 52),
        "net_moves": band(5, 0),
        "support_ratio": band(7.84, 5.0),
        "services": tuple(
            ServicePath(
                key, UNITS.get(key, "need"), band(100, 120), band(40, 50), band(41e6, 52e6), band(0, 9e6), band(0, 2e6)
            )
            for key in SERVICES
        ),
        "posts": band(340, 380),
        "posts_share": band(13.7, 17.7),
        "workforce": band(2487, 2150),
        "money": money(),
        "closing": Closing(band(0, 3e6), band(0, 4), band(0, 35), (Share("lift", 2e6, 1e6, 3e6, "shapley", 2031),)),
        "explained": (Explained("place", 0.6), Explained("people", 0.3), Explained("nation", 0.1)),
        "estimated": (),
        "estimates": (Estimate("4016", "mortality", 1.05, 1.0, 0.4, 1.02),),
    }  # fmt: skip
    return Outlook(**{**parts, **changes})


def money(**changes: Any) -> MoneyPath:
    """Money that runs out in 2033."""
    parts: dict[str, Any] = {
        "price_year": 2025,
        "revenue": band(388.5e6, 371e6),
        "grant_need_index": band(1.15, 1.21),
        "cost": band(347e6, 362e6),
        "must": band(0, 15e6),
        "chosen": band(0, 0),
        "net_result": band(8.5e6, -14e6),
        "net_result_share": band(2.2, -3.8),
        "room": band(1.7e6, -20.5e6),
        "room_share": band(0.45, -5.5),
        "room_posts": band(2, -24),
        "debt": band(365e6, 410e6),
        "free_funds": band(33e6, 0),
        "accumulated": band(0, -200e6),
        "chance_negative": tuple(min(1.0, 0.02 + 0.07 * step) for step in range(len(YEARS))),
        "first_likely_negative": 2033,
        "funds_last": 2038,
        "gap_to_target": (2.4, 1.1, 3.9),
        "gap_for_ever": (3.1, 1.6, 4.4),
    }
    return MoneyPath(**{**parts, **changes})


BASIS = Basis(
    name="Drangedal",
    standing="illustrative",
    sources=("Samskap (tenkte tall), tabell E1",),
    levers=Levers(births=10.0, coverage={**Levers().coverage, "care": -5.0}),
    parameters=(
        Assumed("norm", 0.0175, "2014", "Technical committee", True),
        Assumed("national.need", 62_000.0, "2024", "Estimated & rounded", False),
    ),
)
