"""Money on pages: `{{ project.cost_nok|kroner }}`."""

from __future__ import annotations

from django import template

from samskap.web import money

__all__ = ["kroner"]

register = template.Library()


@register.filter
def kroner(amount: int | None) -> str:
    """Whole kroner in the reader's language; nothing where there is no amount."""
    return "" if amount is None else money.kroner(amount)
