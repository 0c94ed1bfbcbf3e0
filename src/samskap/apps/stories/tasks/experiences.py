"""The background door of experiences: id in, action called."""

from __future__ import annotations

from samskap.apps.stories import actions, queries

__all__ = ["drop_ended_words"]


def drop_ended_words(experience_id: int) -> None:
    """Erase what is no longer lent; an experience that is deleted asks for nothing."""
    found = queries.experience_to_look_through(experience_id)
    if found is not None:
        actions.drop_ended_words(found)
