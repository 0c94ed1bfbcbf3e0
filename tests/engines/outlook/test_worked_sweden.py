"""Sweden 1993, closed and with migration, as the textbook has it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from tests.engines.outlook import sweden

from samskap.engines.outlook.component import Net, Rates, project, stepped

SURVIVAL = np.stack([sweden.survival(sweden.LIVED_WOMEN), sweden.survival(sweden.LIVED_MEN)])
PERSONS = np.stack([sweden.WOMEN, sweden.MEN])


def rates(**changes: object) -> Rates:
    values = {
        "survivorship": SURVIVAL,
        "fertility": sweden.FERTILITY,
        "boys_per_girl": sweden.BOYS_PER_GIRL,
        "width": 5.0,
    }
    return Rates(**(values | changes))  # type: ignore[arg-type]


def test_the_closed_projection_gives_the_people_of_the_book() -> None:
    first, second = project(PERSONS, [rates(), rates()])
    np.testing.assert_array_equal(np.round(first.end[0]), sweden.WOMEN_1998_CLOSED)
    assert round(second.end[0, 0]) == 280_121
    assert abs(first.births.sum() - 604_866.362507) < 1e-5


def test_migration_half_at_the_start_and_half_at_the_end_gives_the_people_of_the_book() -> None:
    women = sweden.WOMEN.copy()
    women[12] = 215_140  # as this box of the book has it
    both = np.stack([women, women])
    schedule = np.stack([SURVIVAL[0], SURVIVAL[0]])
    # The box rounds the survival of those born.
    schedule[:, 0] = 0.994974
    found = stepped(both, rates(survivorship=schedule, migration=Net(np.stack([sweden.NET_WOMEN] * 2))))
    np.testing.assert_array_equal(np.round(found.end[0]), sweden.WOMEN_1998_OPEN)
    np.testing.assert_array_equal(np.round(found.born_of), sweden.BIRTHS_OPEN)
    assert round(found.end[1, 0]) == 317_340
    np.testing.assert_array_equal(found.end[1, 1:], found.end[0, 1:])


def test_twenty_closed_steps_are_those_stored(shared_data: Path) -> None:
    case = json.loads((shared_data / "projections/worked/phg_box61_sweden1993_closed.json").read_text())
    steps = project(PERSONS, [rates()] * 20)
    told = case["expected"]
    for row, sex in enumerate(("female", "male")):
        assert sorted(told[sex]) == ["1998", "2003", "2008", "2043", "2093"]
        for year, people in told[sex].items():
            found = steps[(int(year) - 1998) // 5].end[row]
            np.testing.assert_allclose(found, people, rtol=0, atol=case["tolerance_abs"])
    np.testing.assert_allclose(steps[0].born_of, told["births_by_age_1993_1998"], rtol=0, atol=case["tolerance_abs"])


def test_the_stored_step_with_migration_is_met_to_the_last_digit(shared_data: Path) -> None:
    case = json.loads((shared_data / "projections/worked/phg_box62_sweden1993_migration.json").read_text())
    given = {name: np.array(values) for name, values in case["inputs"].items()}
    found = stepped(
        np.stack([given["N_female"], given["N_male"]]),
        Rates(
            survivorship=np.stack([given["S_female"], given["S_male"]]),
            fertility=given["F"],
            migration=Net(np.stack([given["M_female"], given["M_male"]]), "even"),
            boys_per_girl=case["conventions"]["srb"],
            width=5.0,
        ),
    )
    told = case["expected_rounded"]
    np.testing.assert_array_equal(np.round(found.end), [told["N_female_1998"], told["N_male_1998"]])
    np.testing.assert_array_equal(np.round(found.born_of), told["births_by_age"])
    np.testing.assert_allclose(found.end[0], case["expected_exact_female"], rtol=0, atol=1e-6)
