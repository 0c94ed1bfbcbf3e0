"""Background doors of benefits."""

from __future__ import annotations

from samskap.apps.benefits import actions

__all__ = ["remind", "send_reminder"]


def remind(benefit_id: int, site: str) -> None:
    """See who is to be reminded now that a benefit is to be measured."""
    actions.remind(benefit_id, site=site)


def send_reminder(benefit_id: int, person_id: int, due: str, site: str) -> None:
    """Send one letter about what is to be measured."""
    actions.deliver_reminder(benefit_id, person_id=person_id, due=due, site=site)
