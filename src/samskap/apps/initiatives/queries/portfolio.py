"""The portfolio: all initiatives of a municipality on a board, in a table, and in balance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskap.apps.actors.labels import SECTORS
from samskap.apps.challenges.queries import challenges_of
from samskap.apps.initiatives import rules
from samskap.apps.initiatives.labels import STAGES
from samskap.apps.initiatives.labels.initiatives import MUNICIPALITY_PAYS, numbers
from samskap.apps.initiatives.models import CostLine, Initiative
from samskap.apps.initiatives.queries.initiatives import today
from samskap.apps.initiatives.queries.money import money_by_initiative
from samskap.formats.charts import Bar, BarChart, BarGroup, Face, Layer, StackedBars, both_widths
from samskap.formats.tables import written
from samskap.web.money import kroner

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality
    from samskap.apps.initiatives.rules import Money

__all__ = [
    "COLUMNS",
    "Balance",
    "Figure",
    "Heading",
    "Row",
    "Stage",
    "balance",
    "board",
    "headings",
    "portfolio",
    "portfolio_csv",
    "sorted_by",
]

SECTOR_KEYS = ("", *SECTORS)  # the municipality itself first


@dataclass(frozen=True)
class Row:
    """One initiative with what a portfolio shows of it."""

    initiative: Initiative
    stage: str
    stage_name: str
    is_overdue: bool
    money: Money
    partners: int
    challenges: tuple[str, ...]
    challenge_keys: tuple[int, ...]

    @property
    def owner(self) -> str:
        return str(self.initiative.owner or "")

    @property
    def organisation(self) -> str:
        organisation = self.initiative.owner_organisation
        return organisation.name if organisation else ""

    @property
    def sector(self) -> str:
        organisation = self.initiative.owner_organisation
        return organisation.sector if organisation else ""

    @property
    def full_figures(self) -> str:
        return numbers().write(self.money.full_nok) if self.money.full_nok else ""

    @property
    def net_figures(self) -> str:
        return numbers().write(self.money.net_nok) if self.money.full_nok else ""

    @property
    def net(self) -> str:
        return kroner(self.money.net_nok) if self.money.full_nok else ""


@dataclass(frozen=True)
class Stage:
    """A column of the board."""

    key: str
    name: str
    rows: tuple[Row, ...]

    @property
    def net(self) -> str:
        """What the municipality pays for all of them."""
        total = sum(row.money.net_nok for row in self.rows)
        return kroner(total) if total else ""


@dataclass(frozen=True)
class Heading:
    """The head of a column: its words, the address that sorts by it, and how it is sorted now, if it is."""

    words: str
    sort: str
    order: str
    is_number: bool


@dataclass(frozen=True)
class Figure:
    """A chart with its table, in the reader's language."""

    title: str
    sentence: str
    drawing: SafeString
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Balance:
    """How the portfolio spreads: over stages, challenges, sectors and years. `unanswered`: challenges without any."""

    figures: tuple[Figure, ...]
    unanswered: tuple[tuple[str, str, str], ...]
    live: int


def portfolio(municipality: Municipality) -> list[Row]:
    """Every initiative of a municipality, drafts too, by title. As many queries for one as for a hundred."""
    found = list(
        Initiative.objects.filter(municipality=municipality)
        .select_related("owner", "owner_organisation")
        .prefetch_related("challenges")
        .annotate(partner_count=Count("partners", filter=Q(partners__left_at__isnull=True), distinct=True))
    )
    money, now = money_by_initiative(one.pk for one in found), today()
    return [
        Row(
            initiative=one,
            stage=one.stage,
            stage_name=str(STAGES[one.stage]),
            is_overdue=rules.is_overdue(one.next_date, stage=one.stage, today=now),
            money=money[one.pk],
            partners=one.partner_count,
            challenges=tuple(each.said.title for each in one.challenges.all()),
            challenge_keys=tuple(each.pk for each in one.challenges.all()),
        )
        for one in found
    ]


def board(rows: Sequence[Row]) -> list[Stage]:
    """The five columns and that of what was stopped; in each the one whose date comes first is first."""
    by_date = sorted(rows, key=lambda row: (row.initiative.next_date, row.initiative.title))
    return [
        Stage(key, str(STAGES[key]), tuple(row for row in by_date if row.stage == key))
        for key in (*rules.STAGES, rules.STOPPED)
    ]


_ORDER = {stage: place for place, stage in enumerate((*rules.STAGES, rules.STOPPED))}

# The columns of the table: how each is sorted, by its key in the address.
COLUMNS = {
    "title": lambda row: row.initiative.said.title.casefold(),
    "stage": lambda row: _ORDER[row.stage],
    "owner": lambda row: row.owner.casefold(),
    "organisation": lambda row: row.organisation.casefold(),
    "next": lambda row: row.initiative.next_date,
    "full": lambda row: row.money.full_nok,
    "net": lambda row: row.money.net_nok,
    "hours": lambda row: row.money.hours,
    "partners": lambda row: row.partners,
}


_NUMBERS = {"full", "net", "hours", "partners"}
_HEADS = {
    "title": gettext_lazy("Initiative"),
    "stage": gettext_lazy("Stage"),
    "owner": gettext_lazy("Owner"),
    "organisation": gettext_lazy("Organisation"),
    "next": gettext_lazy("Next date"),
    "full": gettext_lazy("Whole price (kr)"),
    "net": gettext_lazy("The municipality pays (kr)"),
    "hours": gettext_lazy("Hours"),
    "partners": gettext_lazy("Partners"),
}


def sorted_by(rows: Sequence[Row], key: str) -> list[Row]:
    """The rows by a column, with "-" before its name the other way round; an unknown one sorts by the next date."""
    name = key.removeprefix("-")
    by = COLUMNS.get(name, COLUMNS["next"])
    return sorted(rows, key=by, reverse=key.startswith("-") and name in COLUMNS)


def headings(key: str) -> list[Heading]:
    """The heads of the table: pressing one sorts by it, pressing it again turns the order."""
    name, is_turned = key.removeprefix("-"), key.startswith("-")
    name = name if name in COLUMNS else "next"
    return [
        Heading(
            words=str(words),
            sort=f"-{column}" if column == name and not is_turned else column,
            order="" if column != name else "descending" if is_turned else "ascending",
            is_number=column in _NUMBERS,
        )
        for column, words in _HEADS.items()
    ]


def portfolio_csv(rows: Sequence[Row]) -> bytes:
    """The table for those who work here, with owners by name."""
    header = (
        "title", "stage", "published", "owner", "organisation", "sector", "next_step", "next_date", "overdue",
        "full_cost_nok", "municipality_pays_nok", "unconfirmed_nok", "hours", "partners", "challenges",
    )  # fmt: skip
    return written([header, *map(_csv_row, rows)])


def _csv_row(row: Row) -> tuple[object, ...]:
    one = row.initiative
    said = one.said
    yes = {True: "yes", False: "no"}
    return (
        said.title, row.stage, yes[one.is_published], row.owner, row.organisation, row.sector, said.next_step,
        one.next_date.isoformat(), yes[row.is_overdue], row.money.full_nok, row.money.net_nok,
        row.money.unconfirmed_nok, row.money.hours, row.partners, "; ".join(row.challenges),
    )  # fmt: skip


def balance(municipality: Municipality, rows: Sequence[Row]) -> Balance:
    """The portfolio in figures. What was stopped counts among the stages only."""
    live = [row for row in rows if row.stage != rules.STOPPED]
    challenges = challenges_of(municipality)
    counted = Counter(key for row in live for key in row.challenge_keys)
    figures = [_by_stage(rows), _by_sector(live), _by_year(live)]
    if challenges:
        named = [(one.said.title, counted[one.pk]) for one in challenges]
        figures.insert(1, _by_challenge(named, without=sum(not row.challenge_keys for row in live)))
    return Balance(
        figures=tuple(one for one in figures if one is not None),
        unanswered=tuple(
            (one.said.title, one.said.lang, reverse("challenges:challenge", args=[one.pk]))
            for one in challenges
            if not counted[one.pk]
        ),
        live=len(live),
    )


def _face(key: str, title: str, sentence: str, *, unit: str = "", decimals: int = 0) -> Face:
    return Face(key=key, title=title, description=sentence, unit=unit, decimals=decimals, numbers=numbers())


def _bars(key: str, title: str, sentence: str, named: Sequence[tuple[str, int]], header: str) -> Figure:
    chart = BarChart(
        _face(key, title, sentence),
        (BarGroup("", tuple(Bar(_short(name), float(count)) for name, count in named)),),
    )
    return Figure(
        title=title,
        sentence=sentence,
        drawing=_drawn(chart),
        headers=(header, _("Initiatives")),
        rows=tuple((name, numbers().write(count)) for name, count in named),
    )


def _short(name: str, most: int = 26) -> str:
    """A name as short as a chart takes it; the table beside has it whole."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _drawn(chart: BarChart | StackedBars) -> SafeString:
    return mark_safe(both_widths(chart))  # noqa: S308 -- our drawing, every word in it is escaped


def _by_stage(rows: Sequence[Row]) -> Figure:
    counted = Counter(row.stage for row in rows)
    named = [(str(STAGES[key]), counted[key]) for key in (*rules.STAGES, rules.STOPPED)]
    sentence = _("Tried out or in operation: %(number)s of %(all)s.") % {
        "number": counted["pilot"] + counted["in_operation"], "all": len(rows),
    }  # fmt: skip
    return _bars("stages", _("Initiatives by stage"), sentence, named, _("Stage"))


def _by_challenge(named: list[tuple[str, int]], *, without: int) -> Figure:
    alone = sum(1 for _name, count in named if not count)
    sentence = _("Challenges that no initiative answers: %(number)s.") % {"number": alone}
    rest = [(_("No challenge named"), without)] if without else []
    return _bars("challenges", _("Initiatives by challenge"), sentence, [*named, *rest], _("Challenge"))


def _by_sector(live: Sequence[Row]) -> Figure:
    counted = Counter(row.sector for row in live)
    named = [(str(name), counted[key]) for key, name in SECTORS.items()]
    rest = [(_("No organisation named"), counted[""])] if counted[""] else []
    sentence = _("Owned by a company or an association: %(number)s of %(all)s.") % {
        "number": counted["private"] + counted["voluntary"], "all": len(live),
    }  # fmt: skip
    return _bars("sectors", _("Initiatives by the sector of the owner"), sentence, [*named, *rest], _("Sector"))


def _by_year(live: Sequence[Row]) -> Figure | None:
    sums = _sums_by_year([row.initiative.pk for row in live])
    if not sums:
        return None
    found = [year for year, _sector in sums]
    years = range(min(found), max(found) + 1)
    names = [str(MUNICIPALITY_PAYS), *map(str, SECTORS.values())]
    whole = sum(sums.values())
    others = sum(amount for (_year, sector), amount in sums.items() if sector)
    title = _("Money by year and payer")
    sentence = _("In all %(all)s, of which %(others)s is planned to be paid by others than the municipality.") % {
        "all": kroner(whole), "others": kroner(others),
    }  # fmt: skip
    layers = [
        Layer(name, tuple(sums.get((year, key), 0) / 1_000_000 for year in years), tone)
        for tone, (key, name) in enumerate(zip(SECTOR_KEYS, names, strict=True))
    ]
    chart = StackedBars(
        _face("years", title, sentence, unit=_("Million kroner"), decimals=1),
        tuple(map(str, years)),
        tuple(layer for layer in layers if any(layer.values)),
    )
    write = numbers().write
    rows = tuple(
        (str(year), *(write(sums.get((year, key), 0)) for key in SECTOR_KEYS),
         write(sum(sums.get((year, key), 0) for key in SECTOR_KEYS)))
        for year in years
    )  # fmt: skip
    return Figure(title, sentence, _drawn(chart), (_("Year"), *names, _("Total")), rows)


def _sums_by_year(keys: list[int]) -> dict[tuple[int, str], int]:
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    rows = CostLine.objects.filter(initiative__in=keys).values_list("year", "amount_nok", "payer__sector")
    for year, amount, sector in rows:
        sums[year, sector or ""] += amount
    return dict(sums)
