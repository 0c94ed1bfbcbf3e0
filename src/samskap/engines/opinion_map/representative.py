"""What each group stands for: the answers in which it differs for certain from the other groups together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.bounds import difference_lower, lower_bounds, upper_bounds
from samskap.engines.opinion_map.breakdown import FEWEST, Case
from samskap.engines.opinion_map.discovery import Choice, choose
from samskap.engines.opinion_map.result import Answer, Representative

MOST_REPRESENTATIVE = 5
ANSWERS: tuple[Answer, ...] = ("disagree", "pass", "agree")


def find_representative(case: Case) -> tuple[Choice, dict[str, tuple[Representative, ...]]]:
    """The choice over all groups, statements and answers, and for each group its surest MOST_REPRESENTATIVE."""
    if not case.groups:
        nothing = np.zeros(0, dtype=bool)
        return choose(lambda _level, _among: np.zeros(0), among=nothing, tested=0, above=0.0), {}
    own = case.tables[0].answers
    others = own.sum(axis=0) - own
    possible = case.tables[0].shown & case.opinion & (others.sum(axis=2) >= FEWEST)
    open_ = possible[..., None] & _stands_out(own, others)

    def lower(level: float, among: NDArray[np.bool_]) -> NDArray[np.float64]:
        return _differences(own, others, where=among.reshape(own.shape), level=level).ravel()

    choice = choose(lower, among=open_.ravel(), tested=3 * int(possible.sum()), above=0.0)
    chosen, bounds = choice.chosen.reshape(own.shape), choice.bounds.reshape(own.shape)
    return choice, {
        name: _told(case, own=own[group], others=others[group], chosen=chosen[group], bounds=bounds[group])
        for group, name in enumerate(case.tables[0].names)
    }


def _stands_out(own: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Answers that most of a group give, or passes where that is its most frequent answer; and more than elsewhere."""
    answered, elsewhere = own.sum(axis=2, keepdims=True), others.sum(axis=2, keepdims=True)
    usual = 2 * own > answered
    usual[..., 1] = (own[..., 1] > own[..., 0]) & (own[..., 1] > own[..., 2])
    return np.asarray(usual & (own * elsewhere > others * answered), dtype=bool)


def _differences(
    own: NDArray[np.int64], others: NDArray[np.int64], *, where: NDArray[np.bool_], level: float
) -> NDArray[np.float64]:
    found = np.full(own.shape, -np.inf)
    hits, more = own[where], others[where]
    answered = np.broadcast_to(own.sum(axis=2, keepdims=True), own.shape)[where]
    elsewhere = np.broadcast_to(others.sum(axis=2, keepdims=True), own.shape)[where]
    found[where] = difference_lower(
        hits / answered,
        lower=lower_bounds(hits, answered, level=level),
        other=more / elsewhere,
        other_upper=upper_bounds(more, elsewhere, level=level),
    )
    return found


def _told(
    case: Case,
    *,
    own: NDArray[np.int64],
    others: NDArray[np.int64],
    chosen: NDArray[np.bool_],
    bounds: NDArray[np.float64],
) -> tuple[Representative, ...]:
    # Statements are in the order of their keys, and so are ties.
    at, answer = np.nonzero(chosen)
    first = np.argsort(-bounds[at, answer], kind="stable")[:MOST_REPRESENTATIVE]
    found = []
    for statement, column in zip(at[first].tolist(), answer[first].tolist(), strict=True):
        share = float(own[statement, column] / own[statement].sum())
        elsewhere = float(others[statement, column] / others[statement].sum())
        lower = float(bounds[statement, column])
        found.append(Representative(case.keys[statement], ANSWERS[column], share, elsewhere, share - elsewhere, lower))
    return tuple(found)
