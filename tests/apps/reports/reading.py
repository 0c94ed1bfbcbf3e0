"""What a PDF says: its words, its pages, and the elements of its structure."""

from __future__ import annotations

import io
from typing import Any

import pytest
from tests.apps.stories import searching

__all__ = ["opened", "tags_of", "text_of"]

pikepdf = pytest.importorskip("pikepdf", reason="The wheel pikepdf, which reads PDF files, is not installed.")


def opened(pdf: bytes) -> Any:
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Its words with single spaces."""
    return " ".join(searching.text_of(pdf, "application/pdf").split())


def tags_of(paper: Any) -> list[Any]:
    """Every element of the structure tree, in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            walk(node.get("/K"))

    walk(paper.Root.StructTreeRoot.get("/K"))
    return found
