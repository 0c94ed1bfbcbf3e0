"""Promising, changing, withdrawing, and saying whether it came."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.apps.initiatives import permissions
from samskap.apps.initiatives.actions.partners import tell_of_partner
from samskap.apps.initiatives.labels.opportunities import problem_sentence
from samskap.apps.initiatives.models import Commitment, Partner
from samskap.apps.initiatives.rules import commitments as rules
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import NotFound, RuleError
from samskap.kernel.text import one_line
from samskap.web.acting import lock, require

__all__ = ["change_commitment", "decide_commitment", "promise_commitment", "withdraw_commitment"]

REASON_LIMIT = 300

_NEWS = {"confirmed": "commitment_confirmed", "delivered": "commitment_delivered", "not_delivered": "commitment_failed"}


@transaction.atomic
def promise_commitment(partner: Partner, *, by: Acting, kind: str, amount: int | None = None, text: str = "",
                       due_on: date | None = None, **said: object) -> Commitment:  # fmt: skip
    """Promise kroner, hours, or something in words; it counts as promised until those who run it confirm it.

    `said`: `language` and `translations` of the words.
    """
    partner = lock(partner)
    require(_may_promise(by, partner))
    if partner.left_at is not None:
        raise RuleError(_("This partner has left."), code="partner_left", cure=_("Join again first."))
    text = one_line(text)[:300]
    amount = amount if kind in rules.WITH_AMOUNT else None
    _check(kind, amount=amount, text=text, due_on=due_on)
    commitment = Commitment.objects.create(
        partner=partner, kind=kind, amount=amount, text=text, due_on=due_on, created_at=clock.now(), **said
    )
    _record("commitment_promised", commitment, by=by)
    tell_of_partner("commitment_promised", partner, by=by)
    return commitment


@transaction.atomic
def change_commitment(commitment: Commitment, *, by: Acting, kind: str, amount: int | None = None, text: str = "",
                      due_on: date | None = None, reason: str = "", **said: object) -> Commitment:  # fmt: skip
    """Change a promise. One that was confirmed needs a reason, and is a promise again until it is confirmed anew."""
    commitment = lock(commitment)
    require(_may_promise(by, commitment.partner))
    _check_open(commitment)
    text = one_line(text)[:300]
    amount = amount if kind in rules.WITH_AMOUNT else None
    _check(kind, amount=amount, text=text, due_on=due_on if due_on != commitment.due_on else None)
    changed = {"kind": kind, "amount": amount, "text": text, "due_on": due_on, **said}
    if all(getattr(commitment, name) == value for name, value in changed.items()):
        return commitment
    reason = _reason(commitment, reason)
    for name, value in (changed | {"state": "promised", "reason": reason, "decided_at": None}).items():
        setattr(commitment, name, value)
    commitment.save()
    _record("commitment_changed", commitment, by=by)
    return commitment


@transaction.atomic
def withdraw_commitment(commitment: Commitment, *, by: Acting, reason: str = "") -> Commitment | None:
    """Take a promise back: it is gone; one that was confirmed stays as not delivered, with the reason."""
    commitment = lock(commitment)
    require(_may_promise(by, commitment.partner))
    _check_open(commitment)
    reason = _reason(commitment, reason)
    if not rules.needs_reason(commitment.state):
        _record("commitment_withdrawn", commitment, by=by)
        commitment.delete()
        return None
    _move(commitment, state="not_delivered", reason=reason)
    _record("commitment_withdrawn", commitment, by=by)
    tell_of_partner("commitment_failed", commitment.partner, by=by, reason=reason)
    return commitment


@transaction.atomic
def decide_commitment(commitment: Commitment, *, to: str, by: Acting, reason: str = "") -> Commitment:
    """Confirm a promise, or say whether it came (`not_delivered` with a reason); a wrong press can be undone."""
    commitment = lock(commitment)
    subject = commitment.partner.subject
    require(isinstance(by, SystemActor) or permissions.can_run_partners(by, subject))
    if to == commitment.state:
        return commitment
    if not rules.may_be_decided(commitment.state, wanted=to):
        raise NotFound(_("There is nothing here that can be done so."))
    reason = one_line(reason)[:REASON_LIMIT]
    if to == "not_delivered" and not reason:
        raise RuleError(_("Say why it was not delivered."), code="reason_missing", cure=_("Write it in a sentence."))
    is_forward = to in _NEWS and not (to == "confirmed" and commitment.state != "promised")
    _move(commitment, state=to, reason=reason if to == "not_delivered" else "")
    _record(f"commitment_{to}" if is_forward else "commitment_undone", commitment, by=by)
    if is_forward:
        tell_of_partner(_NEWS[to], commitment.partner, by=by, **({"reason": reason} if reason else {}))
    return commitment


def _may_promise(by: Acting, partner: Partner) -> bool:
    return isinstance(by, SystemActor) or permissions.can_speak_as_partner(by, partner)


def _check(kind: str, *, amount: int | None, text: str, due_on: date | None) -> None:
    today = timezone.localdate(clock.now())
    problem = rules.commitment_problem(kind, amount=amount, text=text, due_on=due_on, today=today)
    if problem:
        raise RuleError(problem_sentence(problem), code=f"commitment_{problem}")


def _check_open(commitment: Commitment) -> None:
    if commitment.state in {"delivered", "not_delivered"}:
        raise RuleError(
            _("It has been said whether this came, so it stays as it is."),
            code="commitment_decided",
            cure=_("Promise something new instead."),
        )


def _reason(commitment: Commitment, reason: str) -> str:
    """The reason, cleaned; a `RuleError` where others count on the promise and none is given."""
    reason = one_line(reason)[:REASON_LIMIT]
    if rules.needs_reason(commitment.state) and not reason:
        raise RuleError(
            _("This promise is confirmed, and others count on it."),
            code="reason_missing",
            cure=_("Say in a sentence why it changes."),
        )
    return reason


def _move(commitment: Commitment, *, state: str, reason: str) -> None:
    commitment.state, commitment.reason, commitment.decided_at = state, reason, clock.now()
    commitment.save(update_fields=["state", "reason", "decided_at"])


def _record(verb: str, commitment: Commitment, *, by: Acting) -> None:
    partner = commitment.partner
    facts = {"partner": partner.organisation.name if partner.organisation else "–", "kind": commitment.kind}
    trail.record(f"initiatives.{verb}", partner.subject, by=by, public=True, data=facts)
