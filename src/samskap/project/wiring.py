"""The tables that join the modules: which job is called what, and which routes the API has."""

from __future__ import annotations

__all__ = ["JOBS"]

JOBS = {
    "statements.map_conversation": "samskap.apps.statements.tasks.map_conversation",
}
