"""Outcome contracts in the shape of the INDIGO data standard 4.0.0 (project and organisation), written and read."""

from samskap.formats.indigo.ledger import Contract, Metric, Organisation, Party, Payment, Place, Plan, Result, renamed
from samskap.formats.indigo.nodes import Problem, Remark
from samskap.formats.indigo.reading import Project, read_indigo
from samskap.formats.indigo.writing import one_document, several_document

__all__ = [
    "Contract",
    "Metric",
    "Organisation",
    "Party",
    "Payment",
    "Place",
    "Plan",
    "Problem",
    "Project",
    "Remark",
    "Result",
    "one_document",
    "read_indigo",
    "renamed",
    "several_document",
]
