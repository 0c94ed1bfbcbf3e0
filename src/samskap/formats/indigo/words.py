"""The words and codes of the standard that we write and read."""

from __future__ import annotations

__all__ = [
    "BODIES",
    "CATEGORIES",
    "COORDINATOR",
    "COUNTRY",
    "CURRENCY",
    "EVALUATOR",
    "PLACE_CODES",
    "REGISTER",
    "REPAYMENTS",
    "SECTORS",
    "STANDARD",
    "STANDARD_VERSION",
    "TRANSACTIONS",
]

STANDARD, STANDARD_VERSION = "INDIGO", "4.0.0"
CURRENCY, COUNTRY = "NOK", "NO"

# The list of org-id.guide that Norwegian organisation numbers are taken from.
REGISTER = "NO-BRC-"
PLACE_CODES = "NO municipality number"

BODIES = {
    "public": "Government body",
    "private": "Registered company, partnership or commercial association",
    "voluntary": "Registered non-profit organisation, charity or foundation",
}
SECTORS = {word: sector for sector, word in BODIES.items()} | {
    "Multilateral, bilateral or intergovernmental body": "public",
}

# The category of an organisation in each list, by its sector.
CATEGORIES = {
    "service_provisions": {
        "public": "Government/Public Sector/Public Bank", "private": "For-profit", "voluntary": "Nonprofit/NGO",
        "": "Other",
    },
    "outcome_payment_commitments": {
        "public": "Government/Public Sector/Public Bank", "private": "Corporate Giving", "voluntary": "Nonprofit/NGO",
        "": "Other",
    },
    "investments": {
        "public": "Government/Public Sector/Public Bank", "private": "Commercial", "voluntary": "Nonprofit/NGO",
    },
}  # fmt: skip

# Intermediaries have one list; which of our two roles they have stands in words.
COORDINATOR, EVALUATOR = "Coordinator", "Independent evaluator"

# What money that is no payment for results is called, and what kinds other files call the same.
TRANSACTIONS = {"investment": "Debt", "return": "Capital Repayment and Interest", "outcome": "Outcome Payment"}
REPAYMENTS = {
    "Debt": "investment", "Equity": "investment", "Debt and Equity": "investment", "Interest Payment": "return",
    "Capital Repayment": "return", "Capital Repayment and Interest": "return", "Outcome Payment": "outcome",
}  # fmt: skip
