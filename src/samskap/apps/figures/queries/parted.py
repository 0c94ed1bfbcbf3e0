"""What is counted in parts: all parts of the newest period beside those of the country, as a chart and a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samskap.apps.figures import labels
from samskap.apps.figures.models import Indicator
from samskap.apps.figures.queries.drawing import Chart
from samskap.apps.figures.queries.places import Place
from samskap.apps.figures.queries.series import Current, Point, joined
from samskap.formats.charts import Bar, BarChart, BarGroup, Face, both_widths, drawn
from samskap.sources.values import NATION

__all__ = ["parts_chart"]

HALL_WIDTH = 520  # few words, large on a screen


@dataclass(frozen=True)
class _Parts:
    """The figures of every part of one place in one period."""

    points: Mapping[str, Point | None]

    @property
    def whole(self) -> float | None:
        """The sum, or None where a part has no figure: shares of the others would say too much."""
        values = [point.value for point in self.points.values() if point is not None and point.value is not None]
        return sum(values) or None if len(values) == len(self.points) else None

    def share(self, part: str) -> float | None:
        point, whole = self.points.get(part), self.whole
        return None if point is None or point.value is None or whole is None else 100 * point.value / whole


def parts_chart(held: Mapping[str, Mapping[str, Current]], *, place: Place, links: Mapping[str, str]) -> Chart | None:
    """All parts of the newest period, the largest first; None where nothing is divided.

    `held` are the series by place and part; `links` are the addresses of the parts.
    """
    own = held.get(place.number, {})
    name = labels.dividing(own)
    periods = [point.period for one in own.values() for point in one.points]
    if not name or not periods:
        return None
    period = max(periods)
    here = _Parts({part: one.at(period) for part, one in own.items()})
    of_country = held.get(NATION, {})
    country = _Parts({part: of_country[part].at(period) if part in of_country else None for part in own})
    order = sorted(own, key=lambda part: (-_value(here.points[part]), part))
    indicator = own[order[0]].indicator
    title = str(labels.PART_TITLES[name]) % {"title": labels.indicator_title(indicator), "period": period}
    sentence = _sentence(order[0], here, country, indicator)
    names = (place.name, labels.place_name(NATION))
    drawing = _drawn(order, here, country, names=names, face=_face(title, sentence)) if here.whole else None
    sources = [one.cited for number in (place.number, NATION) for one in held.get(number, {}).values()]
    return Chart(
        key="parts",
        title=title,
        sentence=sentence,
        drawing=mark_safe(both_widths(drawing) if drawing else ""),  # noqa: S308 -- our drawing, words escaped in it
        hall=mark_safe(drawn(drawing, width=HALL_WIDTH) if drawing else ""),  # noqa: S308 -- our drawing
        headers=_headers(indicator, names),
        rows=tuple(_row(part, here, country, indicator=indicator, link=links[part]) for part in order),
        sources=joined(sources),
    )


def _value(point: Point | None) -> float:
    return point.value if point is not None and point.value is not None else -1.0


def _face(title: str, sentence: str) -> Face:
    return Face("parts", title, sentence, unit=str(labels.UNITS["percent"]), decimals=1, numbers=labels.chart_numbers())


def _drawn(order: list[str], here: _Parts, country: _Parts, *, names: tuple[str, str], face: Face) -> BarChart:
    """A group for each part, with the share of the place and, paler, that of the country."""
    groups = []
    for part in order:
        shares = ((here.share(part), 0, 0.85), (country.share(part), 1, 0.4))
        bars = [
            Bar(name, share, tone=tone, strength=strength)
            for name, (share, tone, strength) in zip(names, shares, strict=True)
            if share is not None
        ]
        groups.append(BarGroup(labels.breakdown_words(part), tuple(bars)))
    return BarChart(face, tuple(groups))


def _sentence(part: str, here: _Parts, country: _Parts, indicator: Indicator) -> str:
    """The largest part, of how many it is, and its share beside that of the country."""
    value, share, beside = here.points[part], here.share(part), country.share(part)
    if value is None or value.value is None or share is None or here.whole is None:
        return _("Some parts have no figure, so shares cannot be told.")
    said = {
        "part": labels.breakdown_words(part),
        "value": labels.number(value.value, decimals=indicator.decimals),
        "whole": labels.number(here.whole, decimals=indicator.decimals),
        "share": labels.with_sign(share, unit="percent", decimals=1),
    }
    if beside is None:
        return _("The largest part is %(part)s: %(value)s of %(whole)s (%(share)s).") % said
    said["beside"] = labels.with_sign(beside, unit="percent", decimals=1)
    return (
        _("The largest part is %(part)s: %(value)s of %(whole)s (%(share)s; in the whole country %(beside)s).") % said
    )


def _headers(indicator: Indicator, names: tuple[str, str]) -> tuple[str, ...]:
    share = labels.UNITS["percent"]
    return (_("Part"), f"{names[0]}, {labels.UNITS[indicator.unit]}", *(f"{name}, {share}" for name in names))


def _row(part: str, here: _Parts, country: _Parts, *, indicator: Indicator, link: str) -> tuple[str, ...]:
    point = here.points[part]
    shown = "–" if point is None else point.reason or labels.number(point.value, decimals=indicator.decimals)
    shares = (labels.number(of.share(part), decimals=1) for of in (here, country))
    return format_html('<a class="ds-link" href="{}">{}</a>', link, labels.breakdown_words(part)), shown, *shares
