"""What the figures at hand give an outlook of a place: plain values, and what is missing in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samskap.apps.figures import queries as figures
from samskap.apps.figures.labels import place_name
from samskap.apps.outlook.queries.told import TOTAL, Past
from samskap.kernel.municipalities import MUNICIPALITY_NAMES
from samskap.sources.values import NATION, AgeProfile

__all__ = ["FEWEST_YEARS", "REPORTED", "Ground", "ground_of", "past_of"]

# Years of people in a row that an estimate of births and moves needs.
FEWEST_YEARS = 3
# The groups that people read about, first and last age; 105 holds everybody older.
REPORTED = {"0-5": (0, 5), "6-15": (6, 15), "16-66": (16, 66), "67-79": (67, 79), "80-89": (80, 89), "90+": (90, 105),
            "80+": (80, 105), TOTAL: (0, 105)}  # fmt: skip

People = Mapping[str, tuple[AgeProfile, ...]]


@dataclass(frozen=True)
class Ground:
    """`people` by place for `years` in a row: all municipalities where all are known, else the place and the country.

    `lacking` says in sentences why there can be no outlook.
    """

    place: str
    people: People
    years: tuple[int, ...]
    accounts: figures.PlaceAccounts | None
    projections: tuple[figures.Projected, ...]
    standing: str
    sources: tuple[str, ...]
    lacking: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Every municipality of the country is there."""
        return len(self.people) > len(MUNICIPALITY_NAMES)


def ground_of(place: str) -> Ground:
    """What there is for this place. A handful of queries, over all places where their people are stored."""
    known = figures.populations(None, page_of=place)
    wanted = {NATION, *MUNICIPALITY_NAMES} if set(MUNICIPALITY_NAMES) <= set(known) else {NATION, place}
    people: People = {one: known[one] for one in sorted(wanted) if one in known}
    years = _years_in_a_row(people) if set(people) == wanted else ()
    if len(people) > 2 and len(years) < FEWEST_YEARS:
        people = {one: known[one] for one in sorted({NATION, place}) if one in known}
        years = _years_in_a_row(people)
    accounts = figures.accounts_of(place)
    projections = figures.projections_of(place, page_of=place)
    cited = _cited(place, accounts)
    return Ground(
        place=place,
        people=people,
        years=years,
        accounts=accounts,
        projections=projections,
        standing=_standing(cited),
        sources=tuple(one.text for one in figures.joined([*cited, *(one.cited for one in projections[-1:])])),
        lacking=_lacking(place, people, years),
    )


def _years_in_a_row(people: People) -> tuple[int, ...]:
    """The longest run of years, up to the newest, that all places have."""
    if not people:
        return ()
    common = set.intersection(*({profile.year for profile in profiles} for profiles in people.values()))
    newest = max(common, default=0)
    first = newest
    while first - 1 in common:
        first -= 1
    return tuple(range(first, newest + 1)) if common else ()


def _lacking(place: str, people: People, years: tuple[int, ...]) -> tuple[str, ...]:
    told = [
        _("There are no figures of the people of %(place)s by sex and age.") % {"place": place_name(one)}
        for one in (place, NATION)
        if one not in people
    ]
    if not told and len(years) < FEWEST_YEARS:
        told.append(
            _("The people by sex and age are known for %(number)s years in a row; an outlook needs %(fewest)s.")
            % {"number": len(years), "fewest": FEWEST_YEARS}
        )
    return tuple(told)


def _cited(place: str, accounts: figures.PlaceAccounts | None) -> list[figures.Cited]:
    people = [figures.people_of(one) for one in (place, NATION)]
    return [one.cited for one in people if one] + list(accounts.cited if accounts else ())


def _standing(cited: list[figures.Cited]) -> str:
    """The weakest standing of what is used: one invented figure makes the whole illustrative."""
    standings = {one.standing for one in cited}
    return next((one for one in ("illustrative", "ours") if one in standings), "official")


def past_of(profiles: tuple[AgeProfile, ...]) -> Past:
    """What was, by group of ages."""
    groups: dict[str, Any] = {
        key: tuple(float(sum(p.women[first : last + 1]) + sum(p.men[first : last + 1])) for p in profiles)
        for key, (first, last) in REPORTED.items()
    }
    return Past(tuple(p.year for p in profiles), groups)
