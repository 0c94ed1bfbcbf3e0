"""What the public pages of figures show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.figures import labels, rules
from samskap.apps.figures.queries.drawing import Chart, indicator_chart, people_chart, support_chart
from samskap.apps.figures.queries.lines import Lines, lines_of
from samskap.apps.figures.queries.parted import parts_chart
from samskap.apps.figures.queries.people import people_of, population_edition
from samskap.apps.figures.queries.places import Neighbours, Place, has_figures, neighbours
from samskap.apps.figures.queries.series import Cited, Current, current_series, joined
from samskap.kernel.errors import NotFound
from samskap.sources.values import NATION
from samskap.web.parts import Card
from samskap.web.parts import Part as WebPart

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = [
    "AGE_CHARTS",
    "ConceptPage",
    "IndicatorPage",
    "KeyFigure",
    "Part",
    "PlacePage",
    "Topic",
    "chart_choices",
    "charts_of",
    "concept_page",
    "indicator_page",
    "indicator_url",
    "municipality_parts",
    "place_page",
]


AGE_CHARTS = ("people", "support")


@dataclass(frozen=True)
class KeyFigure:
    """One line of the table of a topic: the newest figure of the place and, for the same period, of the others."""

    title: str
    url: str
    part: str
    unit: str
    period: str
    value: str
    others: tuple[str, ...]
    standing: str
    lang: str

    @property
    def mark(self) -> str:
        """Said beside every figure that is not official."""
        return "" if self.standing == "official" else str(labels.STANDINGS[self.standing])


@dataclass(frozen=True)
class Topic:
    """A topic with its figures, the columns of its table, and the concepts that are measured in several ways."""

    key: str
    label: str
    columns: tuple[str, ...]
    figures: tuple[KeyFigure, ...]
    concepts: tuple[tuple[str, str], ...]
    sources: tuple[Cited, ...]


@dataclass(frozen=True)
class PlacePage:
    """Everything on the page of a municipality."""

    place: Place
    charts: tuple[Chart, ...]
    topics: tuple[Topic, ...]
    group: str

    @property
    def is_empty(self) -> bool:
        return not self.charts and not self.topics


@dataclass(frozen=True)
class Part:
    """A part of the people that an indicator is also counted for."""

    label: str
    query: str
    current: bool


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator of one place."""

    place: Place
    lines: Lines
    chart: Chart
    parts: tuple[Part, ...]
    divided: Chart | None
    concept: tuple[str, str] | None
    query: str

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """Why there is no figure, and of which periods."""
        by_reason: dict[str, list[str]] = {}
        for point in self.lines.own.current.points:
            if point.missing:
                by_reason.setdefault(point.reason, []).append(point.period)
        return tuple((reason, ", ".join(periods)) for reason, periods in by_reason.items())


@dataclass(frozen=True)
class ConceptPage:
    """One thing that is measured in several ways, each with its own chart."""

    place: Place
    title: str
    why: str
    charts: tuple[tuple[str, Chart], ...]


def place_page(place: Place) -> PlacePage:
    """The page of a municipality: people by age, and its newest figures by topic."""
    beside = neighbours(place)
    charts = _age_charts(place)
    found = [one for one in lines_of(None, beside=beside) if one.indicator.key not in rules.BEHIND]
    topics = tuple(
        _topic(key, [one for one in found if one.indicator.topic == key], beside)
        for key in rules.TOPIC_ORDER
        if any(one.indicator.topic == key for one in found)
    )
    return PlacePage(place, charts, topics, ", ".join(group.label for group in beside.groups))


def _age_charts(place: Place) -> tuple[Chart, ...]:
    """The charts `AGE_CHARTS`, or none where there are no people by age."""
    people = people_of(place.number)
    if people is None:
        return ()
    country = people_of(NATION, page_of=place.number)
    return people_chart(people, place=place.name), support_chart(people, place=place.name, country=country)


def _topic(key: str, found: list[Lines], beside: Neighbours) -> Topic:
    """The columns are the places and groups that any of these indicators has."""
    columns: dict[str, str] = {}
    for lines in found:
        columns |= {one.place: one.label for one in lines.others}
        columns |= {group.group.key: group.label for group in lines.groups}
    concepts = dict.fromkeys(one.indicator.concept for one in found if one.indicator.concept in labels.CONCEPTS)
    return Topic(
        key,
        str(labels.TOPICS[key]),
        tuple(columns.values()),
        tuple(_key_figure(one, tuple(columns), beside.place) for one in found),
        tuple((concept, str(labels.CONCEPTS[concept].title)) for concept in concepts),
        joined(one.own.current.cited for one in found),
    )


def _key_figure(lines: Lines, columns: tuple[str, ...], place: Place) -> KeyFigure:
    own, indicator = lines.own.current, lines.indicator
    latest = own.latest
    period = latest.period if latest else ""
    points = {one.place: one.at(period) for one in lines.others}
    shown = {place: point.reason or _shown(point.value, lines) for place, point in points.items() if point}
    shown |= {
        group.group.key: _shown(group.usual[period].median if period in group.usual else None, lines)
        for group in lines.groups
    }
    value = labels.MISSING["not_available"] if latest is None else latest.reason or _shown(latest.value, lines)
    return KeyFigure(
        title=lines.title,
        url=indicator_url(place.number, indicator.key, lines.breakdown),
        part=lines.part,
        unit=str(labels.UNITS[indicator.unit]),
        period=period,
        value=str(value),
        others=tuple(shown.get(column, "–") for column in columns),
        standing=own.edition.standing,
        lang="" if labels.known_title(indicator.key) else indicator.said.lang,
    )


def _shown(value: float | None, lines: Lines) -> str:
    return labels.number(value, decimals=lines.indicator.decimals)


def indicator_url(number: str, key: str, part: str = "") -> str:
    """The address of an indicator of a place, with the part of the people where it is not everybody."""
    return reverse("figures:indicator", args=[number, key]) + _query(part)


def _query(part: str) -> str:
    return f"?{urlencode({'part': part})}" if part else ""


def indicator_page(place: Place, key: str, *, part: str | None = None) -> IndicatorPage:
    """One indicator of a place; `NotFound` where the place has no figures of it."""
    beside = neighbours(place)
    found = lines_of([key], beside=beside, wanted=[(key, part)] if part is not None else ())
    if not found:
        raise NotFound(
            _("There are no figures of this for %(place)s.") % {"place": place.name},
            cure=_("The page of the municipality lists what there is."),
        )
    lines = found[0]
    held = _held(key, place)
    divided = parts_chart(held, place=place, links={part: _query(part) or "?part=" for part in held[place.number]})
    parts = tuple(
        Part(labels.breakdown_words(part) or _("everybody"), _query(part) or "?part=", part == lines.breakdown)
        for part in held[place.number]
    )
    concept = lines.indicator.concept if lines.indicator.concept in labels.CONCEPTS else ""
    return IndicatorPage(
        place,
        lines,
        indicator_chart(lines),
        parts if len(parts) > 1 and divided is None else (),
        divided,
        (concept, str(labels.CONCEPTS[concept].title)) if concept else None,
        _query(lines.breakdown),
    )


def _held(key: str, place: Place) -> dict[str, dict[str, Current]]:
    """The series of an indicator by place, the place itself and the country, and part of the people."""
    held: dict[str, dict[str, Current]] = {}
    for one in current_series([key], places=[place.number, NATION], page_of=place.number):
        held.setdefault(one.place, {})[one.breakdown] = one
    return held


def concept_page(place: Place, concept: str) -> ConceptPage:
    """The measures of one concept side by side; `NotFound` where the place has none of them."""
    keys = [key for key, known in rules.CATALOGUE.items() if known.concept == concept]
    found = lines_of(keys, beside=neighbours(place)) if keys and concept in labels.CONCEPTS else []
    if not found:
        raise NotFound(_("There are no figures of this for %(place)s.") % {"place": place.name})
    told = labels.CONCEPTS[concept]
    charts = tuple(
        (indicator_url(place.number, one.indicator.key, one.breakdown), indicator_chart(one)) for one in found
    )
    return ConceptPage(place, str(told.title), str(told.why), charts)


def charts_of(place: Place, wanted: Sequence[tuple[str, str]]) -> list[Chart | None]:
    """The charts of these indicators and parts of the people, for another page; None where there are no figures.

    Without a part it is that of everybody or, where nobody counts those, the first.
    `people` and `support` are the charts of people by age. As many queries for one as for ten.
    """
    charts: dict[tuple[str, str], Chart] = {}
    if {key for key, _part in wanted} & set(AGE_CHARTS):
        drawn = dict(zip(AGE_CHARTS, _age_charts(place), strict=False))
        charts |= {(key, ""): chart for key, chart in drawn.items()}
    keys = [key for key, _part in wanted if key not in AGE_CHARTS]
    found = lines_of(keys, beside=neighbours(place), wanted=wanted) if keys else []
    for number, lines in enumerate(found, start=1):
        chart = indicator_chart(lines, key=f"{lines.indicator.key}-{number}")
        charts[lines.indicator.key, lines.breakdown] = chart
        charts.setdefault((lines.indicator.key, ""), chart)
    return [charts.get(one) for one in wanted]


def chart_choices(place: Place) -> list[tuple[str, str, str]]:
    """Key, part of the people and name of every chart that can be had of this place."""
    ages = [
        ("people", "", _("People by age")),
        ("support", "", _("People aged 16–66 for each person aged 80 and over")),
    ]
    found = current_series(None, places=[place.number], page_of=place.number)
    shown = [one for one in found if one.indicator.key not in rules.BEHIND]
    named = [(one, labels.indicator_title(one.indicator), labels.breakdown_words(one.breakdown)) for one in shown]
    return (ages if population_edition(place.number) else []) + [
        (one.indicator.key, one.breakdown, f"{title}, {part}" if part else title) for one, title, part in named
    ]


def municipality_parts(municipality: Municipality, viewer: Any) -> list[WebPart]:
    """The way to the figures, for the municipality's page; nothing where there are none."""
    if not has_figures(municipality.number):
        return []
    card = Card(
        title=_("Figures of %(place)s") % {"place": municipality.name},
        url=reverse("figures:place", args=[municipality.number]),
        text=_("People, services, work and economy, beside the country and comparable municipalities."),
    )
    return [WebPart(title=_("The figures"), cards=(card,), order=45)]
