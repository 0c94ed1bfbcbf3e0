"""How assumptions are estimated from figures: the choices, with their defaults."""

from __future__ import annotations

from dataclasses import dataclass, field

from samskap.engines.outlook.inputs import Variation

__all__ = ["Estimation"]


@dataclass(frozen=True, slots=True)
class Estimation:
    """How to estimate. The priors are what the nation's figures are worth against a place's own.

    `window` years of figures are used, or as many as there are. `mortality_prior` and `fertility_prior` in expected
    deaths and births; None finds them from the spread over the places (`shrinkage.prior_by_moments`), which takes many
    places. The local level of mortality is seen at ages `old_ages` (where hardly anybody moves) unless deaths are
    known, and is applied fully from age `local_mortality[1]`, not at all below `local_mortality[0]`.
    Moves: a year counts `fading` of the one after it. The standard is worth `move_prior` person-years at an age and its
    neighbours (`smoothed_ages` of them), and `level_prior` of all ages for the level, of which the share `persistence`
    lasts. The standard of a level is the nation's and beyond it c + s ln(N / `large`) for a place of N people, from
    N = `large` only c; c and s are `level_by_size`, or None to fit them to the places (which takes many). None move
    from age `settled`; at ages `students` a place differs from the nation by at most `student_cap` a year (a college or
    a reception centre comes or goes). National net migration goes from that of the `recent_years` last to the long-run
    level of `Vital` at the pace of `variation.immigration_memory`; what is used is the mean over `horizon` years.
    """

    window: int = 10
    mortality_prior: float | None = 200.0
    fertility_prior: float | None = 200.0
    old_ages: tuple[int, int] = (82, 99)
    local_mortality: tuple[int, int] = (75, 90)
    fading: float = 0.85
    move_prior: float = 1500.0
    level_prior: float = 20_000.0
    level_by_size: tuple[float, float] | None = (0.002, 0.004)
    large: float = 30_000.0
    persistence: float = 0.9
    smoothed_ages: int = 9
    settled: int = 85
    students: tuple[int, int] = (18, 24)
    student_cap: float = 0.1
    recent_years: int = 1
    horizon: int = 15
    variation: Variation = field(default_factory=Variation)
