"""The services of a Norwegian municipality that the age of its people drives, and what a unit of each is."""

from __future__ import annotations

from typing import Final

__all__ = ["SERVICES"]

# In the order in which people meet them in life; the sectors of the state's expenditure equalisation.
SERVICES: Final = ("kindergarten", "school", "child_welfare", "health", "care", "social", "administration")
