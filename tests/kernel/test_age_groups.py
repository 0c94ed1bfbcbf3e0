"""Groups of ages add up, or say that they do not."""

from __future__ import annotations

import pytest

from samskap.kernel.age_groups import people_between

GROUPS = {(0, 5): {2026: 10.0, 2030: 9.0}, (6, 15): {2026: 20.0, 2030: 18.0, 2040: 5.0}, (16, 120): {2026: 70.0}}


def test_groups_inside_are_added_up_in_the_years_that_all_have() -> None:
    assert people_between(GROUPS, 0, 15) == {2026: 30.0, 2030: 27.0}
    assert people_between(GROUPS, 0, 120) == {2026: 100.0}
    assert people_between(GROUPS, 6, 15) == GROUPS[6, 15]


@pytest.mark.parametrize(("first", "last"), [(0, 14), (1, 15), (3, 4), (0, 119), (16, 66)])
def test_ages_that_no_groups_add_up_to_have_no_people(first: int, last: int) -> None:
    assert people_between(GROUPS, first, last) == {}


def test_a_gap_and_an_overlap_do_not_add_up() -> None:
    assert people_between({(0, 5): {2026: 1.0}, (7, 15): {2026: 1.0}}, 0, 15) == {}
    assert people_between({(0, 5): {2026: 1.0}, (5, 15): {2026: 1.0}}, 0, 15) == {}
