"""The tornado and the histogram: well formed, true to their values, all words inside."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.formats.charts import (
    NARROW,
    WIDE,
    Bin,
    Face,
    Histogram,
    HistogramMark,
    TornadoBar,
    TornadoChart,
    both_widths,
    drawn,
)

SVG = "{http://www.w3.org/2000/svg}"
FACE = Face("k", "Title", "Description", unit="million kroner", decimals=1)
TORNADO = TornadoChart(
    FACE,
    2.0,
    (TornadoBar("Fewer nights in hospital", -1.0, 5.0), TornadoBar("Wages & rent " * 20, 2.5, 1.5)),
    low_name="20 % lower",
    high_name="20 % higher",
)
BINS = (Bin(-2.0, -1.0, 0.1), Bin(-1.0, 0.0, 0.2), Bin(0.0, 1.0, 0.3), Bin(1.0, 3.0, 0.4))
HISTOGRAM = Histogram(FACE, BINS, (HistogramMark(-1.0, "10 %"), HistogramMark(0.5, "50 %"), HistogramMark(2.5, "90 %")))
ALL = (TORNADO, HISTOGRAM)
AMOUNT = st.floats(-1e9, 1e9)


def parsed(chart, width: int = WIDE) -> ET.Element:
    return ET.fromstring(drawn(chart, width=width))


def bars(root: ET.Element) -> list[dict[str, float]]:
    names = ("x", "y", "width", "height")
    return [{name: float(item.get(name)) for name in names} for item in root.findall(f"{SVG}rect")]


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_chart_names_itself_needs_no_style_and_holds_its_words(chart, width) -> None:
    text = drawn(chart, width=width)
    root = ET.fromstring(text)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (root.get("role"), title.text, description.text) == ("img", "Title", "Description")
    assert not re.search(r"\bstyle=|<style|<script|\bon\w+=|href|nan|inf", text)
    ids = re.findall(r' id="([^"]+)"', both_widths(chart))
    assert len(ids) == len(set(ids)) == 4
    font, high = float(root.get("font-size")), float(root.get("height"))
    for item in root.findall(f"{SVG}text"):
        x, y, words = float(item.get("x")), float(item.get("y")), 0.6 * font * len(item.text)
        start = x - {"middle": words / 2, "end": words}.get(item.get("text-anchor"), 0.0)
        assert -0.5 <= start <= start + words <= width + 0.5, item.text
        assert 0 < y <= high, item.text


@settings(max_examples=50)
@given(AMOUNT, st.lists(st.tuples(AMOUNT, AMOUNT), min_size=1, max_size=6))
def test_both_halves_of_a_bar_begin_at_the_answer_and_are_as_long_as_what_changes(centre, pairs) -> None:
    chart = TornadoChart(FACE, centre, tuple(TornadoBar("a", low, high) for low, high in pairs), "low", "high")
    root = parsed(chart)
    found = bars(root)
    rule = float(root.findall(f"{SVG}line")[0].get("x1"))
    reach = [centre, *(value for pair in pairs for value in pair)]
    longest = max(reach) - min(reach)
    widths = [abs(value - centre) for pair in pairs for value in pair]
    scale = max(
        (bar["width"] / width for bar, width in zip(found, widths, strict=True) if width > longest / 100), default=0
    )
    for bar, width, value in zip(found, widths, [value for pair in pairs for value in pair], strict=True):
        assert bar["width"] == pytest.approx(width * scale, abs=0.8 + 0.02 * bar["width"])
        edge = bar["x"] + bar["width"] if value < centre else bar["x"]
        assert edge == pytest.approx(rule, abs=0.2)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_line_of_a_tornado_goes_through_a_name(width) -> None:
    root = parsed(TORNADO, width)
    font = float(root.get("font-size"))
    lines = [(float(line.get("y1")), float(line.get("y2"))) for line in root.findall(f"{SVG}line")]
    names = [float(item.get("y")) for item in root.findall(f"{SVG}text") if item.get("class") == "ch-tick"]
    assert len(lines) == 2 * len(TORNADO.bars)
    assert [(y, line) for y in names for line in lines if line[0] < y and y - 0.8 * font < line[1]] == []


def test_the_area_of_a_bin_is_its_share_and_what_is_below_the_turn_has_another_colour() -> None:
    root = parsed(HISTOGRAM)
    areas = [(bar["width"] + 0.8) * bar["height"] for bar in bars(root)]
    assert [area / sum(areas) for area in areas] == pytest.approx([0.1, 0.2, 0.3, 0.4], abs=0.002)
    tones = [item.get("class").split()[1] for item in root.findall(f"{SVG}rect")]
    assert tones == ["ch-1", "ch-1", "ch-0", "ch-0"]
