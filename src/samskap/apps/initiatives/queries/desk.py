"""The desk of an initiative: its sections, what can be chosen in its forms, and how what was typed is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import frame, organisations_of, people_with_role
from samskap.apps.challenges.queries import challenges_by_key, challenges_of
from samskap.apps.initiatives import permissions, rules
from samskap.apps.initiatives.labels import LEVELS, STAGES
from samskap.apps.initiatives.labels.initiatives import EXPECTATIONS, SECTIONS
from samskap.apps.initiatives.models import Opportunity
from samskap.apps.initiatives.queries.initiatives import PARTS, SECTION_OF, Lacking, basis_of, owner_choices, today
from samskap.apps.initiatives.queries.page import decisions_of, money_lines, money_table, risk_matrix, stage_marks
from samskap.kernel.errors import NotFound
from samskap.web.money import kroner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.apps.actors.models import Municipality, Organisation
    from samskap.apps.initiatives.models import Initiative
    from samskap.apps.initiatives.queries.initiatives import Basis

__all__ = [
    "Expected",
    "Section",
    "challenge_choices",
    "checklist",
    "desk_context",
    "gate_initial",
    "initial_of_opportunity",
    "missing_for_gate",
    "next_initial",
    "offered_owners",
    "opportunity_to_take_up",
    "part_initial",
    "part_lines",
    "payer_choices",
    "read_new",
    "read_owner",
    "read_part",
    "section_after",
]

NEXT_STEP_WITHIN_DAYS = 30  # what a form proposes


@dataclass(frozen=True)
class Section:
    """A section of the desk: `state` is answered, lacking or "" where nothing is asked or written."""

    key: str
    name: str
    url: str
    state: str
    is_current: bool


@dataclass(frozen=True)
class Expected:
    """What a stage expects, in words: what is in place, and what is not."""

    stage: str
    name: str
    present: tuple[str, ...]
    missing: tuple[Lacking, ...]


def desk_context(initiative: Initiative, *, viewer: Any, section: str = "") -> dict[str, Any]:
    """What every page of the desk shows."""
    basis = basis_of(initiative)
    in_charge = permissions.can_decide_gate(viewer, initiative)
    context = {
        **frame(initiative.municipality),
        "initiative": initiative,
        "said": initiative.said,
        "stage_name": str(STAGES[initiative.stage]),
        "is_stopped": initiative.stage == rules.STOPPED,
        "is_overdue": rules.is_overdue(initiative.next_date, stage=initiative.stage, today=today()),
        "basis": basis,
        "sections": _sections(initiative, basis, current=section),
        "section": section,
        "section_name": str(SECTIONS.get(section, "")),
        "section_after": section_after(section),
        "may_decide": in_charge,
        "base": "actors/base_work.html" if in_charge else "web/base.html",
    }
    if not section:
        context |= {
            "stages": stage_marks(initiative),
            "money_lines": money_lines(basis.money) if basis.money.full_nok else [],
            "decisions": decisions_of(initiative),
            "next_stage": rules.next_stage(initiative.stage),
        }
    return context


def _sections(initiative: Initiative, basis: Basis, *, current: str) -> list[Section]:
    lacking = {SECTION_OF[one.key] for one in basis.lacking}
    present = {SECTION_OF[key] for key in basis.present}
    return [
        Section(
            key=key,
            name=str(name),
            url=reverse("initiatives:edit_section", args=[initiative.pk, key]),
            state="lacking" if key in lacking else "answered" if key in present else "",
            is_current=key == current,
        )
        for key, name in SECTIONS.items()
    ]


def section_after(section: str) -> str:
    """The section after this one; "" after the last."""
    keys = list(SECTIONS)
    place = keys.index(section) + 1 if section in keys else len(keys)
    return keys[place] if place < len(keys) else ""


def checklist(initiative: Initiative) -> list[Expected]:
    """What each stage after the present one expects; of a stopped initiative, what each stage does."""
    present = basis_of(initiative).present
    here = rules.STAGES.index(initiative.stage) if initiative.stage in rules.STAGES else 0
    return [
        Expected(
            stage=stage,
            name=str(STAGES[stage]),
            present=tuple(str(EXPECTATIONS[key]) for key in rules.EXPECTED[stage] if key in present),
            missing=tuple(_lacking(initiative, key) for key in rules.EXPECTED[stage] if key not in present),
        )
        for stage in rules.STAGES[here + 1 :]
    ]


def missing_for_gate(initiative: Initiative, to_stage: str) -> list[Lacking]:
    """What the new stage and those before it expect and is not in place."""
    keys = rules.missing_for(initiative.stage, to_stage, present=basis_of(initiative).present)
    return [_lacking(initiative, key) for key in keys]


def _lacking(initiative: Initiative, key: str) -> Lacking:
    url = reverse("initiatives:edit_section", args=[initiative.pk, SECTION_OF[key]])
    return Lacking(key, str(EXPECTATIONS[key]), url)


def gate_initial(initiative: Initiative, *, to_stage: str) -> dict[str, Any]:
    """What stands in the form of a decision at first."""
    wanted = to_stage if to_stage in rules.targets(initiative.stage) else rules.next_stage(initiative.stage)
    still_to_come = initiative.next_date >= today()
    return {
        "to_stage": wanted,
        "decided_on": today(),
        "next_step": initiative.next_step if still_to_come else "",
        "next_date": initiative.next_date if still_to_come else None,
        "learned": initiative.learned,
    }


def offered_owners(municipality: Municipality) -> dict[str, Any]:
    """Who and which organisation can own an initiative: one who has lost the role is followed by another."""
    organisations = [(one.pk, one.name) for one in organisations_of(municipality)]
    return {"owners": owner_choices(municipality), "organisations": organisations}


def challenge_choices(municipality: Municipality) -> list[tuple[int, str]]:
    """Id and title of the challenges, drafts too."""
    return [(one.pk, one.said.title) for one in challenges_of(municipality)]


def payer_choices(initiative: Initiative) -> list[tuple[int, str]]:
    """Who can pay beside the municipality: partners of the initiative first."""
    found = organisations_of(initiative.municipality)
    partners = set(initiative.partners.filter(left_at__isnull=True).values_list("organisation_id", flat=True))
    return [(one.pk, one.name) for one in sorted(found, key=lambda one: (one.pk not in partners, one.name.casefold()))]


def next_initial(initiative: Initiative) -> dict[str, Any]:
    """What stands in the form of the owner and the next step."""
    return {
        "owner": initiative.owner_id or "",
        "owner_organisation": initiative.owner_organisation_id or "",
        "next_date": initiative.next_date,
        "starts_on": initiative.starts_on,
    }


def read_owner(municipality: Municipality, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Owner, organisation and dates as the action takes them; what is not the municipality's is nobody."""
    return {
        "owner": next((one for one in people_with_role(municipality) if one.pk == cleaned["owner"]), None),
        "owner_organisation": _organisation(municipality, cleaned["owner_organisation"]),
        "next_date": cleaned["next_date"],
        "starts_on": cleaned["starts_on"],
    }


def _organisation(municipality: Municipality, pk: int | None) -> Organisation | None:
    return next((one for one in organisations_of(municipality) if one.pk == pk), None) if pk else None


def read_new(municipality: Municipality, cleaned: dict[str, Any]) -> dict[str, Any]:
    """The form of a new initiative as the action takes it."""
    texts = {name: cleaned[name] for name in ("language", "title", "summary", "next_step", "translations")}
    chosen = challenges_by_key(municipality, cleaned.get("challenges", []))
    return texts | read_owner(municipality, cleaned) | {"challenges": chosen}


def read_part(initiative: Initiative, cleaned: dict[str, Any]) -> dict[str, Any]:
    """A part as the action takes it."""
    if "payer" not in cleaned:
        return cleaned
    return cleaned | {"payer": _organisation(initiative.municipality, cleaned["payer"])}


def part_initial(initiative: Initiative, section: str) -> dict[str, Any]:
    """What a form proposes for one more of a kind."""
    if section == "costs":
        last = initiative.cost_lines.order_by("-pk").first()
        return {"year": last.year if last else max(today().year, (initiative.starts_on or today()).year)}
    if section == "milestones":
        return {"due_on": today() + timedelta(days=NEXT_STEP_WITHIN_DAYS)}
    return {}


def part_lines(initiative: Initiative, section: str) -> dict[str, Any]:
    """Those that are there, with what is shown beside them."""
    found: Sequence[Any] = list(PARTS[section]._default_manager.filter(initiative=initiative))
    lines: dict[str, Any] = {"parts": found}
    if section == "costs":
        basis = basis_of(initiative)
        rows = initiative.cost_lines.select_related("payer")
        lines["amounts"] = [(one, kroner(one.amount_nok)) for one in rows]
        lines |= {"table": money_table(initiative), "sums": money_lines(basis.money)}
    if section == "risks":
        lines |= {"matrix": risk_matrix(found), "levels": [str(name) for name in LEVELS.values()]}
    if section == "milestones":
        lines["late"] = [one.pk for one in found if one.done_on is None and one.due_on < today()]
    return lines


def opportunity_to_take_up(pk: int, *, viewer: Any) -> Opportunity:
    """An opportunity, for those who may make an initiative of it; `NotFound` for everybody else."""
    found = Opportunity.objects.select_related("municipality").filter(pk=pk).first()
    if found is None or not permissions.can_start_initiative(viewer, found.municipality):
        raise NotFound(_("There is no such opportunity here."))
    return found


def initial_of_opportunity(opportunity: Opportunity) -> dict[str, Any]:
    """What an opportunity gives to the form of a new initiative, in every language it is written in."""
    initial: dict[str, Any] = {
        "language": opportunity.language,
        "challenges": [one.pk for one in opportunity.challenges.all()],
    }
    texts = {opportunity.language: {"title": opportunity.title, "text": opportunity.text}} | opportunity.translations
    for code, said in texts.items():
        initial[f"title_{code}"] = said.get("title", "")
        initial[f"summary_{code}"] = summary_of(said.get("text", ""))
    return initial


def summary_of(text: str) -> str:
    """The first paragraph of a text."""
    return text.strip().split("\n\n")[0].strip()[:2000]
