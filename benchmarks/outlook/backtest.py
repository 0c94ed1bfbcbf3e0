"""What the outlook would have said, and what came: all 357 municipalities, and Telemark beside the official vintages.

From each base year only what was known then is used (`known.py`). The middle of the draws is the forecast. Errors are
of people: "mean" is the mean over municipalities of the absolute error in % of what came, "weighted" the sum of
absolute errors in % of all people. A band holds if what came lies in it. The score of the 80 % band is its width and
ten times the miss, in % of what came (Gneiting and Raftery 2007): less is better.

    python benchmarks/outlook/backtest.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent / "opinion_map"))  # the reporting that benchmarks share

import numpy as np
from data import Array, Population, is_here, later, municipalities, national, official, telemark, telemark_names
from known import history_at, vital_at
from measuring import ROOT, Claim, Sheet, at_least, at_most, publish, run, skip

from samskap.engines.outlook.ages import FOLDS, REPORTED
from samskap.engines.outlook.estimating import estimate
from samskap.engines.outlook.inputs import Assumptions, Noise
from samskap.engines.outlook.simulating import simulate

RESULTS = ROOT / "benchmarks" / "results" / "outlook"
DRAWS = 2_000
SEED = 2026
CASES = {2012: (5, 10), 2014: (5, 10), 2017: (5, 7)}
"""Horizons by base year. Figures with both sexes end in 2022, those of all ages in 2024."""
OFFICIAL = {2012: (5, 8, 10), 2014: (5, 8, 10), 2016: (5, 8, 10), 2018: (5, 8), 2020: (5,)}
"""Vintages of the official projection that begin in their own year, and horizons that Telemark's figures reach."""
SIZES = (0, 2_000, 5_000, 10_000, 20_000, 50_000, 10_000_000)
GROUPS = ("total", "0-5", "6-15", "16-66", "67-79", "80-89", "90+")
BANDS = {50: (25.0, 75.0), 80: (10.0, 90.0), 95: (2.5, 97.5)}
SPLIT_IN_2024 = ("1508", "1580")
"""Ålesund and Haram: one municipality until 2024, which the later figures do not tell apart before."""
LIMITS = {
    (2012, 5): {"mean total": 2.3, "80-89": 2.2, "90+": 6.2},
    (2017, 5): {"mean total": 3.8, "80-89": 2.2, "90+": 6.2},
    (2012, 10): {"80-89": 3.4},
}
COVER = (70.0, 90.0)
DEMANDED = (2012, 2017)
"""Base years whose bands must hold; 2014 is shown beside them."""


@dataclass(frozen=True, slots=True, eq=False)
class Tested:
    """A base year and horizon: `draws` (A, 7, draws), what `came` (A, 7), `size` at the base, who is `judged` (A,)."""

    base: int
    horizon: int
    draws: Array
    came: Array
    size: Array
    judged: Array

    @property
    def name(self) -> str:
        return f"{self.base}+{self.horizon}"

    @property
    def middle(self) -> Array:
        return np.asarray(np.median(self.draws, axis=-1))

    def inside(self, level: int) -> Array:
        """(A, 7) whether what came lies in the band."""
        low, high = np.percentile(self.draws, BANDS[level], axis=-1)
        return np.asarray((low <= self.came) & (self.came <= high))

    def score(self) -> Array:
        """(A, 7) interval score of the 80 % band in % of what came."""
        low, high = np.percentile(self.draws, BANDS[80], axis=-1)
        missed = np.maximum(low - self.came, 0.0) + np.maximum(self.came - high, 0.0)
        return np.asarray(100 * (high - low + 10 * missed) / np.maximum(self.came, 1.0))

    def classes(self) -> Iterator[tuple[str, Array]]:
        """Size classes that hold a municipality, and who is in them."""
        for low, high in pairwise(SIZES):
            inside = self.judged & (self.size >= low) & (self.size < high)
            name = f"under {high:,}" if low == 0 else f"{low:,} to {high:,}" if high < SIZES[-1] else f"over {low:,}"
            if inside.any():
                yield name, inside


def folded(persons: Array, *, groups: tuple[tuple[int, int], ...]) -> Array:
    """(..., 7) the total and the reported groups of persons (..., classes) whose ages are `groups`."""
    parts = [persons.sum(axis=-1)]
    for name in GROUPS[1:]:
        first, last = REPORTED[name]
        inside = [first <= low and min(high, last) == high for low, high in groups]
        parts.append(persons[..., inside].sum(axis=-1))
    return np.stack(parts, axis=-1)


def assumptions_at(population: Population, base: int) -> Assumptions:
    vital = vital_at(national(), population, base=base)
    return estimate(history_at(population, base=base, vital=vital), vital)


def tested(population: Population) -> list[Tested]:
    """Every case, with its draws."""
    found = []
    for base, horizons in CASES.items():
        assumed = assumptions_at(population, base)
        run_of = simulate(assumed, years=max(horizons), draws=DRAWS, seed=SEED, classes=FOLDS)
        for horizon in horizons:
            at = np.moveaxis(run_of.persons[:, horizon].astype(np.float64), 1, -1)
            draws = np.moveaxis(folded(at, groups=run_of.classes), -1, 1)
            size = assumed.population.sum(axis=(1, 2))
            judged = np.array([base + horizon < 2024 or place not in SPLIT_IN_2024 for place in population.places])
            found.append(Tested(base, horizon, draws, came(population, base + horizon), size, judged))
    return found


def came(population: Population, year: int) -> Array:
    """(A, 7) what came."""
    ages = tuple((age, age) for age in range(population.persons.shape[-1]))
    if year in population.years:
        return folded(population.persons[:, population.years.index(year)].sum(axis=1), groups=ages)
    return folded(later(population.places, years=(year,))[:, 0], groups=ages)


def errors(case: Tested) -> dict[str, Any]:
    """The figures of one case, in %."""
    middle, truth = case.middle[case.judged], case.came[case.judged]
    share = np.abs(middle - truth) / np.maximum(truth, 1.0)
    weighted = np.abs(middle - truth).sum(axis=0) / truth.sum(axis=0)
    bias = middle.sum(axis=0) / truth.sum(axis=0) - 1
    return {
        "mean total": 100 * float(share[:, 0].mean()),
        "within 5 %": 100 * float((share[:, 0] <= 0.05).mean()),
        **{name: 100 * float(weighted[at]) for at, name in enumerate(GROUPS)},
        **{f"bias {name}": 100 * float(bias[at]) for at, name in enumerate(GROUPS)},
    }


def error_sheets(cases: list[Tested]) -> list[Sheet]:
    found = [(case.name, errors(case)) for case in cases]
    first = ("mean total", "within 5 %", *GROUPS)
    return [
        Sheet(
            "Error of the middle path: mean and share within 5 % of the total; weighted by group (%)",
            ("case", *first),
            [(name, *(round(row[column], 2) for column in first)) for name, row in found],
        ),
        Sheet(
            "Bias: all municipalities together against what came (%)",
            ("case", *GROUPS),
            [(name, *(round(row[f"bias {column}"], 2) for column in GROUPS)) for name, row in found],
        ),
    ]


def band_sheets(cases: list[Tested]) -> list[Sheet]:
    """Coverage and score by size class: of the total at 50, 80 and 95 %, of the groups at 80 %."""
    totals, groups = [], []
    for case in cases:
        inside = {level: case.inside(level) for level in BANDS}
        score = case.score()
        for name, here in (*case.classes(), ("all", case.judged)):
            shares = [100 * float(inside[level][here, 0].mean()) for level in BANDS]
            scores = float(score[here, 0].mean())
            totals.append((case.name, name, int(here.sum()), *(round(it, 1) for it in shares), round(scores, 1)))
            groups.append((case.name, name, *(round(100 * float(it), 1) for it in inside[80][here].mean(axis=0))))
    return [
        Sheet("Total: how often the bands hold (%)", ("case", "people", "places", "50", "80", "95", "score"), totals),
        Sheet("80 % band by group: how often it holds (%)", ("case", "people", *GROUPS), groups),
    ]


def pooled_sheet(cases: list[Tested]) -> Sheet:
    """All cases together: a size class is in every case, with other municipalities' luck."""
    rows = []
    for name in dict(cases[0].classes()):
        held = np.concatenate([case.inside(80)[dict(case.classes())[name]] for case in cases])
        rows.append((name, len(held), *(round(100 * float(it), 1) for it in held.mean(axis=0))))
    return Sheet("80 % band, all cases together (%)", ("people", "cases", *GROUPS), rows)


def error_claims(cases: list[Tested]) -> list[Claim]:
    claims = []
    for case in cases:
        found = errors(case)
        for what, limit in LIMITS.get((case.base, case.horizon), {}).items():
            told = "mean error of the total" if what == "mean total" else f"weighted error of ages {what}"
            claims.append(at_most(f"{case.name}: {told}", found[what], limit, unit="%"))
    return claims


def band_claims(cases: list[Tested]) -> list[Claim]:
    """The 80 % band of the total holds for 70 to 90 % in every size class, from every base year demanded."""
    claims = []
    for case in (case for case in cases if case.base in DEMANDED):
        inside = case.inside(80)[:, 0]
        for name, here in case.classes():
            share = 100 * float(inside[here].mean())
            bound: Callable[..., Claim] = at_least if share < sum(COVER) / 2 else at_most
            limit = COVER[0] if bound is at_least else COVER[1]
            claims.append(bound(f"{case.name}: 80 % band of the total, {name}", share, limit, unit="%"))
    return claims


def telemark_sheet(population: Population) -> Sheet:
    """Our middle path and the official main alternative, from the same base year, in the same municipalities."""
    truth, vintages, names = telemark(), official(), telemark_names()
    rows = []
    for base, horizons in OFFICIAL.items():
        quiet = Noise(nation=False, place=False, people=False)
        ours = simulate(assumptions_at(population, base), years=max(horizons), draws=1, noise=quiet)
        for horizon in horizons:
            year, both = base + horizon, []
            for place in sorted(names.values()):
                theirs = [vintages.get((base, place, year, group)) for group in GROUPS[1:]]
                known = [truth.get((place, year, group)) for group in GROUPS[1:]]
                if None not in theirs and None not in known:
                    at = ours.persons[ours.places.index(place), horizon, :, 0].astype(np.float64)
                    both.append((folded(at, groups=ours.classes)[1:], np.array(theirs), np.array(known)))
            for who, at in (("ours", 0), ("official", 1)):
                rows.append((f"{base}+{horizon}", who, len(both), *_beside(both, at)))
    columns = ("case", "who", "places", "mean total", "within 5 %", *GROUPS[1:])
    return Sheet("Telemark: ours beside Statistics Norway's vintage of the year, main alternative (%)", columns, rows)


def _beside(both: list[tuple[Array, Array, Array]], at: int) -> list[float]:
    said, known = np.array([row[at] for row in both]), np.array([row[2] for row in both])
    total = np.abs(said.sum(axis=1) / known.sum(axis=1) - 1)
    weighted = np.abs(said - known).sum(axis=0) / known.sum(axis=0)
    return [round(100 * float(it), 1) for it in (total.mean(), (total <= 0.05).mean(), *weighted)]


def main() -> int:
    """The whole backtest."""
    if not is_here():
        skip("backtest", reason="The folder ../shared/data with published figures is not beside the repository.")
    population = municipalities()
    cases = tested(population)
    return publish(
        "backtest",
        claims=[*error_claims(cases), *band_claims(cases)],
        tables=[*error_sheets(cases), *band_sheets(cases), pooled_sheet(cases), telemark_sheet(population)],
        notes=[
            f"{DRAWS} draws, seed {SEED}. One municipality is 6 points of the largest size class and 2 of the next.",
            "The spread of lasting levels and the fading of old years were chosen with these tables in sight.",
        ],
        folder=RESULTS,
    )


if __name__ == "__main__":
    run(__file__, whole=main)
