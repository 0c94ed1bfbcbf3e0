"""Budget elections in the Pabulib form (pabulib.org/format): one `.pb` file holds budget, projects and ballots.

file = read_pabulib(Path("ballot.pb"))            # strict; mode="lenient" repairs and tells: file.repairs
outcome = count(election_of(file), rule="equal_shares")
written = write_pabulib(file)
"""

from __future__ import annotations

from samskap.formats.pabulib.building import Cell, Columns, pabulib_of
from samskap.formats.pabulib.electing import election_of
from samskap.formats.pabulib.file import Layout, PabulibFile, Section
from samskap.formats.pabulib.problems import Mode, Repair
from samskap.formats.pabulib.reading import read_pabulib
from samskap.formats.pabulib.writing import write_pabulib

__all__ = [
    "Cell",
    "Columns",
    "Layout",
    "Mode",
    "PabulibFile",
    "Repair",
    "Section",
    "election_of",
    "pabulib_of",
    "read_pabulib",
    "write_pabulib",
]
