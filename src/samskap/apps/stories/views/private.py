"""The teller's own page behind the private link: see everything, change it, take back one yes or the whole story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.apps.actors import queries as actors
from samskap.apps.stories import actions, queries
from samskap.apps.stories.forms.stories import ChangeForm, GuardianForm, MonthsForm
from samskap.formats.qr import qr_svg
from samskap.kernel.errors import RuleError
from samskap.web.answers import never_kept
from samskap.web.site import site_of

if TYPE_CHECKING:
    from samskap.apps.stories.models import Story

__all__ = ["change", "consent", "guardian", "my_story", "private_link", "proposal", "withdraw", "withdraw_as_guardian"]


@never_kept
@require_safe
def my_story(request: HttpRequest, token: str) -> HttpResponse:
    """Everything about one's own story: its words, where it stands, every yes, and the ways to take it back."""
    story = queries.own_story(token)
    context = _page(story, token) | {
        "consents": queries.consent_lines(story),
        "is_shown": queries.is_shown_anywhere(story),
        "erased_on": queries.erased_on(story),
        "change": getattr(story, "change", None),
        "mark": queries.mark_of(story),
        "months_form": MonthsForm(auto_id=False),
        "guardian_link": _link(request, "stories:guardian", story.guardian_token),
    }
    return render(request, "stories/my_story.html", context)


@never_kept
@require_safe
def private_link(request: HttpRequest, token: str) -> HttpResponse:
    """The private link to keep, as an address and as a code, to print or to take a picture of."""
    story = queries.own_story(token)
    link = _link(request, "stories:my_story", token)
    context = _page(story, token) | {
        "link": link,
        "code": mark_safe(qr_svg(link, level="m")),  # noqa: S308 -- our own drawing of an address
        "guardian_link": _link(request, "stories:guardian", story.guardian_token),
    }
    return render(request, "stories/private_link.html", context)


@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Change one's own story; a moderator reads it again before others do."""
    story = queries.own_story(token)
    if story.state == "withdrawn":
        return redirect("stories:my_story", token)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ChangeForm(*sent, story=story)
    if form.is_valid():
        try:
            actions.change_story(story, **form.changed)
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("stories:my_story", token)
    return render(request, "stories/change.html", _page(story, token) | {"form": form})


@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """One button that erases the story; a GET only shows it, for programs open links to look at them."""
    story = queries.own_story(token)
    if request.method == "POST":
        actions.withdraw_story(story, by=actions.TELLER)
        return redirect("stories:my_story", token)
    return render(request, "stories/withdraw.html", _page(story, token) | {"is_guardian": False})


@never_kept
@require_POST
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Take back one yes at once (`withdraw=purpose.channel`), or give one (`give=…` with `months`)."""
    story = queries.own_story(token)
    taken, given = request.POST.get("withdraw", ""), request.POST.get("give", "")
    purpose, _dot, channel = (taken or given).partition(".")
    form = MonthsForm(request.POST)
    try:
        if taken:
            actions.withdraw_consent(story, purpose=purpose, channel=channel)
            messages.success(request, _("Taken back. From now on your story is not used so."))
        elif form.is_valid():
            actions.give_consent(story, purpose=purpose, channel=channel, months=form.cleaned_data["months"])
            messages.success(request, _("Thank you. Your yes is kept."))
        else:
            messages.error(request, _("Choose for how long."))
    except RuleError as error:
        messages.error(request, str(error))
    return redirect(reverse("stories:my_story", args=[token]) + "#consents")


@never_kept
@require_POST
def proposal(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes or no to what a moderator proposes."""
    story = queries.own_story(token)
    if request.POST.get("do") == "accept":
        try:
            actions.accept_change(story, read=request.POST.get("read", ""))
            messages.success(request, _("Your story has the new words."))
        except RuleError as error:
            messages.error(request, str(error))
    else:
        actions.refuse_change(story)
        messages.success(request, _("Your story stays as it is."))
    return redirect("stories:my_story", token)


@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, token: str) -> HttpResponse:
    """A guardian reads the story of somebody under age, and says yes."""
    story = queries.guarded_story(token)
    form = GuardianForm(request.POST if request.method == "POST" else None)
    if story.state != "withdrawn" and form.is_valid():
        try:
            actions.guardian_agrees(story, name=form.cleaned_data["name"], read=request.POST.get("read", ""))
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. Your yes is kept."))
            return redirect("stories:guardian", token)
    read = {"consents": queries.consent_lines(story), "mark": queries.mark_of(story)}
    context = _page(story, token) | read | {"form": form}
    return render(request, "stories/guardian.html", context)


@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_as_guardian(request: HttpRequest, token: str) -> HttpResponse:
    """A guardian says no, or takes the yes back: the story is erased."""
    story = queries.guarded_story(token)
    if request.method == "POST":
        actions.withdraw_story(story, by=actions.GUARDIAN)
        return redirect("stories:guardian", token)
    return render(request, "stories/withdraw.html", _page(story, token) | {"is_guardian": True})


def _page(story: Story, token: str) -> dict[str, Any]:
    return {**actors.frame(story.municipality), "story": story, "token": token}


def _link(request: HttpRequest, page: str, token: str) -> str:
    return f"{site_of(request)}{reverse(page, args=[token])}"
