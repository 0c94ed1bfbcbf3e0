"""An opinion map survives the way through JSON, and a damaged document gets a sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.opinion_map.worlds import any_rows, planted

from samskap.engines.opinion_map import OpinionMap, Votes, map_opinions
from samskap.formats.errors import FormatError
from samskap.formats.opinion_json import from_document, to_document


@pytest.fixture(scope="module")
def result() -> OpinionMap:
    rows, _ = planted(2, people=90, statements=14)
    sector = {f"p{i}": "public" if i % 2 else "private" for i in range(87)}
    sector |= {f"p{i}": "voluntary" for i in range(87, 90)}
    return map_opinions(Votes.from_rows(rows), strata={"sector": sector}, background=frozenset({"s1"}))


def test_a_map_comes_back_equal(result: OpinionMap) -> None:
    document = to_document(result, texts={"s0": "More buses"})
    assert from_document(json.loads(json.dumps(document))) == result
    assert [item.get("text") for item in document["statements"][:2]] == ["More buses", None]


@given(any_rows())
@settings(max_examples=30, deadline=None)
def test_any_map_comes_back_equal(rows) -> None:
    result = map_opinions(Votes.from_rows(rows))
    assert from_document(json.loads(json.dumps(to_document(result)))) == result


def test_no_stratum_under_five_is_in_the_document(result: OpinionMap) -> None:
    document = to_document(result)
    told = [count for item in document["statements"] for count in item["by_stratum"]]
    assert told
    assert all(count["agree"] + count["disagree"] + count["passed"] >= 5 for count in told)
    assert "voluntary" not in {count["name"] for count in told}
    assert document["too_few"] == [{"kind": "sector", "name": "voluntary", "answered": None, "needed": 5}]


@pytest.mark.parametrize(
    ("damage", "part"),
    [
        (lambda d: d.pop("seed"), "document.seed"),
        (lambda d: d.update(seed="x"), "document.seed"),
        (lambda d: d.update(people={}), "document.people"),
        (lambda d: d["people"][0].update(x="left"), "document.people[0].x"),
        (lambda d: d["structure"].update(reason="because"), "document.structure.reason"),
        (lambda d: d.update(format_version=99), "version 2"),
    ],
)
def test_a_damaged_document_gets_a_sentence(result: OpinionMap, damage, part: str) -> None:
    document = json.loads(json.dumps(to_document(result)))
    damage(document)
    with pytest.raises(FormatError) as caught:
        from_document(document)
    assert part in caught.value.message


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
@settings(max_examples=50, deadline=None)
def test_anything_else_is_refused(document) -> None:
    with pytest.raises(FormatError):
        from_document(document)
