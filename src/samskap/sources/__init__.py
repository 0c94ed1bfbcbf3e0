"""Official figures: one publisher a file, fetched politely, checked, and returned as plain values. No Django."""

from __future__ import annotations

from samskap.sources.catalogue import RECIPES, fetch
from samskap.sources.client import Client, Progress
from samskap.sources.errors import SourceError
from samskap.sources.recipes import Recipe

__all__ = ["RECIPES", "Client", "Progress", "Recipe", "SourceError", "fetch"]
