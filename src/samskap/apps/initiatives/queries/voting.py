"""Initiatives as a ballot takes them: what each is called, what it costs the municipality, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from samskap.apps.initiatives.models import Initiative
from samskap.apps.initiatives.queries.money import money_by_initiative
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.rules import Money
    from samskap.apps.processes.models import Process

__all__ = ["BallotInitiative", "initiative_for_ballot", "initiatives_to_vote_on"]

_TO_VOTE_ON = ("idea", "explored", "planned", "pilot")


@dataclass(frozen=True)
class BallotInitiative:
    """An initiative with its texts in `language` and beside it `translations` ({"en": {"title": …, "summary": …}}).

    `net_cost_nok` is the whole price less what partners have confirmed; `full_cost_nok` is the whole price. `sector`
    is that of the organisation that owns it, "" where none is named. `unconfirmed_nok` is what others than the
    municipality are planned to pay and have not confirmed: it is a part of the net cost.
    """

    pk: int
    municipality_id: int
    title: str
    summary: str
    language: str
    stage: str
    net_cost_nok: int
    full_cost_nok: int
    unconfirmed_nok: int
    sector: str
    organisation: str
    is_published: bool
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    challenges: tuple[tuple[int, str], ...] = ()

    @property
    def has_cost(self) -> bool:
        """Whether there is anything for a budget to pay: a project on a ballot costs something."""
        return self.net_cost_nok > 0


def initiative_for_ballot(pk: int) -> BallotInitiative:
    """One initiative for a ballot, whatever its stage; `NotFound` where there is none. It asks for no permission."""
    found = _rows().filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such initiative here."))
    return _read([found])[0]


def initiatives_to_vote_on(municipality: Municipality, *, process: Process | None = None) -> list[BallotInitiative]:
    """The published initiatives of a municipality that are not in operation or stopped, by title.

    With `process` those that came out of it stand first.
    """
    rows = _rows().filter(municipality=municipality, published_at__isnull=False, stage__in=_TO_VOTE_ON)
    found = list(rows)
    if process is not None:
        found.sort(key=lambda one: one.opportunity is None or one.opportunity.process_id != process.pk)
    return _read(found)


def _rows() -> QuerySet[Initiative]:
    return Initiative.objects.select_related("owner_organisation", "opportunity").prefetch_related("challenges")


def _read(found: Sequence[Initiative]) -> list[BallotInitiative]:
    money = money_by_initiative(one.pk for one in found)
    return [_one(one, money[one.pk]) for one in found]


def _one(initiative: Initiative, money: Money) -> BallotInitiative:
    owner = initiative.owner_organisation
    texts = {
        code: {name: said[name] for name in ("title", "summary") if said.get(name)}
        for code, said in initiative.translations.items()
    }
    return BallotInitiative(
        pk=initiative.pk,
        municipality_id=initiative.municipality_id,
        title=initiative.title,
        summary=initiative.summary,
        language=initiative.language,
        stage=initiative.stage,
        net_cost_nok=money.net_nok,
        full_cost_nok=money.full_nok,
        unconfirmed_nok=money.unconfirmed_nok,
        sector=owner.sector if owner else "",
        organisation=owner.name if owner else "",
        is_published=initiative.is_published,
        translations={code: said for code, said in texts.items() if said},
        challenges=tuple((one.pk, one.said.title) for one in initiative.challenges.all() if one.is_published),
    )
