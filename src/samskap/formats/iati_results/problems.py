"""What can be wrong in a file of IATI results, or left out of it: one table of sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["PROBLEMS", "Problem"]

# English sentences by key. `result` is the title of the result, or its number where it has none; others are as named.
PROBLEMS: Mapping[str, str] = {
    "title_missing": "Result {result} has no title.",
    "measure_missing": "The indicator of “{result}” has no unit: the attribute measure is missing.",
    "measure_unknown": "The measure “{value}” of “{result}” is not in the code list of IATI.",
    "value_missing": "A {part} of “{result}” has no value.",
    "value_wrong": "The {part} “{value}” of “{result}” is not a number.",
    "value_too_long": "The {part} “{value}” of “{result}” has more than 14 digits or more than 4 decimals.",
    "year_wrong": "The year “{value}” of the baseline of “{result}” is not a year.",
    "year_other": "The baseline of “{result}” is dated {value}, and its year is another.",
    "date_missing": "A {part} of “{result}” has no date.",
    "date_wrong": "The date “{value}” of a {part} of “{result}” is not a date.",
    "period_backwards": "A period of “{result}” ends on {end}, before it starts on {start}.",
    "periods_out_of_order": "The periods of “{result}” are not in order: one that ends on {end} comes after {before}.",
    "part_twice": "“{result}” has more than one {part} for the same time.",
    "own_wrong": "“{value}” is not a {part} that this version knows, in “{result}”.",
    # Left out, and told so
    "not_a_number": "“{result}” is left out: it is described in words and has no number to follow.",
    "split_left_out": "Values of “{result}” for a place or a group alone are left out.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A key of `PROBLEMS`, and the values that its sentence names."""

    key: str
    gaps: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return PROBLEMS[self.key].format_map(self.gaps)
