"""Everything that changes figures."""

from __future__ import annotations

from samskap.apps.figures.actions.editions import Stored, delete_edition, store_edition
from samskap.apps.figures.actions.imports import drop_file, hold_file
from samskap.apps.figures.actions.indicators import create_indicator, delete_indicator, update_indicator
from samskap.apps.figures.actions.organisations import Registered, register_organisations

__all__ = [
    "Registered",
    "Stored",
    "create_indicator",
    "delete_edition",
    "delete_indicator",
    "drop_file",
    "hold_file",
    "register_organisations",
    "store_edition",
    "update_indicator",
]
