"""What can be wrong in a `.pb` file: one table of sentences, raised by the strict reader, noted by the lenient one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NoReturn

from samskap.formats.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PROBLEMS", "Findings", "Mode", "Problem", "Repair"]

Mode = Literal["strict", "lenient"]
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """`what` is wrong, the `cure` for who owns the file, and `how` it is repaired; empty where nobody can know."""

    what: str
    cure: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """What the lenient reader found on a line of the file and how it was repaired. `code` is a key of `PROBLEMS`."""

    line: int
    code: str
    what: str
    how: str
    gaps: Mapping[str, object] = field(default_factory=dict, compare=False)


PROBLEMS: dict[str, Problem] = {
    # The text of the file
    "empty": Problem("There is nothing in it.", "Give the file with its sections META, PROJECTS and VOTES."),
    "broken": Problem("It cannot be unpacked: {reason}.", "Fetch or write the file again."),
    "too_large": Problem("It is larger than {limit} MB when unpacked.", "Split it by district, or leave columns out."),
    "encoding": Problem("The byte {byte} is not UTF-8.", "Save the file as UTF-8."),
    "cut_off": Problem(
        "It ends in the middle: META says {said} {things}, and {found} are there.", "Fetch the whole file again."
    ),
    "row_cut": Problem("The file ends in the middle of this row.", "Fetch the whole file again."),
    "quotes": Problem(
        "The quotation marks do not fit: {reason}.",
        "Put a cell that holds a semicolon or a quotation mark in quotation marks, and double those inside.",
        "The quotation marks of the line are read as text.",
    ),
    "blank": Problem("The line is empty.", "Remove it.", "It is passed over."),
    # Sections and their rows
    "beginning": Problem("It begins with {found}.", "A file begins with the line META."),
    "title": Problem(
        "Here begins the section {found}.",
        "A file has the sections META, PROJECTS and VOTES in this order, each once and each with a header.",
    ),
    "title_form": Problem(
        "The title of the section is written {found}.", "Write {wanted} alone on its line.", "It is read as {wanted}."
    ),
    "section_missing": Problem("There is no section {wanted} with a header.", "Fetch the whole file again."),
    "meta_header": Problem(
        "The columns of META are {found}.", "They must be key;value.", "They are read as key;value."
    ),
    "meta_headless": Problem(
        "META begins with {found}, without a header.",
        "Write key;value on the line after META.",
        "The row is read as a key and its value.",
    ),
    "column_twice": Problem("{section} has two columns {column}.", "Keep one of them."),
    "column_missing": Problem("{section} has no column {column}.", "Add the column {column}."),
    "cells_over": Problem(
        "The row has {found} cells, and the header {wanted}.",
        "Remove the semicolons at its end.",
        "The empty cells at its end are cut.",
    ),
    "cells_under": Problem(
        "The row has {found} cells, and the header {wanted}.",
        "Write a semicolon for each empty cell.",
        "The missing cells at its end are read as empty.",
    ),
    "value_torn": Problem(
        "The value of {key} holds semicolons outside quotation marks.",
        "Put the value in quotation marks.",
        "The cells are joined to one value.",
    ),
    "row_torn": Problem(
        "The row has {found} cells, and the header {wanted}.", "Check the quotation marks and semicolons of this row."
    ),
    "ballot_torn": Problem(
        "The row has {found} cells, and the header {wanted}.",
        "Check the quotation marks and semicolons of this row.",
        "The ballot is left out.",
    ),
    # META
    "key_twice": Problem("META says {key} twice.", "Keep one of them.", "The first one counts."),
    "key_missing": Problem("META does not say {key}.", "Add a line with {key}."),
    "count_missing": Problem("META does not say {key}.", "Add the line {key};{found}.", "{found} are counted."),
    "count": Problem(
        "META says that {key} is {said}, and {found} are there.",
        "Correct the number, or fetch the whole file again.",
        "{found} are counted.",
    ),
    "vote_type": Problem(
        "The vote_type {value} is unknown.", "Use approval, choose-1, ordinal, cumulative or scoring."
    ),
    "vote_type_form": Problem("The vote_type is written {value}.", "Write {wanted}.", "It is read as {wanted}."),
    "budget": Problem("The budget is {value}.", "It must be more than nothing."),
    "budget_small": Problem(
        "The budget is {value}, and the cheapest project costs {cheapest}.",
        "Raise the budget, or add a project that it can pay.",
    ),
    "number": Problem(
        "{key} is {value}, which is not a number that can only be read in one way.",
        "Write digits, with a point before the decimals and no sign between the thousands.",
    ),
    "number_form": Problem(
        "{key} is written {value}.",
        "Write digits, with a point before the decimals and no sign between the thousands.",
        "It is read as {wanted}.",
    ),
    "number_large": Problem("{key} is {value}, which is too large or too fine to count.", "Use at most 15 digits."),
    "limit": Problem(
        "{key} is {value}, which is not a number.", "Write a number, or remove the line.", "There is no such limit."
    ),
    "threshold": Problem(
        "The threshold of {value} points cannot be told in voters.",
        "Write samskap_constraints with a minimum_support of voters in its place.",
    ),
    "json": Problem("{key} cannot be understood: {reason}.", "Write it as the reference of the format says."),
    # PROJECTS
    "no_projects": Problem("There is no project.", "Add at least one project."),
    "project_id": Problem("The project_id is {value}.", "It must not be empty, and must not hold a comma."),
    "project_twice": Problem("Two projects are called {project}.", "Give each project an id of its own."),
    "project_again": Problem(
        "The project {project} stands there twice, word for word.", "Keep one of them.", "It is counted once."
    ),
    "cost": Problem("The project {project} costs {value}.", "It must cost more than nothing."),
    "full_cost": Problem(
        "The whole price of the project {project} is {value}, and it costs {cost} of this budget.",
        "The whole price cannot be lower.",
    ),
    "tally": Problem(
        "{project} has {said} in the column {column}, and the ballots give {found}.",
        "Correct the number, or fetch the whole file again.",
        "{found} is written in its place.",
    ),
    # VOTES
    "voter_missing": Problem("The voter_id is empty.", "Give each voter an id.", "The voter is called {voter}."),
    "voter_twice": Problem(
        "Two voters are called {value}.",
        "Give each voter an id of its own, or remove the ballot that is there twice.",
        "Both ballots count; this voter is called {voter}.",
    ),
    "choice_empty": Problem(
        "The ballot has an empty place between commas.", "Remove the comma.", "The empty place is passed over."
    ),
    "choice_unknown": Problem(
        "The ballot names the project {project}, which is not in PROJECTS.",
        "Correct the id, or add the project. Projects stand apart by commas, and no two can share a place.",
        "The name is left out.",
    ),
    "choice_twice": Problem(
        "The ballot names the project {project} more than once.", "Name it once.", "The first mention counts."
    ),
    "points_length": Problem(
        "The ballot names {choices} projects and gives {points} numbers of points.",
        "Give one number for each project, in the same order.",
        "Nobody can know which belong together: the ballot counts as empty.",
    ),
    "points_number": Problem(
        "The ballot gives the project {project} {value} points.",
        "Write digits, with a point before the decimals.",
        "Nobody can know what was meant: the ballot counts as empty.",
    ),
    "over": Problem(
        "The ballot has {found}, and {key} is {allowed}.",
        "Remove or correct the ballot, or correct {key}.",
        "The ballot counts as it stands.",
    ),
    "under": Problem(
        "The ballot has {found}, and {key} is {allowed}.",
        "Remove or correct the ballot, or correct {key}.",
        "The ballot counts as it stands.",
    ),
    "widened": Problem("Ballots go beyond {key}.", "Correct {key}, or the ballots.", "{key} is set to {found}."),
    "several": Problem(
        "Ballots name several projects, and vote_type is choose-1.",
        "Correct vote_type, or the ballots.",
        "vote_type is set to approval.",
    ),
}


class Findings:
    """Where problems go: the strict reader raises the first one, the lenient one repairs what can be repaired."""

    def __init__(self, *, file: str, mode: Mode) -> None:
        self.file = file
        self.mode = mode
        self.repairs: list[Repair] = []

    def meet(self, code: str, *, line: int, **gaps: object) -> None:
        """Something that can be repaired: noted, or raised as FormatError where the reader is strict."""
        if self.mode == "strict":
            self.fail(code, line=line, **gaps)
        problem, told = PROBLEMS[code], _told(gaps)
        self.repairs.append(Repair(line, code, problem.what.format(**told), problem.how.format(**told), gaps))

    def fail(self, code: str, *, line: int = 0, **gaps: object) -> NoReturn:
        """FormatError: nobody can know what was meant. Line 0 is the whole file."""
        problem, told = PROBLEMS[code], _told(gaps)
        place = f"{self.file}, line {line}" if line else self.file
        raise FormatError(
            f"{place}: {problem.what.format(**told)}",
            code=f"pabulib_{code}",
            cure=problem.cure.format(**told),
            gaps={"file": self.file, "line": line, **gaps},
        )


def _told(gaps: Mapping[str, object]) -> dict[str, str]:
    """Values as they stand in a sentence: long ones cut, empty ones in quotation marks."""
    texts = {name: str(value) for name, value in gaps.items()}
    return {name: _short(text) if text.strip() else f"“{_short(text)}”" for name, text in texts.items()}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
