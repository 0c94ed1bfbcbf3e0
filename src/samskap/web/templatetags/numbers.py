"""Whole numbers on pages: `{{ voters|grouped }}`."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

__all__ = ["grouped"]

register = template.Library()


@register.filter
def grouped(number: int | None) -> str:
    """A whole number in groups of three, as the reader's language has it; nothing where there is none."""
    return "" if number is None else number_format(number, decimal_pos=0, force_grouping=True)
