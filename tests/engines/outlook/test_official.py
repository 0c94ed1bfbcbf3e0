from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from samskap.engines.outlook import OutlookError, Vintage, official_band, past_errors
from samskap.engines.outlook.official import FEWEST_ERRORS


def vintages(*, group: str = "80+", places: int = 6) -> list[Vintage]:
    """Past editions of six places from 2010 and 2012, ten years each, all projecting 100."""
    return [
        Vintage(f"{start}", f"99{place:02}", group, start, dict.fromkeys(range(start, start + 11), 100.0))
        for place in range(places)
        for start in (2010, 2012)
    ]


def what_came(*, group: str = "80+") -> dict[tuple[str, str], dict[int, float]]:
    """Place number p had 100 + (p - 2) a year more since 2010."""
    return {
        (f"99{place:02}", group): {year: 100.0 + (place - 2) * (year - 2010) for year in range(2010, 2019)}
        for place in range(6)
    }


def test_errors_are_what_came_over_what_was_projected_by_distance() -> None:
    errors = past_errors(vintages(), actual=what_came())
    assert errors.group == "80+"
    assert len(errors.ratio) == 6 * (8 + 6)
    one_year = sorted(errors.ratio[errors.distance == 1].tolist())
    assert one_year == pytest.approx(
        sorted([1 + (p - 2) * 0.01 for p in range(6)] + [1 + (p - 2) * 0.03 for p in range(6)])
    )


def test_the_band_holds_eighty_per_cent_of_errors_near_the_same_distance() -> None:
    errors = past_errors(vintages(), actual=what_came())
    projection = Vintage("2026", "9999", "80+", 2026, {2026: 50.0, 2029: 60.0, 2030: 62.0})
    band = official_band(projection, errors)
    near = errors.ratio[(errors.distance >= 2) & (errors.distance <= 4)]
    low, high = np.quantile(near, [0.1, 0.9])
    assert (band.edition, band.years, band.group, band.persons) == (
        "2026",
        (2026, 2029, 2030),
        "80+",
        (50.0, 60.0, 62.0),
    )
    assert (band.low[0], band.high[0]) == (50.0, 50.0)
    assert (band.low[1], band.high[1]) == pytest.approx((60.0 * low, 60.0 * high))


def test_a_distance_with_few_errors_is_not_told() -> None:
    errors = past_errors(vintages(places=1), actual=what_came())
    assert len(errors.ratio[np.abs(errors.distance - 3) <= 1]) < FEWEST_ERRORS
    band = official_band(Vintage("2026", "9999", "80+", 2026, {2029: 60.0}), errors)
    assert np.isnan([*band.low, *band.high]).all()


def test_a_band_does_not_become_narrower_with_distance() -> None:
    """Only the first edition reaches nine years, and it happened to hit."""
    came = what_came()
    for years in came.values():
        years.update(dict.fromkeys(range(2019, 2022), 100.0))
    errors = past_errors(vintages(places=6), actual=came)
    band = official_band(Vintage("2026", "9999", "80+", 2026, {2026 + h: 100.0 for h in range(1, 10)}), errors)
    assert (np.diff(band.high) >= 0).all()
    assert (np.diff(band.low) <= 0).all()


def test_groups_of_ages_are_not_mixed() -> None:
    with pytest.raises(OutlookError, match="Past projections of 2 groups of ages are put together"):
        past_errors([*vintages(), *vintages(group="0-5")], actual=what_came())


def read(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def test_small_children_are_missed_by_more_than_the_old_in_telemark(shared_data: Path) -> None:
    """The main alternatives since 2005: ten years ahead small children were projected a fifth too high."""
    folder = shared_data / "norway" / "telemark"
    wanted = {"1-5 år": "1-5", "67-79 år": "67-79"}
    actual: dict[tuple[str, str], dict[int, float]] = {}
    for row in read(folder / "population_functional_age_2000_2026.csv.gz"):
        if row["age_group"] in wanted:
            actual.setdefault((row["kommune"], wanted[row["age_group"]]), {})[int(row["year"])] = float(row["persons"])
    paths: dict[tuple[str, str, str], dict[int, float]] = {}
    for row in read(folder / "projections_all_vintages.csv.gz"):
        place = row["region"].split(" (")[0]
        if row["age_group"] in wanted and "MMMM" in row["alternative"] and (place, "1-5") in actual:
            key = (row["vintage"], place, wanted[row["age_group"]])
            paths.setdefault(key, {})[int(row["year"])] = float(row["persons"])
    found = {
        group: past_errors(
            [Vintage(v, place, g, int(v), path) for (v, place, g), path in paths.items() if g == group], actual=actual
        )
        for group in ("1-5", "67-79")
    }
    low, high = found["1-5"].quantiles(10)
    steady_low, steady_high = found["67-79"].quantiles(10)
    middle = np.median(found["1-5"].ratio[np.abs(found["1-5"].distance - 10) <= 1])
    assert middle == pytest.approx(0.86, abs=0.06)
    assert high - low > 2 * (steady_high - steady_low)
    assert 0.9 < steady_low < 1.0 < steady_high < 1.1
