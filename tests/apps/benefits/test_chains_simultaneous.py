"""Two who write the same effect chain at once: no circle is closed, and what one deleted the other does not change."""

from __future__ import annotations

import pytest
from tests.apps.simultaneous import at_once
from tests.factories.initiatives import make_initiative

from samskap.apps.benefits import actions
from samskap.apps.benefits.models import ChainArrow, ChainLink
from samskap.kernel.acting import SYSTEM_DEMO
from samskap.kernel.errors import RuleError

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_arrows_that_together_close_a_circle_one_is_refused() -> None:
    one = make_initiative()
    a, b = (ChainLink.objects.create(initiative=one, kind="outcome", title=title) for title in "AB")
    wrong = at_once(
        lambda: actions.add_arrow(one, source=a, target=b, by=SYSTEM_DEMO),
        lambda: actions.add_arrow(one, source=b, target=a, by=SYSTEM_DEMO),
    )
    assert [error.code for error in wrong if isinstance(error, RuleError)] == ["chain_loop"]
    assert (len(wrong), ChainArrow.objects.count()) == (1, 1)


def test_what_is_deleted_is_not_changed_moved_or_pointed_at() -> None:
    one = make_initiative()
    a, b = (ChainLink.objects.create(initiative=one, kind="outcome", title=title) for title in "AB")
    arrow = actions.add_arrow(one, source=a, target=b, by=SYSTEM_DEMO)
    actions.delete_link(ChainLink.objects.get(pk=b.pk), by=SYSTEM_DEMO)
    for attempt in (
        lambda: actions.change_link(b, title="C", by=SYSTEM_DEMO),
        lambda: actions.move_link(b, towards="up", by=SYSTEM_DEMO),
        lambda: actions.delete_link(b, by=SYSTEM_DEMO),
        lambda: actions.add_arrow(one, source=a, target=b, by=SYSTEM_DEMO),
        lambda: actions.change_arrow(arrow, source=a, target=b, by=SYSTEM_DEMO),
        lambda: actions.delete_arrow(arrow, by=SYSTEM_DEMO),
    ):
        with pytest.raises(RuleError) as refused:
            attempt()
        assert refused.value.code == "chain_part_gone"
