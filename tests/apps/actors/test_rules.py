"""Roles and register numbers, on plain values."""

from __future__ import annotations

import pytest

from samskap.apps.actors import rules

ROLES = ("leader", "facilitator", "unit_manager", "partner")


@pytest.mark.parametrize(
    ("own", "given"),
    [
        ([], []),
        (["partner", "unit_manager"], []),
        (["facilitator"], ["facilitator", "unit_manager", "partner"]),
        (["leader"], ["leader", "facilitator", "unit_manager", "partner"]),
        (["partner", "leader"], ["leader", "facilitator", "unit_manager", "partner"]),
    ],
)
def test_nobody_gives_more_than_they_have(own: list[str], given: list[str]) -> None:
    assert [role for role in ROLES if rules.may_give(own, role=role)] == given


@pytest.mark.parametrize(
    ("role", "others", "is_last"),
    [
        ("facilitator", [], True),
        ("facilitator", ["partner", "unit_manager"], True),
        ("facilitator", ["leader"], False),
        ("leader", ["facilitator"], True),
        ("leader", ["leader"], False),
        ("partner", [], False),
    ],
)
def test_the_last_in_charge_and_the_last_leader_stay(role: str, others: list[str], is_last: bool) -> None:
    assert rules.is_last_in_charge(role, others=others) is is_last


@pytest.mark.parametrize("number", ["974760673", "923609016", "889640782"])
def test_a_register_number_with_the_right_check_digit_is_one(number: str) -> None:
    assert rules.is_register_number(number)


@pytest.mark.parametrize(
    "number", ["974760674", "123456789", "97476067", "9747606731", "97476067x", "٩٧٤٧٦٠٦٧٣", "000000010", ""]
)
def test_anything_else_is_no_register_number(number: str) -> None:
    assert not rules.is_register_number(number)


def test_every_single_wrong_digit_is_found() -> None:
    right = "974760673"
    wrong = [
        right[:at] + digit + right[at + 1 :] for at in range(9) for digit in "0123456789" if digit != right[at]
    ]  # fmt: skip
    assert [number for number in wrong if rules.is_register_number(number)] == []
