"""Stories for those who moderate: what waits, one story with every decision, and the teller's approval of changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors import queries as actors
from samskap.apps.stories import actions, queries
from samskap.apps.stories.forms.stories import ProposalForm, RejectStoryForm
from samskap.apps.stories.labels import STORY_STATES
from samskap.apps.stories.labels.stories import REASONS, STORY_COLOURS
from samskap.kernel.errors import RuleError
from samskap.web.answers import never_kept

if TYPE_CHECKING:
    from samskap.apps.stories.models import Story
    from samskap.web.acting import SignedInRequest

__all__ = [
    "accept",
    "guardian_on_paper",
    "new_link",
    "propose",
    "reject",
    "stories_at_work",
    "story_at_work",
    "withdraw_at_work",
]

PAGE = 25


@login_required
@never_kept
@require_safe
def stories_at_work(request: SignedInRequest) -> HttpResponse:
    """The stories by state; those that wait first."""
    town = queries.story_municipality(request.user, request.GET.get("municipality", ""))
    state = request.GET.get("state", "waiting")
    state = state if state in STORY_STATES else "waiting"
    counts = queries.story_counts(town)
    page = Paginator(queries.stories_by_state(town, state), PAGE).get_page(request.GET.get("page"))
    context = {
        **actors.frame(town),
        "page": page,
        "state": state,
        "states": [(key, name, counts[key]) for key, name in STORY_STATES.items()],
    }
    return render(request, "stories/work/stories.html", context)


@login_required
@never_kept
@require_safe
def story_at_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """One story: its words, what in them to look at twice, its consents, and every decision about it."""
    story = queries.moderated_story(pk, viewer=request.user)
    return render(request, "stories/work/story.html", _page(story))


@login_required
@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let it be shown where its consents allow."""
    story = queries.moderated_story(pk, viewer=request.user)
    return _decided(
        request, pk, lambda: actions.accept_story(story, by=request.user, read=request.POST.get("read", "")),
        said=_("The story is accepted, and shown where its teller allows it."),
    )  # fmt: skip


@login_required
@require_POST
def reject(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do not show it, with a reason that its teller reads."""
    story = queries.moderated_story(pk, viewer=request.user)
    reason = request.POST.get("reason", "")
    return _decided(
        request, pk, lambda: actions.reject_story(story, by=request.user, reason=reason),
        said=_("The story is not shown. Its teller can read the reason."),
    )  # fmt: skip


@login_required
@never_kept
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose other words; the teller decides."""
    story = queries.moderated_story(pk, viewer=request.user)
    form = ProposalForm(request.POST or None, story=story, change=getattr(story, "change", None))
    if form.is_valid():
        try:
            actions.propose_change(story, words=form.words, reason=form.cleaned_data["reason"], by=request.user)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Proposed. Nothing changes until the teller says yes."))
            return redirect("stories:story_at_work", pk)
    return render(request, "stories/work/propose.html", _page(story) | {"form": form})


@login_required
@require_POST
def guardian_on_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down that a guardian said yes on paper."""
    story = queries.moderated_story(pk, viewer=request.user)
    name = request.POST.get("guardian_name", "")
    return _decided(
        request, pk, lambda: actions.write_down_guardian(story, name=name, by=request.user),
        said=_("The guardian's yes is written down."),
    )  # fmt: skip


@login_required
@never_kept
@require_http_methods(["GET", "POST"])
def new_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new private link for a teller who has lost it; the old one leads nowhere from then on."""
    story = queries.moderated_story(pk, viewer=request.user)
    if request.method == "POST":
        story = actions.new_link(story, by=request.user)
        return redirect("stories:private_link", story.token)
    return render(request, "stories/work/new_link.html", _page(story))


@login_required
@never_kept
@require_http_methods(["GET", "POST"])
def withdraw_at_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """Erase a story because its teller asks for it."""
    story = queries.moderated_story(pk, viewer=request.user)
    if request.method == "POST":
        actions.withdraw_story(story, by=request.user)
        messages.success(request, _("The story is erased."))
        return redirect("stories:stories_at_work")
    return render(request, "stories/work/withdraw.html", _page(story))


def _page(story: Story) -> dict[str, Any]:
    return {
        **actors.frame(story.municipality),
        "story": story,
        "colour": STORY_COLOURS[story.state],
        "hints": queries.hints_of(story),
        "consents": queries.consent_lines(story),
        "change": getattr(story, "change", None),
        "mark": queries.mark_of(story),
        "reject_form": RejectStoryForm(),
        "reasons": REASONS,
        "needs_guardian": story.is_under_age and story.guardian_at is None,
    }


def _decided(request: SignedInRequest, pk: int, decide: Callable[[], object], *, said: str) -> HttpResponse:
    try:
        decide()
        messages.success(request, said)
    except RuleError as error:
        messages.error(request, str(error))
    return redirect("stories:story_at_work", pk)
