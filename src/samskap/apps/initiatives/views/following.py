"""Following by e-mail: leave an address, confirm it, and switch it off with one press."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samskap.apps.actors import queries as actors
from samskap.apps.initiatives import actions, queries
from samskap.apps.initiatives.forms.opportunities import FollowForm
from samskap.apps.processes.queries import visible_process
from samskap.kernel.errors import NotAllowed
from samskap.web.site import site_of

__all__ = ["follow", "follow_box", "follow_process", "following", "following_off"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Be told when an opportunity or an initiative moves."""
    return _follow(request, queries.joined_subject(kind, pk, viewer=request.user))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_process(request: HttpRequest, pk: int) -> HttpResponse:
    """Be told when anything of a process moves."""
    return _follow(request, visible_process(pk, viewer=request.user))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def following(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the personal link: confirm, see what the address follows, and stop any of it."""
    follower = queries.follower_by_token(token)
    if request.method == "POST" and request.POST.get("do") == "confirm":
        actions.confirm_follower(follower)
        messages.success(request, _("Thank you. We tell you when something moves."))
        return redirect("initiatives:following", token)
    if request.method == "POST":
        one = queries.follower_by_token(request.POST.get("stop", ""))
        if one.pk not in {row.pk for row in queries.followers_of_address(follower)}:
            raise NotAllowed(_("You may not do this."), cure=_("Load the page again."))
        actions.switch_off(one)
        messages.success(request, _("You are not told of that any more."))
        return redirect("initiatives:following", token)
    context = {"follower": follower, "subject": _subject(follower), "followed": queries.followers_of_address(follower)}
    return render(request, "initiatives/following/following.html", context)


# One press in a mail program (RFC 8058) has no cookie and no token of a form: the secret in the address is the key.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def following_off(request: HttpRequest, token: str) -> HttpResponse:
    """Stop all mail to this address at once; a GET only shows the button, for programs open links to look at them."""
    follower = queries.follower_by_token(token)
    if request.method == "POST":
        actions.switch_off_everything(follower)
    context = {"follower": follower, "is_off": request.method == "POST" or follower.off_at is not None}
    return render(request, "initiatives/following/off.html", context)


def follow_box(request: HttpRequest, subject: Any) -> dict[str, Any]:
    """What the box on a public page needs to let somebody follow it."""
    person = request.user if request.user.is_authenticated else None
    kind = str(subject._meta.model_name)
    return {
        "follow_form": FollowForm(auto_id="follow_%s"),
        "follow_view": f"initiatives:follow_{kind}",
        "follow_pk": subject.pk,
        "own_follower": queries.own_follower(subject, person) if person else None,
    }


def _follow(request: HttpRequest, subject: Any) -> HttpResponse:
    form = FollowForm(request.POST if request.method == "POST" else None, auto_id="follow_%s")
    site = site_of(request)
    context = {**actors.frame(subject.municipality), "subject": subject, "form": form, **follow_box(request, subject)}
    if request.method == "POST" and "with_account" in request.POST and request.user.is_authenticated:
        person: Any = request.user
        follower = actions.follow_as_person(subject, person=person, site=site, again="yes")
        messages.success(request, _("We tell you when something moves."))
        return redirect("initiatives:following", follower.token)
    if request.method == "POST" and form.is_valid():
        actions.follow(subject, email=form.cleaned_data["email"], language=get_language() or "nb", site=site)
        return render(request, "initiatives/following/sent.html", context)
    return render(request, "initiatives/following/follow.html", context | {"follow_form": form})


def _subject(follower: Any) -> Any:
    return follower.opportunity or follower.initiative or follower.process
