"""The follow-up of a year for the council: how the benefits stand, what they cost, and what is decided next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samskap.apps.benefits.queries.portfolio import worst_first, years_of
from samskap.apps.benefits.queries.portfolio_page import portfolio_context
from samskap.apps.initiatives.labels.initiatives import numbers
from samskap.apps.initiatives.queries import published_initiatives, today
from samskap.apps.initiatives.queries.money import lines_by_initiative
from samskap.apps.initiatives.queries.page import decisions_of
from samskap.apps.reports.labels import follow_up as words
from samskap.apps.reports.queries.initiative_told import TablePart, Words
from samskap.apps.reports.queries.paper import absolute
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.benefits.queries.portfolio import Line
    from samskap.apps.initiatives.models import Initiative

__all__ = ["FollowUp", "follow_up", "follow_up_paper"]

LONGEST_CAUSE = 160  # on paper; the page has it whole
PLANNED = frozenset({"planned", "pilot", "in_operation"})  # what is only thought of or explored costs nothing yet


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A benefit in the list: what went worst first."""

    title: Words
    initiative: Words
    kind: str
    standing: str
    colour: str
    before: str
    now: str
    target: str
    cause: Words
    owner: str
    url: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that was or is to be decided, by date."""

    on: str
    title: Words
    what: Words
    url: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Everything that the follow-up tells."""

    number: str
    municipality: str
    year: int
    as_of: str
    is_illustrative: bool
    headline: str
    standing: str
    stats: tuple[tuple[str, str], ...]
    kinds: TablePart | None
    by_year: TablePart | None
    room: tuple[str, ...]
    benefits: tuple[BenefitLine, ...]
    costs: TablePart | None
    decided: tuple[StepLine, ...]
    coming: tuple[StepLine, ...]
    years: tuple[int, ...]


def follow_up(municipality: Municipality, year: int) -> FollowUp:
    """The year as it stood at its end, or this year as it stands; `NotFound` for a year without benefits."""
    years = years_of(municipality)
    if year not in years:
        raise NotFound(_("There is no follow-up of this year."), cure=_("Choose a year from the page of the benefits."))
    page = portfolio_context(municipality, {"year": str(year)}, viewer=None)
    portfolio, room = page["portfolio"], page["room"]
    initiatives = list(published_initiatives(municipality, {}).prefetch_related("gates"))
    return FollowUp(
        number=municipality.number,
        municipality=municipality.name,
        year=year,
        as_of=page["as_of"],
        is_illustrative=municipality.is_illustrative or portfolio.is_illustrative,
        headline=page["headline"],
        standing=page["standing"],
        stats=tuple((one.label, str(one.value)) for one in page["stats"]),
        kinds=_table(page["kinds"]) if portfolio.lines else None,
        by_year=_table(page["by_year"]),
        room=tuple(room.sentences) if room else (),
        benefits=tuple(_benefit(line) for line in worst_first(portfolio.lines)),
        costs=_costs(initiatives, year=year),
        decided=tuple(_decided(initiatives, year=year)),
        coming=tuple(_coming(initiatives, after=portfolio.today, until=date(year + 1, 12, 31))),
        years=years,
    )


def follow_up_paper(told: FollowUp, *, site: str) -> dict[str, Any]:
    """Everything that stands on the two pages. The template takes as many lines as there is room for, and says so."""
    address = absolute(reverse("reports:follow_up", args=[told.number, told.year]), site=site)
    told_words = asdict(told)
    for line in told_words["benefits"]:
        line["cause"]["text"] = _cut(line["cause"]["text"])
    return {
        "lang": get_language() or "nb",
        "author": told.municipality,
        "title": words.title(told.year, place=told.municipality),
        "footer": _("Follow-up of %(year)s · %(place)s") % {"year": told.year, "place": told.municipality},
        "address": address,
        "words": words.paper_words(told.year),
        "told": told_words,
        "more": {
            name: [words.more(left) for left in range(len(told_words[name]) + 1)]
            for name in ("benefits", "decided", "coming")
        },
    }


def _cut(text: str) -> str:
    """A cause as long as a line of the table takes."""
    return text if len(text) <= LONGEST_CAUSE else f"{text[: LONGEST_CAUSE - 1].rsplit(' ', 1)[0]} …"


def _table(found: Any) -> TablePart | None:
    return TablePart(found.headers, found.rows) if found and found.rows else None


def _benefit(line: Line) -> BenefitLine:
    one = line.read
    last, target = one.latest, one.last_target
    return BenefitLine(
        title=Words(one.title, one.lang),
        initiative=Words(one.initiative_title, line.initiative_lang),
        kind=one.kind_words,
        standing=one.standing_words,
        colour=one.colour,
        before=words.value(one.baseline.value, one.unit) if one.baseline else "–",
        now=words.value(last.value, one.unit) if last else "–",
        target=words.value(target.value, one.unit) if target else "–",
        cause=Words(one.cause if last and last.is_behind else "", one.lang),
        owner=", ".join(filter(None, (one.owner_role, one.organisation))),
        url=one.url,
    )


def _costs(initiatives: Sequence[Initiative], *, year: int) -> TablePart | None:
    """What published initiatives cost from the year before to three years after: in all, and the municipality."""
    last = {one.pk: _last_year(one) for one in initiatives}
    lines = [line for pk, found in lines_by_initiative(last).items() for line in found if line.year <= last[pk]]
    years = range(year - 1, year + 4)
    if not any(line.year in years for line in lines):
        return None
    write = numbers().write
    whole = [sum(line.amount_nok for line in lines if line.year == each) for each in years]
    own = [sum(line.amount_nok for line in lines if line.year == each and line.payer is None) for each in years]
    rows = (
        (_("In all"), *map(write, whole)),
        (_("Paid by the municipality"), *map(write, own)),
        (_("Paid by others"), *(write(both - mine) for both, mine in zip(whole, own, strict=True))),
    )
    return TablePart((_("Kroner"), *map(str, years)), rows)


def _last_year(initiative: Initiative) -> int:
    """The last year in which it costs anything: none before it is planned, and none after it was stopped."""
    if initiative.stage in PLANNED:
        return MAXYEAR
    stops = (one for one in initiative.gates.all() if one.from_stage in PLANNED and one.to_stage == "stopped")
    return max((one.decided_on.year for one in stops), default=MINYEAR)


def _decided(initiatives: Iterable[Initiative], *, year: int) -> Iterable[StepLine]:
    """What was decided at the gates in the year, oldest first."""
    found = [(told, one) for one in initiatives for told in decisions_of(one) if told.gate.decided_on.year == year]
    for told, one in sorted(found, key=lambda pair: (pair[0].gate.decided_on, pair[0].gate.pk)):
        yield StepLine(date_format(told.gate.decided_on), _title(one), Words(told.decision, ""), _url(one))


def _coming(initiatives: Iterable[Initiative], *, after: date, until: date) -> Iterable[StepLine]:
    """The next steps that are planned now, of what is not stopped, until the end of the next year."""
    since = max(after, today())
    found = [one for one in initiatives if one.stage != "stopped" and since <= one.next_date <= max(until, since)]
    for one in sorted(found, key=lambda each: (each.next_date, each.title)):
        yield StepLine(date_format(one.next_date), _title(one), Words(one.said.next_step, one.said.lang), _url(one))


def _title(initiative: Initiative) -> Words:
    return Words(initiative.said.title, initiative.said.lang)


def _url(initiative: Initiative) -> str:
    return reverse("initiatives:initiative", args=[initiative.pk])
