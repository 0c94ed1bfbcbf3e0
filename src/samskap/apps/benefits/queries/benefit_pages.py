"""The public pages of benefits: the chart with its table, and the sentence that says how one stands."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import frame
from samskap.apps.benefits import permissions
from samskap.apps.benefits.labels import BETTER, SECTORS
from samskap.apps.benefits.labels.benefits import STANDING_MEANINGS, amount, amount_with_unit, signed_amount
from samskap.apps.benefits.queries.benefits import benefits_of, visible_benefit
from samskap.apps.benefits.queries.official import indicator_series
from samskap.apps.benefits.queries.reading import BenefitRead, read_benefit
from samskap.apps.benefits.rules import forecasts
from samskap.apps.figures.labels import chart_numbers
from samskap.apps.figures.queries import indicator_url
from samskap.apps.initiatives.queries import visible_initiative
from samskap.apps.trail.queries import Story
from samskap.formats.charts import Face, Line, LineChart, Mark, both_widths

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Benefit
    from samskap.apps.benefits.queries.reading import MeasurementRead, NumberRead

__all__ = [
    "NumberLine",
    "benefit_chart",
    "benefit_page",
    "benefit_sentence",
    "benefit_story",
    "benefits_page",
    "number_lines",
]


@dataclass(frozen=True)
class NumberLine:
    """One row of the table beside the chart, in words. `kind` is baseline, target or measurement."""

    on: date
    kind: str
    value: str
    expected: str
    change: str
    note: str
    number: NumberRead | None
    measurement: MeasurementRead | None = None


def benefit_page(pk: int, *, viewer: Any) -> dict[str, Any]:
    """What the public page of one benefit shows."""
    found = visible_benefit(pk, viewer=viewer)
    benefit = read_benefit(found)
    initiative = found.initiative
    lines = number_lines(benefit)
    return {
        **frame(initiative.municipality),
        "initiative": initiative,
        "row": found,
        "benefit": benefit,
        "sentence": benefit_sentence(benefit),
        "meaning": STANDING_MEANINGS[benefit.standing],
        "direction": BETTER[benefit.better],
        "sector": SECTORS[benefit.gainer_sector],
        "drawing": benefit_chart(benefit),
        "lines": lines,
        "all_illustrative": all(line.number.is_illustrative for line in lines if line.number),
        "published": _published(found),
        "may_measure": permissions.can_measure(viewer, found),
    }


def benefits_page(pk: int, *, viewer: Any) -> dict[str, Any]:
    """The benefits of an initiative as everybody sees them: sure and hoped, planned and not, and the harms."""
    initiative = visible_initiative(pk, viewer=viewer)
    found = benefits_of(initiative, None if initiative.is_published else viewer)
    return {
        **frame(initiative.municipality),
        "initiative": initiative,
        "said": initiative.said,
        "rows": [(one, benefit_sentence(one)) for one in found],
        "may_edit": permissions.can_edit_benefits(viewer, initiative),
    }


def _published(benefit: Benefit) -> tuple[str, str] | None:
    """Name and page of the published figures that measure it."""
    municipality = benefit.initiative.municipality
    key, part = benefit.indicator, benefit.indicator_part
    series = indicator_series(municipality, key, part) if key else None
    return (series.title, indicator_url(municipality.number, key, part)) if series else None


def benefit_sentence(benefit: BenefitRead) -> str:
    """Where it began, where it is and where it is to come, in words."""
    return " ".join(filter(None, (_before(benefit), _now(benefit), _aim(benefit))))


def _before(benefit: BenefitRead) -> str:
    if benefit.baseline is None:
        return _("It is not measured how it was before.")
    gaps = {"value": amount_with_unit(benefit.baseline.value, benefit.unit), "date": date_format(benefit.baseline.on)}
    return _("Before: %(value)s, on %(date)s.") % gaps


def _now(benefit: BenefitRead) -> str:
    last = benefit.latest
    if last is None:
        return _("Nothing is measured since.") if benefit.baseline else ""
    gaps = {
        "value": amount(last.value), "date": date_format(last.on), "change": signed_amount(_change(benefit, last)),
        "expected": benefit.expected_words(last.expected),
    }  # fmt: skip
    if last.expected is None:
        return _("Now: %(value)s, on %(date)s, a change of %(change)s.") % gaps
    return _("Now: %(value)s, on %(date)s, a change of %(change)s. Forecast for that day: %(expected)s.") % gaps


def _aim(benefit: BenefitRead) -> str:
    target = benefit.last_target
    if target is None:
        return ""
    return _("Target: %(value)s by %(date)s.") % {"value": amount(target.value), "date": date_format(target.due_on)}


def _change(benefit: BenefitRead, one: MeasurementRead) -> Any:
    return one.value - benefit.baseline.value if benefit.baseline else None


def number_lines(benefit: BenefitRead) -> list[NumberLine]:
    """Every number of a benefit by day: the baseline, the targets and what was measured, corrected ones too."""
    lines = [_baseline_line(benefit.baseline)] if benefit.baseline else []
    lines += [
        NumberLine(
            one.due_on, "target", amount(one.value),
            benefit.expected_words(forecasts.expected(benefit.course, one.due_on)),
            signed_amount(one.value - benefit.baseline.value) if benefit.baseline else "–",
            _("Overdue") if one.is_overdue else "", None,
        )
        for one in benefit.targets
    ]  # fmt: skip
    lines += [_measured_line(benefit, one) for one in benefit.measurements]
    return sorted(lines, key=lambda line: (line.on, ("baseline", "target", "measurement").index(line.kind)))


def _baseline_line(number: NumberRead) -> NumberLine:
    return NumberLine(number.on, "baseline", amount(number.value), "–", "–", "", number)


def _measured_line(benefit: BenefitRead, one: MeasurementRead) -> NumberLine:
    change = signed_amount(_change(benefit, one))
    note = one.state_words if one.counts or one.state == "draft" else _("Corrected")
    return NumberLine(
        one.on, "measurement", amount(one.value), benefit.expected_words(one.expected), change, note, one.number, one
    )


def benefit_chart(benefit: BenefitRead) -> SafeString:
    """The forecast as a dashed line and what was measured as a full one; empty where there are not two points."""
    forecast = forecasts.forecast_points(benefit.course)
    measured = [benefit.course.baseline] if benefit.course.baseline else []
    measured += [(one.on, one.value) for one in benefit.counting]
    lines = []
    if len(forecast) > 1:
        lines.append(Line(_("Forecast"), _places(forecast), "dashed", tone=1))
    if len(measured) > 1:
        lines.append(Line(_("Measured"), _places(measured), "main", tone=0))
    if not lines:
        return SafeString("")
    chart = LineChart(
        Face(
            f"benefit-{benefit.pk}", benefit.title, benefit_sentence(benefit),
            unit=benefit.unit, decimals=0, numbers=chart_numbers(),
        ),
        tuple(lines),
        today=Mark(_year(benefit.today), _("Today")),
        labels=_labels([*forecast, *measured]),
    )  # fmt: skip
    return mark_safe(both_widths(chart))  # noqa: S308 -- our drawing, words escaped in it


def _places(points: Any) -> tuple[tuple[float, float | None], ...]:
    return tuple((_year(day), float(value)) for day, value in points)


def _labels(points: list[Any]) -> tuple[Mark, ...]:
    """The first and the last day in words, and the years that begin between them."""
    days = sorted({day for day, _value in points})
    first, last = days[0], days[-1]
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    ends = [Mark(_year(day), date_format(day, "SHORT_DATE_FORMAT")) for day in (first, last)]
    apart = (_year(last) - _year(first)) / 8
    between = [
        Mark(_year(day), str(day.year))
        for day in years
        if min(_year(day) - _year(first), _year(last) - _year(day)) > apart
    ]
    return (ends[0], *between, ends[1])


def _year(day: date) -> float:
    """Where a day stands on an axis of years."""
    return day.year + (day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365)


def benefit_story(pk: int, *, viewer: Any) -> Story:
    """The history of a benefit, for those who may see it."""
    found = visible_benefit(pk, viewer=viewer)
    said = found.said
    return Story(said.title, said.lang, read_benefit(found).url, (found,))
