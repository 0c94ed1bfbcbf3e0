"""What followers are told: one sentence for each thing that can move. The gaps are `what` and the data of the news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["NEWS"]

NEWS: dict[str, StrOrPromise] = {
    "opportunity_published": _("A new opportunity is open for partners: “%(what)s”."),
    "opportunity_changed": _("The text of the opportunity “%(what)s” was changed."),
    "opportunity_set_aside": _("The opportunity “%(what)s” was set aside. The reason: %(reason)s"),
    "opportunity_reopened": _("The opportunity “%(what)s” is open for partners again."),
    "opportunity_taken_up": _("The opportunity “%(what)s” was taken up as an initiative."),
    "initiative_published": _("A new initiative can be read: “%(what)s”."),
    "milestone_reached": _("“%(what)s” reached a milestone: %(milestone)s"),
    "gate_go_on": _("It was decided that “%(what)s” goes on to the next stage. The reason: %(reason)s"),
    "gate_wait": _("It was decided that “%(what)s” waits at its stage. The reason: %(reason)s"),
    "gate_back": _("It was decided that “%(what)s” goes back to an earlier stage. The reason: %(reason)s"),
    "gate_stop": _("It was decided to stop “%(what)s”. The reason: %(reason)s"),
    "gate_resume": _("It was decided to take up “%(what)s” again. The reason: %(reason)s"),
    "partner_joined": _("%(partner)s joined “%(what)s”."),
    "partner_left": _("%(partner)s left “%(what)s”."),
    "commitment_promised": _("%(partner)s promised to contribute to “%(what)s”."),
    "commitment_confirmed": _("What %(partner)s promised to “%(what)s” was confirmed."),
    "commitment_delivered": _("What %(partner)s promised to “%(what)s” has been delivered."),
    "commitment_failed": _("What %(partner)s promised to “%(what)s” was not delivered. The reason: %(reason)s"),
    "ballot_opened": _("The vote “%(ballot)s” is open."),
    "ballot_closed": _("The vote “%(ballot)s” is closed, with %(voters)s ballots."),
    "ballot_result": _("The result of the vote “%(ballot)s” is here."),
    "ballot_won": _("“%(what)s” was chosen in the vote “%(ballot)s”."),
    "ballot_lost": _("“%(what)s” was not chosen in the vote “%(ballot)s”."),
}
