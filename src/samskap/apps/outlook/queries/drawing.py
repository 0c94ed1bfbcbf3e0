"""The charts of an outlook, each with its sentence and its table."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samskap.apps.outlook import labels, rules
from samskap.apps.outlook.labels import sentences
from samskap.apps.outlook.queries.told import TOTAL, Told
from samskap.formats.charts import (
    Area,
    Bar,
    BarChart,
    BarGroup,
    Face,
    FanChart,
    Layer,
    Line,
    Mark,
    StackedBars,
    both_widths,
    drawn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from samskap.engines.outlook.result import Band, MoneyPath, Official, Outlook
    from samskap.formats.charts import Chart

__all__ = [
    "Figure",
    "money_figures",
    "need_figure",
    "people_figure",
    "spread_figure",
    "support_figure",
    "table_rows",
]

GREY = 5


@dataclass(frozen=True)
class Figure:
    """One chart as the page shows it; `file` is what its CSV file is asked by."""

    key: str
    title: str
    sentences: tuple[str, ...]
    chart: Chart
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def called(self, prefix: str) -> Figure:
        """The same under a longer key, for a page with several outlooks."""
        face = replace(self.chart.face, key=f"{prefix}{self.key}")
        return replace(self, key=face.key, chart=replace(self.chart, face=face))

    @property
    def drawing(self) -> SafeString:
        """The chart for a page: wide and narrow."""
        return mark_safe(both_widths(self.chart))  # noqa: S308 -- every word in it is escaped by formats.charts

    @property
    def svg(self) -> str:
        """The chart for paper."""
        return drawn(self.chart)


def support_figure(told: Told) -> Figure:
    """People of working age for each person over 80."""
    band, years = told.outlook.support_ratio, told.outlook.years
    title = _("People aged 16 to 66 for each person aged 80 or over")
    text = (sentences.support_sentence(band, year=years[-1]),)
    chart = _fan(
        told, band, key="support", title=title, text=text, unit=_("people"), past=told.past.support,
        base=told.base.support_ratio if told.base else None, zero=True,
    )  # fmt: skip
    return Figure("support", title, text, chart, *_table(band, years, write=labels.ratio))


def people_figure(told: Told, *, group: str) -> Figure:
    """The people of an age group, with the official projections beside them."""
    band, years = _people(told.outlook, group), told.outlook.years
    official = told.official.get(group, ())
    title = _("People in %(name)s") % {"name": told.name}
    text = tuple(
        filter(
            None,
            (
                sentences.people_sentence(band, group=group, years=years),
                sentences.official_sentence(official),
                sentences.followed_sentence(told.outlook) if group == TOTAL else "",
            ),
        )
    )
    beside = tuple(_official_line(one, number=len(official) - at) for at, one in enumerate(official))
    beside += _own_line(told.outlook) if group == TOTAL else ()
    chart = _fan(
        told, band, key="people", title=title, text=text, unit=_("people"), past=told.past.of(group),
        base=_people(told.base, group) if told.base else None, beside=beside, others=_official_band(official),
    )  # fmt: skip
    return Figure("people", title, text, chart, *_table(band, years, write=labels.persons))


def _own_line(outlook: Outlook) -> tuple[Line, ...]:
    """Our own middle, where the middle was laid on an official projection."""
    if outlook.unconstrained is None:
        return ()
    points = tuple(zip(map(float, outlook.years), outlook.unconstrained.p50, strict=True))
    return (Line(_("our own middle"), points, "dashed", 2),)


def _official_line(one: Official, *, number: int) -> Line:
    """A projection as it was made; `number` 1 is the newest. Of the others one has the name of all."""
    points = tuple((float(year), persons) for year, persons in zip(one.years, one.persons, strict=True))
    if number == 1:
        return Line(_("projection of %(year)s") % {"year": one.edition}, points, "other", GREY)
    return Line(_("earlier projections") if number == 2 else "", points, "thin", GREY)


def _official_band(official: Sequence[Official]) -> tuple[Area, ...]:
    """The band of the newest projection, where its forerunners tell one."""
    if not official:
        return ()
    one = official[-1]
    known = [(float(y), low, high) for y, low, high in zip(one.years, one.low, one.high, strict=True) if low == low]
    if len(known) < 3:
        return ()
    xs, low, high = zip(*known, strict=True)
    return (Area(_("by how much such have missed"), xs, low, high, 0.13, GREY),)


def _people(outlook: Outlook, group: str) -> Band:
    return outlook.population if group == TOTAL else outlook.groups[group]


def need_figure(told: Told) -> Figure:
    """Posts by service now and later; the table tells users and kroner too."""
    outlook = told.outlook
    told_years = rules.told_years(outlook.years)
    at = [outlook.years.index(year) for year in told_years]
    title = _("What the services need: full-time posts")
    groups = tuple(
        BarGroup(
            str(labels.SERVICES[service.key]),
            tuple(
                Bar(
                    _("now") if not index else str(year),
                    service.posts.p50[index],
                    None if not index else service.posts.p10[index],
                    None if not index else service.posts.p90[index],
                    strength=0.4 + 0.5 * index / max(at[-1], 1),
                )
                for index, year in zip(at, told_years, strict=True)
            ),
        )
        for service in outlook.services
    )
    text = (sentences.need_sentence(outlook),)
    chart = BarChart(_face("need", title, text, unit=_("posts")), groups)
    headers = (_("Service"), _("Year"), _("Users"), _("Posts"), _("Million kroner"))
    rows = tuple(
        (
            str(labels.SERVICES[one.key]),
            str(outlook.years[index]),
            f"{labels.persons(one.users.p50[index])} {labels.SERVICE_UNITS[one.unit]}",
            _with_band(one.posts, index, write=labels.posts),
            _with_band(one.kroner, index, write=labels.millions),
        )
        for one in outlook.services
        for index in at
    )
    return Figure("need", title, text, chart, headers, rows)


def money_figures(told: Told, money: MoneyPath) -> tuple[Figure, ...]:
    """The room for manoeuvre, and what must be done beside what is chosen."""
    return _room_figure(told, money), _stacked_figure(told, money)


def _room_figure(told: Told, money: MoneyPath) -> Figure:
    years = told.outlook.years
    title = _("Room for manoeuvre")
    text = sentences.room_sentences(money, years=years)
    base = told.base.money.room if told.base and told.base.money else None
    chart = _fan(
        told, _scaled(money.room), key="room", title=title, text=text, base=_scaled(base) if base else None,
        rule=Mark(0.0, _("no room left")), unit=_("million kroner of %(year)s") % {"year": money.price_year},
    )  # fmt: skip
    headers = (
        _("Year"), _("Million kroner"), _("Kroner for each inhabitant"), _("Share of revenue"), _("As posts"),
        _("Chance that it is below zero"),
    )  # fmt: skip
    rows = tuple(
        (
            str(years[at]),
            _with_band(money.room, at, write=labels.millions),
            labels.persons(money.room_a_head.p50[at]) if money.room_a_head else "–",
            labels.share(money.room_share.p50[at]),
            labels.posts(money.room_posts.p50[at]),
            labels.chance(money.chance_negative[at]),
        )
        for at in _fives(years)
    )
    return Figure("room", title, text, chart, headers, rows)


def _stacked_figure(told: Told, money: MoneyPath) -> Figure:
    years = told.outlook.years
    title = _("Must do and chosen: change of cost since %(year)s") % {"year": years[0]}
    text = (sentences.stacked_sentence(money, years=years),)
    must, chosen = _("Must do: number and age of people"), _("Chosen: what you change")
    chart = StackedBars(
        _face("stacked", title, text, unit=_("million kroner of %(year)s") % {"year": money.price_year}),
        tuple(map(str, years)),
        (Layer(must, _scaled(money.must).p50), Layer(chosen, _scaled(money.chosen).p50, 1)),
    )
    rows = table_rows(years, (money.must, money.chosen), write=labels.millions)
    return Figure("stacked", title, text, chart, (_("Year"), must, chosen), rows)


def spread_figure(told: Told) -> Figure | None:
    """What explains the spread of the last year."""
    explained = told.outlook.explained
    if not explained:
        return None
    title = _("What makes the outlook uncertain")
    text = (sentences.explained_sentence(told.outlook),)
    groups = tuple(
        BarGroup(labels.layer_name(one.layer), (Bar("", one.share * 100.0, strength=0.85),)) for one in explained
    )
    chart = BarChart(_face("spread", title, text, unit=_("per cent of the spread")), groups)
    rows = tuple((labels.layer_name(one.layer), labels.percent(one.share)) for one in explained)
    return Figure("spread", title, text, chart, (_("Cause"), _("Share of the spread")), rows)


def _fan(
    told: Told,
    band: Band,
    *,
    key: str,
    title: str,
    text: Sequence[str],
    unit: str,
    past: tuple[tuple[float, float | None], ...] = (),
    base: Band | None = None,
    beside: tuple[Line, ...] = (),
    others: tuple[Area, ...] = (),
    rule: Mark | None = None,
    zero: bool = False,
) -> FanChart:
    """A fan of this outlook; where levers are pulled, the middle without them is a dashed line."""
    years = told.outlook.years
    if base is not None:
        points = tuple(zip(map(float, years), base.p50, strict=True))
        beside += (Line(_("without changes"), points, "dashed", 1),)
    return FanChart(
        _face(key, title, text, unit=unit),
        _("the middle"),
        years,
        band.p50,
        inner=(_("every other future"), band.p25, band.p75),
        outer=(_("four of five futures"), band.p10, band.p90),
        past=tuple(point for point in past if point[0] <= years[0]),
        beside=beside,
        others=others,
        today=Mark(years[0], _("now")) if past else None,
        rule=rule,
        zero=zero,
    )


def _face(key: str, title: str, text: Sequence[str], *, unit: str) -> Face:
    return Face(key, title, " ".join(text), unit=unit, numbers=labels.numbers())


def _scaled(band: Band) -> Band:
    """Kroner as millions."""
    return replace(
        band, **{each.name: tuple(value / 1e6 for value in getattr(band, each.name)) for each in fields(band)}
    )


def _table(
    band: Band, years: tuple[int, ...], *, write: Callable[[float], str]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    headers = (_("Year"), _("The middle"), _("Every other future"), _("Four of five futures"))
    rows = tuple(
        (
            str(years[at]),
            write(band.p50[at]),
            labels.times(write, low=band.p25[at], high=band.p75[at]),
            labels.times(write, low=band.p10[at], high=band.p90[at]),
        )
        for at in _fives(years)
    )
    return headers, rows


def table_rows(
    years: tuple[int, ...], bands: Sequence[Band], *, write: Callable[[float], str]
) -> tuple[tuple[str, ...], ...]:
    """A row for each fifth year, with a cell for each of several bands."""
    return tuple((str(years[at]), *(_with_band(band, at, write=write) for band in bands)) for at in _fives(years))


def _with_band(band: Band, at: int, *, write: Callable[[float], str]) -> str:
    """A value with its band; without where all draws agree, as they do now."""
    if band.p10[at] == band.p90[at]:
        return write(band.p50[at])
    return f"{write(band.p50[at])} ({labels.times(write, low=band.p10[at], high=band.p90[at])})"


def _fives(years: tuple[int, ...]) -> list[int]:
    """The places of the first year, each fifth, and the last."""
    return [at for at, year in enumerate(years) if at in (0, len(years) - 1) or year % 5 == 0]
