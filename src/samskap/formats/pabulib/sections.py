"""Rows to the three sections, by column, each row with the line on which it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.formats.pabulib.file import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.formats.pabulib.problems import Findings
    from samskap.formats.pabulib.text import Text

__all__ = ["META", "PROJECTS", "TITLES", "VOTES", "Rows", "sections_of"]

META, PROJECTS, VOTES = TITLES = ("META", "PROJECTS", "VOTES")
NEEDED = {META: ("key", "value"), PROJECTS: ("project_id", "cost"), VOTES: ("voter_id", "vote")}
_TELLING = frozenset({"", *TITLES, *map(str.lower, TITLES), *map(str.capitalize, TITLES)})


class Rows:
    """A section that is being read: `columns` and `lines` grow; a cell that occurs again is the same text in memory."""

    def __init__(self, title: str, header: list[str], *, line: int, findings: Findings) -> None:
        self.title = title
        self.line = line
        self.lines: list[int] = []
        self._findings = findings
        self.first: list[str] = []
        self.header = self._checked(header)
        self.names = [name.strip() for name in self.header]
        self.columns: list[list[str]] = [[] for _ in self.header]
        self._known: list[dict[str, str]] = [{} for _ in self.header]
        if self.first:
            self.extend([line], [self.first])

    def __len__(self) -> int:
        return len(self.lines)

    def extend(self, lines: Sequence[int], rows: Sequence[list[str]]) -> None:
        """Rows that follow, repaired to the width of the header."""
        if set(map(len, rows)) - {len(self.header)}:
            fitted = [(line, self._fitted(line, row)) for line, row in zip(lines, rows, strict=True)]
            lines, rows = [line for line, row in fitted if row], [row for _, row in fitted if row]
        self.lines.extend(lines)
        for place, cells in enumerate(zip(*rows, strict=True)):
            known = self._known[place]
            alone = self.names[place] == "voter_id"
            self.columns[place].extend(cells if alone else map(known.setdefault, cells, cells))

    def keep(self, places: list[int]) -> None:
        """Leave out all rows but these."""
        self.lines = [self.lines[place] for place in places]
        self.columns = [[cells[place] for place in places] for cells in self.columns]

    def cells(self, name: str) -> list[str]:
        """The cells under a name, to be read and repaired in place."""
        return self.columns[self.names.index(name)]

    def section(self) -> Section:
        return Section(tuple(self.header), tuple(map(tuple, self.columns)))

    def _checked(self, header: list[str]) -> list[str]:
        names = [name.strip() for name in header]
        if self.title == META:
            return self._header_of_meta(header, names=names)
        for name in names:
            if names.count(name) > 1:
                self._findings.fail("column_twice", line=self.line, section=self.title, column=name)
        for name in NEEDED[self.title]:
            if name not in names:
                self._findings.fail("column_missing", line=self.line, section=self.title, column=name)
        return header

    def _header_of_meta(self, header: list[str], *, names: list[str]) -> list[str]:
        """Key and value. Where that row is missing, the first one is not lost."""
        wanted = list(NEEDED[META])
        if names == wanted:
            return header
        if [name.lower() for name in names] == wanted:
            self._findings.meet("meta_header", line=self.line, found=";".join(names))
        else:
            self._findings.meet("meta_headless", line=self.line, found=names[0])
            self.first = header
        return wanted

    def _fitted(self, line: int, row: list[str]) -> list[str] | None:
        wanted, counts = len(self.header), {"found": len(row), "wanted": len(self.header)}
        if len(row) == wanted:
            return row
        if len(row) < wanted:
            self._findings.meet("cells_under", line=line, **counts)
            return row + [""] * (wanted - len(row))
        if not any(row[wanted:]):
            self._findings.meet("cells_over", line=line, **counts)
            return row[:wanted]
        if self.title == META:
            self._findings.meet("value_torn", line=line, key=row[0])
            return [row[0], ";".join(row[1:]).rstrip(";")]
        if self.title == PROJECTS:
            self._findings.fail("row_torn", line=line, **counts)
        self._findings.meet("ballot_torn", line=line, **counts)
        return None


def sections_of(text: Text, *, findings: Findings) -> tuple[Rows, Rows, Rows]:
    """META, PROJECTS and VOTES. FormatError where one is missing, or they stand in another order."""
    parting = _Parting(findings)
    for lines, rows in text.batches():
        done = 0
        for at in [place for place, row in enumerate(rows) if len(row) < 2 or row[0] in _TELLING]:
            if _is_title(rows[at]):
                parting.take(lines[done:at], rows[done:at])
                parting.begin(lines[at], rows[at])
                done = at + 1
            elif not any(map(str.strip, rows[at])):
                findings.meet("blank", line=lines[at])
                parting.take(lines[done:at], rows[done:at])
                done = at + 1
        last = max(done, len(rows) - text.is_cut)
        parting.take(lines[done:last], rows[done:last])
        parting.take_last(lines[last:], rows[last:])
    found, title = parting.found, parting.title
    if len(found) < len(TITLES):
        findings.fail("section_missing" if found or title else "empty", wanted=TITLES[len(found)])
    meta, projects, votes = found
    return meta, projects, votes


class _Parting:
    """The sections so far; `title` of the one whose header comes next, else nothing."""

    def __init__(self, findings: Findings) -> None:
        self.found: list[Rows] = []
        self.title = ""
        self._findings = findings

    def take(self, lines: Sequence[int], rows: Sequence[list[str]]) -> None:
        """Rows that are no titles: the header of the section if it is awaited, then what stands in it."""
        if not rows:
            return
        if self.title:
            self.found.append(Rows(self.title, rows[0], line=lines[0], findings=self._findings))
            self.title = ""
            lines, rows = lines[1:], rows[1:]
        elif not self.found:
            self._findings.fail("beginning", line=lines[0], found=rows[0][0])
        self.found[-1].extend(lines, rows)

    def take_last(self, lines: Sequence[int], rows: Sequence[list[str]]) -> None:
        """A last row whose line has no end: it must be whole."""
        if rows and self.found and not self.title and len(rows[0]) < len(self.found[-1].header):
            self._findings.fail("row_cut", line=lines[0])
        self.take(lines, rows)

    def begin(self, line: int, row: list[str]) -> None:
        """A title. A spreadsheet fills its row up with semicolons."""
        named = row[0].strip().upper()
        if row != [named]:
            self._findings.meet("title_form", line=line, found=";".join(row), wanted=named)
        if self.title or named not in TITLES[len(self.found) : len(self.found) + 1]:
            self._findings.fail("title", line=line, found=named)
        self.title = named


def _is_title(row: list[str]) -> bool:
    return bool(row) and row[0].strip().upper() in TITLES and not any(row[1:])
