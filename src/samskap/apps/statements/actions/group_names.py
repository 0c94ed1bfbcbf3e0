"""Naming the groups of a map, taking names away, and giving them back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.statements import queries
from samskap.apps.statements.actions.conversations import may_run
from samskap.apps.statements.models import Conversation, GroupName
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

__all__ = ["clear_group_name", "name_group", "restore_group_name"]


@transaction.atomic
def name_group(
    conversation: Conversation,
    *,
    round: int,
    key: str,
    by: Acting,
    language: str,
    name: str,
    description: str = "",
    translations: dict[str, dict[str, str]] | None = None,
) -> GroupName:
    """Call a group of the present map so, everywhere it is told of."""
    conversation = lock(conversation)
    require(may_run(by, conversation))
    _check_is_there(conversation, round=round, key=key)
    if not name.strip():
        raise RuleError(
            _("A name needs letters."), code="empty_group_name", cure=_("Write a name, or take the name away.")
        )
    texts: dict[str, Any] = {"language": language, "name": name.strip(), "description": description.strip()}
    named, _created = GroupName.objects.update_or_create(
        conversation=conversation,
        round=round,
        key=key,
        defaults=texts | {"translations": translations or {}, "dropped_at": None},
    )
    _record("statements.group_named", named, by=by)
    return named


@transaction.atomic
def clear_group_name(conversation: Conversation, *, round: int, key: str, by: Acting) -> None:
    """Show the letter alone again. The name is kept, and `restore_group_name` gives it back."""
    conversation = lock(conversation)
    require(may_run(by, conversation))
    named = GroupName.objects.filter(conversation=conversation, round=round, key=key, dropped_at=None).first()
    if named is None:
        return
    named.dropped_at = clock.now()
    named.save(update_fields=["dropped_at"])
    _record("statements.group_name_cleared", named, by=by)


@transaction.atomic
def restore_group_name(conversation: Conversation, *, round: int, key: str, by: Acting) -> GroupName:
    """Show a kept name again, for the group that has this letter now."""
    conversation = lock(conversation)
    require(may_run(by, conversation))
    _check_is_there(conversation, round=round, key=key)
    named = GroupName.objects.filter(conversation=conversation, round=round, key=key).first()
    if named is None:
        raise RuleError(
            _("There is no kept name for this group."), code="no_group_name", cure=_("Write a name instead.")
        )
    named.dropped_at = None
    named.save(update_fields=["dropped_at"])
    _record("statements.group_named", named, by=by)
    return named


def _check_is_there(conversation: Conversation, *, round: int, key: str) -> None:
    if key not in queries.group_keys(conversation, round):
        raise RuleError(
            _("There is no group %(key)s on the map any more.") % {"key": key},
            code="group_gone",
            cure=_("Load the page again to see the groups that are there now."),
        )


def _record(verb: str, named: GroupName, *, by: Acting) -> None:
    facts = {"round": named.round, "group": named.key}
    trail.record(verb, named.conversation, by=by, public=True, data=facts)
