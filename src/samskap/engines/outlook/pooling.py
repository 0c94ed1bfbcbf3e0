"""The nation as one place feels it: kept from a pass over all places, so that one place can be run alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samskap.engines.outlook.errors import OutlookError

__all__ = ["Pool"]


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Of every draw of a pass over a whole system: who moves within the country, and how many people there are.

    `movers` (Y, 2, 121, draws) is what a place's share is a share of: the people who moved out of a place to another
    one, evened out so that all places together receive exactly those who left; `national` (Y + 1, 13, draws) the
    people of the country by `ages.FOLDS`. `seed`, `base_year` tell which draws they are.
    """

    base_year: int
    seed: int
    movers: NDArray[np.float32]
    national: NDArray[np.float32]

    @property
    def years(self) -> int:
        """Years ahead."""
        return int(self.movers.shape[0])

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.movers.shape[-1])

    def check(self, *, base_year: int, seed: int, years: int, draws: int) -> None:
        """Raises OutlookError unless these years and draws are in the pool."""
        if (self.base_year, self.seed) != (base_year, seed):
            raise OutlookError(
                f"The stored pass starts in {self.base_year} with seed {self.seed}, not in {base_year} with {seed}.",
                cure="Use the same base year and seed, or run all places anew.",
            )
        if years > self.years or draws > self.draws:
            raise OutlookError(
                f"The stored pass has {self.draws} draws of {self.years} years; {draws} of {years} are asked for.",
                cure="Ask for fewer, or run all places anew.",
            )
