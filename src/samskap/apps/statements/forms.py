"""What people type about conversations, parsed and cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.processes import labels as process_labels
from samskap.apps.statements import labels, rules
from samskap.apps.statements.models import Conversation, Statement
from samskap.web.localised import LANGUAGES
from samskap.web.localised_forms import LocalisedForm

__all__ = [
    "CodeForm",
    "GroupNameForm",
    "MergeForm",
    "RejectForm",
    "SectorForm",
    "SeedLine",
    "SeedsForm",
    "SettingsForm",
    "SkippedField",
    "StatementForm",
    "StatementTextsForm",
    "TextsForm",
    "VoteForm",
    "WindowForm",
]

MOST_SKIPPED = 60


class SkippedField(forms.CharField):
    """Keys of statements with commas between; whatever is not a number is left out."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> list[int]:
        found = [int(part) for part in str(value or "").split(",") if part.isdecimal() and len(part) < 12]
        return list(dict.fromkeys(found))[-MOST_SKIPPED:]


class VoteForm(forms.Form):
    """One press of a vote button."""

    statement = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    round = forms.IntegerField(min_value=1, max_value=32_767)
    choice = forms.TypedChoiceField(choices=[(1, ""), (0, ""), (-1, "")], coerce=int)
    matters = forms.BooleanField(required=False)
    key = forms.UUIDField(required=False)
    back = forms.ChoiceField(choices=[("", ""), ("mine", "")], required=False)
    skipped = SkippedField()


class StatementForm(forms.Form):
    """A statement in one's own words."""

    text = forms.CharField(label=_("Your statement"), widget=forms.Textarea(attrs={"rows": 4}), strip=False)

    def __init__(self, *args: Any, limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = limit
        text = self.fields["text"]
        text.help_text = _("One sentence that others can agree or disagree with. At most %(limit)s characters.") % {
            "limit": limit
        }
        text.widget.attrs["data-limit"] = limit

    def clean_text(self) -> str:
        text = rules.cleaned_text(self.cleaned_data["text"])
        problem = rules.text_problem(text, limit=self.limit)
        if problem:
            raise forms.ValidationError(labels.text_problem_sentence(problem, length=len(text), limit=self.limit))
        return text


class CodeForm(forms.Form):
    """The code that lets one in."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SectorForm(forms.Form):
    """Where one comes from; empty for “I would rather not say”."""

    sector = forms.ChoiceField(choices=lambda: [("", ""), *SECTORS.items()], required=False)


class GroupNameForm(LocalisedForm):
    """What to call a group of the map, in three languages."""

    said_fields = ("name", "description")

    name = forms.CharField(label=_("Name"), max_length=40)
    description = forms.CharField(label=_("In one sentence"), max_length=200, required=False)


class TextsForm(forms.Form):
    """Title and introduction in the language they were written in, and translations."""

    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title, %(language)s") % {"language": name}, max_length=160, required=False
            )
            self.fields[f"intro_{code}"] = forms.CharField(
                label=_("Introduction, %(language)s") % {"language": name},
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @classmethod
    def of(cls, conversation: Conversation) -> TextsForm:
        texts = conversation.translations | {
            conversation.language: {"title": conversation.title, "intro": conversation.intro}
        }
        initial = {f"{field}_{code}": text for code, said in texts.items() for field, text in said.items()}
        return cls(initial=initial | {"language": conversation.language})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        language = cleaned.get("language")
        if language and not cleaned.get(f"title_{language}"):
            self.add_error(f"title_{language}", _("Write the title in the language that it is written in."))
        return cleaned

    def texts(self) -> dict[str, Any]:
        """The fields of the conversation."""
        data, own = self.cleaned_data, self.cleaned_data["language"]
        others = {
            code: {"title": data[f"title_{code}"], "intro": data[f"intro_{code}"]}
            for code, _name in LANGUAGES
            if code != own and data[f"title_{code}"]
        }
        return {
            "language": own, "title": data[f"title_{own}"], "intro": data[f"intro_{own}"], "translations": others,
        }  # fmt: skip


class SettingsForm(forms.Form):
    """How a conversation is moderated and how long a statement may be."""

    moderation = forms.ChoiceField(label=_("Moderation"), choices=labels.moderation_choices, widget=forms.RadioSelect)
    statement_limit = forms.IntegerField(
        label=_("Most characters in a statement"),
        min_value=40,
        max_value=1000,
        help_text=_("Between 40 and 1,000. A short statement is easier to agree or disagree with."),
    )

    @classmethod
    def of(cls, conversation: Conversation) -> SettingsForm:
        return cls(initial={name: getattr(conversation, name) for name in cls.base_fields})


@dataclass(frozen=True, slots=True)
class SeedLine:
    """One pasted line: its number, its cleaned text, and what is wrong with it or worth knowing."""

    number: int
    text: str
    problem: str = ""
    hint: str = ""


class SeedsForm(forms.Form):
    """Seed statements, one a line."""

    lines = forms.CharField(
        label=_("Statements, one a line"), widget=forms.Textarea(attrs={"rows": 8}), strip=False, max_length=200_000
    )
    is_background = forms.BooleanField(
        label=_("These are background questions, about the person who answers"),
        required=False,
        help_text=_("They are asked at most every fifth time and do not shape the map."),
    )

    def read(self, *, limit: int, existing: dict[int, str]) -> list[SeedLine]:
        """Every line that is not empty, checked against the limit, the lines before and the statements there are."""
        taken = {text.casefold(): gettext("It is in the conversation already.") for text in existing.values()}
        found = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            text = rules.cleaned_text(line)
            if not text:
                continue
            problem = rules.text_problem(text, limit=limit)
            said = labels.text_problem_sentence(problem, length=len(text), limit=limit) if problem else ""
            said = said or taken.get(text.casefold(), "")
            taken.setdefault(text.casefold(), gettext("It is the same as line %(line)s.") % {"line": number})
            like = [] if said else rules.similar_texts(text, existing, most=1)
            hint = gettext("It looks like “%(text)s”.") % {"text": existing[like[0].pk]} if like else ""
            found.append(SeedLine(number, text, problem=said, hint=hint))
        return found


class StatementTextsForm(forms.Form):
    """A statement for those who run the conversation: words while nobody has answered, and translations."""

    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)
    is_background = forms.BooleanField(label=_("A background question, about the person who answers"), required=False)

    def __init__(self, *args: Any, statement: Statement, answers: int, **kwargs: Any) -> None:
        own = statement.language
        texts = {code: said.get("text", "") for code, said in statement.translations.items()} | {own: statement.text}
        initial = {f"text_{code}": text for code, text in texts.items()}
        initial |= {"language": own, "is_background": statement.is_background}
        super().__init__(*args, **({"initial": initial} | kwargs))
        self.statement = statement
        self.limit = statement.conversation.statement_limit
        for code, name in LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text, %(language)s") % {"language": name},
                required=code == own,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
                disabled=code == own and answers > 0,
            )
        if answers:
            self.fields["language"].disabled = True
            self.fields[f"text_{own}"].help_text = ngettext(
                "%(n)s person has answered it, so its words stay as they are.",
                "%(n)s people have answered it, so its words stay as they are.",
                answers,
            ) % {"n": answers}

    def texts(self) -> tuple[str, dict[str, Any]]:
        """The words, and the fields beside them."""
        data, own = self.cleaned_data, self.cleaned_data["language"]
        others = {
            code: {"text": rules.cleaned_text(data[f"text_{code}"])}
            for code, _name in LANGUAGES
            if code != own and rules.cleaned_text(data[f"text_{code}"])
        }
        fields = {"language": own, "translations": others, "is_background": data["is_background"]}
        return data[f"text_{own}"], fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for code, _name in LANGUAGES:
            text = rules.cleaned_text(cleaned.get(f"text_{code}") or "")
            problem = rules.text_problem(text, limit=self.limit) if text or code == cleaned.get("language") else None
            if problem and not self.fields[f"text_{code}"].disabled and f"text_{code}" not in self.errors:
                said = labels.text_problem_sentence(problem, length=len(text), limit=self.limit)
                self.add_error(f"text_{code}", said)
        return cleaned


class RejectForm(forms.Form):
    """Why a statement is not taken in."""

    reason = forms.CharField(
        label=_("Reason, for the author to read"), max_length=300, widget=forms.TextInput(attrs={"list": "reasons"})
    )


class MergeForm(forms.Form):
    """Which statement stands for this one too."""

    into = forms.ChoiceField(label=_("Merge into"))

    def __init__(self, *args: Any, statements: list[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._statements = {str(one.pk): one for one in statements}
        choices = [(str(one.pk), f"{one.number}. {one.text}") for one in statements]
        self.fields["into"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def clean_into(self) -> Statement:
        return self._statements[self.cleaned_data["into"]]


class WindowForm(forms.Form):
    """When, who, and when the results are seen."""

    title = forms.CharField(label=_("Title"), max_length=160)
    opens_at = forms.DateTimeField(
        label=_("Opens"),
        required=False,
        help_text=_("Empty: when you press Open."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"),
        required=False,
        help_text=_("Empty: when you press Close."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    access = forms.ChoiceField(
        label=_("Who may take part"), choices=process_labels.access_choices, widget=forms.RadioSelect
    )
    access_code = forms.CharField(
        label=_("The code"), max_length=12, required=False, help_text=_("Letters and digits; only for “with the code”.")
    )
    results = forms.ChoiceField(label=_("Results"), choices=process_labels.results_choices, widget=forms.RadioSelect)
    round = forms.IntegerField(
        label=_("Round"),
        min_value=1,
        max_value=99,
        help_text=_("In a new round everybody answers anew, and both results are kept."),
    )

    def clean_access_code(self) -> str:
        return rules.normal_code(self.cleaned_data["access_code"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It must close after it opens."))
        if cleaned.get("access") == "code" and not cleaned.get("access_code"):
            self.add_error("access_code", _("Write the code that people are to use."))
        return cleaned
