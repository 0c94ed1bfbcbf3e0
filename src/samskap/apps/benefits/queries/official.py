"""Published figures as the measure of a benefit: what can be chosen, and the values that can be taken as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samskap.apps.benefits.labels.benefits import amount_with_unit
from samskap.apps.benefits.queries.reading import unit_words
from samskap.apps.benefits.rules import periods
from samskap.apps.figures.labels import UNITS, breakdown_words, indicator_title
from samskap.apps.figures.queries import Place, chart_choices, current_series
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.benefits.models import Benefit, Measurement
    from samskap.apps.figures.models import Edition
    from samskap.apps.figures.queries import Current

__all__ = [
    "Official",
    "Revised",
    "Series",
    "indicator_choices",
    "indicator_series",
    "offered_baselines",
    "offered_measurements",
    "official_at",
    "official_values",
    "revised_values",
]

_AGE_CHARTS = {"people", "support"}
_FINEST = Decimal("0.0001")


@dataclass(frozen=True)
class Series:
    """A series that can be a measure: its name and unit in the reader's language, and the key of the unit."""

    title: str
    unit: str
    unit_key: str


@dataclass(frozen=True)
class Official:
    """A published value of a period; it tells of the time until `on`."""

    period: str
    on: date
    value: Decimal
    source: str
    standing: str
    edition: Edition
    unit: str

    @property
    def words(self) -> str:
        return amount_with_unit(self.value, self.unit)

    @property
    def fields(self) -> dict[str, Any]:
        """The value as a row keeps it."""
        return {
            "measured_on": self.on, "value": self.value, "source": self.source[:300], "standing": self.standing,
            "period": self.period, "edition": self.edition,
        }  # fmt: skip


@dataclass(frozen=True)
class Revised:
    """A locked value that its publisher has changed since."""

    measurement: Measurement
    now: Official

    @property
    def words(self) -> str:
        return self.now.words


def indicator_choices(municipality: Municipality) -> list[tuple[str, str]]:
    """`key:part` and name of every published series of the municipality."""
    found = chart_choices(Place(municipality.number, municipality.name))
    return [(f"{key}:{part}", name) for key, part, name in found if key not in _AGE_CHARTS]


def indicator_series(municipality: Municipality, key: str, part: str) -> Series | None:
    """The series with this key and part of the people; None where the municipality has none."""
    found = _current(municipality.number, key, part)
    if found is None:
        return None
    title, words = indicator_title(found.indicator), breakdown_words(part)
    unit = found.indicator.unit
    return Series(f"{title}, {words}" if words else title, str(UNITS[unit]), unit)


def official_values(benefit: Benefit) -> tuple[Official, ...]:
    """The published values of its measure, the newest first; none where its measure is not published."""
    if not benefit.indicator:
        return ()
    found = _current(benefit.initiative.municipality.number, benefit.indicator, benefit.indicator_part)
    if found is None:
        return ()
    unit = unit_words(benefit)
    return tuple(
        Official(
            period=point.period,
            on=periods.period_end(point.period),
            value=Decimal(repr(point.value)).quantize(_FINEST),
            source=found.cited.text,
            standing=found.edition.standing,
            edition=found.edition,
            unit=unit,
        )
        for point in reversed(found.points)
        if point.value is not None
    )


def official_at(benefit: Benefit, period: str) -> Official:
    """The published value of a period; `NotFound` where there is none."""
    found = next((one for one in official_values(benefit) if one.period == period), None)
    if found is None:
        raise NotFound(_("There is no published figure of that period."))
    return found


def offered_baselines(benefit: Benefit, values: tuple[Official, ...]) -> tuple[Official, ...]:
    """The values from before there can be effects."""
    return tuple(one for one in values if one.on < benefit.effects_from)


def offered_measurements(benefit: Benefit, values: tuple[Official, ...]) -> tuple[Official, ...]:
    """The values after the baseline and what is approved, of days without a measurement; the oldest first."""
    base = getattr(benefit, "baseline", None)
    if base is None or benefit.ended_on:
        return ()
    written = {one.measured_on for one in benefit.measurements.all()}
    counting = [one.measured_on for one in benefit.measurements.all() if one.state != "draft"]
    after = max([base.measured_on, *counting])
    return tuple(one for one in reversed(values) if one.on > after and one.on not in written)


def revised_values(benefit: Benefit, values: tuple[Official, ...]) -> tuple[Revised, ...]:
    """Locked values of periods whose published value is another now, and that nobody has corrected."""
    now = {one.period: one for one in values}
    rows = list(benefit.measurements.all())
    corrected = {one.corrects_id for one in rows}
    return tuple(
        Revised(one, now[one.period])
        for one in rows
        if one.state == "locked" and one.pk not in corrected and one.period in now
        and one.value != now[one.period].value
    )  # fmt: skip


def _current(number: str, key: str, part: str) -> Current | None:
    return next(iter(current_series([key], places=[number], page_of=number, breakdown=part)), None)
