"""Everything that can be fetched, by key, and the fetching of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from types import MappingProxyType
from typing import Final

from samskap.kernel.counties import COUNTY_NAMES
from samskap.kernel.municipality_changes import checked_number
from samskap.sources import fhi, ssb
from samskap.sources.client import Client
from samskap.sources.errors import SourceError
from samskap.sources.recipes import Asking, Recipe
from samskap.sources.ssb_population import DEATH_PROBABILITIES, POPULATION
from samskap.sources.ssb_prices import PRICE_INDEX
from samskap.sources.ssb_projections import PROJECTION, VINTAGES
from samskap.sources.values import NATION, Fetched

__all__ = ["RECIPES", "fetch"]

RECIPES: Final[Mapping[str, Recipe]] = MappingProxyType(
    {
        recipe.key: recipe
        for recipe in (POPULATION, *ssb.TABLES, PROJECTION, VINTAGES, DEATH_PROBABILITIES, PRICE_INDEX, *fhi.TABLES)
    }
)


def fetch(keys: Iterable[str], *, places: Sequence[str], client: Client, now: datetime) -> Iterator[Fetched]:
    """Ask for what the recipes say, one edition a table, each given as soon as it is whole.

    `places` are numbers of municipalities of today, "0000" for the country, counties as "40", and KOSTRA groups as
    "EKG05"; what a table does not have is left out. Keys and places are checked before anything is asked. Raises
    SourceError or, for a number, SamskapError.
    """
    recipes = [_recipe(key) for key in keys]
    asking = Asking(tuple(dict.fromkeys(_place(place) for place in places)), client, now)
    return chain.from_iterable(_editions(recipe, asking) for recipe in recipes)


def _editions(recipe: Recipe, asking: Asking) -> Iterator[Fetched]:
    """What a recipe gives; an answer in a form that nobody foresaw is an error with a sentence too."""
    try:
        yield from recipe.run(asking)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise SourceError(
            f"{recipe.office.upper()} answered for {recipe.table or recipe.key} in a form that Samskap does not know "
            f"({type(error).__name__}: {error}).",
            code="source_changed",
            cure="Update Samskap; if that does not help, tell us which table it is.",
        ) from error


def _recipe(key: str) -> Recipe:
    if key not in RECIPES:
        raise SourceError(
            f"There is no recipe {key!r}.", code="source_unknown", cure=f"Choose among {', '.join(RECIPES)}."
        )
    return RECIPES[key]


def _place(text: str) -> str:
    place = text.strip()
    is_known = place == NATION or place in COUNTY_NAMES or re.fullmatch(r"EKG\d\d", place)
    return place if is_known else checked_number(place)
