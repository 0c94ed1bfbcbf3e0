"""Everything that changes conversations, statements, votes and stored maps."""

from samskap.apps.statements.actions.conversations import attach_activity, create_conversation, update_conversation
from samskap.apps.statements.actions.group_names import clear_group_name, name_group, restore_group_name
from samskap.apps.statements.actions.imports import (
    ImportedPerson,
    ImportedStatement,
    ImportedVote,
    import_answers,
    import_conversation,
)
from samskap.apps.statements.actions.maps import drop_maps, start_map, store_map
from samskap.apps.statements.actions.moderation import accept_statement, merge_statement, reject_statement
from samskap.apps.statements.actions.statements import (
    add_seed,
    add_seeds,
    edit_statement,
    submit_statement,
    translate_statement,
)
from samskap.apps.statements.actions.votes import cast_vote, undo_vote
from samskap.apps.statements.actions.withdrawal import withdraw_everything

__all__ = [
    "ImportedPerson",
    "ImportedStatement",
    "ImportedVote",
    "accept_statement",
    "add_seed",
    "add_seeds",
    "attach_activity",
    "cast_vote",
    "clear_group_name",
    "create_conversation",
    "drop_maps",
    "edit_statement",
    "import_answers",
    "import_conversation",
    "merge_statement",
    "name_group",
    "reject_statement",
    "restore_group_name",
    "start_map",
    "store_map",
    "submit_statement",
    "translate_statement",
    "undo_vote",
    "update_conversation",
    "withdraw_everything",
]
