"""Every address leads to its own page: none is swallowed by an earlier one with a wider pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.resolvers import RoutePattern

from samskap.apps.initiatives.labels.initiatives import SECTIONS

EXAMPLES = {"int": "7", "slug": "a-word-of-its-own", "str": "a-word-of-its-own", "path": "a-word/of-its-own"}


def addresses(resolver: URLResolver, before: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """An example of each address that is written as a route, and the name of its page."""
    for one in resolver.url_patterns:
        if not isinstance(one.pattern, RoutePattern):
            continue
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, route, one.namespace or namespace)
        elif isinstance(one, URLPattern) and one.name:
            example = re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES.get(found[1] or "str", "7"), route)
            yield f"/{example}", f"{namespace}:{one.name}".removeprefix(":")


def test_each_address_leads_to_the_page_it_is_listed_for() -> None:
    found = dict(addresses(get_resolver()))
    assert len(found) > 200
    assert {address: resolve(address).view_name for address in found} == found


@pytest.mark.parametrize("section", [*SECTIONS, "next"])
def test_no_later_module_takes_the_address_of_a_section_of_an_initiative(section: str) -> None:
    address = reverse("initiatives:edit_section", args=[7, section])
    assert resolve(address).view_name == "initiatives:edit_section"
