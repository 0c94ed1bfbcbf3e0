"""What people type about cost lines, risks, those affected and milestones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.initiatives import labels
from samskap.apps.initiatives.forms.initiatives import DayInput, SectionForm
from samskap.web.kroner_field import KronerField

if TYPE_CHECKING:
    from samskap.web.localised_forms import Column

__all__ = ["PART_FORMS", "AffectedForm", "CostForm", "MilestoneForm", "PartForm", "RiskForm"]


class PartForm(SectionForm):
    """One of a kind: its texts in the original language, and beside them the others for those who write them."""

    plain: tuple[str, ...] = ()

    def __init__(self, *args: Any, payers: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "payer" in self.fields:
            self.fields["payer"].choices = [(0, _("The municipality")), *payers]  # type: ignore[attr-defined]

    @property
    def original(self) -> Column:
        """The texts in the original language."""
        code = self.initial["language"]
        return next(column for column in self.columns if column.code == code)

    @property
    def others(self) -> list[Column]:
        """The texts in the other languages."""
        code = self.initial["language"]
        return [column for column in self.columns if column.code != code]

    @property
    def has_others(self) -> bool:
        """Whether something is written, or wrong, in another language: then it is shown at once."""
        return any(field.value() or field.errors for column in self.others for field in column.fields)

    @classmethod
    def empty(cls, *, language: str, data: Any = None, initial: dict[str, Any], **kwargs: Any) -> PartForm:
        """A form for one more, in the language of the initiative."""
        form = cls(data, initial={**initial, "language": language}, **kwargs)
        form.keep_language(language)
        return form

    def as_typed(self) -> dict[str, str]:
        """What stands in the form, as a browser would send it: what puts the part back."""
        found = {}
        for name in self.fields:
            value = self.get_initial_for_field(self.fields[name], name)
            found[name] = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
        return found

    @classmethod
    def initial_of(cls, part: Any) -> dict[str, Any]:
        """What stands in the fields that have no language."""
        return {name: getattr(part, name) for name in cls.plain if name != "payer"} | (
            {"payer": part.payer_id or 0} if "payer" in cls.plain else {}
        )

    def cleaned_part(self) -> dict[str, Any]:
        """The fields as the model has them; `payer` is an id, 0 for the municipality."""
        return self.cleaned_said() | {name: self.cleaned_data[name] for name in self.plain}


class CostForm(PartForm):
    """An amount in a year, and who pays it."""

    said_fields = ("text",)
    plain = ("year", "amount_nok", "payer")

    text = forms.CharField(label=_("What it pays for"), max_length=200)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    amount_nok = KronerField(label=_("Kroner"))
    payer = forms.TypedChoiceField(
        label=_("Who pays"),
        coerce=int,
        help_text=_("An organisation lowers what the municipality pays when it has confirmed the money."),
    )


class RiskForm(PartForm):
    """What can go wrong, and what is done about it."""

    said_fields = ("text", "response")
    plain = ("likelihood", "consequence")

    text = forms.CharField(label=_("What can go wrong"), max_length=300)
    response = forms.CharField(label=_("What is done about it"), max_length=300, required=False)
    likelihood = forms.TypedChoiceField(
        label=_("How likely"), choices=labels.level_choices, coerce=int, initial=2, widget=forms.RadioSelect
    )
    consequence = forms.TypedChoiceField(
        label=_("How serious"), choices=labels.level_choices, coerce=int, initial=2, widget=forms.RadioSelect
    )


class AffectedForm(PartForm):
    """A group of people, and how it is touched."""

    said_fields = ("who", "how")

    who = forms.CharField(label=_("Who"), max_length=160, help_text=_("A group, never the name of a person."))
    how = forms.CharField(label=_("How"), max_length=300, required=False)


class MilestoneForm(PartForm):
    """Something that is to be reached by a date."""

    said_fields = ("text",)
    plain = ("due_on",)

    text = forms.CharField(label=_("What is to be reached"), max_length=200)
    due_on = forms.DateField(label=_("By when"), widget=DayInput)


PART_FORMS: dict[str, type[PartForm]] = {
    "costs": CostForm,
    "risks": RiskForm,
    "affected": AffectedForm,
    "milestones": MilestoneForm,
}
