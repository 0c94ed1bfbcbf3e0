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
    Moves: `move_prior` person-years at an age and its neighbours (`smoothed_ages` of them), `level_prior` person-years
    of the level; a lasting level keeps the share `persistence` of what the window shows; none move from age
    `settled`; at ages `students` a place differs from the nation by at most `student_cap` a year (a college town or a
    reception centre that comes or goes). `recent_years` of national net migration go back to the long-run level of
    `Vital` at the pace of `variation.immigration_memory`, averaged over `horizon` years.
    """

    window: int = 10
    mortality_prior: float | None = 200.0
    fertility_prior: float | None = 200.0
    old_ages: tuple[int, int] = (82, 99)
    local_mortality: tuple[int, int] = (75, 90)
    move_prior: float = 2000.0
    level_prior: float = 25_000.0
    level_by_size: tuple[float, float] | None = (0.002, 0.004)
    large: float = 30_000.0
    persistence: float = 0.9
    smoothed_ages: int = 9
    settled: int = 85
    students: tuple[int, int] = (18, 24)
    student_cap: float = 0.1
    recent_years: int = 2
    horizon: int = 10
    variation: Variation = field(default_factory=Variation)
