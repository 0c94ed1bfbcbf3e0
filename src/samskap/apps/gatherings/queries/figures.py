"""The charts that the hall screen can show: those of the challenges that the process works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.apps.challenges import queries as challenges

if TYPE_CHECKING:
    from samskap.apps.challenges.models import ChallengeFigure
    from samskap.apps.challenges.queries import Told
    from samskap.apps.gatherings.models import Gathering

__all__ = ["hall_chart", "hall_figures"]


def hall_figures(gathering: Gathering) -> list[tuple[ChallengeFigure, str]]:
    """The charts that the host can choose, with their names."""
    found = challenges.hall_figures(list(gathering.process.challenges.all()))
    return [(one, challenges.hall_title(one)) for one in found]


def hall_chart(gathering: Gathering) -> Told | None:
    """The chart that the hall screen is to show; None where it shows something else, or the chart is gone."""
    if gathering.hall_view != "figure" or gathering.hall_figure is None:
        return None
    return challenges.hall_chart(gathering.hall_figure)
