"""Background doors of initiatives."""

from __future__ import annotations

from samskap.apps.initiatives import actions

__all__ = ["remind", "send_next_step"]


def remind(initiative_id: int, site: str) -> None:
    """See who is to be reminded of the next step now."""
    actions.remind(initiative_id, site=site)


def send_next_step(initiative_id: int, person_id: int, due: str, site: str) -> None:
    """Send one letter about a next step."""
    actions.deliver_next_step(initiative_id, person_id=person_id, due=due, site=site)
