"""What people type about municipalities, organisations and persons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.actors import queries, rules
from samskap.apps.actors.labels import ROLE_MEANINGS, ROLES, SECTORS
from samskap.apps.actors.models import Municipality, Organisation, Person
from samskap.web.localised import LANGUAGES

__all__ = ["AddMunicipalityForm", "InviteForm", "MunicipalityForm", "OrganisationForm", "PersonForm"]


class AddMunicipalityForm(forms.Form):
    """Which of the 357, and who starts there."""

    number = forms.ChoiceField(label=_("Municipality"))
    email = forms.EmailField(
        label=_("E-mail of the first facilitator"),
        required=False,
        help_text=_("They get a letter with how to sign in. You can leave it empty and do it later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [(number, f"{name} ({number})") for number, name in queries.free_numbers()]
        self.fields["number"].choices = [("", "–"), *free]  # type: ignore[attr-defined]


class MunicipalityForm(forms.Form):
    """How a municipality speaks and looks."""

    language = forms.ChoiceField(
        label=_("Language of letters and new texts"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    colour = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=_("Colour"),
        required=False,
        help_text=_("Six hexadecimal digits, such as #14595a. Contrast in light and dark follows from it."),
        error_messages={"invalid": _("Write a hash sign and six hexadecimal digits, such as #14595a.")},
    )

    @classmethod
    def of(cls, municipality: Municipality) -> MunicipalityForm:
        return cls(initial={"language": municipality.language, "colour": municipality.colour})


class OrganisationForm(forms.Form):
    """An organisation and its sector."""

    name = forms.CharField(label=_("Name"), max_length=160)
    sector = forms.ChoiceField(label=_("Sector"), choices=lambda: list(SECTORS.items()), widget=forms.RadioSelect)
    second_sector = forms.ChoiceField(
        label=_("Second sector"),
        required=False,
        help_text=_("Only for a hybrid, such as a social enterprise."),
        choices=lambda: [("", "–"), *SECTORS.items()],
    )
    register_number = forms.CharField(
        label=_("Organisation number"), required=False, help_text=_("Nine digits from Brønnøysundregistrene.")
    )

    @classmethod
    def of(cls, organisation: Organisation) -> OrganisationForm:
        return cls(initial={name: getattr(organisation, name) for name in cls.base_fields})

    def clean_register_number(self) -> str:
        number = "".join(self.cleaned_data["register_number"].split())
        if number and not rules.is_register_number(number):
            raise forms.ValidationError(
                _("This is not an organisation number. It has nine digits, and the last one checks the others.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("second_sector") and cleaned.get("second_sector") == cleaned.get("sector"):
            self.add_error("second_sector", _("The second sector must be another than the first."))
        return cleaned


class InviteForm(forms.Form):
    """Who is invited, as what, and for which organisation."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    organisation = forms.ChoiceField(
        label=_("Organisation"), required=False, help_text=_("For unit managers and partners: whom they speak for.")
    )

    def __init__(self, *args: Any, roles: list[str], organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisations = {str(one.pk): one for one in organisations}
        chosen = [(role, f"{ROLES[role]}: {ROLE_MEANINGS[role]}") for role in roles]
        self.fields["role"].choices = chosen  # type: ignore[attr-defined]
        names = [(str(one.pk), one.name) for one in organisations]
        self.fields["organisation"].choices = [("", "–"), *names]  # type: ignore[attr-defined]

    def clean_organisation(self) -> Organisation | None:
        return self._organisations.get(self.cleaned_data["organisation"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if rules.needs_organisation(cleaned.get("role", "")) and not cleaned.get("organisation"):
            self.add_error("organisation", _("Choose the organisation that this person speaks for."))
        elif not rules.needs_organisation(cleaned.get("role", "")):
            cleaned["organisation"] = None
        return cleaned


class PersonForm(forms.Form):
    """One's own name and language."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False, help_text=_("As colleagues know you."))
    language = forms.ChoiceField(label=_("Language of letters to you"), choices=LANGUAGES, widget=forms.RadioSelect)

    @classmethod
    def of(cls, person: Person) -> PersonForm:
        return cls(initial={"name": person.name, "language": person.language})
