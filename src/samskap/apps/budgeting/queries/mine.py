"""One's own ballot, found by its receipt alone, and what came of it by the published terms."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.apps.budgeting import rules
from samskap.apps.budgeting.labels import results as said
from samskap.apps.budgeting.models import Ballot, VoterBallot
from samskap.apps.budgeting.queries.sealed import sealed_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samskap.apps.budgeting.queries.result_lines import Told
    from samskap.apps.budgeting.queries.results import Result

__all__ = ["OwnBallot", "found_receipt", "own_ballot_told", "own_purses", "receipt_is_there"]


@dataclass(frozen=True)
class OwnLine:
    """A project on the own ballot: whether it won, what was paid, or why it lost."""

    project: Told
    won: bool
    points: str
    paid: str = ""
    why: str = ""
    spent: str = ""


@dataclass(frozen=True)
class OwnBallot:
    """All of it. `purses`: where the money went, each with the district of its budget ("" for the whole)."""

    headline: str
    lines: tuple[OwnLine, ...]
    purses: tuple[tuple[str, str], ...]


def receipt_is_there(ballot: Ballot, receipt: str) -> bool:
    """Whether a ballot with this receipt was received and not taken back."""
    return VoterBallot.objects.filter(ballot=ballot, receipt=receipt).exists()


def found_receipt(ballot: Ballot, typed: str) -> str:
    """The receipt that was meant: as it was typed, or in capitals without hyphens; empty where there is none."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum())
    return next((one for one in (typed, typed.upper(), plain) if sealed_row(ballot, one)), "")


def own_purses(result: Result, row: Mapping[str, str]) -> dict[str, rules.Purse]:
    """What the voter of this row paid, by district where these have budgets of their own, else "".

    Worked out from the row and the published document; the engine is not asked.
    """
    told, choices = result.told, _in_units(row, scale=result.extras.get("points_scale", 1))
    starts = {area.name: area.start for area in told.areas} or {"": told.start}
    costs = {one.project: one.cost for one in told.rounds} | {one.project: one.cost for one in told.losers}
    purses = {}
    for name, keys in result.extras["parts"].items():
        here = set(keys)
        chosen = [one for one in choices if one[0] in here]
        if told.areas and not chosen:
            continue
        terms = [
            rules.Terms(one.project, one.how, rules.exact(one.price)) for one in told.rounds if one.project in here
        ]
        worth = rules.worth(chosen, satisfaction=told.options.satisfaction, costs=costs)
        purses[name] = rules.paid_by_voter(terms, start=rules.exact(starts.get(name)), worth=worth)
    return purses


def own_ballot_told(result: Result, row: Mapping[str, str]) -> OwnBallot:
    """What came of one ballot, in words."""
    purses = own_purses(result, row)
    paid = {key: amount for purse in purses.values() for key, amount in purse.paid.items()}
    losers = {one.project: one for one in result.told.losers}
    names, currency = result.names, result.currency
    lines = []
    for key, points in _choices(row):
        project, loser = result.project(key), losers.get(key)
        if key in paid:
            amount = paid[key]
            words = "" if amount is None else _("You paid %(amount)s.") % {"amount": result.money(float(amount))}
            lines.append(OwnLine(project, won=True, points=points, paid=words))
        elif loser is not None:
            why = said.loser_sentence(loser, names=names, currency=currency)
            spent = said.spent_sentence(loser, names=names, currency=currency)
            lines.append(OwnLine(project, won=False, points=points, why=why, spent=spent))
    won = sum(line.won for line in lines)
    return OwnBallot(_headline(won, len(lines)), tuple(lines), _purse_sentences(result, purses))


def _choices(row: Mapping[str, str]) -> list[tuple[str, str]]:
    """The projects on one ballot in its order, each with its points where ballots have them."""
    keys = [one.strip() for one in row["vote"].split(",")] if row["vote"].strip() else []
    given = [one.strip() for one in row["points"].split(",")] if keys and row.get("points") else [""] * len(keys)
    return list(zip(keys, given, strict=False))


def _in_units(row: Mapping[str, str], *, scale: int) -> list[tuple[str, int | None]]:
    return [(key, int(Fraction(points) * scale) if points else None) for key, points in _choices(row)]


def _headline(won: int, chosen: int) -> str:
    if not chosen:
        return _("Your ballot was blank. It is counted among the voters.")
    words = ngettext(
        "%(won)s of the %(n)s project that you chose won.", "%(won)s of the %(n)s projects that you chose won.", chosen
    )
    return words % {"won": won, "n": chosen}


def _purse_sentences(result: Result, purses: Mapping[str, rules.Purse]) -> tuple[tuple[str, str], ...]:
    """What the voter began with, paid and had left, in a sentence for each budget."""
    found = []
    for name, purse in purses.items():
        if purse.start is None or purse.left is None:
            continue
        gaps = {
            "start": result.money(float(purse.start)),
            "paid": result.money(float(purse.start - purse.left)),
            "left": result.money(float(purse.left)),
        }
        sentence = _("Your share was %(start)s. You paid %(paid)s, and %(left)s was left.") % gaps
        found.append((name or (_("Everywhere else") if result.told.areas else ""), sentence))
    return tuple(found)
