"""Background work of this module: an id in, the computation called."""

from __future__ import annotations

from samskap.apps.statements import compute

__all__ = ["map_conversation"]


def map_conversation(conversation_id: int) -> None:
    """Make the opinion maps of a conversation anew."""
    compute.map_conversation(conversation_id)
