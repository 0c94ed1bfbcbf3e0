"""Each rule step by step, in words that everybody can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["steps_of"]

_SHARES: tuple[StrOrPromise, ...] = (
    _("The budget is shared equally among all who vote. Nobody gets the money: it is a share to decide with."),
    _("A project can win when those who chose it can pay its whole price together from their shares."),
    _(
        "They pay equally much each. Who has less left than that pays all that is left, and the others pay a little "
        "more."
    ),
    _("Of all projects that can be paid, the one wins that takes the smallest part of the shares of those who "
      "chose it. Then it is looked at again, until no project can be paid any more."),
)  # fmt: skip

_STEPS: dict[str, tuple[StrOrPromise, ...]] = {
    "equal_shares": (
        *_SHARES,
        _("So a large group cannot decide over everything: when its shares are spent, others decide over theirs."),
    ),
    "bounded_overspending": (
        *_SHARES[:3],
        _(
            "A project can also win when they can pay most of it. What is missing comes from what nobody uses, "
            "as long as the budget holds."
        ),
        _("Of all projects the one wins that gives most for what its supporters pay and lack."),
    ),
    "bounded_overspending_plus": (
        *_SHARES[:3],
        _("A project can also win when they can pay most of it, as long as the budget holds."),
        _("What is missing is shared as evenly as it can be, so that no group is given much more than others."),
    ),
    "phragmen": (
        _("Everybody begins with nothing, and everybody's purse grows at the same pace."),
        _("At the moment when those who chose a project can pay its price together, it wins and they pay it."),
        _("Their purses are empty then and grow again. It goes on until the next project does not fit in the budget."),
        _("So those who have got something wait, and those who have got nothing come sooner to their turn."),
    ),
    "greedy": (
        _("All votes are added up. The project with most votes wins."),
        _("Then the one with the next most votes, and so on. A project that does not fit in the rest of the budget "
          "is passed over."),
        _("A large group can win everything in this way, and many voters may get nothing."),
    ),
    "greedy_no_skip": (
        _("All votes are added up. The project with most votes wins, then the one with the next most votes."),
        _("As soon as a project does not fit in the rest of the budget, the count ends."),
    ),
    "greedy_per_cost": (
        _("The votes of each project are divided by its price."),
        _("The project with most votes for each krone wins, then the next. One that does not fit is passed over."),
    ),
    "maximin_support": (
        _("Projects are chosen one by one so that the price of each can be shared out among those who chose it."),
        _("Each time the project is chosen that leaves the most heavily loaded voter with the smallest load."),
    ),
}  # fmt: skip


def steps_of(rule: str) -> tuple[StrOrPromise, ...]:
    """The steps of a rule, in their order."""
    return _STEPS[rule]
