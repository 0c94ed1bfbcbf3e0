"""The error family says what happened and what to do, and is drawn as it is."""

from __future__ import annotations

from samskap.kernel import errors


def test_an_error_reads_as_message_and_cure() -> None:
    error = errors.RuleError("The ballot is closed.", code="ballot_closed", cure="Ask the host.")
    assert str(error) == "The ballot is closed. Ask the host."
    assert (error.code, error.message, error.cure) == ("ballot_closed", "The ballot is closed.", "Ask the host.")


def test_an_error_without_a_code_carries_the_code_of_its_kind() -> None:
    assert [cls("x").code for cls in (errors.NotAllowed, errors.NotFound, errors.RuleError, errors.Closed)] == [
        "not_allowed",
        "not_found",
        "rule",
        "closed",
    ]


def test_the_tree_in_the_docstring_names_every_error_of_the_kernel() -> None:
    drawn = errors.__doc__ or ""
    assert all(name in drawn for name in errors.__all__)
