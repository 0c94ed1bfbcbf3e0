"""Charts as drawings: each takes a frozen description in the reader's language and gives an SVG element.

A chart is drawn wide for a desk and paper, and narrow for a phone, where words would else become too small;
`both_widths` gives the two, and the page's style shows the one that fits.
"""

from __future__ import annotations

from samskap.formats.charts.bars import Bar, BarChart, BarGroup, bar_chart
from samskap.formats.charts.effect_chain import ChainArrow, ChainBox, ChainNote, EffectChain, effect_chain
from samskap.formats.charts.histogram import Bin, Histogram, HistogramMark, histogram
from samskap.formats.charts.lines import Area, FanChart, Line, LineChart, Mark, fan_chart, line_chart
from samskap.formats.charts.money_map import Block, MoneyMap, money_map
from samskap.formats.charts.parts import NARROW, TONES, WIDE
from samskap.formats.charts.spark import sparkline
from samskap.formats.charts.stacks import Layer, StackedBars, stacked_bars
from samskap.formats.charts.tornado import TornadoBar, TornadoChart, tornado_chart
from samskap.formats.charts.words import Face, Numbers

__all__ = [
    "NARROW",
    "TONES",
    "WIDE",
    "Area",
    "Bar",
    "BarChart",
    "BarGroup",
    "Bin",
    "Block",
    "ChainArrow",
    "ChainBox",
    "ChainNote",
    "EffectChain",
    "Face",
    "FanChart",
    "Histogram",
    "HistogramMark",
    "Layer",
    "Line",
    "LineChart",
    "Mark",
    "MoneyMap",
    "Numbers",
    "StackedBars",
    "TornadoBar",
    "TornadoChart",
    "bar_chart",
    "both_widths",
    "drawn",
    "effect_chain",
    "fan_chart",
    "histogram",
    "line_chart",
    "money_map",
    "sparkline",
    "stacked_bars",
    "tornado_chart",
]

Chart = LineChart | FanChart | BarChart | StackedBars | MoneyMap | TornadoChart | Histogram


def drawn(chart: Chart, *, width: int = WIDE) -> str:
    """The drawing of any of the charts."""
    match chart:
        case LineChart():
            return line_chart(chart, width=width)
        case FanChart():
            return fan_chart(chart, width=width)
        case BarChart():
            return bar_chart(chart, width=width)
        case StackedBars():
            return stacked_bars(chart, width=width)
        case MoneyMap():
            return money_map(chart, width=width)
        case TornadoChart():
            return tornado_chart(chart, width=width)
        case Histogram():
            return histogram(chart, width=width)


def both_widths(chart: Chart) -> str:
    """The wide and the narrow drawing, each in a box of its own: HTML for a page with the style of charts."""
    wide, narrow = drawn(chart, width=WIDE), drawn(chart, width=NARROW)
    return f'<div class="ch-box"><div class="ch-wide">{wide}</div><div class="ch-narrow">{narrow}</div></div>'
