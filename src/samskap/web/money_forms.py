"""A field for whole kroner, written as people write them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.web.money import kroner

__all__ = ["KronerField", "read_kroner"]

MOST_NOK = 10**15


def read_kroner(text: str) -> int:
    """`1 250 000 kr`, `1.250.000` or `kr 1250000,-` as 1250000. ValidationError where it is no whole number above 0."""
    bare = re.sub(r"(?i)\bkr\b\.?|\bnok\b|,-|[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", "", text)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", bare):
        bare = re.sub(r"[.,]", "", bare)
    if re.fullmatch(r"\d+[.,]\d+", bare):
        raise forms.ValidationError(gettext("“%(text)s” has a fraction. Write whole kroner.") % {"text": text.strip()})
    if not re.fullmatch(r"\d{1,20}", bare) or not bare.isascii():
        raise forms.ValidationError(
            gettext("“%(text)s” is not an amount. Write whole kroner, for example 250 000.") % {"text": text.strip()}
        )
    if not 0 < int(bare) <= MOST_NOK:
        raise forms.ValidationError(
            gettext("Write an amount above 0 and at most %(most)s.") % {"most": kroner(MOST_NOK)}
        )
    return int(bare)


class KronerField(forms.CharField):
    """Whole kroner above nothing: an int, or None where it may be empty and is."""

    default_error_messages = {"required": _("Write an amount in whole kroner.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**({"max_length": 40} | kwargs))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return read_kroner(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}") if isinstance(value, int) else value
