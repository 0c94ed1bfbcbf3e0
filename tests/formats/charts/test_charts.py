"""Charts: well formed, readable without colour and without styles, true to their values, the same each time."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.formats.charts import (
    NARROW,
    TONES,
    WIDE,
    Area,
    Bar,
    BarChart,
    BarGroup,
    Face,
    FanChart,
    Layer,
    Line,
    LineChart,
    Mark,
    StackedBars,
    both_widths,
    drawn,
    sparkline,
)
from samskap.formats.charts.scale import rounded_scale
from samskap.kernel.colour import contrast, parse_colour

SVG = "{http://www.w3.org/2000/svg}"
FACE = Face("k", "Title", "Description", unit="persons")
YEARS = (2026, 2027, 2028)

LINES = LineChart(
    FACE,
    (Line("Here", ((2020.0, 1.0), (2021.0, None), (2022.0, 5.0), (2023.0, 3.0))), Line("There", ((2020.0, 4.0),))),
    today=Mark(2022, "Today"),
    rule=Mark(2.0, "Norm"),
)
FAN = FanChart(
    FACE, "Middle", YEARS, (10.0, 20.0, 30.0),
    inner=("Half", (10.0, 18.0, 25.0), (10.0, 22.0, 35.0)), outer=("Most", (10.0, 10.0, 10.0), (10.0, 30.0, 50.0)),
    past=((2024.0, 8.0), (2026.0, 10.0)), beside=(Line("Office 2024", ((2024.0, 9.0), (2028.0, 40.0)), "thin", 5),),
)  # fmt: skip
BARS = BarChart(FACE, (BarGroup("School", (Bar("now", 50.0), Bar("2030", 100.0, 80.0, 120.0), Bar("2040", -25.0))),))
STACKS = StackedBars(FACE, ("a", "b"), (Layer("Must", (10.0, 20.0)), Layer("Chosen", (5.0, -10.0), 1)))
ALL = [LINES, FAN, BARS, STACKS]


def parsed(chart, width: int = WIDE) -> ET.Element:
    return ET.fromstring(drawn(chart, width=width))


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [item for item in root.iter() if name in (item.get("class") or "").split()]


def places(path: ET.Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d"))]


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_chart_names_itself_and_needs_no_style_or_script(chart, width) -> None:
    text = drawn(chart, width=width)
    root = ET.fromstring(text)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (root.get("role"), title.text, description.text) == ("img", "Title", "Description")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert not re.search(r"\bstyle=|<style|<script|\bon\w+=|href|nan|inf", text)


@pytest.mark.parametrize("chart", ALL)
def test_both_drawings_on_one_page_have_ids_of_their_own(chart) -> None:
    ids = re.findall(r' id="([^"]+)"', both_widths(chart))
    assert len(ids) == len(set(ids)) >= 4


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_words_are_large_enough_and_lie_inside(chart, width) -> None:
    root = parsed(chart, width)
    _x, _y, wide, high = map(float, root.get("viewBox").split())
    font = float(root.get("font-size"))
    assert wide == width
    assert font >= 12
    for item in root.findall(f"{SVG}text"):
        x, y, words = float(item.get("x")), float(item.get("y")), 0.6 * font * len(item.text)
        start = x - {"middle": words / 2, "end": words}.get(item.get("text-anchor"), 0.0)
        assert -0.5 <= start <= start + words <= wide + 0.5, item.text
        assert 0 < y <= high, item.text


def test_a_line_goes_through_its_values_and_breaks_where_one_is_missing() -> None:
    root = parsed(LINES)
    line = of_class(root, "ch-line")[0]
    found = places(line)
    assert line.get("d").count("M") == 2  # a line, and a dot where a value stands alone
    (x1, y1), (x2, y2) = found[:2]
    grid = sorted(float(item.get("y1")) for item in of_class(root, "ch-grid"))
    ticks = sorted(float(item.text) for item in of_class(root, "ch-tick") if item.get("text-anchor") == "end")
    per_unit = (grid[-1] - grid[0]) / (ticks[-1] - ticks[0])
    assert (y2 - y1) / per_unit == pytest.approx(2.0, abs=0.01)
    assert x2 > x1
    assert [item.text for item in of_class(root, "ch-mark")] == ["Today", "Norm"]


def test_lines_are_named_where_they_end_or_in_a_legend_where_there_is_no_room() -> None:
    assert [item.text for item in of_class(parsed(LINES), "ch-name")] == ["There", "Here"]
    long = LineChart(FACE, (Line("A name that is much too long for a phone", ((2020.0, 1.0), (2021.0, 2.0))),))
    narrow = parsed(long, NARROW)
    assert of_class(narrow, "ch-name") == []
    assert [item.find(f"{SVG}text").text for item in of_class(narrow, "ch-key")] == [long.lines[0].name]


def test_a_fan_has_its_bands_round_its_middle_and_others_beside_it() -> None:
    root = parsed(FAN)
    outer, inner = (places(item) for item in of_class(root, "ch-band"))
    beside, _past, middle = (places(item) for item in of_class(root, "ch-line"))
    for number, (x, y) in enumerate(middle):
        for band in (outer, inner):
            assert band[number][0] == band[-1 - number][0] == x
            assert band[number][1] <= y <= band[-1 - number][1]
    assert outer[2][1] < inner[2][1]
    assert beside[0][0] < middle[0][0]
    names = [item.text for item in of_class(root, "ch-name")]
    assert names == ["Most", "Office 2024", "Half", "Middle"]


def test_a_bar_is_as_long_as_its_value_and_has_its_number() -> None:
    root = parsed(BARS)
    bars = of_class(root, "ch-bar")
    long = [float(item.get("width")) for item in bars]
    assert long[1] == pytest.approx(2 * long[0], abs=0.2)
    assert long[2] == pytest.approx(long[0] / 2, abs=0.2)
    assert float(bars[2].get("x")) < float(bars[0].get("x"))
    assert [item.text for item in of_class(root, "ch-value")] == ["50", "100", "−25"]
    assert len(of_class(root, "ch-whisker")) == 1


def test_layers_stand_on_each_other_and_below_zero_hang() -> None:
    root = parsed(STACKS)
    rects = root.findall(f"{SVG}rect")
    tall = [float(item.get("height")) for item in rects]
    assert tall == pytest.approx([tall[0], tall[0] / 2, 2 * tall[0], tall[0]], abs=0.2)
    first, second, third, fourth = rects
    assert float(second.get("y")) + tall[1] == pytest.approx(float(first.get("y")), abs=0.2)
    assert float(fourth.get("y")) == pytest.approx(float(third.get("y")) + tall[2], abs=0.2)
    assert first.get("fill") == TONES[0]
    assert second.get("fill").startswith("url(#")


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("ground", ["#ffffff", "#181714"])
def test_tones_are_seen_in_light_and_dark(tone, ground) -> None:
    assert contrast(parse_colour(tone), parse_colour(ground)) >= 3


def test_numbers_are_written_as_the_language_does() -> None:
    write = FACE.numbers.write
    written = [write(1234567.0), write(-12.345, 1), write(-0.04, 1), write(float("nan"))]
    assert written == ["1\u202f234\u202f567", "−12,3", "0,0", "–"]


def test_a_sparkline_breaks_and_ends_with_a_dot() -> None:
    root = ET.fromstring(sparkline([1.0, 2.0, None, 4.0], title="<t>"))
    assert root.find(f"{SVG}title").text == "<t>"
    assert root.find(f"{SVG}path").get("d").count("M") == 2
    assert root.find(f"{SVG}circle").get("cx") == "116"
    assert sparkline([None, None], title="") == ""


values = st.floats(-1e9, 1e9, allow_nan=False)


@given(st.lists(st.one_of(st.none(), values), max_size=8), st.text(max_size=12), st.integers(200, 900))
@settings(max_examples=60, deadline=None)
def test_any_values_are_drawn_twice_the_same(found, words, width) -> None:
    face = Face(words, words, words, unit=words)
    known = [value if value is not None else 0.0 for value in found] or [0.0]
    points = tuple((2000.0 + at, value) for at, value in enumerate(found))
    area = Area(words, tuple(map(float, range(len(known)))), tuple(known), tuple(known))
    charts = [
        LineChart(face, (Line(words, points),), (area,), rule=Mark(1.0, words), labels=(Mark(2000.0, words),)),
        BarChart(face, (BarGroup(words, tuple(Bar(words, value, value - 1, value + 1) for value in known)),)),
        StackedBars(face, tuple(words for _ in known), (Layer(words, tuple(known)), Layer(words, tuple(known), 1))),
    ]
    for chart in charts:
        text = drawn(chart, width=width)
        assert text == drawn(chart, width=width)
        assert "nan" not in re.sub(r">[^<]*<|id=\"[^\"]*\"|labelledby=\"[^\"]*\"|url\([^)]*\)", "", text)
        assert ET.fromstring(text) is not None


def test_the_dot_of_a_line_is_where_its_last_value_is() -> None:
    """A place without a figure of the last year has none there."""
    long = Line("Long", ((2020.0, 1.0), (2024.0, 2.0)))
    short = Line("Short", ((2020.0, 1.5), (2022.0, 1.8), (2024.0, None)), "other", tone=1)
    drawing = drawn(LineChart(Face("k", "T", "D"), (long, short)))
    ends = {tone: float(x) for tone, x in re.findall(r'class="ch-end ch-(\d)" cx="([\d.]+)"', drawing)}
    start = float(re.findall(r'class="ch-line ch-0[^>]*d="M([\d.]+)', drawing)[0])
    assert ends["1"] == pytest.approx((start + ends["0"]) / 2, abs=0.2)


@pytest.mark.parametrize(
    ("values", "finest", "ticks"),
    [
        ([290.0, 290.0], 1.0, (289.0, 290.0, 291.0)),
        ([3.0, 4.0], 1.0, (3.0, 4.0)),
        ([9.96, 10.04], 0.1, (9.9, 10.0, 10.1)),
        ([0.0, 50.0], 1.0, (0.0, 10.0, 20.0, 30.0, 40.0, 50.0)),
    ],
)
def test_marks_stand_no_closer_than_the_values_are_told(
    values: list[float], finest: float, ticks: tuple[float, ...]
) -> None:
    scale = rounded_scale(values, start=0.0, end=100.0, most=6, finest=finest)
    assert scale.ticks == pytest.approx(ticks)
    assert scale.low <= min(values) <= max(values) <= scale.high
