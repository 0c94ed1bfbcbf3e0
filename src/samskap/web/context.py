"""What every page knows: colours, place, menu, whether this is the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from samskap.kernel.municipalities import MUNICIPALITY_NAMES

__all__ = ["SCHEMES", "SCHEME_COOKIE", "MenuItem", "page"]

SCHEMES = ("auto", "light", "dark")
SCHEME_COOKIE = "samskap_scheme"


@dataclass(frozen=True)
class MenuItem:
    """One line of the main menu; `current` marks the part of the site that the page belongs to."""

    label: str
    url: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the base templates. A view may say `place_name` and `theme_colour` itself."""
    scheme = request.COOKIES.get(SCHEME_COOKIE, "auto")
    return {
        "color_scheme": scheme if scheme in SCHEMES else "auto",
        "theme_colour": settings.SAMSKAP_COLOUR.lstrip("#"),
        "place_name": MUNICIPALITY_NAMES.get(settings.SAMSKAP_MUNICIPALITY, ""),
        "is_demo": settings.SAMSKAP_DEMO,
        "menu": _menu(request, settings.SAMSKAP_MENU),
        "work_menu": _menu(request, settings.SAMSKAP_WORK_MENU) if request.path.startswith("/work/") else [],
    }


def _menu(request: HttpRequest, items: list[tuple[Any, str]]) -> list[MenuItem]:
    """The lines of a menu; of several addresses that lead to this page, the longest is the current one."""
    urls = [reverse(view) for _label, view in items]
    current = max((url for url in urls if request.path.startswith(url)), key=len, default="")
    return [MenuItem(str(label), url, url == current) for (label, _view), url in zip(items, urls, strict=True)]
