"""The charts of saved scenarios, for the pages of others: drawn from what was saved, without the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samskap.apps.figures import queries as figures
from samskap.apps.outlook import labels, rules
from samskap.apps.outlook.labels import sentences
from samskap.apps.outlook.models import Scenario
from samskap.apps.outlook.queries import drawing
from samskap.apps.outlook.queries.comparing import address_of, stored
from samskap.apps.outlook.queries.ground import past_of
from samskap.apps.outlook.queries.page import assumed_lines
from samskap.apps.outlook.queries.told import TOTAL, Past, Told
from samskap.formats.charts import BarChart, BarGroup, both_widths, drawn
from samskap.formats.outlook_json import ENGINE_VERSION
from samskap.kernel.municipalities import MUNICIPALITY_NAMES

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.outlook.queries.drawing import Figure
    from samskap.formats.charts import Chart

__all__ = ["SCENARIO_CHARTS", "chart_name", "scenario_charts", "scenario_of", "scenario_url", "scenarios_with_charts"]

# What can be shown of a scenario; after "people:" an age group.
SCENARIO_CHARTS = ("support", *(f"people:{group}" for group in labels.GROUPS), "need", "room")
HALL_WIDTH = 520  # few words, large on a screen


@dataclass(frozen=True)
class Computed(figures.Cited):
    """What a chart of a scenario comes from: an outlook is never official itself, it only starts from such figures."""

    @property
    def standing_words(self) -> str:
        return str(labels.STANDINGS[self.standing])


@dataclass(frozen=True)
class _Ground:
    """What is known of a place now: what was, and when figures that an outlook rests on last came.

    One that follows the official projection rests on that too.
    """

    past: Past
    newest: datetime | None
    newest_followed: datetime | None

    def is_newer(self, scenario: Scenario) -> bool:
        """The same assumptions may give another result than the saved one."""
        newest = self.newest_followed if rules.FOLLOW in scenario.levers else self.newest
        return (newest is not None and newest > scenario.created_at) or scenario.engine_version != ENGINE_VERSION


def chart_name(key: str) -> str:
    """What a chart is called where it can be chosen."""
    kind, _colon, group = key.partition(":")
    if kind == "people":
        return _("People: %(group)s") % {"group": labels.group_name(group).lower()}
    return {
        "support": _("People aged 16 to 66 for each person aged 80 or over"),
        "need": _("What the services need: full-time posts"),
        "room": _("Room for manoeuvre"),
    }[kind]


def scenarios_with_charts(municipality: Municipality) -> list[Scenario]:
    """The scenarios of a municipality that a chart can be chosen of, the newest first, without their results."""
    return list(Scenario.objects.filter(municipality=municipality).defer("result"))


def scenario_of(municipality: Municipality, pk: int | None) -> Scenario | None:
    """The scenario with this id, where it is the municipality's own."""
    return None if pk is None else Scenario.objects.filter(municipality=municipality, pk=pk).first()


def scenario_url(scenario: Scenario) -> str:
    """Where everybody can read on: the scenario where it is public, else the outlook with the same assumptions."""
    if scenario.in_report:
        return reverse("outlook:scenario", args=[scenario.place, scenario.pk])
    address = address_of(scenario)
    return reverse("outlook:outlook", args=[scenario.place]) + (f"?{address}" if address else "")


def scenario_charts(wanted: Sequence[tuple[Scenario, str]]) -> list[figures.Chart | None]:
    """These charts of these scenarios as they were saved; None where the result has no such chart or cannot be read.

    As many queries for one as for ten of one place.
    """
    grounds = {place: _ground(place) for place in {scenario.place for scenario, _key in wanted}}
    told = {one.pk: _told(one, grounds[one.place]) for one, _key in wanted}
    return [_chart(scenario, told[scenario.pk], key, grounds[scenario.place]) for scenario, key in wanted]


def _ground(place: str) -> _Ground:
    return _Ground(
        past=past_of(figures.population_of(place)),
        newest=figures.ground_changed_at(place),
        newest_followed=figures.ground_changed_at(place, with_projections=True),
    )


def _told(scenario: Scenario, ground: _Ground) -> Told | None:
    """What was stands before the outlook only while it is what the outlook was computed from."""
    told = stored(scenario, name=MUNICIPALITY_NAMES.get(scenario.place, scenario.place))
    return replace(told, past=ground.past) if told and not ground.is_newer(scenario) else told


def _chart(scenario: Scenario, told: Told | None, key: str, ground: _Ground) -> figures.Chart | None:
    figure = _figure(told, key) if told else None
    if told is None or figure is None:
        return None
    figure = replace(figure, key=key).called(f"scenario-{scenario.pk}-")
    return figures.Chart(
        key=figure.key,
        title=figure.title,
        sentence=" ".join(figure.sentences),
        drawing=mark_safe(both_widths(figure.chart)),  # noqa: S308 -- our drawing, every word in it is escaped
        hall=mark_safe(drawn(_for_hall(figure.chart), width=HALL_WIDTH)),  # noqa: S308 -- our drawing
        headers=figure.headers,
        rows=figure.rows,
        sources=(_computed(scenario, told, is_newer=ground.is_newer(scenario)),),
    )


def _figure(told: Told, key: str) -> Figure | None:
    kind, _colon, group = key.partition(":")
    if kind == "support":
        now_and_then = sentences.headline(replace(told.outlook, money=None), name=told.name)
        figure = drawing.support_figure(told)
        return _retold(figure, figure.title, (now_and_then, *figure.sentences))
    if kind == "people" and group in (TOTAL, *told.outlook.groups):
        figure = drawing.people_figure(told, group=group)
        of_group = "" if group == TOTAL else f", {labels.group_name(group).lower()}"
        return _retold(figure, f"{figure.title}{of_group}", figure.sentences)
    if kind == "need":
        return drawing.need_figure(told)
    if kind == "room" and told.outlook.money:
        figure = drawing.money_figures(told, told.outlook.money)[0]
        return _retold(figure, figure.title, figure.sentences[:1])
    return None


def _for_hall(chart: Chart) -> Chart:
    """What can be read from the last row: of bars in groups the first and the last, with the name of the group."""
    if not isinstance(chart, BarChart):
        return chart
    pairs = [(group.name, group.bars[0], group.bars[-1]) for group in chart.groups]
    groups = [BarGroup("", (replace(now, name=f"{name}, {now.name}"), then)) for name, now, then in pairs]
    return replace(chart, groups=tuple(groups))


def _retold(figure: Figure, title: str, text: tuple[str, ...]) -> Figure:
    face = replace(figure.chart.face, title=title, description=" ".join(text))
    return replace(figure, title=title, sentences=text, chart=replace(figure.chart, face=face))


def _computed(scenario: Scenario, told: Told, *, is_newer: bool) -> Computed:
    """The scenario, when it was saved, what it assumes, and what it was computed from."""
    day = date_format(localtime(scenario.created_at), "DATE_FORMAT")
    saved = _("From the scenario “%(name)s”, saved %(date)s.") % {"name": scenario.name, "date": day}
    changed = _("The figures or the method have changed since this was saved. What you see is as it was then.")
    lines = "; ".join(f"{label}: {value}" for label, value in assumed_lines(told.levers, told.address))
    assumed = _("Assumed: %(lines)s.") % {"lines": lines} if lines else ""
    sources = "; ".join(told.basis.sources)
    text = " ".join(filter(None, (saved, changed if is_newer else "", assumed, f"{sources}." if sources else "")))
    return Computed(text, told.basis.standing, url="", licence="", title=scenario.name)
