"""The rules, prices and weights of the engine as the page shows them, to be replaced where somebody knows better."""

from __future__ import annotations

from dataclasses import dataclass

from samskap.apps.outlook.labels import numbers
from samskap.apps.outlook.labels.parameters import parameter_name, parameter_unit

__all__ = ["Parameter", "shown"]

_IN_PERCENT = {"share", "share a year"}


@dataclass(frozen=True)
class Parameter:
    """One value in the units people type: per cent for shares. `factor` times a typed value is the engine's."""

    key: str
    value: float
    low: float
    high: float
    factor: float
    unit: str
    edition: str
    source: str
    verified: bool

    @property
    def field(self) -> str:
        """What it is called in the form and the address."""
        return f"set.{self.key}"

    @property
    def label(self) -> str:
        return parameter_name(self.key)

    @property
    def written(self) -> str:
        """The value with its unit."""
        digits = next((n for n in range(4) if abs(self.value - round(self.value, n)) < 1e-9), 4)
        is_year = self.key == "national.prices"
        number = f"{self.value:g}" if is_year else numbers().write(self.value, digits)
        return f"{number} {self.unit}".strip()

    @property
    def is_key(self) -> bool:
        """One of the many weights of the state's cost keys: listed, and replaced through the address alone."""
        return self.key.startswith(("criterion.", "sector."))


def shown(
    key: str, value: float, *, unit: str, reach: tuple[float, float], edition: str, source: str, verified: bool
) -> Parameter:
    """A parameter of the engine as people read it."""
    factor = 0.01 if unit in _IN_PERCENT else 1.0
    return Parameter(
        key=key,
        value=round(value / factor, 6),
        low=reach[0] / factor,
        high=reach[1] / factor,
        factor=factor,
        unit=parameter_unit(key),
        edition=edition,
        source=source,
        verified=verified,
    )
