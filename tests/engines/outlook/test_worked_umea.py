"""Umeå, twelve years with gross moves in and out and net moves abroad, against the published figures."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import numpy as np

from samskap.engines.outlook.component import Gross, Rates, Step, stepped

KNOWN, YEARS = 101, 12
# The example has no open class: everybody grows older for twelve years, and two more keep the last ones empty.
AGES = KNOWN + YEARS + 2
DYING_PAST_100 = 0.3


def assumptions(folder: Path) -> dict[str, np.ndarray]:
    """(years, AGES) by name; past age 100 people die, and do nothing else."""
    with gzip.open(folder / "umea_assumptions_12_steps.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    found: dict[str, np.ndarray] = {}
    for row in rows:
        name = row["category"]
        if name not in found:
            found[name] = np.full((YEARS, AGES), DYING_PAST_100 if name.startswith("asdr") else 0.0)
        found[name][:, int(row["age"])] = [float(row[f"ar_{year}"]) for year in range(1, YEARS + 1)]
    return found


def steps(folder: Path) -> list[tuple[Step, np.ndarray]]:
    """Each year, and who came by a rate of moving out below zero: the figures hold a few, and the engine takes none.

    They are given to the engine as net moves, and counted as moves out below zero again where flows are compared.
    """
    told = assumptions(folder)
    persons = np.zeros((2, AGES))
    with (folder / "umea_startpop_2019.csv").open() as file:
        for row in csv.DictReader(file):
            persons[:, int(row["age"])] = float(row["women"]), float(row["men"])

    def of(kind: str, year: int) -> np.ndarray:
        return np.stack([told[f"{kind}{sex}"][year] for sex in ("women", "men")])

    made: list[tuple[Step, np.ndarray]] = []
    for year in range(YEARS):
        survival, out = 1 - of("asdr_", year), of("outmig.rates.", year)
        came = np.maximum(-out, 0) * survival * persons
        migration = Gross(
            out=np.maximum(out, 0),
            arrivals=of("inmig.rates.", year) * of("natpop.", year),
            net=of("intermig.net.", year) + came,
            order="in_turn",
        )
        into = np.concatenate([np.ones((2, 1)), survival[:, :-1]], axis=1)
        made.append((stepped(persons, Rates(into, told["asfr"][year], migration, boys_per_girl=0.514 / 0.486)), came))
        persons = made[-1][0].end
    assert 0 < max(came.sum() for _, came in made) < 0.5
    return made


def test_every_published_figure_of_umea_is_met(shared_data: Path) -> None:
    folder = shared_data / "projections/worked"
    case = json.loads((folder / "umea_expected.json").read_text())
    found = [step for step, _ in steps(folder)]
    printed = case["published_readme"]
    growth = [step.end.sum() - step.start.sum() for step in found]
    moved = [(step.moves_in - step.moves_out + step.net).sum(axis=-1) for step in found]
    figures = {
        "netmigration_men_steps_1_5": [net[1] for net in moved[:5]],
        "netmigration_total_steps_1_5": [net.sum() for net in moved[:5]],
        "births_boys_steps_1_5": [step.births[1] for step in found[:5]],
        "births_girls_steps_1_5": [step.births[0] for step in found[:5]],
        "growth_steps_7_12": growth[6:],
    }
    assert sorted(figures) == sorted(printed)
    for name, values in figures.items():
        assert [f"{value:.7g}" for value in values] == [f"{value:.7g}" for value in printed[name]], name


def test_every_flow_of_umea_is_met(shared_data: Path) -> None:
    folder = shared_data / "projections/worked"
    case = json.loads((folder / "umea_expected.json").read_text())
    found, told = steps(folder), case["computed"]
    close = {"rtol": 0, "atol": case["tolerance_abs"]}
    np.testing.assert_allclose([step.end.sum() for step, _ in found], told["total_after_step"][1:], **close)
    for (step, came), expected in zip(found, told["per_step"], strict=True):
        flows = {"growth": step.end.sum() - step.start.sum(), "b_girls": step.births[0], "b_boys": step.births[1]}
        for row, sex in enumerate(("women", "men")):
            flows[f"d_{sex}"] = step.deaths[row].sum()
            flows[f"in_{sex}"] = step.moves_in[row].sum()
            flows[f"out_{sex}"] = step.moves_out[row].sum() - came[row].sum()
            flows[f"net_{sex}"] = step.net[row].sum() - came[row].sum()
        assert sorted(flows) == sorted(expected)
        np.testing.assert_allclose([flows[name] for name in expected], list(expected.values()), **close)
    for row, sex in enumerate(("women", "men")):
        tens = [found[-1][0].end[row, first : first + 10].sum() for first in range(0, 120, 10)]
        np.testing.assert_allclose(tens, told[f"final_{sex}_by_10y"], **close)
