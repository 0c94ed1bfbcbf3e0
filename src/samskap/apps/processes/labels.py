"""Words people see for the keys of this module, and the one definition of the five counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "ACCESS",
    "CHANNELS",
    "COUNTS",
    "PROMISES",
    "RESULTS",
    "STATES",
    "WINDOWS",
    "access_choices",
    "channel_choices",
    "promise_choices",
    "results_choices",
    "state_choices",
]

STATES = {"planned": _("Planned"), "open": _("Open"), "closed": _("Closed")}

ACCESS = {
    "open": _("Open to everyone"),
    "code": _("Everyone with the code"),
    "invited": _("Only those invited"),
    "verified": _("Only those signed in"),
}

RESULTS = {
    "never": _("Never shown"),
    "after_voting": _("Shown to each participant after voting"),
    "when_shown": _("Hidden until the host shows them"),
    "always": _("Always shown"),
}

# A window in words: its phase, and whether a time is said with it. The gap is a date and a time.
WINDOWS = {
    ("planned", False): _("Planned"),
    ("opens_later", True): _("Opens %(time)s"),
    ("open", True): _("Open until %(time)s"),
    ("open", False): _("Open now"),
    ("closed", False): _("Closed"),
    ("closed", True): _("Closed %(time)s"),
}

CHANNELS = {"phone": _("Phone in the hall"), "web": _("Online"), "paper": _("Paper"), "desk": _("Help desk")}

PROMISES = {
    "inform": _("We inform you."),
    "consult": _("We ask for your advice."),
    "involve": _("We involve you in the work."),
    "collaborate": _("We work on the solutions together."),
    "co_create": _("We co-create: we decide and carry it out together."),
}

COUNTS = {
    "eligible": (_("Could take part"), _("Everyone who was entitled to take part, as the host has stated it.")),
    "invited": (_("Invited"), _("Those who were sent or given a personal invitation.")),
    "registered": (_("Registered"), _("Those who signed up and did not cancel; the waiting list does not count.")),
    "present": (_("Present"), _("Participants who joined the gathering with its code or were checked in.")),
    "answered": (
        _("Answered"),
        _(
            "Participants with at least one answer that counts, on any channel: a vote on a statement, an idea, "
            "support for an idea, or a ballot."
        ),
    ),
}


def state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(STATES.items())


def access_choices() -> list[tuple[str, StrOrPromise]]:
    return list(ACCESS.items())


def results_choices() -> list[tuple[str, StrOrPromise]]:
    return list(RESULTS.items())


def channel_choices() -> list[tuple[str, StrOrPromise]]:
    return list(CHANNELS.items())


def promise_choices() -> list[tuple[str, StrOrPromise]]:
    return list(PROMISES.items())
