"""How many have voted: never how. These numbers may be shown while the vote is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from samskap.apps.actors.labels import SECTORS
from samskap.apps.budgeting.models import Ballot, VoterBallot
from samskap.apps.budgeting.rules.telling import suppressed
from samskap.apps.processes.labels import CHANNELS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["BallotTurnout", "turnout_of"]


@dataclass(frozen=True, slots=True)
class BallotTurnout:
    """Ballots that count; `eligible` as the host has said it. In the breakdowns None is fewer than five."""

    answered: int
    eligible: int | None
    by_channel: dict[str, int | None]
    by_sector: dict[str, int | None]

    @property
    def share_percent(self) -> float | None:
        """Answered of eligible in per cent, at most 100; None where nobody has said how many can vote."""
        return min(100.0, 100 * self.answered / self.eligible) if self.eligible else None

    @property
    def channel_rows(self) -> list[tuple[StrOrPromise, int | None]]:
        """Each channel by its name."""
        return [(CHANNELS[key], n) for key, n in self.by_channel.items()]

    @property
    def sector_rows(self) -> list[tuple[StrOrPromise, int | None]]:
        """Each sector by its name."""
        return [(SECTORS.get(key, _("Did not say")), n) for key, n in self.by_sector.items()]


def turnout_of(ballot: Ballot) -> BallotTurnout:
    """The turnout now. Sector "" is those who did not say."""
    return BallotTurnout(
        answered=VoterBallot.objects.filter(ballot=ballot).count(),
        eligible=ballot.eligible,
        by_channel=_by(ballot, "channel", CHANNELS),
        by_sector=_by(ballot, "sector", [*SECTORS, ""]),
    )


def _by(ballot: Ballot, field: str, keys: Iterable[str]) -> dict[str, int | None]:
    rows = VoterBallot.objects.filter(ballot=ballot).order_by().values(field).annotate(n=Count("pk"))
    return suppressed(dict.fromkeys(keys, 0) | dict(rows.values_list(field, "n")))
