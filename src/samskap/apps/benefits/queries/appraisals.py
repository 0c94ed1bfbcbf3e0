"""Appraisals: access to them, what a form stands on, and the one that everybody may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import frame
from samskap.apps.benefits.models import Appraisal
from samskap.apps.benefits.permissions.appraisals import can_appraise, can_see_appraisal
from samskap.apps.benefits.queries.effects import PRICE_INDEX, effects_of
from samskap.apps.figures.queries import current_series
from samskap.apps.initiatives import permissions as initiatives
from samskap.apps.initiatives.queries import decidable_initiative, today
from samskap.kernel.errors import NotFound
from samskap.sources.values import NATION
from samskap.web.parts import Card, Part

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Effect
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "Asked",
    "Ground",
    "appraisal_at_work",
    "appraisals_of",
    "desk_page",
    "ground_of",
    "initial_of",
    "initiative_appraisals",
    "initiative_appraisals_at_work",
    "key_of",
    "latest_shown",
    "visible_appraisal",
]

PERIOD_YEARS = 40  # what the form proposes


@dataclass(frozen=True)
class Asked:
    """How an appraisal is to be made, as plain values; what is None is left to the engine."""

    name: str
    edition: str
    comparison_year: int
    price_year: int
    horizon_years: int
    lifetime_years: int | None = None
    anchor_year: int | None = None
    count_freed_time: bool = True
    price_index: tuple[Mapping[int, float], str] | None = None
    nnb_denominator: str = "budget_without_tax_cost"
    timing: str = "first_year_undiscounted"
    growth_fades: tuple[int, int] | None = None
    correlations: tuple[tuple[str, str, float], ...] = ()
    seed: int | None = None


@dataclass(frozen=True)
class Ground:
    """What an appraisal of an effect list stands on: the list, the official price index, and what is uncertain.

    `uncertain` are (key, title) of priced effects with a spread; `price_years` the years that prices are of.
    """

    effects: tuple[Effect, ...]
    official_index: Mapping[int, float]
    index_source: str
    uncertain: tuple[tuple[str, str], ...]
    price_years: tuple[int, ...]


def key_of(effect: Effect) -> str:
    """The key of a line in the documents of an appraisal."""
    return f"effect-{effect.pk}"


def ground_of(initiative: Initiative) -> Ground:
    """What an appraisal of this initiative stands on now."""
    effects = tuple(effects_of(initiative))
    index, source = _official_index()
    return Ground(
        effects=effects,
        official_index=index,
        index_source=source,
        uncertain=tuple((key_of(one), one.said.title) for one in effects if one.spread and one.price_nok is not None),
        price_years=tuple(sorted({one.price_year for one in effects if one.price_year is not None})),
    )


def _official_index() -> tuple[dict[int, float], str]:
    """The consumer price index that is stored, by year, and how it is cited; empty where there is none."""
    for one in current_series([PRICE_INDEX], places=[NATION], page_of=NATION, breakdown=""):
        values = {int(point.period): point.value for point in one.points if point.value and len(point.period) == 4}
        illustrative = f" ({one.cited.standing_words})" if one.cited.is_illustrative else ""
        return values, f"{one.cited.text}{illustrative}"
    return {}, ""


def initial_of(initiative: Initiative, ground: Ground, *, edition: str) -> dict[str, Any]:
    """What the form proposes: from this year, in prices of this year, for forty years."""
    year = today().year
    needs_index = any(one != year for one in ground.price_years)
    return {
        "name": _("Appraisal of %(date)s") % {"date": date_format(today())},
        "edition": edition,
        "comparison_year": year,
        "price_year": year,
        "horizon_years": PERIOD_YEARS,
        "count_freed_time": True,
        "index": "official" if ground.official_index and needs_index else "none",
        "nnb_denominator": "budget_without_tax_cost",
        "timing": "first_year_undiscounted",
    }


def appraisals_of(initiative: Initiative) -> list[Appraisal]:
    """All answers about an initiative, the newest first."""
    return list(initiative.appraisals.select_related("initiative__municipality"))


def desk_page(pk: int, *, viewer: Any) -> dict[str, Any]:
    """What every page of the work with appraisals stands on, for those in charge."""
    initiative = decidable_initiative(pk, viewer=viewer)
    return {
        **frame(initiative.municipality),
        "initiative": initiative,
        "said": initiative.said,
        "may_decide": True,
        "may_appraise": True,
        "base": "actors/base_work.html",
        "deeper": True,
    }


def appraisal_at_work(pk: int, appraisal_pk: int, *, viewer: Any) -> Appraisal:
    """One answer about an initiative, for those in charge; `NotFound` for everybody else."""
    found = _find(pk, appraisal_pk)
    if found is None or not can_appraise(viewer, found.initiative):
        raise NotFound(_("There is no such appraisal here."))
    return found


def visible_appraisal(pk: int, appraisal_pk: int, *, viewer: Any) -> Appraisal:
    """One answer, for those who may see it; `NotFound` for everybody else."""
    found = _find(pk, appraisal_pk)
    if found is None or not can_see_appraisal(viewer, found):
        raise NotFound(_("There is no such appraisal here."))
    return found


def _find(pk: int, appraisal_pk: int) -> Appraisal | None:
    rows = Appraisal.objects.select_related("initiative__municipality", "initiative__owner")
    return rows.filter(pk=appraisal_pk, initiative=pk).first()


def latest_shown(initiative: Initiative) -> Appraisal | None:
    """The newest answer that everybody may read, of a published initiative; None where there is none."""
    if not initiative.is_published:
        return None
    return initiative.appraisals.filter(is_shown=True).first()


def initiative_appraisals(initiative: Initiative, viewer: Any) -> list[Part]:
    """The answers that are shown, for the page of the initiative."""
    if not initiative.is_published and not initiatives.can_edit_initiative(viewer, initiative):
        return []
    shown = initiative.appraisals.filter(is_shown=True)
    return [Part(title=_("What it is worth"), cards=_cards(initiative, list(shown)), order=30)]


def initiative_appraisals_at_work(initiative: Initiative, viewer: Any) -> list[Part]:
    """The way to the effect list and the appraisals, for the desk of the initiative."""
    lines = initiative.effect_list.count()
    cards = [
        Card(
            title=_("Effect list"),
            url=reverse("benefits:effect_list", args=[initiative.pk]),
            text=_("Who bears what and who gains what, year by year.") if lines else _("Nothing is written here yet."),
            foot=_("Lines: %(number)s") % {"number": lines} if lines else "",
        )
    ]
    if lines and can_appraise(viewer, initiative):
        number = initiative.appraisals.count()
        cards.append(
            Card(
                title=_("Appraisals"),
                url=reverse("benefits:appraisals", args=[initiative.pk]),
                text=_("Net present value, net benefit per budget krone, and social return."),
                foot=_("Appraisals: %(number)s") % {"number": number} if number else "",
            )
        )
    return [Part(title=_("What it is worth"), cards=tuple(cards), order=30)]


def _cards(initiative: Initiative, shown: Sequence[Appraisal]) -> tuple[Card, ...]:
    return tuple(
        Card(
            title=one.name,
            url=reverse("benefits:appraisal", args=[initiative.pk, one.pk]),
            text=_("Net present value, who pays and who gains, and how certain it is."),
            lang=initiative.language,
            foot=date_format(localtime(one.created_at), "DATE_FORMAT"),
            is_illustrative=initiative.municipality.is_illustrative,
        )
        for one in shown
    )
