"""The read model of a benefit: its baseline, its targets, what was measured, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse

from samskap.apps.benefits.labels import CERTAINTIES, KINDS, MEASUREMENT_STATES
from samskap.apps.benefits.labels.benefits import GIVEN_UNITS, STANDING_COLOURS, STANDINGS, forecast_amount
from samskap.apps.benefits.rules import forecasts, measuring, reminders
from samskap.apps.figures.labels import STANDINGS as FIGURE_STANDINGS
from samskap.apps.initiatives.queries import today

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Baseline, Benefit, Measurement

__all__ = [
    "BenefitRead",
    "MeasurementRead",
    "NumberRead",
    "TargetRead",
    "course_of",
    "read_benefit",
    "unit_words",
]


@dataclass(frozen=True)
class NumberRead:
    """A number with its day and source; `standing` is official, ours or illustrative."""

    on: date
    value: Decimal
    source: str
    standing: str
    period: str = ""
    url: str = ""

    @property
    def standing_words(self) -> str:
        return str(FIGURE_STANDINGS[self.standing])

    @property
    def is_illustrative(self) -> bool:
        return self.standing == "illustrative"


@dataclass(frozen=True)
class TargetRead:
    """What is to be reached by a day. `is_answered`: it is measured. `is_overdue`: it is not, too late."""

    pk: int
    due_on: date
    value: Decimal
    is_answered: bool
    is_overdue: bool


@dataclass(frozen=True)
class MeasurementRead:
    """What was measured. `counts` is false of a draft and of what a later row corrects.

    `expected` is the forecast of that day, `gap` how much the measurement lacks (below zero: it is ahead).
    """

    pk: int
    number: NumberRead
    state: str
    cause: str
    correction: str
    counts: bool
    expected: Decimal | None
    gap: Decimal | None
    is_behind: bool
    approved_on: date | None
    locked_on: date | None

    @property
    def on(self) -> date:
        return self.number.on

    @property
    def value(self) -> Decimal:
        return self.number.value

    @property
    def state_words(self) -> str:
        return str(MEASUREMENT_STATES[self.state])


@dataclass(frozen=True)
class BenefitRead:
    """A benefit with all that is known of it on the day `today`.

    `measurements` are those that the viewer may see, by day; `latest` is the last that counts. `realised` and
    `promised` are how much better it is and is to be than the baseline, in `unit` (below zero: worse). `standing` is a
    key of `rules.forecasts.STANDINGS`. Benefits of different kinds are never added.
    """

    pk: int
    initiative_pk: int
    initiative_title: str
    title: str
    text: str
    lang: str
    kind: str
    is_harm: bool
    is_planned: bool
    certainty: str
    gainer: str
    gainer_sector: str
    owner_role: str
    organisation: str
    measure: str
    unit: str
    better: str
    indicator: str
    effects_from: date
    baseline: NumberRead | None
    targets: tuple[TargetRead, ...]
    measurements: tuple[MeasurementRead, ...]
    course: forecasts.Course
    standing: str
    due: forecasts.Due | None
    today: date
    ended_on: date | None = None
    ended_reason: str = ""
    counting: tuple[MeasurementRead, ...] = field(default=())

    @property
    def url(self) -> str:
        return reverse("benefits:benefit", args=[self.pk])

    @property
    def kind_words(self) -> str:
        return str(KINDS[self.kind])

    @property
    def standing_words(self) -> str:
        return str(STANDINGS[self.standing])

    @property
    def colour(self) -> str:
        return STANDING_COLOURS[self.standing]

    @property
    def certainty_words(self) -> str:
        return str(CERTAINTIES[self.certainty])

    @property
    def latest(self) -> MeasurementRead | None:
        return self.counting[-1] if self.counting else None

    @property
    def last_target(self) -> TargetRead | None:
        return self.targets[-1] if self.targets else None

    @property
    def is_overdue(self) -> bool:
        """Something that is waited for has not come by its day."""
        return self.due is not None and self.due.on < self.today

    @property
    def is_due(self) -> bool:
        """Something is waited for within the next two weeks, or is overdue."""
        within = timedelta(days=reminders.ASKED_BEFORE_DAYS)
        return self.due is not None and self.due.on - within <= self.today

    @property
    def realised(self) -> Decimal | None:
        """How much better the last measurement is than the baseline."""
        return forecasts.gain(self.course, self.latest.value) if self.latest else None

    @property
    def promised(self) -> Decimal | None:
        """How much better than the baseline the last target is."""
        return forecasts.gain(self.course, self.last_target.value) if self.last_target else None

    @property
    def cause(self) -> str:
        """Why the last measurement is behind the forecast, as it was written."""
        return self.latest.cause if self.latest else ""

    def expected_words(self, value: Decimal | None) -> str:
        """A value of the forecast, no more exact than what it stands beside."""
        numbers = [target.value for target in self.targets] + [one.value for one in self.measurements]
        return forecast_amount(value, beside=[*numbers, self.baseline.value] if self.baseline else numbers)

    @property
    def is_illustrative(self) -> bool:
        numbers = [one.number for one in self.counting] + ([self.baseline] if self.baseline else [])
        return any(one.is_illustrative for one in numbers)


def read_benefit(benefit: Benefit, *, drafts: bool = False, now: date | None = None) -> BenefitRead:
    """One benefit as it stands on the day `now`, with drafts of measurements for those who may see them."""
    now = now or today()
    said, course = benefit.said, course_of(benefit)
    measured = _measured(benefit, course, drafts=drafts, now=now)
    counting = tuple(one for one in measured if one.counts)
    days = [one.on for one in counting]
    ended = benefit.ended_on is not None and benefit.ended_on <= now
    kind = "harm" if benefit.is_harm else "planned" if benefit.is_planned else "unplanned"
    latest = (counting[-1].on, counting[-1].value) if counting else None
    return BenefitRead(
        pk=benefit.pk,
        initiative_pk=benefit.initiative_id,
        initiative_title=benefit.initiative.said.title,
        title=said.title, text=said.text, lang=said.lang,
        kind=benefit.kind, is_harm=benefit.is_harm, is_planned=benefit.is_planned, certainty=benefit.certainty,
        gainer=said.gainer, gainer_sector=benefit.gainer_sector,
        owner_role=said.owner_role, organisation=benefit.owner_organisation.name,
        measure=said.measure, unit=unit_words(benefit), better=benefit.better, indicator=benefit.indicator,
        effects_from=benefit.effects_from,
        baseline=_number(benefit, base) if (base := _baseline(benefit)) else None,
        targets=_targets(course, days, benefit=benefit, now=now, is_ended=ended),
        measurements=measured,
        course=course,
        standing=forecasts.standing(course, latest=latest, kind=kind, is_ended=ended),
        due=None if ended else _due(benefit, course, days),
        today=now,
        ended_on=benefit.ended_on if ended else None,
        ended_reason=benefit.ended_reason if ended else "",
        counting=counting,
    )  # fmt: skip


def course_of(benefit: Benefit) -> forecasts.Course:
    """What was promised, for the rules."""
    base = _baseline(benefit)
    return forecasts.Course(
        better=benefit.better,
        effects_from=benefit.effects_from,
        baseline=(base.measured_on, base.value) if base else None,
        targets=tuple((one.due_on, one.value) for one in benefit.targets.all()),
    )


def unit_words(benefit: Benefit) -> str:
    """The unit in the reader's language."""
    given = measuring.GIVEN_UNITS.get(benefit.kind)
    return str(GIVEN_UNITS[given]) if given else benefit.said.unit


def _due(benefit: Benefit, course: forecasts.Course, days: Sequence[date]) -> forecasts.Due | None:
    """What is waited for; a benefit that came unplanned waits for nothing but its own targets."""
    due = forecasts.due_now(course, days)
    is_planned = benefit.is_planned and not benefit.is_harm
    return due if is_planned or (due and due.kind == "target") else None


def _baseline(benefit: Benefit) -> Baseline | None:
    return getattr(benefit, "baseline", None)


def _number(benefit: Benefit, row: Baseline | Measurement) -> NumberRead:
    is_made_up = row.standing == "ours" and benefit.initiative.municipality.is_illustrative
    standing = "illustrative" if is_made_up else row.standing
    url = row.edition.url if row.edition else ""
    return NumberRead(row.measured_on, row.value, row.source, standing, row.period, url)


def _targets(
    course: forecasts.Course, days: Iterable[date], *, benefit: Benefit, now: date, is_ended: bool
) -> tuple[TargetRead, ...]:
    measured = tuple(days)
    return tuple(
        TargetRead(
            pk=one.pk,
            due_on=one.due_on,
            value=one.value,
            is_answered=(answered := forecasts.is_answered(one.due_on, measured)),
            is_overdue=not answered and not is_ended and one.due_on < now,
        )
        for one in benefit.targets.all()
    )


def _measured(benefit: Benefit, course: forecasts.Course, *, drafts: bool, now: date) -> tuple[MeasurementRead, ...]:
    found = [one for one in benefit.measurements.all() if one.measured_on <= now]
    corrected = {one.corrects_id for one in found if one.corrects_id and one.state != "draft"}
    return tuple(
        _measurement(benefit, course, one, counts=one.state != "draft" and one.pk not in corrected)
        for one in found
        if drafts or one.state != "draft"
    )


def _measurement(benefit: Benefit, course: forecasts.Course, row: Measurement, *, counts: bool) -> MeasurementRead:
    there = forecasts.expected(course, row.measured_on)
    lacks = None if there is None else (there - row.value if course.better == "higher" else row.value - there)
    return MeasurementRead(
        pk=row.pk,
        number=_number(benefit, row),
        state=row.state,
        cause=row.cause,
        correction=row.correction,
        counts=counts,
        expected=there,
        gap=lacks,
        is_behind=forecasts.is_behind(course, row.measured_on, row.value),
        approved_on=row.approved_at.date() if row.approved_at else None,
        locked_on=row.locked_at.date() if row.locked_at else None,
    )
