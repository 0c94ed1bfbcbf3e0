"""Votes made up with a known structure, and random matrices for property tests."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

Row = tuple[str, str, int]


def planted(
    groups: int, *, people: int = 180, statements: int = 30, density: float = 0.8, seed: int = 1
) -> tuple[list[Row], dict[str, int]]:
    """Votes of so many groups that stand around one middle, and who belongs where."""
    random = np.random.default_rng(seed)
    angle = 2 * np.pi * np.arange(groups) / groups
    minds = np.stack([np.cos(angle), np.sin(angle)], axis=1) @ random.normal(size=(2, statements)) * 1.6
    share = np.array([0.5, 0.3, 0.2, 0.1][:groups])
    member = random.choice(groups, people, p=share / share.sum())
    lean = minds[member] + random.logistic(size=(people, statements)) * 0.6
    values = np.where(lean > 0.4, 1, np.where(lean < -0.4, -1, 0))
    seen = random.random((people, statements)) < density
    rows = [(f"p{i}", f"s{j}", int(values[i, j])) for i, j in np.argwhere(seen).tolist()]
    return rows, {f"p{i}": int(group) for i, group in enumerate(member)}


def one_spread(*, people: int, statements: int, density: float, seed: int) -> list[Row]:
    """People spread evenly around one middle on one axis: a pattern without groups."""
    random = np.random.default_rng(seed)
    place = random.normal(size=(people, 1))
    pull = random.normal(size=statements) * 0.5
    lean = place * pull + random.normal(size=statements) * 0.8 + random.logistic(size=(people, statements)) * 0.6
    values = np.where(lean > 0.4, 1, np.where(lean < -0.4, -1, 0))
    seen = random.random((people, statements)) < density
    return [(f"p{i}", f"s{j}", int(values[i, j])) for i, j in np.argwhere(seen).tolist()]


@st.composite
def any_rows(draw: st.DrawFn) -> list[Row]:
    """Any small conversation: empty, one person, constant, all pass, odd keys."""
    people = draw(st.lists(st.text(max_size=6), max_size=14, unique=True))
    statements = draw(st.lists(st.text(max_size=6), max_size=9, unique=True))
    palette = draw(st.sampled_from([(-1, 0, 1), (0,), (1,), (-1, 1), (1, None), (-1, 0, 1, None, None)]))
    return [
        (person, statement, value)
        for person in people
        for statement in statements
        if (value := draw(st.sampled_from(palette))) is not None
    ]
