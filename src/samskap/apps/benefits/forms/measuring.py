"""What people type about baselines, targets and measurements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits.forms.typed import NumberField
from samskap.apps.benefits.labels.benefits import problem_words
from samskap.apps.benefits.rules.measuring import FIELDS, Problem
from samskap.kernel.errors import RuleError

__all__ = [
    "ApprovalForm",
    "BaselineForm",
    "CorrectionForm",
    "DayInput",
    "EndForm",
    "MeasurementForm",
    "TargetForm",
    "refused",
]

_MOST = 10**12


class DayInput(forms.DateInput):
    """A date as the browser asks for one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def refused(form: forms.Form, error: RuleError) -> None:
    """Put what the rules refused beside its field; what was typed stays."""
    name = FIELDS.get(error.code, "")
    said = f"{name}_{form.initial.get('language', '')}"
    form.add_error(next((one for one in (name, said) if one in form.fields), None), str(error))


def _value(label: Any) -> NumberField:
    return NumberField(label=label, low=-_MOST, high=_MOST)


def _source() -> forms.CharField:
    return forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Where the number comes from, so that somebody else can find it again. Everybody can read it."),
    )


def _words(label: Any, *, help_text: Any, required: bool) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=500, widget=widget)


def _cause() -> forms.CharField:
    return _words(
        _("Why it is behind the forecast"),
        help_text=_("Needed when it is more than a tenth of the way behind. Everybody can read it."),
        required=False,
    )


class _LangMixin(forms.Form):
    """A form whose free texts are written in the language of the benefit."""

    texts: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *, lang: str = "nb", unit: str = "", **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in self.texts:
            self.fields[name].widget.attrs["lang"] = lang
        if unit and "value" in self.fields:
            self.fields["value"].help_text = unit


class BaselineForm(_LangMixin):
    """How it was before."""

    texts = ("source",)

    value = _value(_("How it was before"))
    measured_on = forms.DateField(
        label=_("Measured on"),
        widget=DayInput,
        help_text=_("For a whole year or month: its last day. It must be before there can be effects."),
    )
    source = _source()


class TargetForm(_LangMixin):
    """What is to be reached by a day."""

    value = _value(_("What is to be reached"))
    due_on = forms.DateField(label=_("By when"), widget=DayInput)


class MeasurementForm(_LangMixin):
    """What was measured on a day."""

    texts = ("source", "cause")

    value = _value(_("What was measured"))
    measured_on = forms.DateField(
        label=_("Measured on"), widget=DayInput, help_text=_("For a whole year or month: its last day.")
    )
    source = _source()
    cause = _cause()


class CorrectionForm(_LangMixin):
    """What a locked measurement should have said, and why."""

    texts = ("source", "correction", "cause")

    value = _value(_("What it should have been"))
    source = _source()
    correction = _words(
        _("Why it is corrected"),
        help_text=_("Both numbers stay on the page of the benefit, with this between them."),
        required=True,
    )
    cause = _cause()


class ApprovalForm(_LangMixin):
    """The approval of a measurement, with the cause where it is behind."""

    texts = ("cause",)

    cause = _cause()

    def __init__(self, data: Any = None, *, needs: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in needs:
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = " ".join(problem_words(Problem("cause_missing")))


class EndForm(_LangMixin):
    """Why a benefit is not followed any more."""

    texts = ("reason",)

    reason = _words(
        _("Why it is ended"),
        help_text=_("Everybody can read it. What was measured stays on its page."),
        required=True,
    )
