"""Two scenarios side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from samskap.apps.actors import queries as actors
from samskap.apps.outlook import labels, permissions, rules
from samskap.apps.outlook.labels import sentences
from samskap.apps.outlook.queries.drawing import Figure, table_rows
from samskap.apps.outlook.queries.scenarios import scenarios_of
from samskap.apps.outlook.queries.told import Told
from samskap.formats import outlook_json
from samskap.formats.charts import Area, Face, Line, LineChart
from samskap.formats.errors import FormatError
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.outlook.models import Scenario
    from samskap.engines.outlook.result import Band

__all__ = [
    "Choice",
    "Compared",
    "address_of",
    "comparable",
    "compared",
    "compared_context",
    "savable_municipality",
    "stored",
]

BASE = "base"
Spread = tuple[float, float, float]  # 10 %, middle, 90 %


@dataclass(frozen=True)
class Choice:
    """Something that can be compared: the outlook as it is, or a saved scenario."""

    key: str
    name: str
    lang: str = ""
    levers: Mapping[str, float] = field(default_factory=dict)
    replaced: Mapping[str, float] = field(default_factory=dict)
    address: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """What follows the address of a page or file of this choice."""
        return f"?{urlencode(self.address)}" if self.address else ""


@dataclass(frozen=True)
class Compared:
    """Two outlooks, and what the second has more than the first in the last year, draw by draw."""

    one: Told
    other: Told
    names: tuple[str, str]
    persons: Spread
    posts: Spread
    room: Spread | None


def comparable(place: str, *, viewer: Any) -> list[Choice]:
    """What this viewer can compare, the outlook as it is first."""
    saved = [
        Choice(str(one.pk), one.name, one.language, one.levers, one.replaced, rules.in_order(one.address))
        for one in scenarios_of(place, viewer=viewer)
    ]
    return [Choice(BASE, _("As it is")), *saved]


def compared(choices: Sequence[Choice], asked: Mapping[str, str]) -> tuple[Choice | None, Choice | None]:
    """The two that the address asks for; without a word the outlook as it is and the newest scenario."""
    by_key = {choice.key: choice for choice in choices}
    one = by_key.get(asked.get("one", BASE), choices[0])
    other = by_key.get(asked.get("other", ""), choices[1] if len(choices) > 1 else None)
    return one, other


def compared_context(pair: Compared) -> dict[str, Any]:
    """What the page of a comparison shows."""
    one, other = pair.one.outlook, pair.other.outlook
    figures = [
        _figure("support", _("People aged 16 to 66 for each person aged 80 or over"), pair, _("people"),
                one.support_ratio, other.support_ratio, write=labels.ratio),
        _figure("people", _("People in %(name)s") % {"name": pair.one.name}, pair, _("people"), one.population,
                other.population, write=labels.persons),
        _figure("posts", _("Full-time posts needed"), pair, _("posts"), one.posts, other.posts, write=labels.posts),
    ]  # fmt: skip
    if one.money and other.money:
        figures.append(
            _figure("room", _("Room for manoeuvre"), pair, _("million kroner"), one.money.room, other.money.room,
                    write=labels.millions, unit=1e6)
        )  # fmt: skip
    return {
        "figures": figures,
        "differences": sentences.difference_sentences(
            names=pair.names, year=one.years[-1], persons=pair.persons, posts=pair.posts, room=pair.room
        ),
        "standing": labels.STANDINGS[pair.one.basis.standing],
        "is_illustrative": pair.one.basis.standing == "illustrative",
        "sources": pair.one.basis.sources,
    }


def _figure(
    key: str, title: str, pair: Compared, unit_name: str, first: Band, second: Band, *,
    write: Callable[[float], str], unit: float = 1.0,
) -> Figure:  # fmt: skip
    years = pair.one.outlook.years
    xs = tuple(map(float, years))
    bands = (first, second)
    lines = tuple(
        Line(name, tuple((x, value / unit) for x, value in zip(xs, band.p50, strict=True)), style, tone)
        for name, band, style, tone in zip(pair.names, bands, ("main", "dashed"), (0, 1), strict=True)
    )
    areas = tuple(
        Area("", xs, tuple(v / unit for v in band.p10), tuple(v / unit for v in band.p90), 0.14, tone)
        for tone, band in enumerate(bands)
    )
    text = _("The shaded areas hold four of five futures.")
    face = Face(f"compare-{key}", title, text, unit=unit_name, numbers=labels.numbers())
    headers = (_("Year"), *pair.names)
    return Figure(key, title, (text,), LineChart(face, lines, areas), headers, table_rows(years, bands, write=write))


def stored(scenario: Scenario, *, name: str) -> Told | None:
    """The outlook of a scenario as it was saved; None where another version saved it in a form we cannot read."""
    try:
        outlook, basis = outlook_json.from_document(scenario.result)
    except FormatError:
        return None
    levers, address = rules.in_order(scenario.levers), rules.in_order(scenario.address)
    return Told(name=name, outlook=outlook, basis=basis, levers=levers, address=address)


def address_of(scenario: Scenario) -> str:
    """The part of the address that sets the levers and parameters of a scenario again."""
    return urlencode(rules.in_order(scenario.address))


def savable_municipality(place: str, *, viewer: Any) -> Municipality:
    """The municipality that a scenario of this place can be saved for; `NotFound` for those who may not."""
    found = actors.find_municipality(place)
    if found is None or not permissions.can_save_scenario(viewer, found):
        raise NotFound(
            _("You can save scenarios only for a municipality where you are leader or facilitator."),
            cure=_("The address of the page holds your assumptions: keep it, or send it on."),
        )
    return found
