"""The projects on a ballot: by hand, from initiatives, in groups, moved, fallen out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.budgeting import actions, queries
from samskap.apps.budgeting.forms import FallForm, GroupForm, ProjectForm
from samskap.apps.budgeting.views.frame import framed
from samskap.apps.initiatives import queries as initiatives
from samskap.kernel.errors import NotFound, RuleError
from samskap.web.acting import acting
from samskap.web.answers import see_other

__all__ = ["add_initiatives", "fall", "new_group", "new_project", "order_group", "order_project", "project", "projects"]


@require_safe
@login_required
def projects(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as it will stand, and the groups that exclude each other."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    found = list(queries.projects_of(ballot))
    total = sum(one.cost_nok for one in found)
    groups = queries.exclusive_groups_of(ballot)
    return framed(request, "projects", ballot, tab="projects", projects=found, total=total, groups=groups)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_project(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a project by hand."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    form = _form(request, ballot, initial={"language": ballot.language})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_project(ballot, by=acting(request), **form.values())
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("“%(title)s” is on the ballot.") % {"title": made.said.title})
            return see_other(reverse("budgeting:projects", args=[pk]))
    return framed(request, "project", ballot, tab="projects", form=form, heading=_("New project"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project(request: HttpRequest, pk: int, project_pk: int) -> HttpResponse:
    """Change a project before opening; afterwards see it, and let it fall out."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    found = queries.project_on(ballot, project_pk)
    form = _form(request, ballot, besides=found.pk, initial=ProjectForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_project(found, by=acting(request), **form.values())
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The project is saved."))
            return see_other(reverse("budgeting:projects", args=[pk]))
    return framed(
        request,
        "project",
        ballot,
        tab="projects",
        form=form,
        project=found,
        fall_form=FallForm(),
        heading=found.said.title,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_initiatives(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose initiatives to copy onto the ballot."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    there = {one.initiative_id for one in queries.projects_of(ballot)}
    found = initiatives.initiatives_to_vote_on(ballot.process.municipality, process=ballot.process)
    offered = [one for one in found if one.pk not in there]
    if request.method == "POST":
        chosen = [one for one in offered if str(one.pk) in request.POST.getlist("initiative")]
        _add_all(request, ballot, chosen)
        return see_other(reverse("budgeting:projects", args=[pk]))
    return framed(request, "initiatives", ballot, tab="projects", offered=offered, heading=_("Add initiatives"))


def _add_all(request: HttpRequest, ballot: Any, chosen: list[Any]) -> None:
    added = 0
    for one in chosen:
        try:
            actions.add_initiative(ballot, one, by=acting(request))
            added += 1
        except RuleError as error:
            messages.error(request, str(error))
    if added:
        said = ngettext("%(n)s initiative is on the ballot.", "%(n)s initiatives are on the ballot.", added)
        messages.success(request, said % {"n": added})
    elif not chosen:
        messages.error(request, _("Choose at least one initiative."))


@require_POST
@login_required
def order_project(request: HttpRequest, pk: int, project_pk: int, order: str) -> HttpResponse:
    """Move it up or down, delete it, or let it be chosen again after it fell out."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    found, by = queries.project_on(ballot, project_pk), acting(request)
    try:
        if order in {"up", "down"}:
            actions.move_project(found, by=by, way=order)
        elif order == "delete":
            actions.delete_project(found, by=by)
            messages.success(request, _("“%(title)s” is off the ballot.") % {"title": found.said.title})
        elif order == "back":
            actions.take_back_fall(found, by=by)
            messages.success(request, _("“%(title)s” can be chosen again.") % {"title": found.said.title})
        else:
            raise NotFound(_("There is no such page."))
    except RuleError as error:
        messages.error(request, str(error))
    return see_other(reverse("budgeting:projects", args=[pk]) + f"#project-{found.pk}")


@require_POST
@login_required
def fall(request: HttpRequest, pk: int, project_pk: int) -> HttpResponse:
    """Mark it as fallen out, with the reason that voters read."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    found = queries.project_on(ballot, project_pk)
    form = FallForm(request.POST)
    try:
        actions.let_fall_out(found, by=acting(request), reason=form.data.get("reason", "")[:300])
        messages.success(request, _("“%(title)s” is marked as fallen out.") % {"title": found.said.title})
    except RuleError as error:
        messages.error(request, str(error))
    return see_other(reverse("budgeting:project", args=[pk, project_pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_group(request: HttpRequest, pk: int) -> HttpResponse:
    """A group of projects of which at most one can win."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    form = GroupForm(request.POST or None, initial={"language": ballot.language})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_exclusive_group(ballot, by=acting(request), **form.cleaned_said())
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The group is made. Put projects in it where you change them."))
            return see_other(reverse("budgeting:projects", args=[pk]))
    return framed(request, "texts", ballot, tab="projects", form=form, heading=_("New group"))


@require_POST
@login_required
def order_group(request: HttpRequest, pk: int, group_pk: int, order: str) -> HttpResponse:
    """Delete a group; its projects stand on their own again."""
    ballot = queries.runnable_ballot(pk, viewer=request.user)
    group = next((one for one in queries.exclusive_groups_of(ballot) if one.pk == group_pk), None)
    if group is None or order != "delete":
        raise NotFound(_("There is no such group on this ballot."))
    try:
        actions.delete_exclusive_group(group, by=acting(request))
        messages.success(request, _("The group is deleted."))
    except RuleError as error:
        messages.error(request, str(error))
    return see_other(reverse("budgeting:projects", args=[pk]))


def _form(request: HttpRequest, ballot: Any, *, initial: dict[str, Any], besides: int = 0) -> ProjectForm:
    return ProjectForm(
        request.POST or None,
        initial=initial,
        groups=queries.exclusive_groups_of(ballot),
        others=[one for one in queries.projects_of(ballot) if one.pk != besides],
    )
