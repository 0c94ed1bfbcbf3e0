"""Whole people: every death, move and birth drawn, binomial or Poisson. Slow; for cells that a user reads one by one.

The same rates and paths of the nation and of the place as elsewhere; only the chance of people is another. It is a
`runner` of `simulating.simulate`, for places of a stored pass: who moves within the country is given.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.blocks import LANES, Block, Target, Work
from samskap.engines.outlook.component import Gross, Rates, Step, drawn_step
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.plain import Lasting, Shared, keep_people, lasting_of, shared_of, shares_of

__all__ = ["run"]

Array = NDArray[np.float64]
Single = NDArray[np.float32]


def run(work: Work, block: Block, target: Target, movers: Single | None) -> None:
    """Fill the block's part of the target with all years.

    Raises OutlookError without a stored pass, and for a start that is not whole people.
    """
    if movers is None:
        raise OutlookError(
            "Whole people can be drawn for places of a stored pass only.", cure="Give the pool of a pass over all."
        )
    for first in range(block.first, block.first + block.count, LANES):
        _lanes(work, Block(first, min(LANES, block.first + block.count - first), LANES), target, movers)


def _lanes(work: Work, block: Block, target: Target, movers: Single) -> None:
    part, lasting = target.part(block), lasting_of(work, block)
    # Of its place and its lanes only, so that neither blocks nor other places change it.
    generators = [np.random.Generator(np.random.Philox(key=[int(key), block.first])) for key in work.keys]
    people = np.repeat(work.rates.persons[..., None], block.size, axis=-1)
    keep_people(work, part, 0, people)
    for year in range(work.rates.years):
        shared = shared_of(work, block, year, lasting)
        for place, generator in enumerate(generators):
            rates = _rates(work, block, place, shared, lasting, movers, people[place])
            step = drawn_step(people[place].transpose(2, 0, 1), rates, random=generator)
            people[place] = step.end.transpose(1, 2, 0)
            if work.kept[place] >= 0:
                _keep_flows(part, int(work.kept[place]), year, step)
        keep_people(work, part, year + 1, people)


def _rates(
    work: Work, block: Block, place: int, shared: Shared, lasting: Lasting, movers: Single, people: Single
) -> Rates:
    """One place's year, draws first."""
    rates, year = work.rates, shared.year
    lanes = slice(block.first, block.first + block.size)
    pulled = rates.pulled[place]
    hazard, strays = shared.hazard[place], np.float32(rates.even) * shared.strays[place]
    infant = rates.infant[place, year, :, None] * work.nation.mortality[year, :, lanes] * lasting.dying[place]
    survivorship = np.exp(-np.concatenate([infant[:, None], hazard[:, :-1]], axis=1))
    fertility = rates.fertility[place, :, None] * rates.births[place, year]
    out = (rates.out[place] * rates.stay[min(pulled, 1), year])[..., None] - strays
    share, more = shares_of(work, shared)
    pool = np.zeros((*movers.shape[1:3], block.size), np.float32)
    pool[..., : block.count] = movers[year, :, :, block.first : block.first + block.count]
    coming = share[place] * np.maximum(more[place], 0) * pool
    coming += rates.immigration[place][..., None] * work.nation.immigration[year, lanes]
    added = rates.additions.domestic[pulled, year] + rates.additions.abroad[pulled, year]
    # Where a good year leaves fewer than nobody moving out, more come instead.
    coming += added[..., None] + np.maximum(-out, 0) * people
    onward = rates.additions.leaving[pulled, year][..., None] / np.maximum(people, 1)
    return Rates(
        survivorship=_draws_first(survivorship),
        fertility=_draws_first(fertility * work.nation.fertility[year, lanes] * lasting.bearing[place]),
        migration=Gross(out=_draws_first(np.maximum(out, 0) + onward), arrivals=_draws_first(np.maximum(coming, 0))),
        boys_per_girl=1 / rates.girls - 1,
    )


def _keep_flows(part: dict[str, Single], row: int, year: int, step: Step) -> None:
    count = part["births"].shape[-1]
    flows = {"births": step.births, "deaths": step.deaths, "moves_in": step.moves_in, "moves_out": step.moves_out}
    for name, flow in flows.items():
        part[name][row, year] = flow.sum(axis=tuple(range(1, flow.ndim)))[:count]


def _draws_first(values: Single) -> Array:
    return np.asarray(np.moveaxis(values, -1, 0), dtype=np.float64)
