"""Forms for texts in three languages beside each other: one is the original, the others may be empty."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.web.localised import LANGUAGES, LocalisedModel

__all__ = ["Column", "LocalisedForm"]


@dataclass(frozen=True)
class Column:
    """The fields of one language, for the template."""

    code: str
    name: str
    fields: list[forms.BoundField]


class LocalisedForm(forms.Form):
    """`said_fields` of a subclass are asked in every language, as `title_nb`, `title_nn`, `title_en`.

    What a field demands is demanded in the original language only. `cleaned_said()` gives what a model stores:
    `language`, the fields in the original, and `translations`.
    """

    said_fields: tuple[str, ...] = ()

    language = forms.ChoiceField(
        label=_("Original language"), choices=LANGUAGES, help_text=_("The other languages may be empty.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        originals = {name: self.fields.pop(name) for name in self.said_fields}
        self._demanded = [name for name, field in originals.items() if field.required]
        for code, _name in LANGUAGES:
            for name, field in originals.items():
                asked = copy.deepcopy(field)
                asked.required = False
                asked.widget.attrs["lang"] = code
                self.fields[f"{name}_{code}"] = asked

    @classmethod
    def said_initial(cls, thing: LocalisedModel) -> dict[str, Any]:
        """What stands in the fields for a thing that is there."""
        initial: dict[str, Any] = {"language": thing.language}
        for code, _name in LANGUAGES:
            texts = thing.translations.get(code, {})
            for name in cls.said_fields:
                own = code == thing.language
                initial[f"{name}_{code}"] = getattr(thing, name) if own else texts.get(name, "")
        return initial

    @property
    def columns(self) -> list[Column]:
        return [
            Column(code, str(name), [self[f"{field}_{code}"] for field in self.said_fields]) for code, name in LANGUAGES
        ]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that have no language of their own; `columns.html` shows the choice of the original."""
        said = {f"{name}_{code}" for code, _name in LANGUAGES for name in self.said_fields} | {"language"}
        return [self[name] for name in self.fields if name not in said]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        code = cleaned.get("language")
        for name in self._demanded:
            if code and not cleaned.get(f"{name}_{code}") and f"{name}_{code}" not in self.errors:
                self.add_error(f"{name}_{code}", gettext("Write this in the original language."))
        return cleaned

    def cleaned_said(self) -> dict[str, Any]:
        """The texts as a model stores them."""
        code = self.cleaned_data["language"]
        said = {name: self.cleaned_data[f"{name}_{code}"] for name in self.said_fields}
        return {"language": code, **said, "translations": self._translations(code)}

    def _translations(self, original: str) -> dict[str, dict[str, str]]:
        found = {}
        for code, _name in LANGUAGES:
            texts = {name: self.cleaned_data[f"{name}_{code}"] for name in self.said_fields}
            if code != original and any(texts.values()):
                found[code] = {name: text for name, text in texts.items() if text}
        return found
