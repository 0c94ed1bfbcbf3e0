"""The door that the server opens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.project.settings")

_django = get_wsgi_application()

from samskap.apps.gatherings import live  # noqa: E402 -- models can be imported only when Django is set up


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer the live state at once, before any middleware; everything else is Django's."""
    path = environ.get("PATH_INFO", "")
    if not path.startswith(live.PREFIX):
        return _django(environ, start_response)
    made = live.answer(path, method=environ["REQUEST_METHOD"], if_none_match=environ.get("HTTP_IF_NONE_MATCH", ""))
    start_response(f"{made.status} {HTTPStatus(made.status).phrase}", list(made.headers))
    return [made.body]
