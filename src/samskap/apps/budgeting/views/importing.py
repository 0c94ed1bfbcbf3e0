"""Bringing in a vote that was held elsewhere: upload, look at what is in it, import."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskap.apps.budgeting import actions, queries
from samskap.apps.budgeting.forms import ImportForm, UploadForm
from samskap.apps.processes import queries as process_queries
from samskap.formats.ballot_file import Counting, counting_in
from samskap.formats.errors import FormatError
from samskap.kernel.errors import RuleError
from samskap.web.acting import SignedInRequest, acting
from samskap.web.answers import see_other

__all__ = ["import_ballot", "look_at_import"]

SHOWN_REPAIRS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_ballot(request: SignedInRequest, process_pk: int) -> HttpResponse:
    """Take a file; what nobody can read is refused here, with the line it is on."""
    process = process_queries.runnable_process(process_pk, viewer=request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        token = actions.keep_upload(file.read(), person_pk=request.user.pk)
        try:
            queries.read_upload(queries.upload_path(request.user.pk, token), name=file.name)
        except FormatError as wrong:
            actions.drop_upload(request.user.pk, token)
            form.add_error("file", str(wrong))
        else:
            return see_other(reverse("budgeting:look_at_import", args=[process_pk, token]))
    return render(request, "budgeting/work/import.html", {"process": process, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def look_at_import(request: SignedInRequest, process_pk: int, token: str) -> HttpResponse:
    """Show what is in the file and what had to be repaired, and import it."""
    process = process_queries.runnable_process(process_pk, viewer=request.user)
    upload = queries.read_upload(queries.upload_path(request.user.pk, token))
    file = upload.file
    initial = ImportForm.initial_for(
        counting_in(file), title=upload.title, language=get_language() or "nb", voters=file.ballots.voters
    )
    form = ImportForm(request.POST or None, initial=initial, needs_repair=bool(upload.problem))
    if request.method == "POST" and form.is_valid():
        try:
            ballot = _imported(process, file, form.cleaned_data, by=acting(request))
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            actions.drop_upload(request.user.pk, token)
            messages.success(request, _("The file is imported."))
            page = "counting" if ballot.state == "closed" else "projects"
            return see_other(reverse(f"budgeting:{page}", args=[ballot.pk]))
    context = {"process": process, "form": form, "upload": upload, "facts": queries.upload_facts(upload),
               "repairs": file.repairs[:SHOWN_REPAIRS], "more": max(len(file.repairs) - SHOWN_REPAIRS, 0),
               "refused": queries.import_problem(file)}  # fmt: skip
    return render(request, "budgeting/work/import_look.html", context)


def _imported(process: Any, file: Any, fields: dict[str, Any], *, by: Any) -> Any:
    said = {"title": fields["title"], "language": fields["language"]}
    if fields["what"] == "draft":
        return actions.import_draft(process, file, by=by, **said)
    theirs = counting_in(file)
    seed = theirs.seed if fields["tie_break"] == theirs.tie_break else ""
    how = Counting(fields["rule"], fields["satisfaction"], fields["completion"], fields["tie_break"], seed)
    return actions.import_sealed(process, file, by=by, counting=how, **said)
