"""Rules, prices and weights that do not come from a municipality's figures: dated, sourced, replaceable.

Every value says of which edition it is, where it was read, and whether it was checked there. What was not checked is
marked, and anybody can put in a value of their own: `PARAMETERS.with_values({"norm": 0.02})`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from types import MappingProxyType
from typing import Final

from samskap.engines.outlook.errors import OutlookError
from samskap.engines.outlook.services import SERVICES

__all__ = ["OWN", "PARAMETERS", "Parameter", "ParameterError", "Parameters"]

OWN: Final = "own"


class ParameterError(OutlookError):
    """A value of one's own has an unknown name or cannot be right."""

    code = "outlook_parameter"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value: of which edition, read where, and whether it was checked against that source."""

    value: float
    edition: str
    source: str
    verified: bool
    unit: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """All values by name. `parameters["norm"]` is the number, `parameters.values["norm"]` all that is known of it."""

    values: Mapping[str, Parameter]

    def __getitem__(self, name: str) -> float:
        return self.values[name].value

    def group(self, prefix: str) -> dict[str, float]:
        """The numbers whose names begin with `prefix` and a dot, by the rest of their names."""
        start = f"{prefix}."
        return {name.removeprefix(start): item.value for name, item in self.values.items() if name.startswith(start)}

    def unverified(self) -> tuple[str, ...]:
        """The names of values that were not checked at their source."""
        return tuple(name for name, item in self.values.items() if not item.verified)

    def with_values(self, own: Mapping[str, float], *, source: str = "the user's own value") -> Parameters:
        """These parameters with some values replaced. Raises ParameterError for an unknown name or a wrong value."""
        for name, value in own.items():
            _check(name, value=value, known=self.values)
        replaced = {
            name: Parameter(float(own[name]), OWN, source, True, item.unit) if name in own else item
            for name, item in self.values.items()
        }
        _check_together(together := Parameters(MappingProxyType(replaced)))
        return together


def _check_together(parameters: Parameters) -> None:
    """Weights are shares of their sum, so they must have one; some values are divided by."""
    for group in ("sector", *(f"criterion.{service}" for service in SERVICES)):
        if not sum(parameters.group(group).values()) > 0:
            raise ParameterError(f"The weights {group} add up to nothing.", cure="Give one of them a weight above 0.")
    if not parameters["cost_of_post"] > 0:
        raise ParameterError('The parameter "cost_of_post" cannot be 0.', cure="A full-time post costs something.")
    if not parameters["other_income.share"] < 1:
        raise ParameterError('The parameter "other_income.share" cannot be 1.', cure="Some of the revenue is free.")


def _check(name: str, *, value: float, known: Mapping[str, Parameter]) -> None:
    if name not in known:
        near = get_close_matches(name, known, n=1)
        cure = f'Did you mean "{near[0]}"?' if near else "The method page lists all names."
        raise ParameterError(f'There is no parameter "{name}".', cure=cure)
    low, high = RANGES[known[name].unit]
    if not isfinite(value) or not low <= value <= high:
        raise ParameterError(
            f'The parameter "{name}" cannot be {value:g}.',
            cure=f"It is given in {known[name].unit} and lies between {low:g} and {high:g}.",
        )


# Units, and what a value in that unit can be.
SHARE, SHARE_A_YEAR, NOK, NOK_A_HEAD, RATIO, YEAR = "share", "share a year", "kroner", "kroner a head", "ratio", "year"
RANGES: Final = {
    SHARE: (0.0, 1.0),
    SHARE_A_YEAR: (-0.2, 0.2),
    NOK: (0.0, 1e8),
    NOK_A_HEAD: (0.0, 1e6),
    RATIO: (0.0, 5.0),
    YEAR: (1990.0, 2100.0),
}

_BOOKLET = "Ministry of Local Government, Grønt hefte 2026, cost keys (read in a transcription)"
_KEYS: Final[dict[str, tuple[float, dict[str, float]]]] = {
    "kindergarten": (0.1597, {"1-5": 0.8377, "full_time_workers": 0.1623}),
    "school": (
        0.2299,
        {"6-12": 0.6227, "13-15": 0.2776, "immigrants_6-15": 0.0348, "base": 0.0211, "zone_travel": 0.0219,
         "neighbour_travel": 0.0219},
    ),
    "child_welfare": (
        0.0422,
        {"0": 0.0021, "1-5": 0.0111, "6-12": 0.0174, "13-15": 0.0081, "16-22": 0.0182, "23-24": 0.0055,
         "low_income": 0.372, "low_education": 0.3472, "disabled_18-49": 0.2183},
    ),
    "health": (
        0.0637,
        {"0": 0.0099, "1-5": 0.0529, "6-12": 0.0829, "13-15": 0.0385, "16-22": 0.0866, "23-24": 0.0122,
         "25-66": 0.2669, "67-79": 0.2597, "80-89": 0.083, "90+": 0.0056, "base": 0.039, "zone_travel": 0.0314,
         "neighbour_travel": 0.0314},
    ),
    "care": (
        0.3532,
        {"0": 0.0029, "1-5": 0.0157, "6-12": 0.0245, "13-15": 0.0114, "16-22": 0.0256, "23-24": 0.0078,
         "25-66": 0.1702, "67-79": 0.1163, "80-89": 0.1558, "90+": 0.1082, "base": 0.0136, "zone_travel": 0.009,
         "neighbour_travel": 0.009, "learning_disability_16+": 0.0595, "mortality": 0.1241, "alone_67+": 0.1464},
    ),
    "social": (
        0.0741,
        {"16-22": 0.0251, "23-24": 0.0076, "25-66": 0.1663, "alone_30-66": 0.2918, "refugees": 0.211,
         "mental_or_drugs": 0.2113, "accumulation": 0.087},
    ),
    "administration": (
        0.0772,
        {"0": 0.0081, "1-5": 0.0434, "6-12": 0.068, "13-15": 0.0316, "16-22": 0.0711, "23-24": 0.0215,
         "25-66": 0.4714, "67-79": 0.1017, "80-89": 0.0325, "90+": 0.0071, "base": 0.12, "agriculture": 0.0237},
    ),
}  # fmt: skip

_OURS = "our own round assumption"
_CARE_USERS = "Statistics Norway: home care by age 2008, residents of institutions 2004, over people that age"
# Name: value, edition, source, checked at the source, unit.
_SINGLE: Final[dict[str, tuple[float, str, str, bool, str]]] = {
    "norm": (0.0175, "2014", "Technical committee on municipal economy: 1.75 % for municipalities", True, SHARE),
    "national.free_income": (
        72_000, "2024", "Recommendation 440 S (2023-2024): about 400 billion kroner a year, over 5.55 million people",
        False, NOK_A_HEAD,
    ),
    "national.need": (
        62_000, "2024", "A person of 90 and over costs 372,600 kroner (KS ASSS 2019, level of 2018) and 7.5 times the "
        "average need of the 2026 keys; raised by a quarter for prices", False, NOK_A_HEAD,
    ),
    "national.tax": (38_000, "2024", _OURS, False, NOK_A_HEAD),
    "national.pays": (1.0, "2026", "our own: free income pays the whole of national demographic cost", False, RATIO),
    "national.prices": (2024, "2024", "the price year of the national kroner above", True, YEAR),
    "tax.symmetric": (0.60, "before 2025", "Tax equalisation before the reform of 2025", False, SHARE),
    "tax.supplement": (0.35, "before 2025", "Tax equalisation before the reform of 2025", False, SHARE),
    "tax.threshold": (0.90, "before 2025", "Tax equalisation before the reform of 2025", False, SHARE),
    "tax.weight_67+": (0.6, "2026", "our own: tax of a person of 67 and over against one of 16 to 66", False, RATIO),
    "other_income.share": (0.28, "2020", "Free income is over 70 % of the sector's income (2020)", False, SHARE),
    "other.elasticity": (1.0, "2026", "our own: other income and cost follow the number of people", False, RATIO),
    "prices": (0.03, "2026", _OURS, False, SHARE_A_YEAR),
    "interest": (0.042, "2026", _OURS, False, SHARE),
    "debt.share": (1.0, "2026", "our own: debt of a municipality without figures, over its revenue", False, RATIO),
    "instalments": (0.035, "2026", "our own: minimum instalments, over last year's debt", False, SHARE),
    "funds.share": (0.10, "2026", "our own: free funds of a municipality without figures, over its revenue", False,
                    SHARE),
    "invested": (0.0175, "2026", "our own: of a positive result, up to the norm goes into investment", False, SHARE),
    "wage_share": (0.75, "2026", "our own: pay and pension over the cost of a service", False, SHARE),
    "cost_of_post": (850_000, "2025", "our own: pay, pension and employer's tax of a full-time post", False, NOK),
    "more_work": (0.0, "2026", "Constant standard; Statistics Norway's baseline for care has 0.5 % a year", True,
                  SHARE_A_YEAR),
    "alone.67-79": (0.31, "2023", "our own round share of people who live alone", False, SHARE),
    "alone.80-89": (0.46, "2023", "our own round share of people who live alone", False, SHARE),
    "alone.90+": (0.62, "2023", "our own round share of people who live alone", False, SHARE),
    "users.kindergarten.1-5": (0.93, "2023", "our own: children in kindergarten, of those aged 1 to 5", False, SHARE),
    "users.school.6-15": (0.955, "2023", "our own: pupils in municipal schools, of those aged 6 to 15", False, SHARE),
    "users.care.0-66": (0.0149, "2004-2008", _CARE_USERS, False, SHARE),
    "users.care.67-79": (0.0993, "2004-2008", _CARE_USERS, False, SHARE),
    "users.care.80-89": (0.4284, "2004-2008", _CARE_USERS, False, SHARE),
    "users.care.90+": (0.8586, "2004-2008", _CARE_USERS, False, SHARE),
}  # fmt: skip


def _defaults() -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for service in SERVICES:
        weight, criteria = _KEYS[service]
        found[f"sector.{service}"] = Parameter(weight, "2026", _BOOKLET, False, SHARE)
        for name, share in criteria.items():
            found[f"criterion.{service}.{name}"] = Parameter(share, "2026", _BOOKLET, False, SHARE)
    return found | {name: Parameter(*known) for name, known in _SINGLE.items()}


PARAMETERS: Final = Parameters(MappingProxyType(_defaults()))
