"""Files to print: data and a template, made into a PDF and handed out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samskap.formats.typesetting import typeset

__all__ = ["pdf"]

_TEMPLATES = Path(__file__).parent.parent / "templates/budgeting/print"


def pdf(template: str, document: dict[str, Any], *, name: str) -> HttpResponse:
    """The file as a download that nothing on the way keeps."""
    content = typeset((_TEMPLATES / template).read_bytes(), document)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Cache-Control"] = "private, no-store"
    return response
