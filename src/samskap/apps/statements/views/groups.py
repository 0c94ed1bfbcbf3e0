"""Names for the groups of the map, given by those who run the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.statements import actions, queries
from samskap.apps.statements.forms import GroupNameForm
from samskap.apps.statements.views.work import work_page
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import acting
from samskap.web.answers import see_other

if TYPE_CHECKING:
    from samskap.apps.statements.models import Conversation
    from samskap.apps.statements.queries import GroupToName

__all__ = ["give_order", "group", "groups"]


@require_safe
@login_required
def groups(request: HttpRequest, pk: int) -> HttpResponse:
    """The groups of each round, what they stand for, and what they are called."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    numbers = queries.rounds_with_votes(conversation)
    context = work_page(conversation, tab="groups") | {
        "rounds": [_round(conversation, number) for number in reversed(numbers)],
        "several": len(numbers) > 1,
    }
    return render(request, "statements/work/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def group(request: HttpRequest, pk: int, round: int, key: str) -> HttpResponse:
    """Give one group a name, beside the statements that it stands for."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    found = _group(conversation, round=round, key=key)
    initial = GroupNameForm.said_initial(found.named) if found.named else {"language": conversation.language}
    form = GroupNameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_group(conversation, round=round, key=key, by=acting(request), **form.cleaned_said())
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The group has its name now, everywhere it is told of."))
            return see_other(reverse("statements:groups", args=[pk]))
    heading = _("Name group %(key)s") % {"key": key}
    context = work_page(conversation, tab="groups") | {"heading": heading, "group": found, "form": form}
    return render(request, "statements/work/group.html", context | {"round": round})


@require_POST
@login_required
def give_order(request: HttpRequest, pk: int, round: int, key: str, order: str) -> HttpResponse:
    """Take a name away, or show a kept one again."""
    conversation = queries.runnable_conversation(pk, viewer=request.user)
    try:
        if order == "clear":
            actions.clear_group_name(conversation, round=round, key=key, by=acting(request))
            messages.success(request, _("The name is taken away. You can show it again below."))
        elif order == "restore":
            actions.restore_group_name(conversation, round=round, key=key, by=acting(request))
            messages.success(request, _("The name is shown again."))
        else:
            raise NotFound(_("There is no such page."))
    except RuleError as error:
        messages.error(request, str(error))
    return see_other(reverse("statements:groups", args=[pk]))


def _round(conversation: Conversation, number: int) -> dict[str, Any]:
    found = queries.groups_to_name(conversation, number)
    keys = {one.key for one in found}
    kept = [(row, row.key in keys) for row in queries.kept_names(conversation, number)]
    return {"number": number, "groups": found, "kept": kept}


def _group(conversation: Conversation, *, round: int, key: str) -> GroupToName:
    found = next((one for one in queries.groups_to_name(conversation, round) if one.key == key), None)
    if found is None:
        raise NotFound(
            _("There is no group %(key)s on the map any more.") % {"key": key},
            cure=_("Load the page again to see the groups that are there now."),
        )
    return found
