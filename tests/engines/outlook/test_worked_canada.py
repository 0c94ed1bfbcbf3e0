"""Canada 1950 to 2020 in single years and 70 steps, against the reference projection of the United Nations."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np

from samskap.engines.outlook.component import Net, Rates, project

AGES, YEARS = 101, range(1950, 2020)


def table(folder: Path) -> dict[str, np.ndarray]:
    """Each column as (years, 2, ages), women first; the last year has people only."""
    with gzip.open(folder / "canada_1x1_1950_2020.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in rows[0] if name not in ("year", "sex", "age")]
    found = {name: np.full((len(YEARS) + 1, 2, AGES), np.nan) for name in columns}
    for row in rows:
        place = int(row["year"]) - 1950, ("female", "male").index(row["sex"]), int(row["age"])
        for name in columns:
            if row[name] not in ("", "NA"):
                found[name][place] = float(row[name])
    return found


def test_seventy_years_of_canada_are_met(shared_data: Path) -> None:
    folder = shared_data / "projections/worked"
    told = table(folder)
    with (folder / "canada_srb_1950_2019.csv").open() as file:
        boys = {int(row["year"]): float(row["srb"]) for row in csv.DictReader(file)}
    rates = [
        Rates(
            survivorship=told["S"][year - 1950],
            fertility=told["asfr"][year - 1950, 0],
            migration=Net(told["net_mig"][year - 1950], "end"),
            boys_per_girl=boys[year],
        )
        for year in YEARS
    ]
    steps = project(told["pop_start"][0], rates)
    ends = np.stack([step.end for step in steps])
    # The figures are stored to ten digits.
    assert not np.isnan(told["pop_start"]).any()
    np.testing.assert_allclose(ends, told["pop_start"][1:], rtol=0, atol=1e-3)
    born = np.stack([step.born_of for step in steps])
    np.testing.assert_allclose(born, told["births_by_mother_age"][:-1, 0], rtol=0, atol=1e-3)
    assert abs(steps[-1].end.sum() - 37_498_709.4776) < 1e-3
