"""What a contract pays: the price times what is reached, up to the cap; and plans that repeat what was paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samskap.apps.benefits.labels.contracts import FAULTS, WARNINGS, metric_sentences, money, said_fault, units
from samskap.apps.benefits.rules import contracts as rules
from samskap.apps.benefits.rules.contracts import Count, Fault, Standing, Sum, Terms
from samskap.apps.benefits.rules.payment_plans import (
    Difference,
    Planned,
    Progress,
    differences,
    paid_since,
    progress_of,
    rest_of,
)

TERMS = Terms(price=Decimal(40_000), cap=Decimal(1_000_000), target=Decimal(30))
_DAY = date(2026, 1, 1)


def day(number: int) -> date:
    return _DAY + timedelta(days=number)


def count(number: int, reached: int | str, *, engaged: int = 50, validated: bool = True) -> Count:
    return Count(day(number), engaged, Decimal(reached), is_validated=validated)


# --- What is earned ---


@pytest.mark.parametrize(
    ("reached", "earned"),
    [("0", "0"), ("1", "40000"), ("24.9999", "999996"), ("25", "1000000"), ("25.0001", "1000000"), ("900", "1000000")],
)
def test_earned_is_units_times_price_up_to_the_cap(reached: str, earned: str) -> None:
    assert rules.earned(TERMS, Decimal(reached)) == Decimal(earned)


def test_a_fraction_of_an_ore_is_not_earned() -> None:
    assert rules.earned(Terms(Decimal("33.33"), Decimal(1000)), Decimal("0.5")) == Decimal("16.66")


def test_the_last_validated_result_earns_for_the_whole_contract_and_a_later_one_waits() -> None:
    counts = [count(90, 12), count(30, 4), count(120, 15, validated=False)]
    found = rules.standing_of(TERMS, counts, [Sum(day(40), Decimal(100_000)), Sum(day(95), Decimal(300_000))])
    assert found == Standing(
        reached=Decimal(12), engaged=50, counted_on=day(90), waiting=counts[2], earned=Decimal(480_000),
        paid=Decimal(400_000), due=Decimal(80_000), left=Decimal(600_000), is_capped=False,
    )  # fmt: skip


def test_nothing_is_earned_before_somebody_has_validated_anything() -> None:
    found = rules.standing_of(TERMS, [count(30, 4, validated=False)], [])
    assert (found.earned, found.due, found.counted_on, found.left) == (0, 0, None, 1_000_000)


_amounts = st.decimals(Decimal("0.01"), Decimal(10**6), places=2)
_counts = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60), st.booleans()), max_size=8)
_paid = st.lists(st.tuples(st.integers(0, 400), _amounts), max_size=8)


@settings(max_examples=50, deadline=None)
@given(_amounts, _amounts, _counts, _paid)
def test_overpaid_is_what_a_walk_through_every_day_finds(
    price: Decimal, cap: Decimal, counted: list[tuple[int, int, bool]], paid: list[tuple[int, Decimal]]
) -> None:
    terms = Terms(price, cap, Decimal(1))
    by_day = {at: count(at, reached, validated=validated) for at, reached, validated in counted}
    counts = list(by_day.values())
    sums = [Sum(day(at), amount) for at, amount in paid]
    first = None
    for at in range(401):
        known = sorted((one for one in counts if one.on <= day(at) and one.is_validated), key=lambda one: one.on)
        worth = min(price * known[-1].reached, cap) if known else Decimal(0)
        total = sum((one.amount for one in sums if one.on <= day(at)), Decimal(0))
        is_payday = any(one.on == day(at) for one in sums)
        if is_payday and total > worth:
            first = Fault("overpaid", {"on": day(at), "paid": total, "earned": worth, "over": total - worth})
            break
    assert rules.overpaid(terms, counts, sums) == ([first] if first else [])


# --- What cannot be ---


@pytest.mark.parametrize(
    ("terms", "codes"),
    [
        (TERMS, []),
        (replace(TERMS, cap=TERMS.price), []),
        (replace(TERMS, cap=Decimal(39_999)), ["cap_below_price"]),
        (replace(TERMS, price=Decimal(-1)), ["amount_negative"]),
        (replace(TERMS, price=Decimal(0)), ["price_nothing"]),
        (replace(TERMS, cap=Decimal(10**12)), ["amount_large"]),
        (replace(TERMS, target=Decimal(0)), ["target_wrong"]),
        (replace(TERMS, target=Decimal(-3)), ["target_wrong"]),
    ],
)
def test_terms_that_cannot_be(terms: Terms, codes: list[str]) -> None:
    assert [one.code for one in rules.terms_faults(terms)] == codes


def test_results_follow_each_other() -> None:
    assert rules.order_faults([count(2, 5), count(1, 5), count(3, 9)]) == []
    falls = Fault("count_falls", {"before": day(1), "was": Decimal(5), "on": day(2), "now": Decimal(4)})
    assert rules.order_faults([count(2, 4), count(1, 5)]) == [falls]
    people = Fault("count_falls", {"before": day(1), "was": Decimal(50), "on": day(2), "now": Decimal(49)})
    assert rules.order_faults([count(1, 4), count(2, 5, engaged=49)]) == [people]
    assert rules.order_faults([count(1, 4), count(1, 5)]) == [Fault("count_twice", {"on": day(1)})]
    assert [one.code for one in rules.order_faults([count(1, -4)])] == ["count_wrong"]


@pytest.mark.parametrize(("engaged", "is_few"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_result_of_fewer_than_five_people_is_found(engaged: int, is_few: bool) -> None:
    assert bool(rules.few_faults([count(1, 0, engaged=engaged), count(2, 1)])) == is_few


def test_an_evaluator_that_delivers_is_refused_and_one_with_another_stake_is_warned_of() -> None:
    parties = [("provider", 1), ("payer", 2), ("investor", 3), ("coordinator", 4)]
    assert rules.party_faults([*parties, ("evaluator", 1)]) == [Fault("evaluator_provides", {"organisation": 1})]
    assert rules.party_faults([*parties, ("evaluator", 2)]) == []
    warned = [rules.party_warnings([*parties, ("evaluator", one)]) for one in (1, 2, 3, 4, 5)]
    assert [[one.code for one in found] for found in warned] == [
        [], ["evaluator_pays"], ["evaluator_invests"], ["evaluator_coordinates"], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "sender", "receiver", "amount", "codes"),
    [
        ("outcome", "payer", "provider", 5, []),
        ("outcome", "payer", "investor", 5, []),
        ("outcome", "payer", "payer", 5, ["same_party"]),
        ("outcome", "payer", "provider", 0, ["amount_not_above_nothing"]),
        ("outcome", "payer", "provider", -5, ["amount_not_above_nothing"]),
        ("outcome", "payer", "provider", 10**12, ["amount_large"]),
        ("outcome", "investor", "provider", 5, ["outcome_sender"]),
        ("outcome", "payer", "evaluator", 5, ["outcome_receiver"]),
        ("investment", "investor", "provider", 5, []),
        ("investment", "payer", "provider", 5, ["investment_sender"]),
        ("investment", "investor", "payer", 5, ["investment_receiver"]),
        ("return", "provider", "investor", 5, []),
        ("return", "payer", "provider", 5, ["return_receiver"]),
        ("return", "evaluator", "investor", 5, ["return_sender"]),
    ],
)
def test_money_goes_between_the_right_parties(
    kind: str, sender: str, receiver: str, amount: int, codes: list[str]
) -> None:
    parties = [(role, role) for role in ("payer", "provider", "investor", "evaluator")]
    found = rules.transfer_faults(kind, sender=sender, receiver=receiver, amount=Decimal(amount), parties=parties)
    assert [one.code for one in found] == codes


def test_an_investor_invests_no_more_than_it_has_bound_itself_to() -> None:
    paid = [Decimal(60), Decimal(50)]
    assert rules.commitment_faults(1, most=None, paid=paid) == []
    assert rules.commitment_faults(1, most=Decimal(110), paid=paid) == []
    assert [one.code for one in rules.commitment_faults(1, most=Decimal(109), paid=paid)] == ["beyond_commitment"]


@pytest.mark.parametrize(("better", "value", "found"), [("higher", 25, 15), ("higher", 5, 0), ("lower", 4, 6)])
def test_a_measurement_counts_as_far_as_it_is_better_than_before(better: str, value: int, found: int) -> None:
    assert rules.improvement(better, baseline=Decimal(10), value=Decimal(value)) == found


# --- Plans ---


def planned(on: int, amount: int, metric: str = "a") -> Planned:
    return Planned(metric, "payer", "provider", day(on), Decimal(amount))


def test_a_new_plan_plans_what_is_not_paid() -> None:
    plan = [planned(30, 100), planned(10, 100), planned(20, 50, "b")]
    assert rest_of(plan, [planned(12, 150)]) == [planned(20, 50, "b"), planned(30, 50)]
    assert rest_of(plan, []) == [planned(10, 100), planned(20, 50, "b"), planned(30, 100)]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 99), st.sampled_from("ab")), max_size=8),
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 99), st.sampled_from("ab")), max_size=8),
)
def test_what_is_paid_and_what_is_left_come_to_the_plan(
    plan: list[tuple[int, int, str]], paid: list[tuple[int, int, str]]
) -> None:
    rows, money_paid = [planned(*one) for one in plan], [planned(*one) for one in paid]
    rest = rest_of(rows, money_paid)
    for metric in "ab":
        whole = sum(one.amount for one in rows if one.metric == metric)
        gone = sum(one.amount for one in money_paid if one.metric == metric)
        assert sum(one.amount for one in rest if one.metric == metric) == max(0, whole - gone)
    assert [one.on for one in rest] == sorted(one.on for one in rest)


def test_how_far_each_planned_payment_has_come() -> None:
    rows = [planned(10, 100), planned(20, 100), planned(40, 100), planned(50, 100)]
    found = progress_of(rows, [planned(12, 250)], today=day(15))
    assert found == [
        Progress(Decimal(100), "paid"), Progress(Decimal(100), "paid"), Progress(Decimal(50), "partly"),
        Progress(Decimal(0), "to_come"),
    ]  # fmt: skip
    assert [one.state for one in progress_of(rows, [], today=day(45))] == ["late", "late", "late", "to_come"]


def test_what_came_after_a_plan_was_made_is_what_it_does_not_repeat() -> None:
    first, second = planned(10, 100), planned(10, 100)
    assert paid_since([first, second, planned(20, 5)], [first]) == [second, planned(20, 5)]


def test_two_plans_differ_by_year_and_by_what_is_counted() -> None:
    before = [planned(10, 100), planned(400, 100), planned(20, 7, "b")]
    after = [planned(12, 60), planned(13, 10), planned(400, 100)]
    assert differences(before, after) == [
        Difference(2026, "a", Decimal(100), Decimal(70)),
        Difference(2026, "b", Decimal(7), Decimal(0)),
        Difference(2027, "a", Decimal(100), Decimal(100)),
    ]
    assert [one.change for one in differences(before, after)] == [-30, -7, 0]


# --- In words ---


def test_every_fault_is_a_sentence() -> None:
    gaps = {name: Decimal(7) for name in ("amount", "cap", "price", "was", "now", "paid", "earned", "over", "target",
            "most", "reached", "engaged", "planned")}  # fmt: skip
    gaps |= dict.fromkeys(("on", "before", "starts", "ends"), _DAY)  # type: ignore[arg-type]
    gaps |= dict.fromkeys(("organisation", "sender", "receiver", "metric", "key", "theirs", "ours"), "x")  # type: ignore[arg-type]
    for code in {**FAULTS, **WARNINGS}:
        assert said_fault(Fault(code, gaps)).endswith(".")


def test_an_organisation_is_named_and_an_amount_is_not_taken_for_one() -> None:
    fault = Fault("outcome_sender", {"sender": 5, "receiver": 6, "amount": Decimal(5)})
    assert said_fault(fault, names={5: "Laget"}).startswith("Laget is no payer")
    fault = Fault("amount_not_above_nothing", {"amount": Decimal(5)})
    assert said_fault(fault, names={5: "Laget"}).startswith("NOK\N{NO-BREAK SPACE}5 ")


@pytest.mark.parametrize(
    ("amount", "written"),
    [("1250000", "NOK 1,250,000"), ("12.5", "NOK 12.50"), ("0", "NOK 0"), ("40000.05", "NOK 40,000.05")],
)
def test_money_with_and_without_ore(amount: str, written: str) -> None:
    assert money(Decimal(amount)).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(("number", "written"), [("30", "30"), ("30.2500", "30.25"), ("1200", "1,200"), ("0", "0")])
def test_units_have_the_decimals_that_say_something(number: str, written: str) -> None:
    assert units(Decimal(number)) == written


def test_the_sentences_of_a_metric() -> None:
    standing = rules.standing_of(
        TERMS, [count(90, 12, engaged=25), count(120, 15, validated=False)], [Sum(day(95), Decimal(400_000))]
    )
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in metric_sentences("personer", TERMS, standing)] == [
        "A unit (personer) is worth NOK 40,000, and at most NOK 1,000,000 is paid. The target is 30.",
        "By 1 April 2026 12 were reached and validated, and 25 had taken part. That earns NOK 480,000.",
        "By 1 May 2026 15 were counted. Nobody has validated that yet, so it earns nothing yet.",
        "NOK 400,000 is paid, NOK 80,000 is due now, and NOK 600,000 is left up to the most.",
    ]
    capped = rules.standing_of(TERMS, [count(90, 26)], [])
    assert "That earns the most there is" in metric_sentences("personer", TERMS, capped)[1]
    assert "nothing is due now" in metric_sentences("personer", TERMS, rules.standing_of(TERMS, [], []))[-1]
