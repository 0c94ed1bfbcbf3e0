"""XML from strangers, read into a tree: no document type, so no entity that grows or fetches; neither deep nor big.

Python's own expat does the reading. Its tree has names as `{namespace}name`, as `xml.etree.ElementTree` has them.
"""

from __future__ import annotations

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from samskap.formats.errors import FormatError

__all__ = ["MOST_BYTES", "MOST_DEEP", "MOST_ELEMENTS", "tree_of"]

MOST_BYTES = 5_000_000
MOST_ELEMENTS = 100_000
MOST_DEEP = 40


def tree_of(content: bytes) -> Element:
    """The root of a document; FormatError with the line where it is none, or where it is more than we read."""
    if not content.strip():
        raise FormatError("The file is empty.", code="xml_empty")
    if len(content) > MOST_BYTES:
        megabytes = MOST_BYTES // 1_000_000
        raise FormatError(f"The file is larger than {megabytes} MB.", code="xml_too_large", gaps={"most": megabytes})
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as wrong:
        line = getattr(wrong, "lineno", 1)
        raise FormatError(
            f"The file is no XML: line {line} is wrong.", code="xml_broken", gaps={"line": line}
        ) from None
    return reader.builder.close()


class _Reader:
    """A parser that fills a tree and stops at what no honest file has."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.depth = self.elements = 0
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MOST_DEEP or self.elements > MOST_ELEMENTS:
            raise FormatError("The file has more parts than we read.", code="xml_too_many")
        self.builder.start(_named(name), {_named(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(_named(name))

    def _doctype(self, *_declared: object) -> NoReturn:
        raise FormatError("The file declares a document type (DOCTYPE), which is not read.", code="xml_doctype")


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name
