"""Background doors of stories."""

from __future__ import annotations

from samskap.apps.stories import actions

__all__ = ["clean_up", "look_after", "send_letter"]


def look_after() -> None:
    """Ask before consents end, and erase what has ended."""
    actions.look_after_stories()


def clean_up() -> None:
    """Delete files that no story names, and let the database let go of what was erased."""
    actions.clean_up()


def send_letter(story_id: int, kind: str) -> None:
    """Send one letter to a teller."""
    actions.deliver_letter(story_id, kind=kind)
