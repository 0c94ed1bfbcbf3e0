"""Charts of figures, with the same words as the tables beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samskap.apps.figures import labels, rules
from samskap.apps.figures.queries.lines import GroupLine, Lines, PlaceLine
from samskap.apps.figures.queries.people import PEOPLE_GROUPS, PlacePeople
from samskap.apps.figures.queries.series import Cited, Point, joined
from samskap.formats.charts import Area, Face, Line, LineChart, both_widths, drawn

__all__ = ["Chart", "indicator_chart", "people_chart", "support_chart"]

_HALL_WIDTH = 520


@dataclass(frozen=True)
class Chart:
    """A chart with its table and where its figures come from. `drawing` is empty where one point makes no line."""

    key: str
    title: str
    sentence: str
    drawing: SafeString
    hall: SafeString
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[Cited, ...]

    @property
    def is_illustrative(self) -> bool:
        return any(one.is_illustrative for one in self.sources)

    @property
    def is_ours(self) -> bool:
        return any(one.standing == "ours" for one in self.sources)


def indicator_chart(lines: Lines, *, key: str = "") -> Chart:
    """The place beside those it is compared with: a line each, and a band for what is usual among its like."""
    indicator = lines.indicator
    title = f"{lines.title}, {lines.part}" if lines.part else lines.title
    sentence = _sentence(lines)
    face = _face(key or indicator.key, title, sentence, unit=indicator.unit, decimals=indicator.decimals)
    drawn_lines = [_line(lines.own, "main", tone=0)]
    drawn_lines += [_line(other, "other", tone=tone) for tone, other in enumerate(lines.others, start=1)]
    areas = []
    for tone, group in enumerate(lines.groups, start=1 + len(lines.others)):
        drawn_lines.append(_group_line(group, tone=tone))
        areas.append(_area(group, tone=tone))
    chart = LineChart(face, tuple(drawn_lines), tuple(areas))
    return _chart(chart, sentence=sentence, table=_table(lines), sources=_sources(lines))


def people_chart(people: PlacePeople, *, place: str) -> Chart:
    """People by age group over the years."""
    title = _("People by age in %(place)s") % {"place": place}
    first, last = people.years[0], people.years[-1]
    old = people.groups["80+"]
    sentence = _(
        "%(before)s people in %(first)s, %(now)s in %(last)s. Aged 80 and over: %(old)s in %(first)s, %(old_now)s in"
        " %(last)s."
    ) % {
        "before": labels.number(people.totals[0]), "now": labels.number(people.totals[-1]),
        "first": first, "last": last, "old": labels.number(old[0]), "old_now": labels.number(old[-1]),
    }  # fmt: skip
    lines = tuple(
        Line(_aged(key), tuple(zip(map(float, people.years), map(float, people.groups[key]), strict=True)), tone=tone)
        for tone, key in enumerate(PEOPLE_GROUPS)
    )
    headers = (_("Year"), *(_aged(key) for key in PEOPLE_GROUPS), _("All"))
    rows = tuple(
        (str(year), *(labels.number(people.groups[key][at]) for key in PEOPLE_GROUPS), labels.number(people.totals[at]))
        for at, year in enumerate(people.years)
    )
    chart = LineChart(_face("people", title, sentence, unit="persons", decimals=0), lines, zero=True)
    return _chart(chart, sentence=sentence, table=(headers, rows), sources=(people.cited,))


def support_chart(people: PlacePeople, *, place: str, country: PlacePeople | None) -> Chart:
    """People aged 16 to 66 for each person aged 80 and over, beside the country."""
    title = _("People aged 16–66 for each person aged 80 and over")
    told = [(place, people)] + ([(labels.place_name("0000"), country)] if country else [])
    first, last = people.support[0], people.support[-1]
    sentence = _("%(place)s: %(before)s in %(first)s, %(now)s in %(last)s.") % {
        "place": place,
        "before": labels.number(first, decimals=1), "now": labels.number(last, decimals=1),
        "first": people.years[0], "last": people.years[-1],
    }  # fmt: skip
    lines = tuple(
        Line(name, tuple(zip(map(float, of.years), of.support, strict=True)), "main" if tone == 0 else "other", tone)
        for tone, (name, of) in enumerate(told)
    )
    by_year = [dict(zip(of.years, of.support, strict=True)) for _name, of in told]
    rows = tuple(
        (str(year), *(labels.number(ratios.get(year), decimals=1) for ratios in by_year)) for year in people.years
    )
    headers = (_("Year"), *(name for name, _of in told))
    chart = LineChart(_face("support", title, sentence, unit="ratio", decimals=1), lines, zero=True)
    return _chart(chart, sentence=sentence, table=(headers, rows), sources=tuple(of.cited for _name, of in told))


def _face(key: str, title: str, description: str, *, unit: str, decimals: int) -> Face:
    return Face(
        key, title, description, unit=str(labels.UNITS[unit]), decimals=decimals, numbers=labels.chart_numbers()
    )


def _chart(
    chart: LineChart,
    *,
    sentence: str,
    table: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]],
    sources: tuple[Cited, ...],
) -> Chart:
    has_line = any(sum(y is not None for _x, y in line.points) > 1 for line in chart.lines)
    return Chart(
        key=chart.face.key,
        title=chart.face.title,
        sentence=sentence,
        drawing=mark_safe(both_widths(chart) if has_line else ""),  # noqa: S308 -- our drawing, words escaped in it
        hall=mark_safe(drawn(chart, width=_HALL_WIDTH) if has_line else ""),  # noqa: S308 -- our drawing
        headers=table[0],
        rows=table[1],
        sources=joined(sources),
    )


def _aged(key: str) -> str:
    return labels.breakdown_words(f"age={key}")


def _line(line: PlaceLine, style: str, *, tone: int) -> Line:
    # A year without a survey is no hole: the line goes on to the next. What is hidden or lost breaks it.
    points = tuple((one.year, one.value) for one in line.current.points if one.missing != "not_surveyed")
    return Line(line.label, points, style, tone)


def _group_line(line: GroupLine, *, tone: int) -> Line:
    points = tuple((rules.period_year(period), usual.median) for period, usual in line.usual.items())
    return Line(line.label, points, "dashed", tone)


def _area(line: GroupLine, *, tone: int) -> Area:
    xs = tuple(rules.period_year(period) for period in line.usual)
    low, high = (tuple(getattr(usual, end) for usual in line.usual.values()) for end in ("low", "high"))
    return Area("", xs, low, high, strength=0.18, tone=tone)


def _sentence(lines: Lines) -> str:
    """The newest figure of the place beside that of the country, in words."""
    latest = lines.own.current.latest
    if latest is None or latest.value is None:
        return _("There is no figure of %(place)s: %(reason)s.") % {
            "place": lines.own.label, "reason": latest.reason.lower() if latest else labels.MISSING["not_available"],
        }  # fmt: skip
    said = [_figure(lines.own.label, latest, lines)]
    said += [_figure(other.label, point, lines) for other in lines.others if (point := other.at(latest.period))]
    unit = lines.indicator.unit
    behind = "" if unit in {"percent", "number"} else f" ({labels.UNITS[unit]})"
    return f"{latest.period}: {', '.join(said)}{behind}."


def _figure(label: str, point: Point, lines: Lines) -> str:
    if point.value is None:
        return f"{label}: {point.reason.lower()}"
    shown = labels.with_sign(point.value, unit=lines.indicator.unit, decimals=lines.indicator.decimals)
    return f"{label} {shown}"


def _table(lines: Lines) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    places = (lines.own, *lines.others)
    headers = (_("Period"), *(line.label for line in places), *(line.label for line in lines.groups))
    rows = tuple(
        (
            period,
            *(_cell(line.at(period), lines) for line in places),
            *(_usual_cell(line.usual.get(period), lines) for line in lines.groups),
        )
        for period in reversed(lines.periods)
    )
    return headers, rows


def _cell(point: Point | None, lines: Lines) -> str:
    if point is None:
        return "–"
    return point.reason or labels.number(point.value, decimals=lines.indicator.decimals)


def _usual_cell(usual: rules.Usual | None, lines: Lines) -> str:
    if usual is None:
        return "–"
    decimals = lines.indicator.decimals
    return _("%(median)s (half of them from %(low)s to %(high)s; %(places)s municipalities)") % {
        "median": labels.number(usual.median, decimals=decimals), "low": labels.number(usual.low, decimals=decimals),
        "high": labels.number(usual.high, decimals=decimals), "places": usual.places,
    }  # fmt: skip


def _sources(lines: Lines) -> tuple[Cited, ...]:
    return tuple(line.current.cited for line in (lines.own, *lines.others))
