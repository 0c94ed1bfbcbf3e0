"""How fast people are simulated, beside what this machine's memory and caches can carry in the same run.

One municipality of a stored pass, and as one of two places: 1,000 draws, 25 years, all layers of chance, compiled after
warm-up; in NumPy alone, as where numba is missing; and against a plain implementation in double precision that draws
every cell anew. All municipalities in a process of its own: wall, processor time and peak memory. Real figures where
`../shared/data` is beside the repository, else made-up places of the same sizes.

    python benchmarks/outlook/speed.py

Others on the machine make wall times long: of many short repetitions the shortest is told, and its least processor
time. Where others never rest, look at the processor time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent / "opinion_map"))  # the reporting that benchmarks share

import numba
import numpy as np
from data import is_here, municipalities, national
from known import history_at, vital_at
from measuring import ROOT, Sheet, at_most, fresh, publish, run

from samskap.engines.outlook import plain
from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.estimating import estimate
from samskap.engines.outlook.inputs import Assumptions
from samskap.engines.outlook.life_tables import survivorship
from samskap.engines.outlook.norway import NORWAY
from samskap.engines.outlook.pooling import Pool
from samskap.engines.outlook.simulating import Simulation, simulate

RESULTS = ROOT / "benchmarks" / "results" / "outlook"
PLACES, DRAWS, YEARS, BASE = 357, 1000, 25, 2022
CELLS = 2 * AGES * DRAWS * YEARS
ONE_MS, PLAIN_MS, ALL_S, ALL_MB = 10.0, 250.0, 2.5, 1000.0
MIDDLE_SIZED = 5_000
TIMES, PLAIN_TIMES, PASSES = 200, 8, 4

Timed = tuple[float, float]
"""Wall and processor time, seconds."""


def main() -> int:
    """All figures."""
    bandwidth = _bandwidth()
    rows = _one_municipality()
    everything = fresh(__file__, "all_places")
    passes = [(*each,) for each in everything.answer["passes"]]
    best = min(wall for wall, _ in passes)
    work = CELLS * PLACES
    rows += [
        (f"{PLACES} municipalities, pass {number}", 1e3 * wall, 1e3 * busy, 1e9 * busy / work)
        for number, (wall, busy) in enumerate(passes, start=1)
    ]
    claims = [
        at_most(f"One municipality of a stored pass, compiled, shortest of {TIMES}", rows[0][1], ONE_MS, unit="ms"),
        at_most(f"One municipality, NumPy alone, shortest of {PLAIN_TIMES}", rows[2][1], PLAIN_MS, unit="ms"),
        at_most(f"All {PLACES}, wall, shortest of {PASSES}", best, ALL_S, unit="s"),
        at_most(f"All {PLACES}, peak memory of the process", everything.peak_mb, ALL_MB, unit="MB"),
    ]
    sheets = [
        Sheet("This machine, one thread", ("what", "GB/s"), bandwidth),
        Sheet(f"{DRAWS:,} draws, {YEARS} years", ("what", "wall, ms", "processor, ms", "ns a cell"), rows),
    ]
    notes = [f"Places: {'published figures' if is_here() else 'made up'}. A cell is a sex, age, year and draw."]
    return publish("speed", claims=claims, tables=sheets, notes=notes, folder=RESULTS)


def _one_municipality() -> list[tuple[str, float, float, float]]:
    whole = _assumptions()
    at = int(np.argmin(np.abs(whole.population.sum(axis=(1, 2)) - MIDDLE_SIZED)))
    pair, place = _with_the_rest(whole, at), whole.places[at]
    pool = simulate(pair, draws=DRAWS, years=YEARS).pool

    def alone(**more: Any) -> Simulation:
        return simulate(pair, draws=DRAWS, years=YEARS, places=(place,), **more)

    told = [
        ("One municipality, compiled", _least(lambda: alone(pool=pool), times=TIMES)),
        ("with the rest of the country, compiled", _least(alone, times=TIMES)),
        ("One municipality, NumPy alone", _least(lambda: alone(pool=pool, runner=plain.run), times=PLAIN_TIMES)),
        ("plain implementation, double precision", _least(lambda: obvious(pair, pool), times=PLAIN_TIMES)),
    ]
    cells = [CELLS, 2 * CELLS, CELLS, CELLS]
    return [
        (what, 1e3 * wall, 1e3 * busy, 1e9 * busy / size)
        for (what, (wall, busy)), size in zip(told, cells, strict=True)
    ]


def obvious(given: Assumptions, pool: Pool) -> Any:
    """The same model of the first place as one would write it: double precision, (draws, 2, 121), nothing reused."""
    chance = np.random.default_rng(1)
    variation = given.variation
    people = np.repeat(given.population[:1], DRAWS, axis=0)
    fertility, mortality, immigration = np.zeros((DRAWS, 1)), np.zeros((DRAWS, 2, 1)), np.zeros((DRAWS, 1, 1))
    lasting = chance.normal(0, given.level_sd[0], (DRAWS, 1, 1))
    own = np.exp(chance.normal(0, variation.place_mortality_sd, (DRAWS, 1, 1)))
    totals = [people.sum(axis=(1, 2))]
    for year in range(YEARS):
        fertility = fertility + chance.normal(0, variation.fertility_sd, (DRAWS, 1))
        mortality = mortality + chance.normal(0, variation.mortality_sd[0], (DRAWS, 2, 1))
        immigration = 0.9 * immigration + chance.normal(0, 0.1, (DRAWS, 1, 1))
        ratios = survivorship(given.mortality[0] * np.exp(-given.decline * year))
        hazard = -np.log(np.concatenate([ratios[:, 1:], ratios[:, -1:]], axis=1)) * np.exp(mortality) * own
        strays = lasting + chance.normal(0, 0.004, (DRAWS, 1, 1))
        both = hazard + given.out_moves[0]
        gone = -np.expm1(-both) / both
        dying, leaving = hazard * gone, given.out_moves[0] * gone
        deaths = people * dying + _root(people * dying * (1 - dying)) * chance.standard_normal(people.shape)
        moves = people * (leaving - strays) + _root(people * leaving * (1 - leaving)) * chance.standard_normal(
            people.shape
        )
        arrivals = given.share[0] * pool.movers[year].transpose(2, 0, 1) + given.immigration[0] * np.exp(immigration)
        arrivals = arrivals + _root(arrivals) * chance.standard_normal(people.shape)
        here = people - deaths - moves + arrivals * np.exp(-hazard / 2)
        older = np.zeros_like(people)
        older[..., 1:] = here[..., :-1]
        older[..., -1] += here[..., -1]
        born = (given.fertility[0] * np.exp(fertility) * (people[:, 0] + older[:, 0]) / 2).sum(axis=1)
        born = born + _root(born) * chance.standard_normal(DRAWS)
        older[:, 0, 0], older[:, 1, 0] = born / 2.06 * ratios[0, 0], born * 1.06 / 2.06 * ratios[1, 0]
        people = older
        totals.append(people.sum(axis=(1, 2)))
    return np.array(totals)


def all_places() -> dict[str, Any]:
    """Passes over all municipalities; compiled code comes from the disk, as the second time on any machine."""
    given = _assumptions()
    simulate(given, draws=1, years=1)
    return {"passes": [_timed(lambda: simulate(given, draws=DRAWS, years=YEARS)) for _ in range(PASSES)]}


def _assumptions() -> Assumptions:
    if not is_here():
        return _made_up()
    population = municipalities()
    vital = vital_at(national(), population, base=BASE)
    return estimate(history_at(population, base=BASE, vital=vital), vital)


def _made_up() -> Assumptions:
    """Places from 150 to some hundred thousand people, with the country's schedules."""
    sizes = np.exp(np.random.default_rng(1).normal(8.6, 1.2, PLACES))
    sizes *= 5.5e6 / sizes.sum()
    alive = np.cumprod(survivorship(NORWAY.mortality), axis=-1)
    population = np.round(alive / alive.sum() * sizes[:, None, None])
    weight = (sizes / sizes.sum())[:, None, None]
    every = np.ones((PLACES, 1, 1))
    return Assumptions(
        places=tuple(f"{1000 + number}" for number in range(PLACES)),
        base_year=BASE,
        population=population,
        mortality=NORWAY.mortality * every,
        decline=NORWAY.decline,
        fertility=NORWAY.fertility * every[..., 0],
        out_moves=NORWAY.out_moves * every,
        abroad=NORWAY.abroad,
        share=weight * np.ones((2, AGES)),
        immigration=weight * NORWAY.arrivals * NORWAY.immigration,
        level_sd=np.full(PLACES, 0.004),
    )


def _with_the_rest(whole: Assumptions, at: int) -> Assumptions:
    """One place and all others as one."""
    people = np.maximum(whole.population, 1e-9)

    def pair(values: Any, weights: Any = None) -> Any:
        rest = np.delete(values, at, axis=0)
        if weights is None:
            return np.stack([values[at], rest.sum(axis=0)])
        return np.stack([values[at], np.average(rest, axis=0, weights=np.delete(weights, at, axis=0))])

    return Assumptions(
        places=(whole.places[at], "rest"),
        base_year=whole.base_year,
        population=pair(whole.population),
        mortality=pair(whole.mortality, people),
        decline=whole.decline,
        fertility=pair(whole.fertility, people[:, 0]),
        out_moves=pair(whole.out_moves, people),
        abroad=whole.abroad,
        share=pair(whole.share),
        immigration=pair(whole.immigration),
        level_sd=np.array([whole.level_sd[at], 0.0]),
        boys_per_girl=whole.boys_per_girl,
        variation=whole.variation,
    )


def _bandwidth() -> list[tuple[str, float]]:
    """Copying in memory, and reading two and writing one array that fit the nearer caches."""
    large = np.ones(40_000_000, dtype=np.float32)
    other = np.empty_like(large)
    told = [("memory, copy of 160 MB", 2 * large.nbytes / _fastest(lambda: np.copyto(other, large)) / 1e9)]
    for name, size, times in (("cache, 16 kB", 2_000, 5_000), ("cache, 0.5 MB", 60_000, 200), ("8 MB", 1_000_000, 20)):
        one, two = np.ones(size, dtype=np.float32), np.ones(size, dtype=np.float32)
        took = _fastest(lambda one=one, two=two, times=times: _add_up(one, two, times))
        told.append((name, 3 * one.nbytes * times / took / 1e9))
    return told


@numba.njit
def _add_up(one: Any, two: Any, times: Any) -> None:
    for _ in range(times):
        for at in range(one.size):
            two[at] = two[at] * np.float32(0.5) + one[at]


def _fastest(action: Callable[[], Any]) -> float:
    action()
    return min(_timed(action)[1] for _ in range(5))


def _least(action: Callable[[], Any], *, times: int) -> Timed:
    action()
    told = np.min([_timed(action) for _ in range(times)], axis=0)
    return float(told[0]), float(told[1])


def _timed(action: Callable[[], Any]) -> Timed:
    wall, busy = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - wall, time.process_time() - busy


def _root(variance: Any) -> Any:
    return np.sqrt(np.maximum(variance, 0.0))


if __name__ == "__main__":
    run(__file__, whole=main, parts={"all_places": all_places})
