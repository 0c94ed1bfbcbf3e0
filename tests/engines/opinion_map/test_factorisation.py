"""The factorisation equals a slow twin, finds what was planted, and knows how sure it is."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.opinion_map.worlds import Row, any_rows, planted

from samskap.engines.opinion_map import Factorisation, Prediction, Votes, fit_votes
from samskap.engines.opinion_map.crowd import Block
from samskap.engines.opinion_map.factorising import (
    PRIOR_STATEMENTS,
    Answers,
    State,
    doubt,
    linear,
    one_round,
    people_step,
    start_from,
    whitened,
)
from samskap.formats.polis_csv import read_conversation

OWN = np.diag([1.0, 0.5, 0.5])


def small(seed: int, *, people: int = 14, statements: int = 6) -> tuple[Votes, Answers, State]:
    """A few votes and a state in the middle of fitting."""
    rows, _ = planted(2, people=people, statements=statements, density=0.7, seed=seed)
    votes = Votes.from_rows(rows)
    starts = np.concatenate([[0], np.cumsum(np.bincount(votes.rows, minlength=len(votes.people)))])
    block = Block(starts, votes.columns.astype(np.int32), votes.values)
    answers = Answers.of(block, statements=len(votes.statements))
    axes = np.random.default_rng(seed).normal(size=(len(votes.statements), 3))
    state = start_from(axes, people=len(votes.people), means=axes[:, 2] / 2, rank=2)
    return votes, answers, one_round(answers, state)[0]


def answers_of(value: int) -> list[tuple[int, float]]:
    """The questions that a vote answers (0 agreed, 1 took a side) and half of 1 or -1."""
    return [(1, -0.5)] if value == 0 else [(0, value / 2), (1, 0.5)]


def moments(state: State, person: int, column: int, answer: int) -> tuple[float, float]:
    """Mean and second moment of one pull, every cell of every matrix written out."""
    width = state.means.shape[1]
    place, load = np.zeros((width, width)), np.zeros((width, width))
    place[1:, 1:] = state.covariance[person]
    place += np.outer(state.means[person], state.means[person])
    load += state.load_covariance[column, answer] + np.outer(state.loads[column, answer], state.loads[column, answer])
    second = sum(place[i, j] * load[i, j] for i in range(width) for j in range(width))
    return float(state.means[person] @ state.loads[column, answer]), second


def pressed(second: float) -> float:
    return math.tanh(math.sqrt(second) / 2) / (2 * math.sqrt(second))


def twin_of_people(votes: Votes, state: State) -> tuple[np.ndarray, np.ndarray]:
    """Places and covariances by weighted least squares, vote by vote."""
    rank = state.covariance.shape[1]
    means, covariances = [], []
    for person in range(len(votes.people)):
        precision, target = np.eye(rank), np.zeros(rank)
        for at in np.flatnonzero(votes.rows == person):
            column = int(votes.columns[at])
            for answer, side in answers_of(int(votes.values[at])):
                load = state.loads[column, answer]
                square = state.load_covariance[column, answer] + np.outer(load, load)
                weight = pressed(moments(state, person, column, answer)[1])
                precision += weight * square[1:, 1:]
                target += side * load[1:] - weight * square[1:, 0]
        covariances.append(np.linalg.inv(precision))
        means.append(covariances[-1] @ target)
    return np.array(means), np.array(covariances)


def twin_of_statements(votes: Votes, state: State) -> tuple[np.ndarray, np.ndarray]:
    """Loadings and covariances likewise."""
    loads, covariances = np.zeros_like(state.loads), np.zeros_like(state.load_covariance)
    for column in range(len(votes.statements)):
        for question in (0, 1):
            precision = np.linalg.inv(state.spread[question])
            target = precision @ state.middle[question]
            for at in np.flatnonzero(votes.columns == column):
                person = int(votes.rows[at])
                for answer, side in answers_of(int(votes.values[at])):
                    if answer != question:
                        continue
                    square = np.outer(state.means[person], state.means[person])
                    square[1:, 1:] += state.covariance[person]
                    precision = precision + pressed(moments(state, person, column, answer)[1]) * square
                    target = target + side * state.means[person]
            covariances[column, question] = np.linalg.inv(precision)
            loads[column, question] = covariances[column, question] @ target
    return loads, covariances


def twin_of_evidence(votes: Votes, state: State) -> float:
    """The bound on the log-likelihood less the divergences of normal from normal, one by one."""
    total = 0.0
    for row, column, value in zip(votes.rows.tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True):
        for answer, side in answers_of(value):
            mean, second = moments(state, row, column, answer)
            total += side * mean - math.log(2 * math.cosh(math.sqrt(second) / 2))
    for mean, covariance in zip(state.means[:, 1:], state.covariance, strict=True):
        total -= divergence(mean, covariance, np.zeros(len(mean)), np.eye(len(mean)))
    for loads, covariances in zip(state.loads, state.load_covariance, strict=True):
        for question in (0, 1):
            total -= divergence(loads[question], covariances[question], state.middle[question], state.spread[question])
    for middle, spread in zip(state.middle, state.spread, strict=True):
        total -= (middle @ np.linalg.inv(spread) @ middle + math.log(np.linalg.det(spread))) / 2
        total -= PRIOR_STATEMENTS * divergence(np.zeros(3), OWN, np.zeros(3), spread)
    return total


def divergence(mean: np.ndarray, covariance: np.ndarray, middle: np.ndarray, spread: np.ndarray) -> float:
    """Kullback and Leibler's, of one normal distribution from another."""
    inverse, away = np.linalg.inv(spread), mean - middle
    logs = math.log(np.linalg.det(spread)) - math.log(np.linalg.det(covariance))
    return float(np.trace(inverse @ covariance) + away @ inverse @ away - len(mean) + logs) / 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_round_is_that_of_a_slow_twin(seed: int) -> None:
    votes, answers, state = small(seed)
    stepped = people_step(answers, state)
    means, covariance = twin_of_people(votes, state)
    np.testing.assert_allclose(stepped.means[:, 1:], means, atol=1e-10)
    np.testing.assert_allclose(stepped.covariance, covariance, atol=1e-10)
    after, reached = one_round(answers, state)
    moved = whitened(stepped)
    loads, load_covariance = twin_of_statements(votes, moved)
    np.testing.assert_allclose(after.loads, loads, atol=1e-10)
    np.testing.assert_allclose(after.load_covariance, load_covariance, atol=1e-10)
    assert reached == pytest.approx(twin_of_evidence(votes, moved), rel=1e-10)
    middle = loads.sum(axis=0) / 7
    for question in (0, 1):
        found = sum(np.outer(own, own) for own in [*(loads[:, question] - middle[question]), middle[question]])
        found = found + load_covariance[:, question].sum(axis=0) + PRIOR_STATEMENTS * OWN
        np.testing.assert_allclose(after.spread[question], found / (7 + PRIOR_STATEMENTS), atol=1e-10)
    np.testing.assert_allclose(after.middle, middle, atol=1e-12)


def test_whitening_changes_no_chance_and_lowers_the_doubt() -> None:
    votes, _, state = small(4, people=30, statements=40)
    skew = np.array([[1.0, 0.4], [0.0, 1.5]])
    back = np.eye(3)
    back[0, 1:], back[1:, 1:] = [-0.7, 0.9], np.linalg.inv(skew).T
    away = linear(state, forth=skew, centre=np.array([1.0, -0.5]), back=back)
    moved = whitened(away)
    for row, column in zip(votes.rows.tolist(), votes.columns.tolist(), strict=True):
        for question in (0, 1):
            before, after = moments(away, row, column, question), moments(moved, row, column, question)
            assert after == pytest.approx(before, rel=1e-9)
    assert doubt(moved) < doubt(away)
    spread = moved.means[:, 1:].T @ moved.means[:, 1:] + moved.covariance.sum(axis=0)
    np.testing.assert_allclose(spread / len(moved.means), np.eye(2), atol=1e-12)
    assert whitened(moved) is moved or doubt(whitened(moved)) <= doubt(moved) + 1e-9


def everything(fitted: Factorisation) -> Prediction:
    """What is expected of every person on every statement."""
    people, statements = np.indices((len(fitted.people), len(fitted.statements))).reshape(2, -1)
    return fitted.predict(people, statements)


@given(any_rows(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_any_votes_give_chances_that_add_up_and_evidence_that_never_falls(rows: list[Row], rank: int) -> None:
    fitted = fit_votes(Votes.from_rows(rows), rank=rank)
    told = everything(fitted)
    chances = told.probabilities
    assert np.all((chances >= 0.0) & (chances <= 1.0))
    np.testing.assert_allclose(chances.sum(axis=1), 1.0, atol=1e-12)
    np.testing.assert_allclose(told.mean, chances[:, 2] - chances[:, 0], atol=1e-12)
    assert np.all((told.spread >= 0.0) & (told.spread <= 1.0))
    assert np.all(np.diff(fitted.evidence) >= -1e-9 * max(1, len(rows)))
    assert fitted.settled
    assert fitted.rank <= rank
    for part in (fitted.places, fitted.places_covariance, fitted.loadings, fitted.loadings_covariance, fitted.shares):
        assert np.all(np.isfinite(part))


@pytest.mark.parametrize("rank", [0, 8])
@pytest.mark.parametrize("value", [-1, 0, 1])
def test_one_answer_by_one_person_is_thought_likelier_than_before(value: int, rank: int) -> None:
    told = everything(fit_votes(Votes.from_rows([("p", "s", value)]), rank=rank))
    assert int(np.argmax(told.probabilities[0])) == value + 1
    assert told.spread[0] > 0.05


def test_no_votes_give_no_factors_and_even_chances() -> None:
    nobody = fit_votes(Votes.from_rows([]))
    assert (nobody.rank, nobody.evidence, nobody.settled) == (0, (), True)
    assert everything(nobody).probabilities.shape == (0, 3)
    silent = fit_votes(Votes.from_rows([], people=["p"], statements=["s"]))
    assert everything(silent).probabilities[0, 0] == pytest.approx(everything(silent).probabilities[0, 2])


def test_a_negative_rank_is_refused() -> None:
    with pytest.raises(ValueError, match="rank is -1"):
        fit_votes(Votes.from_rows([]), rank=-1)


def test_a_person_who_has_not_voted_stands_in_the_middle_with_the_spread_of_all() -> None:
    rows, _ = planted(2, people=30, statements=8)
    fitted = fit_votes(Votes.from_rows(rows, people=[*{row[0] for row in rows}, "silent"]), rank=3)
    at = fitted.people.index("silent")
    np.testing.assert_allclose(fitted.places_covariance[at], np.eye(3), atol=1e-9)
    with pytest.raises(IndexError):
        fitted.predict(np.array([31]), np.array([0]))


@pytest.mark.parametrize("seed", [1, 2])
def test_order_and_names_change_nothing(seed: int) -> None:
    rows, _ = planted(3, people=60, statements=14, density=0.5, seed=seed)
    random = np.random.default_rng(seed)
    names = {key: f"x{number}" for number, key in enumerate(random.permutation([f"p{i}" for i in range(60)]).tolist())}
    titles = {key: f"y{number}" for number, key in enumerate(random.permutation([f"s{j}" for j in range(14)]).tolist())}
    mixed = [
        (names[person], titles[statement], value) for person, statement, value in random.permutation(rows).tolist()
    ]
    one = fit_votes(Votes.from_rows(rows))
    two = fit_votes(Votes.from_rows([(person, statement, int(value)) for person, statement, value in mixed]))
    people = np.array([two.people.index(names[key]) for key in one.people])
    columns = np.array([two.statements.index(titles[key]) for key in one.statements])
    np.testing.assert_allclose(two.places[people], one.places, atol=1e-9)
    np.testing.assert_allclose(two.places_covariance[people], one.places_covariance, atol=1e-9)
    np.testing.assert_allclose(two.loadings[columns], one.loadings, atol=1e-9)
    np.testing.assert_allclose(two.evidence, one.evidence, rtol=1e-12)


def test_turned_votes_turn_agreement_and_nothing_else() -> None:
    rows, _ = planted(3, people=60, statements=14, density=0.5, seed=3)
    told = everything(fit_votes(Votes.from_rows(rows)))
    turned = everything(fit_votes(Votes.from_rows([(person, on, -value) for person, on, value in rows])))
    np.testing.assert_allclose(turned.probabilities, told.probabilities[:, ::-1], atol=1e-9)
    np.testing.assert_allclose(turned.spread, told.spread, atol=1e-9)


def test_people_with_the_same_votes_share_their_place() -> None:
    rows, _ = planted(2, people=40, statements=10, seed=5)
    fitted = fit_votes(Votes.from_rows(rows + [(f"{person}b", statement, value) for person, statement, value in rows]))
    one = [fitted.people.index(f"p{i}") for i in range(40)]
    two = [fitted.people.index(f"p{i}b") for i in range(40)]
    np.testing.assert_allclose(fitted.places[one], fitted.places[two], atol=1e-12)


def drawn(seed: int, *, people: int = 400, statements: int = 60) -> tuple[Votes, np.ndarray]:
    """Votes drawn from the model itself with two factors, and the true expected vote in each cell."""
    random = np.random.default_rng(seed)
    places = np.concatenate([np.ones((people, 1)), random.normal(size=(people, 2))], axis=1)
    agree = places @ (random.normal(size=(statements, 3)) * [0.8, 1.2, 0.8] + [0.2, 0.3, 0.0]).T
    speak = places @ (random.normal(size=(statements, 3)) * [0.5, 0.2, 0.4] + [1.5, 0.0, 0.0]).T
    yes, side = 1 / (1 + np.exp(-agree)), 1 / (1 + np.exp(-speak))
    values = np.where(random.random(agree.shape) < side, np.where(random.random(agree.shape) < yes, 1, -1), 0)
    rows, columns = np.nonzero(random.random(agree.shape) < 0.8)
    names = [f"p{i:03d}" for i in range(people)], [f"s{j:02d}" for j in range(statements)]
    return Votes.from_arrays(*names, rows=rows, columns=columns, values=values[rows, columns]), side * (2 * yes - 1)


@pytest.mark.parametrize("seed", [1, 2])
def test_planted_opinions_are_recovered_and_nine_in_ten_lie_within_their_spread(seed: int) -> None:
    votes, truth = drawn(seed)
    fitted = fit_votes(votes, rank=2)
    told = everything(fitted)
    gaps = (told.mean - truth.ravel()) / told.spread
    assert np.corrcoef(told.mean, truth.ravel())[0, 1] > 0.9
    # Parts of the posterior count as independent, which makes it somewhat too sure.
    assert 0.84 < np.mean(np.abs(gaps) < 1.645) < 0.95
    hidden = np.ones(truth.shape, dtype=bool)
    hidden[votes.rows, votes.columns] = False
    assert np.mean((told.mean - truth.ravel())[hidden.ravel()] ** 2) < 0.2 * np.var(truth)
    assert np.all(np.diff(fitted.shares) <= 0.0)


def test_hidden_votes_are_known_better_than_from_the_mean_of_their_statement(shared_data: Path) -> None:
    found = read_conversation(shared_data / "opinions" / "brexit-consensus")
    whole = Votes.from_rows(found.rows)
    hidden = np.random.default_rng(1).random(whole.count) < 0.1
    shown = Votes(
        whole.people, whole.statements, *(part[~hidden] for part in (whole.rows, whole.columns, whole.values))
    )
    told = fit_votes(shown).predict(whole.rows[hidden], whole.columns[hidden])
    sums = np.bincount(shown.columns, weights=shown.values, minlength=len(whole.statements))
    usual = (sums / np.bincount(shown.columns, minlength=len(whole.statements)))[whole.columns[hidden]]
    values = whole.values[hidden]
    assert np.mean((told.mean - values) ** 2) < 0.9 * np.mean((usual - values) ** 2)
