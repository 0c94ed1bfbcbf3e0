"""After every change a live map is the map made anew from the same votes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.engines.opinion_map.worlds import Row, planted

from samskap.engines.opinion_map import LiveMap, Votes, VotesError, map_opinions
from samskap.engines.opinion_map import live as live_module
from samskap.engines.opinion_map import tracked as tracked_module
from samskap.engines.opinion_map.axes import Axes, leading_axes
from samskap.engines.opinion_map.places import Prior, placed, prior_of
from samskap.engines.opinion_map.scatter import PassScatter, evidence_of
from samskap.formats.polis_csv import read_conversation

pytestmark = pytest.mark.slow

SAME = 1e-6


def cold(votes: Votes, *, outside: frozenset[str]) -> tuple[Axes, Prior, np.ndarray, np.ndarray]:
    """The slow twin: everything from nothing, by passes over the votes."""
    crowd = votes.crowd().only(frozenset(votes.statements) - outside)
    statements = len(crowd.statements)
    scatter = PassScatter.of(crowd.blocks, statements=statements, needed=min(7, statements))
    axes = leading_axes(scatter)
    prior = prior_of(scatter, axes)
    told = crowd.blocks.each(evidence_of, scatter.centre, axes.loadings)
    found = placed(np.concatenate([np.zeros((0, 10)), *told]), prior=prior)
    return axes, prior, found.xy, found.covariance


def assert_same(live: LiveMap, votes: Votes, *, outside: frozenset[str] = frozenset()) -> None:
    axes, prior, xy, covariance = cold(votes, outside=outside)
    mine = live.axes()
    assert live.people == votes.people
    assert live.statements == tuple(key for key in votes.statements if key not in outside)
    size = max(float(axes.eigenvalues[0]), 1.0)
    np.testing.assert_allclose(mine.eigenvalues, axes.eigenvalues, atol=SAME * size)
    np.testing.assert_allclose(mine.total, axes.total, atol=SAME * size)
    np.testing.assert_allclose(mine.loadings, axes.loadings, atol=SAME)
    for name in ("noise", "first", "second"):
        assert getattr(live.prior(), name) == pytest.approx(getattr(prior, name), rel=SAME, abs=SAME)
    keys, places = live.places()
    assert keys == votes.people
    np.testing.assert_allclose(places.xy, xy, atol=SAME)
    np.testing.assert_allclose(places.covariance, covariance, atol=SAME)
    for at, key in list(enumerate(keys))[:3]:
        np.testing.assert_array_equal(live.place(key).xy, places.xy[at])
        np.testing.assert_array_equal(live.place(key).covariance, places.covariance[at])


def told_apart(axes: Axes) -> bool:
    """Whether the axes are determined at all: the eigenvalues differ, and no two loadings tie for the sign."""
    first, second, third = axes.eigenvalues[:3]
    if first <= 0.0 or min(first - second, second - third) < 1e-3 * first:
        return False
    size = -np.sort(-np.abs(axes.loadings[:, :2]), axis=0)
    return bool(np.all(size[0] - size[1] > 1e-3))


class AnyChanges(RuleBasedStateMachine):
    """Votes, changes, withdrawals, people and statements that come and go, in any order, beside plain records."""

    @initialize(seed=st.integers(0, 50), statements=st.sampled_from([5, 9, 30]))
    def start(self, seed: int, statements: int) -> None:
        rows, _ = planted(3, people=40, statements=statements, density=0.45, seed=seed)
        self.latest = {(person, statement): value for person, statement, value in rows}
        self.people = {person for person, _, _ in rows}
        self.statements = {statement for _, statement, _ in rows}
        self.background = frozenset({"s1", "late1"})
        self.out: set[str] = {"s2"} & self.statements
        self.live = LiveMap.of(self.votes(), background=self.background, left_out=frozenset(self.out))

    def votes(self) -> Votes:
        rows = [(*pair, value) for pair, value in self.latest.items()]
        return Votes.from_rows(rows, people=self.people, statements=self.statements)

    @rule(data=st.data(), value=st.sampled_from([-1, 0, 1, None]))
    def vote(self, data: st.DataObject, value: int | None) -> None:
        person = data.draw(st.sampled_from([*sorted(self.people), "late", "later"]))
        statement = data.draw(st.sampled_from([*sorted(self.statements), "new"]))
        self.live.vote(person, statement, value)
        self.people.add(person)
        self.statements.add(statement)
        self.latest.pop((person, statement), None)
        if value is not None:
            self.latest[person, statement] = value

    @rule(data=st.data(), count=st.integers(1, 12))
    def vote_on_many(self, data: st.DataObject, count: int) -> None:
        person = data.draw(st.sampled_from([*sorted(self.people), "eager"]))
        for number, statement in enumerate(sorted(self.statements)[:count]):
            self.live.vote(person, statement, number % 3 - 1)
            self.latest[person, statement] = number % 3 - 1
        self.people.add(person)

    @rule(key=st.sampled_from(["late1", "late2", "a", "zz"]))
    def add_statement(self, key: str) -> None:
        self.live.add_statement(key)
        self.statements.add(key)

    @rule(data=st.data())
    def leave_out(self, data: st.DataObject) -> None:
        statement = data.draw(st.sampled_from(sorted(self.statements)))
        self.live.leave_out(statement)
        self.out.add(statement)

    @rule(data=st.data())
    def let_in(self, data: st.DataObject) -> None:
        statement = data.draw(st.sampled_from(sorted(self.statements)))
        self.live.let_in(statement)
        self.out.discard(statement)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if self.people:
            person = data.draw(st.sampled_from(sorted(self.people)))
            self.live.remove(person)
            self.people.discard(person)
            self.latest = {pair: value for pair, value in self.latest.items() if pair[0] != person}

    @invariant()
    def it_is_the_map_made_anew(self) -> None:
        votes, outside = self.votes(), self.background | self.out
        counts = {key: [0, 0, 0] for key in self.statements}
        for (_, statement), value in self.latest.items():
            counts[statement][value + 1] += 1
        assert {key: list(self.live.counts(key)) for key in self.statements} == counts
        crowd = votes.crowd().only(frozenset(votes.statements) - outside)
        needed = min(7, len(crowd.statements))
        scatter = PassScatter.of(crowd.blocks, statements=len(crowd.statements), needed=needed)
        if told_apart(leading_axes(scatter, wanted=3)):
            assert_same(self.live, votes, outside=outside)
        else:
            assert np.all(np.isfinite(self.live.places()[1].xy))


@pytest.mark.parametrize("way", ["small", "warm", "passes"])
def test_any_changes_lead_to_the_map_made_anew(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "warm":
        monkeypatch.setattr(tracked_module, "SMALL", 3)
    if way == "passes":
        monkeypatch.setattr(live_module, "LARGEST_TABLE", 3)
    machine = settings(max_examples=8, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck))
    case = AnyChanges.TestCase
    case.settings = machine
    case("runTest").runTest()


def test_many_votes_between_questions_and_many_questions_lead_to_the_same_axes() -> None:
    """Past `SMALL`, where axes are followed and not found anew."""
    rows, _ = planted(3, people=220, statements=150, density=0.3, seed=9)
    random = np.random.default_rng(5)
    latest = {(person, statement): value for person, statement, value in rows}
    live = LiveMap.of(Votes.from_rows(rows))
    for step in range(120):
        person, statement = f"p{random.integers(230)}", f"s{random.integers(155)}"
        latest[person, statement] = int(random.integers(-1, 2))
        live.vote(person, statement, latest[person, statement])
        if step % 2 or step < 40:
            live.axes()
        if step % 30 == 29:
            assert_same(live, Votes.from_rows([(*pair, value) for pair, value in latest.items()]))


def test_live_places_are_those_of_the_whole_map() -> None:
    rows, _ = planted(2, people=60, statements=20, density=0.5, seed=2)
    live = LiveMap.of(Votes.from_rows(rows[:-40]))
    for row in rows[-40:]:
        live.vote(*row)
    whole = map_opinions(Votes.from_rows(rows))
    for person in whole.people:
        place = live.place(person.key)
        assert place.xy == pytest.approx((person.x, person.y), abs=SAME)
        assert place.votes == person.votes
    assert sum(live.place(key).in_map for key in live.people) == whole.counts.people_in_map


def test_counts_are_told_for_each_stratum_also_of_people_who_come_later() -> None:
    strata = {"sector": {"a": "public", "b": "voluntary", "late": "voluntary"}}
    live = LiveMap.of(Votes.from_rows([("a", "s", 1), ("b", "s", -1), ("c", "s", 1)]), strata=strata)
    live.vote("late", "s", 0)
    live.vote("b", "s", 1)
    live.vote("late", "t", 1)
    assert live.counts("s") == (0, 1, 3)
    assert live.counts_by("s", kind="sector") == {"public": (0, 0, 1), "voluntary": (0, 1, 1)}
    live.remove("late")
    assert live.counts_by("s", kind="sector") == {"public": (0, 0, 1), "voluntary": (0, 0, 1)}
    assert live.counts_by("t", kind="sector") == {"public": (0, 0, 0), "voluntary": (0, 0, 0)}


def test_an_unknown_key_and_a_strange_value_are_told_and_change_nothing() -> None:
    live = LiveMap.of(Votes.from_rows([("a", "s", 1)]))
    for question in (live.place, live.remove):
        with pytest.raises(VotesError, match="There is no person 'x'") as caught:
            question("x")
        assert caught.value.code == "votes_unknown_person"
    for change in (live.leave_out, live.let_in, live.counts):
        with pytest.raises(VotesError, match="There is no statement 'x'"):
            change("x")
    with pytest.raises(VotesError, match="is 2"):
        live.vote("x", "y", 2)
    assert (live.people, live.statements) == (("a",), ("s",))


def test_a_replayed_conversation_is_at_every_stop_the_map_made_anew(shared_data: Path) -> None:
    conversation = read_conversation(shared_data / "opinions" / "brexit-consensus")
    mixed = np.random.default_rng(3).permutation(len(conversation.rows)).tolist()
    rows: list[Row] = [conversation.rows[at] for at in mixed]
    live = LiveMap.of(Votes.from_rows([]))
    stops = {500, 1_500, 3_000, len(rows)}
    for number, row in enumerate(rows, start=1):
        live.vote(*row)
        live.axes()
        if number in stops:
            assert_same(live, Votes.from_rows(rows[:number]))
