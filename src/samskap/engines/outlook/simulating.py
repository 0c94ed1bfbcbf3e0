"""From assumptions to people, year by year and draw by draw, for all places of a country or for one of them.

A year, from 1 January to the next, in this order (P places, the same in every draw but for its chance):

1. Those here die and move out as competing risks: with hazards m of death and o of moving, deaths are
   N (1 - exp(-(m + o))) m / (m + o), moves out the same with o.
2. Moves within the country form one pool by sex and age; each place receives its share of it. Together the places
   receive exactly those who left. Immigrants come by number.
3. Who comes is here half a year on average: exp(-m / 2) of them live on.
4. Births from the mean of the women at both ends of the year; those born live on with the first survivorship ratio.
5. Everybody is one year older; the last class, 120 and over, is kept together.

m is minus ln of the survivorship ratio of the life table (`life_tables.survivorship`), times the nation's and the
place's deviation. Chance of people is the mean plus the root of the variance times a normal number, binomial for deaths
and moves out, Poisson for births and arrivals. A cell that becomes negative is kept so: cutting at zero adds old people
that are not there (by a half and more in the smallest places). Sums that people read may be cut, draws never are.

Levers change rates before chance is drawn, and chance depends on what it is for only (`chance`), so two runs with the
same seed can be compared draw by draw. Rates, chance and order do not depend on threads, blocks, machines, or on which
places are run, as long as the pool is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.ages import AGES, FOLDS, class_of_ages
from samskap.engines.outlook.blocks import Block, Runner, Store, Target, Work, cut, finished_in_threads, padded
from samskap.engines.outlook.chance import nation_paths, normal_table, place_keys
from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.inputs import Assumptions, Noise
from samskap.engines.outlook.levers import NO_LEVERS, Levers
from samskap.engines.outlook.longevity import Longevity
from samskap.engines.outlook.pooling import Pool
from samskap.engines.outlook.rates import rates_of

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["DRAWS", "SEED", "YEARS", "Simulation", "simulate"]

Single = NDArray[np.float32]
Group = tuple[int, int]

YEARS: Final = 25
DRAWS: Final = 1000
SEED: Final = 2026
THREADS: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Simulation:
    """People and events of some places in every draw, single precision.

    `persons` (P, Y + 1, K, draws) both sexes by class of age on 1 January, from the base year on; `births`, `deaths`,
    `moves_in`, `moves_out` (P, Y, draws) during each year, moves to and from abroad included; `pool` what the whole
    system did, for running one place alone; `life_gain` (Y + 1, draws) years of remaining life at 67 gained since the
    base year in these places. Noisy cells may be slightly negative in small places.
    """

    places: tuple[str, ...]
    base_year: int
    years: int
    draws: int
    seed: int
    classes: tuple[Group, ...]
    persons: Single
    births: Single
    deaths: Single
    moves_in: Single
    moves_out: Single
    pool: Pool
    longevity: Longevity

    @property
    def life_gain(self) -> Single:
        """(Y + 1, draws), reckoned when it is asked for."""
        return self.longevity.gain


def simulate(
    assumptions: Assumptions,
    *,
    years: int = YEARS,
    draws: int = DRAWS,
    seed: int = SEED,
    levers: Levers = NO_LEVERS,
    noise: Noise = Noise(),  # noqa: B008 -- frozen
    places: Sequence[str] | None = None,
    pool: Pool | None = None,
    classes: Sequence[Group] | None = FOLDS,
    threads: int = THREADS,
    block_draws: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    store: Store | None = None,
    cluster: Client | None = None,
    runner: Runner | None = None,
) -> Simulation:
    """The future of `places` (all of the system if None), in this order; levers are pulled there and nowhere else.

    Without a `pool` the whole system is run; with one, only the places asked for, as parts of the same draws. `classes`
    are groups of ages that cover all, or None for every single age. `progress` is told blocks done and blocks in all;
    with a `store` finished blocks are kept and not run again; with a Dask `cluster` blocks run there. The bits are the
    same whatever the threads, `block_draws`, store or cluster. `runner` is `plain.run` or `kernels.run`; left out, the
    compiled one where numba can be imported.

    Raises OutlookError for places that are not in the system, shares that do not add up, and a pool of other draws.
    """
    _check(assumptions, years=years, draws=draws, places=places)
    asked = tuple(assumptions.places if places is None else places)
    if pool is not None:
        pool.check(base_year=assumptions.base_year, seed=seed, years=years, draws=draws)
    run = tuple(sorted(asked if pool is not None else assumptions.places))
    blocks = cut(draws, places=len(run), threads=threads, size=block_draws)
    rates = rates_of(assumptions, places=run, pulled=frozenset(asked), years=years, levers=levers)
    nation = nation_paths(assumptions.variation, seed=seed, years=years, draws=padded(draws), noise=noise)
    groups = _classes(classes)
    work = Work(
        rates=rates,
        keys=place_keys(run, seed=seed),
        nation=nation,
        table=normal_table(seed, beyond=max(block.size for block in blocks)),
        people=float(noise.people),
        place=float(noise.place),
        kept=np.array([asked.index(place) if place in asked else -1 for place in run], dtype=np.int64),
        class_of_age=class_of_ages(groups),
    )
    target = Target.room(work, draws=draws, is_system=pool is None)
    movers = None if pool is None else pool.movers
    _run(work, blocks, target, movers, _Way(runner or fastest(), threads, progress, store, cluster))
    if pool is None:
        pool = Pool(assumptions.base_year, seed, movers=target.movers, national=target.national)
    return Simulation(
        places=asked,
        base_year=assumptions.base_year,
        years=years,
        draws=draws,
        seed=seed,
        classes=groups,
        persons=target.persons,
        births=target.births,
        deaths=target.deaths,
        moves_in=target.moves_in,
        moves_out=target.moves_out,
        pool=pool,
        longevity=Longevity(assumptions, asked, nation.mortality[..., :draws], levers),
    )


def fastest() -> Runner:
    """The compiled runner, or the one in plain NumPy where numba cannot be imported."""
    try:
        from samskap.engines.outlook.kernels import run  # noqa: PLC0415 -- numba is slow to import, and may be absent
    except ImportError:
        from samskap.engines.outlook.plain import run  # noqa: PLC0415
    return run


def _classes(classes: Sequence[Group] | None) -> tuple[Group, ...]:
    groups = tuple((age, age) for age in range(AGES)) if classes is None else tuple(classes)
    is_whole = [first for first, _ in groups] == [0, *(last + 1 for _, last in groups[:-1])] and groups[-1][
        1
    ] == AGES - 1
    if not is_whole or not {first for first, _ in FOLDS} <= {first for first, _ in groups}:
        raise OutlookError(
            "The classes of age do not divide 0 to 120, or lie across the groups of the cost keys.",
            cure="Give `FOLDS`, finer groups, or None for every single age.",
        )
    return groups


@dataclass(frozen=True, slots=True)
class _Way:
    """How blocks are run."""

    runner: Runner
    threads: int
    progress: Callable[[int, int], None] | None
    store: Store | None
    cluster: Client | None


def _run(work: Work, blocks: Sequence[Block], target: Target, movers: Single | None, way: _Way) -> None:
    mark = "" if way.store is None else _fingerprint(work, movers)
    left, done = [], 0
    for block in blocks:
        kept = None if way.store is None else way.store.get(_key(mark, block))
        if kept is None:
            left.append(block)
        else:
            target.take(block, kept)
            done += 1
    for block in _finished(work, left, target, movers, way):
        done += 1
        if way.store is not None:
            way.store.put(_key(mark, block), target.part(block))
        if way.progress is not None:
            way.progress(done, len(blocks))


def _finished(work: Work, blocks: Sequence[Block], target: Target, movers: Single | None, way: _Way) -> Iterator[Block]:
    if way.cluster is None:
        return finished_in_threads(way.runner, work, blocks, target, movers, threads=way.threads)
    from samskap.engines.outlook.cluster import finished_on  # noqa: PLC0415 -- Dask is an extra

    return finished_on(way.cluster, way.runner, work, blocks, target, movers)


def _key(mark: str, block: Block) -> str:
    return f"{mark}-{block.first}-{block.count}"


def _fingerprint(work: Work, movers: Single | None) -> str:
    """A mark of everything that a block's numbers hang on."""
    digest = hashlib.blake2b(digest_size=12)
    for value in (*_leaves(work), *([] if movers is None else [movers])):
        digest.update(np.ascontiguousarray(value).data if isinstance(value, np.ndarray) else repr(value).encode())
    return digest.hexdigest()


def _leaves(value: Any) -> Iterator[Any]:
    if is_dataclass(value):
        for field in fields(value):
            yield from _leaves(getattr(value, field.name))
    else:
        yield value


def _check(assumptions: Assumptions, *, years: int, draws: int, places: Sequence[str] | None) -> None:
    if years < 1 or draws < 1:
        raise OutlookError(f"{years} years of {draws} draws are asked for.", cure="Ask for at least one of each.")
    strange = [place for place in places or () if place not in assumptions.places]
    if strange:
        raise OutlookError(f"The place {strange[0]} is not in the system.", cure="Ask for places that are.")
    if len(set(places or ())) < len(places or ()):
        raise OutlookError("A place is asked for twice.", cure="Name each place once.")
    cells = (len(assumptions.places), 2, AGES)
    for name in ("population", "mortality", "out_moves", "share", "immigration"):
        values = getattr(assumptions, name)
        if values.shape != cells or not np.isfinite(values).all() or (values < 0).any():
            raise OutlookError(
                f"The {name.replace('_', ' ')} of the assumptions must be finite numbers of 0 or more, {cells} of them;"
                f" they have the shape {values.shape}.",
                cure="Estimate the assumptions anew from checked figures.",
            )
    total = assumptions.share.sum(axis=0)
    if np.abs(total[total > 0] - 1).max(initial=0.0) > 1e-6:
        raise OutlookError("The places' shares of movers do not add up to 1.", cure="Divide them by their sum.")
