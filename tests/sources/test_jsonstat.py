"""JSON-stat 2.0 is read in each of its forms, and what contradicts itself is told in a sentence."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.sources.errors import SourceError
from samskap.sources.jsonstat import Dataset, Dimension, Row, read_jsonstat, write_jsonstat
from samskap.sources.values import MISSING

# In the form of SSB's answers; the figures are made up.
SSB: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "06913: Endringar i kommunane, etter region, statistikkvariabel og år",
    "source": "Statistisk sentralbyrå",
    "updated": "2026-02-19T07:00:00Z",
    "note": ["Tala gjeld 1. januar."],
    "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
    "id": ["Region", "ContentsCode", "Tid"],
    "size": [2, 1, 3],
    "dimension": {
        "Region": {
            "label": "region",
            "category": {"index": {"K_4016": 1, "0": 0}, "label": {"0": "Heile landet", "K_4016": "Drangedal"}},
        },
        "ContentsCode": {
            "label": "statistikkvariabel",
            "category": {
                "index": {"Levende": 0},
                "label": {"Levende": "Levendefødde"},
                "unit": {"Levende": {"base": "personer", "decimals": 0}},
            },
        },
        "Tid": {"label": "år", "category": {"index": ["2022", "2023", "2024"], "label": {}}},
    },
    "value": [52000, 52500, None, 41, None, None],
    "status": {"2": "...", "4": ":", "5": "."},
}

DATASET = Dataset(
    label="06913: Endringar i kommunane, etter region, statistikkvariabel og år",
    source="Statistisk sentralbyrå",
    updated=datetime(2026, 2, 19, 7, tzinfo=UTC),
    dimensions=(
        Dimension("Region", "region", ("0", "K_4016"), ("Heile landet", "Drangedal"), ("", ""), "geo"),
        Dimension("ContentsCode", "statistikkvariabel", ("Levende",), ("Levendefødde",), ("personer",), "metric"),
        Dimension("Tid", "år", ("2022", "2023", "2024"), ("2022", "2023", "2024"), ("", "", ""), "time"),
    ),
    values=(52000.0, 52500.0, None, 41.0, None, None),
    missing=("", "", "not_published", "", "hidden", "not_available"),
    notes=("Tala gjeld 1. januar.",),
)


def changed(**changes: Any) -> dict[str, Any]:
    """The answer with other parts; a part that is None is left out."""
    return {key: value for key, value in {**SSB, **changes}.items() if value is not None}


def test_an_answer_is_read_whole() -> None:
    assert read_jsonstat(json.dumps(SSB), name="06913") == DATASET


def test_cells_come_in_row_major_order() -> None:
    assert list(DATASET.rows())[1:4] == [
        Row({"Region": "0", "ContentsCode": "Levende", "Tid": "2023"}, 52500.0, ""),
        Row({"Region": "0", "ContentsCode": "Levende", "Tid": "2024"}, None, "not_published"),
        Row({"Region": "K_4016", "ContentsCode": "Levende", "Tid": "2022"}, 41.0, ""),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"value": {"0": 52000, "1": 52500, "3": 41}},
        {"status": ["", "", "...", "", ":", "."]},
        {"value": {"0": 52000, "1": 52500, "3": 41}, "status": [None, None, "...", None, ":", "."]},
    ],
)
def test_values_and_flags_may_be_lists_or_maps(changes: dict[str, Any]) -> None:
    assert read_jsonstat(changed(**changes), name="06913") == DATASET


def test_a_dimension_of_one_code_may_have_a_label_alone() -> None:
    only = {"label": "statistikkvariabel", "category": {"label": {"Levende": "Levendefødde"}}}
    dataset = read_jsonstat(changed(dimension={**SSB["dimension"], "ContentsCode": only}), name="06913")
    assert dataset.dimension("ContentsCode").codes == ("Levende",)


def test_an_answer_of_fhi_is_read_with_its_flags() -> None:
    """FHI gives null for what it has not, "" for no status, seven digits of a second, and "." where no survey was."""
    document = {
        "version": "2.0", "class": "dataset", "href": None, "label": "Psykiske plager", "source": None, "role": None,
        "updated": "2025-12-20T11:44:58.7706326+00:00", "id": ["GEO", "AAR"], "size": [1, 3],
        "dimension": {
            "GEO": {"label": "Geografi", "category": {"index": ["4016"], "label": {"4016": "Drangedal"}}},
            "AAR": {"label": "År", "category": {"index": ["2022_2022", "2023_2023", "2024_2024"], "label": {}}},
        },
        "value": [None, None, 9.5], "status": {"0": ".", "1": ":"},
    }  # fmt: skip
    dataset = read_jsonstat(document, name="FHI 339", flags={".": "not_surveyed"})
    assert dataset.missing == ("not_surveyed", "hidden", "")
    assert dataset.updated == datetime(2025, 12, 20, 11, 44, 58, 770632, tzinfo=UTC)
    assert read_jsonstat({**document, "value": [1, 2, 3], "status": ""}, name="FHI 339").missing == ("", "", "")


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("<!DOCTYPE html><p>Nede</p>", "source_html", "06913 is a web page, not figures. Try again later."),
        (json.dumps(SSB)[:200], "source_json", "06913 ends in the middle. Fetch it again."),
        ('{"class": dataset}', "source_json", "06913 is not JSON (line 1, column 11). Fetch it again."),
        ("[1, 2]", "source_json", "06913 holds no object."),
        (json.dumps(changed(**{"class": "collection"})), "source_class",
         "06913 is not a JSON-stat 2.0 dataset (class 'collection', version '2.0')."),
        (json.dumps(changed(version="1.0")), "source_class",
         "06913 is not a JSON-stat 2.0 dataset (class 'dataset', version '1.0')."),
        (json.dumps(changed(value=[1, 2])), "source_size", "06913 contradicts itself: it has 2 values, but 6 cells."),
        (json.dumps(changed(value={"6": 1})), "source_size",
         "06913 contradicts itself: it has values at place 6, but only 6 cells."),
        (json.dumps(changed(status=["."])), "source_size", "06913 contradicts itself: it has 1 flags, but 6 cells."),
        (json.dumps(changed(size=[2, 1, 4])), "source_size",
         "06913 contradicts itself: the dimension Tid has 3 codes, but the size 4."),
        (json.dumps(changed(size=[2, 1])), "source_size",
         "06913 contradicts itself: it names 3 dimensions, but gives 2 sizes."),
        (json.dumps(changed(size=[2, 1, "3"])), "source_size",
         "06913 contradicts itself: its sizes are not whole numbers."),
        (json.dumps(changed(value=None)), "source_size", "06913 contradicts itself: it has no values."),
        (json.dumps(changed(dimension=None)), "source_size", "06913 contradicts itself: it has no 'dimension'."),
        (json.dumps(changed(dimension={})), "source_size",
         "06913 contradicts itself: it does not describe the dimension Region."),
        (json.dumps(changed(value=["41"] + [1] * 5)), "source_size",
         "06913 contradicts itself: '41' is not a number."),
        (json.dumps(changed(value=[float("nan")] + [1] * 5)), "source_size",
         "06913 contradicts itself: nan is not a number."),
    ],
)  # fmt: skip
def test_what_is_not_a_dataset_is_told(text: str, code: str, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_jsonstat(text, name="06913")
    assert (caught.value.code, str(caught.value).startswith(said)) == (code, True), str(caught.value)


def test_a_dimension_that_is_not_there_is_named() -> None:
    with pytest.raises(SourceError, match=r"has no dimension Alder\. It has Region, ContentsCode, Tid"):
        DATASET.dimension("Alder")


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    ids = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    dimensions = []
    cells = 1
    for id_ in ids:
        codes = tuple(draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)))
        words = st.lists(NAMES, min_size=len(codes), max_size=len(codes)).map(tuple)
        units = draw(st.one_of(words, st.just(("",) * len(codes))))
        role = draw(st.sampled_from(["", "time", "geo", "metric"]))
        dimensions.append(Dimension(id_, draw(NAMES), codes, draw(words), units, role))
        cells *= len(codes)
    number = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False, width=32))
    values = tuple(draw(st.lists(number, min_size=cells, max_size=cells)))
    missing = tuple("" if value is not None else draw(st.sampled_from(MISSING)) for value in values)
    updated = draw(
        st.one_of(st.none(), st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
    )
    return Dataset(
        draw(NAMES), draw(NAMES), updated, tuple(dimensions), values, missing, draw(st.sampled_from([(), ("a",)]))
    )


@settings(deadline=None)
@given(datasets())
def test_what_is_written_is_read_back(dataset: Dataset) -> None:
    assert read_jsonstat(json.dumps(write_jsonstat(dataset)), name="x") == dataset


@settings(deadline=None)
@given(datasets(), st.data())
def test_lists_and_maps_mean_the_same(dataset: Dataset, data: st.DataObject) -> None:
    """The same dataset with maps where lists were, in any order of the keys."""
    document = write_jsonstat(dataset)
    for dimension in document["dimension"].values():
        places = list(enumerate(dimension["category"]["index"]))
        dimension["category"]["index"] = {code: place for place, code in data.draw(st.permutations(places))}
    document["value"] = {str(place): value for place, value in enumerate(document["value"]) if value is not None}
    assert read_jsonstat(document, name="x") == dataset
