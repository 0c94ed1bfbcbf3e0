"""The drawing: well formed, readable without colour, without styles, the same each time."""

from __future__ import annotations

import dataclasses
import math
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.opinion_map.worlds import any_rows, planted

from samskap.engines.opinion_map import OpinionMap, Votes, map_opinions
from samskap.formats.opinion_svg import Here, MapLabels, draw_map, unsure_people
from samskap.formats.opinion_text import text_map

SVG = "{http://www.w3.org/2000/svg}"


def drawn(result: OpinionMap, **labels) -> ET.Element:
    words = MapLabels(title="Map", description="Three groups.", **labels)
    return ET.fromstring(draw_map(result, width=700, height=450, labels=words))


@pytest.fixture(scope="module")
def result() -> OpinionMap:
    rows, _ = planted(3, people=200, statements=30)
    rows += [("new", "s0", 1)]
    return map_opinions(Votes.from_rows(rows))


def test_the_drawing_names_itself(result: OpinionMap) -> None:
    root = drawn(result)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (root.get("role"), title.text, description.text) == ("img", "Map", "Three groups.")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_each_group_has_its_own_shape_hull_and_letter(result: OpinionMap) -> None:
    root = drawn(result, ungrouped="No group")
    people = [item for item in root.findall(f"{SVG}path") if "om-people" in item.get("class")]
    assert [item.get("class").split()[-1] for item in people] == ["om-none", "om-a", "om-b", "om-c"]
    shapes = [re.sub(r"[\d.]+", "0", re.split("z", item.get("d"))[0]).replace("-", "") for item in people]
    assert len(set(shapes[1:])) == 3
    assert [item.text for item in root.findall(f"{SVG}text")] == ["A", "B", "C"]
    assert len(root.findall(f"{SVG}ellipse")) == 3
    legend = [item.find(f"{SVG}text").text for item in root.findall(f"{SVG}g")]
    assert legend == ["A", "B", "C", "No group"]


def inside(ellipse: ET.Element, x: float, y: float) -> bool:
    cx, cy, rx, ry = (float(ellipse.get(name)) for name in ("cx", "cy", "rx", "ry"))
    turn = math.radians(float(re.search(r"rotate\((\S+)", ellipse.get("transform")).group(1)))
    dx, dy = x - cx, y - cy
    along, across = dx * math.cos(turn) + dy * math.sin(turn), dy * math.cos(turn) - dx * math.sin(turn)
    return (along / rx) ** 2 + (across / ry) ** 2 <= 1.02


def test_an_outline_holds_nine_in_ten_of_its_group(result: OpinionMap) -> None:
    outlines = drawn(result).findall(f"{SVG}ellipse")
    middles = [(float(o.get("cx")), float(o.get("cy"))) for o in outlines]
    a, b = result.groups[:2]
    scale = (middles[1][0] - middles[0][0]) / (b.x - a.x)
    for group, outline, (cx, cy) in zip(result.groups, outlines, middles, strict=True):
        members = [person for person in result.people if person.group == group.key]
        held = [inside(outline, cx + (p.x - group.x) * scale, cy - (p.y - group.y) * scale) for p in members]
        assert 0.86 <= sum(held) / len(members) <= 0.95


def test_an_outline_is_dashed_where_groups_have_no_border(result: OpinionMap) -> None:
    gradual = dataclasses.replace(result, structure=dataclasses.replace(result.structure, border="gradual"))
    for map_, dashed in ((result, False), (gradual, True)):
        assert [o.get("stroke-dasharray") is not None for o in drawn(map_).findall(f"{SVG}ellipse")] == [dashed] * 3


def test_people_placed_by_few_answers_have_a_ring_and_others_do_not(result: OpinionMap) -> None:
    sure = tuple(person._replace(var_x=0.0, var_y=0.0) for person in result.people)
    wide = sum((p.x**2 + p.y**2) for p in sure)
    unsure = (*sure[:-1], sure[-1]._replace(var_x=wide))
    for people, rings in ((sure, 0), (unsure, 1)):
        map_ = dataclasses.replace(result, people=people)
        root = drawn(map_, unsure="Uncertain")
        found = [item for item in root.findall(f"{SVG}path") if item.get("class") == "om-unsure"]
        assert sum(item.get("d").count("M") for item in found) == rings == len(unsure_people(map_))
        assert ("Uncertain" in [item.text for item in root.iter(f"{SVG}text")]) == bool(rings)


def test_only_the_own_drawing_says_where_one_stands(result: OpinionMap) -> None:
    labels = MapLabels("Map", "Three groups.")
    own = ET.fromstring(draw_map(result, width=700, height=450, labels=labels, here=Here(result.people[0], "You")))
    here = [item for item in own.iter(f"{SVG}g") if item.get("class") == "om-here"]
    assert [item.find(f"{SVG}text").text for item in here] == ["You"]
    assert "om-here" not in draw_map(result, width=700, height=450, labels=labels)


def test_nothing_in_the_drawing_needs_a_style_or_a_script(result: OpinionMap) -> None:
    text = draw_map(result, width=700, height=450, labels=MapLabels("<b>&\x00", '"d"', {"A": "</svg>"}))
    assert not re.search(r"\bstyle=|<style|<script|\bon\w+=|href", text)
    assert ET.fromstring(text).find(f"{SVG}title").text == "<b>&"


def test_statements_are_marked_where_asked(result: OpinionMap) -> None:
    marks = [
        item for item in drawn(result, statements={"s3": "3"}).iter(f"{SVG}g") if item.get("class") == "om-statement"
    ]
    assert [item.find(f"{SVG}text").text for item in marks] == ["3"]


@given(any_rows(), st.integers(1, 900), st.integers(1, 900), st.text(max_size=10))
@settings(max_examples=40, deadline=None)
def test_any_map_can_be_drawn_twice_the_same(rows, width, height, words) -> None:
    result = map_opinions(Votes.from_rows(rows))
    labels = MapLabels(words, words, ungrouped=words, statements={item.key: words for item in result.statements})
    text = draw_map(result, width=width, height=height, labels=labels)
    assert text == draw_map(result, width=width, height=height, labels=labels)
    assert "nan" not in text
    assert ET.fromstring(text) is not None
    assert text_map(result) == text_map(result)


def test_everybody_is_in_the_drawing_in_letters(result: OpinionMap) -> None:
    lines = text_map(result, width=40, height=12).splitlines()
    assert len(lines) == 12
    assert set("".join(lines)) >= set("ABC")
    assert max(map(len, lines)) <= 40
