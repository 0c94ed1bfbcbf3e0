"""A stored answer as it was found: the document, its parts, and the words for its effects in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samskap.apps.benefits.queries.appraisals import key_of
from samskap.apps.benefits.queries.effects import effects_of
from samskap.formats.appraisal_json import (
    FORMAT,
    FORMAT_VERSION,
    answer_from,
    effects_from,
    options_from,
    parameters_from,
    to_document,
    written,
)
from samskap.formats.errors import FormatError
from samskap.kernel.errors import RuleError

if TYPE_CHECKING:
    from samskap.apps.benefits.models import Appraisal
    from samskap.engines.appraisal import Answer, Effect, Options, Parameters

__all__ = ["Named", "Stored", "document_of", "fields_of", "file_of", "stored"]


@dataclass(frozen=True)
class Named:
    """What an effect, or somebody, is called, and in which language."""

    text: str
    lang: str


@dataclass(frozen=True)
class Stored:
    """An answer with all that it was made of. `titles`, `units` and `people` are words in the reader's language."""

    appraisal: Appraisal
    effects: tuple[Effect, ...]
    options: Options
    parameters: Parameters
    answer: Answer
    titles: Mapping[str, Named]
    units: Mapping[str, Named]
    people: Mapping[str, Named]

    def title(self, key: str) -> str:
        """What an effect is called."""
        return self.titles[key].text if key in self.titles else key

    def effect(self, key: str) -> Effect:
        return next(one for one in self.effects if one.key == key)


def fields_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a document is kept in."""
    answer = document["answer"]
    return {
        "edition": document["options"]["edition"],
        "inputs": {"effects": document["effects"], "parameters": document["parameters"]},
        "options": document["options"],
        "result": {key: document[key] for key in ("answer", "versions", "sha256")},
        "input_hash": document["input_hash"],
        "seed": document["options"]["seed"] or 0,
        "engine_version": answer["engine_version"],
    }


def document_of(appraisal: Appraisal) -> dict[str, Any]:
    """The document of an answer: the file that everybody can compute again."""
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "title": appraisal.name,
        "effects": appraisal.inputs["effects"],
        "options": appraisal.options,
        "parameters": appraisal.inputs["parameters"],
        "answer": appraisal.result["answer"],
        "versions": appraisal.result["versions"],
        "input_hash": appraisal.input_hash,
        "sha256": appraisal.result["sha256"],
    }


def file_of(appraisal: Appraisal) -> bytes:
    """The document as a file, its fields in the order of the format: a database keeps them in its own."""
    found = stored(appraisal)
    kept = document_of(appraisal)
    ordered = to_document(
        found.effects, found.options, found.answer, title=appraisal.name, parameters=found.parameters
    )  # fmt: skip
    versions = {key: kept["versions"][key] for key in ordered["versions"]}
    return written(ordered | {"versions": versions, "input_hash": kept["input_hash"], "sha256": kept["sha256"]})


def stored(appraisal: Appraisal) -> Stored:
    """An answer read from what is kept. RuleError where another version kept it in a form that this one cannot read."""
    document = document_of(appraisal)
    try:
        effects, answer = effects_from(document), answer_from(document)
        options, parameters = options_from(document), parameters_from(document)
    except FormatError as error:
        raise RuleError(
            _("The appraisal “%(name)s” was kept by another version of Samskap and cannot be read.")
            % {"name": appraisal.name},
            code="appraisal_unreadable",
            cure=_("Make it again from the effect list."),
        ) from error
    assert answer is not None
    return Stored(appraisal, effects, options, parameters, answer, **_words(appraisal, effects))


def _words(appraisal: Appraisal, effects: tuple[Effect, ...]) -> dict[str, dict[str, Named]]:
    """What effects and people are called: translated where the list still has the words that the answer was made of."""
    language = appraisal.initiative.language
    rows = {key_of(row): row for row in effects_of(appraisal.initiative)}
    titles: dict[str, Named] = {}
    units: dict[str, Named] = {}
    people: dict[str, Named] = {}
    for one in effects:
        titles[one.key], units[one.key] = Named(one.name, language), Named(one.unit, language)
        people.setdefault(one.who, Named(one.who, language))
        row = rows.get(one.key)
        if row is None:
            continue
        said = row.said
        if row.title == one.title:
            titles[one.key] = Named(said.title, said.lang)
        if row.unit == one.unit:
            units[one.key] = Named(said.unit, said.lang)
        if row.organisation is None and row.who == one.who:
            people[one.who] = Named(said.who, said.lang)
    return {"titles": titles, "units": units, "people": people}
