"""Text from people: Markdown made into safe HTML."""

from __future__ import annotations

import html

import nh3
from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

__all__ = ["markdown", "without_marks"]

register = template.Library()

_READER = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code", "h3", "h4"}
_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h4", "h5": "h4", "h6": "h4"}


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as HTML that can do no harm: no raw HTML, images, styles or scripts; headings fit below a page's own."""
    tokens = _READER.parse(text)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    made = _READER.renderer.render(tokens, _READER.options, {})
    clean = nh3.clean(made, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)  # noqa: S308 -- cleaned by nh3 just above


@register.filter
def without_marks(text: str) -> str:
    """Markdown as plain words, for a line on a card: no marks, no line breaks."""
    return html.unescape(" ".join(strip_tags(markdown(text)).split()))
