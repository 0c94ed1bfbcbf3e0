"""What people type about challenges."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.apps.challenges.models import Challenge
from samskap.web.localised import LANGUAGES
from samskap.web.localised_forms import LocalisedForm

__all__ = ["ChallengeForm", "FigureForm"]

_MOST_QUESTIONS = 12
_LONGEST_QUESTION = 300


class ChallengeForm(LocalisedForm):
    """A challenge in three languages, with its questions one on each line."""

    said_fields = ("title", "text", "known", "questions")

    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 5}), help_text=_("Markdown can be used.")
    )
    known = forms.CharField(
        label=_("What we know"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=_("Figures with their source and date."),
    )
    questions = forms.CharField(
        label=_("Questions to discuss"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("One on each line, in the same order in every language."),
    )

    @classmethod
    def of(cls, challenge: Challenge) -> ChallengeForm:
        questions = list(challenge.questions.all())
        initial = {
            name: value for name, value in _texts(challenge).items() if not name.startswith("questions")
        } | {
            f"questions_{code}": "\n".join(_in_language(one, code) for one in questions).rstrip()
            for code, _name in LANGUAGES
        }  # fmt: skip
        return cls(initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for code, _name in LANGUAGES:
            lines = _lines(cleaned.get(f"questions_{code}", ""))
            if len(lines) > _MOST_QUESTIONS:
                self.add_error(
                    f"questions_{code}",
                    _("At most %(number)s questions: more are not discussed.") % {"number": _MOST_QUESTIONS},
                )
            if any(len(line) > _LONGEST_QUESTION for line in lines):
                self.add_error(
                    f"questions_{code}", _("A question has at most %(number)s signs.") % {"number": _LONGEST_QUESTION}
                )
        return cleaned

    def cleaned_texts(self) -> dict[str, Any]:
        """The fields of the challenge itself."""
        said = self.cleaned_said()
        said.pop("questions")
        translations = {
            code: {name: text for name, text in texts.items() if name != "questions"}
            for code, texts in said["translations"].items()
        }
        return said | {"translations": {code: texts for code, texts in translations.items() if texts}}

    def cleaned_questions(self) -> list[dict[str, Any]]:
        """The questions in the original language, each with the line of the same number in the others."""
        original = self.cleaned_data["language"]
        others = {code: _lines(self.cleaned_data[f"questions_{code}"]) for code, _name in LANGUAGES if code != original}
        return [
            {
                "language": original,
                "text": text,
                "translations": {code: {"text": lines[at]} for code, lines in others.items() if at < len(lines)},
            }
            for at, text in enumerate(_lines(self.cleaned_data[f"questions_{original}"]))
        ]


class FigureForm(forms.Form):
    """A chart for a challenge, out of those that there are figures for and those of saved scenarios."""

    figure = forms.ChoiceField(
        label=_("Chart"), help_text=_("Everybody sees the chart as soon as the challenge is published.")
    )

    def __init__(self, *args: Any, choices: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["figure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def cleaned(self) -> dict[str, Any]:
        """`kind`; of an indicator its key and the part of the people, of a scenario its id and the chart."""
        kind, _colon, rest = self.cleaned_data["figure"].partition(":")
        key, _colon, part = rest.partition(":")
        shown = {"scenario": int(key)} if kind == "outlook" else {"indicator": key}
        return {"kind": kind, "part": part, **shown}


def _texts(challenge: Challenge) -> dict[str, Any]:
    texts: dict[str, Any] = {"language": challenge.language}
    for code, _name in LANGUAGES:
        for name in ("title", "text", "known"):
            own = getattr(challenge, name)
            texts[f"{name}_{code}"] = (
                own if code == challenge.language else challenge.translations.get(code, {}).get(name, "")
            )
    return texts


def _in_language(question: Any, code: str) -> str:
    return str(question.text if question.language == code else question.translations.get(code, {}).get("text", ""))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
