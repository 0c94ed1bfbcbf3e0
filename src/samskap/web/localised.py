"""Texts of the house in more than one language: the original, and translations beside it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language, gettext_lazy

__all__ = ["LANGUAGES", "LocalisedModel", "Said"]

LANGUAGES = (("nb", gettext_lazy("Bokmål")), ("nn", gettext_lazy("Nynorsk")), ("en", gettext_lazy("English")))


class Said:
    """The texts of one object in the reader's language: `said.title` falls back to the original."""

    def __init__(self, owner: LocalisedModel, language: str) -> None:
        self._owner = owner
        self._language = language

    def __getattr__(self, field: str) -> str:
        original = getattr(self._owner, field)
        if self._language == self._owner.language:
            return str(original)
        return str(self._owner.translations.get(self._language, {}).get(field) or original)

    @property
    def lang(self) -> str:
        """The language these texts are in, for the `lang` attribute."""
        return self._language if self._language in self._owner.translations else self._owner.language


class LocalisedModel(models.Model):
    """An object whose texts are written in `language` and may be translated: `{"en": {"title": "…"}}`."""

    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def said(self) -> Said:
        return self.said_in(get_language() or "nb")

    def said_in(self, language: str) -> Said:
        return Said(self, language[:2])

    def translated(self, language: str, texts: dict[str, Any]) -> None:
        """Put the texts of one language beside the original; the caller saves."""
        self.translations = {**self.translations, language: texts}
