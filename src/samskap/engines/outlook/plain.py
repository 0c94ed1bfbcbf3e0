"""The years of a simulation in plain NumPy: used where numba is missing, and as the twin that checks `kernels`.

All places, sexes and ages of a block of draws at a time: arrays (P, 2, 121, D) in single precision. The order of a
year is that of `simulating`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES, FOLDS
from samskap.engines.outlook.blocks import Block, Target, Work
from samskap.engines.outlook.chance import BIRTHS, PLACE, TABLE, YEARLY, row_numbers, windows

__all__ = ["Lasting", "Shared", "keep_people", "lasting_of", "run", "shared_of", "shares_of", "solved"]

Single = NDArray[np.float32]
FEMALE = 0
DYING, LEAVING, COMING, IMMIGRATING = range(4)
_TINY = np.float32(1e-30)


@dataclass(frozen=True, slots=True, eq=False)
class Lasting:
    """What strays in a place through all years of a draw (P, D): net-migration rate, factors on births and deaths."""

    level: Single
    bearing: Single
    dying: Single


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What one year of one block works on: chance of its cells (P, 2, 121, kinds, D), hazard of death, the rate that
    net migration strays by (P, 1, 1, D)."""

    year: int
    normals: tuple[Single, ...]
    hazard: Single
    strays: Single


def run(work: Work, block: Block, target: Target, movers: Single | None) -> None:
    """Fill the block's part of the target with all years."""
    part = target.part(block)
    lasting = lasting_of(work, block)
    people = np.repeat(work.rates.persons[..., None], block.size, axis=-1)
    keep_people(work, part, 0, people)
    for year in range(work.rates.years):
        given = shared_of(work, block, year, lasting)
        deaths, leaving = _gone(work, given, people)
        if movers is None:
            pool = _pool(work, given, leaving)
            part["movers"][year] = pool[..., : block.count]
        else:
            pool = np.zeros((2, AGES, block.size), np.float32)
            pool[..., : block.count] = movers[year, :, :, block.first : block.first + block.count]
        coming = _coming(work, given, pool, block)
        people, births, deaths_in_all = _year_later(
            work, block, given, people, people - deaths - leaving, coming, deaths, lasting
        )
        flows = {"births": births, "deaths": deaths_in_all, "moves_in": _all(coming), "moves_out": _all(leaving)}
        for name, flow in flows.items():
            part[name][work.kept[work.kept >= 0], year] = flow[work.kept >= 0, : block.count]
        keep_people(work, part, year + 1, people)


def lasting_of(work: Work, block: Block) -> Lasting:
    rates = work.rates
    level, bearing, dying, _ = _rows(work, block, PLACE)
    return Lasting(
        level=work.place * rates.level[:, None] * level,
        bearing=np.exp(work.place * rates.bearing[:, None] * bearing),
        dying=np.exp(work.place * rates.dying[:, None] * dying),
    )


def shared_of(work: Work, block: Block, year: int, lasting: Lasting) -> Shared:
    lanes = slice(block.first, block.first + block.size)
    mortality = work.nation.mortality[year][None, :, None, lanes] * lasting.dying[:, None, None]
    yearly = _rows(work, block, YEARLY, year=year)[0]
    strays = lasting.level + work.place * work.rates.yearly[:, None] * yearly
    return Shared(
        year=year,
        normals=_normals(work, block, year),
        hazard=work.rates.hazard[:, year, :, :, None] * mortality,
        strays=strays[:, None, None],
    )


def _gone(work: Work, given: Shared, people: Single) -> tuple[Single, Single]:
    """Deaths and moves out of those here on 1 January (P, 2, 121, D): competing risks over a year."""
    rates = work.rates
    out = (rates.out * rates.stay[np.minimum(rates.pulled, 1), given.year][:, None])[..., None]
    total = np.maximum(given.hazard + out, _TINY)
    gone = -np.expm1(-total) / total
    dying, leaving = gone * given.hazard, gone * out
    deaths = people * dying + _strayed(work, people * dying * (1 - dying), given.normals[DYING])
    moves = people * (leaving - np.float32(rates.even) * given.strays)
    moves += _strayed(work, people * leaving * (1 - leaving), given.normals[LEAVING])
    return deaths, moves + rates.additions.leaving[rates.pulled, given.year][..., None]


def _pool(work: Work, given: Shared, leaving: Single) -> Single:
    """(2, 121, D) what shares are shares of, such that all places together receive those who left for another."""
    rates = work.rates
    share, more = shares_of(work, given)
    pool = (leaving * (1 - rates.abroad[..., None])).sum(axis=0)
    pool -= rates.additions.domestic[rates.pulled, given.year].sum(axis=0)[..., None]
    weight = (share * more).sum(axis=0).astype(np.float64)
    centre = (np.float32(work.people) * np.sqrt(share) * given.normals[COMING]).sum(axis=0).astype(np.float64)
    return solved(pool.astype(np.float64), weight, centre)


def solved(pool: NDArray[np.float64], weight: NDArray[np.float64], centre: NDArray[np.float64]) -> Single:
    """G with weight G + centre sqrt(G) = pool: arrivals share (1 + deviation) G + sqrt(share G) z then sum to it.

    A pool that chance made negative is shared out as it is.
    """
    root = np.sqrt(centre**2 + 4 * weight * np.maximum(pool, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(centre > 0, 2 * pool / (centre + root), (root - centre) / (2 * weight))
        movers = np.where(pool > 0, found**2, pool / weight)
    return np.where(weight > 0, movers, 0.0).astype(np.float32)


def _coming(work: Work, given: Shared, pool: Single, block: Block) -> Single:
    """Arrivals from elsewhere in the country and from abroad (P, 2, 121, D)."""
    rates, people = work.rates, np.float32(work.people)
    share, more = shares_of(work, given)
    path = work.nation.immigration[given.year, block.first : block.first + block.size]
    immigration = rates.immigration[..., None] * path
    coming = share * more * pool + people * np.sqrt(share) * np.sqrt(np.maximum(pool, 0)) * given.normals[COMING]
    coming += immigration + people * np.sqrt(immigration) * given.normals[IMMIGRATING]
    added = rates.additions.domestic[rates.pulled, given.year] + rates.additions.abroad[rates.pulled, given.year]
    return np.asarray(coming + added[..., None])


def shares_of(work: Work, given: Shared) -> tuple[Single, Single]:
    """Shares of the pool (P, 2, 121, 1) and the factor that they stray by (P, 1, 1, D)."""
    rates = work.rates
    share = rates.share * rates.come[np.minimum(rates.pulled, 1), given.year][:, None]
    return share[..., None], 1 + rates.felt[:, None, None, None] * given.strays


def _year_later(
    work: Work,
    block: Block,
    given: Shared,
    before: Single,
    staying: Single,
    coming: Single,
    deaths: Single,
    lasting: Lasting,
) -> tuple[Single, Single, Single]:
    """People on the next 1 January, births and all deaths (P, D)."""
    living = coming * np.exp(-given.hazard / 2)
    older = staying + living
    people = np.empty_like(before)
    people[..., 1:, :] = older[..., :-1, :]
    people[..., -1, :] += older[..., -1, :]
    births, infants = _births(work, block, given, before[:, FEMALE], people[:, FEMALE], lasting)
    people[..., 0, :] = infants
    return people, births, _all(deaths) + _all(coming - living) + births - infants.sum(axis=1)


def _births(
    work: Work, block: Block, given: Shared, before: Single, after: Single, lasting: Lasting
) -> tuple[Single, Single]:
    """Births (P, D) of mean female exposure, and girls and boys alive at the end of the year (P, 2, D)."""
    rates, year = work.rates, given.year
    lanes = slice(block.first, block.first + block.size)
    after[:, 0] = 0.0
    expected = (rates.fertility[:, :, None] * (before + after) / 2).sum(axis=1) * rates.births[:, year, None]
    expected *= work.nation.fertility[year, lanes] * lasting.bearing
    all_normals, girl_normals, *infant_normals = _rows(work, block, BIRTHS, year=year)
    born = expected + _strayed(work, expected, all_normals)
    share = np.float32(rates.girls)
    girls = share * born + _strayed(work, born * share * (1 - share), girl_normals)
    by_sex = np.stack([girls, born - girls], axis=1)
    mortality = work.nation.mortality[year][None, :, lanes] * lasting.dying[:, None]
    lost = -np.expm1(-rates.infant[:, year, :, None] * mortality)
    return born, by_sex * (1 - lost) - _strayed(work, by_sex * lost * (1 - lost), np.stack(infant_normals, axis=1))


def _strayed(work: Work, variance: Single, normals: Single) -> Single:
    """Chance of this variance; a cell that chance made negative strays no further, but is not cut."""
    return np.asarray(np.float32(work.people) * np.sqrt(np.maximum(variance, 0)) * normals)


def _normals(work: Work, block: Block, year: int) -> tuple[Single, ...]:
    """Four kinds of normals of each cell: (P, 2, 121, D) each."""
    rows = np.stack([row_numbers(year, sex, np.arange(AGES)) for sex in range(2)])
    return _read(work, block, rows)


def _rows(work: Work, block: Block, row: int, *, year: int = 0) -> tuple[Single, ...]:
    """Four kinds of normals of a row that is no cell: (P, D) each."""
    return tuple(each[:, 0] for each in _read(work, block, row_numbers(year, 0, np.array([row]))))


def _read(work: Work, block: Block, rows: NDArray[np.uint64]) -> tuple[Single, ...]:
    keys = work.keys.reshape(-1, *([1] * rows.ndim))
    offsets, signs = windows(keys, rows[None])
    view = sliding_window_view(work.table, block.size)
    starts = (offsets + block.first) & (TABLE - 1)
    return tuple(view[starts[..., kind]] * signs[..., kind, None] for kind in range(4))


def keep_people(work: Work, part: dict[str, Single], year: int, people: Single) -> None:
    both, count = people.sum(axis=1), part["persons"].shape[-1]
    starts = np.searchsorted(work.class_of_age, np.arange(work.classes))
    kept = work.kept >= 0
    part["persons"][work.kept[kept], year] = np.add.reduceat(both[kept], starts, axis=1)[..., :count]
    if part["national"].shape[-1]:
        folds = [first for first, _ in FOLDS]
        national = np.add.reduceat(both.sum(axis=0, dtype=np.float64), folds, axis=0)
        part["national"][year] = national[:, :count]


def _all(cells: Single) -> Single:
    """Sums over sexes and ages (P, D)."""
    return np.asarray(cells.sum(axis=(1, 2)))
