"""The figures of a page as files that anybody can use: our CSV form and JSON-stat 2.0."""

from __future__ import annotations

from typing import Any

from samskap.apps.figures.models import Edition
from samskap.apps.figures.queries.lines import Lines
from samskap.formats.figures_csv import written_figures
from samskap.sources.jsonstat import Dataset, Dimension, write_jsonstat
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
    places = tuple(dict.fromkeys(one.place for one in fetched.figures))
    periods = tuple(sorted({one.period for one in fetched.figures}))
    names = {line.place: line.label for line in (lines.own, *lines.others)}
    cells = {(one.place, one.period): one for one in fetched.figures}
    ordered = [cells.get((place, period)) for place in places for period in periods]
    key = lines.indicator.key
    dataset = Dataset(
        label=f"{lines.title}, {lines.part}" if lines.part else lines.title,
        source=fetched.publisher,
        updated=fetched.updated_at,
        dimensions=(
            Dimension("metric", "metric", (key,), (lines.title,), (lines.indicator.unit,), role="metric"),
            Dimension("place", "place", places, tuple(names[place] for place in places), role="geo"),
            Dimension("period", "period", periods, periods, role="time"),
        ),
        values=tuple(None if cell is None else cell.value for cell in ordered),
        missing=tuple("not_available" if cell is None else cell.missing for cell in ordered),
    )
    return write_jsonstat(dataset) | {"extension": _extension(fetched, lines)}


def _extension(fetched: Fetched, lines: Lines) -> dict[str, str]:
    return {
        "publisher": fetched.publisher,
        "table": fetched.table,
        "url": fetched.url,
        "licence": fetched.licence,
        "standing": fetched.standing,
        "fetched": fetched.fetched_at.isoformat(),
        "breakdown": lines.breakdown,
    }
