"""An outlook made by hand: round numbers that fall and rise evenly, so that what a page tells can be foretold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from samskap.apps.actors.models import Municipality
from samskap.apps.outlook import actions, compute
from samskap.apps.outlook.models import Scenario
from samskap.apps.outlook.queries import Past, Told
from samskap.engines.outlook.inputs import Estimate
from samskap.engines.outlook.levers import Levers
from samskap.engines.outlook.result import (
    Band,
    Closing,
    Explained,
    MoneyPath,
    Official,
    Outlook,
    ServicePath,
)
from samskap.engines.outlook.services import SERVICES
from samskap.formats.outlook_basis import Basis
from samskap.kernel.acting import SYSTEM_DEMO

__all__ = ["YEARS", "make_band", "make_closing", "make_money", "make_outlook", "make_scenario", "make_told"]

YEARS = tuple(range(2026, 2052))


def make_band(start: float, end: float, *, spread: float = 0.1) -> Band:
    """Even from start to end; four of five lie within `spread` of the middle in the last year, and none strays now."""
    last = len(YEARS) - 1
    middle = [start + (end - start) * at / last for at in range(len(YEARS))]
    wide = [spread * max(abs(start), abs(end)) * at / last for at in range(len(YEARS))]

    def at(share: float) -> tuple[float, ...]:
        return tuple(m + share * w for m, w in zip(middle, wide, strict=True))

    return Band(at(0.0), at(-1.5), at(-1.0), at(-0.5), at(0.0), at(0.5), at(1.0), at(1.5))


def make_money(**changes: Any) -> MoneyPath:
    """Room for manoeuvre that falls from 8 to -42 million kroner, and is gone from 2032 in half of the futures."""
    plain = MoneyPath(
        price_year=2025, revenue=make_band(400e6, 430e6), grant_need_index=make_band(1.1, 1.2),
        cost=make_band(390e6, 460e6), must=make_band(0.0, 70e6), chosen=make_band(0.0, 0.0),
        net_result=make_band(15e6, -35e6), net_result_share=make_band(3.75, -8.0), room=make_band(8e6, -42e6),
        room_share=make_band(2.0, -9.8), room_a_head=make_band(1950.0, -11350.0),
        room_posts=make_band(10.0, -50.0), debt=make_band(400e6, 500e6), free_funds=make_band(40e6, 0.0),
        accumulated=make_band(8e6, -400e6),
        chance_negative=tuple(min(0.1 + 0.08 * at, 0.999) for at in range(len(YEARS))), first_likely_negative=2032,
        funds_last=2038, gap_to_target=(3.2, 1.1, 5.6), gap_for_ever=(4.1, 1.9, 6.4),
    )  # fmt: skip
    return replace(plain, **changes)


def make_outlook(**changes: Any) -> Outlook:
    """A small rural municipality that ages: 4100 people who become 3700, and 700 posts that become 800."""
    groups = {
        "0-5": make_band(220, 170), "6-15": make_band(480, 360), "16-66": make_band(2500, 2070),
        "67-79": make_band(610, 640), "80-89": make_band(230, 350), "90+": make_band(60, 110),
        "80+": make_band(290, 460),
    }  # fmt: skip
    plain = Outlook(
        place="4016", base_year=YEARS[0], years=YEARS, draws=1000, seed=2026, engine_version="outlook 1.0",
        input_hash="0" * 32, population=make_band(4100, 3700), groups=groups, births=make_band(36, 26),
        deaths=make_band(48, 55), net_moves=make_band(-5, -2), support_ratio=make_band(8.6, 4.5),
        services=tuple(_service(key) for key in SERVICES), posts=make_band(700, 800), posts_share=make_band(28, 39),
        workforce=make_band(2500, 2070), money=make_money(), closing=None,
        explained=(Explained("place", 0.55), Explained("nation", 0.3), Explained("people", 0.15)),
        estimates=(Estimate("4016", "fertility", 1.62, 1.43, 0.34, 1.49),
                   Estimate("4016", "mortality", 1.05, 1.0, 0.4, 1.02),
                   Estimate("4016", "net_moves", -0.0031, 0.0042, 0.7, -0.0012)),
    )  # fmt: skip
    return replace(plain, **changes)


def _service(key: str) -> ServicePath:
    grows = key in ("care", "health")
    unit = {"kindergarten": "children", "school": "pupils", "care": "recipients"}.get(key, "need")
    end = 1.6 if grows else 0.8
    return ServicePath(
        key=key, unit=unit, users=make_band(200, 200 * end), posts=make_band(100, 100 * end),
        kroner=make_band(56e6, 56e6 * end), must=make_band(0.0, 56e6 * (end - 1)), chosen=make_band(0.0, 0.0),
    )  # fmt: skip


def make_told(*, outlook: Outlook | None = None, standing: Any = "official", **changes: Any) -> Told:
    """An outlook with what stands beside it: twenty years of people, and two official projections."""
    past_years = tuple(range(2006, 2027))
    groups = {key: tuple(float(band.p50[0]) for _ in past_years) for key, band in make_outlook().groups.items()}
    groups["total"] = tuple(4150.0 - 2.5 * at for at in range(len(past_years)))
    plain = Told(
        name="Prøvedal",
        outlook=outlook or make_outlook(),
        basis=Basis("Prøvedal", standing, ("Kilde: SSB, tabell 07459, hentet 1.11.2026",), Levers(), ()),
        past=Past(past_years, groups),
        official={"total": (_official(2018, -3.0), _official(2024, -6.0))},
    )
    return replace(plain, **changes)


def _official(start: int, change: float) -> Official:
    years = tuple(range(start, 2051))
    persons = tuple(4120.0 + change * (year - start) for year in years)
    low = tuple(value * (1 - 0.004 * (year - start)) for year, value in zip(years, persons, strict=True))
    high = tuple(value * (1 + 0.004 * (year - start)) for year, value in zip(years, persons, strict=True))
    return Official(str(start), years, "total", persons, low, high)


def make_closing() -> Closing:
    """Twelve million kroner and five posts in the last year."""
    return Closing(make_band(0.0, 12e6), make_band(0.0, 5.0), make_band(0.0, 28.0), ())


def make_scenario(municipality: Municipality, *, name: str = "Som nå", told: Told | None = None) -> Scenario:
    """What `told` (the outlook made by hand) tells, saved."""
    seen = told or make_told()
    kept = compute.scenario_fields(seen, levers=seen.levers, replaced={})
    return actions.save_scenario(municipality, name=name, by=SYSTEM_DEMO, **kept)
