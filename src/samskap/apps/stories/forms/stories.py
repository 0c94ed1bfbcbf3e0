"""What a teller, a guardian and a moderator type. Files are looked at here; a wrong one leaves the text as it is."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samskap.apps.stories.labels.stories import (
    CONSENTS,
    MEDIA_PROBLEMS,
    MONTH_CHOICES,
    consent_problem_sentence,
    word_problem_sentence,
)
from samskap.apps.stories.rules.consents import OFFERED
from samskap.apps.stories.rules.stories import LIMITS, Words, tidied, word_problems
from samskap.formats.pictures import MOST_BYTES as PICTURE_BYTES
from samskap.formats.pictures import CleanPicture, PictureError, clean_picture
from samskap.formats.sounds import MOST_BYTES as SOUND_BYTES
from samskap.formats.sounds import CleanSound, SoundError, clean_sound
from samskap.web.localised import LANGUAGES

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from samskap.apps.stories.models import Story, StoryChange

__all__ = [
    "ChangeForm",
    "ConsentField",
    "GuardianForm",
    "MonthsForm",
    "OnBehalfForm",
    "ProposalForm",
    "RejectStoryForm",
    "TellForm",
]

_DEFAULT_MONTHS = 12

Kept = TypeVar("Kept", CleanPicture, CleanSound)


class WordsForm(forms.Form):
    """The words of a story, with a picture or a sound file beside them."""

    title = forms.CharField(
        label=_("A short name for your story"),
        strip=False,
        error_messages={"required": _("Give your story a short name.")},
        widget=forms.TextInput(attrs={"maxlength": 2 * LIMITS["title"], "autocomplete": "off"}),
        help_text=_("At most 120 characters. For example: The day the bus came."),
    )
    text = forms.CharField(
        label=_("Your story"),
        strip=False,
        error_messages={"required": _("Write your story here, or choose a picture or a sound file below.")},
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_(
            "How was it before, what happened, and how is it now? Write as you speak. At most 5,000 characters."
        ),
    )
    shown_name = forms.CharField(
        label=_("Who tells it?"),
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 2 * LIMITS["shown_name"]}),
        help_text=_("What readers see. You can leave it empty, or write for example: Woman, 81 years."),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "JPEG, PNG or WebP, at most 15 MB. Where and when it was taken is removed. "
            "Show only people who have said yes to it."
        ),
    )
    picture_text = forms.CharField(
        label=_("What does the picture show?"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence for those who cannot see it. Needed where there is a picture."),
    )
    sound = forms.FileField(
        label=_("Sound file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "audio/mpeg,audio/mp4,audio/x-m4a,audio/ogg,audio/wav"}),
        help_text=_("MP3, M4A, Ogg or WAV, at most 10 minutes and 20 MB."),
    )
    transcript = forms.CharField(
        label=_("What is said?"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The same in writing, for those who cannot hear it. Needed where there is a sound file."),
    )

    use_required_attribute = False  # the text may be empty where there is a picture or a sound file
    stays: frozenset[str] = frozenset()  # what a story has already and keeps

    def clean_picture(self) -> CleanPicture | None:
        return _cleaned(self.cleaned_data["picture"], clean_picture, most=PICTURE_BYTES, too_big="picture_too_big")

    def clean_sound(self) -> CleanSound | None:
        return _cleaned(self.cleaned_data["sound"], clean_sound, most=SOUND_BYTES, too_big="sound_too_big")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # A file that could not be read still counts as one, so that only the file is complained of.
        has = {
            name: bool(cleaned.get(name)) or name in self.errors or name in self.kept for name in ("picture", "sound")
        }
        typed = {name: cleaned.get(name) or "" for name in LIMITS}
        if any(has.values()):
            self.errors.pop("text", None)
        self.words = tidied(Words(**typed, has_picture=has["picture"], has_sound=has["sound"]))
        for field, problem in word_problems(self.words).items():
            if field in self.fields and field not in self.errors:
                length = len(getattr(self.words, field))
                self.add_error(field, word_problem_sentence(field, problem, length=length))
        return cleaned

    @property
    def kept(self) -> frozenset[str]:
        """The files that a story has already and keeps."""
        return self.stays - {name for name in ("picture", "sound") if self.cleaned_data.get(f"drop_{name}")}


class ConsentField(forms.BooleanField):
    """One consent: its question, and what a yes means. Never ticked beforehand."""

    def __init__(self, purpose: str, channel: str) -> None:
        title, meaning = CONSENTS[purpose, channel]
        super().__init__(label=title, help_text=meaning, required=False, initial=False)
        self.pair = (purpose, channel)


class TellForm(WordsForm):
    """A story told by the teller: the words, what they may be used for, and where the private link goes."""

    language = forms.ChoiceField(
        label=_("Language of the story"),
        choices=LANGUAGES,
        help_text=_("It is never translated: it stays in your own words."),
    )
    benefit = forms.ChoiceField(label=_("Is it about one of these?"), required=False)
    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=[("adult", _("18 years or more")), ("young", _("Under 18 years"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how old you are: for those under 18, a parent or guardian must agree.")},
    )
    months = forms.TypedChoiceField(
        label=_("For how long?"),
        choices=MONTH_CHOICES,
        coerce=int,
        initial=_DEFAULT_MONTHS,
        widget=forms.RadioSelect,
        help_text=_("We ask you before it ends. If you do not answer, the story is hidden, and erased a month later."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("For your private link, and for the question before your yes ends. Nobody sees it."),
    )
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, benefits: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        fresh = {"language": (get_language() or "nb")[:2], "form_key": uuid.uuid4()}
        kwargs["initial"] = fresh | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if benefits:
            offered: Any = self.fields["benefit"]
            offered.choices = [("", _("No, about all of it")), *benefits]
        else:
            del self.fields["benefit"]
        for pair in OFFERED:
            self.fields["_".join(("allow", *pair))] = ConsentField(*pair)

    @property
    def consent_fields(self) -> list[forms.BoundField]:
        """The consents in the order they are asked."""
        return [self[name] for name, field in self.fields.items() if isinstance(field, ConsentField)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.consents = [
            field.pair for name, field in self.fields.items() if isinstance(field, ConsentField) and cleaned.get(name)
        ]
        if not self.consents:
            self.add_error(self.consent_fields[0].name, consent_problem_sentence("none"))
        return cleaned

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes, apart from the benefit."""
        said = self.cleaned_data
        return {
            "words": self.words,
            "consents": self.consents,
            "is_under_age": said["age"] == "young",
            **{name: said[name] for name in ("months", "language", "picture", "sound", "email", "form_key")},
        }


class OnBehalfForm(TellForm):
    """A story that somebody writes down for the one who tells it."""

    consent_note = forms.CharField(
        label=_("How did the person say yes?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: I read it aloud and asked one thing at a time, and she nodded to the first two."),
    )
    guardian_name = forms.CharField(
        label=_("Guardian who sits beside and says yes"),
        required=False,
        max_length=120,
        help_text=_("Only where the teller is under 18. Leave it empty if the guardian is to say yes by a link."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {
            "title": _("A short name for the story"), "text": _("The story, in the teller's own words"),
            "age": _("How old is the teller?"), "email": _("The teller's e-mail address"),
        }  # fmt: skip
        for name, label in said.items():
            self.fields[name].label = label
        self.fields["age"].error_messages["required"] = _("Say how old the teller is.")

    @property
    def told(self) -> dict[str, Any]:
        return super().told | {name: self.cleaned_data[name] for name in ("consent_note", "guardian_name")}


class ChangeForm(WordsForm):
    """The teller changes the story, and says which of picture and sound goes away."""

    drop_picture = forms.BooleanField(label=_("Delete the picture"), required=False)
    drop_sound = forms.BooleanField(label=_("Delete the sound"), required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Delete it here if you want no letters."),
    )

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        names = (*LIMITS, "email")
        kwargs["initial"] = {name: getattr(story, name) for name in names}
        super().__init__(*args, **kwargs)
        self.stays = frozenset(name for name in ("picture", "sound") if getattr(story, name))
        for name in ("picture", "sound"):
            if name not in self.stays:
                del self.fields[f"drop_{name}"]

    @property
    def changed(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        return {
            "words": self.words,
            "drops": self.stays - self.kept,
            **{name: said[name] for name in ("email", "picture", "sound")},
        }


class ProposalForm(WordsForm):
    """Other words that a moderator proposes, with the reason."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The teller reads it and decides."),
    )

    def __init__(self, *args: Any, story: Story, change: StoryChange | None = None, **kwargs: Any) -> None:
        source = change or story
        initial = {name: getattr(source, name) for name in LIMITS if name != "shown_name"}
        kwargs["initial"] = initial | {"reason": change.reason if change else ""}
        super().__init__(*args, **kwargs)
        self.stays = frozenset(name for name in ("picture", "sound") if getattr(story, name))
        gone = ["picture", "sound", "shown_name"]
        gone += [
            text for name, text in (("picture", "picture_text"), ("sound", "transcript")) if name not in self.stays
        ]
        for name in gone:
            del self.fields[name]


class RejectStoryForm(forms.Form):
    """Why a story is not shown."""

    reason = forms.CharField(
        label=_("Reason, for the teller to read"), max_length=300, widget=forms.TextInput(attrs={"list": "reasons"})
    )


class GuardianForm(forms.Form):
    """A guardian's name and yes."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Only those who look after the stories see it."),
    )
    agrees = forms.BooleanField(
        label=_("I am the parent or guardian of the one who tells this, and I agree."),
        error_messages={"required": _("Tick this if you agree.")},
    )


class MonthsForm(forms.Form):
    """For how long a consent is given anew."""

    months = forms.TypedChoiceField(
        label=_("For how long?"), choices=MONTH_CHOICES, coerce=int, initial=_DEFAULT_MONTHS
    )


def _cleaned(file: UploadedFile[Any] | None, clean: Callable[[bytes], Kept], *, most: int, too_big: str) -> Kept | None:
    """The file as it may be kept, or a sentence about what is wrong with it. One too big is not even read."""
    if file is None:
        return None
    if (file.size or 0) > most:
        raise forms.ValidationError(MEDIA_PROBLEMS[too_big], code=too_big)
    try:
        return clean(file.read())
    except (PictureError, SoundError) as problem:
        raise forms.ValidationError(MEDIA_PROBLEMS[problem.code], code=problem.code) from problem
