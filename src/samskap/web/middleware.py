"""Around every request: our own errors become pages, and the browser is told what no page of ours needs."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from samskap.kernel.errors import SamskapError
from samskap.web.errors import answer_error

__all__ = ["ErrorPages", "permissions_policy"]

Answer = Callable[[HttpRequest], HttpResponse]

_UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
_POLICY = ", ".join(f"{feature}=()" for feature in _UNUSED)


class ErrorPages:
    """An error of the `SamskapError` family that a view lets out is answered with its message and cure."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_error(request, exception) if isinstance(exception, SamskapError) else None


def permissions_policy(get_response: Answer) -> Answer:
    """Switch off the sensors and devices that no page uses."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer
