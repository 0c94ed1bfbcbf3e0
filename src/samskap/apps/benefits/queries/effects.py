"""The effect list of an initiative as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import frame, organisations_of
from samskap.apps.benefits import labels
from samskap.apps.benefits.labels.effects import SCALE, SHARES
from samskap.apps.benefits.models import Effect
from samskap.apps.benefits.rules.effects import known_price_years
from samskap.apps.figures.queries import yearly
from samskap.apps.initiatives import permissions as initiatives
from samskap.apps.initiatives.labels.initiatives import numbers
from samskap.apps.initiatives.queries import editable_initiative, today
from samskap.kernel.errors import NotFound
from samskap.sources.values import NATION

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.initiatives.models import Initiative
    from samskap.web.localised import Said

__all__ = [
    "PRICE_INDEX",
    "EffectGroup",
    "EffectLine",
    "effect_choices",
    "effect_initial",
    "effect_of",
    "effect_page",
    "effects_of",
    "list_groups",
    "official_price_index",
    "price_years",
    "quantities_of",
    "quantity_words",
    "written",
]

PRICE_INDEX = "consumer_price_index"
GROUPS = ("cost", "in_kind", "saved_money", "avoided_cost", "freed_time", "quality", "value_for_others", "harm")


@dataclass(frozen=True)
class EffectLine:
    """One line in words. `lacking` says what still stands between it and an appraisal, or SROI."""

    effect: Effect
    said: Said
    who: str
    sector: str
    quantity: str
    worth: str
    certainty: str
    lacking: tuple[str, ...]
    change_url: str


@dataclass(frozen=True)
class EffectGroup:
    """Lines of one kind: kinds are never added together."""

    key: str
    title: str
    lines: tuple[EffectLine, ...]


def official_price_index() -> dict[int, float]:
    """The consumer price index by year where it has been fetched or imported; else empty."""
    return yearly(NATION, PRICE_INDEX)


def price_years() -> tuple[int, ...]:
    """The years whose prices an effect can be written in."""
    return known_price_years(list(official_price_index()), this_year=today().year)


def effects_of(initiative: Initiative) -> list[Effect]:
    """The effect list, with its years and organisations: three queries."""
    found = initiative.effect_list.select_related("organisation", "benefit").prefetch_related("years")
    return list(found)


def quantities_of(effect: Effect) -> dict[int, Decimal]:
    """How much there is of it by year."""
    return {row.year: row.quantity for row in effect.years.all()}


def effect_of(initiative: Initiative, pk: int) -> Effect:
    """A line of this initiative's list; else `NotFound`."""
    found = initiative.effect_list.prefetch_related("years").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is nothing like that in this effect list."))
    return found


def effect_choices(initiative: Initiative) -> dict[str, dict[int, Any]]:
    """What a form can choose from: organisations of the municipality and benefits of the initiative, by id."""
    organisations: dict[int, Organisation] = {one.pk: one for one in organisations_of(initiative.municipality)}
    benefits = {one.pk: one for one in initiative.benefits.all()}
    return {"organisations": organisations, "benefits": benefits}


def effect_initial(initiative: Initiative) -> dict[str, Any]:
    """What a form proposes for one more line: from the year it starts, in prices of this year."""
    this_year = today().year
    first = max(this_year, initiative.starts_on.year) if initiative.starts_on else this_year + 1
    return {"first_year": first, "price_year": None, "given": "steady", "certainty": "hoped"}


def effect_page(pk: int, *, viewer: Any) -> dict[str, Any]:
    """What every page of the effect list stands on: the initiative and the frame, for those who may write the list."""
    initiative = editable_initiative(pk, viewer=viewer)
    in_charge = initiatives.can_decide_gate(viewer, initiative)
    return {
        **frame(initiative.municipality),
        "initiative": initiative,
        "said": initiative.said,
        "may_appraise": in_charge,
        "may_decide": in_charge,
        "base": "actors/base_work.html" if in_charge else "web/base.html",
    }


def list_groups(effects: Sequence[Effect]) -> list[EffectGroup]:
    """The lines under their kinds; kinds without lines are left out."""
    found: dict[str, list[EffectLine]] = {}
    for effect in effects:
        found.setdefault(_group(effect), []).append(_line(effect))
    return [EffectGroup(key, _group_title(key), tuple(found[key])) for key in GROUPS if key in found]


def _group(effect: Effect) -> str:
    if effect.is_harm:
        return "harm"
    return "in_kind" if effect.in_kind else effect.kind


def _group_title(key: str) -> str:
    special = {"cost": _("Costs"), "in_kind": _("Given in kind: hours and goods"), "harm": _("Harms")}
    return special.get(key) or str(labels.EFFECT_KINDS[key])


def _line(effect: Effect) -> EffectLine:
    said = effect.said
    return EffectLine(
        effect=effect,
        said=said,
        who=effect.organisation.name if effect.organisation else said.who,
        sector=str(labels.SECTORS[effect.sector]),
        quantity=quantity_words(quantities_of(effect), unit=said.unit),
        worth=_worth(effect, unit=said.unit),
        certainty=str(labels.CERTAINTIES[effect.certainty]),
        lacking=_lacking(effect),
        change_url=reverse("benefits:change_effect", args=[effect.initiative_id, effect.pk]),
    )


def _worth(effect: Effect, *, unit: str) -> str:
    if effect.price_nok == 1:  # the quantity is kroner
        return _("in prices of %(year)s") % {"year": effect.price_year}
    if effect.price_nok is not None:
        gaps = {"price": written(effect.price_nok), "unit": unit, "year": effect.price_year}
        return _("NOK %(price)s per %(unit)s, in prices of %(year)s") % gaps
    if effect.scale is not None:
        return _("Not priced; on the scale: %(place)s") % {"place": SCALE[effect.scale]}
    return ""


def _lacking(effect: Effect) -> tuple[str, ...]:
    found = []
    if effect.price_nok is None and effect.scale is None:
        found.append(_("It has neither a price nor a place on the scale."))
    is_outcome = effect.kind != "cost" and effect.price_nok is not None
    missing = [str(name).lower() for key, (name, _asks) in SHARES.items() if getattr(effect, key) is None]
    if is_outcome and missing:
        found.append(_("SROI cannot count it without: %(shares)s.") % {"shares": ", ".join(missing)})
    return tuple(found)


def quantity_words(quantities: Mapping[int, Decimal], *, unit: str) -> str:
    """How much and when, on one line: the same each year, or from so much to so much."""
    if not quantities:
        return _("No quantity yet")
    years = sorted(quantities)
    first, last = quantities[years[0]], quantities[years[-1]]
    gaps = {"first": written(first), "last": written(last), "unit": unit, "from": years[0], "to": years[-1]}
    if len(years) == 1:
        return _("%(first)s %(unit)s in %(from)s") % gaps
    if len(set(quantities.values())) == 1:
        return _("%(first)s %(unit)s a year, %(from)s–%(to)s") % gaps
    return _("%(first)s %(unit)s in %(from)s, %(last)s in %(to)s") % gaps


def written(value: Decimal | float) -> str:
    """A number as short as it is: no decimals that say nothing."""
    exact = Decimal(str(value)).quantize(Decimal("0.0001")).normalize()
    exponent = exact.as_tuple().exponent
    return numbers().write(float(exact), max(0, -exponent) if isinstance(exponent, int) else 0)
