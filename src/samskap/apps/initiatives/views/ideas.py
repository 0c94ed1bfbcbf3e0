"""The pages of participants: the ideas to look at and support, and writing one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.initiatives import actions, queries
from samskap.apps.initiatives.forms.ideas import IdeaCodeForm, IdeaForm
from samskap.apps.initiatives.labels.ideas import supporters_words
from samskap.apps.initiatives.rules.ideas import same_code
from samskap.apps.initiatives.views.idea_standing import IdeaStanding, act_as, idea_standing
from samskap.kernel.errors import RuleError
from samskap.web.answers import see_other

if TYPE_CHECKING:
    from samskap.apps.initiatives.models import Idea

__all__ = ["enter_ideas", "idea", "idea_round", "new_idea", "support"]

PAGE = 20
TRIES = 10
TRIES_WITHIN_S = 300


@require_safe
def idea_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, the ideas of others in an order of one's own, and the way to write one."""
    stand = idea_standing(request, pk)
    page = Paginator(queries.ideas_in_own_order(stand.idea_round, key=stand.key.hex), PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = _page(stand) | {
        "page": shown,
        **_shown(stand, list(shown)),
        "code_form": IdeaCodeForm(),
        "own_count": queries.own_ideas(stand.participant, stand.idea_round).count() if stand.participant else 0,
    }
    return stand.remember(render(request, "initiatives/ideas/round.html", context))


@require_safe
def idea(request: HttpRequest, pk: int, idea_pk: int) -> HttpResponse:
    """One idea: its words, those merged into it, what it became."""
    stand = idea_standing(request, pk)
    found = queries.shown_idea(stand.idea_round, idea_pk, participant=stand.participant)
    kept = found.merged_into if found.state == "merged" else None
    context = _page(stand) | {"line": _shown(stand, [found.pk])["ideas"][0], "kept": kept}
    return stand.remember(render(request, "initiatives/ideas/idea.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def new_idea(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an idea. Those that share words with it are shown before it is sent."""
    stand = idea_standing(request, pk)
    form = IdeaForm(request.POST) if request.method == "POST" else IdeaForm.fresh()
    context = _page(stand) | {"form": form}
    if request.method == "POST" and stand.may_act and form.is_valid():
        alike = queries.alike_ideas(stand.idea_round, " ".join(form.words.values()))
        if not alike or "anyway" in request.POST:
            return _submitted(request, stand, form)
        context["alike"] = [(one, words) for one, words in alike if one.state == "accepted"]
        context["is_waiting_alike"] = any(one.state == "waiting" for one, _words in alike)
    return stand.remember(render(request, "initiatives/ideas/write.html", context))


@require_POST
def support(request: HttpRequest, pk: int, idea_pk: int) -> HttpResponse:
    """Stand behind an idea, or take that back (`do=undo`)."""
    stand = idea_standing(request, pk)
    found = queries.shown_idea(stand.idea_round, idea_pk, participant=None)
    action: Callable[..., Any] = actions.undo_support if request.POST.get("do") == "undo" else actions.support_idea
    participant = None
    try:
        participant, window = act_as(request, stand)
        action(participant, found, activity=window)
    except RuleError as error:
        messages.error(request, str(error))
    return stand.remember(see_other(_back(request, stand, found)), participant=participant)


@require_POST
def enter_ideas(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a ticket in with the code; after ten wrong ones it waits five minutes."""
    stand = idea_standing(request, pk)
    onward = see_other(reverse("initiatives:idea_round", args=[pk]))
    if stand.window is None or stand.lacks != "code":
        return onward
    tries_key = f"initiatives.code.{stand.key.hex}"
    tries = cache.get(tries_key, 0)
    if tries >= TRIES:
        messages.error(request, _("Those were many wrong codes. Wait five minutes and try again."))
    elif same_code(request.POST.get("code", ""), stand.window.access_code):
        participant, _window = act_as(request, stand, assurance="code")
        return stand.remember(onward, participant=participant)
    else:
        cache.set(tries_key, tries + 1, TRIES_WITHIN_S)
        messages.error(request, _("That is not the code. Look at the screen in the hall or in your invitation."))
    return stand.remember(onward)


def _submitted(request: HttpRequest, stand: IdeaStanding, form: IdeaForm) -> HttpResponse:
    try:
        participant, window = act_as(request, stand)
        made = actions.submit_idea(
            participant, activity=window, idea_round=stand.idea_round, **form.words,
            language=(get_language() or "nb")[:2], form_key=form.cleaned_data["form_key"],
        )  # fmt: skip
    except RuleError as error:
        form.add_error(None, str(error))
        return stand.remember(render(request, "initiatives/ideas/write.html", _page(stand) | {"form": form}))
    if made.state == "accepted":
        messages.success(request, _("Received. Others can see and support your idea now."))
    else:
        messages.success(request, _("Received. A moderator reads your idea before others see it."))
    onward = see_other(reverse("initiatives:own_ideas", args=[stand.idea_round.pk]))
    return stand.remember(onward, participant=participant)


def _page(stand: IdeaStanding) -> dict[str, Any]:
    return stand.context | {"supported": queries.supported_by(stand.participant, stand.idea_round)}


def _shown(stand: IdeaStanding, pks: list[int]) -> dict[str, Any]:
    """These ideas as lines, with how many support each where this participant sees that."""
    visible = queries.supporters_are_visible(stand.idea_round, participant=stand.participant, windows=stand.windows)
    counts = queries.supporters_by_idea(stand.idea_round) if visible else {}
    own = stand.participant.pk if stand.participant else 0
    lines = [
        {
            "idea": one,
            "merged": queries.merged_under(one),
            "is_own": own != 0 and one.author_id == own,
            "support_words": supporters_words(counts.get(one.pk, 0)) if visible and one.state == "accepted" else "",
        }
        for one in queries.shown_ideas(pks)
    ]
    return {"ideas": lines, "counts_are_shown": visible}


def _back(request: HttpRequest, stand: IdeaStanding, found: Idea) -> str:
    """To the place on the page one came from."""
    if request.POST.get("back") == "idea":
        return reverse("initiatives:idea", args=[stand.idea_round.pk, found.pk])
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isdecimal() and page != "1" else ""
    return f"{reverse('initiatives:idea_round', args=[stand.idea_round.pk])}{query}#idea-{found.pk}"
