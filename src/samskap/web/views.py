"""Pages that belong to no module: choices of language and colours, the theme, and the three statements."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from samskap import __version__
from samskap.kernel.colour import parse_colour
from samskap.kernel.errors import SamskapError
from samskap.web.context import SCHEME_COOKIE, SCHEMES
from samskap.web.sample import styleguide_context
from samskap.web.theme import stylesheet

__all__ = ["about", "accessibility", "privacy", "robots", "set_color_scheme", "set_language", "styleguide", "theme"]

_YEAR_S = 60 * 60 * 24 * 365

# Pieces of pages that a script fetches, and places for those who work here. Private links are not among them: a search
# engine that may not read a page lists its address where it meets it, and does not see that it must not.
_NOT_FOR_ROBOTS = ("/stories/part/", "/work/")

# No CSRF token: a forged choice of language or colours harms nobody, and a token would set a cookie on every page.
set_language = csrf_exempt(require_POST(django_set_language))


@csrf_exempt
@require_POST
def set_color_scheme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen colours in a cookie; following the device needs none."""
    following = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure()):
        following = "/"
    answer = HttpResponseRedirect(following)
    scheme = request.POST.get("scheme")
    if scheme in SCHEMES and scheme != "auto":
        answer.set_cookie(SCHEME_COOKIE, scheme, max_age=_YEAR_S, samesite="Lax", secure=request.is_secure())
    else:
        answer.delete_cookie(SCHEME_COOKIE, samesite="Lax")
    return answer


@require_safe
@cache_control(public=True, max_age=60 * 60 * 24)
def theme(request: HttpRequest, colour: str) -> HttpResponse:
    """The stylesheet of a municipality whose colour this is: readable in light and dark, whatever the colour."""
    try:
        base = parse_colour(colour)
    except SamskapError as mistake:
        raise Http404(str(mistake)) from mistake
    return HttpResponse(stylesheet({"accent": base}), content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=60 * 60)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked to leave alone; the pages themselves say it again in their heads."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _NOT_FOR_ROBOTS)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/pages/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/pages/accessibility.html")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/pages/about.html", {"version": __version__})


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who build and for pictures; not there on a real server."""
    if not (settings.DEBUG or settings.SAMSKAP_DEMO):
        raise Http404
    return render(request, "web/pages/styleguide.html", styleguide_context())
