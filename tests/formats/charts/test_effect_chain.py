"""Effect chains as drawings: well formed, boxes apart, arrows beside the boxes they pass, few crossings."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression

from samskap.formats.charts import ChainArrow, ChainBox, ChainNote, EffectChain, Face, effect_chain
from samskap.formats.charts.chain_layout import Box, crossings, nearest_in_order, planned

SVG = "{http://www.w3.org/2000/svg}"
COLUMNS = ("Input", "Activity", "Output", "Outcome", "Impact on society")
CHAIN = EffectChain(
    Face("c", "Effect chain", "Three links."),
    COLUMNS,
    (
        ChainBox("a", 0, "A van & 450,000 kroner"),
        ChainBox("b", 1, "Kompetanseutviklingsprogrammet for hjemmetjenesten"),
        ChainBox("c", 3, "Someone to talk to", (ChainNote("Fewer hours"), ChainNote("More noise", is_harm=True)), True),
        ChainBox("d", 3, "Told early"),
    ),
    (
        ChainArrow("a", "b", "1"),
        ChainArrow("b", "c", "2", is_odd=True),
        ChainArrow("c", "d", "3"),
        ChainArrow("d", "a", "4"),
    ),
    benefit="Benefit",
    harm="Harm",
    odd="Look below",
)


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [item for item in root.iter() if name in (item.get("class") or "").split()]


def words_of(root: ET.Element) -> list[str]:
    return ["".join(item.itertext()) for item in root.iter(f"{SVG}text")]


def test_a_chain_names_itself_and_needs_no_style_or_script() -> None:
    drawing = effect_chain(CHAIN)
    root = ET.fromstring(drawing)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (root.get("role"), title.text, description.text) == ("img", "Effect chain", "Three links.")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert not re.search(r"\bstyle=|<style|<script|\bon\w+=|href|nan|inf", drawing)
    assert drawing == effect_chain(CHAIN)


def test_every_word_is_drawn_long_ones_in_parts() -> None:
    words = words_of(ET.fromstring(effect_chain(CHAIN)))
    said = " ".join(words)
    for told in ("A van &", "Someone to", "Fewer hours", "More noise", "Told early", *COLUMNS):
        assert told in said
    assert "".join(words).count("Kompetanseutvik-lingsprogrammet") == 1
    assert [word for word in words if word in "1234"] == ["1", "2", "3", "4"]
    assert words[-3:] == ["Benefit", "Harm", "Look below"]


def test_what_is_odd_is_dashed_and_signs_are_told_only_where_they_stand() -> None:
    root = ET.fromstring(effect_chain(CHAIN))
    dashed = [item.get("stroke-dasharray") is not None for item in of_class(root, "ch-node")]
    assert dashed == [False, False, True, False]
    assert [item.get("stroke-dasharray") is not None for item in of_class(root, "ch-arrow")] == [
        False,
        True,
        False,
        False,
    ]
    plain = replace(CHAIN, boxes=tuple(replace(box, notes=(), is_odd=False) for box in CHAIN.boxes), arrows=())
    assert not of_class(ET.fromstring(effect_chain(plain)), "ch-key")


def test_a_title_beyond_all_measure_ends_with_an_ellipsis() -> None:
    long = replace(CHAIN, boxes=(ChainBox("a", 0, "word " * 60),), arrows=())
    assert words_of(ET.fromstring(effect_chain(long)))[-1].endswith("…")


def test_an_arrow_that_goes_back_points_left() -> None:
    root = ET.fromstring(effect_chain(CHAIN))
    tips = [re.match(r"M([\d.]+) [\d.]+L([\d.]+)", head.get("d")).groups() for head in of_class(root, "ch-head")]
    assert [float(tip) > float(base) for tip, base in tips] == [True, True, False, False]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Box], list[tuple[str, str]]]:
    count = draw(st.integers(1, 9))
    boxes = [Box(f"k{i}", draw(st.integers(0, 4)), draw(st.integers(20, 120))) for i in range(count)]
    pairs = [(a.key, b.key) for a in boxes for b in boxes if a is not b]
    arrows = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=12)) if pairs else []
    return boxes, arrows


@settings(max_examples=50, deadline=None)
@given(graphs())
def test_boxes_lie_apart_and_no_arrow_runs_through_a_box_it_passes(graph) -> None:
    boxes, arrows = graph
    plan = planned(boxes, arrows, columns=5, gap=16.0)
    columns = {box.key: box.column for box in boxes}
    for one, other in itertools.combinations(boxes, 2):
        if one.column == other.column:
            distance = abs(plan.middle[one.key] - plan.middle[other.key])
            assert distance >= (one.height + other.height) / 2 + 16.0 - 1e-6
    for ends, lanes in zip(arrows, plan.lanes, strict=True):
        first, last = sorted(columns[key] for key in ends)
        assert len(lanes) == max(last - first - 1, 0)
        for column, lane in zip(range(first + 1, last), lanes, strict=True):
            assert all(abs(plan.middle[b.key] - lane) > b.height / 2 for b in boxes if b.column == column)
    assert all(plan.middle[b.key] - b.height / 2 >= -1e-6 for b in boxes)
    assert all(plan.middle[b.key] + b.height / 2 <= plan.height + 1e-6 for b in boxes)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=1, max_size=12))
def test_places_are_those_of_isotonic_regression(wish: list[int]) -> None:
    offsets = [30.0 * row for row in range(len(wish))]
    theirs = isotonic_regression(np.array(wish, dtype=float) - np.array(offsets)).x + np.array(offsets)
    assert nearest_in_order(wish, offsets) == pytest.approx(list(theirs))


def test_crossings_are_counted_as_one_counts_them_by_eye() -> None:
    assert crossings([["a", "b"], ["x", "y"]], [("a", "y"), ("b", "x")]) == 1
    assert crossings([["a", "b"], ["x", "y"]], [("a", "x"), ("b", "y"), ("a", "y")]) == 0
    assert crossings([["a", "b"], ["x", "y"], ["p", "q"]], [("a", "y"), ("b", "x"), ("x", "p"), ("y", "q")]) == 1


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(5)), st.permutations(range(5)))
def test_a_chain_that_can_be_drawn_without_crossings_is(middle, right) -> None:
    boxes = [Box(f"a{i}", 0, 20) for i in range(5)]
    boxes += [Box(f"b{i}", 1, 20) for i in middle] + [Box(f"c{i}", 2, 20) for i in right]
    arrows = [(f"a{i}", f"b{i}") for i in range(5)] + [(f"b{i}", f"c{i}") for i in range(5)]
    plan = planned(boxes, arrows, columns=3, gap=16.0)
    assert crossings(plan.order, arrows) == 0
    assert all(plan.middle[f"a{i}"] == plan.middle[f"c{i}"] for i in range(5))
