"""The indicators that Samskap knows: what a key of a source means. A municipality may add its own beside them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BEHIND", "CATALOGUE", "RELATIVE", "SERVICES", "TOPIC_ORDER", "Known", "known"]

TOPIC_ORDER = ("people", "ageing", "youth", "work", "services", "economy")

# The services that the outlook counts, in the order in which people meet them in life.
SERVICES = ("kindergarten", "school", "child_welfare", "health", "care", "social", "administration")


@dataclass(frozen=True, slots=True)
class Known:
    """One indicator of the catalogue. `concept` joins those that measure one thing in different ways."""

    key: str
    topic: str
    unit: str
    decimals: int = 0
    concept: str = ""
    order: int = 0


_LISTED = (
    # key, topic, unit, decimals, concept
    ("population", "people", "persons", 0, ""),
    ("projected_population", "people", "persons", 0, ""),
    ("births", "people", "persons", 0, ""),
    ("deaths", "people", "persons", 0, ""),
    ("moves_in", "people", "persons", 0, ""),
    ("moves_out", "people", "persons", 0, ""),
    ("net_moves", "people", "persons", 0, ""),
    ("immigration", "people", "persons", 0, ""),
    ("emigration", "people", "persons", 0, ""),
    ("households", "people", "households", 0, ""),
    ("living_alone_share", "people", "percent", 1, ""),
    ("turnout_share", "people", "percent", 1, ""),
    ("living_alone_67_share", "ageing", "percent", 1, ""),
    ("dementia_share", "ageing", "percent", 1, ""),
    ("home_care_80_share", "ageing", "percent", 1, ""),
    ("nursing_home_80_share", "ageing", "percent", 1, ""),
    ("gp_contacts_mental", "youth", "per_1000", 0, "youth_mental_health"),
    ("youth_distress_share", "youth", "percent", 1, "youth_mental_health"),
    ("youth_depressive_share", "youth", "percent", 1, "youth_mental_health"),
    ("youth_life_satisfaction", "youth", "percent", 1, "youth_mental_health"),
    ("youth_reduced_work_capacity", "youth", "persons", 0, "youth_outside"),
    ("neet_share", "youth", "percent", 1, "youth_outside"),
    ("upper_secondary_share", "youth", "percent", 1, "youth_outside"),
    ("bullying_share", "youth", "percent", 1, ""),
    ("school_wellbeing_share", "youth", "percent", 1, ""),
    ("child_welfare_share", "youth", "percent", 1, ""),
    ("child_low_income_share", "youth", "percent", 1, ""),
    ("jobs", "work", "jobs", 0, ""),
    ("labour_status", "work", "persons", 0, ""),
    ("jobs_public", "work", "jobs", 0, ""),
    ("jobs_private", "work", "jobs", 0, ""),
    ("employment_share", "work", "percent", 1, ""),
    ("unemployment_share", "work", "percent", 1, ""),
    ("disability_share", "work", "percent", 1, ""),
    ("commuters_in", "work", "persons", 0, ""),
    ("commuters_out", "work", "persons", 0, ""),
    ("higher_education_share", "work", "percent", 1, ""),
    ("low_income_share", "work", "percent", 1, ""),
    ("median_income", "work", "nok_per_household", 0, ""),
    ("kindergarten_coverage_share", "services", "percent", 1, ""),
    ("nursing_home_beds", "services", "number", 0, ""),
    ("net_operating_result_share", "economy", "percent", 1, ""),
    ("free_funds_share", "economy", "percent", 1, ""),
    ("net_debt_share", "economy", "percent", 1, ""),
    ("free_income_per_head", "economy", "nok_per_person", 0, ""),
    ("need_index", "economy", "index", 4, ""),
    ("kostra_group", "economy", "number", 0, ""),
    ("centrality", "people", "number", 0, ""),
    ("death_probability", "people", "per_1000", 3, ""),
    ("consumer_price_index", "economy", "index", 1, ""),
    *((f"users_{service}", "services", "persons", 0, "") for service in SERVICES),
    *((f"posts_{service}", "services", "posts", 1, "") for service in SERVICES),
    *((f"accounts_{service}", "economy", "nok", 0, "") for service in SERVICES),
    *(
        (f"accounts_{line}", "economy", "nok", 0, "")
        for line in (
            "free_income", "tax", "other_income", "interest", "instalments", "net_finance", "debt", "free_funds",
            "net_result", "revenue",
        )
    ),
)  # fmt: skip

CATALOGUE: dict[str, Known] = {
    key: Known(key, topic, unit, decimals, concept, order)
    for order, (key, topic, unit, decimals, concept) in enumerate(_LISTED, start=1)
}

# What can be compared between places of different size.
RELATIVE = frozenset({"percent", "per_1000", "nok_per_person", "nok_per_household", "years", "ratio", "index"})

# What is stored for computation and for finding similar places, and says little in a table of key figures.
BEHIND = frozenset(
    {"kostra_group", "centrality", "projected_population", "death_probability", "consumer_price_index"}
    | {key for key in CATALOGUE if key.startswith("accounts_")}
)


def known(key: str) -> Known | None:
    """The indicator of the catalogue with this key, or None."""
    return CATALOGUE.get(key)
