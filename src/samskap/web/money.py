"""Amounts of money as people read them: whole kroner, in groups of three."""

from __future__ import annotations

from django.utils.formats import get_format
from django.utils.translation import gettext

__all__ = ["kroner"]


def kroner(amount: int) -> str:
    """`1250000` as “1 250 000 kr” with spaces that do not break, or “NOK 1,250,000”, in the reader's language."""
    group = str(get_format("THOUSAND_SEPARATOR")) or " "
    written = gettext("NOK %(figures)s") % {"figures": f"{amount:,}".replace(",", group)}
    return written.replace(" ", "\N{NO-BREAK SPACE}")
