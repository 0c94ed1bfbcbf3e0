"""JSON-stat files that somebody has saved: what each cell is about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from samskap.formats.figures_csv import AGES, Problem
from samskap.formats.figures_file import read_file
from samskap.formats.figures_jsonstat import read_figures_jsonstat
from samskap.sources.errors import SourceError
from samskap.sources.values import AgeProfile, Figure

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def document(dimensions: dict[str, list[str]], values: list[Any], **more: Any) -> bytes:
    """A dataset as SSB writes it: the first dimension is the place, the last the year, unless `role` says else."""
    ids = list(dimensions)
    said = {
        "version": "2.0", "class": "dataset", "label": "13556: Unge utenfor", "source": "Statistisk sentralbyrå",
        "updated": "2026-02-19T07:00:00Z", "id": ids, "size": [len(codes) for codes in dimensions.values()],
        "role": {"geo": [ids[0]], "time": [ids[-1]], "metric": [one for one in ids if one == "ContentsCode"]},
        "dimension": {
            one: {"label": one, "category": {"index": codes, "label": {code: code for code in codes}}}
            for one, codes in dimensions.items()
        },
        "value": values,
    }  # fmt: skip
    return json.dumps(said | more).encode()


def test_the_cells_of_one_indicator_are_figures_of_it() -> None:
    data = document({"Region": ["K-4016", "0", "F-40"], "ContentsCode": ["x"], "Tid": ["2023", "2024"]},
                    [8.1, 8.9, 9.7, 9.9, None, 11.0], status={"4": ":"})  # fmt: skip
    found = read_figures_jsonstat(data, file="f.json", now=NOW, indicator="neet_share")
    assert found.problems == ()
    assert (found.fetched.publisher, found.fetched.table) == ("SSB", "13556")
    assert found.fetched.figures == (
        Figure("neet_share", "4016", "2023", 8.1),
        Figure("neet_share", "4016", "2024", 8.9),
        Figure("neet_share", "0000", "2023", 9.7),
        Figure("neet_share", "0000", "2024", 9.9),
        Figure("neet_share", "40", "2023", None, "hidden"),
        Figure("neet_share", "40", "2024", 11.0),
    )


def test_other_dimensions_become_parts_of_the_people_and_fhi_periods_are_ours() -> None:
    data = document({"GEO": ["4016"], "KJONN": ["1", "2"], "AAR": ["2022_2024", "2025_2025"]}, [1.0, 2.0, 3.0, 4.0])
    found = read_figures_jsonstat(data, file="f.json", now=NOW, indicator="neet_share")
    assert [(one.period, one.breakdown, one.value) for one in found.fetched.figures] == [
        ("2022-2024", "kjonn=1", 1.0),
        ("2025", "kjonn=1", 2.0),
        ("2022-2024", "kjonn=2", 3.0),
        ("2025", "kjonn=2", 4.0),
    ]


def test_people_by_sex_and_single_age_are_profiles() -> None:
    ages = [f"{age:03}" for age in range(AGES)]
    data = document({"Region": ["4016"], "Kjonn": ["1", "2"], "Alder": ages, "Tid": ["2026"]}, [7] * AGES + [9] * AGES)
    found = read_figures_jsonstat(data, file="f.json", now=NOW)
    assert (found.problems, found.fetched.profiles) == ((), (AgeProfile("4016", 2026, (9,) * AGES, (7,) * AGES),))


@pytest.mark.parametrize("value", [None, -1, 2.5])
def test_a_count_that_is_none_is_said_and_never_nought(value: float | None) -> None:
    ages = [f"{age:03}" for age in range(AGES)]
    data = document({"Region": ["4016"], "Kjonn": ["1", "2"], "Alder": ages, "Tid": ["2026"]},
                    [value] + [7] * (2 * AGES - 1))  # fmt: skip
    found = read_figures_jsonstat(data, file="f.json", now=NOW)
    assert ([one.code for one in found.problems], found.fetched.profiles) == (["count_wrong"], ())


def test_what_the_file_does_not_say_is_a_problem() -> None:
    two = document({"Region": ["4016"], "ContentsCode": ["a", "b"], "Tid": ["2024"]}, [1, 2])
    many = Problem("many_metrics", 0, {"codes": "a, b"})
    assert read_figures_jsonstat(two, file="f", now=NOW, indicator="jobs").problems == (many,)
    none = document({"Region": ["4016"], "Tid": ["2024"]}, [1])
    assert read_figures_jsonstat(none, file="f", now=NOW).problems == (Problem("indicator_missing"),)
    nowhere = document({"Sted": ["4016"], "Tid": ["2024"]}, [1], role={})
    assert read_figures_jsonstat(nowhere, file="f", now=NOW).problems == (Problem("no_dimension", 0, {"role": "geo"}),)
    odd = document({"Region": ["Drangedal"], "Tid": ["2024"]}, [1])
    found = read_figures_jsonstat(odd, file="f", now=NOW, indicator="jobs")
    assert (found.fetched.figures, found.problems) == ((), (Problem("place_form", 0, {"value": "Drangedal"}),))


def test_a_unit_that_is_named_otherwise_is_handed_on() -> None:
    data = json.loads(document({"Region": ["4016"], "ContentsCode": ["a"], "Tid": ["2024"]}, [1]))
    data["dimension"]["ContentsCode"]["category"]["unit"] = {"a": {"base": "1000 kr"}}
    found = read_figures_jsonstat(json.dumps(data).encode(), file="f", now=NOW, indicator="accounts_care")
    assert found.units == (("accounts_care", "1000 kr", 0),)


@pytest.mark.parametrize("data", [b"<html>", b"{", b'{"class": "collection"}'])
def test_what_is_no_dataset_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        read_file(data, file="f.json", now=NOW)


def places_of(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every node of a document."""
    yield path
    for key, below in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from places_of(below, (*path, key))


def changed(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = json.loads(json.dumps(document))
    node = copy
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return copy


def test_a_node_of_another_kind_anywhere_is_read_or_refused_with_a_sentence() -> None:
    """Never another kind of error: somebody uploads this."""
    whole = json.loads(document({"Region": ["4016", "4018"], "ContentsCode": ["a"], "Tid": ["2024"]}, [1, 2]))
    refused = []
    for path in places_of(whole):
        for value in (None, 5, -1, 1.5, True, "x", "", [], ["x"], {}, {"x": "y"}, [[1]], float("nan")):
            try:
                read_file(json.dumps(changed(whole, path, value)).encode(), file="f.json", now=NOW, indicator="jobs")
            except SourceError as error:
                refused.append(error.message)
    assert len(refused) > 100
    assert [message for message in refused if not message.startswith("f.json ")] == []


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":' + b"[" * 100_000,
        b'{"a":' + b"1" * 5_000 + b"}",
        json.dumps({
            "class": "dataset", "version": "2.0", "id": ["a", "b"], "size": [9_000, 9_000], "value": {},
            "dimension": {one: {"category": {"index": list(range(9_000))}} for one in "ab"},
        }).encode(),
    ],
    ids=["deep", "a long number", "many cells"],
)  # fmt: skip
def test_what_would_take_all_memory_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        read_file(data, file="f.json", now=NOW, indicator="jobs")


def test_what_a_person_says_stands_before_what_the_file_says() -> None:
    data = document({"Region": ["4016"], "ContentsCode": ["a"], "Tid": ["2024"]}, [1])
    said = read_file(data, file="f.json", now=NOW, indicator="jobs", publisher="NAV", table="T1", standing="ours")
    assert (said.fetched.publisher, said.fetched.table, said.fetched.standing) == ("NAV", "T1", "ours")
