"""The list is the one that step-up testing gives, and no more of it is wrong than promised."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.engines.opinion_map.bounds import lower_bounds
from samskap.engines.opinion_map.discovery import RATE, Choice, choose


def chosen_from(hits: np.ndarray, answered: np.ndarray, *, above: float = 0.5) -> Choice:
    def bounds(level: float, among: np.ndarray) -> np.ndarray:
        return np.where(among, lower_bounds(hits, answered, level=level), -np.inf)

    return choose(bounds, among=np.ones(len(hits), dtype=bool), tested=len(hits), above=above)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=12))
@settings(deadline=None)
def test_the_list_is_the_longest_that_keeps_its_own_level(pairs: list[tuple[int, int]]) -> None:
    hits, answered = np.array([min(pair) for pair in pairs]), np.array([max(pair) for pair in pairs])
    longest: list[bool] = [False] * len(pairs)
    for number in range(len(pairs), 0, -1):
        bounds = lower_bounds(hits, answered, level=RATE * number / len(pairs))
        if (bounds > 0.5).sum() >= number:
            longest = (bounds > 0.5).tolist()
            break
    choice = chosen_from(hits, answered)
    assert choice.chosen.tolist() == longest
    assert choice.level == RATE * max(sum(longest), 1) / len(pairs)


def test_of_the_lists_drawn_no_more_is_wrong_and_no_more_bounds_miss_than_promised() -> None:
    random = np.random.default_rng(11)
    wrong, missed = [], []
    for _ in range(400):
        share = random.choice([0.35, 0.5, 0.6, 0.8], p=[0.3, 0.4, 0.15, 0.15], size=200)
        answered = random.integers(5, 80, size=200)
        choice = chosen_from(random.binomial(answered, share), answered)
        number = max(choice.number, 1)
        wrong.append((choice.chosen & (share <= 0.5)).sum() / number)
        missed.append((choice.chosen & (choice.bounds > share)).sum() / number)
    assert np.mean(wrong) < RATE
    assert np.mean(missed) < RATE


def test_where_nothing_may_be_chosen_nothing_is() -> None:
    choice = choose(lambda _level, _among: np.zeros(0), among=np.zeros(0, dtype=bool), tested=0, above=0.5)
    assert (choice.number, choice.level) == (0, RATE)
