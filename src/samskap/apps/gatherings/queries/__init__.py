"""Everything read about gatherings: the day, the counts, the people, the results in the hall, parts of other pages."""

from __future__ import annotations

from samskap.apps.gatherings.queries.counts import present_count, turnout, turnout_by_sector, turnout_of
from samskap.apps.gatherings.queries.day import (
    Stage,
    activity_in_view,
    attendance_of,
    gathering_by_typed_code,
    gatherings_of,
    programme,
    runnable_gathering,
    slot_of,
    stage,
    stage_of_code,
    visible_gathering,
)
from samskap.apps.gatherings.queries.figures import hall_chart, hall_figures
from samskap.apps.gatherings.queries.hall_ideas import HallIdea, HallIdeas, hall_ideas
from samskap.apps.gatherings.queries.opened import Opened, opened_by, waiting_in
from samskap.apps.gatherings.queries.parts import (
    gathering_story,
    municipality_parts,
    process_parts,
    process_work_parts,
    work_steps,
)
from samskap.apps.gatherings.queries.people import (
    form_by_number,
    forms_given_out,
    invitation_by_token,
    invitations_to_print,
    last_form_number,
    registration_by_token,
    registrations,
)
from samskap.apps.gatherings.queries.results import HallResults, SharedStatement, hall_results

__all__ = [
    "HallIdea",
    "HallIdeas",
    "HallResults",
    "Opened",
    "SharedStatement",
    "Stage",
    "activity_in_view",
    "attendance_of",
    "form_by_number",
    "forms_given_out",
    "gathering_by_typed_code",
    "gathering_story",
    "gatherings_of",
    "hall_chart",
    "hall_figures",
    "hall_ideas",
    "hall_results",
    "invitation_by_token",
    "invitations_to_print",
    "last_form_number",
    "municipality_parts",
    "opened_by",
    "present_count",
    "process_parts",
    "process_work_parts",
    "programme",
    "registration_by_token",
    "registrations",
    "runnable_gathering",
    "slot_of",
    "stage",
    "stage_of_code",
    "turnout",
    "turnout_by_sector",
    "turnout_of",
    "visible_gathering",
    "waiting_in",
    "work_steps",
]
