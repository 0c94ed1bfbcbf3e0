"""Numbers and shares as people write them, and what stands in a form as it is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits.rules.effects import FIRST_YEAR, LAST_YEAR, read_number

__all__ = ["NumberField", "PercentField", "YearField", "as_typed"]


def as_typed(form: forms.Form) -> dict[str, str]:
    """What stands in a form, as a browser would send it: what puts the thing back."""
    found = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        found[name] = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return found


class NumberField(forms.CharField):
    """A decimal number, with spaces between thousands and a comma or a point; None where it may be empty and is."""

    default_error_messages = {
        "invalid": _("Write a number, such as 12.5."),
        "too_low": _("Write a number from %(low)s to %(high)s."),
    }

    def __init__(self, *, low: Decimal | int = 0, high: Decimal | int = 10**12, **options: Any) -> None:
        self.low, self.high = Decimal(low), Decimal(high)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**({"max_length": 40} | options))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self._read(self._bare(text)) if text else None

    def _bare(self, text: str) -> str:
        return text

    def _read(self, text: str) -> Decimal:
        try:
            number = read_number(text)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"]) from None
        if not self.low <= number <= self.high:
            gaps = {"low": _short(self.low), "high": _short(self.high)}
            raise forms.ValidationError(self.error_messages["too_low"] % gaps)
        return number

    def prepare_value(self, value: Any) -> Any:
        return _short(value) if isinstance(value, Decimal) else value


class YearField(forms.IntegerField):
    """A year that an effect list can have."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"min_value": FIRST_YEAR, "max_value": LAST_YEAR} | options))


class PercentField(NumberField):
    """A share in percent, given as a part of one: `25` and `25 %` are 0.25."""

    default_error_messages = {"invalid": _("Write a share in percent, such as 25.")}

    def __init__(self, *, low: int = 0, high: int = 100, **options: Any) -> None:
        super().__init__(low=low, high=high, **options)

    def _bare(self, text: str) -> str:
        return text.rstrip().removesuffix("%")

    def clean(self, value: Any) -> Any:
        percent = super().clean(value)
        return None if percent is None else percent / 100


def _short(value: Decimal) -> str:
    """Without decimals that say nothing, with the sign that the reader's language has."""
    written = f"{value.normalize():f}"
    return written if get_language() == "en" else written.replace(".", ",")
