"""What is wrong with figures, what is usual among places, and how people are kept as bytes."""

from __future__ import annotations

import ast
import re
import statistics
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import factories

from samskap.apps.figures import labels, rules
from samskap.formats.figures_csv import Problem
from samskap.sources import RECIPES
from samskap.sources.values import AgeProfile, Fetched, Figure

SRC = Path(rules.__file__).resolve().parents[3]
MEASURES = {key: rules.Measure(one.topic, one.unit) for key, one in rules.CATALOGUE.items()}


def table(*figures: Figure, profiles: tuple[AgeProfile, ...] = ()) -> Fetched:
    return Fetched(
        publisher="SSB", table="1", title="", url="", licence="", fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        updated_at=None, figures=figures, profiles=profiles,
    )  # fmt: skip


def problems(fetched: Fetched, **more: object) -> list[Problem]:
    return list(rules.problems_of(fetched, measures=MEASURES, **more))  # type: ignore[arg-type]


def profile(year: int = 2026, place: str = "4016") -> AgeProfile:
    return factories.make_people(place, year)


GOOD = Figure("neet_share", "4016", "2024", 8.9)

WRONG = {
    "percent_wrong": Figure("neet_share", "4016", "2022", 108.9),
    "negative": Figure("jobs", "4016", "2024", -1.0),
    "fraction": Figure("births", "4016", "2024", 41.5),
    "not_finite": Figure("neet_share", "4016", "2022", float("nan")),
    "thousands": Figure("accounts_care", "4016", "2024", 150_000.0),
    "period_wrong": Figure("neet_share", "4016", "24", 8.9),
    "reason_wrong": Figure("neet_share", "4016", "2022", None, ""),
    "indicator_unknown": Figure("happiness", "4016", "2024", 8.9),
    "place_old": Figure("neet_share", "0817", "2019", 8.9),
    "place_split": Figure("neet_share", "1850", "2019", 8.9),
    "place_unknown": Figure("neet_share", "9999", "2019", 8.9),
}


def test_good_figures_have_no_problem() -> None:
    hidden = Figure("neet_share", "4016", "2023", None, "hidden")
    allowed = [
        Figure("net_moves", "4016", "2024", -12.0),
        Figure("net_operating_result_share", "4016", "2024", -1.2),
        Figure("net_debt_share", "4016", "2024", 121.0),
        Figure("jobs", "EKG11", "2024", 1250.5),
        Figure("neet_share", "40", "2024", 11.0),
        Figure("neet_share", "0000", "2022-2024", 9.9),
    ]
    assert problems(table(GOOD, hidden, *allowed)) == []
    assert problems(table(profiles=(profile(2024), profile(2025), profile(2026)))) == []


@pytest.mark.parametrize("code", WRONG)
def test_each_thing_that_is_wrong_is_found(code: str) -> None:
    assert [one.code for one in problems(table(GOOD, WRONG[code]))] == [code]


def test_nothing_is_wrong_too() -> None:
    assert problems(table()) == [Problem("nothing")]


def test_the_same_twice_is_two_editions() -> None:
    assert problems(table(GOOD, GOOD)) == [Problem("twice", 0, {"what": "neet_share 4016 2024", "times": 2})]
    assert [one.code for one in problems(table(profiles=(profile(), profile())))] == ["profile_twice"]


def test_an_old_number_is_told_what_it_is_now() -> None:
    (found,) = problems(table(WRONG["place_old"]))
    assert labels.sentence(found) == (
        "0817 is an old number. The municipality is Drangedal (4016) now: add its old figures up first."
    )


def test_a_file_from_another_place_is_refused_and_the_country_is_not() -> None:
    here = [Figure("neet_share", place, "2024", 9.0) for place in ("4016", "0000", "40", "EKG11")]
    assert problems(table(*here), own_place="4016") == []
    (found,) = problems(table(*here, Figure("neet_share", "4014", "2024", 9.0)), own_place="4016")
    assert labels.sentence(found) == (
        "It holds figures of Kragerø (4014), and you work for Drangedal (4016): it is a file from another place."
    )


def test_a_claimed_unit_must_be_that_of_the_indicator() -> None:
    assert problems(table(GOOD), units=[("neet_share", "percent", 2)]) == []
    (found,) = problems(table(GOOD), units=[("neet_share", "per_1000", 2)])
    assert labels.sentence(found) == "Row 2: neet_share is said to be in “per_1000”, and is measured in “percent”."


def test_missing_years_and_ages_of_people_are_found() -> None:
    (found,) = problems(table(profiles=(profile(2020), profile(2023))))
    assert labels.sentence(found) == "Drangedal (4016) lacks the people of these years: 2021, 2022."
    short = AgeProfile("4016", 2026, (1,) * 105, (1,) * 106)
    assert [one.code for one in problems(table(profiles=(short,)))] == ["ages_wrong"]
    nobody = AgeProfile("4016", 2026, (0,) * 106, (0,) * 106)
    assert [one.code for one in problems(table(profiles=(nobody,)))] == ["nobody"]
    below = AgeProfile("4016", 2026, (-1, *(5,) * 105), (5,) * 106)
    assert [one.code for one in problems(table(profiles=(below,)))] == ["persons_wrong"]


def test_every_problem_has_a_sentence_and_every_sentence_its_problem() -> None:
    files = [*(SRC / "formats").glob("figures_*.py"), *(SRC / "apps/figures").rglob("*.py")]
    given_codes = {
        node.value
        for file in files
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Problem"
        for node in ast.walk(call.args[0])
        if isinstance(node, ast.Constant)
    }
    chosen = {"repeated", "repeated_same", "place_unknown", "place_old", "place_split"}  # by a condition before
    assert given_codes | chosen == set(labels.PROBLEMS)


def test_a_sentence_can_be_made_of_every_problem() -> None:
    names = {name for said in labels.PROBLEMS.values() for name in re.findall(r"%\((\w+)\)s", str(said))}
    gaps = dict.fromkeys(names, "§")
    told = [labels.sentence(Problem(code, 3, gaps)) for code in labels.PROBLEMS]
    assert [one for one in told if not one.startswith("Row 3: ") or "%" in one.replace("per cent", "")] == []
    assert labels.sentences([Problem("neither", row) for row in range(1, 9)], most=2) == (
        "Row 1: There is neither a value nor a reason why it is missing. Row 2: There is neither a value nor a reason"
        " why it is missing. And 6 more."
    )


# --- The catalogue ---


def test_every_indicator_has_a_name_a_topic_and_a_unit() -> None:
    for key, known in rules.CATALOGUE.items():
        assert labels.known_title(key), key
        assert known.topic in set(rules.TOPIC_ORDER) & set(labels.TOPICS)
        assert known.unit in labels.UNITS
        assert not known.concept or known.concept in labels.CONCEPTS
    assert set(labels.TITLES) <= set(rules.CATALOGUE)
    assert set(rules.BEHIND) <= set(rules.CATALOGUE)
    assert set(labels.UNITS) >= rules.RELATIVE


def test_everything_that_a_source_gives_is_in_the_catalogue() -> None:
    given_keys = {key for recipe in RECIPES.values() for key in recipe.gives}
    assert len(given_keys) > 30
    assert given_keys - set(rules.CATALOGUE) == set()


# --- Comparing ---


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=40))
def test_what_is_usual_are_the_quartiles(values: list[float]) -> None:
    found = rules.band(values)
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    assert found is not None
    assert (found.low, found.median, found.high) == pytest.approx((low, median, high), abs=1e-6)
    assert found.places == len(values)


def test_two_places_are_no_group() -> None:
    assert rules.band([1.0, 2.0]) is None


@pytest.mark.parametrize(
    ("persons", "group"),
    [(190, (0, 2000)), (1999, (0, 2000)), (2000, (2000, 5000)), (4093, (2000, 5000)), (700_000, (50_000, None))],
)
def test_sizes_are_groups_without_gaps(persons: int, group: tuple[int, int | None]) -> None:
    assert rules.size_group(persons) == group


# --- Keeping ---


@given(st.lists(st.integers(0, 2**32 - 1), min_size=212, max_size=212))
def test_people_come_back_from_their_bytes(counts: list[int]) -> None:
    made = AgeProfile("4016", 2026, tuple(counts[:106]), tuple(counts[106:]))
    assert len(rules.packed(made)) == 848
    assert rules.unpacked("4016", 2026, rules.packed(made)) == made


def test_the_fingerprint_is_of_the_content_and_not_of_its_order() -> None:
    other = Figure("jobs", "4016", "2024", 1297.0)
    assert rules.content_hash(table(GOOD, other)) == rules.content_hash(table(other, GOOD))
    assert rules.content_hash(table(GOOD)) != rules.content_hash(table(Figure("neet_share", "4016", "2024", 8.8)))
    assert rules.content_hash(table(profiles=(profile(),))) != rules.content_hash(table(profiles=(profile(2025),)))


def test_the_whole_population_follows_from_the_profiles_where_it_is_not_given() -> None:
    made = profile()
    whole = float(sum(made.women) + sum(made.men))
    assert rules.totals(table(profiles=(made,))) == (Figure("population", "4016", "2026", whole),)
    assert rules.totals(table(Figure("population", "4016", "2026", whole), profiles=(made,))) == ()


@pytest.mark.parametrize(
    ("period", "year"), [("2024", 2024.0), ("2024K3", 2024.5), ("2024M07", 2024.5), ("2022-2024", 2023.0)]
)
def test_a_period_has_its_place_on_the_axis(period: str, year: float) -> None:
    assert rules.period_year(period) == year
