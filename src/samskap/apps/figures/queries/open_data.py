"""The figures of a page as files that anybody can use: our CSV form and JSON-stat 2.0."""

from __future__ import annotations

from typing import Any

from samskap.apps.figures.models import Edition
from samskap.apps.figures.queries.lines import Lines
from samskap.formats.figures_csv import written_figures
from samskap.sources.values import Fetched, Figure

__all__ = ["csv_file", "fetched_of", "jsonstat_document"]


def fetched_of(lines: Lines) -> Fetched:
    """The figures of the place and of those beside it that are of the same edition, as they were fetched."""
    edition = lines.own.current.edition
    places = [line for line in (lines.own, *lines.others) if line.current.edition.pk == edition.pk]
    figures = tuple(
        Figure(lines.indicator.key, line.place, point.period, point.value, point.missing, lines.breakdown)
        for line in places
        for point in line.current.points
    )
    return _fetched(edition, figures)


def _fetched(edition: Edition, figures: tuple[Figure, ...]) -> Fetched:
    return Fetched(
        publisher=edition.source.name,
        table=edition.table,
        title=edition.title,
        url=edition.url,
        licence=edition.licence,
        fetched_at=edition.fetched_at,
        updated_at=edition.updated_at,
        figures=figures,
        standing=edition.standing,
    )


def csv_file(lines: Lines) -> bytes:
    """The documented CSV form, which `samskap figures import` reads."""
    return written_figures(fetched_of(lines), units={lines.indicator.key: lines.indicator.unit})


def jsonstat_document(lines: Lines) -> dict[str, Any]:
    """The same as JSON-stat 2.0: places by periods, hidden and missing cells as null with their reason as status."""
    fetched = fetched_of(lines)
    places = list(dict.fromkeys(one.place for one in fetched.figures))
    periods = sorted({one.period for one in fetched.figures})
    cells = {(one.place, one.period): one for one in fetched.figures}
    ordered = [cells.get((place, period)) for place in places for period in periods]
    names = {line.place: line.label for line in (lines.own, *lines.others)}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": f"{lines.title}, {lines.part}" if lines.part else lines.title,
        "source": f"{fetched.publisher} {fetched.table}".strip(),
        "updated": (fetched.updated_at or fetched.fetched_at).isoformat(),
        "id": ["metric", "place", "period"],
        "size": [1, len(places), len(periods)],
        "role": {"metric": ["metric"], "geo": ["place"], "time": ["period"]},
        "dimension": {
            "metric": _metric(lines),
            "place": {"label": "place", "category": {"index": places, "label": {p: names[p] for p in places}}},
            "period": {"label": "period", "category": {"index": periods, "label": {p: p for p in periods}}},
        },
        "value": [None if cell is None else cell.value for cell in ordered],
        "status": {
            str(at): "not_available" if cell is None else cell.missing
            for at, cell in enumerate(ordered)
            if cell is None or cell.missing
        },
        "extension": {
            "indicator": lines.indicator.key,
            "breakdown": lines.breakdown,
            "publisher": fetched.publisher,
            "table": fetched.table,
            "standing": fetched.standing,
            "licence": fetched.licence,
            "fetched": fetched.fetched_at.isoformat(),
        },
    }


def _metric(lines: Lines) -> dict[str, Any]:
    key, unit = lines.indicator.key, lines.indicator.unit
    category = {
        "index": [key],
        "label": {key: lines.title},
        "unit": {key: {"base": unit, "decimals": lines.indicator.decimals}},
    }
    return {"label": "metric", "category": category}
