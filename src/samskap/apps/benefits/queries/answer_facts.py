"""What an answer rests on: the edition, the options, what was drawn, and the table of years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from samskap.apps.benefits.labels.answers import nok, percent
from samskap.apps.benefits.labels.appraisals import DENOMINATORS, EDITION_WORDS, SPREAD_WORDS, TIMINGS
from samskap.apps.benefits.queries.effects import written
from samskap.apps.initiatives.labels.initiatives import numbers
from samskap.formats.tables import written as csv_bytes

if TYPE_CHECKING:
    from samskap.apps.benefits.queries.answers import Stored
    from samskap.engines.appraisal import Parameters, Spread

__all__ = ["edition_facts", "parameter_facts", "simulation_facts", "year_csv", "year_table"]

Facts = list[tuple[str, str]]


def parameter_facts(found: Stored) -> dict[str, Any]:
    """The edition, how the answer was made, and what it takes to compute it again."""
    return {
        "edition": edition_facts(found.parameters),
        "options": _options(found),
        "again": _again(found),
    }


def edition_facts(parameters: Parameters) -> list[tuple[str, str, str]]:
    """An edition of the parameters: rates, cost of taxes, source, and whether it was checked.

    Names, values, and the language of a value that is not in the reader's.
    """
    english = {parameters.source, parameters.licence, parameters.note}.difference(EDITION_WORDS)
    return [(name, value, "en" if value in english else "") for name, value in _edition(parameters)]


def _edition(parameters: Parameters) -> Facts:
    gaps = {"kroner": written(parameters.tax_cost)}
    return [
        (_("Edition"), parameters.title),
        (_("Published"), _published(parameters.published)),
        (_("Discount rate"), "; ".join(_steps(parameters))),
        (_("Cost of taxes"), _("%(kroner)s kroner for each krone of public money") % gaps),
        (_("Source"), _in_words(parameters.source)),
        (_("Licence"), _in_words(parameters.licence)),
        (_("Checked"), _("Yes, at the source or where it is cited") if parameters.verified else _("Not checked")),
        (_("Adopted"), "" if parameters.adopted else _("No, this is a proposal")),
        (_("Note"), _in_words(parameters.note)),
    ]  # fmt: skip


def _in_words(text: str) -> str:
    """What an edition says of itself, in the reader's language where we have it."""
    return gettext(text) if text in EDITION_WORDS else text


def _published(day: str) -> str:
    """A day, a month or a year as people write it."""
    if day.count("-") == 2:
        return date_format(date.fromisoformat(day))
    return date_format(date.fromisoformat(f"{day}-01"), "YEAR_MONTH_FORMAT") if "-" in day else day


def _steps(parameters: Parameters) -> Iterable[str]:
    for step in parameters.steps:
        rate = f"{written(step.rate * 100)}\N{NO-BREAK SPACE}%"
        yield _("%(rate)s after %(years)s years") % {"rate": rate, "years": step.after} if step.after else rate


def _options(found: Stored) -> Facts:
    options = found.options
    index = options.price_index
    fades = options.growth_fades
    return [
        (_("Comparison year"), str(options.comparison_year)),
        (_("Steps of the rate counted from"), str(options.rate_base)),
        (_("Period"), f"{options.comparison_year}–{options.last_year}"),
        (_("Lifetime to"), str(options.end_of_life) if options.end_of_life > options.last_year else ""),
        (_("Prices of"), str(options.price_base)),
        (_("Price index"), index.source if index else _("None: all prices are of the same year")),
        (_("Real growth falls to nothing"), f"{fades[0]}–{fades[1]}" if fades else ""),
        (_("Priced freed time"), _("Counts in the net present value") if options.count_freed_time else _("Left out")),
        (_("Net benefit is divided by"), str(DENOMINATORS[options.nnb_denominator][0])),
        (_("Timing of social return"), str(TIMINGS[options.timing][0])),
    ]


def _again(found: Stored) -> Facts:
    appraisal = found.appraisal
    return [
        (_("Made"), date_format(localtime(appraisal.created_at), "DATETIME_FORMAT")),
        (_("Version of the method"), appraisal.engine_version),
        (_("Hash of what went in"), appraisal.input_hash),
        (_("Seed"), str(found.options.seed) if found.answer.simulation else ""),
    ]


def simulation_facts(found: Stored) -> dict[str, Any]:
    """What was drawn, how much of the uncertainty is whose, what moves together, and the spread per budget krone."""
    simulation = found.answer.simulation
    assert simulation is not None
    return {
        "draws": numbers().write(simulation.draws),
        "seed": str(simulation.seed),
        "rows": [
            (
                found.title(line.key),
                spread_words(line.spread),
                percent(line.share) if line.share > 0 else "0\N{NO-BREAK SPACE}%",
            )
            for line in simulation.spreads
        ],
        "correlations": [
            _("“%(one)s” and “%(other)s”: %(value)s")
            % {"one": found.title(one.one), "other": found.title(one.other), "value": written(one.value)}
            for one in simulation.correlations
        ],
        "per_krone": _per_krone(found),
    }


def _per_krone(found: Stored) -> str:
    simulation = found.answer.simulation
    assert simulation is not None
    if simulation.per_budget_krone is None:
        return ""
    known = dict(simulation.per_budget_krone.percentiles)
    gaps = {
        "charged": percent(simulation.charged),
        "low": numbers().write(known[10.0], 2),
        "middle": numbers().write(known[50.0], 2),
        "high": numbers().write(known[90.0], 2),
    }
    if simulation.charged < 1:
        return (
            _(
                "Public budgets pay in %(charged)s of the draws. In these it is %(middle)s per budget krone in the "
                "middle, and between %(low)s and %(high)s in eight of ten."
            )
            % gaps
        )
    return (
        _("Per budget krone: %(middle)s in the middle, and between %(low)s and %(high)s in eight of ten draws.") % gaps
    )


def spread_words(spread: Spread) -> str:
    """A distribution with the numbers that were used."""
    names = ("sd", "low", "mode", "high")
    gaps = {name: written(value) for name in names if (value := getattr(spread, name)) is not None}
    return str(SPREAD_WORDS[spread.distribution]) % gaps


YEAR_COLUMNS = ("year", "rate", "factor", "benefits", "costs", "public", "tax_cost", "present_value")


def year_table(found: Stored) -> dict[str, Any]:
    """Kroner of each year, the rate and factor that discount it, and its present value."""
    headers = (
        _("Year"), _("Rate"), _("Factor"), _("Benefits"), _("Costs and harms"), _("Public budgets, in cash"),
        _("Cost of taxes"), _("Present value"),
    )  # fmt: skip
    rows = tuple(
        (
            f"{line.year}{'*' if line.is_residual else ''}",
            f"{written(line.rate * 100)}\N{NO-BREAK SPACE}%",
            numbers().write(line.factor, 4),
            *map(nok, (line.benefits, line.costs, line.public, line.tax_cost, line.present_value)),
        )
        for line in found.answer.appraisal.years
    )
    has_residual = any(line.is_residual for line in found.answer.appraisal.years)
    return {"headers": headers, "rows": rows, "has_residual": has_residual}


def year_csv(found: Stored) -> bytes:
    """The table of years as a file: names of columns in English, numbers with a point, kroner of the price year."""
    header = (*YEAR_COLUMNS, "is_residual", "price_year")
    rows = (
        (
            *(_plain(getattr(line, name)) for name in YEAR_COLUMNS),
            "yes" if line.is_residual else "no",
            found.answer.appraisal.price_year,
        )
        for line in found.answer.appraisal.years
    )
    return csv_bytes([header, *rows])


def _plain(value: float) -> str:
    """A number as short as it is, never with an exponent."""
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")
