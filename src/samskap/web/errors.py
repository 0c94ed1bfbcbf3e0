"""Error pages: what happened, in the reader's language, and what to do next. Root URLs name them as handlers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from samskap.kernel.errors import NotAllowed, NotFound, SamskapError

__all__ = [
    "answer_error",
    "bad_request",
    "csrf_failure",
    "errors_as_json",
    "forbidden",
    "not_found",
    "server_error",
]


def answer_error(request: HttpRequest, error: SamskapError) -> HttpResponse:
    """The page for an error of our own family: its message and its cure."""
    if isinstance(error, NotFound):
        return _page(request, status=404, title=_("We cannot find this page"), message=error.message, cure=error.cure)
    if isinstance(error, NotAllowed):
        return _page(request, status=403, title=_("You may not see this"), message=error.message, cure=error.cure)
    return _page(request, status=409, title=_("This cannot be done now"), message=error.message, cure=error.cure)


def errors_as_json(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer our own errors in the one shape that machines read."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except SamskapError as error:
            status = 404 if isinstance(error, NotFound) else 403 if isinstance(error, NotAllowed) else 409
            return JsonResponse({"error": str(error), "code": error.code}, status=status)

    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself is broken."""
    return _page(
        request,
        status=400,
        title=_("The request could not be understood"),
        message=_("Something in the address or the form was not as it must be."),
        cure=_("Go back, load the page again and try once more."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the actor may not see this."""
    return _page(
        request,
        status=403,
        title=_("You may not see this"),
        message=_("This page is for others than the account you use."),
        cure=_("Sign in with an account that may, or ask the facilitator."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: absent, or not yours."""
    return _page(
        request,
        status=404,
        title=_("We cannot find this page"),
        message=_("The address may be wrong, or what was here may have been closed."),
        cure=_("Check the address or the code, or go to the front page."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was old, or cookies are switched off."""
    return _page(
        request,
        status=403,
        title=_("The form had been open too long"),
        message=_("For your safety, nothing was sent."),
        cure=_("Go back, load the page again and send the form once more. Cookies must be allowed."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page asks nothing of the request, which may be what broke."""
    return HttpResponse(loader.render_to_string("web/server_error.html"), status=500)


def _page(request: HttpRequest, *, status: int, title: str, message: str, cure: str) -> HttpResponse:
    context = {"status": status, "title": title, "message": message, "cure": cure}
    return render(request, "web/error.html", context, status=status)
