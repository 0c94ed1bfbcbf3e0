"""What people would answer: votes as statement and person taken together, with the chance of each of three answers.

Each vote is two yes-or-no answers: does this person take a side at all (or pass), and if so, do they agree? Either has
its own pull, `η = loading · (1, place)`, and the chance is that of the logistic curve. All people's places are normal
with mean 0 and spread 1; a statement's loadings are normal around a mean and a spread of their own for either answer,
both estimated. The mean of loadings is what a person leans to whatever the statement: their intercept; the first
loading is the statement's intercept. So a pass is an answer of its own, tells of the same place, and is never a
middle between the other two.

    fitted = fit_votes(votes)
    told = fitted.predict(people, statements)  # places in fitted.people and fitted.statements
    told.mean, told.spread, told.probabilities

Fitted by variational Bayes (`factorising.py`). Compared with plain factorisations, a normal model and an ordinal one in
`docs/methods/opinion-map.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.axes import leading_axes
from samskap.engines.opinion_map.canonical import canonical
from samskap.engines.opinion_map.crowd import Crowd, in_threads
from samskap.engines.opinion_map.factorising import Answers, Fitted, State, fitted, linear, start_from
from samskap.engines.opinion_map.scatter import scatter_of
from samskap.engines.opinion_map.votes import Votes

Floats = NDArray[np.float64]

RANK = 8
NODES = 9
AT_ONCE = 1 << 15
TINY = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """What is expected of each pair asked for.

    `mean` is the chance of agreeing less that of disagreeing, `spread` the standard deviation of that number as far as
    places and loadings are unsure (not how much a single vote strays), `probabilities` (pairs, 3) are the chances of
    disagree, pass and agree.
    """

    mean: Floats
    spread: Floats
    probabilities: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Factorisation:
    """People's places and statements' loadings, with their posterior covariance.

    `places` (people, rank) and `places_covariance` (people, rank, rank). `loadings` (statements, 2, 1 + rank) of
    agreeing (0) and of taking a side (1) begin with the statement's intercept; `loadings_covariance` is theirs.
    Factors are at right angles, the one that tells most of agreement first, its largest loading positive. `evidence` is
    the bound on the log-likelihood after each round, `settled` whether it had come to rest.
    """

    people: tuple[str, ...]
    statements: tuple[str, ...]
    places: Floats
    places_covariance: Floats
    loadings: Floats
    loadings_covariance: Floats
    usual: Floats
    evidence: tuple[float, ...]
    settled: bool

    @property
    def rank(self) -> int:
        """Number of factors."""
        return int(self.places.shape[1])

    @property
    def statement_intercepts(self) -> Floats:
        """How far each statement is agreed with by a person in the middle, on the logistic scale."""
        return np.asarray(self.loadings[:, 0, 0])

    @property
    def person_intercepts(self) -> Floats:
        """How far each person leans to agreeing with a usual statement, on the logistic scale."""
        return np.asarray(self.places @ self.usual[0, 1:])

    @property
    def shares(self) -> Floats:
        """The share of what people differ in, in agreement, that each factor carries; they fall."""
        carried = np.sum(self.loadings[:, 0, 1:] ** 2, axis=0)
        carried += np.einsum("sii->i", self.loadings_covariance[:, 0, 1:, 1:])
        return np.asarray(carried / max(float(carried.sum()), TINY))

    def predict(self, people: NDArray[np.int64], statements: NDArray[np.int64]) -> Prediction:
        """The answer of `people[k]` to `statements[k]`, numbers in `self.people` and `self.statements`.

        Raises IndexError for a number outside them.
        """
        calls = [(people[at : at + AT_ONCE], statements[at : at + AT_ONCE]) for at in range(0, len(people), AT_ONCE)]
        told = in_threads(self._chances, calls)
        columns = np.concatenate([np.zeros((0, 5)), *told])
        return Prediction(mean=columns[:, 0], spread=columns[:, 1], probabilities=columns[:, 2:])

    def _chances(self, people: NDArray[np.int64], statements: NDArray[np.int64]) -> Floats:
        pull, doubt = self._pulls(people, statements)
        nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
        weights = weights / weights.sum()
        # Half a logistic curve's hyperbolic tangent: nothing overflows.
        sides = np.tanh((pull[..., None] + np.sqrt(doubt)[..., None] * nodes) / 2.0)
        leaning, speaking = sides[:, 0], (sides[:, 1] + 1.0) / 2.0
        spoken, lean = speaking @ weights, leaning @ weights
        mean = spoken * lean
        square = (speaking**2 @ weights) * (leaning**2 @ weights)
        spread = np.sqrt(np.maximum(square - mean**2, 0.0))
        return np.stack([mean, spread, (spoken - mean) / 2.0, 1.0 - spoken, (spoken + mean) / 2.0], axis=1)

    def _pulls(self, people: NDArray[np.int64], statements: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Mean and variance of both pulls of each pair (pairs, 2)."""
        place = np.concatenate([np.ones((len(people), 1)), self.places[people]], axis=1)
        loads, wide = self.loadings[statements], self.loadings_covariance[statements]
        own = self.places_covariance[people]
        turned = np.einsum("paij,pj->pai", wide, place)
        doubt = np.einsum("pai,pi->pa", turned, place) + np.einsum("paij,pij->pa", wide[..., 1:, 1:], own)
        doubt += np.einsum("pai,pij,paj->pa", loads[..., 1:], own, loads[..., 1:], optimize=True)
        return np.einsum("pai,pi->pa", loads, place), np.maximum(doubt, 0.0)


def fit_votes(votes: Votes | Crowd, *, rank: int = RANK) -> Factorisation:
    """The factorisation of these votes with at most `rank` factors (no more than there are people or statements).

    Factors that the votes do not need are shrunk by the estimated spread of loadings. Nothing is drawn at random: the
    start is the exact axes of the map, and the votes are taken in an order of their own, so that the same votes in any
    order give the same answer and turned votes the mirror image. Raises ValueError for a negative rank.
    """
    if rank < 0:
        raise ValueError(f"The rank is {rank}. Give 0 or more factors.")
    crowd = votes.crowd() if isinstance(votes, Votes) else votes
    form = canonical(crowd.blocks, statements=len(crowd.statements))
    order = np.argsort(form.rank)
    block = Crowd((), (), form.blocks).people_block(order)
    kept = min(rank, len(crowd.people), len(crowd.statements))
    scatter = scatter_of(form.blocks, statements=len(crowd.statements), needed=0)
    start = start_from(
        leading_axes(scatter, wanted=max(1, kept - 1)).loadings,
        people=len(crowd.people),
        means=scatter.centre,
        rank=kept,
    )
    found = fitted(Answers.of(block, statements=len(crowd.statements)), start=start)
    state = _signed(_turned(found.state), sign=form.sign)
    return _named(crowd, replace(found, state=state), people=order, statements=form.statements)


def _turned(state: State) -> State:
    """Factors at right angles in the loadings of agreement, largest first."""
    loads = state.loads[:, 0, 1:]
    _, vectors = np.linalg.eigh(loads.T @ loads + state.load_covariance[:, 0, 1:, 1:].sum(axis=0))
    turn = vectors[:, ::-1].T
    rank = len(turn)
    back = np.eye(rank + 1)
    back[1:, 1:] = turn
    return linear(state, forth=turn, centre=np.zeros(rank), back=back)


def _signed(state: State, *, sign: int) -> State:
    """Agreement as it was before the votes were turned, and the largest loading of every factor positive."""
    rank = state.covariance.shape[1]
    answers = np.array([[float(sign)], [1.0]])
    loads, middle = state.loads * answers, state.middle * answers
    sides = np.ones(rank)
    if len(loads):
        highest, lowest = loads[:, 0, 1:].max(axis=0), loads[:, 0, 1:].min(axis=0)
        sides = np.where(highest + TINY >= -lowest, 1.0, -1.0)
    back = np.diag(np.concatenate([[1.0], sides]))
    signed = replace(state, loads=loads, middle=middle)
    return linear(signed, forth=np.diag(sides), centre=np.zeros(rank), back=back)


def _named(crowd: Crowd, found: Fitted, *, people: NDArray[np.int64], statements: NDArray[np.int64]) -> Factorisation:
    """The state in the order of the keys: row k of it is person `people[k]` or statement `statements[k]`."""
    state = found.state
    by_person, by_statement = np.argsort(people), np.argsort(statements)
    return Factorisation(
        people=crowd.people,
        statements=crowd.statements,
        places=state.means[by_person, 1:],
        places_covariance=state.covariance[by_person],
        loadings=state.loads[by_statement],
        loadings_covariance=state.load_covariance[by_statement],
        usual=state.middle,
        evidence=found.evidence,
        settled=found.settled,
    )
