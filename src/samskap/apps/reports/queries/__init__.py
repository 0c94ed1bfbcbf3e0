"""Reading for pages, PDF and files: who may see what, and one telling of every result."""

from samskap.apps.reports.queries.changed import ChangesTold, changes_told, rounds_to_compare
from samskap.apps.reports.queries.day import Day, DayPart, day, day_parts, shown_parts
from samskap.apps.reports.queries.direction import Direction, direction
from samskap.apps.reports.queries.drawing import for_statement as statement_drawing
from samskap.apps.reports.queries.exploring import group_page, sector_page, statement_page
from samskap.apps.reports.queries.export import open_conversation, zipped
from samskap.apps.reports.queries.follow_up import FollowUp, follow_up, follow_up_paper
from samskap.apps.reports.queries.initiative_links import initiative_links, municipality_links
from samskap.apps.reports.queries.initiative_report import initiative_paper, initiative_report
from samskap.apps.reports.queries.initiative_told import InitiativeReport
from samskap.apps.reports.queries.looking import Look, Wish, look, open_round, wish
from samskap.apps.reports.queries.open_data import direction_document
from samskap.apps.reports.queries.pages import direction_context, process_parts, report_context
from samskap.apps.reports.queries.paper import paper, report_document
from samskap.apps.reports.queries.table import PAGE_SIZE, Arrangement, arranged, arrangement, headings, verdicts
from samskap.apps.reports.queries.telling import tell
from samskap.apps.reports.queries.told import Telling, Wording

__all__ = [
    "PAGE_SIZE",
    "Arrangement",
    "ChangesTold",
    "Day",
    "DayPart",
    "Direction",
    "FollowUp",
    "InitiativeReport",
    "Look",
    "Telling",
    "Wish",
    "Wording",
    "arranged",
    "arrangement",
    "changes_told",
    "day",
    "day_parts",
    "direction",
    "direction_context",
    "direction_document",
    "follow_up",
    "follow_up_paper",
    "group_page",
    "headings",
    "initiative_links",
    "initiative_paper",
    "initiative_report",
    "look",
    "municipality_links",
    "open_conversation",
    "open_round",
    "paper",
    "process_parts",
    "report_context",
    "report_document",
    "rounds_to_compare",
    "sector_page",
    "shown_parts",
    "statement_drawing",
    "statement_page",
    "tell",
    "verdicts",
    "wish",
    "zipped",
]
