"""A walking group as an appraisal: every kind of answer is in it."""

from __future__ import annotations

from typing import Any

from samskap.engines.appraisal import Correlation, Effect, Options, PriceIndex, Shares, Spread, answer
from samskap.formats.appraisal_json import to_document

PILOT = Shares(deadweight=0.3, displacement=0.0, attribution=0.2, drop_off=0.1, source="A pilot, 2025")
OPTIONS = Options(
    comparison_year=2026,
    horizon_years=10,
    lifetime_years=15,
    price_index=PriceIndex.of({2024: 0.94, 2026: 1.0}, source="SSB 14700"),
    correlations=(Correlation("falls", "care", 0.5),),
    draws=500,
    seed=20171114,
)
MUNICIPALITY: dict[str, Any] = {"who": "The municipality", "sector": "public", "price_year": 2026}

EFFECTS = (
    Effect(
        key="coordinator", title="Coordinator", kind="cost", unit="posts", first_year=2026, quantity=(0.5, 0.5, 0.5),
        price=850_000.0, public_share=1.0, spread=Spread.triangular(0.9, 1.0, 1.4, yearly_sd=0.05), **MUNICIPALITY,
    ),
    Effect(
        key="hours", title="Volunteer hours", kind="cost", who="Sports club", sector="voluntary", unit="hours",
        first_year=2026, quantity=(600.0, 600.0, 600.0), price=282.0, price_year=2024, in_kind=True,
    ),
    Effect(
        key="falls", title="Fewer hip fractures", kind="avoided_cost", unit="fractures", first_year=2027,
        quantity=(2.0, 2.0, 2.0, 2.0), price=250_000.0, public_share=1.0, spread=Spread.normal(0.3), shares=PILOT,
        **MUNICIPALITY,
    ),
    Effect(
        key="care", title="Freed hours of care", kind="freed_time", unit="hours", first_year=2027,
        quantity=(400.0,) * 10, price=450.0, spread=Spread.lognormal(0.5), shares=PILOT, **MUNICIPALITY,
    ),
    Effect(
        key="company", title="Company", kind="quality", who="Residents", sector="people", unit="people",
        first_year=2026, quantity=(40.0,), scale=3,
    ),
    Effect(
        key="noise", kind="value_for_others", who="Residents", sector="people", unit="homes", first_year=2026,
        quantity=(4.0,), is_harm=True,
    ),
)  # fmt: skip


def document(effects: tuple[Effect, ...] = EFFECTS, options: Options = OPTIONS) -> dict[str, Any]:
    return to_document(effects, options, answer(effects, options), title="Walking group")
