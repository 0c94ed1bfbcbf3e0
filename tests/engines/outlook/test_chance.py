from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.engines.outlook.ages import AGES
from samskap.engines.outlook.chance import TABLE, nation_paths, normal_table, place_keys, row_numbers, windows
from samskap.engines.outlook.inputs import Noise, Variation

DRAWS = 1000


def _rows(place: str, *, year: int, sex: int = 0, ages: np.ndarray | None = None, seed: int = 1) -> np.ndarray:
    """(ages, 4 kinds, draws) normals of some cells."""
    table = normal_table(seed, beyond=DRAWS)
    rows = row_numbers(year, sex, np.arange(AGES) if ages is None else ages)
    offsets, signs = windows(place_keys([place], seed=seed)[0], rows)
    return table[offsets[..., None] + np.arange(DRAWS)] * signs[..., None]


def test_the_table_has_mean_0_and_variance_1() -> None:
    table = normal_table(3)
    assert table.shape == (TABLE,)
    assert abs(table.mean(dtype=np.float64)) < 1e-7
    assert abs(table.var(dtype=np.float64) - 1) < 1e-6
    assert abs((table.astype(np.float64) ** 3).mean()) < 0.05
    assert abs((table.astype(np.float64) ** 4).mean() - 3) < 0.1


def test_no_two_places_years_sexes_ages_or_kinds_go_together() -> None:
    one = [_rows("3801", year=year, sex=sex) for year in range(3) for sex in range(2)]
    cells = np.concatenate([*one, _rows("4016", year=0), _rows("4016", year=0, seed=2)]).reshape(-1, DRAWS)
    together = np.corrcoef(cells)
    off = together[np.triu_indices(len(cells), 1)]
    # Pieces of one table may be the same piece; of some millions of pairs, a few in a hundred thousand.
    assert (np.abs(off) > 0.2).mean() < 1e-4
    assert abs(off.mean()) < 1e-4
    assert abs(off.std() - DRAWS**-0.5) < 0.002


def test_a_sum_over_many_cells_has_the_variance_of_independent_ones() -> None:
    places = [_rows(str(1000 + place), year=year)[:, 0] for place in range(60) for year in range(4)]
    sums = np.sum([rows.sum(axis=0) for rows in places], axis=0)
    assert abs(sums.var() / (len(places) * AGES) - 1) < 0.2
    by_place = np.corrcoef([rows.sum(axis=0) for rows in places])
    assert np.abs(by_place[np.triu_indices(len(places), 1)]).max() < 0.2


@given(st.text(min_size=1, max_size=6), st.integers(0, 99), st.integers(0, 1), st.integers(0, 120))
@settings(max_examples=50, deadline=None)
def test_a_cell_is_the_same_alone_as_among_others(place: str, year: int, sex: int, age: int) -> None:
    among = windows(place_keys(["x", place], seed=5)[1], row_numbers(year, sex, np.arange(AGES)))
    alone = windows(place_keys([place], seed=5)[0], row_numbers(year, sex, np.array([age])))
    assert np.array_equal(among[0][age], alone[0][0])
    assert np.array_equal(among[1][age], alone[1][0])


def test_paths_of_the_nation_stray_as_assumed() -> None:
    variation = Variation()
    paths = nation_paths(variation, seed=4, years=20, draws=20_000, noise=Noise())
    changes = np.diff(np.log(paths.mortality), axis=0, prepend=0)
    assert np.allclose(changes.std(axis=(0, 2)), variation.mortality_sd, rtol=0.01)
    assert abs(np.corrcoef(changes[:, 0].ravel(), changes[:, 1].ravel())[0, 1] - variation.mortality_together) < 0.01
    walk = np.diff(np.log(paths.fertility), axis=0, prepend=0)
    assert abs(walk[0].std() / variation.fertility_sd - 1) < 0.02
    assert abs(np.corrcoef(walk[15], walk[16])[0, 1] - variation.fertility_memory) < 0.03
    assert np.allclose(paths.immigration.mean(axis=1), 1, atol=0.01)
    assert abs(np.log(paths.immigration[-1]).std() / variation.immigration_sd - 1) < 0.02
    assert np.allclose(np.median(paths.fertility, axis=1), 1, atol=0.01)


def test_the_first_draws_of_many_are_those_of_few() -> None:
    many = nation_paths(Variation(), seed=4, years=7, draws=64, noise=Noise())
    few = nation_paths(Variation(), seed=4, years=7, draws=5, noise=Noise())
    for name in ("fertility", "mortality", "immigration"):
        assert np.array_equal(getattr(many, name)[..., :5], getattr(few, name))


def test_a_nation_without_chance_stays_as_assumed() -> None:
    paths = nation_paths(Variation(), seed=4, years=7, draws=5, noise=Noise(nation=False))
    assert (paths.fertility == 1).all()
    assert (paths.mortality == 1).all()
    assert (paths.immigration == 1).all()


def test_what_is_remembered_cannot_be_written_to() -> None:
    paths = nation_paths(Variation(), seed=4, years=2, draws=5, noise=Noise())
    for numbers in (normal_table(3), paths.fertility, paths.mortality, paths.immigration):
        assert not numbers.flags.writeable
