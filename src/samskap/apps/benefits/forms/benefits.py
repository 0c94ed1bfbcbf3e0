"""What people type about a benefit: what changes, for whom, who answers for it, and how it is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.benefits import labels
from samskap.apps.benefits.forms.measuring import DayInput
from samskap.apps.benefits.forms.said import SaidForm
from samskap.apps.benefits.rules.measuring import GIVEN_UNITS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["BenefitForm", "FieldGroup"]


@dataclass(frozen=True)
class FieldGroup:
    """Fields that are asked together."""

    name: StrOrPromise
    fields: tuple[forms.BoundField, ...]


_GROUPS: tuple[tuple[StrOrPromise, tuple[str, ...]], ...] = (
    (_("What changes"), ("title", "text", "kind", "certainty", "is_harm", "came_unplanned")),
    (_("For whom"), ("gainer", "gainer_sector")),
    (_("Who answers for it"), ("owner_role", "owner_organisation", "owner")),
    (_("How it is measured"), ("indicator", "measure", "unit", "better", "allows_negative", "effects_from")),
)


class BenefitForm(SaidForm):
    """A benefit in the language of its initiative, with the others beside it."""

    said_fields = ("title", "text", "gainer", "owner_role", "measure", "unit")
    plain = (
        "kind", "certainty", "is_harm", "gainer_sector", "owner_organisation", "owner", "better", "allows_negative",
        "effects_from",
    )  # fmt: skip

    title = forms.CharField(label=_("What changes"), max_length=160, help_text=_("In a few words."))
    text = forms.CharField(
        label=_("More about it"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=labels.kind_choices,
        widget=forms.RadioSelect,
        help_text=_("Kinds are never added to each other. Freed time is not money before somebody spends less."),
    )
    certainty = forms.ChoiceField(
        label=_("How sure it is"), choices=labels.certainty_choices, widget=forms.RadioSelect, initial="hoped"
    )
    is_harm = forms.BooleanField(label=_("It is a harm: nobody wants it"), required=False)
    came_unplanned = forms.BooleanField(
        label=_("It came without being planned"), required=False, help_text=_("Then it needs no target.")
    )
    gainer = forms.CharField(
        label=_("Who gains or loses by it"), max_length=160, help_text=_("A group, never the name of a person.")
    )
    gainer_sector = forms.ChoiceField(label=_("Their sector"), choices=labels.sector_choices)
    owner_role = forms.CharField(
        label=_("Role"),
        max_length=120,
        help_text=_("A manager who decides over what must change, such as “Head of home care”. Everybody can read it."),
    )
    owner_organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int, empty_value=None)
    owner = forms.TypedChoiceField(
        label=_("Account"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Is reminded by e-mail and can write what is measured. The public pages do not show the name."),
    )
    indicator = forms.ChoiceField(
        label=_("Published figures"),
        required=False,
        help_text=_("Then the values are taken with one press, with their source. The two next fields may be empty."),
    )
    measure = forms.CharField(
        label=_("What is measured"),
        required=False,
        max_length=200,
        help_text=_("So exactly that two people who count find the same."),
    )
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=40,
        help_text=_("Such as “persons” or “days”. Money is counted in kroner a year and freed time in hours a year."),
    )
    better = forms.ChoiceField(label=_("Direction"), choices=labels.better_choices, widget=forms.RadioSelect)
    allows_negative = forms.BooleanField(label=_("The number can be below zero"), required=False)
    effects_from = forms.DateField(
        label=_("There can be effects from"), widget=DayInput, help_text=_("The baseline must be older than this day.")
    )

    def __init__(
        self, *args: Any, owners: Sequence[tuple[int, str]], organisations: Sequence[tuple[int, str]],
        indicators: Sequence[tuple[str, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._offer("owner", [("", _("None")), *owners])
        self._offer("owner_organisation", [("", _("Choose")), *organisations])
        self._offer("indicator", [("", _("None: we count it ourselves")), *indicators])

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[FieldGroup]:
        """The fields in the order in which they are asked, texts in the original language."""
        code = self.initial["language"]
        return [
            FieldGroup(words, tuple(self[f"{name}_{code}" if name in self.said_fields else name] for name in names))
            for words, names in _GROUPS
        ]

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        """What stands in the fields for a benefit that is there."""
        chosen = f"{thing.indicator}:{thing.indicator_part}" if thing.indicator else ""
        return cls.said_initial(thing) | {
            **{name: getattr(thing, name) for name in cls.plain if not name.startswith("owner")},
            "owner": thing.owner_id or "",
            "owner_organisation": thing.owner_organisation_id,
            "came_unplanned": not thing.is_planned,
            "indicator": chosen,
        }

    def clean(self) -> dict[str, Any]:
        """What is measured, and in what, unless published figures or the kind say it."""
        cleaned = super().clean()
        code = self.initial["language"]
        if not cleaned.get("indicator"):
            if not cleaned.get(f"measure_{code}"):
                self.add_error(f"measure_{code}", _("Write what is counted."))
            if not cleaned.get(f"unit_{code}") and cleaned.get("kind") not in GIVEN_UNITS:
                self.add_error(f"unit_{code}", _("A target without a unit says nothing. Write what is counted."))
        return cleaned

    def cleaned_benefit(self) -> dict[str, Any]:
        """The fields as the action takes them; `owner` and `owner_organisation` are ids."""
        key, _colon, part = self.cleaned_data["indicator"].partition(":")
        return self.cleaned_thing() | {
            "is_planned": not self.cleaned_data["came_unplanned"],
            "indicator": key,
            "indicator_part": part,
        }
