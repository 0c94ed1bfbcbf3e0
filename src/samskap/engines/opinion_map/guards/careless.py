"""People whose answers do not depend on what the statements say.

*Same answer*: at least 95 % of the answers are one and the same. The evidence is the log likelihood ratio of a
person who gives that answer 97 % of the time against one who answers from this place on the map.

*No pattern*: the answers fit the person's own place and habits (passes much, say) worse than other people's answers
fit theirs: the standardised log-likelihood l_z (Drasgow, Levine and Williams, BJMSP 38, 1985). How widely it spreads
among honest people is taken from the worse-fitting half of the conversation, for real people never fit a model as its
own simulations do; the evidence is minus the logarithm of the normal tail.

Both lose log 2, since each person is looked at twice.
"""

from __future__ import annotations

from math import erfc, log, sqrt

import numpy as np
from numpy.typing import NDArray

from samskap.engines.opinion_map.guards.expectation import by_person
from samskap.engines.opinion_map.votes import Votes

ALMOST_ALL = 0.97
FEWEST_ANSWERS = 10
FEWEST_PEOPLE = 30
LEAST_SPREAD = 0.3
MEDIAN_DEVIATION = 0.6745
SAME_SHARE = 0.95
SMALLEST_TAIL = 1e-300
TINY = 1e-9

Floats = NDArray[np.float64]


def careless_evidence(votes: Votes, *, expected: Floats, styled: Floats) -> tuple[Floats, Floats]:
    """Evidence of each person for the two signs, same answer and no pattern; -inf where there is too little.

    `expected` and `styled` (votes, 3) are the chances of the three answers without and with the person's habits.
    People with fewer than ten answers show neither sign, and fewer than thirty people show no pattern to differ from.
    """
    given = np.stack([by_person(votes, (votes.values == value).astype(np.float64)) for value in (-1, 0, 1)], axis=1)
    enough = given.sum(axis=1) >= FEWEST_ANSWERS
    own = np.arange(votes.count), votes.values.astype(np.int64) + 1
    constant = enough & (given.max(axis=1) >= SAME_SHARE * given.sum(axis=1))
    same = np.where(constant, _one_answer(given) - by_person(votes, np.log(expected[own])), -np.inf)
    none = _misfit(person_fit(votes, styled), enough=enough)
    return same - log(2.0), none - log(2.0)


def person_fit(votes: Votes, chances: Floats) -> Floats:
    """Each person's log-likelihood under `chances` (votes, 3), less its mean and by its standard deviation; 0 where
    nothing can vary."""
    logs = np.log(chances)
    mean = np.sum(chances * logs, axis=1)
    variance = by_person(votes, np.sum(chances * logs**2, axis=1) - mean**2)
    beyond = by_person(votes, logs[np.arange(votes.count), votes.values.astype(np.int64) + 1] - mean)
    return np.where(variance > TINY, beyond / np.sqrt(np.maximum(variance, TINY)), 0.0)


def _misfit(fit: Floats, *, enough: NDArray[np.bool_]) -> Floats:
    """Minus the log of the normal tail of each fit below the middle, in units of the spread of the people below."""
    if np.count_nonzero(enough) < FEWEST_PEOPLE:
        return np.full(len(fit), -np.inf)
    middle = float(np.median(fit[enough]))
    below = middle - fit[enough & (fit < middle)]
    spread = max(float(np.median(below)) / MEDIAN_DEVIATION if below.size else 0.0, LEAST_SPREAD)
    tails = [erfc(deviation / sqrt(2.0)) / 2.0 for deviation in ((middle - fit) / spread).tolist()]
    return np.where(enough, -np.log(np.maximum(tails, SMALLEST_TAIL)), -np.inf)


def _one_answer(given: Floats) -> Floats:
    """Log chance of the answers where one of the three, any, is given 97 % of the time and the others by chance."""
    rest = (1.0 - ALMOST_ALL) / 2.0
    each = given * log(ALMOST_ALL) + (given.sum(axis=1, keepdims=True) - given) * log(rest)
    highest = each.max(axis=1)
    return np.asarray(highest + np.log(np.mean(np.exp(each - highest[:, None]), axis=1)))
