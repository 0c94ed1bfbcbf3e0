"""The tables that join the modules: which job is called what, which routes the API has, who fills which page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

__all__ = ["FORGETTERS", "HISTORY", "JOBS", "MENU", "PARTS", "RECORDER", "WITHDRAWALS", "WORK_MENU"]

JOBS = {
    "actors.send_invitation": "samskap.apps.actors.tasks.send_invitation",
    "benefits.remind": "samskap.apps.benefits.tasks.benefits.remind",
    "benefits.send_reminder": "samskap.apps.benefits.tasks.benefits.send_reminder",
    "budgeting.count_ballot": "samskap.apps.budgeting.tasks.count_ballot",
    "budgeting.make_reserve": "samskap.apps.budgeting.tasks.make_reserve",
    "gatherings.remind": "samskap.apps.gatherings.tasks.remind",
    "gatherings.send_invitation": "samskap.apps.gatherings.tasks.send_invitation",
    "gatherings.send_place": "samskap.apps.gatherings.tasks.send_place",
    "initiatives.remind": "samskap.apps.initiatives.tasks.initiatives.remind",
    "initiatives.send_next_step": "samskap.apps.initiatives.tasks.initiatives.send_next_step",
    "initiatives.drop_unconfirmed": "samskap.apps.initiatives.tasks.following.drop_unconfirmed",
    "initiatives.send_confirmation": "samskap.apps.initiatives.tasks.following.send_confirmation",
    "initiatives.send_digests": "samskap.apps.initiatives.tasks.following.send_digests",
    "statements.map_conversation": "samskap.apps.statements.tasks.map_conversation",
    "stories.drop_ended_words": "samskap.apps.stories.tasks.experiences.drop_ended_words",
    "stories.clean_up": "samskap.apps.stories.tasks.stories.clean_up",
    "stories.look_after": "samskap.apps.stories.tasks.stories.look_after",
    "stories.send_letter": "samskap.apps.stories.tasks.stories.send_letter",
}

# The main menu: the label, marked for translation, and the name of the page.
MENU: list[tuple[Any, str]] = [
    (_("Municipal figures"), "figures:places"),
    (_("Initiatives"), "initiatives:initiatives"),
    (_("Benefits"), "benefits:portfolios"),
]

# The menu of those who work here, on the pages under /work/.
WORK_MENU: list[tuple[Any, str]] = [
    (_("My work"), "actors:dashboard"),
    (_("Processes"), "processes:processes"),
    (_("Challenges"), "challenges:challenges"),
    (_("Opportunities"), "initiatives:opportunities_at_work"),
    (_("Initiatives"), "initiatives:portfolio"),
    (_("Benefits"), "benefits:portfolio_at_work"),
    (_("Stories"), "stories:stories_at_work"),
    (_("Municipal figures"), "figures:desk"),
    (_("Organisations"), "actors:organisations"),
    (_("People"), "actors:people"),
    (_("Municipality"), "actors:municipality_settings"),
]

# Who fills the pages of an earlier module (see `web/parts.py`). Each callable takes (subject, viewer) and gives a list
# of parts; those of `work` take (municipality, person) and give next steps, those of `desk` a person alone, those of
# `outlook` what is told of a place.
PARTS: dict[str, list[str]] = {
    "municipality": [
        "samskap.apps.challenges.queries.municipality_parts",
        "samskap.apps.processes.queries.municipality_parts",
        "samskap.apps.initiatives.queries.municipality_opportunities",
        "samskap.apps.initiatives.queries.municipality_initiatives",
        "samskap.apps.benefits.queries.municipality_benefits",
        "samskap.apps.stories.queries.municipality_stories",
        "samskap.apps.gatherings.queries.municipality_parts",
        "samskap.apps.figures.queries.municipality_parts",
        "samskap.apps.reports.queries.municipality_links",
    ],
    "place": ["samskap.apps.challenges.queries.place_parts"],
    "outlook": ["samskap.apps.benefits.queries.outlook_parts"],
    "benefits": ["samskap.apps.reports.queries.municipality_links"],
    "challenge": [
        "samskap.apps.processes.queries.challenge_parts",
        "samskap.apps.initiatives.queries.challenge_opportunities",
        "samskap.apps.initiatives.queries.challenge_initiatives",
    ],
    "process": [
        "samskap.apps.gatherings.queries.process_parts",
        "samskap.apps.statements.queries.process_parts",
        "samskap.apps.initiatives.queries.process_ideas",
        "samskap.apps.initiatives.queries.process_opportunities",
        "samskap.apps.initiatives.queries.process_initiatives",
        "samskap.apps.benefits.queries.process_benefits",
        "samskap.apps.budgeting.queries.process_parts",
        "samskap.apps.budgeting.queries.process_results",
        "samskap.apps.reports.queries.process_parts",
    ],
    "process_work": [
        "samskap.apps.gatherings.queries.process_work_parts",
        "samskap.apps.statements.queries.process_work_parts",
        "samskap.apps.initiatives.queries.process_ideas_at_work",
        "samskap.apps.budgeting.queries.process_work_parts",
    ],
    "initiative": [
        "samskap.apps.budgeting.queries.initiative_parts",
        "samskap.apps.budgeting.queries.initiative_results",
        "samskap.apps.stories.queries.initiative_stories",
        "samskap.apps.stories.queries.initiative_experiences",
        "samskap.apps.stories.queries.shared_experience",
        "samskap.apps.benefits.queries.initiative_benefits",
        "samskap.apps.benefits.queries.initiative_chain",
        "samskap.apps.benefits.queries.initiative_appraisals",
        "samskap.apps.benefits.queries.contract_parts",
        "samskap.apps.reports.queries.initiative_links",
    ],
    "initiative_work": [
        "samskap.apps.stories.queries.initiative_experiences",
        "samskap.apps.benefits.queries.initiative_benefits_at_work",
        "samskap.apps.benefits.queries.initiative_chain_at_work",
        "samskap.apps.benefits.queries.initiative_appraisals_at_work",
        "samskap.apps.stories.queries.stories_at_work",
        "samskap.apps.benefits.queries.contract_work_parts",
    ],
    "benefit": ["samskap.apps.stories.queries.benefit_stories"],
    "dashboard": [
        "samskap.apps.processes.queries.dashboard_parts",
        "samskap.apps.initiatives.queries.dashboard_initiatives",
        "samskap.apps.benefits.queries.own_benefits_here",
        "samskap.apps.benefits.queries.dashboard_benefits",
        "samskap.apps.stories.queries.dashboard_experiences",
    ],
    "desk": [
        "samskap.apps.initiatives.queries.joined_parts",
        "samskap.apps.initiatives.queries.own_initiatives",
        "samskap.apps.benefits.queries.own_benefits",
    ],
    "work": [
        "samskap.apps.actors.queries.work_steps",
        "samskap.apps.challenges.queries.work_steps",
        "samskap.apps.processes.queries.work_steps",
        "samskap.apps.statements.queries.work_steps",
        "samskap.apps.initiatives.queries.opportunity_steps",
        "samskap.apps.initiatives.queries.initiative_steps",
        "samskap.apps.benefits.queries.benefit_steps",
        "samskap.apps.stories.queries.story_steps",
        "samskap.apps.budgeting.queries.work_steps",
        "samskap.apps.gatherings.queries.work_steps",
        "samskap.apps.benefits.queries.contract_steps",
    ],
}

# The trail stands above `actors`, which hands its entries to it through this name.
RECORDER = "samskap.apps.trail.actions.record"

# What a history page can tell about: the kind in its address, and who finds the story and knows who may see it.
HISTORY = {
    "ballot": "samskap.apps.budgeting.queries.ballot_story",
    "benefit": "samskap.apps.benefits.queries.benefit_story",
    "contract": "samskap.apps.benefits.queries.contract_story",
    "conversation": "samskap.apps.statements.queries.conversation_story",
    "challenge": "samskap.apps.challenges.queries.challenge_story",
    "ideas": "samskap.apps.initiatives.queries.ideas_story",
    "initiative": "samskap.apps.initiatives.queries.initiative_story",
    "opportunity": "samskap.apps.initiatives.queries.opportunity_story",
    "gathering": "samskap.apps.gatherings.queries.gathering_story",
    "process": "samskap.apps.processes.queries.process_story",
    "scenario": "samskap.apps.outlook.queries.scenario_story",
}

# What a participant who takes everything back takes with them in later modules: each callable takes the participant.
WITHDRAWALS = ["samskap.apps.initiatives.actions.withdraw_ideas", "samskap.apps.budgeting.actions.withdraw_of"]

# Where later modules keep copies of what people can take back, such as a report made as PDF: each callable takes the
# story that was withdrawn, changed or whose consent has ended, and deletes its copies. Called after the commit.
FORGETTERS: list[str] = ["samskap.apps.stories.actions.forget_in_experiences"]
