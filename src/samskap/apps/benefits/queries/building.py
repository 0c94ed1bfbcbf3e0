"""An effect list built up from what is there: cost lines, hours that partners have confirmed, benefits with targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.actors.queries import organisations_of
from samskap.apps.benefits.queries.effects import quantity_words
from samskap.apps.benefits.queries.reading import course_of
from samskap.apps.benefits.rules.effects import changes_by_year
from samskap.apps.benefits.rules.forecasts import gain
from samskap.apps.initiatives.queries import today
from samskap.web.localised import LANGUAGES

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.benefits.models import Benefit
    from samskap.apps.initiatives.models import Initiative

__all__ = ["Buildable", "Proposal", "build_initial", "buildable", "proposals", "source_choices"]

LASTS_YEARS = 10  # what the form proposes for benefits
SECURE = ("confirmed", "delivered")


@dataclass(frozen=True)
class Proposal:
    """A line that can be put on the list. `fields` are those of the model."""

    origin: str
    fields: Mapping[str, Any]
    quantities: Mapping[int, Decimal]

    @property
    def words(self) -> str:
        """The line in short, for the page that asks."""
        return quantity_words(self.quantities, unit=self.fields["unit"])


@dataclass(frozen=True)
class Buildable:
    """What there is to build from, and why some benefits give no line yet."""

    costs: int
    hours: int
    benefits: int
    not_ready: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.costs or self.hours or self.benefits)


def buildable(initiative: Initiative) -> Buildable:
    """How many lines each source would give, and which benefits give none."""
    benefits = _benefits(initiative)
    ready = [one for one in benefits if _is_ready(one)]
    return Buildable(
        costs=len(_cost_sums(initiative)),
        hours=len(_hour_sums(initiative)),
        benefits=len(ready),
        not_ready=tuple(one.said.title for one in benefits if one not in ready),
    )


def source_choices(found: Buildable) -> list[tuple[str, str]]:
    """The sources that give something, with how much."""
    costs = ngettext("Cost lines: %(number)s payer", "Cost lines: %(number)s payers", found.costs)
    hours = ngettext("Confirmed hours: from %(number)s giver", "Confirmed hours: from %(number)s givers", found.hours)
    benefits = ngettext(
        "Benefits with a baseline and a target: %(number)s",
        "Benefits with a baseline and a target: %(number)s",
        found.benefits,
    )
    counted = (("costs", costs, found.costs), ("hours", hours, found.hours), ("benefits", benefits, found.benefits))
    return [(key, words % {"number": number}) for key, words, number in counted if number]


def build_initial(initiative: Initiative, found: Buildable) -> dict[str, Any]:
    """What the form proposes: everything there is, in prices of this year, with benefits for ten years."""
    year = today().year
    start = max(year, initiative.starts_on.year) if initiative.starts_on else year
    return {
        "sources": [key for key, _words in source_choices(found)],
        "price_year": year,
        "last_year": start + LASTS_YEARS,
    }


def proposals(
    initiative: Initiative, *, sources: Iterable[str], hour_price_nok: int | None, price_year: int, last_year: int
) -> list[Proposal]:
    """The lines that these sources (`costs`, `hours`, `benefits`) give."""
    chosen = set(sources)
    found: list[Proposal] = []
    if "costs" in chosen:
        found += _costs(initiative, price_year=price_year)
    if "hours" in chosen and hour_price_nok is not None:
        found += _hours(initiative, price_nok=hour_price_nok, price_year=price_year)
    if "benefits" in chosen:
        found += [_benefit(one, last_year=last_year) for one in _benefits(initiative) if _is_ready(one)]
    return found


# What it costs, by who pays


def _costs(initiative: Initiative, *, price_year: int) -> list[Proposal]:
    bodies = _bodies(initiative)
    return [
        _priced(
            initiative, bodies.get(payer), origin=f"costs:{payer or 0}", quantities=years, price_year=price_year,
            title=lambda: _("Costs of the initiative"), unit=lambda: _("kroner"), price_nok=Decimal(1),
        )
        for payer, years in _cost_sums(initiative).items()
    ]  # fmt: skip


def _cost_sums(initiative: Initiative) -> dict[int | None, dict[int, Decimal]]:
    """Kroner by year for each payer; None is the municipality."""
    found: defaultdict[int | None, defaultdict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for year, amount, payer in initiative.cost_lines.values_list("year", "amount_nok", "payer_id"):
        found[payer][year] += amount
    return {payer: dict(sorted(years.items())) for payer, years in found.items()}


# What partners give in hours


def _hours(initiative: Initiative, *, price_nok: int, price_year: int) -> list[Proposal]:
    bodies = _bodies(initiative)
    return [
        _priced(
            initiative, bodies.get(giver), origin=f"hours:{giver or 0}", quantities=years, price_year=price_year,
            title=lambda: _("Hours given"), unit=lambda: _("hours"), price_nok=Decimal(price_nok), in_kind=True,
            is_resident=giver is None,
        )
        for giver, years in _hour_sums(initiative).items()
    ]  # fmt: skip


def _hour_sums(initiative: Initiative) -> dict[int | None, dict[int, Decimal]]:
    """Confirmed hours by year for each organisation; None is the residents. Without a date: the year it starts."""
    start = (initiative.starts_on or today()).year
    found: defaultdict[int | None, defaultdict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for partner in initiative.partners.prefetch_related("commitments"):
        for promise in partner.commitments.all():
            is_there = promise.state == "delivered" or (promise.state in SECURE and partner.left_at is None)
            if promise.kind == "hours" and is_there:
                year = promise.due_on.year if promise.due_on else start
                found[partner.organisation_id][year] += promise.amount or 0
    return {giver: dict(sorted(years.items())) for giver, years in found.items()}


def _bodies(initiative: Initiative) -> dict[int | None, Organisation]:
    return {one.pk: one for one in organisations_of(initiative.municipality)}


def _priced(
    initiative: Initiative,
    body: Organisation | None,
    *,
    origin: str,
    quantities: Mapping[int, Decimal],
    title: Any,
    unit: Any,
    price_nok: Decimal,
    price_year: int,
    in_kind: bool = False,
    is_resident: bool = False,
) -> Proposal:
    """A cost in kroner or hours, borne by an organisation, by residents, or by the municipality."""
    name = body.name if body else initiative.municipality.name
    sector = "people" if is_resident else body.sector if body else "public"
    who = (lambda: _("Residents")) if is_resident else (lambda: name)
    fields = _in_all_languages(initiative.language, title=title, unit=unit, who=who) | {
        "kind": "cost",
        "organisation": body,
        "sector": sector,
        "certainty": "sure",
        "price_nok": price_nok,
        "price_year": price_year,
        "in_kind": in_kind,
        "public_share": Decimal(0 if in_kind or sector != "public" else 1),
    }
    return Proposal(origin, fields, quantities)


def _in_all_languages(original: str, **texts: Any) -> dict[str, Any]:
    """Texts of ours in the language of the initiative, and in the others beside it."""
    said = {}
    for code, _name in LANGUAGES:
        with translation.override(code):
            said[code] = {name: str(text()) for name, text in texts.items()}
    own = said.pop(original)
    return {"language": original, **own, "translations": said}


# What benefits are to bring


def _benefits(initiative: Initiative) -> list[Benefit]:
    found = initiative.benefits.filter(ended_on__isnull=True).select_related("baseline").prefetch_related("targets")
    return list(found)


def _is_ready(benefit: Benefit) -> bool:
    """Whether it has a baseline, and a target beyond it."""
    course = course_of(benefit)
    gains = [gain(course, value) or 0 for _day, value in course.targets]
    return any(one < 0 if benefit.is_harm else one > 0 for one in gains)


def _benefit(benefit: Benefit, *, last_year: int) -> Proposal:
    quantities = changes_by_year(course_of(benefit), last_year=last_year, is_harm=benefit.is_harm)
    texts = {"title": benefit.title, "who": benefit.gainer, "unit": benefit.unit}
    names = {"title": "title", "gainer": "who", "unit": "unit"}
    translations = {
        code: {names[key]: text for key, text in said.items() if key in names}
        for code, said in benefit.translations.items()
    }
    fields = texts | {
        "language": benefit.language,
        "translations": {code: said for code, said in translations.items() if said},
        "benefit": benefit,
        "kind": benefit.kind,
        "is_harm": benefit.is_harm,
        "sector": benefit.gainer_sector,
        "certainty": benefit.certainty,
    }
    return Proposal(f"benefit:{benefit.pk}", fields, quantities)
