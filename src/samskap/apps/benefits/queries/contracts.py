"""Access to outcome contracts, and the lists of them: of an initiative, of a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.apps.benefits.labels.contracts import money
from samskap.apps.benefits.models import Contract
from samskap.apps.benefits.permissions.contracts import can_keep_contracts, can_see_contract
from samskap.apps.benefits.queries.contract_reading import ContractRead, read_contract
from samskap.apps.initiatives.queries import decidable_initiative
from samskap.apps.trail.queries import Story
from samskap.kernel.errors import NotFound
from samskap.web.parts import Card, Part, Step

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality, Person
    from samskap.apps.initiatives.models import Initiative

__all__ = [
    "contract_parts",
    "contract_rows",
    "contract_steps",
    "contract_story",
    "contract_work_parts",
    "contracts_of",
    "initiative_with_contracts",
    "keepable_contract",
    "shown_contracts",
    "visible_contract",
]

_MOST_STEPS = 3


def contract_rows() -> QuerySet[Contract]:
    """Contracts with all that a read model asks for, in nine queries however many there are."""
    return Contract.objects.select_related("initiative__municipality").prefetch_related(
        "parties__organisation",
        "metrics__benefit",
        "metrics__results__validated_by",
        "metrics__results__measurement__corrected_by",
        "payments__sender",
        "payments__receiver",
        "payments__metric",
        "plans",
    )


def _find(pk: int) -> Contract | None:
    return contract_rows().filter(pk=pk).first()


def visible_contract(pk: int, *, viewer: Any) -> Contract:
    """The contract, or `NotFound` where it does not exist or this viewer may not see it."""
    found = _find(pk)
    if found is None or not can_see_contract(viewer, found):
        raise NotFound(_("There is no such contract here."))
    return found


def keepable_contract(pk: int, *, viewer: Any) -> Contract:
    """The contract, for those who keep it; `NotFound` for everybody else."""
    found = _find(pk)
    if found is None or not can_keep_contracts(viewer, found.initiative):
        raise NotFound(_("There is no such contract here."))
    return found


def initiative_with_contracts(pk: int, *, viewer: Any) -> Initiative:
    """The initiative, for those who keep its contracts; `NotFound` for everybody else."""
    return decidable_initiative(pk, viewer=viewer)


def contracts_of(initiative: Initiative, viewer: Any) -> tuple[ContractRead, ...]:
    """The contracts of an initiative that the viewer may see: all for those who keep them, else those shown."""
    found = contract_rows().filter(initiative=initiative)
    if not can_keep_contracts(viewer, initiative):
        found = found.filter(is_shown=True, initiative__published_at__isnull=False)
    return tuple(read_contract(one) for one in found)


def shown_contracts(municipality: Municipality) -> list[Contract]:
    """The public contracts of a municipality, the first to start in front."""
    shown = contract_rows().filter(is_shown=True, initiative__published_at__isnull=False)
    return list(shown.filter(initiative__municipality=municipality))


def contract_parts(initiative: Initiative, viewer: Any) -> list[Part]:
    """The contracts of an initiative that are shown, for its public page."""
    shown = [one for one in contracts_of(initiative, viewer) if one.is_shown and initiative.is_published]
    cards = tuple(_card(one, one.url) for one in shown)
    return [Part(title=_("Outcome contracts"), cards=cards, order=66)]


def contract_work_parts(initiative: Initiative, viewer: Any) -> list[Part]:
    """The contracts of an initiative and the way to them, for those who keep them."""
    if not can_keep_contracts(viewer, initiative):
        return []
    cards = tuple(
        _card(one, reverse("benefits:work_contract", args=[one.pk])) for one in contracts_of(initiative, viewer)
    )
    return [
        Part(
            title=_("Outcome contracts"),
            cards=cards,
            empty=_("No contract pays for what this initiative brings."),
            action_url=reverse("benefits:contracts_at_work", args=[initiative.pk]),
            action_label=_("Go to the contracts"),
            order=66,
        )
    ]


def _card(one: ContractRead, url: str) -> Card:
    gaps = {"paid": money(one.sums.paid), "most": money(one.sums.most)}
    return Card(
        title=one.title,
        url=url,
        text=_("%(paid)s is paid of at most %(most)s.") % gaps,
        lang="",
        tag=_("Due now: %(due)s") % {"due": money(one.sums.due)} if one.sums.due else "",
        colour="warning",
        foot=f"{date_format(one.starts_on)} – {date_format(one.ends_on)}",
    )


def contract_steps(municipality: Municipality, person: Person) -> list[Step]:
    """Money that is earned and not paid, the largest first."""
    found = contract_rows().filter(initiative__municipality=municipality)
    due = [one for one in map(read_contract, found) if one.sums.due]
    due.sort(key=lambda one: one.sums.due, reverse=True)
    return [
        Step(
            title=_("%(due)s is due in “%(contract)s”") % {"due": money(one.sums.due), "contract": one.title},
            text=_("It is reached and validated, and not paid yet."),
            url=reverse("benefits:contract_part", args=[one.pk, "paid"]),
            label=_("Take down what is paid"),
            order=30,
        )
        for one in due[:_MOST_STEPS]
    ]


def contract_story(pk: int, *, viewer: Any) -> Story:
    """The history of a contract, for those who may see it."""
    contract = visible_contract(pk, viewer=viewer)
    said = contract.said
    return Story(said.title, said.lang, reverse("benefits:contract", args=[pk]), (contract,))
