"""Effects and options: short to write, and drawn at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from samskap.engines.appraisal import DENOMINATORS, KINDS, SECTORS, TIMINGS, Effect, Options, PriceIndex, Shares, Spread

YEAR = 2025
INDEX = PriceIndex.of({2021: 0.87, 2023: 0.96, 2025: 1.02}, source="made up")
FOUND = Shares(deadweight=0.4, displacement=0.1, attribution=0.3, drop_off=0.2, source="An interview of users, 2025")


def effect(key: str, kind: str = "saved_money", *amounts: float, price: float | None = 1.0, **more: Any) -> Effect:
    """Kroner of 2025 in 2025 and the years after it, the municipality's."""
    usual: dict[str, Any] = {
        "who": "The municipality", "sector": "public", "unit": "kroner", "first_year": YEAR, "price_year": YEAR,
    }  # fmt: skip
    return Effect(key=key, kind=kind, quantity=tuple(map(float, amounts)) or (1.0,), price=price, **usual | more)


def options(**more: Any) -> Options:
    return Options(**{"comparison_year": YEAR, **more})


shares = st.floats(0, 1).map(lambda share: round(share, 3))
spreads = st.one_of(
    st.builds(Spread.normal, st.floats(0.01, 0.4)),
    st.builds(Spread.lognormal, st.floats(0.01, 0.8)),
    st.builds(Spread.uniform, st.floats(0, 0.9), st.floats(1, 2)),
    st.builds(Spread.triangular, st.floats(0, 0.9), st.floats(0.9, 1.1), st.floats(1.2, 2)),
)


@st.composite
def effect_lists(draw: st.DrawFn, *, most: int = 5, uncertain: bool = False) -> tuple[Effect, ...]:
    """Priced and unpriced effects of all kinds; a cost is always among them."""
    kinds = ["cost", *draw(st.lists(st.sampled_from(KINDS), max_size=most - 1))]
    return tuple(draw(_effects(f"e{place}", kind, uncertain=uncertain)) for place, kind in enumerate(kinds))


@st.composite
def _effects(draw: st.DrawFn, key: str, kind: str, *, uncertain: bool) -> Effect:
    is_cost = kind == "cost"
    in_kind = is_cost and draw(st.booleans())
    is_cash = kind != "freed_time" and not in_kind
    is_priced = is_cost or draw(st.integers(0, 4)) > 0
    return Effect(
        key=key,
        kind=kind,
        who=draw(st.sampled_from(["A", "B"])),
        sector=draw(st.sampled_from(SECTORS)),
        unit="pieces",
        first_year=draw(st.integers(YEAR - 3, YEAR + 12)),
        quantity=tuple(draw(st.lists(st.floats(0, 1000).map(lambda amount: round(amount, 2)), min_size=1, max_size=9))),
        price=round(draw(st.floats(0, 5000)), 2) if is_priced else None,
        price_year=draw(st.sampled_from([2021, 2023, 2025])) if is_priced else None,
        is_harm=not is_cost and draw(st.integers(0, 5)) == 0,
        certainty=draw(st.sampled_from(["sure", "hoped"])),
        growth=draw(st.sampled_from([0.0, 0.009, 0.013, -0.01])),
        public_share=draw(shares) if is_cash else 0.0,
        in_kind=in_kind,
        shares=Shares(deadweight=draw(shares), displacement=draw(shares), attribution=draw(shares),
                      drop_off=draw(shares), source="made up"),
        spread=draw(spreads) if uncertain and is_priced else None,
    )  # fmt: skip


some_options = st.builds(
    Options,
    comparison_year=st.just(YEAR),
    edition=st.sampled_from(["no-r109-2021", "no-r109-2005", "uk-2022", "uk-2026"]),
    anchor_year=st.one_of(st.none(), st.integers(YEAR - 42, YEAR + 4)),
    horizon_years=st.integers(8, 12),
    lifetime_years=st.one_of(st.none(), st.integers(12, 20)),
    price_year=st.sampled_from([None, 2021, 2025]),
    price_index=st.just(INDEX),
    growth_from=st.sampled_from([None, 2020, 2027]),
    growth_fades=st.sampled_from([None, (2026, 2030)]),
    count_freed_time=st.booleans(),
    nnb_denominator=st.sampled_from(DENOMINATORS),
    timing=st.sampled_from(TIMINGS),
    seed=st.integers(0, 2**63 - 1),
)
