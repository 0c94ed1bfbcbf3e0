"""Words people see about initiatives: the six questions, what is missing, decisions and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samskap.formats.charts import Numbers

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "DECISIONS",
    "EFFORTS",
    "EFFORT_MEANINGS",
    "EXPECTATIONS",
    "MUNICIPALITY_PAYS",
    "QUESTIONS",
    "SECTIONS",
    "STAGE_MEANINGS",
    "numbers",
]

# The questions of utredningsinstruksen 2-1 in plain words, with the zero alternative beside the first: what is asked,
# and what helps to answer it.
QUESTIONS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "problem": (
        _("What is the problem, and what do we want to achieve?"),
        _("Who has the problem, how large is it, and how will we know that it is better?"),
    ),
    "zero_alternative": (
        _("What happens if we do nothing?"),
        _("The zero alternative: how things will be if we go on as today. Everything else is compared with it."),
    ),
    "measures": (
        _("Which measures are relevant?"),
        _("Name more than one way to get there, also one without cost."),
    ),
    "principles": (
        _("Which questions of principle does it raise?"),
        _("Rights, equal treatment, privacy, who decides. Write “none” if there are none."),
    ),
    "effects": (
        _("What are the effects, how lasting are they, and who is affected?"),
        _("Good and bad effects, for whom and for how long. Keep kroner, freed time and quality apart."),
    ),
    "recommendation": (
        _("Which measure is recommended, and why?"),
        _("Compare with doing nothing and with the other measures."),
    ),
    "conditions": (
        _("What must be in place for it to succeed?"),
        _("People, money, agreements, premises, and what others must do."),
    ),
}

# What a stage or a level of effort asks for, as it is said when it is not there.
EXPECTATIONS: dict[str, StrOrPromise] = {
    **{key: question for key, (question, _help) in QUESTIONS.items()},
    "challenge": _("Which challenge does it answer?"),
    "owner_organisation": _("Which organisation owns it?"),
    "costs": _("What does it cost, year by year?"),
    "affected": _("Which groups are affected?"),
    "risks": _("What can go wrong?"),
    "responses": _("What is done about each risk?"),
    "milestones": _("What is to be reached, and when?"),
    "start": _("When does it start?"),
    "money_confirmed": _("Have those who are to pay confirmed it?"),
    "operating_budget": _("Who pays for the operation in the years to come?"),
    "learned": _("What have we learned so far?"),
}

# The sections of the desk in their order, and what each answers.
SECTIONS: dict[str, StrOrPromise] = {
    "about": _("Title, summary and challenges"),
    "problem": _("The problem and the zero alternative"),
    "measures": _("Measures and questions of principle"),
    "effects": _("Effects"),
    "affected": _("Who is affected"),
    "recommendation": _("Recommendation and conditions"),
    "costs": _("Costs by year and payer"),
    "risks": _("Risks"),
    "milestones": _("Milestones"),
    "learned": _("What we have learned"),
}

EFFORTS: dict[str, StrOrPromise] = {
    "minimum": _("Minimum"),
    "simplified": _("Simplified analysis"),
    "full": _("Full analysis"),
}

EFFORT_MEANINGS: dict[str, StrOrPromise] = {
    "minimum": _("A small initiative: a short answer to each of the six questions is enough."),
    "simplified": _("A larger initiative: name also those affected, the risks and the milestones."),
    "full": _("A large initiative: say also what is done about each risk, who pays in operation, and when it starts."),
}

STAGE_MEANINGS: dict[str, StrOrPromise] = {
    "idea": _("Something that could be done."),
    "explored": _("We find out what it takes."),
    "planned": _("We know the cost, the owner and the way."),
    "pilot": _("We try it out."),
    "in_operation": _("It is a part of the services."),
    "stopped": _("It was ended, with a reason."),
}

DECISIONS: dict[str, StrOrPromise] = {
    "go_on": _("Goes on"),
    "wait": _("Waits"),
    "back": _("Goes back"),
    "stop": _("Is stopped"),
    "resume": _("Is taken up again"),
}

MUNICIPALITY_PAYS = _("The municipality")


def numbers() -> Numbers:
    """How numbers are written in the reader's language."""
    return Numbers(decimal=".", group=",") if get_language() == "en" else Numbers()
