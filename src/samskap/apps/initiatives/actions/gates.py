"""Gates: what was decided between two stages. A gate is never changed; a wrong one is corrected by a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.apps.initiatives import permissions, rules
from samskap.apps.initiatives.actions.initiatives import check_next_date, order_reminder, public_path
from samskap.apps.initiatives.actions.news import tell
from samskap.apps.initiatives.models import Gate, Initiative
from samskap.apps.initiatives.queries.initiatives import basis_of, today
from samskap.apps.trail import actions as trail
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Person

__all__ = ["decide_gate"]

Texts = dict[str, dict[str, str]]

NONE: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@transaction.atomic
def decide_gate(initiative: Initiative, *, to_stage: str, reason: str, decided_by: str, decided_on: date, by: Acting,
                next_step: str = "", next_date: date | None = None, learned: str = "",
                translations: Mapping[str, Mapping[str, str]] = NONE, site: str = "") -> Gate:  # fmt: skip
    """Record a decision and move the initiative to the stage it leads to.

    To stop needs what was learned; everything else needs a next step and its date. What the new stage expects and is
    not in place is kept with the gate, and does not hinder it. Texts are in the language of the initiative;
    `translations` are `reason`, `next_step` and `learned` by language.
    """
    initiative = lock(initiative)
    require(isinstance(by, SystemActor) or permissions.can_decide_gate(by, initiative))
    _check_decision(initiative, to_stage=to_stage, reason=reason, decided_by=decided_by, decided_on=decided_on)
    moved = _moved(initiative, to_stage, reason=reason, learned=learned, next_step=next_step, next_date=next_date)
    moved["translations"] = _with(moved["translations"], translations, to_stage)
    missing = rules.missing_for(initiative.stage, to_stage, present=basis_of(initiative).present)
    person: Person | None = None if isinstance(by, SystemActor) else by  # type: ignore[assignment]
    gate = Gate.objects.create(
        initiative=initiative,
        language=initiative.language,
        translations={code: {"reason": said["reason"]} for code, said in translations.items() if "reason" in said},
        from_stage=initiative.stage,
        to_stage=to_stage,
        reason=reason.strip(),
        decided_by=decided_by.strip(),
        decided_on=decided_on,
        missing=list(missing),
        recorded_by=person,
    )
    for name, value in moved.items():
        setattr(initiative, name, value)
    initiative.save(update_fields=list(moved))
    _record(gate, initiative, by=by)
    if to_stage != rules.STOPPED:
        order_reminder(initiative, site=site)
    return gate


def _check_decision(initiative: Initiative, *, to_stage: str, reason: str, decided_by: str, decided_on: date) -> None:
    if to_stage not in rules.targets(initiative.stage):
        raise RuleError(_("An initiative cannot go there from its stage."), code="stage_unreachable")
    if not reason.strip() or not decided_by.strip():
        raise RuleError(
            _("A decision has a reason, and somebody who decided."),
            code="gate_without_reason",
            cure=_("Write both in a sentence that everybody can read."),
        )
    if decided_on > today():
        raise RuleError(
            _("This date is still to come."), code="gate_in_future", cure=_("Record the decision when it is made.")
        )
    last = initiative.gates.order_by("-decided_on", "-pk").first()
    if last is not None and decided_on < last.decided_on:
        raise RuleError(
            _("Something was decided later than that, on %(date)s.") % {"date": date_format(last.decided_on)},
            code="gate_before_last",
            cure=_("Choose that day or a later one, and say in the reason when it was decided."),
        )


def _moved(
    initiative: Initiative, to_stage: str, *, reason: str, learned: str, next_step: str, next_date: date | None
) -> dict[str, Any]:
    """The fields of the initiative that the decision sets."""
    texts = {"learned": learned.strip() or initiative.learned}
    if to_stage == rules.STOPPED:
        if not texts["learned"]:
            raise RuleError(
                _("Say what was learned: others will stand where you stand now."),
                code="stopped_without_learning",
                cure=_("A sentence is enough."),
            )
        return {"stage": to_stage, **_said(initiative, texts | {"stopped_reason": reason.strip()})}
    if not next_step.strip() or next_date is None:
        raise RuleError(
            _("An initiative always has a next step and its date."),
            code="no_next_step",
            cure=_("Write what is done next, and by when."),
        )
    check_next_date(next_date)
    texts |= {"stopped_reason": "", "next_step": next_step.strip()}
    return {"stage": to_stage, "next_date": next_date, **_said(initiative, texts)}


def _said(initiative: Initiative, texts: dict[str, str]) -> dict[str, Any]:
    """The texts; translations of those that are new go, for they say what was."""
    new = {name for name, text in texts.items() if text != getattr(initiative, name)}
    kept = {
        code: {name: text for name, text in said.items() if name not in new}
        for code, said in initiative.translations.items()
    }
    return texts | {"translations": {code: said for code, said in kept.items() if said}}


def _with(kept: Texts, given: Mapping[str, Mapping[str, str]], to_stage: str) -> Texts:
    """The translations of the initiative with those of this decision; the reason to stop stands on it too."""
    names = (
        {"reason": "stopped_reason", "learned": "learned"} if to_stage == rules.STOPPED else {"next_step": "next_step"}
    )
    new = {code: {names[name]: text for name, text in said.items() if name in names} for code, said in given.items()}
    return {code: kept.get(code, {}) | new.get(code, {}) for code in sorted({*kept, *new})}


def _record(gate: Gate, initiative: Initiative, *, by: Acting) -> None:
    """In the trail for all, and as news for those who follow it, where it is public."""
    decision = rules.decision(gate.from_stage, gate.to_stage)
    trail.record(
        f"initiatives.gate_{decision}", initiative, by=by, public=initiative.is_published,
        data={"from": gate.from_stage, "to": gate.to_stage, "missing": gate.missing},
    )  # fmt: skip
    if initiative.is_published:
        facts = {"reason": gate.reason}
        tell(f"gate_{decision}", by=by, initiative=initiative, path=public_path(initiative), data=facts)
