"""The names of the indicators that Samskap knows, and why measures of one thing differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.apps.figures.models import Indicator

__all__ = ["CONCEPTS", "TITLES", "Concept", "indicator_title", "known_title"]

_SERVICES = {
    "kindergarten": _("Kindergarten"),
    "school": _("School"),
    "child_welfare": _("Child welfare"),
    "health": _("Municipal health services"),
    "care": _("Care"),
    "social": _("Social services"),
    "administration": _("Administration"),
}

_SERVICE_FORMS = {
    "users": _("%(service)s: people who use it"),
    "posts": _("%(service)s: full-time posts"),
    "accounts": _("%(service)s: net operating expenditure"),
}

TITLES: dict[str, StrOrPromise] = {
    "population": _("People on 1 January"),
    "projected_population": _("Projected people on 1 January"),
    "births": _("Births"),
    "deaths": _("Deaths"),
    "moves_in": _("Moves in"),
    "moves_out": _("Moves out"),
    "net_moves": _("Net moves in"),
    "immigration": _("Moves in from abroad"),
    "emigration": _("Moves out of the country"),
    "households": _("Households"),
    "living_alone_share": _("Households of one person"),
    "turnout_share": _("Turnout at the municipal election"),
    "centrality": _("Centrality class"),
    "consumer_price_index": _("Consumer prices"),
    "living_alone_67_share": _("People aged 67 and over who live alone"),
    "dementia_share": _("People with dementia"),
    "home_care_80_share": _("People aged 80 and over who get care at home"),
    "nursing_home_80_share": _("People aged 80 and over who live in a nursing home"),
    "gp_contacts_mental": _("Contacts with the general practitioner for mental symptoms or disorders"),
    "youth_distress_share": _("Pupils who are troubled by mental distress"),
    "youth_depressive_share": _("Pupils with many depressive symptoms"),
    "youth_life_satisfaction": _("Pupils who are satisfied with their life"),
    "youth_reduced_work_capacity": _("Young adults with reduced work capacity"),
    "neet_share": _("Young people outside work, education and labour market measures"),
    "upper_secondary_share": _("Pupils who complete upper secondary education"),
    "bullying_share": _("Pupils who are bullied"),
    "school_wellbeing_share": _("Pupils who like it at school"),
    "child_welfare_share": _("Children with measures of the child welfare service"),
    "child_low_income_share": _("Children in households with low income"),
    "jobs": _("Jobs in the municipality"),
    "labour_status": _("People by labour market status"),
    "death_probability": _("Probability of dying within a year"),
    "jobs_public": _("Jobs in the public sector"),
    "jobs_private": _("Jobs in the private sector"),
    "employment_share": _("People in employment"),
    "unemployment_share": _("People who are unemployed"),
    "disability_share": _("Adults on work assessment allowance or disability benefit"),
    "commuters_in": _("People who commute to work here"),
    "commuters_out": _("People who commute to work elsewhere"),
    "higher_education_share": _("Adults with higher education"),
    "low_income_share": _("People in households with low income"),
    "median_income": _("Median income after tax of households"),
    "kindergarten_coverage_share": _("Children aged 1 to 5 in kindergarten"),
    "nursing_home_beds": _("Beds in nursing homes"),
    "net_operating_result_share": _("Net operating result, share of revenue"),
    "free_funds_share": _("Free funds, share of revenue"),
    "net_debt_share": _("Net debt from loans, share of revenue"),
    "free_income_per_head": _("Free income per inhabitant"),
    "need_index": _("Need for spending, index"),
    "kostra_group": _("KOSTRA group"),
    "accounts_free_income": _("Free income (tax and block grant)"),
    "accounts_tax": _("Tax on income and wealth"),
    "accounts_other_income": _("Other operating income"),
    "accounts_interest": _("Interest paid"),
    "accounts_instalments": _("Instalments paid"),
    "accounts_net_finance": _("Net financial expenses"),
    "accounts_debt": _("Debt from loans"),
    "accounts_free_funds": _("Free funds"),
    "accounts_net_result": _("Net operating result"),
    "accounts_revenue": _("Operating revenue"),
}


@dataclass(frozen=True)
class Concept:
    """One thing that is measured in several ways: its name, and why the measures differ."""

    title: StrOrPromise
    why: StrOrPromise


CONCEPTS = {
    "youth_mental_health": Concept(
        _("The mental health of young people"),
        _(
            "These measures differ because they count different things: contacts with the general practitioner count"
            " those who seek help, the Ungdata survey asks pupils how they feel, and not every school takes part every"
            " year. One can rise while the other falls. Read them together."
        ),
    ),
    "youth_outside": Concept(
        _("Young people outside work and education"),
        _(
            "These measures differ in whom they count: everybody of an age who is registered in neither work nor"
            " education, those with an assessed reduced work capacity, or pupils who have not completed in time."
        ),
    ),
}


def indicator_title(indicator: Indicator) -> str:
    """The name in the reader's language: ours for what we know, else as the municipality wrote it."""
    return known_title(indicator.key) or str(indicator.said.title)


def known_title(key: str) -> str:
    """The name of an indicator of the catalogue, "" for others."""
    if key in TITLES:
        return str(TITLES[key])
    form, _underscore, service = key.partition("_")
    if form in _SERVICE_FORMS and service in _SERVICES:
        return str(_SERVICE_FORMS[form]) % {"service": _SERVICES[service]}
    return ""
