"""Effect lists and answers for tests."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from tests.factories.initiatives import make_initiative

from samskap.apps.benefits import compute
from samskap.apps.benefits.models import Appraisal, Effect, EffectYear
from samskap.apps.benefits.queries.appraisals import Asked, ground_of
from samskap.apps.initiatives.models import Initiative
from samskap.kernel.acting import SYSTEM_IMPORT

__all__ = ["SHARES", "make_appraisal", "make_effect", "make_effect_list"]

_count = itertools.count(1)

SHARES = {
    "deadweight": Decimal("0.4"), "displacement": Decimal("0.1"), "attribution": Decimal("0.3"),
    "drop_off": Decimal("0.2"), "shares_source": "Egen undersøkelse 2025",
}  # fmt: skip


def make_effect(
    initiative: Initiative | None = None, *, years: dict[int, float | str] | None = None, **fields: Any
) -> Effect:
    """A priced benefit of 10 nights at 4,000 kroner in 2027 to 2029, in prices of 2026, unless told otherwise."""
    fields.setdefault("title", f"Virkning {next(_count)}")
    fields.setdefault("kind", "saved_money")
    fields.setdefault("who", "Innbyggerne")
    fields.setdefault("sector", "people")
    fields.setdefault("unit", "døgn")
    if fields.get("scale") is None and "price_nok" not in fields:
        fields["price_nok"] = Decimal(4000)
    if fields.get("price_nok") is not None:
        fields.setdefault("price_year", 2026)
    effect = Effect.objects.create(initiative=initiative or make_initiative(), **fields)
    for year, quantity in (years or {2027: 10, 2028: 10, 2029: 10}).items():
        EffectYear.objects.create(effect=effect, year=year, quantity=Decimal(str(quantity)))
    return effect


def make_effect_list(initiative: Initiative, **shares: Any) -> dict[str, Effect]:
    """One effect of each sort for ten years; `shares` go to the benefits with a price."""
    years = range(2027, 2037)
    public: dict[str, Any] = {"who": "Kommunen", "sector": "public"}
    spread = {"low": Decimal("0.9"), "mode": Decimal(1), "high": Decimal("1.4")}
    return {
        "cost": make_effect(
            initiative, title="Drift", kind="cost", unit="kr", years={2026: 1_500_000, 2027: 300_000}, certainty="sure",
            price_nok=Decimal(1), public_share=Decimal(1), spread="triangular", **spread, **public,
        ),
        "hours": make_effect(
            initiative, title="Frivillige timer", kind="cost", who="Laget", sector="voluntary", unit="timer",
            price_nok=Decimal(350), years={2027: 400}, in_kind=True, certainty="sure",
        ),
        "saved": make_effect(
            initiative, title="Færre liggedøgn", price_nok=Decimal(4500), years=dict.fromkeys(years, 40),
            public_share=Decimal(1), spread="normal", spread_sd=Decimal("0.22"), **public, **shares,
        ),
        "freed": make_effect(
            initiative, title="Frigjort tid", kind="freed_time", unit="timer", price_nok=Decimal(400),
            years=dict.fromkeys(years, 250), growth=Decimal("0.013"), certainty="sure", **public, **shares,
        ),
        "quality": make_effect(
            initiative, title="Tryggere kvelder", kind="quality", who="Eldre", unit="personer", scale=3,
            years=dict.fromkeys(years, 60),
        ),
        "harm": make_effect(
            initiative, title="Mer kjøring", kind="value_for_others", is_harm=True, who="Naboer", unit="turer",
            price_nok=Decimal(20), years=dict.fromkeys(years, 500), **shares,
        ),
    }  # fmt: skip


def make_appraisal(initiative: Initiative, *, shown: bool = False, **asked: Any) -> Appraisal:
    """An answer about the initiative's effect list, as the page makes it."""
    options = {
        "name": "Første vurdering", "edition": "no-r109-2021", "comparison_year": 2026, "price_year": 2026,
        "horizon_years": 20, "seed": 20171114,
    } | asked  # fmt: skip
    made = compute.appraise(initiative, ground_of(initiative), Asked(**options), by=SYSTEM_IMPORT)
    if shown:
        Appraisal.objects.filter(pk=made.pk).update(is_shown=True)
        made.refresh_from_db()
    return made
