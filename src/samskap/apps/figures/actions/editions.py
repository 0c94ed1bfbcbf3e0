"""Editions of tables: stored whole or not at all, superseded by newer ones, deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samskap.apps.figures import labels, permissions, queries, rules
from samskap.apps.figures.models import Edition, Indicator, Observation, Population, Series, Source
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.sources.values import AgeProfile, Fetched, Figure
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.formats.figures_csv import Problem

__all__ = ["Stored", "delete_edition", "store_edition"]

_BATCH = 5_000


@dataclass(frozen=True)
class Stored:
    """What became of what a table gave: `is_new` is false where the same figures were here already."""

    edition: Edition
    figures: int
    profiles: int
    is_new: bool


@transaction.atomic
def store_edition(fetched: Fetched, *, by: Acting, municipality: Municipality | None = None) -> Stored:
    """Keep what a table gave, all of it or nothing. It stands before every older edition of the same figures.

    With `municipality` it is shown on the pages of that municipality only. The same figures again are no new edition:
    the one that is here is then of the new date. `RuleError` with every problem where anything is wrong.
    """
    require(_may_store(by, municipality))
    found = rules.problems_of(
        fetched,
        measures=queries.measures(municipality),
        own_place=municipality.number if municipality else "",
    )
    _refuse(found, fetched)
    fingerprint = rules.content_hash(fetched)
    same = Edition.objects.filter(
        municipality=municipality, table=fetched.table, content_hash=fingerprint, standing=fetched.standing
    ).first()
    if same is not None:
        return _fetched_again(same, fetched)
    edition = _new_edition(fetched, fingerprint=fingerprint, municipality=municipality)
    _store_figures(edition, (*fetched.figures, *rules.totals(fetched)))
    _store_profiles(edition, fetched.profiles)
    data = {"figures": len(fetched.figures), "profiles": len(fetched.profiles), "hash": fingerprint}
    trail.record("figures.edition_stored", edition, by=by, data=data)
    return Stored(edition, len(fetched.figures), len(fetched.profiles), is_new=True)


def _may_store(by: Acting, municipality: Municipality | None) -> bool:
    if isinstance(by, SystemActor):
        return True
    return municipality is not None and permissions.can_import_figures(by, municipality)


def _refuse(problems: Iterable[Problem], fetched: Fetched) -> None:
    wrong = list(problems)
    if wrong:
        raise RuleError(
            _("Nothing is stored of %(publisher)s table %(table)s: %(problems)s")
            % {"publisher": fetched.publisher, "table": fetched.table, "problems": labels.sentences(wrong)},
            code="figures_wrong",
            cure=_("Put this right in the file, or fetch the table again."),
        )


def _fetched_again(edition: Edition, fetched: Fetched) -> Stored:
    edition = lock(edition)
    edition.fetched_at = max(edition.fetched_at, fetched.fetched_at)
    edition.updated_at = fetched.updated_at or edition.updated_at
    edition.save(update_fields=["fetched_at", "updated_at"])
    return Stored(edition, len(fetched.figures), len(fetched.profiles), is_new=False)


def _new_edition(fetched: Fetched, *, fingerprint: str, municipality: Municipality | None) -> Edition:
    name = fetched.publisher.strip() or _("Not said")
    source, _created = Source.objects.get_or_create(
        key=slugify(name)[:40] or "unknown", defaults={"name": name[:120], "licence": fetched.licence[:120]}
    )
    return Edition.objects.create(
        source=source,
        municipality=municipality,
        table=fetched.table[:60],
        title=fetched.title[:300],
        url=fetched.url[:500],
        licence=fetched.licence[:120],
        standing=fetched.standing,
        fetched_at=fetched.fetched_at,
        updated_at=fetched.updated_at,
        content_hash=fingerprint,
        created_at=clock.now(),
    )


def _store_figures(edition: Edition, figures: Iterable[Figure]) -> None:
    """Series for each indicator, place and part of the people, and their observations."""
    by_series: dict[tuple[str, str, str], list[Figure]] = {}
    for one in figures:
        by_series.setdefault((one.indicator, one.place, one.breakdown), []).append(one)
    indicators = _indicators({indicator for indicator, _place, _breakdown in by_series})
    made = Series.objects.bulk_create(
        [
            Series(indicator=indicators[indicator], edition=edition, place=place, breakdown=breakdown)
            for indicator, place, breakdown in by_series
        ],
        batch_size=_BATCH,
    )
    Observation.objects.bulk_create(
        [
            Observation(series=series, period=one.period, value=one.value, missing=one.missing)
            for series, rows in zip(made, by_series.values(), strict=True)
            for one in rows
        ],
        batch_size=_BATCH,
    )


def _indicators(keys: set[str]) -> dict[str, Indicator]:
    """The rows of these indicators; those of the catalogue are made when their first figures come."""
    there = {one.key: one for one in Indicator.objects.filter(key__in=keys)}
    for key in sorted(keys - set(there)):
        known = rules.CATALOGUE[key]
        there[key] = Indicator.objects.create(
            key=key,
            title=key,
            language="en",
            topic=known.topic,
            concept=known.concept,
            unit=known.unit,
            decimals=known.decimals,
            order=known.order,
        )
    return there


def _store_profiles(edition: Edition, profiles: Iterable[AgeProfile]) -> None:
    Population.objects.bulk_create(
        [Population(edition=edition, place=p.place, year=p.year, persons=rules.packed(p)) for p in profiles],
        batch_size=1_000,
    )


@transaction.atomic
def delete_edition(edition: Edition, *, by: Acting) -> None:
    """Delete an edition with all its figures; an older edition of the same figures is shown again.

    It cannot be undone here: the file is imported, or the table fetched, once more.
    """
    edition = lock(edition)
    require(isinstance(by, SystemActor) or permissions.can_delete_edition(by, edition))
    trail.record("figures.edition_deleted", edition, by=by, data={"hash": edition.content_hash})
    edition.delete()
