"""Files that pages give away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.apps.budgeting.queries.sealed import file_of_projects
from samskap.formats.pabulib import write_pabulib

if TYPE_CHECKING:
    from samskap.apps.budgeting.models import Ballot

__all__ = ["projects_file"]


def projects_file(ballot: Ballot) -> bytes:
    """The projects and the rules of a ballot as a `.pb` file without a vote."""
    return write_pabulib(file_of_projects(ballot))
