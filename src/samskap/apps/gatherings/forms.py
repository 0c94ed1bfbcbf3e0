"""What people type about gatherings, parsed and cleaned."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from samskap.apps.actors.labels import sector_choices
from samskap.apps.gatherings.labels import kind_choices
from samskap.web.localised import LANGUAGES

if TYPE_CHECKING:
    from samskap.apps.actors.models import Organisation
    from samskap.apps.gatherings.models import Gathering, Slot
    from samskap.apps.statements.models import Statement

__all__ = [
    "GatheringForm",
    "InvitationForm",
    "PaperForm",
    "QuestionsForm",
    "SectorForm",
    "SignUpForm",
    "SlotForm",
    "TicketForm",
    "addresses_in",
]

MOST_LINKS = 300
_MOMENT = "%Y-%m-%dT%H:%M"


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[_MOMENT, "%Y-%m-%dT%H:%M:%S"])


def _sector_field(**options: Any) -> forms.ChoiceField:
    choices = [*sector_choices(), ("", gettext_lazy("I would rather not say"))]
    options.setdefault("label", gettext_lazy("Which sector do you come from?"))
    return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect, **options)


def _organisation_field(gathering: Gathering) -> forms.ModelChoiceField[Organisation]:
    rows = gathering.process.municipality.organisations.all()
    return forms.ModelChoiceField(
        rows, required=False, label=gettext_lazy("Organisation"), empty_label=gettext_lazy("None")
    )


class GatheringForm(forms.Form):
    """What a gathering is called, where and when it is, and for how many."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    intro = forms.CharField(
        label=gettext_lazy("What is it about?"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    language = forms.ChoiceField(label=gettext_lazy("The language you write in"), choices=LANGUAGES)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=160)
    starts_at = _moment(gettext_lazy("Begins"))
    ends_at = _moment(gettext_lazy("Ends"))
    eligible = forms.IntegerField(
        label=gettext_lazy("How many could take part?"),
        help_text=gettext_lazy("Everyone who is entitled to come. Leave it empty if nobody knows."),
        required=False,
        min_value=1,
        max_value=1_000_000,
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"),
        help_text=gettext_lazy("When they are taken, those who sign up wait in line. Empty means no limit."),
        required=False,
        min_value=1,
        max_value=100_000,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end must be after the beginning."))
        return cleaned


class SlotForm(forms.Form):
    """One point of the programme, with its speakers and, where people answer, its conversation."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=kind_choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    text = forms.CharField(
        label=gettext_lazy("Text or question to discuss"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_at = _moment(gettext_lazy("Begins"))
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=1440, initial=20)
    speakers = forms.CharField(
        label=gettext_lazy("Speakers"),
        help_text=gettext_lazy("One a line: name or role; organisation. The organisation can be left out."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    activity: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("What the phones open"),
        help_text=gettext_lazy("A conversation, an idea round or a ballot. You open it with a step of its own."),
        required=False,
        empty_label=gettext_lazy("None"),
    )

    def __init__(self, *args: Any, gathering: Gathering, slot: Slot | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisations = {each.name.lower(): each for each in gathering.process.municipality.organisations.all()}
        activities = gathering.process.activities.all()
        self.fields["activity"].queryset = activities  # type: ignore[attr-defined]

    def clean_speakers(self) -> list[tuple[str, Organisation | None]]:
        """Pairs of name and organisation; an organisation must be one of the municipality's."""
        found = []
        for line in self.cleaned_data["speakers"].splitlines():
            name, _semicolon, organisation = (part.strip() for part in line.partition(";"))
            if not name:
                continue
            if len(name) > 120:
                raise ValidationError(_("A name can have at most 120 characters."))
            if organisation and organisation.lower() not in self.organisations:
                raise ValidationError(
                    _("There is no organisation called “%(name)s” here. Add it first, or leave it out.")
                    % {"name": organisation}
                )
            found.append((name, self.organisations.get(organisation.lower())))
        return found


class QuestionsForm(forms.Form):
    """The day's questions, one a line."""

    questions = forms.CharField(
        label=gettext_lazy("The questions of the day"),
        help_text=gettext_lazy("One a line, in the order they are shown."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def clean_questions(self) -> list[str]:
        """The lines that are not empty, each once."""
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines()]
        if any(len(line) > 300 for line in lines):
            raise ValidationError(_("A question can have at most 300 characters."))
        return list(dict.fromkeys(line for line in lines if line))


def addresses_in(text: str) -> tuple[list[str], list[str]]:
    """The e-mail addresses in a pasted text, and the pieces that are none. `Name <a@b.no>` is understood."""
    good, bad = [], []
    for piece in re.split(r"[\s,;]+", re.sub(r"[^,;\n]*<([^<>\s]+)>", r" \1 ", text)):
        if not piece:
            continue
        try:
            validate_email(piece)
            good.append(piece.lower())
        except ValidationError:
            bad.append(piece)
    return list(dict.fromkeys(good)), bad


class InvitationForm(forms.Form):
    """Addresses to write to, or a number of personal links to print, of one sector and organisation."""

    emails = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy("Paste as many as you like. Each gets one letter, once."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    links = forms.IntegerField(
        label=gettext_lazy("Personal links to print"),
        help_text=gettext_lazy("For those who get the invitation on paper."),
        required=False,
        min_value=0,
        max_value=MOST_LINKS,
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector of these people"),
        choices=lambda: [("", gettext_lazy("Not known")), *sector_choices()],
        required=False,
    )

    def __init__(self, *args: Any, gathering: Gathering, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"] = _organisation_field(gathering)

    def clean_emails(self) -> list[str]:
        good, bad = addresses_in(self.cleaned_data["emails"])
        if bad:
            shown = ", ".join(bad[:5])
            raise ValidationError(
                ngettext(
                    "This is not an e-mail address: %(shown)s. Nothing was sent.",
                    "These are not e-mail addresses: %(shown)s. Nothing was sent.",
                    len(bad),
                )
                % {"shown": shown}
            )
        return good

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["emails"] and not cleaned["links"]:
            raise ValidationError(_("Paste at least one address, or say how many links to print."))
        return cleaned


class SectorForm(forms.Form):
    """The sector alone, as on a button: an unknown one is not guessed at."""

    sector = _sector_field()


class SignUpForm(forms.Form):
    """What is needed to keep a place for somebody; only the sector is asked of everyone, and may be left out."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("For the list at the door. It is erased when the gathering ends."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("If you want a confirmation and a reminder the day before. Erased with the name."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    sector = _sector_field()
    needs = forms.CharField(
        label=gettext_lazy("Food or access"),
        help_text=gettext_lazy("Is there something we must prepare for you? Only those who prepare the day see it."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @classmethod
    def fresh(cls, *, sector: str = "", email: str = "") -> SignUpForm:
        """An empty form with a key of its own."""
        return cls(initial={"form_key": uuid.uuid4(), "sector": sector, "email": email})


class TicketForm(forms.Form):
    """Sector and organisation on a participant's own page."""

    sector = _sector_field()

    def __init__(self, *args: Any, gathering: Gathering, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"] = _organisation_field(gathering)


class PaperForm(forms.Form):
    """The answers of one paper form: agree, pass, disagree or no answer for every statement."""

    def __init__(self, *args: Any, statements: Sequence[Statement], **options: Any) -> None:
        super().__init__(*args, **options)
        self.statements = {f"s{statement.pk}": statement for statement in statements}
        choices = [
            ("1", pgettext_lazy("vote", "Agree")),
            ("0", pgettext_lazy("vote", "Pass")),
            ("-1", pgettext_lazy("vote", "Disagree")),
            ("", gettext_lazy("No answer")),
        ]
        for name, statement in self.statements.items():
            label = f"{statement.number}. {statement.said.text}"
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=False, widget=forms.RadioSelect, initial=""
            )

    @property
    def answers(self) -> dict[Statement, int]:
        """The statements that were answered, with 1, 0 or -1."""
        return {self.statements[name]: int(choice) for name, choice in self.cleaned_data.items() if choice}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Nothing is ticked. Type in at least one answer."))
        return cleaned


def next_beginning(slots: Sequence[Slot], *, starts_at: datetime) -> datetime:
    """Where a new slot begins: when the last one ends."""
    return max((slot.starts_at + timedelta(minutes=slot.minutes) for slot in slots), default=starts_at)
