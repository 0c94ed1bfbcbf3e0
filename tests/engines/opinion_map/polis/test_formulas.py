"""Polis mode against the plain twins, over any small conversation; and never a NaN or a warning."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.opinion_map.polis import twin
from tests.engines.opinion_map.worlds import any_rows, planted

from samskap.engines.opinion_map import PolisReport, Votes, VotesError, polis_consensus, polis_report

Rows = list[tuple[str, str, int]]
SOME = settings(max_examples=60, deadline=None)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rows, frozenset[str], frozenset[str], dict[str, str]]:
    """Rows, what is moderated out, what is meta, and a group for some of the people."""
    rows = draw(any_rows())
    statements = sorted({row[1] for row in rows})
    out = draw(st.frozensets(st.sampled_from(statements), max_size=3)) if statements else frozenset()
    meta = draw(st.frozensets(st.sampled_from(statements), max_size=2)) if statements else frozenset()
    groups = {person: draw(st.sampled_from(["A", "B", "C", ""])) for person in sorted({row[0] for row in rows})}
    return rows, out, meta, {person: group for person, group in groups.items() if group}


def members(groups: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for person, group in groups.items():
        found.setdefault(group, []).append(person)
    return found


def numbers(value: Any) -> list[float]:
    if dataclasses.is_dataclass(value):
        return [x for field in dataclasses.fields(value) for x in numbers(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [x for entry in value for x in numbers(entry)]
    return [value] if isinstance(value, float) else []


@SOME
@given(cases())
def test_axes_and_places_are_those_of_the_filled_matrix(case: tuple) -> None:
    rows, out, meta, _ = case
    report = polis_report(Votes.from_rows(rows), moderated_out=out, meta=meta)
    people, statements = [x.key for x in report.people], [x.key for x in report.statements]
    table = twin.zeroed(twin.table_of(rows), set(out | meta))
    dense = twin.filled(table, people, statements)
    centre = dense.mean(axis=0) if people else np.zeros(0)
    assert [-x.mean for x in report.statements] == pytest.approx(centre.tolist(), abs=1e-12)
    axes = np.array([[x.first_axis, x.second_axis] for x in report.statements]).reshape(-1, 2)
    centred = dense - centre
    gram = centred.T @ centred
    if min(dense.shape) < 2:
        assert not axes.any()
    else:
        values = np.linalg.eigvalsh(gram)[::-1]
        scale = max(values[0], 1.0)
        for axis, value in zip(axes.T, values[:2], strict=True):
            # Below the limit there is no variation left along an axis; it is 0 then.
            assert np.linalg.norm(axis) == pytest.approx(1.0 if value > 1e-9 * scale else 0.0, abs=1e-9)
            assert gram @ axis == pytest.approx(value * axis, abs=1e-9 * scale)
        assert axes[:, 0] @ axes[:, 1] == pytest.approx(0.0, abs=1e-9)
    for i, person in enumerate(report.people):
        scale = math.sqrt(len(statements) / max(1, len(table[person.key])))
        # Both signs turn from Polis's file to ours, so the place does not.
        x, y = scale * (centred[i] @ -axes)
        assert (person.x, person.y) == pytest.approx((x, y), abs=1e-9)
    for j, statement in enumerate(report.statements):
        x, y = math.sqrt(len(statements)) * (-1 - centre[j]) * -axes[j]
        assert (statement.x, statement.y) == pytest.approx((x, y), abs=1e-9)
        assert statement.extremity == pytest.approx(math.dist((0, 0), (x, y)), abs=1e-9)


@SOME
@given(cases())
def test_lists_and_measures_are_those_of_the_plain_twins(case: tuple) -> None:
    rows, out, meta, groups = case
    report = polis_report(Votes.from_rows(rows), moderated_out=out, meta=meta, groups=groups)
    raw, gone = twin.table_of(rows), set(out | meta)
    table, parts = twin.zeroed(raw, gone), members(groups)
    inside = [x.key for x in report.statements if x.key not in gone]
    assert [group.key for group in report.groups] == sorted(parts)
    for group in report.groups:
        others = [person for key, part in parts.items() if key != group.key for person in part]
        # Equal ranks may come out either way in the last bits: what is shown is compared by rank and side.
        ours = [(x.statement, x.side, x.best_agreed is not None) for x in group.representative]
        theirs = twin.representative(table, parts[group.key], others, inside)
        assert [ranks(table, parts[group.key], others, entry) for entry in ours] == [
            pytest.approx(ranks(table, parts[group.key], others, entry), abs=1e-9) for entry in theirs
        ]
        for entry in group.representative:
            known = twin.statistics(table, parts[group.key], others, entry.statement)
            end = entry.side[0]
            assert (entry.hits, entry.trials) == (known["n" + end], known["ns"])
            assert (entry.share, entry.test, entry.ratio, entry.ratio_test) == pytest.approx(
                tuple(known[name + end] for name in "pzrw"), abs=1e-12
            )
        told = {x.statement: (x.agree, x.disagree, x.seen) for x in group.counts}
        assert told == {x.key: twin.counts(raw, parts[group.key], x.key) for x in report.statements}
    for statement in report.statements:
        assert statement.consensus == pytest.approx(twin.group_consensus(raw, list(parts.values()), statement.key))
        priority = twin.priority(raw, list(parts.values()), statement.key, statement.extremity)
        assert statement.priority == pytest.approx(49.0 if statement.key in meta else priority)


def ranks(table: twin.Table, group: list[str], others: list[str], entry: tuple[str, str, bool]) -> tuple:
    known = twin.statistics(table, group, others, entry[0])
    end = entry[1][0]
    return (0 if end == "a" else 1, int(entry[2]), math.prod(known[name + end] for name in "rwpz"))


@SOME
@given(cases())
def test_consensus_is_that_of_the_plain_twin(case: tuple) -> None:
    rows, out, meta, _ = case
    votes, table = Votes.from_rows(rows), twin.table_of(rows)
    report = polis_report(votes, moderated_out=out, meta=meta)
    inside = [x.key for x in report.statements if x.key not in out | meta]
    for ours, side in ((report.consensus_agree, -1), (report.consensus_disagree, 1)):
        theirs = twin.consensus(table, list(table), inside, side)
        assert [entry.statement for entry in ours] == theirs
    # Alone the lists break a tie by key; by number and name it is the same but for keys that are numbers.
    lists = polis_consensus(votes, left_out=out | meta)
    assert [sorted(x.statement for x in part) for part in lists if len(part) < 5] == [
        sorted(x.statement for x in part)
        for part in (report.consensus_agree, report.consensus_disagree)
        if len(part) < 5
    ]


@SOME
@given(cases())
def test_measures_of_people_are_distances_in_the_plane(case: tuple) -> None:
    rows, _, _, groups = case
    report = polis_report(Votes.from_rows(rows), groups=groups)
    place = {x.key: np.array([x.x, x.y]) for x in report.people}
    everyone = [place[x.key] for x in report.people if x.inside]
    for person in report.people:
        if person.group is None:
            assert (person.centricness, person.coreness, person.extremeness) == (None, None, None)
            continue
        middle = np.mean(everyone, axis=0)
        own = np.mean([place[key] for key in members(groups)[person.group]], axis=0)
        length = math.dist(own, middle)
        assert person.centricness == pytest.approx(1 - math.dist(place[person.key], middle), abs=1e-9)
        assert person.coreness == pytest.approx(1 - math.dist(place[person.key], own), abs=1e-9)
        if length > 1e-6:
            beyond = (place[person.key] - own) @ (own - middle) / length
            assert person.extremeness == pytest.approx(beyond, abs=1e-6)


def test_people_who_are_not_in_do_not_move_the_middle() -> None:
    rows, _ = planted(2, people=40, statements=12, density=1.0)
    rows = [row for row in rows if int(row[0][1:]) < 20 or row[1] in {"s0", "s1"}]
    report = polis_report(Votes.from_rows(rows), groups={f"p{i}": "A" for i in range(40)})
    places = np.array([[person.x, person.y] for person in report.people if person.inside])
    everyone = np.array([[person.x, person.y] for person in report.people])
    middle = places.mean(axis=0)
    assert (len(places), math.dist(middle, everyone.mean(axis=0)) > 0.05) == (20, True)
    assert [person.centricness for person in report.people] == pytest.approx(
        [1 - math.dist(place, middle) for place in everyone]
    )


def test_a_statement_that_all_pass_is_never_the_best_agreed() -> None:
    """The present best has R > 1 and w < 0; with all passes, z < 0 and w < 0 would make the larger product."""
    group = [f"a{i}" for i in range(10)]
    rows = [(person, "1", 1 if n < 8 else -1) for n, person in enumerate(group)]
    rows += [(person, "2", 0) for person in group] + [("b", "1", 1), ("b", "2", 1)]
    report = polis_report(Votes.from_rows(rows), groups={**dict.fromkeys(group, "A"), "b": "B"})
    shown = report.groups[0].representative
    assert [(entry.statement, entry.best_agreed) for entry in shown] == [("1", 8)]


@SOME
@given(cases())
def test_nothing_is_nan_and_everybody_with_votes_has_a_place(case: tuple) -> None:
    rows, out, meta, groups = case
    votes = Votes.from_rows(rows, people=[*{row[0] for row in rows}, "silent one"])
    first = polis_report(votes, moderated_out=out, meta=meta)
    for report in (
        first,
        polis_report(votes, moderated_out=out, meta=meta, groups=groups),
        polis_report(votes, moderated_out=out, meta=meta, previous=first),
    ):
        assert all(map(math.isfinite, numbers(report)))
        assert {person.key for person in report.people} == {row[0] for row in rows}
        assert {statement.key for statement in report.statements} == {row[1] for row in rows}


@SOME
@given(cases())
def test_the_mirror_image_swaps_sides(case: tuple) -> None:
    rows, out, meta, groups = case
    one = polis_report(Votes.from_rows(rows), moderated_out=out, meta=meta, groups=groups)
    other = polis_report(Votes.from_rows([(p, s, -v) for p, s, v in rows]), moderated_out=out, meta=meta, groups=groups)
    assert one.consensus_agree == other.consensus_disagree
    assert [-x.mean for x in one.statements] == pytest.approx([x.mean for x in other.statements])


def test_the_same_votes_in_another_order_of_rows_give_the_same_report() -> None:
    rows, _ = planted(3, people=80, statements=20)
    assert polis_report(Votes.from_rows(rows)) == polis_report(Votes.from_rows(rows[::-1]))


@pytest.mark.parametrize(
    ("rows", "people", "groups"),
    [
        ([], 0, 0),
        ([("a", "1", 1)], 1, 1),
        ([("a", "1", 0), ("b", "1", 0), ("a", "2", 0)], 2, 1),
        ([(str(i), "1", 1) for i in range(40)], 40, 1),
    ],
    ids=["nobody", "one person", "all pass", "one statement, all agree"],
)
def test_the_smallest_conversations_have_a_report(rows: Rows, people: int, groups: int) -> None:
    report = polis_report(Votes.from_rows(rows))
    assert (len(report.people), len(report.groups)) == (people, groups)
    assert all((person.x, person.y) == (0.0, 0.0) for person in report.people)


def test_people_and_statements_stand_by_number_and_in_the_order_given() -> None:
    votes = Votes.from_rows([(p, s, 1) for p in ("10", "9", "b") for s in ("2", "11", "x")])

    def keys(report: PolisReport) -> tuple[list[str], list[str]]:
        return [x.key for x in report.people], [x.key for x in report.statements]

    assert keys(polis_report(votes)) == (["9", "10", "b"], ["2", "11", "x"])
    assert keys(polis_report(votes, order=["b"], statement_order=["x", "11"])) == (
        ["b", "9", "10"],
        ["x", "11", "2"],
    )


@pytest.mark.parametrize("wrong", [{"order": ["c"]}, {"statement_order": ["9"]}, {"groups": {"c": "A"}}])
def test_unknown_people_and_statements_are_refused_in_a_sentence(wrong: dict[str, Any]) -> None:
    with pytest.raises(VotesError, match=r"^(The order names|There is a group for the person) '[c9]', wh.*\.$"):
        polis_report(Votes.from_rows([("a", "1", 1), ("b", "1", -1)]), **wrong)
