"""A field for an amount of money as people write it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["MOST_NOK", "KronerField"]

MOST_NOK = 1_000_000_000_000

# Spaces between thousands, kroner before or after, and “,-” for no øre.
_BESIDE = re.compile(r"(?i)kroner\b|\bkr\b\.?|\bnok\b|,[-–]|[\s\u00a0\u202f]")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+")


class KronerField(forms.CharField):
    """Whole kroner from 1 to 10^12 as an int, or None where it may be empty and is.

    `1 200 000`, `1.200.000`, `kr 500` and `500,-` are read; øre are refused, never rounded.
    """

    default_error_messages = {
        "required": _("Write an amount in whole kroner."),
        "fraction": _("Write whole kroner, without øre."),
        "not_an_amount": _("Write whole kroner in figures, such as 120 000."),
        "not_above_nothing": _("The amount must be above 0."),
        "too_large": _("This is more than 1 000 000 000 000 kr. Check the noughts."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**({"max_length": 40} | kwargs))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self._read(text) if text else None

    def _read(self, text: str) -> int:
        bare = _BESIDE.sub("", text).replace("−", "-")
        if _THOUSANDS.fullmatch(bare):
            bare = re.sub(r"[.,]", "", bare)
        if re.fullmatch(r"-?\d+[.,]\d+", bare):
            self._refuse("fraction")
        if not re.fullmatch(r"-?\d{1,30}", bare) or not bare.isascii():
            self._refuse("not_an_amount")
        if int(bare) <= 0:
            self._refuse("not_above_nothing")
        if int(bare) > MOST_NOK:
            self._refuse("too_large")
        return int(bare)

    def prepare_value(self, value: Any) -> Any:
        """The amount with spaces between the thousands."""
        return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}") if isinstance(value, int) else value

    def _refuse(self, code: str) -> None:
        raise forms.ValidationError(self.error_messages[code], code=code)
