"""Periods of a benefit in a file, and the benefit that a result becomes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.apps.benefits.rules.exchange import Defaults, Measured, periods_of, planned_benefit
from samskap.formats.iati_results import Baseline, Period, Result

START = date(2026, 1, 1)
DEFAULTS = Defaults(
    language="nb", kind="quality", gainer="Innbyggerne", gainer_sector="people", owner_role="Leder", unit="personer",
    source="Importert", today=date(2026, 6, 1),
)  # fmt: skip
DAYS = st.dates(date(2026, 1, 2), date(2030, 12, 31))
NUMBERS = st.decimals(0, 1000, places=2)


def result(**fields) -> Result:
    return Result(**{"type": "2", "title": (("en", "Care"),), "indicator": (("en", "Visits"),)} | fields)


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(DAYS, NUMBERS, max_size=4),
    st.lists(st.builds(Measured, DAYS, NUMBERS), max_size=4, unique_by=lambda one: one.on),
    st.none() | st.dates(date(2025, 1, 1), date(2025, 12, 31)),
)
def test_periods_follow_each_other_and_give_back_every_target_and_measurement(targets, measured, baseline_on) -> None:
    periods = periods_of(effects_from=START, baseline_on=baseline_on, targets=targets, measured=measured)
    assert {one.end: one.target for one in periods if one.target is not None} == targets
    told = {one.end: one.actual for one in periods if one.actual is not None}
    assert told == {one.on: one.value for one in measured}
    assert all(one.start < one.end for one in periods)
    for before, after in zip(periods, periods[1:], strict=False):  # noqa: RUF007 -- read as before and after
        assert before.end < after.end
        assert after.start in {before.end + timedelta(days=1), before.end}


def test_a_result_of_others_takes_what_is_missing_from_the_defaults() -> None:
    found = planned_benefit(
        result(
            title=(("en", "Care"), ("no", "Omsorg"), ("fr", "Soins")),
            baseline=Baseline(2025, Decimal(3)),
            periods=(
                Period(date(2026, 1, 1), date(2026, 12, 31), Decimal(5), Decimal(4)),
                Period(date(2027, 1, 1), date(2027, 12, 31), Decimal(9)),
            ),
        ),
        DEFAULTS,
    )
    assert found.fields == {
        "language": "nb", "title": "Omsorg", "measure": "Visits", "gainer": "Innbyggerne", "owner_role": "Leder",
        "unit": "personer", "text": "", "translations": {"en": {"title": "Care", "measure": "Visits"}},
        "kind": "quality", "certainty": "hoped", "gainer_sector": "people", "is_harm": False, "is_planned": True,
        "allows_negative": False, "better": "higher", "effects_from": date(2026, 1, 1),
    }  # fmt: skip
    assert found.baseline == Measured(date(2025, 12, 31), Decimal(3), "Importert")
    assert found.targets == ((date(2026, 12, 31), Decimal(5)), (date(2027, 12, 31), Decimal(9)))
    assert found.measurements == (Measured(date(2026, 12, 31), Decimal(4), "Importert"),)


def test_a_baseline_of_the_year_in_which_the_effects_begin_lies_before_them() -> None:
    periods = (Period(date(2026, 3, 1), date(2026, 12, 31), Decimal(5)),)
    for year, on in ((2025, date(2025, 12, 31)), (2026, date(2026, 2, 28)), (2027, date(2027, 12, 31))):
        found = planned_benefit(result(baseline=Baseline(year, Decimal(3)), periods=periods), DEFAULTS)
        assert found.baseline.on == on


def test_without_periods_the_effects_begin_after_the_baseline_or_today() -> None:
    assert planned_benefit(result(baseline=Baseline(2024, Decimal(1))), DEFAULTS).fields[
        "effects_from"
    ] == START.replace(year=2025)
    assert planned_benefit(result(), DEFAULTS).fields["effects_from"] == DEFAULTS.today


def test_per_cent_is_a_unit_of_its_own_in_three_languages() -> None:
    fields = planned_benefit(result(measure="2", title=(("nb", "Omsorg"),)), DEFAULTS).fields
    assert (fields["unit"], fields["translations"]["en"]["unit"]) == ("prosent", "per cent")


def test_long_texts_are_cut_off_and_named_and_a_long_title_stands_whole_in_the_text() -> None:
    long = "word " * 50
    found = planned_benefit(result(title=(("en", long.strip()),), text=(("en", "More"),)), DEFAULTS)
    assert found.cut == ("title",)
    assert (len(found.fields["title"]) <= 160, found.fields["title"][-1]) == (True, "…")
    assert found.fields["text"] == f"{long.strip()}\n\nMore"
