"""Background doors: letters that jobs send."""

from __future__ import annotations

from samskap.apps.gatherings import actions

__all__ = ["remind", "send_invitation", "send_place"]


def send_invitation(invitation_id: int, site: str) -> None:
    """Send one personal invitation, once."""
    actions.deliver_invitation(invitation_id, site=site)


def send_place(registration_id: int, site: str) -> None:
    """Tell somebody whether they have a place."""
    actions.deliver_place(registration_id, site=site)


def remind(registration_id: int, site: str) -> None:
    """Remind somebody the day before."""
    actions.deliver_reminder(registration_id, site=site)
