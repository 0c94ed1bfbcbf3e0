"""Indicators that a municipality makes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samskap.apps.figures import labels, permissions
from samskap.apps.figures.models import Indicator
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = ["create_indicator", "delete_indicator", "update_indicator"]


@transaction.atomic
def create_indicator(municipality: Municipality, *, by: Acting, **fields: Any) -> Indicator:
    """Make an indicator of the municipality's own. Its key, which files use, is made of number and title."""
    require(isinstance(by, SystemActor) or permissions.can_import_figures(by, municipality))
    start = f"{municipality.number}-{slugify(_ascii(fields['title']))[:40] or 'indicator'}"
    taken = set(Indicator.objects.filter(key__startswith=start).values_list("key", flat=True))
    key = next(k for k in (start, *(f"{start}-{n}" for n in range(2, len(taken) + 3))) if k not in taken)
    fields.setdefault("order", 500)
    indicator = Indicator.objects.create(municipality=municipality, key=key, **fields)
    trail.record("figures.indicator_created", indicator, by=by)
    return indicator


def _ascii(title: str) -> str:
    """Norwegian letters as one writes them where they are not to be had; `slugify` would drop them."""
    return title.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")


@transaction.atomic
def update_indicator(indicator: Indicator, *, by: Acting, **fields: Any) -> Indicator:
    """Change the words of an indicator of the municipality's own. The unit stays once there are figures."""
    indicator = lock(indicator)
    require(isinstance(by, SystemActor) or permissions.can_change_indicator(by, indicator))
    if fields.get("unit", indicator.unit) != indicator.unit and indicator.series.exists():
        raise RuleError(
            _("There are figures in %(unit)s already.") % {"unit": labels.UNITS[indicator.unit]},
            code="unit_in_use",
            cure=_("Delete those figures first, or make another indicator."),
        )
    for name, value in fields.items():
        setattr(indicator, name, value)
    indicator.save(update_fields=list(fields))
    trail.record("figures.indicator_changed", indicator, by=by, data={"fields": sorted(fields)})
    return indicator


@transaction.atomic
def delete_indicator(indicator: Indicator, *, by: Acting) -> None:
    """Delete an indicator of the municipality's own, with all its figures."""
    indicator = lock(indicator)
    require(isinstance(by, SystemActor) or permissions.can_change_indicator(by, indicator))
    trail.record("figures.indicator_deleted", indicator, by=by)
    indicator.delete()
