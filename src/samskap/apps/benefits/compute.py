"""From the effect list to an answer: rows, engine, document. Nothing else here calls the appraisal engine."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samskap.apps.benefits.actions.appraisals import store_appraisal
from samskap.apps.benefits.labels.appraisals import refusal_words
from samskap.apps.benefits.labels.effects import SHARES
from samskap.apps.benefits.queries import answer_facts
from samskap.apps.benefits.queries.answers import document_of, fields_of
from samskap.apps.benefits.queries.appraisals import key_of
from samskap.apps.benefits.queries.effects import effects_of, quantities_of
from samskap.apps.benefits.rules.appraisals import HIGHEST_SEED
from samskap.engines import appraisal as engine
from samskap.formats.appraisal_again import Again, again
from samskap.formats.appraisal_json import to_document
from samskap.formats.errors import FormatError
from samskap.formats.frozen import plain
from samskap.kernel.errors import RuleError

if TYPE_CHECKING:
    from decimal import Decimal

    from samskap.apps.benefits.models import Appraisal, Effect
    from samskap.apps.benefits.queries.appraisals import Asked, Ground
    from samskap.apps.initiatives.models import Initiative
    from samskap.kernel.acting import Acting

__all__ = [
    "Recomputed",
    "appraise",
    "edition_choices",
    "edition_facts",
    "engine_effects",
    "is_outdated",
    "latest_edition",
    "recomputed",
    "store_again",
]

COUNTRY = "NO"


@dataclass(frozen=True)
class Recomputed:
    """An old answer computed again: by its own edition as it was stored, and by today's of its country."""

    own: Again
    today: Again


def latest_edition(country: str = COUNTRY) -> str:
    """The edition that an appraisal is made by where nothing else is chosen."""
    return engine.LATEST[country]


def edition_choices() -> list[tuple[str, str]]:
    """The editions that can be chosen, by key."""
    return [(key, one.title) for key, one in engine.EDITIONS.items()]


def edition_facts() -> list[list[tuple[str, str, str]]]:
    """The editions that this version knows, each with its rates, source, and whether it was checked."""
    return [answer_facts.edition_facts(one) for one in engine.EDITIONS.values()]


def appraise(initiative: Initiative, ground: Ground, asked: Asked, *, by: Acting) -> Appraisal:
    """Appraise the effect list and keep the answer. RuleError, in the reader's language, where it cannot be."""
    effects = engine_effects(ground.effects)
    options = _options(asked, ground)
    try:
        found = engine.answer(effects, options)
    except engine.AppraisalError as error:
        raise RuleError(refusal_words(error.code, detail=str(error), gaps=error.gaps), code=error.code) from error
    document = to_document(effects, options, found, title=asked.name)
    return store_appraisal(initiative, by=by, name=asked.name, **fields_of(document))


def is_outdated(appraisal: Appraisal) -> bool:
    """Whether the effect list says something else now than when the answer was made."""
    now = [plain(effect) for effect in engine_effects(effects_of(appraisal.initiative))]
    return bool(now != appraisal.inputs["effects"])


def recomputed(appraisal: Appraisal) -> Recomputed:
    """The stored answer computed again in both ways. RuleError where it cannot be read or computed any more."""
    document = document_of(appraisal)
    try:
        own = again(document)
        return Recomputed(own, again(document, edition=engine.LATEST[own.parameters.country]))
    except (engine.AppraisalError, FormatError) as error:
        raise RuleError(refusal_words(error.code, detail=str(error), gaps=error.gaps), code=error.code) from error


def store_again(appraisal: Appraisal, *, name: str, by: Acting) -> Appraisal:
    """Keep what today's edition says of the same list as an answer of its own."""
    found = recomputed(appraisal).today
    document = found.document() | {"title": name}
    return store_appraisal(appraisal.initiative, by=by, name=name, **fields_of(document))


def engine_effects(rows: Sequence[Effect]) -> tuple[engine.Effect, ...]:
    """The lines of the list as the engine takes them; a line without quantities is left out."""
    return tuple(_effect(row) for row in rows if row.years.all())


def _effect(row: Effect) -> engine.Effect:
    quantities = quantities_of(row)
    first, last = min(quantities), max(quantities)
    return engine.Effect(
        key=key_of(row),
        title=row.title,
        kind=row.kind,  # type: ignore[arg-type]  # checked by the database
        who=row.organisation.name if row.organisation else row.who,
        sector=row.sector,  # type: ignore[arg-type]  # checked by the form and the actions
        unit=row.unit,
        first_year=first,
        quantity=tuple(float(quantities.get(year, 0)) for year in range(first, last + 1)),
        price=_float(row.price_nok),
        price_year=row.price_year,
        price_source=row.price_source,
        is_harm=row.is_harm,
        certainty=row.certainty,  # type: ignore[arg-type]
        growth=float(row.growth),
        public_share=float(row.public_share),
        in_kind=row.in_kind,
        scale=row.scale,
        shares=_shares(row),
        spread=_spread(row),
    )


def _shares(row: Effect) -> engine.Shares | None:
    told = {key: _float(getattr(row, key)) for key in SHARES}
    if all(value is None for value in told.values()):
        return None
    return engine.Shares(**told, source=row.shares_source)


def _spread(row: Effect) -> engine.Spread | None:
    if not row.spread:
        return None
    return engine.Spread(
        distribution=row.spread,  # type: ignore[arg-type]
        sd=_float(row.spread_sd),
        low=_float(row.low),
        mode=_float(row.mode),
        high=_float(row.high),
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _options(asked: Asked, ground: Ground) -> engine.Options:
    """The options as the engine takes them; without a seed one is drawn where something is uncertain."""
    index = None
    if asked.price_index is not None:
        values, source = asked.price_index
        index = engine.PriceIndex.of(values, source=source)
    seed = asked.seed
    if seed is None and ground.uncertain:
        seed = secrets.randbelow(HIGHEST_SEED)
    same: dict[str, Any] = {
        name: getattr(asked, name)
        for name in (
            "comparison_year", "edition", "anchor_year", "horizon_years", "lifetime_years", "price_year",
            "growth_fades", "count_freed_time", "nnb_denominator", "timing",
        )
    }  # fmt: skip
    correlations = tuple(engine.Correlation(one, other, value) for one, other, value in asked.correlations)
    return engine.Options(**same, price_index=index, correlations=correlations, seed=seed)
