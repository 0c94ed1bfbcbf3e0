"""Prices of the country from SSB: what turns kroner of one year into kroner of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from samskap.sources.pxweb import LICENCE, Selection, ask, describe, edition
from samskap.sources.recipes import Asking, Recipe, trimmed
from samskap.sources.values import NATION, Fetched, Figure

__all__ = ["PRICE_INDEX"]


def _price_index(asking: Asking) -> Iterator[Fetched]:
    metadata = describe(asking.client, "08184", now=asking.now)
    selections = [
        Selection("ContentsCode", (metadata.code("ContentsCode", code="KpiAar", label="konsumprisindeks|kpi"),)),
        Selection("Tid", ("from(2000)",)),
    ]
    dataset, answer = ask(asking.client, metadata, selections, now=asking.now)
    figures = [
        Figure("consumer_price_index", NATION, row.codes["Tid"], row.value, row.missing) for row in dataset.rows()
    ]
    yield from edition(metadata, [answer], figures=trimmed(figures))


PRICE_INDEX: Final = Recipe(
    key="price_index",
    office="ssb",
    table="08184",
    title="Consumer price index, average of each year",
    gives=("consumer_price_index",),
    licence=LICENCE,
    seen="All codes: public scripts that adjust kroner for inflation (2025 and 2026).",
    run=_price_index,
)
