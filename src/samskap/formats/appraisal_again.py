"""A stored appraisal computed again: by its own edition, or by another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from samskap.engines.appraisal import ENGINE_VERSION, Answer, Effect, Options, Parameters, answer, parameters_of
from samskap.formats import frozen
from samskap.formats.appraisal_json import (
    answer_from,
    effects_from,
    is_untouched,
    options_from,
    parameters_from,
    rounded,
    to_document,
)

__all__ = ["Again", "Difference", "again"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two answers differ, such as `answer.appraisal.totals.costs`, as stored and as found; None is not there."""

    at: str
    stored: float | str | None
    found: float | str | None


@dataclass(frozen=True, slots=True)
class Again:
    """`stored` is what the document says, `found` what the same effects give by `parameters`.

    `other_engine` is the version that found the stored answer, where it is not this one; that alone is no difference. A
    document without an answer has nothing to differ from.
    """

    title: str
    effects: tuple[Effect, ...]
    options: Options
    parameters: Parameters
    stored: Answer | None
    found: Answer
    differences: tuple[Difference, ...]
    is_untouched: bool
    other_engine: str | None

    @property
    def is_same(self) -> bool:
        return not self.differences

    def document(self) -> dict[str, Any]:
        """What was found, as a document of its own."""
        return to_document(self.effects, self.options, self.found, title=self.title, parameters=self.parameters)


def again(document: Mapping[str, Any], *, edition: str | None = None) -> Again:
    """Compute a document again by its own edition as it stands in it, or by the named edition of today.

    FormatError where the document cannot be read, AppraisalError where there is no such edition or the effects cannot
    be appraised.
    """
    effects, options = effects_from(document), options_from(document)
    parameters = parameters_from(document) if edition is None else parameters_of(edition)
    options = replace(options, edition=parameters.key)
    found = answer(effects, options, editions={parameters.key: parameters})
    stored = answer_from(document)
    return Again(
        title=str(document.get("title", "")),
        effects=effects,
        options=options,
        parameters=parameters,
        stored=stored,
        found=found,
        differences=() if stored is None else _differing(stored, found),
        is_untouched=is_untouched(document),
        other_engine=None if stored is None or stored.engine_version == ENGINE_VERSION else stored.engine_version,
    )


def _differing(stored: Answer, found: Answer) -> tuple[Difference, ...]:
    """What differs in what they say, whichever engine said it."""
    one, other = (rounded(frozen.plain(each)) for each in (replace(stored, engine_version=ENGINE_VERSION), found))
    return tuple(_differences(one, other, "answer"))


def _differences(one: Any, other: Any, at: str) -> Iterator[Difference]:
    """Each place where plain values differ, with what stands there."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            yield from _differences(one.get(key), other.get(key), f"{at}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, pair in enumerate(zip(one, other, strict=True)):
            yield from _differences(*pair, f"{at}[{place}]")
    elif one != other:
        yield Difference(at, _told(one), _told(other))


def _told(value: Any) -> float | str | None:
    return value if value is None or isinstance(value, float | int | str) else f"{len(value)}"
