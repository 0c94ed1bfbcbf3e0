"""Markdown from people can do no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from samskap.web.templatetags.plain_text import markdown

ALLOWED = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code", "h3", "h4", "div"}


def test_markdown_becomes_html():
    assert markdown("**Ja** til\n\n- en\n- to") == (
        "<p><strong>Ja</strong> til</p>\n<ul>\n<li>en</li>\n<li>to</li>\n</ul>\n"
    )


def test_headings_fit_below_those_of_the_page():
    assert markdown("# En\n## To") == "<h3>En</h3>\n<h4>To</h4>\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=y>", "<p>&lt;img src=x onerror=y&gt;</p>\n"),
        ("[her](javascript:alert(1))", "<p>[her](javascript:alert(1))</p>\n"),
    ],
)
def test_code_is_shown_and_never_run(text, shown):
    assert shown in markdown(text)


def test_links_say_nothing_of_where_they_come_from():
    assert markdown("[her](https://example.org)") == (
        '<p><a href="https://example.org" rel="noopener noreferrer">her</a></p>\n'
    )


@given(st.text(alphabet="<>&\"'=#*_[]()!`\n javascript:onerror/", max_size=60))
def test_whatever_is_written_only_plain_elements_come_out(text):
    tree = html.fragment_fromstring(markdown(text), create_parent="div")
    assert {element.tag for element in tree.iter()} <= ALLOWED
    assert {name for element in tree.iter() for name in element.attrib} <= {"href", "rel", "start"}
