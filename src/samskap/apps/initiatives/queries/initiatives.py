"""One initiative: access to it, what is known of it, and what is still unanswered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import people_with_role
from samskap.apps.initiatives import permissions, rules
from samskap.apps.initiatives.labels.initiatives import EFFORT_MEANINGS, EFFORTS, EXPECTATIONS, QUESTIONS
from samskap.apps.initiatives.models import Affected, CostLine, Initiative, Milestone, Risk
from samskap.apps.initiatives.queries.money import lines_by_initiative, money_by_initiative
from samskap.apps.trail.queries import Story
from samskap.kernel import clock
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.rules import Line, Money

__all__ = [
    "PARTS",
    "SECTION_OF",
    "Basis",
    "Lacking",
    "basis_of",
    "decidable_initiative",
    "editable_initiative",
    "initiative_story",
    "lacking_words",
    "owner_choices",
    "part_of",
    "present_in",
    "today",
    "visible_initiative",
]

# What an initiative has several of, by the section of its desk.
PARTS: Mapping[str, type[CostLine | Risk | Affected | Milestone]] = {
    "costs": CostLine, "risks": Risk, "affected": Affected, "milestones": Milestone,
}  # fmt: skip

# Where each thing that can be missing is written.
SECTION_OF = {
    "problem": "problem", "zero_alternative": "problem", "measures": "measures", "principles": "measures",
    "effects": "effects", "recommendation": "recommendation", "conditions": "recommendation", "challenge": "about",
    "owner_organisation": "next", "start": "next", "costs": "costs", "operating_budget": "costs",
    "money_confirmed": "costs", "affected": "affected", "risks": "risks", "responses": "risks",
    "milestones": "milestones", "learned": "learned",
}  # fmt: skip


@dataclass(frozen=True)
class Lacking:
    """Something that is still unanswered, in words, and the page where it is answered."""

    key: str
    words: str
    url: str


@dataclass(frozen=True)
class Basis:
    """What a decision about an initiative can rest on: how much is expected of it, and what is unanswered."""

    money: Money
    level: str
    level_name: str
    meaning: str
    asked: int
    present: frozenset[str]
    lacking: tuple[Lacking, ...]

    @property
    def answered(self) -> int:
        return self.asked - len(self.lacking)


def today() -> date:
    """The date here and now."""
    return localtime(clock.now()).date()


def _find(pk: int) -> Initiative | None:
    found = Initiative.objects.select_related("municipality", "owner", "owner_organisation", "opportunity")
    return found.filter(pk=pk).first()


def visible_initiative(pk: int, *, viewer: Any) -> Initiative:
    """The initiative, or `NotFound` where it does not exist or this viewer may not see it."""
    return _allowed(_find(pk), permissions.can_see_initiative, viewer)


def editable_initiative(pk: int, *, viewer: Any) -> Initiative:
    """The initiative, for those who may change it; `NotFound` for everybody else."""
    return _allowed(_find(pk), permissions.can_edit_initiative, viewer)


def decidable_initiative(pk: int, *, viewer: Any) -> Initiative:
    """The initiative, for those who may record what was decided about it; `NotFound` for everybody else."""
    return _allowed(_find(pk), permissions.can_decide_gate, viewer)


def _allowed(found: Initiative | None, may: Any, viewer: Any) -> Initiative:
    if found is None or not may(viewer, found):
        raise NotFound(_("There is no such initiative here."))
    return found


def part_of(initiative: Initiative, kind: str, pk: int) -> Any:
    """A cost line, a risk, a group of those affected or a milestone of this initiative; else `NotFound`."""
    model = PARTS.get(kind)
    found = model._default_manager.filter(initiative=initiative, pk=pk).first() if model else None
    if found is None:
        raise NotFound(_("There is nothing like that in this initiative."))
    return found


def owner_choices(municipality: Municipality) -> list[tuple[int, str]]:
    """Id and name of everybody with a role in a municipality: those who can own an initiative."""
    return [(one.pk, str(one)) for one in people_with_role(municipality)]


def present_in(initiative: Initiative, *, lines: Iterable[Line], money: Money, now: date) -> frozenset[str]:
    """The keys of what is in place."""
    lines = tuple(lines)
    risks = list(initiative.risks.values_list("response", flat=True))
    there = {key: bool(getattr(initiative, key).strip()) for key in (*QUESTIONS, "learned")}
    there |= {
        "challenge": initiative.challenges.exists(),
        "owner_organisation": initiative.owner_organisation_id is not None,
        "start": initiative.starts_on is not None,
        "costs": bool(lines),
        "money_confirmed": bool(lines) and money.unconfirmed_nok == 0,
        "operating_budget": any(line.year > now.year for line in lines),
        "affected": initiative.affected.exists(),
        "risks": bool(risks),
        "responses": bool(risks) and all(risks),
        "milestones": initiative.milestones.exists(),
    }
    return frozenset(key for key, is_there in there.items() if is_there)


def basis_of(initiative: Initiative) -> Basis:
    """How much is expected of an initiative of this price, and what is still unanswered."""
    lines = lines_by_initiative([initiative.pk]).get(initiative.pk, [])
    money = money_by_initiative([initiative.pk])[initiative.pk]
    present = present_in(initiative, lines=lines, money=money, now=today())
    level = rules.level_of(money.full_nok)
    lacking = rules.unanswered(level, present=present)
    return Basis(
        money=money,
        level=level,
        level_name=str(EFFORTS[level]),
        meaning=str(EFFORT_MEANINGS[level]),
        asked=len(rules.asked_of(level)),
        present=present,
        lacking=tuple(_lacking(initiative, key) for key in lacking),
    )


def _lacking(initiative: Initiative, key: str) -> Lacking:
    url = reverse("initiatives:edit_section", args=[initiative.pk, SECTION_OF[key]])
    return Lacking(key, str(EXPECTATIONS[key]), url)


def lacking_words(keys: Iterable[str]) -> list[str]:
    """What these keys ask for, in words; a key that this version does not know is left out."""
    return [str(EXPECTATIONS[key]) for key in keys if key in EXPECTATIONS]


def initiative_story(pk: int, *, viewer: Any) -> Story:
    """The history of an initiative, for those who may see it."""
    initiative = visible_initiative(pk, viewer=viewer)
    said = initiative.said
    return Story(said.title, said.lang, reverse("initiatives:initiative", args=[pk]), (initiative,))
