"""A `.pb` file to bytes: cells in quotation marks only where they must be, lines ended as they were."""

from __future__ import annotations

import csv
from types import SimpleNamespace
from typing import TYPE_CHECKING

from samskap.formats.pabulib.sections import TITLES

if TYPE_CHECKING:
    from samskap.formats.pabulib.file import Layout, PabulibFile, Section

__all__ = ["write_pabulib", "written_sections"]


def write_pabulib(file: PabulibFile) -> bytes:
    """The bytes of the file: those it was read from, where its quotation marks and line ends were regular."""
    return written_sections((file.meta_section, file.projects, file.votes), layout=file.layout)


def written_sections(sections: tuple[Section, Section, Section], *, layout: Layout) -> bytes:
    """META, PROJECTS and VOTES as text in UTF-8."""
    lines: list[str] = []
    # The writer quotes a cell that holds a sign of its line end: with "\n" alone a cell with "\r" would be torn.
    ends_lines = SimpleNamespace(write=lambda line: lines.append(line[:-2]))
    writer = csv.writer(ends_lines, delimiter=";", lineterminator="\r\n")
    for title, section in zip(TITLES, sections, strict=True):
        writer.writerow([title])
        writer.writerow(section.header)
        writer.writerows(section.rows)
    text = layout.line_end.join(lines) + (layout.line_end if layout.last_end else "")
    return text.encode("utf-8-sig" if layout.mark else "utf-8")
