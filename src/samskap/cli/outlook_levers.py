"""Levers and parameters as they are written on the command line."""

from __future__ import annotations

import math
from collections.abc import Iterable
from difflib import get_close_matches

import click

from samskap.apps.outlook.rules import COVERED, LEVERS, PHASE_IN
from samskap.engines.outlook import Levers
from samskap.kernel.errors import SamskapError

__all__ = ["NAMES", "Setting", "levers_of"]

_RULES = {rule.key: rule for rule in (*LEVERS, PHASE_IN)}
NAMES = tuple(_RULES)


class Setting(click.ParamType[tuple[str, float]]):
    """A name and a number, as births=10."""

    name = "name=number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        if isinstance(value, tuple):
            return value[0], value[1]
        name, sign, number = str(value).partition("=")
        try:
            found = float(number)
        except ValueError:
            found = math.nan
        if not sign or not name.strip() or not math.isfinite(found):
            self.fail(f"{value!r} is not a name and a number, as births=10.", param, ctx)
        return name.strip(), found


def levers_of(settings: Iterable[tuple[str, float]]) -> Levers:
    """The levers that are pulled. SamskapError for one that is not known, pulled twice, or beyond its range."""
    found: dict[str, float] = {}
    for name, value in settings:
        _check(name, value, found)
        found[name] = value
    coverage = {service: found.pop(f"coverage_{service}", 0.0) for service in COVERED}
    pace = found.pop(PHASE_IN.key, Levers().phase_in_years)
    return Levers(**found, coverage=coverage, phase_in_years=int(pace))  # type: ignore[arg-type]


def _check(name: str, value: float, found: dict[str, float]) -> None:
    rule = _RULES.get(name)
    if rule is None:
        near = get_close_matches(name, NAMES, n=1)
        cure = f"Did you mean {near[0]}?" if near else f"The levers are: {', '.join(NAMES)}."
        raise SamskapError(f"There is no lever {name!r}.", code="lever_unknown", cure=cure)
    if name in found:
        raise SamskapError(f"The lever {name} is given twice.", code="lever_repeated", cure="Give it once.")
    is_whole = name != PHASE_IN.key or value == int(value)
    if not rule.low <= value <= rule.high or not is_whole:
        whole = " whole" if name == PHASE_IN.key else ""
        raise SamskapError(
            f"The lever {name} cannot be {value:g}.",
            code="lever_range",
            cure=f"Give a{whole} number from {rule.low:g} to {rule.high:g}.",
        )
