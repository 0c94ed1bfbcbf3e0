"""What happened, in words: one sentence for each verb that the modules record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["ACTORS", "OTHER", "SENTENCES"]

ACTORS = {
    "facilitator": _("The facilitator"),
    "participant": _("A participant"),
    "system": _("The system"),
}

# For a verb that this version does not know, say from an older one.
OTHER = _("%(who)s did something with “%(what)s” (%(verb)s).")

# Gaps: who (one of ACTORS), what (the name of the thing), and what the entry's data holds.
SENTENCES: dict[str, StrOrPromise] = {
    "actors.mandate_given": _("%(who)s gave someone a role."),
    "actors.mandate_withdrawn": _("%(who)s withdrew a role from someone."),
    "actors.municipality_added": _("%(who)s added the municipality %(what)s."),
    "actors.municipality_changed": _("%(who)s changed the settings of %(what)s."),
    "actors.municipality_deleted": _("%(who)s deleted the municipality %(what)s."),
    "actors.operator_named": _("%(who)s named an operator."),
    "actors.organisation_added": _("%(who)s added the organisation “%(what)s”."),
    "actors.organisation_changed": _("%(who)s changed the organisation “%(what)s”."),
    "actors.organisation_deleted": _("%(who)s deleted an organisation."),
    "actors.person_added": _("%(who)s made an account for someone."),
    "challenges.challenge_changed": _("%(who)s changed the challenge “%(what)s”."),
    "challenges.challenge_created": _("%(who)s wrote the challenge “%(what)s”."),
    "challenges.challenge_deleted": _("%(who)s deleted a challenge."),
    "challenges.challenge_hidden": _("%(who)s took the challenge “%(what)s” away from the public pages."),
    "challenges.figure_added": _("%(who)s put a figure on the challenge “%(what)s”."),
    "challenges.figure_removed": _("%(who)s took a figure away from the challenge “%(what)s”."),
    "challenges.challenge_moved": _("%(who)s moved the challenge “%(what)s” in the list."),
    "challenges.challenge_published": _("%(who)s published the challenge “%(what)s”."),
    "challenges.questions_set": _("%(who)s set the questions of the challenge “%(what)s”."),
    "figures.edition_deleted": _("%(who)s deleted the figures “%(what)s”."),
    "figures.edition_stored": _("%(who)s stored the figures “%(what)s”."),
    "figures.indicator_changed": _("%(who)s changed the indicator “%(what)s”."),
    "figures.indicator_created": _("%(who)s made the indicator “%(what)s”."),
    "figures.indicator_deleted": _("%(who)s deleted an indicator and its figures."),
    "figures.organisations_registered": _("%(who)s brought in organisations of “%(what)s” from the register."),
    "gatherings.form_given_out": _("%(who)s gave out a form on paper at “%(what)s”."),
    "gatherings.form_typed_in": _("%(who)s typed in a form on paper from “%(what)s”."),
    "gatherings.gathering_changed": _("%(who)s changed the gathering “%(what)s”."),
    "gatherings.gathering_created": _("%(who)s planned the gathering “%(what)s”."),
    "gatherings.gathering_ended": _("%(who)s ended the gathering “%(what)s”."),
    "gatherings.gathering_opened": _("%(who)s opened the gathering “%(what)s”."),
    "gatherings.joined": _("%(who)s joined the gathering “%(what)s”."),
    "gatherings.people_invited": _("%(who)s invited people to “%(what)s”."),
    "gatherings.place_given": _("A place at “%(what)s” became free and was given to the next on the list."),
    "gatherings.rehearsal_wiped": _(
        "%(who)s wiped the rehearsal of “%(what)s”: its votes are gone, its content stays."
    ),
    "gatherings.sign_up_cancelled": _("Someone cancelled their place at “%(what)s”."),
    "gatherings.signed_up": _("Someone signed up for “%(what)s”."),
    "gatherings.slot_added": _("%(who)s added to the programme of “%(what)s”."),
    "gatherings.slot_changed": _("%(who)s changed the programme of “%(what)s”."),
    "gatherings.slot_removed": _("%(who)s took something out of the programme of “%(what)s”."),
    "gatherings.slot_started": _("%(who)s moved on in the programme of “%(what)s”."),
    "outlook.scenario_deleted": _("%(who)s deleted a scenario of the outlook."),
    "outlook.scenario_put_in_report": _("%(who)s put the scenario “%(what)s” in the report."),
    "outlook.scenario_saved": _("%(who)s saved the scenario “%(what)s”."),
    "outlook.scenario_taken_out": _("%(who)s took the scenario “%(what)s” out of the report."),
    "processes.activity_changed": _("%(who)s changed the activity “%(what)s”."),
    "processes.activity_closed": _("%(who)s closed “%(what)s”."),
    "processes.activity_created": _("%(who)s planned the activity “%(what)s”."),
    "processes.activity_deleted": _("%(who)s deleted an activity that nobody had used."),
    "processes.activity_opened": _("%(who)s opened “%(what)s”."),
    "processes.challenges_chosen": _("%(who)s chose the challenges of “%(what)s”."),
    "processes.process_changed": _("%(who)s changed the process “%(what)s”."),
    "processes.process_created": _("%(who)s started the process “%(what)s”."),
    "processes.process_hidden": _("%(who)s took the process “%(what)s” away from the public pages."),
    "processes.process_published": _("%(who)s published the process “%(what)s”."),
    "processes.results_hidden": _("%(who)s hid the results of “%(what)s”."),
    "processes.results_shown": _("%(who)s showed the results of “%(what)s”."),
    "processes.ticket_given_up": _("%(who)s left “%(what)s” and took everything back."),
    "processes.ticket_taken": _("%(who)s took part in “%(what)s” for the first time."),
    "processes.tickets_imported": _("%(who)s brought in participants from elsewhere to “%(what)s”."),
    "statements.activity_attached": _("%(who)s gave the conversation “%(what)s” an activity."),
    "statements.answers_imported": _("%(who)s brought in answers from elsewhere to “%(what)s”."),
    "statements.conversation_changed": _("%(who)s changed the conversation “%(what)s”."),
    "statements.conversation_created": _("%(who)s prepared the conversation “%(what)s”."),
    "statements.conversation_imported": _("%(who)s brought in the conversation “%(what)s” from elsewhere."),
    "statements.everything_withdrawn": _("%(who)s took back all their answers."),
    "statements.group_name_cleared": _("%(who)s took away the name of a group of “%(what)s”."),
    "statements.group_named": _("%(who)s gave a group of “%(what)s” a name."),
    "statements.map_stored": _("%(who)s made a new opinion map of “%(what)s”."),
    "statements.maps_dropped": _("%(who)s deleted opinion maps of “%(what)s” whose answers have changed."),
    "statements.seed_added": _("%(who)s wrote statement %(number)s."),
    "statements.statement_accepted": _("%(who)s accepted statement %(number)s."),
    "statements.statement_described": _("%(who)s described statement %(number)s."),
    "statements.statement_edited": _("%(who)s changed the wording of statement %(number)s."),
    "statements.statement_merged": _("%(who)s merged statement %(number)s into another that says the same."),
    "statements.statement_rejected": _("%(who)s rejected statement %(number)s, with a reason."),
    "statements.statement_submitted": _("%(who)s wrote statement %(number)s."),
    "statements.vote_undone": _("%(who)s took back an answer."),
}
