"""Secrets for personal links."""

from __future__ import annotations

import secrets

__all__ = ["new_token"]


def new_token() -> str:
    """A secret for a personal link."""
    return secrets.token_urlsafe(24)
