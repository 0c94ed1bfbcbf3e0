"""The charts of an answer: the tornado and the histogram of the simulation, each with its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samskap.apps.benefits.labels.answers import driver_name, nok, per_krone, percent
from samskap.apps.benefits.rules.appraisals import bins_of
from samskap.apps.initiatives.labels.initiatives import numbers
from samskap.formats.charts import (
    Bin,
    Face,
    Histogram,
    HistogramMark,
    TornadoBar,
    TornadoChart,
    both_widths,
)

if TYPE_CHECKING:
    from samskap.apps.benefits.queries.answers import Stored
    from samskap.engines.appraisal import Bar, Simulation

__all__ = ["Figure", "simulation_figure", "tornado_figure"]

MOST_BARS = 12
BINS = 30
MARKED = (10.0, 50.0, 90.0)
EDGES = (0.01, 0.99)


@dataclass(frozen=True)
class Figure:
    """A chart as the page shows it, with its sentences and its table."""

    key: str
    title: str
    sentences: tuple[str, ...]
    chart: Any
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def drawing(self) -> SafeString:
        """The chart for a page: wide and narrow."""
        return mark_safe(both_widths(self.chart))  # noqa: S308 -- every word in it is escaped by formats.charts


@dataclass(frozen=True)
class _Unit:
    """What amounts on an axis are counted in."""

    words: str
    kroner: float
    decimals: int


def _unit(*amounts: float) -> _Unit:
    most = max((abs(amount) for amount in amounts), default=0.0)
    if most >= 1_000_000:
        return _Unit(_("million kroner"), 1e6, 1 if most >= 10_000_000 else 2)
    if most >= 1000:
        return _Unit(_("thousand kroner"), 1e3, 0 if most >= 10_000 else 1)
    return _Unit(_("kroner"), 1.0, 0)


def tornado_figure(stored: Stored) -> Figure | None:
    """What the net present value becomes when one thing is lower or higher; None where nothing changes it."""
    found = stored.answer.tornado
    bars = [bar for bar in found.bars if bar.width > 0]
    if not bars:
        return None
    title = _("What the answer hangs on")
    low, high = (percent(abs(factor - 1)) for factor in found.factors)
    text = (
        _("Each thing alone is made %(low)s lower and %(high)s higher. The longest bar is what matters most.")
        % {"low": low, "high": high},
    )
    unit = _unit(found.net_present_value, *(value for bar in bars for value in (bar.low, bar.high)))
    chart = TornadoChart(
        Face("tornado", title, text[0], unit.words, unit.decimals, numbers()),
        found.net_present_value / unit.kroner,
        tuple(
            TornadoBar(_name(stored, bar), bar.low / unit.kroner, bar.high / unit.kroner) for bar in bars[:MOST_BARS]
        ),
        _("%(part)s lower") % {"part": low},
        _("%(part)s higher") % {"part": high},
    )
    headers = (
        _("What is changed"), _("Net present value when lower"), _("when higher"), _("Per budget krone when lower"),
        _("when higher"),
    )  # fmt: skip
    rows = tuple(
        (_name(stored, bar), nok(bar.low), nok(bar.high), per_krone(bar.low_per_krone), per_krone(bar.high_per_krone))
        for bar in bars
    )
    return Figure("tornado", title, text, chart, headers, rows)


def _name(stored: Stored, bar: Bar) -> str:
    return stored.title(bar.key) if bar.driver == "effect" else driver_name(bar.driver)


def _curve(simulation: Simulation) -> list[tuple[float, float]]:
    """The curve without its outermost hundredths: between the last per cent and the end nobody knows its shape."""
    inner = [point for point in simulation.curve if EDGES[0] < point[1] < EDGES[1]]
    spread = simulation.net_present_value.percentiles
    ends = [(value, at / 100) for at, value in spread if at / 100 in EDGES]
    return sorted({*inner, *ends}, key=lambda point: point[1])


def simulation_figure(simulation: Simulation) -> Figure | None:
    """How often the net present value came out as what; None where it always came out the same."""
    found = bins_of(_curve(simulation), count=BINS)
    if not found:
        return None
    spread = simulation.net_present_value
    title = _("How it can turn out")
    text = (
        _(
            "%(draws)s times everything uncertain was drawn anew. "
            "In %(chance)s of them the net present value was above 0."
        )
        % {"draws": numbers().write(simulation.draws), "chance": percent(simulation.chance_positive)},
        _("The lowest and the highest hundredth are left out of the drawing."),
    )
    unit = _unit(*(value for low, high, _share in found for value in (low, high)))
    known = dict(spread.percentiles)
    marks = tuple(HistogramMark(known[at] / unit.kroner, f"{at:g} %") for at in MARKED if at in known)
    chart = Histogram(
        Face("simulation", title, text[0], unit.words, unit.decimals, numbers()),
        tuple(Bin(low / unit.kroner, high / unit.kroner, share) for low, high, share in found),
        marks,
    )
    headers = (_("In this share of the draws"), _("the net present value is at most"))
    rows = (
        *((f"{at:g} %", nok(value)) for at, value in spread.percentiles),
        (_("Mean"), nok(spread.mean)),
        (_("Standard deviation"), nok(spread.sd)),
    )
    return Figure("simulation", title, text, chart, headers, rows)
