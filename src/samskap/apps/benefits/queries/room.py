"""What benefits change of the outlook's room for manoeuvre: as the outlook's page, and the portfolio, tell it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.actors.queries import find_municipality
from samskap.apps.benefits.labels.room import ROOM_OUTLOOKS, ROOM_STEPS, money_words, room_sentences, twice_sentences
from samskap.apps.benefits.queries.portfolio import lines_in, twice_in
from samskap.apps.benefits.rules.portfolio import year_end
from samskap.apps.benefits.rules.room import HOURS_A_POST, RoomEffect, posts_of, room_effect
from samskap.apps.figures.queries import accounts_of
from samskap.apps.initiatives.queries import today
from samskap.apps.outlook.labels import millions, posts, times
from samskap.web.parts import Card, Part, Table

if TYPE_CHECKING:
    from datetime import date

    from samskap.apps.actors.models import Municipality
    from samskap.apps.outlook.queries import Told
    from samskap.engines.outlook import Band, Outlook

__all__ = ["YEARS_AHEAD", "RoomRead", "Step", "outlook_parts", "room_read"]

YEARS_AHEAD = 10  # the year that the room for manoeuvre is told for


@dataclass(frozen=True)
class Step:
    """What is counted, one more each time: kroner saved and posts freed a year, and the outlook that holds them.

    `key` is realised, sure or hoped. Both are rounded as the outlook takes them: to 1,000 kroner and a tenth of a post.
    """

    key: str
    words: str
    saved_nok: int
    freed_posts: Decimal
    phase_in_years: int

    @property
    def query(self) -> str:
        """What follows the address of an outlook with this in it; "" where nothing is changed."""
        levers = {"saved": self.saved_nok // 1000, "freed": self.freed_posts}
        pulled = {key: f"{value}" for key, value in levers.items() if value}
        return urlencode({**pulled, "phase_in_years": str(self.phase_in_years)}) if pulled else ""


@dataclass(frozen=True)
class RoomRead:
    """What the benefits of a municipality change, against the accounts of a year (None: of no year), until `by`."""

    effect: RoomEffect
    accounts: int | None
    by: date
    hours_a_post: int
    steps: tuple[Step, ...]
    twice: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """No benefit in kroner or hours, none that waits for its baseline."""
        return not self.effect.counted and not self.effect.waiting

    @property
    def sentences(self) -> tuple[str, ...]:
        told = room_sentences(self.effect, accounts=self.accounts, hours_a_post=self.hours_a_post)
        return (*told, *twice_sentences(self.twice))


def room_read(
    municipality: Municipality, *, accounts: int | None = None, from_year: int | None = None, hours: int | None = None
) -> RoomRead:
    """What published benefits change: measured until today, hoped for until ten years after `from_year`.

    `accounts` is the year of the accounts that the outlook starts from, and `from_year` its first year; without them
    the newest accounts, and this year. `hours` replaces the hours that make a post.
    """
    now = today()
    if accounts is None and (known := accounts_of(municipality.number)) is not None:
        accounts = known.year
    start = from_year or now.year
    by, a_post = year_end(start + YEARS_AHEAD), hours or HOURS_A_POST.value
    lines = lines_in(municipality, now=now)
    closed = year_end(accounts) if accounts is not None else None
    effect = room_effect([line.promise for line in lines], today=now, by=by, accounts=closed)
    twice = tuple(tuple(line.read.title for line in group) for group in twice_in(lines))
    return RoomRead(effect, accounts, by, a_post, _steps(effect, start=start, hours_a_post=a_post), twice)


def _steps(effect: RoomEffect, *, start: int, hours_a_post: int) -> tuple[Step, ...]:
    """Realised; with what is sure to come; with what is hoped for too: each where it differs from the one before."""
    years = 1 if effect.last_due is None else min(max(effect.last_due.year - start, 1), 25)
    saved, freed = effect.saved, effect.freed
    found = [
        ("realised", saved.new, freed.new, 1),
        ("sure", saved.with_sure, freed.with_sure, years),
        ("hoped", saved.whole, freed.whole, years),
    ]
    steps: list[Step] = []
    for key, kroner, hours, pace in found:
        thousands = int((kroner / 1000).to_integral_value(ROUND_HALF_UP))
        tenths = posts_of(hours, hours_a_post=hours_a_post).quantize(Decimal("0.1"), ROUND_HALF_UP)
        step = Step(key, str(ROOM_STEPS[key]), thousands * 1000, tenths, pace)
        before = steps[-1] if steps else None
        if before is None or (step.saved_nok, step.freed_posts) != (before.saved_nok, before.freed_posts):
            steps.append(step)
    return tuple(steps)


def outlook_parts(told: Told, viewer: Any) -> list[Part]:
    """What benefits change, with and without, for the page of an outlook; nothing where there are none."""
    municipality = find_municipality(told.outlook.place)
    if municipality is None:
        return []
    plain = told.base or told.outlook
    accounts = plain.money.price_year if plain.money else None
    room = room_read(municipality, accounts=accounts, from_year=plain.years[0])
    if room.is_empty:
        return []
    return [
        Part(
            title=_("What benefits change"),
            sentences=room.sentences,
            table=_table(plain, room),
            cards=tuple(_card(step, municipality) for step in room.steps if step.query),
            action_url=reverse("benefits:portfolio", args=[municipality.number]),
            action_label=_("See the benefits"),
        )
    ]


def _card(step: Step, municipality: Municipality) -> Card:
    return Card(
        title=str(ROOM_OUTLOOKS[step.key]),
        url=f"{reverse('outlook:outlook', args=[municipality.number])}?{step.query}",
        text=_("All charts and tables, ready to be saved as a scenario."),
    )


def _table(plain: Outlook, room: RoomRead) -> Table:
    """Room for manoeuvre and posts in ten years, without and with.

    What is saved and freed is the same in every draw, so the middle and the ends of the band move as much: a run of the
    outlook with the levers of a step says the same.
    """
    at = min(YEARS_AHEAD, len(plain.years) - 1)
    gaps = {"year": plain.years[at]}
    headers = [_("What is counted"), _("Saved a year"), _("Time freed (posts)"), _("Posts needed in %(year)s") % gaps]
    needed, money = plain.posts.p50[at], plain.money
    rows = [[_("Without them"), "–", "–", posts(needed)]]
    rows += [
        [step.words, money_words(Decimal(step.saved_nok)), posts(float(step.freed_posts)),
         posts(needed - float(step.freed_posts))]
        for step in room.steps
    ]  # fmt: skip
    if money:
        headers.insert(2, _("Room for manoeuvre in %(year)s (million kroner)") % gaps)
        for row, saved_nok in zip(rows, (0, *(step.saved_nok for step in room.steps)), strict=True):
            row.insert(2, _room(money.room, at=at, saved_nok=saved_nok))
    return Table(tuple(headers), tuple(map(tuple, rows)))


def _room(band: Band, *, at: int, saved_nok: int) -> str:
    low, middle, high = (values[at] + saved_nok for values in (band.p10, band.p50, band.p90))
    return f"{millions(middle)} ({times(millions, low=low, high=high)})"
