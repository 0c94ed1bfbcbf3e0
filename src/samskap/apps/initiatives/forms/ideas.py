"""What people type about ideas."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.initiatives import labels
from samskap.apps.initiatives.labels.ideas import idea_problem_sentence
from samskap.apps.initiatives.models import Idea, IdeaRound
from samskap.apps.initiatives.rules import ideas as rules
from samskap.kernel.text import one_line, several_lines
from samskap.web.localised_forms import LocalisedForm

__all__ = [
    "IdeaCodeForm",
    "IdeaForm",
    "IdeaRoundForm",
    "MergeIdeaForm",
    "PaperIdeaForm",
    "RejectIdeaForm",
]

_FIELD_OF_PROBLEM = {"no_title": "title", "title_too_long": "title", "text_too_long": "text"}


class IdeaForm(forms.Form):
    """An idea in one's own words: a short name, and more about it. `form_key` makes the same form one idea."""

    title = forms.CharField(
        label=_("Your idea in a few words"),
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 2 * rules.TITLE_LIMIT}),
        help_text=_("At most 120 characters. For example: A walk together every Tuesday."),
    )
    text = forms.CharField(
        label=_("More about it"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Who is it for, and who could do it together? You can leave this empty. At most 1,000 characters."),
    )
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, idea: Idea | None = None, **initial: Any) -> Any:
        """An empty form with a key of its own, or one with the words of an idea."""
        words = {"title": idea.title, "text": idea.text} if idea else {"form_key": uuid.uuid4()}
        return cls(initial=words | initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        title, text = one_line(cleaned.get("title") or ""), several_lines(cleaned.get("text") or "")
        problem = rules.idea_problem(title, text)
        if problem:
            field = _FIELD_OF_PROBLEM[problem]
            self.errors.pop(field, None)
            self.add_error(field, idea_problem_sentence(problem, title=title, text=text))
        return cleaned | {"title": title, "text": text}

    @property
    def words(self) -> dict[str, str]:
        """The cleaned words of the idea."""
        return {"title": self.cleaned_data["title"], "text": self.cleaned_data["text"]}


class PaperIdeaForm(IdeaForm):
    """An idea that somebody wrote on paper or said at the desk."""

    channel = forms.ChoiceField(
        label=_("Where it comes from"),
        choices=[("paper", _("Written on paper")), ("desk", _("Said at the desk"))],
        widget=forms.RadioSelect,
        initial="paper",
    )


class IdeaRoundForm(LocalisedForm):
    """The question that an idea round asks, in three languages, and how it is moderated."""

    said_fields = ("title", "intro")

    title = forms.CharField(label=_("The question"), max_length=160)
    intro = forms.CharField(
        label=_("Introduction"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What happens with the ideas, and when. Two or three sentences."),
    )
    moderation = forms.ChoiceField(
        label=_("Moderation"), choices=labels.moderation_choices, widget=forms.RadioSelect, initial="strict"
    )

    @classmethod
    def of(cls, idea_round: IdeaRound) -> IdeaRoundForm:
        return cls(initial=cls.said_initial(idea_round) | {"moderation": idea_round.moderation})

    def cleaned_round(self) -> dict[str, Any]:
        return self.cleaned_said() | {"moderation": self.cleaned_data["moderation"]}


class RejectIdeaForm(forms.Form):
    """Why an idea is not taken in."""

    reason = forms.CharField(
        label=_("Reason, for the author to read"), max_length=300, widget=forms.TextInput(attrs={"list": "reasons"})
    )


class MergeIdeaForm(forms.Form):
    """Which idea stands for this one too."""

    into = forms.ChoiceField(label=_("Merge into"))

    def __init__(self, *args: Any, ideas: list[Idea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ideas = {str(one.pk): one for one in ideas}
        choices = [(str(one.pk), f"{one.number}. {one.title}") for one in ideas]
        self.fields["into"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def clean_into(self) -> Idea:
        return self._ideas[self.cleaned_data["into"]]


class IdeaCodeForm(forms.Form):
    """The code that lets one in."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
