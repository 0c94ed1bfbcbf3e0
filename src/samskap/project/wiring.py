"""The tables that join the modules: which job is called what, and which routes the API has."""

from __future__ import annotations

from typing import Any

__all__ = ["JOBS", "MENU"]

JOBS = {
    "statements.map_conversation": "samskap.apps.statements.tasks.map_conversation",
}

# The main menu: the label, marked for translation, and the name of the page.
MENU: list[tuple[Any, str]] = []
